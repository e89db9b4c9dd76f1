"""People, as administrators find and keep them."""

from app.domain.terms.calendar import Text

ADMIN_PEOPLE = {
    "people": Text("Қызметкерлер", "Люди", "People"),
    "people-parts": Text("Қызметкерлер бөлімінің беттері", "Страницы раздела «Люди»", "Pages about people"),
    "people-roles": Text("Рөлдер", "Роли", "Roles"),
    "people-organisations": Text("Ұйымдар", "Организации", "Organisations"),
    "people-import": Text("CSV файлынан енгізу", "Загрузить из CSV", "Import from CSV"),
    "people-search": Text("Аты немесе логині", "Имя или логин", "Name or id"),
    "people-any-organisation": Text("Кез келген ұйым", "Любая организация", "Any organisation"),
    "people-any-role": Text("Кез келген рөл", "Любая роль", "Any role"),
    "people-any-state": Text("Кез келген жай-күй", "Любое состояние", "Any state"),
    "people-organisation": Text("Ұйым", "Организация", "Organisation"),
    "people-role": Text("Рөл", "Роль", "Role"),
    "people-state": Text("Жай-күйі", "Состояние", "State"),
    "people-person": Text("Қызметкер", "Человек", "Person"),
    "people-held": Text("Рөлдері", "Роли", "Roles"),
    "people-last": Text("Соңғы кіруі", "Последний вход", "Last signed in"),
    "people-state-never": Text("бірде-бір рет кірмеген", "ещё не входил(а)", "never signed in"),
    "people-state-locked": Text("кіруге тыйым салынған", "вход закрыт", "locked"),
    "people-state-away": Text("жұмыста жоқ", "отсутствует", "away"),
    "people-state-administrator": Text("әкімші", "администратор", "administrator"),
    "people-state-gone": Text("ажыратылған", "отключён(а)", "deactivated"),
    "people-away-until": Text("{day} дейін жұмыста жоқ", "отсутствует до {day}", "away until {day}"),
    "people-number": Text("{n} қызметкер", "{n} человек|{n} человека|{n} человек", "{n} person|{n} people"),
    "people-no-roles": Text("рөлі жоқ", "нет ролей", "no roles"),
    "people-none": Text("Ешкім табылмады", "Никого не найдено", "Nobody is found"),
    "people-none-do": Text(
        "Атының бір бөлігін ғана жазыңыз не сүзгілерді алып тастаңыз.",
        "Введите часть имени или сбросьте фильтры.",
        "Type a part of the name, or clear the filters.",
    ),
}
