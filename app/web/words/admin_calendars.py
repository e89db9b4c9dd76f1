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
}
