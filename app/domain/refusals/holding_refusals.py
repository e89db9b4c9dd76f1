"""Why a task cannot be put on hold, taken back or written about, in three languages."""

from app.domain.terms.calendar import Text

DAY_NOT_AHEAD = Text(
    "Ертеңнен кейінгі бір жылдан аспайтын күнді таңдаңыз.",
    "Выберите день начиная с завтрашнего, не дальше чем через год.",
    "Choose a day from tomorrow on, within a year.",
)
REASON_MISSING = Text(
    "Себебін жазыңыз: ең көбі {limit} таңба.",
    "Напишите причину: не больше {limit} знаков.",
    "Write the reason, in at most {limit} characters.",
)
NOT_ON_HOLD = Text("Тапсырма кейінге қалдырылмаған.", "Задача не отложена.", "The task is not on hold.")
NOT_DELEGATED = Text(
    "Тапсырма ешкімге уақытша берілмеген: қайтарып алатын ештеңе жоқ.",
    "Задача никому не передана с возвратом: забирать нечего.",
    "The task is delegated to nobody: there is nothing to take back.",
)
NOT_THE_OWNER = Text(
    "Тапсырманы тек оны берген адам қайтарып ала алады.",
    "Забрать задачу обратно может только тот, кто её передал.",
    "Only the person who delegated the task can take it back.",
)
PERSON_MISSING = Text("Адамды таңдаңыз.", "Выберите человека.", "Choose a person.")
COMMENT_MISSING = Text(
    "Түсініктеме жазыңыз: ең көбі {limit} таңба.",
    "Напишите комментарий: не больше {limit} знаков.",
    "Write the comment, in at most {limit} characters.",
)
