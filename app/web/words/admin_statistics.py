"""The page of the statistics, its lists and its files."""

from app.domain.terms.calendar import Text

ADMIN_STATISTICS = {
    "statistics": Text("Статистика", "Статистика", "Statistics"),
    "statistics-title": Text(
        "Мемлекеттік қызметтер статистикасы", "Статистика государственных услуг", "Statistics of state services"
    ),
    "statistics-from": Text("Басы", "С", "From"),
    "statistics-to": Text("Соңы", "По", "To"),
    "statistics-by": Text("Бөлу", "По периодам", "Divided by"),
    "statistics-by-day": Text("күн бойынша", "по дням", "by day"),
    "statistics-by-week": Text("апта бойынша", "по неделям", "by week"),
    "statistics-by-month": Text("ай бойынша", "по месяцам", "by month"),
    "statistics-by-quarter": Text("тоқсан бойынша", "по кварталам", "by quarter"),
    "statistics-by-year": Text("жыл бойынша", "по годам", "by year"),
    "statistics-service": Text("Қызмет", "Услуга", "Service"),
    "statistics-any-service": Text("Барлық қызметтер", "Все услуги", "All services"),
    "statistics-place": Text("Көрсетілетін қызметті беруші", "Услугодатель", "Provider"),
    "statistics-any-place": Text("Барлық ұйымдар", "Все организации", "All organisations"),
    "statistics-nobody": Text("ұйымсыз", "без организации", "of no organisation"),
    "statistics-show": Text("Көрсету", "Показать", "Show"),
    "statistics-quick": Text("Дайын кезеңдер", "Готовые периоды", "Usual periods"),
    "statistics-month": Text("Осы ай", "Этот месяц", "This month"),
    "statistics-last-month": Text("Өткен ай", "Прошлый месяц", "Last month"),
    "statistics-quarter": Text("Осы тоқсан", "Этот квартал", "This quarter"),
    "statistics-year": Text("Осы жыл", "Этот год", "This year"),
    "statistics-last-year": Text("Өткен жыл", "Прошлый год", "Last year"),
    "statistics-csv": Text("CSV файлы", "Файл CSV", "CSV file"),
    "statistics-xlsx": Text("Excel файлы (XLSX)", "Файл Excel (XLSX)", "Excel file (XLSX)"),
    "statistics-report": Text("Басып шығаруға арналған есеп", "Отчёт для печати", "Report to print"),
    "statistics-print": Text("Басып шығару", "Печать", "Print"),
    "statistics-back": Text("Статистикаға оралу", "Назад к статистике", "Back to the statistics"),
    "statistics-numbers": Text("Кезеңнің қорытындысы", "Итоги периода", "The period in numbers"),
    "statistics-now": Text("Қазір жұмыста", "Сейчас в работе", "Open now"),
    "statistics-received": Text("Түскені", "Поступило", "Received"),
    "statistics-done": Text("Көрсетілгені", "Оказано", "Completed"),
    "statistics-in-time": Text("Мерзімінде", "В срок", "In time"),
    "statistics-late": Text("Мерзімінен кеш", "С опозданием", "Late"),
    "statistics-share-late": Text("Кеш үлесі", "Доля опозданий", "Share late"),
    "statistics-without-term": Text("Жалпы мерзімі жоқ", "Без общего срока", "Without a term of the whole"),
    "statistics-granted": Text("Оң нәтиже", "Выдан результат", "Granted"),
    "statistics-refused": Text("Бас тартылғаны", "Отказано", "Refused"),
    "statistics-other": Text("Нәтижесіз аяқталғаны", "Завершено без результата", "Completed without a result"),
    "statistics-unregistered": Text("Өтініш тіркелмеді", "Заявление не принято", "Not registered"),
    "statistics-cancelled": Text("Қайтарып алынды не тоқтатылды", "Отозвано или прекращено", "Withdrawn or cancelled"),
    "statistics-broken": Text("Қатемен аяқталды", "Прервано ошибкой", "Ended by an error"),
    "statistics-gone": Text("Шешімсіз аяқталғаны", "Закрыто без решения", "Closed without a decision"),
    "statistics-open": Text("Ашық істер", "Открытые дела", "Open cases"),
    "statistics-open-in-time": Text("Мерзімі бітпеген", "Срок не истёк", "Within the term"),
    "statistics-open-late": Text("Мерзімі өткен", "Срок истёк", "Overdue"),
    "statistics-open-without-term": Text("Мерзімі әлі жоқ", "Срок ещё не определён", "No term yet"),
    "statistics-periods": Text("Кезеңдер бойынша", "По периодам", "By period"),
    "statistics-period": Text("Кезең", "Период", "Period"),
    "statistics-total": Text("Барлығы", "Всего", "Total"),
    "statistics-services": Text("Қызметтер бойынша", "По услугам", "By service"),
    "statistics-places": Text("Ұйымдар бойынша", "По организациям", "By organisation"),
    "statistics-grounds": Text("Бас тарту негіздері", "Основания отказов", "Grounds of refusals"),
    "statistics-ground": Text("Негіз", "Основание", "Ground"),
    "statistics-no-ground": Text(
        "негізі тек бас тарту мәтінінде", "основание только в тексте отказа", "told in the text of the refusal alone"
    ),
    "statistics-count": Text("Саны", "Количество", "Number"),
    "statistics-steps": Text("Қадамдар бойынша", "По шагам", "By step"),
    "statistics-step": Text("Қадам", "Шаг", "Step"),
    "statistics-clause": Text("Тармақ", "Пункт", "Clause"),
    "statistics-completed": Text("Орындалғаны", "Выполнено", "Completed"),
    "statistics-no-term": Text("Мерзімсіз", "Без срока", "No term"),
    "statistics-durations": Text("Ұзақтығы", "Длительность", "How long it took"),
    "statistics-measure": Text("Қалай есептеледі", "Как считается", "As it counts"),
    "statistics-average": Text("Орташа", "Среднее", "Average"),
    "statistics-median": Text("Медиана", "Медиана", "Median"),
    "statistics-p90": Text("90 %", "90 %", "90%"),
    "statistics-p95": Text("95 %", "95 %", "95%"),
    "statistics-worked": Text("Жұмыс уақыты", "Рабочее время", "Working time"),
    "statistics-workingDays": Text(
        "Мерзім бойынша, жұмыс күндері", "По сроку, рабочие дни", "As the term counts, working days"
    ),
    "statistics-calendarDays": Text(
        "Мерзім бойынша, күнтізбелік күндер", "По сроку, календарные дни", "As the term counts, calendar days"
    ),
    "statistics-minutes": Text(
        "Мерзім бойынша, жұмыс уақыты", "По сроку, рабочее время", "As the term counts, working time"
    ),
    "statistics-elapsedMinutes": Text(
        "Мерзім бойынша, тәулік бойы", "По сроку, круглосуточно", "As the term counts, day and night"
    ),
    "statistics-months": Text(
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "January February March April May June July August September October November December",
    ),
    "statistics-of-quarter": Text("{year} ж. {number} тоқсан", "{number} квартал {year}", "Q{number} {year}"),
    "statistics-days": Text("{n} күн", "{n} дн.", "{n} d"),
    "statistics-hours": Text("{n} сағ", "{n} ч", "{n} h"),
    "statistics-in-hours": Text("сағат", "часов", "hours"),
    "statistics-mins": Text("{n} мин", "{n} мин", "{n} min"),
    "statistics-none": Text("Бұл кезеңде іс жоқ", "За этот период дел нет", "No cases in this period"),
    "statistics-none-do": Text(
        "Басқа күндерді, қызметті не ұйымды таңдаңыз.",
        "Выберите другие даты, услугу или организацию.",
        "Choose other days, another service or organisation.",
    ),
    "statistics-how": Text("Қалай есептеледі", "Как это считается", "How this is counted"),
    "statistics-how-text": Text(
        "Түскені – іс басталған күні бойынша, көрсетілгені – аяқталған күні бойынша, ұйымның уақытымен. «Мерзімінде» "
        "– істің жалпы мерзімі бойынша, тоқтата тұру мен ұзартуды ескере отырып. Жұмыс уақыты өтініштен нәтижеге "
        "дейін толық есептеледі, мерзім бойынша – сағат тоқтап тұрған уақытсыз. Уақыттың пайыздықтары 5 %-ға дейінгі "
        "дәлдікпен, күндердікі – дәл. Сақталу мерзімі біткен соң жойылған істер есепте қалады.",
        "Поступило – по дню начала дела, оказано – по дню завершения, по времени организации. «В срок» – по общему "
        "сроку дела с учётом приостановлений и продлений. Рабочее время считается полностью, от заявления до "
        "результата; по сроку – без времени, когда часы стояли. Процентили времени известны с точностью до 5 %, дней "
        "– точно. Дела, удалённые по истечении срока хранения, остаются в статистике.",
        "Received is by the day on which a case began, completed by the day on which it ended, in the time of the "
        "organisation. In time is by the term of the whole case, with its pauses and extensions. Working time is all "
        "of it from the application to the result; as the term counts, without what the clock stood still. "
        "Percentiles of times are within 5%, those of days exact. Cases that were removed when their time was over "
        "stay in the figures.",
    ),
    "statistics-list": Text("{what}, {who}: {n}", "{what}, {who}: {n}", "{what}, {who}: {n}"),
    "statistics-ended": Text("Аяқталды", "Завершено", "Ended"),
    "statistics-due": Text("Мерзімі", "Срок", "Due"),
    "statistics-opened": Text("Ашылды", "Открыт", "Opened"),
    "statistics-by-whom": Text("Кім орындады", "Кто выполнил", "By whom"),
    "statistics-result": Text("Нәтиже", "Результат", "Result"),
    "statistics-removed": Text(
        "сақтау мерзімі біткен соң жойылды",
        "удалено по истечении срока хранения",
        "removed when its time was over",
    ),
    "statistics-following": Text("Келесі", "Дальше", "Next"),
    "statistics-first-page": Text("Басына", "В начало", "To the beginning"),
    "statistics-more-grounds": Text(
        "Тағы {n} негіз файлдарда",
        "Ещё {n} основание – в файлах|Ещё {n} основания – в файлах|Ещё {n} оснований – в файлах",
        "{n} more ground in the files|{n} more grounds in the files",
    ),
    "statistics-durations-chart": Text(
        "Қанша іс қанша жұмыс уақытын алды (уақыт шкаласы логарифмдік)",
        "Сколько дел сколько рабочего времени заняли (шкала времени логарифмическая)",
        "How many cases took how much working time (the scale of time is logarithmic)",
    ),
    "statistics-made": Text("Жасалған күні: {at}", "Составлено: {at}", "Made: {at}"),
    "statistics-by-hand": Text("Лауазымы, қолы", "Должность, подпись", "Position, signature"),
    "statistics-chart": Text(
        "Түскені, мерзімінде және кеш көрсетілгені, кезеңдер бойынша; сандары төмендегі кестеде",
        "Поступило, оказано в срок и с опозданием по периодам; числа в таблице ниже",
        "Received, completed in time and late, by period; the numbers are in the table below",
    ),
}
