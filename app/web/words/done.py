"""What was done, said on the page after it. {title}: the applicant or the number of the case; {step}: its step."""

from app.domain.terms.calendar import Text

DONE = {
    "complete": Text(
        "Тапсырма орындалды: {title}, «{step}».",
        "Задача завершена: {title}, «{step}».",
        "Completed: {title}, “{step}”.",
    ),
    "claim": Text("Тапсырма сізде.", "Задача у вас.", "The task is yours."),
    "release": Text(
        "Тапсырма топқа қайтарылды: {title}, «{step}».",
        "Задача возвращена в группу: {title}, «{step}».",
        "Given back to the group: {title}, “{step}”.",
    ),
    "assign": Text(
        "Тапсырма енді мына қызметкерде: {who} ({title}, «{step}»).",
        "Поручено: {who} ({title}, «{step}»).",
        "Assigned to {who}: {title}, “{step}”.",
    ),
    "delegate": Text(
        "Қайтару шартымен берілді: {who} ({title}, «{step}»).",
        "Передано с возвратом: {who} ({title}, «{step}»).",
        "Delegated to {who}: {title}, “{step}”.",
    ),
    "resolve": Text(
        "Тапсырма берген адамға қайтарылды: {who} ({title}, «{step}»).",
        "Возвращено: {who} ({title}, «{step}»).",
        "Given back to {who}: {title}, “{step}”.",
    ),
    "take-back": Text("Тапсырма қайтадан сізде.", "Задача снова у вас.", "The task is yours again."),
    "hold": Text("Тапсырма кейінге қалдырылды.", "Задача отложена.", "The task is on hold."),
    "unhold": Text("Тапсырмаға қайта оралдыңыз.", "Задача снята с ожидания.", "The task is off hold."),
    "pause": Text("Істің мерзімі тоқтатылды.", "Срок дела приостановлен.", "The clock of the case stands still."),
    "resume": Text("Істің мерзімі жалғасты.", "Срок дела возобновлён.", "The clock of the case goes on."),
    "extend": Text("Істің мерзімі ұзартылды.", "Срок дела продлён.", "The term of the case is extended."),
    "calendar-changed": Text(
        "Күнтізбе өзгерді, мерзімдер қайта есептелді.",
        "Календарь изменён, сроки пересчитаны.",
        "The calendar is changed, and terms are counted anew.",
    ),
    "comment": Text("Түсініктеме қосылды.", "Комментарий добавлен.", "The comment is added."),
    "document-again": Text(
        "Бұл файл осы тапсырмаға қосылған: {name}. Екінші рет қосылмады.",
        "Этот файл уже приложен к задаче: {name}. Второй раз он не добавлен.",
        "The task has this file already: {name}. It has not been added again.",
    ),
    "mail": Text("Хаттар баптауы сақталды.", "Настройки писем сохранены.", "What comes by e-mail is kept."),
    "absence": Text("Жұмыста болмау тіркелді.", "Отсутствие внесено.", "The absence is entered."),
    "absence-end": Text("Жұмыста болмау тоқтатылды.", "Отсутствие прекращено.", "The absence is ended."),
    "invitation": Text(
        "Құпиясөз сақталды: енді кіре аласыз.",
        "Пароль сохранён: теперь можно войти.",
        "The password is kept: you can sign in now.",
    ),
    "role-made": Text("Рөл жасалды.", "Роль создана.", "The role is made."),
    "role-named": Text("Рөлдің атауы сақталды.", "Название роли сохранено.", "The names are kept."),
    "role-removed": Text("Рөл жойылды.", "Роль удалена.", "The role is removed."),
    "organisation": Text("Ұйымның баптаулары сақталды.", "Настройки организации сохранены.", "The settings are kept."),
    "import": Text("Файл енгізілді.", "Файл загружен.", "The file is imported."),
    "person-profile": Text("Деректері сақталды.", "Данные сохранены.", "The profile is kept."),
    "person-role": Text("Рөл берілді.", "Роль выдана.", "The role is given."),
    "person-take": Text("Рөл қайтарып алынды.", "Роль снята.", "The role is taken back."),
    "person-administrator": Text(
        "Әкімші құқығы өзгертілді.", "Права администратора изменены.", "Who administers has changed."
    ),
    "person-unlock": Text("Кіруге рұқсат берілді.", "Вход снова открыт.", "The person can sign in again."),
    "person-revoke": Text("Токен жойылды.", "Токен отозван.", "The token is revoked."),
    "person-deactivate": Text(
        "Тіркелгі ажыратылды, тапсырмалары берілді.",
        "Учётная запись отключена, задачи переданы.",
        "The account is deactivated, its tasks are handed over.",
    ),
    "person-reactivate": Text("Тіркелгі қайта қосылды.", "Учётная запись включена.", "The account is active again."),
    "filter-keep": Text("«{name}» сүзгісі сақталды.", "Фильтр «{name}» сохранён.", "The filter “{name}” is kept."),
    "filter-rename": Text("Сүзгінің жаңа атауы: «{name}».", "Новое название: «{name}».", "It is called “{name}” now."),
    "filter-remove": Text("Сүзгі жойылды.", "Фильтр удалён.", "The filter is deleted."),
    "model-saved": Text(
        "Орналастырылды: {version}-нұсқа. Жаңа істер осы нұсқамен басталады.",
        "Размещена версия {version}: новые дела начинаются с неё.",
        "Version {version} is deployed: new cases begin with it.",
    ),
    "mend-suspend": Text(
        "Тоқтатыла тұрды. Бұрын: {before}. Енді: {after}.",
        "Приостановлено. Было: {before}. Стало: {after}.",
        "Suspended. Before: {before}. After: {after}.",
    ),
    "mend-activate": Text(
        "Жалғасты. Бұрын: {before}. Енді: {after}.",
        "Возобновлено. Было: {before}. Стало: {after}.",
        "Activated. Before: {before}. After: {after}.",
    ),
    "mend-cancel": Text(
        "Іс тоқтатылды. Бұрын: {before}. Енді: {after}.",
        "Дело прекращено. Было: {before}. Стало: {after}.",
        "Cancelled. Before: {before}. After: {after}.",
    ),
    "mend-retry": Text(
        "Қайталанды. Бұрын: {before}. Енді: {after}.",
        "Повторено. Было: {before}. Стало: {after}.",
        "Tried again. Before: {before}. After: {after}.",
    ),
    "mend-change": Text(
        "Айнымалы өзгерді. Бұрын: {before}. Енді: {after}.",
        "Переменная изменена. Было: {before}. Стало: {after}.",
        "The variable was changed. Before: {before}. After: {after}.",
    ),
    "mend-move": Text(
        "Токен жылжыды. Бұрын: {before}. Енді: {after}.",
        "Токен перемещён. Было: {before}. Стало: {after}.",
        "Moved. Before: {before}. After: {after}.",
    ),
    "mend-migrate": Text(
        "Басқа нұсқаға көшті. Бұрын: {before}. Енді: {after}.",
        "Переведено на другую версию. Было: {before}. Стало: {after}.",
        "Migrated. Before: {before}. After: {after}.",
    ),
    "mend-restart": Text(
        "Қайта басталды. Бұрын: {before}. Енді: {after}.",
        "Начато заново. Было: {before}. Стало: {after}.",
        "Restarted. Before: {before}. After: {after}.",
    ),
}
