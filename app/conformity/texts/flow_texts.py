"""The words of the findings of the check of soundness."""

from app.domain.terms.calendar import Text

FLOW: dict[str, tuple[str, Text]] = {
    "unreachable": (
        "soundness",
        Text(
            "{element}: оған ешбір жол жетпейді",
            "{element}: до него не доходит ни один путь",
            "{element}: no path comes here",
        ),
    ),
    "registered-again": (
        "soundness",
        Text(
            "{element}: өтініш екінші рет тіркеледі",
            "{element}: заявление регистрируется второй раз",
            "{element}: the application is registered a second time",
        ),
    ),
    "no-start": (
        "soundness",
        Text("процестің басталуы жоқ", "у процесса нет начала", "the process has no start"),
    ),
    "not-modelled": (
        "soundness",
        Text(
            "{element}: тексеру мұны ({about}) білмейді, сондықтан үлгі туралы ештеңе дәлелденбейді",
            "{element}: проверка этого ({about}) не знает, поэтому о модели ничего не доказано",
            "{element}: the check does not know this ({about}), so nothing is proved of the model",
        ),
    ),
    "deadlock": (
        "soundness",
        Text(
            "{element}: мұнда таңба мәңгі күтеді, мына ағындар келмейді: {missing}",
            "{element}: здесь маркер ждёт вечно, не приходят потоки: {missing}",
            "{element}: a token waits here for ever, these flows bring none: {missing}",
        ),
    ),
    "endless": (
        "soundness",
        Text(
            "{element}: бұл жерден процестің соңына жол жоқ",
            "{element}: отсюда процесс не может закончиться",
            "{element}: from here the process cannot come to an end",
        ),
    ),
    "round": (
        "soundness",
        Text(
            "{element}: осыдан кейінгі автоматты қадамдар шексіз айналады",
            "{element}: автоматические шаги после него идут по кругу без конца",
            "{element}: the automatic steps behind it go round without end",
        ),
    ),
    "unsynchronised": (
        "soundness",
        Text(
            "{element}: қатар жүрген тармақтар бірікпей өтеді, содан кейінгісі бірнеше рет орындалады",
            "{element}: параллельные ветви проходят не соединяясь, дальнейшее выполняется несколько раз",
            "{element}: parallel branches pass without being joined, what follows is done several times",
        ),
    ),
    "unbounded": (
        "soundness",
        Text(
            "{element}: таңбалар саны шексіз өседі",
            "{element}: число маркеров растёт без предела",
            "{element}: the number of tokens grows without bound",
        ),
    ),
    "no-way": (
        "soundness",
        Text(
            "{element}: бірде-бір шарт орындалмайтын жағдай бар, әдепкі жол жоқ",
            "{element}: есть случай, в котором не выполняется ни одно условие, и нет пути по умолчанию",
            "{element}: there is a case in which no condition holds, and no default flow",
        ),
    ),
    "unset": (
        "soundness",
        Text(
            "{element}: {about} айнымалысы әлі жоқ кезде оқылады",
            "{element}: переменная {about} читается, когда её ещё нет",
            "{element}: the variable {about} is read before it exists",
        ),
    ),
    "never-equal": (
        "soundness",
        Text(
            "{element}: {about} шарты ешқашан орындалмайды: айнымалы мұндай мәнді ешқайдан алмайды",
            "{element}: условие {about} не выполняется никогда: такого значения переменной ничто не даёт",
            "{element}: the condition {about} never holds: nothing gives the variable such a value",
        ),
    ),
    "never-given": (
        "soundness",
        Text(
            "{element}: шақырылған процестен {about} алынады, бірақ оны ештеңе бермейді",
            "{element}: из вызванного процесса берётся {about}, но её там ничто не даёт",
            "{element}: {about} is taken from the called process, but nothing gives it there",
        ),
    ),
    "condition-unread": (
        "soundness",
        Text(
            "{element}: параллель шлюз {about} шартын оқымайды",
            "{element}: параллельный шлюз не читает условия {about}",
            "{element}: a parallel gateway does not read the condition {about}",
        ),
    ),
    "timer-unread": (
        "soundness",
        Text(
            "{element}: {about} – таймер уақыты емес",
            "{element}: {about} – не время таймера",
            "{element}: {about} is no time of a timer",
        ),
    ),
    "unexplored": (
        "soundness",
        Text(
            "күйлер тым көп ({about}), барлығы қаралмады",
            "состояний слишком много ({about}), просмотрены не все",
            "there are too many states ({about}), not all were looked at",
        ),
    ),
    "unknown-form": (
        "soundness",
        Text(
            "{element}: {about} нысаны табылмады немесе оқылмады",
            "{element}: форма {about} не найдена или не читается",
            "{element}: the form {about} was not found or cannot be read",
        ),
    ),
    "unknown-decision": (
        "soundness",
        Text(
            "{element}: {about} шешімі табылмады (*.dmn)",
            "{element}: решение {about} не найдено (*.dmn)",
            "{element}: the decision {about} was not found (*.dmn)",
        ),
    ),
    "unknown-call": (
        "soundness",
        Text(
            "{element}: шақырылатын {about} процесі табылмады, оның іші қаралмады",
            "{element}: вызываемый процесс {about} не найден, его содержание не проверено",
            "{element}: the called process {about} was not found, its inside was not looked at",
        ),
    ),
}
