"""One's own settings; absences and deputies."""

from app.domain.terms.calendar import Text

SETTINGS = {
    "settings-language-about": Text(
        "Беттердің, хабарламалардың және қателердің тілі.",
        "Язык страниц, уведомлений и ошибок.",
        "The language of pages, notices and errors.",
    ),
    "mail": Text("Электрондық хаттар", "Письма по электронной почте", "E-mail"),
    "mail-about": Text(
        "Хабарламалар осы мекенжайға да келеді. Хатта істің нөмірі мен қадамы болады, өтініш беруші аталмайды.",
        "Уведомления приходят и на этот адрес. В письме номер дела и шаг, заявитель не называется.",
        "Notices also come to this address. A letter gives the number of the case and the step, never the applicant.",
    ),
    "mail-address": Text("Электрондық пошта мекенжайы", "Адрес электронной почты", "E-mail address"),
    "mail-language": Text("Хаттардың тілі", "Язык писем", "Language of the letters"),
    "mail-kinds": Text("Қандай хабарламалар хатпен келеді", "О чём писать", "Which notices come by e-mail"),
    "mail-keep": Text("Сақтау", "Сохранить", "Save"),
    "absence-mine": Text(
        "Жұмыста болмауым және мені алмастыратын қызметкер", "Моё отсутствие и заместитель", "My absence and my deputy"
    ),
    "absence-about": Text(
        "Сіз жұмыста болмаған күндері сізді алмастыратын қызметкер сізге және топтарыңызға түскен тапсырмаларды көреді әрі "
        "орындайды. Тарихта екеуіңіздің де атыңыз жазылады.",
        "Пока вас нет, заместитель видит и выполняет ваши задачи и задачи ваших групп. В истории остаются оба имени.",
        "While you are away, your deputy sees and works your tasks and those of your groups. History keeps both names.",
    ),
    "absence-new": Text("Жұмыста болмауды тіркеу", "Внести отсутствие", "Enter an absence"),
    "absence-deputy-of": Text("Мен алмастыратын қызметкерлер", "Кого я замещаю", "For whom I act"),
    "absence-alike": Text("Рөлі бірдей қызметкерлер", "С той же ролью", "With the same role"),
    "absence-others": Text(
        "Ұйымның басқа қызметкерлері", "Другие сотрудники организации", "Others of the organisation"
    ),
    "absence-nobody": Text(
        "Ұйымда сізді алмастыра алатын басқа қызметкер жоқ.",
        "В организации нет другого сотрудника, который мог бы вас замещать.",
        "Your organisation has nobody else who could act for you.",
    ),
    "absence-no-organisation": Text(
        "Сіз ешбір ұйымның қызметкері емессіз, сондықтан сізді алмастыратын ешкім жоқ.",
        "Вы не состоите ни в одной организации, поэтому замещать вас некому.",
        "You are on the staff of no organisation, so that nobody can act for you.",
    ),
    "absence-person": Text("Кім жұмыста болмайды", "Кто отсутствует", "Who is absent"),
    "absence-deputy": Text("Алмастыратын қызметкер", "Кто замещает", "Deputy"),
    "absence-choose": Text("Таңдаңыз", "Выберите", "Choose"),
    "absence-first": Text("Бірінші күні", "Первый день", "First day"),
    "absence-last": Text("Соңғы күні", "Последний день", "Last day"),
    "absence-order": Text("Бұйрықтың нөмірі мен күні", "Номер и дата приказа", "Number and date of the order"),
    "absence-order-example": Text("118-Ө, 20.11.2026", "118-Ө от 20.11.2026", "118-A of 20.11.2026"),
    "absence-order-of": Text("№ {number} бұйрық", "приказ № {number}", "order No. {number}"),
    "absence-organisation": Text("Ұйым", "Организация", "Organisation"),
    "absence-days": Text("{first} – {last}", "{first} – {last}", "{first} – {last}"),
    "absence-by": Text("Алмастыратын қызметкер: {name}", "Замещает: {name}", "Deputy: {name}"),
    "absence-made-by": Text("тіркеген: {name}", "внёс(ла): {name}", "entered by {name}"),
    "absence-ahead": Text("алда", "предстоит", "ahead"),
    "absence-now": Text("қазір", "сейчас", "now"),
    "absence-over": Text("өтті", "прошло", "over"),
    "absence-ended": Text("ертерек тоқтатылды", "прекращено раньше", "ended early"),
    "absence-uncovered": Text(
        "Алмастыратын қызметкер сол күндері өзі де жұмыста болмайды не ұйымнан кеткен. Осы жазбаны тоқтатып, басқа "
        "қызметкермен қайта тіркеңіз.",
        "Заместителя в эти дни нет: он сам отсутствует или ушёл из организации. Прекратите отсутствие и внесите его снова с "
        "другим заместителем.",
        "The deputy is absent himself then, or has left. End this absence and enter it again with another deputy.",
    ),
    "absence-end": Text("Тоқтату", "Прекратить", "End"),
    "absence-call-off": Text("Болдырмау", "Отменить", "Call off"),
    "absence-whose": Text("{name}, {first} – {last}", "{name}, {first} – {last}", "{name}, {first} – {last}"),
    "absences": Text("Жұмыста болмау және алмастыру", "Отсутствия и замещения", "Absences and deputies"),
    "absences-open": Text(
        "Ұйым қызметкерлерінің жұмыста болмауы", "Отсутствия сотрудников организации", "Absences of the staff"
    ),
    "absences-none": Text("Жұмыста болмау тіркелмеген", "Отсутствий нет", "No absences"),
    "absences-none-do": Text(
        "Қызметкер демалысқа немесе іссапарға кетсе, оны кім алмастыратынын осында тіркеңіз.",
        "Когда сотрудник уходит в отпуск или в командировку, внесите здесь, кто его замещает.",
        "When somebody goes on leave or on a trip, enter here who acts for them.",
    ),
    "acting-for": Text("Сіз алмастырып отырсыз: {name}", "Вы замещаете: {name}", "You act for {name}"),
    "acting": Text("алмастырамын: {name}", "замещаю: {name}", "acting for {name}"),
    "see": Text("Көрсету", "Показать", "Show"),
}
