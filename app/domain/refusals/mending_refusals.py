"""Why an administrator's act on instances is not done."""

from app.domain.terms.calendar import Text

ONLY_ADMINISTRATORS = Text(
    "Істі тек әкімші түзете алады.",
    "Исправлять дело может только администратор.",
    "only an administrator changes a process instance",
)
ANNOTATION_TOO_LONG = Text(
    "Себебі тым ұзын: {given} таңба, шегі – {limit}.",
    "Причина слишком длинная: {given} знаков при пределе {limit}.",
    "an annotation has at most {limit} characters, not {given}",
)
TOO_MANY = Text(
    "Бірден 1-ден {limit} іске дейін таңдауға болады, таңдалғаны – {given}.",
    "За один раз можно выбрать от 1 до {limit} дел, выбрано {given}.",
    "there must be from 1 to {limit} process instances, not {given}",
)
TOO_MANY_FOUND = Text(
    "Іздеу {limit} істен көп тапты: оны тарылтыңыз.",
    "Поиск нашёл больше {limit} дел: сузьте его.",
    "more than {limit} process instances are found: narrow the query",
)
TOO_MANY_STEPS = Text(
    "Бірден 1-ден {limit} әрекетке дейін беруге болады, берілгені – {given}.",
    "За один раз можно задать от 1 до {limit} действий, задано {given}.",
    "there must be from 1 to {limit} instructions, not {given}",
)
HAS_ENDED = Text(
    "Іс аяқталған: онда енді түзететін ештеңе жоқ.",
    "Дело завершено: исправлять в нём больше нечего.",
    "process instance '{id}' has ended",
)
NOT_BEGUN = Text(
    "Іс әлі басталған жоқ.",
    "Дело ещё не началось.",
    "process instance '{id}' has not begun yet",
)
OTHER_VERSION = Text(
    "Іс басқа нұсқа бойынша жүріп жатыр: оны бұл арада біреу көшірген болуы мүмкін.",
    "Дело идёт по другой версии: возможно, его тем временем перевели.",
    "process instance '{id}' is not of '{definition}', but of '{other}'",
)
CALLED = Text(
    "Бұл істі басқа іс шақырған: сонымен жұмыс істеңіз.",
    "Это дело вызвано другим: работайте с тем.",
    "process instance '{id}' is called by '{caller}': end that one",
)
WAS_CALLED = Text(
    "Бұл істі басқа іс шақырған болатын: соны қайта бастаңыз.",
    "Это дело было вызвано другим: начните заново то.",
    "process instance '{id}' was called by '{caller}': begin that one anew",
)
STILL_RUNS = Text(
    "Іс әлі жүріп жатыр: қайта бастаудың орнына оны түзетіңіз.",
    "Дело ещё идёт: не начинайте его заново, а исправьте.",
    "process instance '{id}' still runs: modify it instead",
)
VERSION_SUSPENDED = Text(
    "Процестің бұл нұсқасы тоқтатыла тұрған: ол бойынша іс басталмайды.",
    "Эта версия процесса приостановлена: дела по ней не начинаются.",
    "Cannot start process instance. Process definition '{definition}' is suspended.",
)
OTHER_PROCESS = Text(
    "Бұлар бір процестің нұсқалары емес: «{key}» және «{other}».",
    "Это не версии одного процесса: «{key}» и «{other}».",
    "'{id}' is no version of process '{key}', but of '{other}'",
)
OTHER_ORGANISATION = Text(
    "Істер бір ұйымнан екіншісіне көшірілмейді: «{source}» және «{target}».",
    "Дела не переводятся из одной организации в другую: «{source}» и «{target}».",
    "Cannot migrate process instances between processes of different organisations: '{source}' and '{target}'",
)
PLAN_NOT_SOUND = Text(
    "Көшіру жоспары жарамсыз: {why}",
    "План перевода негоден: {why}",
    "the migration plan is not valid: {why}",
)
NONE_MIGRATED = Text(
    "Ешбір іс көшірілген жоқ, себебі кейбірін көшіруге болмайды: {why}",
    "Ни одно дело не переведено, потому что некоторые перевести нельзя: {why}",
    "no process instance was migrated, because some cannot be: {why}",
)
UNFORESEEN = Text(
    "күтілмеген қате болды, ол журналға жазылды",
    "случилась непредвиденная ошибка, она записана в журнал",
    "an internal error happened; it has been logged",
)
FILE_OF_A_STEP = Text(
    "«{name}» айнымалысы: файлдар қадамның емес, істің айнымалыларында сақталады.",
    "Переменная «{name}»: файлы хранятся среди переменных дела, а не шага.",
    "variable '{name}': files are kept among the variables of the process, not of a task",
)
