"""The calendar of a date field, by its English words; the shortened names of days as in domain.days_in_words."""

from app.domain.terms.calendar import Text

FORM_CALENDAR = {
    "January": Text("Қаңтар", "Январь", "January"),
    "February": Text("Ақпан", "Февраль", "February"),
    "March": Text("Наурыз", "Март", "March"),
    "April": Text("Сәуір", "Апрель", "April"),
    "May": Text("Мамыр", "Май", "May"),
    "June": Text("Маусым", "Июнь", "June"),
    "July": Text("Шілде", "Июль", "July"),
    "August": Text("Тамыз", "Август", "August"),
    "September": Text("Қыркүйек", "Сентябрь", "September"),
    "October": Text("Қазан", "Октябрь", "October"),
    "November": Text("Қараша", "Ноябрь", "November"),
    "December": Text("Желтоқсан", "Декабрь", "December"),
    "Mon": Text("дс", "пн", "Mon"),
    "Tue": Text("сс", "вт", "Tue"),
    "Wed": Text("ср", "ср", "Wed"),
    "Thu": Text("бс", "чт", "Thu"),
    "Fri": Text("жм", "пт", "Fri"),
    "Sat": Text("сб", "сб", "Sat"),
    "Sun": Text("жс", "вс", "Sun"),
    "Year": Text("Жыл", "Год", "Year"),
    "Month": Text("Ай", "Месяц", "Month"),
}
