"""What the page of one instance says to administrators."""

from app.domain.terms.calendar import Text

ADMIN_INSTANCE = {
    "instance-running": Text("орындалуда", "выполняется", "running"),
    "instance-suspended": Text("тоқтатыла тұрды", "приостановлен", "suspended"),
    "instance-ended": Text("аяқталды", "завершён", "completed"),
    "instance-terminated": Text("тоқтатылды", "прекращён", "terminated"),
    "instance-troubled": Text("{n} ақау", "{n} сбой|{n} сбоя|{n} сбоев", "{n} incident|{n} incidents"),
    "instance-trouble": Text("ақау бар", "есть сбой", "incident"),
    "instance-is-called": Text("басқа процесс шақырған", "вызван другим процессом", "called by another process"),
    "instance-case": Text("Істің беті", "Страница дела", "Page of the case"),
    "instance-archive": Text("Істің мұрағаты (ZIP)", "Архив дела (ZIP)", "Archive of the case (ZIP)"),
    "instance-parts": Text("Дананың бөлімдері", "Разделы экземпляра", "Sections of the instance"),
    "instance-part-shown": Text("Қайда тұр", "Где стоит", "Where it stands"),
    "instance-part-walked": Text("Жүрілген жол", "Пройденный путь", "Path walked"),
    "instance-part-called": Text("Шақырылған процестер", "Вызванные процессы", "Called processes"),
    "instance-legend-tokens": Text("осы жерде күтіп тұр", "ждёт здесь", "waits here"),
    "instance-legend-walked": Text("жолдағы реті", "место в пути", "place on the way"),
    "instance-legend-troubles": Text("ақау", "сбой", "incident"),
    "instance-tokens": Text("Қазір қайда тұр", "Где стоит сейчас", "Where it stands now"),
    "instance-no-tokens": Text(
        "Ешқайда: процесс аяқталған.", "Нигде: процесс окончен.", "Nowhere: the process is over."
    ),
    "instance-token": Text("{number}-таңба", "токен {number}", "token {number}"),
    "instance-within": Text("«{name}» ішінде", "внутри «{name}»", "within “{name}”"),
    "instance-since": Text("Қашаннан бері", "С какого времени", "Since"),
    "instance-way": Text("Жүрілген жол", "Пройденный путь", "Path walked"),
    "instance-no-way": Text("Әлі ешбір қадам жасалған жоқ.", "Пока ничего не пройдено.", "Nothing is behind it yet."),
    "instance-whole-way": Text(
        "Бүкіл жол: {n} қадам",
        "Весь путь: {n} шаг|Весь путь: {n} шага|Весь путь: {n} шагов",
        "The whole path: {n} step|The whole path: {n} steps",
    ),
    "instance-place": Text("№", "№", "No."),
    "instance-left": Text("Қашан өтті", "Когда пройден", "Left at"),
    "instance-took": Text("Қанша уақыт", "Сколько длился", "Took"),
    "instance-cancelled": Text("үзілді", "прерван", "cancelled"),
    "instance-called-here": Text("шақырылған процесс", "вызванный процесс", "called process"),
    "instance-system": Text("Жүйе", "Система", "The system"),
    "instance-callers": Text("Кім шақырды", "Кем вызван", "Called by"),
    "instance-all-called": Text("Барлығы: {n}", "Все: {n}", "All of them: {n}"),
    "instance-none-called": Text(
        "Бұл процесс басқаларын шақырған жоқ.", "Этот процесс никого не вызывал.", "It has called no process."
    ),
    "instance-facts": Text("Дана", "Экземпляр", "The instance"),
    "instance-process": Text("Процесс", "Процесс", "Process"),
    "instance-version": Text("{n}-нұсқа", "версия {n}", "version {n}"),
    "instance-edition": Text("Актінің редакциясы", "Редакция акта", "Edition of the act"),
    "instance-before": Text("Бұрынғы нұсқалар", "Прежние версии", "Earlier versions"),
    "instance-key": Text("Бизнес-кілт", "Бизнес-ключ", "Business key"),
    "instance-why-ended": Text("Тоқтату себебі", "Причина прекращения", "Why it was ended"),
    "instance-id": Text("Сәйкестендіргіш", "Идентификатор", "Identifier"),
    "instance-root": Text("Негізгі процесс", "Главный процесс", "The process of the case"),
}  # fmt: skip
