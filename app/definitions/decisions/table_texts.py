"""Texts about decision tables."""

from app.definitions.texts.text import error, warning

TABLE_TEXTS = {
    "hit-policy-unknown": error(
        ("«{policy}» деген таңдау ережесі жоқ.", "Мыналардың бірін таңдаңыз: {known}."),
        ("Правила выбора «{policy}» нет.", "Выберите одно из: {known}."),
        ('There is no hit policy "{policy}".', "Choose one of: {known}."),
    ),
    "aggregation-unknown": error(
        ("«{aggregation}» деген жинақтау жоқ.", "Мыналардың бірін таңдаңыз: {known}."),
        ("Агрегации «{aggregation}» нет.", "Выберите одну из: {known}."),
        ('There is no aggregation "{aggregation}".', "Choose one of: {known}."),
    ),
    "aggregation-without-collect": error(
        (
            "{aggregation} тек COLLECT ережесімен бірге қолданылады.",
            "COLLECT таңдаңыз немесе жинақтауды алып тастаңыз.",
        ),
        ("{aggregation} применяется только с правилом COLLECT.", "Выберите COLLECT или уберите агрегацию."),
        ("{aggregation} goes only with the hit policy COLLECT.", "Choose COLLECT, or remove the aggregation."),
    ),
    "aggregation-several-outputs": error(
        (
            "Бірнеше шығысы бар кестеде {aggregation} қолданылмайды.",
            "Бір шығыс қалдырыңыз немесе жинақтауды алып тастаңыз.",
        ),
        ("{aggregation} неприменима к таблице с несколькими выходами.", "Оставьте один выход или уберите агрегацию."),
        ("{aggregation} cannot be taken of several outputs.", "Keep one output, or remove the aggregation."),
    ),
    "output-values-missing": error(
        (
            "{policy} ережесіне шығыс мәндерінің тізімі керек: басымдық содан алынады.",
            "Шығысқа мүмкін мәндерді басымдық ретімен жазыңыз.",
        ),
        (
            "Правилу {policy} нужен список значений выхода: по нему определяется приоритет.",
            "Перечислите возможные значения выхода в порядке приоритета.",
        ),
        (
            "The hit policy {policy} takes the priority from the output values, and there are none.",
            "List the possible values of an output in the order of their priority.",
        ),
    ),
    "table-without-output": error(
        ("Кестенің шығысы жоқ.", "Кемінде бір шығыс бағанын қосыңыз."),
        ("У таблицы нет выхода.", "Добавьте хотя бы один выходной столбец."),
        ("The table has no output.", "Add at least one output column."),
    ),
    "table-too-long": error(
        ("Кестеде ережелер тым көп: шегі {limit}.", "Кестені бірнеше шешімге бөліңіз."),
        ("В таблице слишком много правил: предел {limit}.", "Разделите таблицу на несколько решений."),
        ("The table has too many rules: the limit is {limit}.", "Divide it into several decisions."),
    ),
    "table-too-wide": error(
        ("Кестеде бағандар тым көп: шегі {limit}.", "Кестені бірнеше шешімге бөліңіз."),
        ("В таблице слишком много столбцов: предел {limit}.", "Разделите таблицу на несколько решений."),
        ("The table has too many columns: the limit is {limit}.", "Divide it into several decisions."),
    ),
    "input-expression-missing": error(
        ("Кіріс бағанының өрнегі жоқ.", "Баған нені тексеретінін жазыңыз."),
        ("У входного столбца нет выражения.", "Запишите, что проверяет столбец."),
        ("The input column has no expression.", "Write what the column is to test."),
    ),
    "output-name-missing": error(
        ("Бірнеше шығысы бар кестеде әр шығыстың атауы болуы керек.", "Шығысқа атау беріңіз."),
        ("В таблице с несколькими выходами у каждого должно быть имя.", "Задайте имя выхода."),
        ("In a table with several outputs each needs a name.", "Name the output."),
    ),
    "output-name-duplicate": error(
        ("«{name}» атауы екі шығыста бірдей.", "Біреуінің атауын өзгертіңіз."),
        ("Имя «{name}» есть у двух выходов.", "Переименуйте один из них."),
        ('Two outputs have the name "{name}".', "Rename one of them."),
    ),
    "rule-inputs": error(
        ("{rule}-ережеде {found} шарт бар, ал кіріс бағаны {expected}.", "Әр бағанға бір ұяшықтан қалдырыңыз."),
        ("В правиле {rule} условий: {found}, а входных столбцов: {expected}.", "Оставьте по одной ячейке на столбец."),
        ("Rule {rule} has {found} conditions for {expected} input columns.", "Keep one cell for each column."),
    ),
    "rule-outputs": error(
        ("{rule}-ережеде {found} нәтиже бар, ал шығыс бағаны {expected}.", "Әр бағанға бір ұяшықтан қалдырыңыз."),
        (
            "В правиле {rule} результатов: {found}, а выходных столбцов: {expected}.",
            "Оставьте по одной ячейке на столбец.",
        ),
        ("Rule {rule} has {found} results for {expected} output columns.", "Keep one cell for each column."),
    ),
    "rules-overlap": error(
        (
            "UNIQUE кестесінде {first} және {second}-ережелер бірге орындалуы мүмкін, мысалы: {witness}.",
            "Шарттарды қиылыспайтындай етіңіз немесе басқа таңдау ережесін алыңыз.",
        ),
        (
            "В таблице UNIQUE правила {first} и {second} могут выполниться вместе, например: {witness}.",
            "Разведите условия или выберите другое правило выбора.",
        ),
        (
            "In this UNIQUE table the rules {first} and {second} can both match, for example: {witness}.",
            "Make their conditions exclude each other, or choose another hit policy.",
        ),
    ),
    "rules-may-overlap": warning(
        (
            "UNIQUE кестесінде {first} және {second}-ережелер бірге орындалуы мүмкін сияқты: {witness}.",
            "Кіріс өрнектері бұған жол бермейтінін тексеріңіз.",
        ),
        (
            "В таблице UNIQUE правила {first} и {second}, возможно, выполнятся вместе: {witness}.",
            "Проверьте, что входные выражения этого не допускают.",
        ),
        (
            "In this UNIQUE table the rules {first} and {second} may both match: {witness}.",
            "Make sure that the input expressions do not allow it.",
        ),
    ),
    "table-gap": warning(
        (
            "Бұл мәндерге ешбір ереже сәйкес келмейді, мысалы: {witness}.",
            "Ереже немесе әдепкі нәтиже қосыңыз.",
        ),
        (
            "Для некоторых значений нет правила, например: {witness}.",
            "Добавьте правило или результат по умолчанию.",
        ),
        (
            "No rule covers some values, for example: {witness}.",
            "Add a rule, or a default output.",
        ),
    ),
}
