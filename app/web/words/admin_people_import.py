"""People from a file."""

from app.domain.terms.calendar import Text

ADMIN_PEOPLE_IMPORT = {
    "import-about": Text(
        "UTF-8 кодтауындағы CSV файлы, бөлгіші үтір не нүктелі үтір, ең көбі {n} жол. Алдымен не өзгеретіні жол-жолымен "
        "көрсетіледі: сіз растағанша ештеңе өзгермейді.",
        "Файл CSV в кодировке UTF-8, разделитель – запятая или точка с запятой, не больше {n} строки. Сначала будет показано "
        "строка за строкой, что изменится: до подтверждения ничего не меняется.|Файл CSV в кодировке UTF-8, разделитель – "
        "запятая или точка с запятой, не больше {n} строк. Сначала будет показано строка за строкой, что изменится: до "
        "подтверждения ничего не меняется.|Файл CSV в кодировке UTF-8, разделитель – запятая или точка с запятой, не больше "
        "{n} строк. Сначала будет показано строка за строкой, что изменится: до подтверждения ничего не меняется.",
        "A CSV file in UTF-8, separated by commas or semicolons, with at most {n} line. First it is shown line by line what "
        "would change: nothing does until you confirm.|A CSV file in UTF-8, separated by commas or semicolons, with at most "
        "{n} lines. First it is shown line by line what would change: nothing does until you confirm.",
    ),
    "import-file": Text("CSV файлы", "Файл CSV", "CSV file"),
    "import-look": Text("Не өзгеретінін көру", "Посмотреть, что изменится", "See what would change"),
    "import-template": Text("Үлгі файлды жүктеп алу", "Скачать образец", "Download a template"),
    "import-columns": Text("Бағандар", "Столбцы", "Columns"),
    "import-keys": Text(
        "Ұйымдар мен рөлдердің кілттері", "Ключи организаций и ролей", "Keys of organisations and roles"
    ),
    "import-column-id": Text("Логин", "Логин", "Id"),
    "import-column-lastName": Text("Тегі", "Фамилия", "Last name"),
    "import-column-firstName": Text("Аты", "Имя", "First name"),
    "import-column-email": Text("Пошта", "Почта", "E-mail"),
    "import-column-organisation": Text("Ұйым", "Организация", "Organisation"),
    "import-column-roles": Text("Рөлдер", "Роли", "Roles"),
    "import-column-language": Text("Тілі", "Язык", "Language"),
    "import-column-name": Text("Аты-жөні", "Имя", "Name"),
    "import-column-link": Text("Сілтеме", "Ссылка", "Link"),
    "import-column-expires": Text("Мерзімі", "Действует до", "Valid until"),
    "import-of-id": Text(
        "Кіру аты, міндетті. Бар адамның деректері өзгереді, жоғы қосылады.",
        "Имя для входа, обязательно. Кто есть – изменится, кого нет – будет добавлен.",
        "The name to sign in with, required. Who is there is changed, who is not is added.",
    ),
    "import-of-lastName": Text(
        "Бос ұяшық ештеңе өзгертпейді.", "Пустая ячейка ничего не меняет.", "An empty cell changes nothing."
    ),
    "import-of-firstName": Text(
        "Бос ұяшық ештеңе өзгертпейді.", "Пустая ячейка ничего не меняет.", "An empty cell changes nothing."
    ),
    "import-of-email": Text(
        "Мысалы, aigul@example.kz.", "Например, aigul@example.kz.", "For example aigul@example.kz."
    ),
    "import-of-organisation": Text(
        "Ұйымның кілті. Бірнеше ұйымда жұмыс істейтін адамға бірнеше жол жазылады.",
        "Ключ организации. Для работающего в нескольких организациях – несколько строк.",
        "The key of the organisation. Who works in several has several lines.",
    ),
    "import-of-roles": Text(
        "Рөлдердің кілттері, бос орынмен бөлінген. Осы ұйымдағы рөлдері дәл осындай болады: жазылмағандары алынады.",
        "Ключи ролей через пробел. Роли в этой организации станут именно такими: не названные снимаются.",
        "Keys of roles, separated by spaces. The roles in that organisation become just these: those not named are taken back.",
    ),
    "import-of-language": Text("kk, ru не en.", "kk, ru или en.", "kk, ru or en."),
    "import-example-last": Text("Оспан", "Оспан", "Ospan"),
    "import-example-first": Text("Айгүл", "Айгуль", "Aigul"),
    "import-plan": Text("Не өзгереді", "Что изменится", "What would change"),
    "import-file-of": Text("{name}, {at} жүктелген", "{name}, загружен {at}", "{name}, uploaded {at}"),
    "import-all": Text("Барлық жол", "Все строки", "All lines"),
    "import-created": Text("қосылады", "будет добавлен(а)", "added"),
    "import-changed": Text("өзгереді", "изменится", "changed"),
    "import-left": Text("өзгеріссіз", "без изменений", "left"),
    "import-refused": Text("қабылданбайды", "отказ", "refused"),
    "import-line": Text("Жол", "Строка", "Line"),
    "import-outcome": Text("Нәтиже", "Итог", "Outcome"),
    "import-what": Text("Не өзгереді", "Что изменится", "What changes"),
    "import-apply": Text("Осы жоспар бойынша енгізу", "Загрузить точно по этому плану", "Import exactly as shown"),
    "import-apply-about": Text(
        "Бәрі бірден енгізіледі не ештеңе енгізілмейді. Осы арада біреу өзгерсе, енгізуден бас тартылады.",
        "Загрузится всё сразу или ничего. Если кто-то из людей тем временем изменится, загрузка не состоится.",
        "All of it is done at once, or nothing. Where one of the people changes meanwhile, it is refused.",
    ),
    "import-mend": Text(
        "Қабылданбаған жолдар бар: файлды түзетіп, қайта жүктеңіз.",
        "Есть строки с отказом: исправьте файл и загрузите снова.",
        "There are lines that are refused: mend the file and upload it again.",
    ),
    "import-nothing": Text(
        "Файлдағының бәрі қазір де солай: енгізетін ештеңе жоқ.",
        "Всё, что в файле, уже так и есть: загружать нечего.",
        "All that the file says is so already: there is nothing to import.",
    ),
    "import-again": Text("Басқа файл таңдау", "Выбрать другой файл", "Choose another file"),
    "import-done": Text("Файл енгізілді", "Файл загружен", "The file is imported"),
    "import-done-at": Text("{name}, {at} енгізілген", "{name}, загружен {at}", "{name}, imported {at}"),
    "import-added": Text(
        "{n} адам қосылды. Олардың әлі құпиясөзі жоқ.",
        "Добавлен {n} человек. Пароля у добавленных пока нет.|Добавлены {n} человека. Пароля у добавленных пока нет.|"
        "Добавлено {n} человек. Пароля у добавленных пока нет.",
        "{n} person was added, without a password so far.|{n} people were added, without a password so far.",
    ),
    "import-none-added": Text("Жаңа адам қосылған жоқ.", "Новых людей нет.", "Nobody was added."),
    "import-invite": Text(
        "Шақыру сілтемелерін CSV-мен алу", "Получить ссылки-приглашения (CSV)", "Get invitations as CSV"
    ),
    "import-invite-about": Text(
        "Әр сілтеме бір рет, 7 күн жарамды және тек осы файлда болады. Файл жоғалса, жаңасын алыңыз: бұрынғы сілтемелер "
        "жойылады. Құпиясөз қойғандарға сілтеме жасалмайды.",
        "Каждая ссылка действует один раз, 7 дней, и есть только в этом файле. Если файл потерян, получите новый: прежние "
        "ссылки перестанут действовать. Тем, кто уже задал пароль, ссылка не создаётся.",
        "Each link works once, for 7 days, and is in that file alone. Where it is lost, get another: the links before it end. "
        "Who has chosen a password gets none.",
    ),
    "import-people": Text("Қызметкерлер тізімі", "К списку людей", "To the people"),
}
