"""The calendars of the providers, a change of one, and what it moves."""

from app.domain.terms.calendar import Text

ADMIN_CALENDARS = {
    "calendars": Text("Күнтізбелер", "Календари", "Calendars"),
    "calendar-provider": Text("Көрсетілетін қызметті беруші", "Услугодатель", "Provider"),
    "calendar-hours": Text("Жұмыс сағаттары", "Рабочие часы", "Working hours"),
    "calendar-with-lunch": Text("{hours}, түскі үзіліс {lunch}", "{hours}, обед {lunch}", "{hours}, lunch {lunch}"),
    "calendar-years": Text("Мерекелері белгілі жылдар", "Годы, для которых есть праздники", "Years with holidays"),
    "calendar-changed": Text("Соңғы өзгеріс", "Последнее изменение", "Changed last"),
    "calendar-never": Text("өзгертілген жоқ", "не изменялся", "not changed yet"),
    "calendar-none": Text("Күнтізбе жоқ", "Календарей нет", "There are no calendars"),
    "calendar-none-do": Text(
        "Күнтізбе ұйым қосылғанда пайда болады.",
        "Календарь появляется вместе с организацией.",
        "A calendar comes with its organisation.",
    ),
    "calendar-year": Text("{year} жыл", "{year} год", "{year}"),
    "calendar-years-nav": Text("Басқа жылдар", "Другие годы", "Other years"),
    "calendar-weekend": Text("Демалыс күндері", "Выходные", "Weekend"),
    "calendar-zone": Text("Уақыт белдеуі", "Часовой пояс", "Time zone"),
    "calendar-version": Text("Күнтізбе нұсқасы", "Версия календаря", "Version of the calendar"),
    "calendar-working-days": Text("Жылдағы жұмыс күндері", "Рабочих дней в году", "Working days in the year"),
    "calendar-work": Text(
        "{n} жұмыс күні",
        "{n} рабочий день|{n} рабочих дня|{n} рабочих дней",
        "{n} working day|{n} working days",
    ),
    "calendar-no-holidays": Text(
        "{year} жылдың мерекелері енгізілмеген: осы жылға түсетін мерзімдер оларсыз есептеледі.",
        "Праздники {year} года не внесены: сроки, которые попадают на этот год, считаются без них.",
        "The holidays of {year} are not entered: terms that fall into it are counted without them.",
    ),
    "calendar-legend": Text("Күндердің белгілері", "Обозначения дней", "How the days are marked"),
    "calendar-kind": Text("Бұл күн", "Что это за день", "What day it is"),
    "calendar-kind-working": Text("жұмыс күні", "рабочий день", "working day"),
    "calendar-kind-weekend": Text("демалыс күні", "выходной", "weekend"),
    "calendar-kind-holiday": Text("мереке", "праздник", "holiday"),
    "calendar-kind-moved_off": Text("ауыстырылған демалыс", "перенесённый выходной", "day off moved here"),
    "calendar-kind-moved_working": Text(
        "ауыстырылған жұмыс күні", "перенесённый рабочий день", "working day moved here"
    ),
    "calendar-kind-shortened": Text("қысқартылған күн", "сокращённый день", "shortened day"),
    "calendar-as-week": Text("апта кестесі бойынша", "как в обычную неделю", "as in a usual week"),
    "calendar-names": Text(
        "Ерекше күндердің үш тілдегі атаулары",
        "Особые дни: названия на трёх языках",
        "Special days: their names in three languages",
    ),
    "calendar-day": Text("Күн", "День", "Day"),
    "calendar-versions": Text("Нұсқалары", "Версии", "Versions"),
    "calendar-version-of": Text("{number}-нұсқа", "Версия {number}", "Version {number}"),
    "calendar-older": Text("Бұрынғы нұсқалары", "Более ранние версии", "Older versions"),
    "calendar-no-date": Text(
        "«{given}» күн емес: ЖЖЖЖ-АА-КК түрінде жазыңыз.",
        "«{given}» — не дата: напишите ГГГГ-ММ-ДД.",
        "“{given}” is no day: write it as YYYY-MM-DD.",
    ),
    "calendar-change": Text("Күнтізбені өзгерту", "Изменить календарь", "Change the calendar"),
    "calendar-propose": Text(
        "Заң бойынша мерекелерін ұсыну", "Предложить праздники по закону", "Propose those that the law has"
    ),
    "calendar-draft": Text("Не өзгереді", "Что изменится", "What is to change"),
    "calendar-leave-out": Text("Алып тастау", "Убрать", "Leave out"),
    "calendar-look": Text(
        "Қай мерзімдер жылжитынын көру", "Посмотреть, какие сроки сдвинутся", "See which terms would move"
    ),
    "calendar-stale": Text(
        "Осы арада күнтізбені басқа адам өзгертті.",
        "Тем временем календарь изменил кто-то другой.",
        "Somebody else has changed the calendar meanwhile.",
    ),
    "calendar-rebase": Text(
        "Өз өзгерісімді жаңа нұсқаға қатысты көру",
        "Показать моё изменение относительно новой версии",
        "Show my change against the new version",
    ),
    "calendar-add-day": Text("Күн қосу не өзгерту", "Добавить или изменить день", "Add or alter a day"),
    "calendar-pair": Text("Айырбасталған күн", "День, с которым обменяли", "The day it is exchanged with"),
    "calendar-pair-hint": Text(
        "Демалыс не жұмыс күні ауыстырылса, жұбын осында көрсетіңіз: ол екінші күн болып бірге енгізіледі.",
        "Если выходной или рабочий день переносят, укажите здесь второй день обмена: он войдёт в то же изменение.",
        "Where a day off or a working day is moved, give the other day of the exchange here: it becomes part of the change.",
    ),
    "calendar-names-three": Text(
        "Атауы үш тілде (бос болса – күннің түрі бойынша)",
        "Название на трёх языках (пусто – по виду дня)",
        "The name in three languages (empty: as the kind of day is called)",
    ),
    "calendar-own-hours": Text(
        "Осы күннің өз сағаттары (қысқартылған күнге міндетті)",
        "Часы этого дня (для сокращённого обязательны)",
        "Hours of this day (a shortened one must have them)",
    ),
    "calendar-opens": Text("Басталуы", "Начало", "Opens"),
    "calendar-closes": Text("Аяқталуы", "Конец", "Closes"),
    "calendar-lunch-from": Text("Түскі үзіліс басы", "Обед с", "Lunch from"),
    "calendar-lunch-to": Text("Түскі үзіліс соңы", "Обед до", "Lunch to"),
    "calendar-add": Text("Өзгеріске қосу", "Добавить к изменению", "Add to the change"),
    "calendar-add-hours": Text("Сағаттарды өзгеріске қосу", "Добавить часы к изменению", "Add the hours to the change"),
    "calendar-preview": Text("Өзгеріс нені жылжытады", "Что сдвинет изменение", "What the change would move"),
    "calendar-more": Text("Тағы күн қосу не түзету", "Добавить ещё день или исправить", "Add another day, or correct"),
    "calendar-would-move": Text("Жылжитын мерзімдер", "Сроки, которые сдвинутся", "Terms that would move"),
    "calendar-terms": Text("{n} мерзім", "{n} срок|{n} срока|{n} сроков", "{n} term|{n} terms"),
    "calendar-cases": Text("{n} істе", "в {n} деле|в {n} делах|в {n} делах", "in {n} case|in {n} cases"),
    "calendar-told": Text(
        "{n} қызметкерге хабарланады",
        "Об этом узнает {n} сотрудник|Об этом узнают {n} сотрудника|Об этом узнают {n} сотрудников",
        "{n} person will be told|{n} people will be told",
    ),
    "calendar-told-none": Text(
        "Бұл тапсырмаларды ешкім алмаған: хабарланатын адам жоқ.",
        "Этих задач никто не взял: извещать некого.",
        "Nobody has these tasks: there is nobody to tell.",
    ),
    "calendar-moves-none": Text(
        "Бірде-бір ашық мерзім жылжымайды.", "Ни один открытый срок не сдвинется.", "No open term would move."
    ),
    "calendar-past-stays": Text(
        "Өтіп кеткен мерзімдер және қолмен қойылған күндер өзгермейді.",
        "Истёкшие сроки и даты, поставленные вручную, не меняются.",
        "Terms that are over and dates set by hand stay as they are.",
    ),
    "calendar-apply": Text("Күнтізбені өзгерту", "Внести изменение", "Make the change"),
    "calendar-drop": Text("Бас тарту", "Отказаться", "Drop it"),
    "calendar-reason-hint": Text(
        "Күнтізбе нұсқасында сіздің атыңызбен сақталады; мерзімі жылжығандар да көреді.",
        "Останется в версии календаря под вашим именем; его увидят и те, чьи сроки сдвинулись.",
        "Stays with the version under your name; those whose terms move see it too.",
    ),
    "calendar-moved": Text(
        "{n} мерзімді жылжытты",
        "сдвинула {n} срок|сдвинула {n} срока|сдвинула {n} сроков",
        "moved {n} term|moved {n} terms",
    ),
    "calendar-moved-by": Text(
        "{number}-нұсқа жылжытқан мерзімдер", "Сроки, сдвинутые версией {number}", "Terms that version {number} moved"
    ),
    "calendar-doubt-alone": Text(
        "жұбы жоқ: демалыс пен жұмыс күні айырбасталса, екеуі де енгізіледі",
        "без пары: при обмене вносят оба дня, выходной и рабочий",
        "without its pair: of an exchange both days are entered, the one off and the one that works",
    ),
    "calendar-doubt-works-already": Text(
        "бұл күн апта бойынша онсыз да жұмыс күні", "этот день недели и так рабочий", "this weekday works anyway"
    ),
    "calendar-doubt-off-already": Text(
        "бұл күн апта бойынша онсыз да демалыс", "этот день недели и так выходной", "this weekday is off anyway"
    ),
    "calendar-doubt-past": Text(
        "өтіп кеткен күн: оны қамтитын, әлі бітпеген мерзімдер ғана жылжиды",
        "день уже прошёл: сдвинутся только сроки, которые ещё идут через него",
        "the day is over: only terms that run across it move",
    ),
    "calendar-no-time": Text(
        "Уақытты СС:ММ түрінде жазыңыз.", "Напишите время в виде ЧЧ:ММ.", "Write the time as HH:MM."
    ),
    "calendar-opens-late": Text(
        "Жұмыс {opens} басталып, {closes} аяқтала алмайды: басталуы аяқталуынан бұрын болсын.",
        "Работа не может начаться в {opens} и закончиться в {closes}: начало должно быть раньше конца.",
        "Work cannot open at {opens} and close at {closes}: the opening comes first.",
    ),
    "calendar-lunch-half": Text(
        "Түскі үзілістің басын да, соңын да жазыңыз не екеуін де бос қалдырыңыз.",
        "Укажите и начало, и конец обеда, или оставьте оба поля пустыми.",
        "Give both the beginning and the end of lunch, or neither.",
    ),
    "calendar-lunch-outside": Text(
        "Түскі үзіліс {opens} мен {closes} аралығында болып, бүкіл күнді алмауға тиіс.",
        "Обед должен быть внутри рабочих часов, с {opens} до {closes}, и не занимать их целиком.",
        "Lunch must lie within the hours from {opens} to {closes}, and leave some of them.",
    ),
    "calendar-hours-needed": Text(
        "Қысқартылған күннің сағаттарын жазыңыз.",
        "Укажите часы сокращённого дня.",
        "Give the hours of the shortened day.",
    ),
    "calendar-hours-off": Text(
        "Демалыс күнінде жұмыс сағаты болмайды: сағаттарын өшіріңіз.",
        "У нерабочего дня нет рабочих часов: уберите их.",
        "A day off has no working hours: leave them out.",
    ),
    "calendar-names-all": Text(
        "Атауын үш тілде де жазыңыз не бәрін бос қалдырыңыз.",
        "Напишите название на всех трёх языках или оставьте все поля пустыми.",
        "Give the name in all three languages, or in none.",
    ),
    "calendar-names-long": Text(
        "Атау {limit} таңбадан аспайды.",
        "Название не длиннее {limit} знаков.",
        "A name has at most {limit} characters.",
    ),
    "calendar-no-kind": Text("Күннің түрін таңдаңыз.", "Выберите вид дня.", "Choose what day it is."),
    "calendar-other-year": Text(
        "{day} {year} жылға жатпайды: сол жылдың бетін ашыңыз.",
        "{day} не относится к {year} году: откройте страницу того года.",
        "{day} is not in {year}: open the page of its year.",
    ),
    "calendar-pair-of-nothing": Text(
        "Жұп күн тек ауыстырылған демалыс не жұмыс күніне беріледі.",
        "Второй день обмена указывают только для перенесённого выходного или рабочего дня.",
        "Only a day off or a working day that is moved has a day it is exchanged with.",
    ),
    "moved-terms": Text("Жылжитын мерзімдер тізімі", "Список сдвигов сроков", "Terms that move"),
    "moved-mine": Text(
        "Күнтізбе өзгергендіктен жылжыған мерзімдеріңіз",
        "Ваши сроки, сдвинутые изменением календаря",
        "Your terms that a change of the calendar moved",
    ),
    "moved-case": Text("Іс", "Дело", "Case"),
    "moved-what": Text("Не жылжиды", "Что сдвигается", "What moves"),
    "moved-holder": Text("Кімде", "У кого", "With whom"),
    "moved-count": Text("Саны", "Сколько", "How many"),
    "moved-later": Text("Кейінге", "Позже", "Later"),
    "moved-earlier": Text("Ертерекке", "Раньше", "Earlier"),
    "moved-kind-whole": Text("істің жалпы мерзімі", "общий срок дела", "term of the whole case"),
    "moved-kind-step": Text("қадам", "шаг", "step"),
    "moved-kind-timer": Text("таймер", "таймер", "timer"),
}
