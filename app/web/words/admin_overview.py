"""What needs an administrator today."""

from app.domain.terms.calendar import Text

ADMIN_OVERVIEW = {
    "admin-overview": Text("Шолу", "Обзор", "Overview"),
    "overview-title": Text(
        "Бүгін не назар аударуды қажет етеді", "Что требует внимания сегодня", "What needs attention today"
    ),
    "overview-group-cases": Text("Істер", "Дела", "Cases"),
    "overview-group-work": Text(
        "Топтық әрекеттер мен хабарламалар", "Массовые действия и уведомления", "Batches and notifications"
    ),
    "overview-group-state": Text("Кезек", "Очередь", "Queue"),
    "overview-incident": Text("ақауы бар", "со сбоями", "with incidents"),
    "overview-stuck": Text("тұрып қалған", "застряли", "stuck"),
    "overview-overdue": Text("мерзімі өткен", "просрочены", "overdue"),
    "overview-suspended": Text("тоқтатылған", "приостановлены", "suspended"),
    "overview-batches": Text("аяқталмаған топтық әрекет", "незавершённых массовых действий", "batches not done"),
    "overview-refused": Text("олардың бас тартулары барлары", "из них с отказами", "of them with refusals"),
    "overview-letters": Text(
        "жетпеген хат пен оқиға", "неотправленных писем и событий", "letters and events that failed"
    ),
    "overview-messages": Text("жеткізілмеген хабарлама", "недоставленных сообщений", "messages not delivered"),
    "overview-due": Text("орындалуы керек жұмыс", "заданий пора выполнить", "jobs due"),
    "overview-lag": Text("кезектің кідірісі", "отставание очереди", "lag of the queue"),
    "overview-failed": Text("сәтсіз жұмыс", "неудавшихся заданий", "jobs failed"),
    "overview-workers": Text("орындаушылар жұмыс істеп тұр ма", "исполнители работают", "workers are alive"),
    "overview-yes": Text("иә", "да", "yes"),
    "overview-no": Text("жоқ", "нет", "no"),
    "overview-organisations": Text(
        "Ұйымдар бойынша: адамдар, ашық және кешіккен тапсырмалар",
        "По организациям: люди, открытые и просроченные задачи",
        "By organisation: people, open and late tasks",
    ),
}
