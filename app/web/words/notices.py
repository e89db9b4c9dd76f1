"""Notices: the bell, and what people are told of."""

from app.domain.terms.calendar import Text

NOTICES = {
    "notices": Text("Хабарламалар", "Уведомления", "Notices"),
    "notices-unread": Text(
        "{n} оқылмаған", "{n} непрочитанное|{n} непрочитанных|{n} непрочитанных", "{n} unread|{n} unread"
    ),
    "notices-more": Text("{n}-дан көп оқылмаған", "больше {n} непрочитанных", "more than {n} unread"),
    "notices-read-all": Text("Бәрін оқылған деп белгілеу", "Отметить всё как прочитанное", "Mark all as read"),
    "notices-none": Text("Хабарлама жоқ", "Уведомлений нет", "No notices"),
    "notices-none-do": Text(
        "Біреу сізге тапсырма берсе, түсініктеме жазса немесе мерзім таяса, бұл туралы осында айтылады.",
        "Здесь появится, если вам поручат задачу, напишут комментарий или подойдёт срок.",
        "When somebody assigns a task to you, comments on it, or a deadline comes near, it is said here.",
    ),
    "notices-kept": Text(
        "Хабарламалар 90 күн сақталады.", "Уведомления хранятся 90 дней.", "Notices are kept for 90 days."
    ),
    "notices-older": Text("Бұрынғылары", "Более ранние", "Older"),
    "notices-newest": Text("Ең жаңалары", "Самые новые", "Newest"),
    "notice-new": Text("жаңа", "новое", "new"),
    "notice-assigned": Text("Сізге тапсырма берілді", "Вам поручена задача", "A task is assigned to you"),
    "notice-taken": Text("Тапсырма сізден алынды", "Задача с вас снята", "A task is no longer with you"),
    "notice-delegated": Text(
        "Тапсырма сізге орындауға жіберілді: аяқтаған соң иесіне қайтарасыз",
        "Вам делегирована задача: выполнив, верните её",
        "A task is delegated to you: hand it back when done",
    ),
    "notice-resolved": Text(
        "Сіз жіберген тапсырма орындалып, өзіңізге қайтты",
        "Делегированная вами задача вернулась к вам",
        "The task that you delegated is back with you",
    ),
    "notice-reopened": Text(
        "Сіз орындаған қадам қайта ашылды: іс сізге қайтты",
        "Выполненный вами шаг открыт снова: дело вернулось",
        "A step that you completed is open again: the case came back",
    ),
    "notice-comment": Text(
        "Тапсырмаңызға түсініктеме жазылды", "Новый комментарий к вашей задаче", "A new comment on your task"
    ),
    "notice-soon": Text("Мерзім аяқталуға таяды", "Срок подходит к концу", "The deadline is near"),
    "notice-overdue": Text("Мерзімі өтті", "Срок истёк", "Overdue"),
    "notice-hold-over": Text(
        "Кейінге қалдырған тапсырмаңыздың күні келді",
        "Наступил день, до которого вы отложили задачу",
        "The day has come until which you put a task on hold",
    ),
    "notice-resumed": Text(
        "Істің тоқтатылған мерзімі қайта есептеле бастады",
        "Приостановка закончилась: срок идёт дальше",
        "The clock of the case runs again",
    ),
    "notice-extended": Text(
        "Тапсырмаңыздың мерзімі ұзартылды", "Срок вашей задачи продлён", "The term of your task is extended"
    ),
    "notice-deputy": Text(
        "Сізге қызметкерді алмастыру жүктелді", "Вас назначили заместителем", "You are named a deputy"
    ),
    "notice-deputy-begins": Text(
        "Алмастыру басталды: жұмыста жоқ қызметкердің тапсырмаларын сіз орындайсыз",
        "Замещение началось: задачи отсутствующего выполняете вы",
        "From today you act for a colleague",
    ),
    "notice-deputy-ends": Text("Алмастыру тоқтатылды", "Замещение прекращено", "You no longer act for a colleague"),
    "notice-for": Text("{name} орнына", "за: {name}", "for {name}"),
    "notice-by": Text("кім: {name}", "от: {name}", "by {name}"),
    "notice-due": Text("мерзімі: {moment}", "срок: {moment}", "due {moment}"),
    "notice-ended": Text("қадам жабылған", "шаг закрыт", "step closed"),
    "notice-gone": Text(
        "Бұл іс енді сізге көрінбейді", "Это дело вам больше не видно", "You can no longer see this case"
    ),
    "notice-gone-do": Text(
        "Тапсырма басқаға берілген немесе рөліңіз өзгерген. Жұмысыңыз тапсырмалар тізімінде.",
        "Задачу передали другому или ваша роль изменилась. Ваша работа — в списке задач.",
        "The task was given to somebody else, or your role has changed. Your work is in the list of tasks.",
    ),
    "notice-gone-back": Text("Хабарламаларға", "К уведомлениям", "To the notices"),
    "day-today": Text("Бүгін", "Сегодня", "Today"),
    "day-yesterday": Text("Кеше", "Вчера", "Yesterday"),
}
