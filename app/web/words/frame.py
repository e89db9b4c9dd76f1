"""What stands around every page."""

from app.domain.terms.calendar import Text

FRAME = {
    "name": Text("Регламент", "Регламент", "Reglament"),
    "skip": Text("Мазмұнға өту", "К содержанию", "Skip to content"),
    "nav": Text("Негізгі мәзір", "Главное меню", "Main menu"),
    "nav-tasks": Text("Тапсырмалар", "Задачи", "Tasks"),
    "settings": Text("Баптаулар", "Настройки", "Settings"),
    "administrator": Text("Әкімші", "Администратор", "Administrator"),
    "signed-in-as": Text("Жүйеге кірген", "Вы вошли как", "Signed in as"),
    "away-until": Text(
        "Сіз жұмыста жоқсыз (соңғы күні: {day}). Сізді алмастыратын қызметкер: {name}.",
        "Вы отсутствуете до {day} включительно, вас замещает {name}.",
        "You are away until {day} inclusive; {name} acts for you.",
    ),
    "sign-out": Text("Шығу", "Выйти", "Sign out"),
    "language": Text("Тіл", "Язык", "Language"),
    "language-kk": Text("Қазақша", "Қазақша", "Қазақша"),
    "language-ru": Text("Русский", "Русский", "Русский"),
    "language-en": Text("English", "English", "English"),
    "theme": Text("Көрініс", "Оформление", "Appearance"),
    "theme-auto": Text("Құрылғыдағыдай", "Как на устройстве", "As on the device"),
    "theme-light": Text("Жарық", "Светлое", "Light"),
    "theme-dark": Text("Қараңғы", "Тёмное", "Dark"),
    "save": Text("Сақтау", "Сохранить", "Save"),
    "offline": Text(
        "Сервермен байланыс жоқ. Енгізілгені осы бетте сақтаулы, байланыс қалпына келгенде қайта көріңіз.",
        "Нет связи с сервером. Введённое осталось на этой странице: попробуйте снова, когда связь вернётся.",
        "No connection to the server. What you have entered is still on this page: try again when it is back.",
    ),
}
