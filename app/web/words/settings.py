"""One's own settings; absences and deputies."""

from app.domain.calendar import Text

SETTINGS = {
    "settings-language-about": Text(
        "Беттердің, хабарламалардың және қателердің тілі.",
        "Язык страниц, уведомлений и ошибок.",
        "The language of pages, notices and errors.",
    ),
    "absence-mine": Text("Менің болмауым және орнымды басатын қызметкер", "Моё отсутствие и заместитель", "My absence"),
    "absence-about": Text(
        "Сіз болмаған күндері орныңызды басатын қызметкер сізге және топтарыңызға түскен тапсырмаларды көреді әрі "
        "орындайды. Тарихта екеуіңіздің де атыңыз жазылады.",
        "Пока вас нет, заместитель видит и выполняет ваши задачи и задачи ваших групп. В истории остаются оба имени.",
        "While you are away, your deputy sees and works your tasks and those of your groups. History keeps both names.",
    ),
    "absence-new": Text("Болмауды енгізу", "Внести отсутствие", "Enter an absence"),
    "absence-nobody": Text(
        "Ұйымда орныңызды баса алатын басқа қызметкер жоқ.",
        "В организации нет другого сотрудника, который мог бы вас замещать.",
        "Your organisation has nobody else who could act for you.",
    ),
    "absence-no-organisation": Text(
        "Сіз ешбір ұйымның қызметкері емессіз, сондықтан орныңызды ешкім баспайды.",
        "Вы не состоите ни в одной организации, поэтому замещать вас некому.",
        "You are on the staff of no organisation, so that nobody can act for you.",
    ),
    "absence-person": Text("Кім болмайды", "Кто отсутствует", "Who is absent"),
    "absence-deputy": Text("Орнын басатын қызметкер", "Кто замещает", "Deputy"),
    "absence-choose": Text("Таңдаңыз", "Выберите", "Choose"),
    "absence-first": Text("Бірінші күні", "Первый день", "First day"),
    "absence-last": Text("Соңғы күні", "Последний день", "Last day"),
    "absence-order": Text("Бұйрықтың нөмірі", "Номер приказа", "Number of the order"),
    "absence-order-of": Text("№ {number} бұйрық", "приказ № {number}", "order No. {number}"),
    "absence-organisation": Text("Ұйым", "Организация", "Organisation"),
    "absence-days": Text("{first} – {last}", "{first} – {last}", "{first} – {last}"),
    "absence-by": Text("Орнын басатын: {name}", "Замещает: {name}", "Deputy: {name}"),
    "absence-of": Text("{name} орнына", "За: {name}", "For {name}"),
    "absence-made-by": Text("енгізген: {name}", "внёс(ла): {name}", "entered by {name}"),
    "absence-ahead": Text("алда", "предстоит", "ahead"),
    "absence-now": Text("қазір", "сейчас", "now"),
    "absence-over": Text("өтті", "прошло", "over"),
    "absence-ended": Text("ертерек тоқтатылды", "прекращено раньше", "ended early"),
    "absence-uncovered": Text(
        "Орнын басатын қызметкер сол күндері өзі де болмайды. Болмауды тоқтатып, басқа қызметкермен қайта енгізіңіз.",
        "Заместитель в эти дни сам отсутствует. Прекратите отсутствие и внесите его снова с другим заместителем.",
        "The deputy is absent himself then. End this absence and enter it again with another deputy.",
    ),
    "absence-end": Text("Тоқтату", "Прекратить", "End"),
    "absence-call-off": Text("Болдырмау", "Отменить", "Call off"),
    "absence-whose": Text("{name}, {first} – {last}", "{name}, {first} – {last}", "{name}, {first} – {last}"),
    "absences": Text("Болмаулар және орын басу", "Отсутствия и замещения", "Absences and deputies"),
    "absences-open": Text(
        "Ұйым қызметкерлерінің болмаулары", "Отсутствия сотрудников организации", "Absences of the staff"
    ),
    "absences-none": Text("Болмаулар енгізілмеген", "Отсутствий нет", "No absences"),
    "absences-none-do": Text(
        "Қызметкер демалысқа немесе іссапарға кетсе, оның орнын кім басатынын осында енгізіңіз.",
        "Когда сотрудник уходит в отпуск или в командировку, внесите здесь, кто его замещает.",
        "When somebody goes on leave or on a trip, enter here who acts for them.",
    ),
    "acting-for": Text("Сіз орнын басып отырсыз: {name}", "Вы замещаете: {name}", "You act for {name}"),
    "see": Text("Көрсету", "Показать", "Show"),
}
