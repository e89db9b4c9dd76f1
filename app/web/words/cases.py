"""Finding cases, and the page of one."""

from app.domain.calendar import Text

CASES = {
    "cases": Text("Істер", "Дела", "Cases"),
    "cases-search": Text(
        "Нөмірі, өтініш беруші, ЖСН/БСН", "Номер, заявитель, ИИН/БИН", "Number, applicant, IIN or BIN"
    ),
    "cases-any-service": Text("Барлық қызметтер", "Все услуги", "All services"),
    "cases-any-state": Text("Барлық күйлер", "Все состояния", "All states"),
    "cases-overdue": Text("Мерзімі өткен қадамы бар", "С просроченным шагом", "With a step overdue"),
    "cases-none": Text("Іс табылмады", "Дел не найдено", "No cases found"),
    "cases-none-yet": Text(
        "Сіз көре алатын іс әзірге жоқ.",
        "Пока нет дел, которые вы можете видеть.",
        "There are no cases yet that you may see.",
    ),
    "cases-none-found": Text(
        "Сөздерді қысқартып немесе сүзгілерді алып тастап көріңіз. Тек сіздің тапсырмаларыңыз болған істер көрінеді.",
        "Попробуйте меньше слов или снимите фильтры. Видны только те дела, где есть или были задачи для вас.",
        "Try fewer words or take off the filters. You see the cases that have or had a task for you.",
    ),
    "cases-too-short": Text(
        "Кемінде бір сөздің үш таңбасын енгізіңіз.",
        "Введите хотя бы три знака одного слова.",
        "Enter at least three characters of one word.",
    ),
    "cases-reset": Text("Сүзгілерді алып тастау", "Сбросить фильтры", "Clear the filters"),
    "cases-newer": Text("Жаңарақтары", "Более новые", "Newer"),
    "cases-older": Text("Ескіректері", "Более старые", "Older"),
    "case-unnumbered": Text("Нөмірі әлі берілмеген", "Номер ещё не присвоен", "No number yet"),
    "case-state": Text("Күйі", "Состояние", "State"),
    "case-now": Text("Қазіргі қадам", "Сейчас", "Now"),
    "case-started": Text("Басталды", "Начато", "Started"),
    "case-ended": Text("Аяқталды", "Окончено", "Ended"),
    "state-running": Text("орындалуда", "в работе", "in progress"),
    "state-ended": Text("аяқталды", "окончено", "ended"),
    "state-terminated": Text("тоқтатылды", "прекращено", "terminated"),
    "case-service": Text("Қызмет", "Услуга", "Service"),
    "case-applicant": Text("Өтініш беруші", "Заявитель", "Applicant"),
    "case-act": Text(
        "{date} № {number}, {issuer}", "№ {number} от {date}, {issuer}", "No. {number} of {date}, {issuer}"
    ),
    "case-edition": Text("рәсімнің {n}-редакциясы", "редакция процедуры {n}", "edition {n} of the procedure"),
    "case-key": Text("кілті {code}", "ключ {code}", "key {code}"),
    "case-term": Text("Жалпы мерзім", "Срок дела в целом", "Term of the whole"),
    "case-no-term": Text(
        "Акт жалпы мерзім белгілемеген.", "Акт не даёт срока для дела в целом.", "The act gives no term for the whole."
    ),
    "case-term-later": Text(
        "Жалпы мерзім өтініш тіркелгеннен кейін есептеледі.",
        "Общий срок считается после регистрации заявления.",
        "The term of the whole is counted once the application is registered.",
    ),
    "case-in-time": Text("мерзімінде", "в срок", "in time"),
    "case-late": Text("кешіктірілген", "с опозданием", "late"),
    "case-due": Text("Мерзімі", "Срок", "Due"),
    "case-pauses": Text("Тоқтатулар мен ұзартулар", "Приостановления и продления", "Pauses and extensions"),
    "case-paused-from": Text(
        "{start} бастап тоқтатылған ({clause})",
        "приостановлен с {start} ({clause})",
        "stands still since {start} ({clause})",
    ),
    "case-paused": Text(
        "{start} – {end} тоқтатылды ({clause})",
        "стоял с {start} по {end} ({clause})",
        "stood still {start} – {end} ({clause})",
    ),
    "case-extended": Text("{at} ұзартылды ({clause})", "продлён {at} ({clause})", "extended {at} ({clause})"),
    "case-open": Text("Ашық қадамдар", "Открытые шаги", "Open steps"),
    "case-open-none": Text(
        "Іс қызметкерді емес, уақытты не хабарламаны күтіп тұр.",
        "Дело ждёт не сотрудника, а срока или сообщения.",
        "The case waits for a moment or a message, not for a person.",
    ),
    "case-steps": Text("Барлық қадамның мерзімдері", "Сроки всех шагов", "Terms of all steps"),
    "case-step": Text("Қадам", "Шаг", "Step"),
    "case-who": Text("Кім", "Кто", "Who"),
    "case-done": Text("Орындалды", "Выполнен", "Done"),
    "case-dropped": Text("алынып тасталды", "снят", "dropped"),
    "case-data": Text("Өтініш деректері", "Данные заявления", "The application"),
    "case-result": Text("Нәтиже", "Результат", "Result"),
    "case-document-number": Text("Құжат нөмірі", "Номер документа", "Document number"),
    "case-document-date": Text("Берілген күні", "Дата выдачи", "Issued on"),
    "case-document-until": Text("Қолданылу мерзімі", "Действует до", "Valid until"),
    "case-related": Text("Байланысты істер", "Связанные дела", "Related cases"),
    "case-complained-of": Text("Шағым жасалған іс", "Обжалуемое дело", "The case complained of"),
    "case-complaint": Text("Осы іс бойынша шағым", "Жалоба по этому делу", "A complaint about this case"),
    "case-diagrams": Text("Сызбалар", "Схемы", "Diagrams"),
    "case-here": Text("іс осында", "дело здесь", "the case is here"),
    "case-print": Text("Басып шығару", "Печать", "Print"),
    "case-receipt": Text("Қолхат", "Расписка", "Receipt"),
    "case-to-case": Text("Іске өту", "К делу", "To the case"),
}
