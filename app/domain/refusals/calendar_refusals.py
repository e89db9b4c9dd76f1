"""Why a calendar is not shown or changed, in words for those who asked: Kazakh, Russian, English."""

from app.domain.terms.calendar import Text

NO_CALENDAR = Text(
    "«{tenant}» ұйымының күнтізбесі жоқ.",
    "У организации «{tenant}» нет календаря.",
    "organisation '{tenant}' has no calendar",
)
ADMINISTRATORS_ONLY = Text(
    "Күнтізбені тек әкімші өзгертеді.",
    "Календарь меняет только администратор.",
    "only an administrator changes a calendar",
)
OTHER_VERSION = Text(
    "Күнтізбені басқа адам өзгертіп қойған: оның нұсқасы {now}, сіз оқығаны {read}. Қайта оқыңыз.",
    "Календарь уже изменён другим: его версия {now}, а вы прочли {read}. Прочтите его заново.",
    "the calendar is at version {now}, not {read}: read it again",
)
SET_AND_REMOVED = Text(
    "{day} күні әрі қойылған, әрі алып тасталған.",
    "День {day} одновременно задан и удалён.",
    "the day {day} is both set and removed",
)
SET_TWICE = Text(
    "Бір күн екі рет берілген.",
    "Один и тот же день задан дважды.",
    "days names the same date twice",
)
NOTHING_CHANGES = Text(
    "Өзгеріс жоқ: жұмыс сағаттарын (hours), күндерді (days) не алып тасталатын күндерді (removed) беріңіз.",
    "Изменений нет: задайте часы работы (hours), дни (days) или удаляемые дни (removed).",
    "the body changes nothing: give hours, days or removed",
)
NOT_IN_CALENDAR = Text(
    "Күнтізбеде мына күндер жоқ, сондықтан алып тасталмайды: {days}.",
    "Этих дней нет в календаре, удалять нечего: {days}.",
    "removed names days that the calendar does not have: {days}",
)
YEAR = Text(
    "Жыл {first} мен {last} аралығында болады, {given} емес.",
    "Год указывается от {first} до {last}, а не {given}.",
    "a year is from {first} to {last}, not {given}",
)
