"""One person as administrators see him, and how he comes to a password."""

from app.domain.terms.calendar import Text

ADMIN_PERSON = {
    "person-shown-once": Text(
        "Бұл тек қазір көрсетіледі: көшіріп алыңыз.",
        "Показывается только сейчас: скопируйте.",
        "This is shown now and never again: copy it.",
    ),
    "person-invitation": Text(
        "Құпиясөз орнатуға арналған сілтеме", "Ссылка, чтобы задать пароль", "The link to choose a password with"
    ),
    "person-invitation-until": Text(
        "{at} дейін бір рет жарамды. Оны тек осы адамға беріңіз.",
        "Действует один раз, до {at}. Передайте её только этому человеку.",
        "Valid once, until {at}. Give it to this person alone.",
    ),
    "person-token-secret": Text("Жаңа токен", "Новый токен", "The new token"),
    "person-role-take": Text("Қайтарып алу", "Снять", "Take back"),
    "person-role-give": Text("Рөл беру", "Выдать роль", "Give the role"),
    "person-tasks": Text("Қолындағы тапсырмалар", "Задачи на руках", "Tasks"),
    "person-tasks-number": Text(
        "{n} ашық тапсырма",
        "{n} открытая задача|{n} открытые задачи|{n} открытых задач",
        "{n} open task|{n} open tasks",
    ),
    "person-tasks-none": Text("Ашық тапсырмалары жоқ.", "Открытых задач нет.", "No open tasks."),
    "person-tasks-lent": Text("Қайтару шартымен бергені: {n}", "Передано с возвратом: {n}", "Delegated to others: {n}"),
    "person-acts-for": Text("{name} орнына", "замещает: {name}", "acts for {name}"),
    "person-uncovered": Text("орнында ешкім жоқ", "замещать некому", "nobody acts"),
    "person-tokens": Text("Интерфейс токендері", "Токены интерфейса", "API tokens"),
    "person-tokens-about": Text(
        "Токен арқылы бағдарлама осы адам ретінде және оның құқықтарымен жұмыс істейді.",
        "С токеном программа действует от имени этого человека и с его правами.",
        "With a token a program acts as this person, with the same rights.",
    ),
    "person-token-unnamed": Text("атаусыз", "без названия", "without a name"),
    "person-token-facts": Text(
        "{made} жасалған ({who}), {expires} дейін жарамды.",
        "Создан {made} ({who}), действует до {expires}.",
        "Made {made} by {who}, valid until {expires}.",
    ),
    "person-token-used": Text("Соңғы рет {at} қолданылды.", "Последний раз использован {at}.", "Last used {at}."),
    "person-token-unused": Text("Әлі қолданылмаған.", "Ещё не использовался.", "Not used yet."),
    "person-token-revoke": Text("Жою", "Отозвать", "Revoke"),
    "person-token-name": Text("Не үшін", "Для чего", "What for"),
    "person-token-days": Text("Неше күнге", "На сколько дней", "For how many days"),
    "person-token-make": Text("Токен жасау", "Создать токен", "Make a token"),
    "person-deeds": Text("Соңғы әрекеттері", "Последние действия", "Last acts"),
    "person-deeds-none": Text(
        "Істерде әлі ештеңе жасамаған.", "В делах пока ничего не делал(а).", "Nothing was done in any case yet."
    ),
    "person-profile": Text("Деректері", "Данные", "Profile"),
    "person-last-name": Text("Тегі", "Фамилия", "Last name"),
    "person-first-name": Text("Аты", "Имя", "First name"),
    "person-language-unchosen": Text("таңдалмаған", "не выбран", "not chosen"),
    "person-entry": Text("Кіру", "Вход", "Signing in"),
    "person-password-set": Text("орнатылған", "задан", "chosen"),
    "person-password-none": Text("әлі орнатылмаған", "ещё не задан", "not chosen yet"),
    "person-password-invited": Text(
        "әлі орнатылмаған, сілтеме {at} дейін жарамды",
        "ещё не задан, ссылка действует до {at}",
        "not chosen yet, the link is valid until {at}",
    ),
    "person-sessions": Text("Ашық сеанстар", "Открытые сеансы", "Browsers signed in"),
    "person-unlock": Text("Кіруге рұқсат беру", "Открыть вход", "Unlock"),
    "person-invite": Text("Құпиясөзге сілтеме жасау", "Создать ссылку для пароля", "Make a link to choose a password"),
    "person-password-anew": Text("Құпиясөзді жаңарту", "Сбросить пароль", "Reset the password"),
    "person-password-anew-about": Text(
        "Қазіргі құпиясөз, барлық сеанс пен токен бірден күшін жояды. Жаңа құпиясөзді адам бір реттік сілтемемен өзі қояды.",
        "Нынешний пароль, все сеансы и токены сразу перестают действовать. Новый пароль человек задаёт сам по одноразовой "
        "ссылке.",
        "The password, all sessions and tokens end at once. The person chooses another password with a link that works once.",
    ),
    "person-administers": Text("Әкімшілік", "Администрирование", "Administration"),
    "person-administers-about": Text(
        "Әкімші барлық ұйымдағы барлық істі көреді және өзгерте алады.",
        "Администратор видит и может изменить всё во всех организациях.",
        "An administrator sees and changes everything, in every organisation.",
    ),
    "person-administrator-give": Text("Әкімші ету", "Сделать администратором", "Make an administrator"),
    "person-administrator-take": Text(
        "Әкімшілікті қайтарып алу", "Снять права администратора", "Take administration back"
    ),
    "person-account": Text("Тіркелгі", "Учётная запись", "Account"),
    "person-gone-since": Text("{at} ажыратылған.", "Отключена {at}.", "Deactivated {at}."),
    "person-deactivate": Text("Тіркелгіні ажырату", "Отключить учётную запись", "Deactivate the account"),
    "person-deactivate-about": Text(
        "Адам енді кіре алмайды: рөлдері, сеанстары мен токендері бірден тоқтайды, тапсырмалары басқаға өтеді. Тарихта аты "
        "қалады.",
        "Человек больше не войдёт: роли, сеансы и токены сразу прекращаются, задачи переходят другим. В истории имя остаётся.",
        "The person gets in no more: roles, sessions and tokens end at once, the tasks go to others. History keeps the name.",
    ),
    "person-too-many": Text(
        "Ашық тапсырма тым көп ({n}): алдымен оларды тізімнен бөліп беріңіз, {most} қалғанша.",
        "Открытых задач слишком много ({n}): сначала раздайте их из списка, чтобы осталось не больше {most}.",
        "Too many open tasks ({n}): give them to others from the list first, until {most} are left.",
    ),
    "person-heir": Text(
        "{n} тапсырманы кім қабылдайды",
        "Кто примет {n} задачу|Кто примет {n} задачи|Кто примет {n} задач",
        "Who takes over {n} task|Who takes over {n} tasks",
    ),
    "person-heir-groups": Text("Топтарына қайтарылсын", "Вернуть группам", "Give back to their groups"),
    "person-reactivate": Text("Қайта қосу", "Включить снова", "Reactivate"),
    "person-reactivate-about": Text(
        "Ажыратқанға дейінгі рөлдері қайтарылады, әкімшілігі қайтарылмайды.",
        "Вернутся роли, которые были до отключения; права администратора – нет.",
        "The roles come back that were held before; being an administrator does not.",
    ),
    "administration-log": Text("Өзгерістер журналы", "Журнал изменений", "Log of changes"),
    "administration-when": Text("Қашан", "Когда", "When"),
    "administration-who": Text("Кім", "Кто", "Who"),
    "administration-what": Text("Не істеді", "Что сделано", "What was done"),
    "administration-none": Text("Әлі ештеңе өзгермеген.", "Пока ничего не меняли.", "Nothing was changed yet."),
    "administration-yes": Text("иә", "да", "yes"),
    "administration-no": Text("жоқ", "нет", "no"),
    "administration-Added": Text("Қосылды", "Добавлен(а)", "Added"),
    "administration-Profile": Text("Деректер өзгертілді", "Изменены данные", "Profile changed"),
    "administration-Roles": Text("Рөлдер өзгертілді", "Изменены роли", "Roles changed"),
    "administration-Administrator": Text(
        "Әкімшілік өзгертілді", "Изменены права администратора", "Administration changed"
    ),
    "administration-Password": Text("Құпиясөз ауыстырылды", "Пароль сброшен или изменён", "Password reset or changed"),
    "administration-Invited": Text(
        "Құпиясөзге сілтеме жасалды", "Создана ссылка для пароля", "Link for a password made"
    ),
    "administration-Accepted": Text(
        "Құпиясөз сілтеме арқылы қойылды", "Пароль задан по ссылке", "Password chosen with the link"
    ),
    "administration-Unlocked": Text("Кіруге рұқсат берілді", "Вход открыт", "Unlocked"),
    "administration-Deactivated": Text("Ажыратылды", "Отключён(а)", "Deactivated"),
    "administration-Reactivated": Text("Қайта қосылды", "Включён(а) снова", "Reactivated"),
    "administration-TokenMade": Text("Токен жасалды", "Создан токен", "Token made"),
    "administration-TokenRevoked": Text("Токен жойылды", "Токен отозван", "Token revoked"),
    "administration-Removed": Text("Жойылды", "Удалён(а)", "Removed"),
    "administration-Names": Text("Атауы өзгертілді", "Изменено название", "Names changed"),
    "administration-Settings": Text("Баптаулар өзгертілді", "Изменены настройки", "Settings changed"),
    "administration-of-firstName": Text("Аты", "Имя", "First name"),
    "administration-of-lastName": Text("Тегі", "Фамилия", "Last name"),
    "administration-of-email": Text("Пошта", "Почта", "E-mail"),
    "administration-of-language": Text("Тілі", "Язык", "Language"),
    "administration-of-active": Text("Кіре алады", "Может войти", "Gets in"),
    "administration-of-administrator": Text("Әкімші", "Администратор", "Administrator"),
    "administration-of-tasks": Text("Ашық тапсырмалар", "Открытые задачи", "Open tasks"),
    "administration-of-token": Text("Токен", "Токен", "Token"),
    "administration-of-kk": Text("Қазақша атауы", "Название по-казахски", "Name in Kazakh"),
    "administration-of-ru": Text("Орысша атауы", "Название по-русски", "Name in Russian"),
    "administration-of-en": Text("Ағылшынша атауы", "Название по-английски", "Name in English"),
    "administration-of-reminderPercent": Text(
        "Ескерту, мерзімнің пайызы", "Напоминание, % срока", "Reminder, % of the term"
    ),
    "administration-of-webhookUrl": Text("Вебхук мекенжайы", "Адрес вебхука", "Address of the webhook"),
    "administration-of-webhookSecret": Text("Вебхук кілті", "Ключ вебхука", "Key of the webhook"),
    "invitation-title": Text("Құпиясөз орнату", "Задать пароль", "Choose a password"),
    "invitation-code": Text("Шақыру коды", "Код приглашения", "Code of the invitation"),
    "invitation-password": Text(
        "Жаңа құпиясөз, кемінде 12 таңба", "Новый пароль, не меньше 12 знаков", "New password, at least 12 characters"
    ),
    "invitation-again": Text("Құпиясөз қайтадан", "Пароль ещё раз", "The password again"),
    "invitation-set": Text("Сақтау", "Сохранить", "Keep it"),
}
