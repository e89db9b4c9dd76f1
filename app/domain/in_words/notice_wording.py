"""What people are told of, as one line: by the kind of the notice."""

from app.domain.people.notices import Kind
from app.domain.terms.calendar import Text

SAID: dict[Kind, Text] = {
    Kind.ASSIGNED: Text("Сізге тапсырма берілді", "Вам поручена задача", "A task is assigned to you"),
    Kind.TAKEN: Text("Тапсырма сізден алынды", "Задача с вас снята", "A task is no longer with you"),
    Kind.DELEGATED: Text(
        "Тапсырма сізге орындауға жіберілді: аяқтаған соң иесіне қайтарасыз",
        "Вам делегирована задача: выполнив, верните её",
        "A task is delegated to you: hand it back when done",
    ),
    Kind.RESOLVED: Text(
        "Сіз жіберген тапсырма орындалып, өзіңізге қайтты",
        "Делегированная вами задача вернулась к вам",
        "The task that you delegated is back with you",
    ),
    Kind.REOPENED: Text(
        "Сіз орындаған қадам қайта ашылды: іс сізге қайтты",
        "Выполненный вами шаг открыт снова: дело вернулось",
        "A step that you completed is open again: the case came back",
    ),
    Kind.COMMENT: Text(
        "Тапсырмаңызға түсініктеме жазылды", "Новый комментарий к вашей задаче", "A new comment on your task"
    ),
    Kind.SOON: Text("Мерзім аяқталуға таяды", "Срок подходит к концу", "The deadline is near"),
    Kind.OVERDUE: Text("Мерзімі өтті", "Срок истёк", "Overdue"),
    Kind.TEAM_SOON: Text(
        "Ұйымдағы тапсырманың мерзімі аяқталуға таяды",
        "В вашей организации подходит срок задачи",
        "The deadline of a task of your organisation is near",
    ),
    Kind.TEAM_OVERDUE: Text(
        "Ұйымдағы тапсырманың мерзімі өтті",
        "В вашей организации просрочена задача",
        "A task of your organisation is overdue",
    ),
    Kind.HOLD_OVER: Text(
        "Кейінге қалдырған тапсырмаңыздың күні келді",
        "Наступил день, до которого вы отложили задачу",
        "The day has come until which you put a task on hold",
    ),
    Kind.RESUMED: Text(
        "Істің тоқтатылған мерзімі қайта есептеле бастады",
        "Приостановка закончилась: срок идёт дальше",
        "The clock of the case runs again",
    ),
    Kind.EXTENDED: Text(
        "Тапсырмаңыздың мерзімі ұзартылды", "Срок вашей задачи продлён", "The term of your task is extended"
    ),
    Kind.CALENDAR: Text(
        "Күнтізбе өзгерді: тапсырмаларыңыздың мерзімдері жылжыды",
        "Календарь изменён: сроки ваших задач сдвинулись",
        "The calendar has changed: terms of your tasks moved",
    ),
    Kind.DEPUTY: Text("Сізге қызметкерді алмастыру жүктелді", "Вас назначили заместителем", "You are named a deputy"),
    Kind.DEPUTY_BEGINS: Text(
        "Алмастыру басталды: жұмыста жоқ қызметкердің тапсырмаларын сіз орындайсыз",
        "Замещение началось: задачи отсутствующего выполняете вы",
        "From today you act for a colleague",
    ),
    Kind.DEPUTY_ENDS: Text("Алмастыру тоқтатылды", "Замещение прекращено", "You no longer act for a colleague"),
}
