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
    "cell-expression-invalid": error(
        (
            "{rule}-ереже, «{column}» бағаны: «{text}» өрнегінде қате бар, {position}-таңба: {reason}",
            "Ұяшықты түзетіңіз.",
        ),
        (
            "Правило {rule}, столбец «{column}»: ошибка в выражении «{text}», знак {position}: {reason}",
            "Исправьте ячейку.",
        ),
        (
            'Rule {rule}, column "{column}": the expression "{text}" has a mistake at character {position}: {reason}',
            "Correct the cell.",
        ),
    ),
    "cell-language": error(
        (
            "{rule}-ереже, «{column}» бағаны: «{language}» тіліндегі өрнектерге қолдау жоқ.",
            "Ұяшықты FEEL немесе JUEL тілінде жазыңыз.",
        ),
        (
            "Правило {rule}, столбец «{column}»: выражения на языке «{language}» не поддерживаются.",
            "Запишите ячейку на FEEL или JUEL.",
        ),
        (
            'Rule {rule}, column "{column}": expressions in "{language}" are not supported.',
            "Write the cell in FEEL or JUEL.",
        ),
    ),
    "cell-type": error(
        (
            "{rule}-ереже, «{column}» бағаны: «{text}» ұяшығының түрі {found}, ал бағанның түрі {type}.",
            "Ұяшықты баған түріне сай жазыңыз немесе баған түрін өзгертіңіз.",
        ),
        (
            "Правило {rule}, столбец «{column}»: в ячейке «{text}» тип {found}, а тип столбца {type}.",
            "Запишите ячейку в типе столбца или измените тип столбца.",
        ),
        (
            'Rule {rule}, column "{column}": the cell "{text}" is of the type {found}, and the column of the type {type}.',
            "Write the cell in the type of its column, or change the type of the column.",
        ),
    ),
    "cell-never-holds": warning(
        (
            "{rule}-ереже, «{column}» бағаны: «{text}» шартына бағанның ешбір мәні сай келмейді.",
            "Шартты немесе бағанның мүмкін мәндерін түзетіңіз.",
        ),
        (
            "Правило {rule}, столбец «{column}»: условию «{text}» не отвечает ни одно значение столбца.",
            "Исправьте условие или возможные значения столбца.",
        ),
        (
            'Rule {rule}, column "{column}": no value of the column passes "{text}".',
            "Correct the condition, or the values of the column.",
        ),
    ),
    "output-cell-not-allowed": error(
        (
            "{rule}-ереже, «{column}» бағаны: {text} мәні рұқсат етілгендердің арасында жоқ: {values}.",
            "Нәтижені немесе мүмкін мәндер тізімін түзетіңіз.",
        ),
        (
            "Правило {rule}, столбец «{column}»: значения {text} нет среди допустимых: {values}.",
            "Исправьте результат или список допустимых значений.",
        ),
        (
            'Rule {rule}, column "{column}": {text} is not among the values allowed: {values}.',
            "Correct the result, or the list of values.",
        ),
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
    "overlaps-not-known": warning(
        (
            "UNIQUE кестесіндегі ережелер тым көп, сондықтан олардың қиылысуы толық тексерілген жоқ.",
            "Кестені бірнеше шешімге бөліңіз: қиылысқан ережелер істің барысында ғана білінеді.",
        ),
        (
            "Правил в таблице UNIQUE слишком много, и не все они сравнены между собой.",
            "Разделите таблицу на несколько решений: пересечение правил обнаружится только в ходе дела.",
        ),
        (
            "This UNIQUE table is too large for all of its rules to be compared.",
            "Divide it into several decisions: rules that overlap come to light only when a case meets them.",
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
