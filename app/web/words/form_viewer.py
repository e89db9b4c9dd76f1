"""What form-js says by itself, by its English words."""

from app.domain.terms.calendar import Text
from app.web.words.documents import UPLOAD
from app.web.words.errors import ERRORS
from app.web.words.form_calendar import FORM_CALENDAR

FORM_VIEWER = {
    **{ERRORS[key].en: ERRORS[key] for key in ("error-session", "error-session-do")},
    **UPLOAD,
    **FORM_CALENDAR,
    "Mend these fields:": Text("Мына өрістерді түзетіңіз:", "Исправьте эти поля:", "Mend these fields:"),
    "Sign in and come back": Text("Кіріп, осында оралу", "Войти и вернуться сюда", "Sign in and come back"),
    "No connection: it is sent by itself as soon as the server answers. Change the form to stop that.": Text(
        "Байланыс жоқ: сервер жауап берген бойда өзі жіберіледі. Тоқтату үшін форманы өзгертіңіз.",
        "Нет связи: отправится само, как только сервер ответит. Чтобы остановить, измените форму.",
        "No connection: it is sent by itself as soon as the server answers. Change the form to stop that.",
    ),
    "Field is required.": Text("Бұл өріс міндетті.", "Поле обязательно.", "This field is required."),
    "Field must match pattern {value}.": Text(
        "Мән талап етілген үлгіге сай емес.",
        "Значение не подходит под образец.",
        "The value does not have the form asked for.",
    ),
    "Field must be a valid email.": Text(
        "Электрондық пошта мекенжайын енгізіңіз.", "Введите адрес электронной почты.", "Enter an e-mail address."
    ),
    "Field must be a valid international phone number. (e.g. +4930664040900)": Text(
        "Телефонды халықаралық түрде енгізіңіз: +77011234567.",
        "Введите телефон в международном виде: +77011234567.",
        "Enter the phone number with its country: +77011234567.",
    ),
    "Field must have minimum length of {value}.": Text(
        "Кемінде {value} таңба керек.", "Нужно не меньше {value} знаков.", "At least {value} characters are needed."
    ),
    "Field must have maximum length of {value}.": Text(
        "Ең көбі {value} таңба.", "Не больше {value} знаков.", "At most {value} characters."
    ),
    "Field must have minimum value of {value}.": Text(
        "Мән {value} кем болмауы керек.", "Значение не меньше {value}.", "The value is at least {value}."
    ),
    "Field must have maximum value of {value}.": Text(
        "Мән {value} артық болмауы керек.", "Значение не больше {value}.", "The value is at most {value}."
    ),
    "Value is not a number.": Text("Бұл сан емес.", "Это не число.", "This is not a number."),
    "Value is expected to be an integer.": Text("Бүтін сан керек.", "Нужно целое число.", "A whole number is needed."),
    "Date and time must both be entered.": Text(
        "Күн мен уақыттың екеуін де енгізіңіз.", "Введите и дату, и время.", "Enter both the date and the time."
    ),
    "No results": Text("Ештеңе табылмады", "Ничего не найдено", "No results"),
    "Search": Text("Іздеу", "Поиск", "Search"),
    "Increment": Text("Арттыру", "Увеличить", "Increase"),
    "Decrement": Text("Кеміту", "Уменьшить", "Decrease"),
    "Value is expected to have at most 1 decimal digit.": Text(
        "Үтірден кейін бір таңбадан артық болмауы керек.",
        "После запятой не больше одного знака.",
        "At most one digit after the point.",
    ),
    "Value is expected to have at most {value} decimal digits.": Text(
        "Үтірден кейін {value} таңбадан артық болмауы керек.",
        "Знаков после запятой не больше {value}.",
        "At most {value} digits after the point.",
    ),
    "Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.": Text(
        "Мән сай емес. Ең жақын мәндер: {previousValue} және {nextValue}.",
        "Значение не подходит. Ближайшие: {previousValue} и {nextValue}.",
        "The value does not fit. The nearest ones are {previousValue} and {nextValue}.",
    ),
    "Min validation value is not a valid number.": Text(
        "Форма қате жасалған: ең кіші мән сан емес.",
        "Форма составлена неверно: наименьшее значение – не число.",
        "The form is made wrongly: its least value is no number.",
    ),
    "Max validation value is not a valid number.": Text(
        "Форма қате жасалған: ең үлкен мән сан емес.",
        "Форма составлена неверно: наибольшее значение – не число.",
        "The form is made wrongly: its greatest value is no number.",
    ),
    "Add new": Text("Жол қосу", "Добавить строку", "Add another"),
    "Expand all ({value})": Text("Бәрін ашу ({value})", "Показать все ({value})", "Show all ({value})"),
    "Collapse": Text("Жию", "Свернуть", "Show fewer"),
    "Remove tag": Text("Таңдаудан алу", "Убрать из выбранного", "Remove from the choice"),
    "Skip to search": Text("Іздеуге өту", "Перейти к поиску", "Skip to the search"),
    "All values selected": Text("Бәрі таңдалды", "Всё выбрано", "All are chosen"),
    "Nothing to show.": Text("Көрсететін ештеңе жоқ.", "Показывать нечего.", "There is nothing to show."),
    "No content to show.": Text("Мазмұны жоқ.", "Содержимого нет.", "There is no content."),
    "External content couldn't be loaded.": Text(
        "Сыртқы мазмұн жүктелмеді.", "Внешнее содержимое не загрузилось.", "What stands elsewhere could not be loaded."
    ),
    "{page} of {total}": Text("{total} беттің {page}-і", "{page} из {total}", "{page} of {total}"),
    "Previous page": Text("Алдыңғы бет", "Предыдущая страница", "Previous page"),
    "Next page": Text("Келесі бет", "Следующая страница", "Next page"),
    "Click to sort by {value} ascending": Text(
        "«{value}» бойынша өсу ретімен сұрыптау",
        "Упорядочить по «{value}» по возрастанию",
        "Sort by {value}, ascending",
    ),
    "Click to sort by {value} descending": Text(
        "«{value}» бойынша кему ретімен сұрыптау", "Упорядочить по «{value}» по убыванию", "Sort by {value}, descending"
    ),
    "Click to remove sorting": Text("Сұрыптауды алып тастау", "Убрать упорядочение", "Do not sort"),
    "Document reference is not defined.": Text("Құжат көрсетілмеген.", "Документ не указан.", "No document is named."),
    "Unable to download document": Text(
        "Құжат жүктелмеді", "Документ не загрузился", "The document could not be downloaded"
    ),
    "Download {fileName}": Text("{fileName} жүктеп алу", "Скачать {fileName}", "Download {fileName}"),
    "No files selected": Text("Файл таңдалмаған", "Файлы не выбраны", "No files selected"),
    "{value} files selected": Text("{value} файл таңдалды", "Выбрано файлов: {value}", "{value} files selected"),
}
