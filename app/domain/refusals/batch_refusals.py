"""Why something is not done to many, or not for want of a reason."""

from app.domain.terms.calendar import Text

REASON_MISSING = Text(
    "Себебін жазыңыз: ол істің тарихында қалады.",
    "Напишите причину: она останется в истории дела.",
    "write the reason: it is kept in the history of the case",
)
REASON_TOO_LONG = Text(
    "Себеп {limit} таңбадан ұзын болмауға тиіс (қазір {length}).",
    "Причина не может быть длиннее {limit} символов (сейчас {length}).",
    "a reason has at most {limit} characters, not {length}",
)
NOBODY_CHOSEN = Text(
    "Бірде-бір іс таңдалмаған немесе табылмаған.",
    "Ни одно дело не выбрано и не найдено.",
    "no process instance is named or found",
)
TOO_MANY = Text(
    "{limit} істен артық табылды: іздеуді тарылтыңыз.",
    "Найдено больше {limit} дел: сузьте поиск.",
    "more than {limit} are found: narrow the query",
)
NO_SUCH_BATCH = Text(
    "{id} пакеті жоқ: ол жойылған болуы мүмкін.",
    "Пакета {id} нет: возможно, его удалили.",
    "batch with id '{id}' does not exist",
)
BATCH_ENDED = Text(
    "Пакет аяқталған: онымен енді ештеңе істеуге болмайды.",
    "Пакет завершён: с ним больше ничего нельзя сделать.",
    "batch '{id}' has ended",
)
BATCH_RUNS = Text(
    "Пакет әлі орындалып жатыр: алдымен оны тоқтатыңыз.",
    "Пакет ещё выполняется: сначала остановите его.",
    "batch '{id}' has not ended: stop it first",
)
NOTHING_REFUSED = Text(
    "Қайталайтын ештеңе жоқ: бас тартылған іс жоқ.",
    "Повторять нечего: отказов нет.",
    "nothing in batch '{id}' was refused: there is nothing to try again",
)
UNFORESEEN = Text(
    "Күтпеген қате болды: толығырақ журналда. Бұл істе ештеңе өзгерген жоқ.",
    "Произошла непредвиденная ошибка: подробности в журнале. В этом деле ничего не изменилось.",
    "an internal error happened, it has been logged; nothing of this instance has changed",
)
MAKER_GONE = Text(
    "Бұны тапсырған адам ({user}) енді қызметте жоқ.",
    "Того, кто это поручил ({user}), в системе больше нет.",
    "user '{user}', who asked for it, does not exist any more",
)
OTHER_TYPE = Text(
    "«{name}» айнымалысының түрі басқа: {was}, ал берілгені – {type}.",
    "У переменной «{name}» другой тип: {was}, а задан {type}.",
    "variable '{name}' is of type {was}, not {type}",
)
NOTHING_STUCK = Text(
    "Бұл істе тұрып қалған ештеңе жоқ.",
    "В этом деле ничего не застряло.",
    "nothing is stuck in this process instance",
)
TOKENS_LOST = Text(
    "Істер жаңа нұсқада орны жоқ қадамдарда тұр: {where}. Оларға сәйкес қадамды көрсетіңіз.",
    "Дела стоят на шагах, которым в новой версии ничего не сопоставлено: {where}. Укажите, чему они соответствуют.",
    "process instances stand at activities that are mapped to nothing: {where}",
)
NO_FILES = Text(
    "«{name}» айнымалысы файл: файл бірнеше іске бірден берілмейді.",
    "Переменная «{name}» — файл: нескольким делам сразу файл не передаётся.",
    "variable '{name}' is a file: files are not given to many at once",
)
NO_MESSAGE = Text(
    "Хабарламаның атын көрсетіңіз.",
    "Укажите имя сообщения.",
    "Message name is required",
)
RETRIES = Text(
    "Қайталау саны 0-ден {limit}-ге дейін болуға тиіс, берілгені – {given}.",
    "Число повторов должно быть от 0 до {limit}, задано {given}.",
    "the number of retries is from 0 to {limit}, not {given}",
)
NO_VERSION = Text(
    "Қай нұсқаға көшіру керегін таңдаңыз.",
    "Выберите, на какую версию перевести.",
    "choose the version to take the instances to",
)
NO_NAME = Text(
    "Айнымалыны таңдаңыз немесе жаңасының атын жазыңыз.",
    "Выберите переменную или напишите имя новой.",
    "choose a variable, or write the name of a new one",
)
