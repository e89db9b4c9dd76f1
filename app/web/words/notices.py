"""Notices: the bell, and what people are told of."""

from app.domain.in_words.notice_wording import SAID
from app.domain.terms.calendar import Text

NOTICES = {
    **{f"notice-{kind}": words for kind, words in SAID.items()},
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
