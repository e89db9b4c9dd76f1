"""What form-js says by itself, by its English words."""

from app.domain.calendar import Text
from app.web.words.documents import UPLOAD

FORM_VIEWER = {
    **UPLOAD,
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
    "No files selected": Text("Файл таңдалмаған", "Файлы не выбраны", "No files selected"),
    "{value} files selected": Text("{value} файл таңдалды", "Выбрано файлов: {value}", "{value} files selected"),
}
