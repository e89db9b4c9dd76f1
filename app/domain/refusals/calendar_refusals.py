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
NOTHING_CHANGES = Text(
    "Өзгеріс жоқ: жұмыс сағаттарын (hours), күндерді (days) не алып тасталатын күндерді (removed) беріңіз.",
    "Изменений нет: задайте часы работы (hours), дни (days) или удаляемые дни (removed).",
    "the body changes nothing: give hours, days or removed",
)
NOT_IN_CALENDAR = Text(
    "Күнтізбеде мына күндер жоқ, сондықтан алып тасталмайды: {days}.",
    "Этих дней нет в календаре, удалять нечего: {days}.",
    "there is no rule to remove for {days}",
)
YEAR = Text(
    "Жыл {first} мен {last} аралығында болады, {given} емес.",
    "Год указывается от {first} до {last}, а не {given}.",
    "a year is from {first} to {last}, not {given}",
)
TWO_RULES = Text(
    "{day} күніне екі ереже берілген: біреуін қалдырыңыз.",
    "Для дня {day} задано два правила: оставьте одно.",
    "among the days there are two rules for {day}: leave one",
)
NO_WORK = Text(
    "{day} күнінен кейін бір жыл бойы жұмыс күні жоқ: ондай күнтізбемен мерзім есептелмейді.",
    "После {day} целый год нет рабочих дней: по такому календарю срок не посчитать.",
    "no day works within a year of {day}: no term can be counted with such a calendar",
)
REASON = Text(
    "Өзгерістің себебін жазыңыз, {limit} таңбаға дейін.",
    "Напишите причину изменения, до {limit} знаков.",
    "give the reason of the change, at most {limit} characters",
)
NO_VERSION = Text(
    "Күнтізбеде {version}-нұсқа жоқ.",
    "У календаря нет версии {version}.",
    "the calendar has no version {version}",
)
CHANGE_UNKNOWN = Text(
    "Күнтізбенің мұндай өзгерісі жоқ немесе ол сіздің тапсырмаларыңызға қатысты емес.",
    "Такого изменения календаря нет, или оно не касается ваших задач.",
    "there is no such change of a calendar, or it moved none of your tasks",
)
DRAFT_LONG = Text(
    "Бір өзгеріске тым көп күн жиналды: осыларын енгізіп, қалғанын келесі өзгеріспен қосыңыз.",
    "Слишком много дней для одного изменения: внесите эти, остальные – следующим изменением.",
    "too many days for one change: make this one, and the rest with the next",
)
DRAFT_BROKEN = Text(
    "Өзгерістің сілтемесі бүлінген: күнтізбеден қайта бастаңыз.",
    "Ссылка на изменение повреждена: начните снова с календаря.",
    "the address of the change is damaged: begin again from the calendar",
)
AS_IT_IS = Text(
    "Күнтізбеде бәрі қазірдің өзінде осылай: өзгеретін ештеңе жоқ.",
    "В календаре уже всё именно так: менять нечего.",
    "the calendar is like that already: nothing would change",
)
