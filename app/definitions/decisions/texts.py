"""Texts about decision models: the file, its requirements graph, types and expressions; those of tables are apart."""

from app.definitions.decisions.table_texts import TABLE_TEXTS
from app.definitions.texts.text import Text, error, warning

_MODEL_TEXTS = {
    "not-dmn": error(
        ("Файл DMN 1.1–1.5 шешімдер үлгісі емес.", "Үлгіні DMN форматында сақтаңыз."),
        ("Файл не является моделью решений DMN 1.1–1.5.", "Сохраните модель в формате DMN."),
        ("The file is not a DMN 1.1 to 1.5 decision model.", "Save the model as DMN."),
    ),
    "no-decision": error(
        ("Файлда бірде-бір шешім жоқ.", "Кемінде бір шешім қосыңыз."),
        ("В файле нет ни одного решения.", "Добавьте хотя бы одно решение."),
        ("The file has no decision.", "Add at least one decision."),
    ),
    "decision-model-too-large": error(
        ("Файлда шешімдер мен түрлер тым көп: шегі {limit}.", "Үлгіні бірнеше файлға бөліңіз."),
        ("В файле слишком много решений и типов: предел {limit}.", "Разделите модель на несколько файлов."),
        ("The file has too many decisions and types: the limit is {limit}.", "Split the model into several files."),
    ),
    "too-many-names": error(
        ("Бір өрнекке көрінетін атаулар тым көп: шегі {limit}.", "Үлгіні бірнеше файлға немесе шешімге бөліңіз."),
        ("Одному выражению видно слишком много имён: предел {limit}.", "Разделите модель на файлы или решения."),
        ("Too many names are in reach of one expression: the limit is {limit}.", "Split the model or the decision."),
    ),
    "import-not-supported": error(
        ("«{name}» үлгісі басқа файлдан алынады, бұған қолдау жоқ.", "Қажет элементтерді осы файлға көшіріңіз."),
        ("Модель «{name}» берётся из другого файла, это не поддерживается.", "Перенесите нужные элементы в этот файл."),
        (
            'The model "{name}" is imported from another file, which is not supported.',
            "Copy what is needed into this file.",
        ),
    ),
    "decision-id-missing": warning(
        ("«{name}» элементінің id мәні жоқ, оның орнына атауы алынады.", "Элементке бірегей id беріңіз."),
        ("У элемента «{name}» нет id, вместо него взято имя.", "Задайте элементу уникальный id."),
        ('The element "{name}" has no id; its name stands for it.', "Give it a unique id."),
    ),
    "decision-id-duplicate": error(
        ("«{id}» id мәні файлда бірнеше рет кездеседі.", "Әр элементке өз id мәнін беріңіз."),
        ("Идентификатор «{id}» встречается в файле несколько раз.", "Задайте каждому элементу свой id."),
        ('The id "{id}" occurs several times in the file.', "Give each element an id of its own."),
    ),
    "decision-id-too-long": error(
        ("id мәні тым ұзын: шегі {limit} таңба.", "id мәнін қысқартыңыз."),
        ("Слишком длинный id: предел {limit} знаков.", "Сократите id."),
        ("The id is too long: the limit is {limit} characters.", "Shorten the id."),
    ),
    "decision-name-missing": error(
        ("Элементтің атауы жоқ.", "Атау беріңіз: өрнектер мәнге осы атаумен жүгінеді."),
        ("У элемента нет имени.", "Задайте имя: по нему к значению обращаются выражения."),
        ("The element has no name.", "Name it: expressions refer to its value by the name."),
    ),
    "decision-name-duplicate": error(
        ("«{name}» атауы екі элементте бірдей.", "Өрнектер шатаспауы үшін біреуінің атауын өзгертіңіз."),
        ("Имя «{name}» есть у двух элементов.", "Переименуйте один из них, чтобы выражения не спутали значения."),
        ('Two elements have the name "{name}".', "Rename one of them, so that expressions tell their values apart."),
    ),
    "decision-without-logic": warning(
        ("Элементтің логикасы жоқ, оның мәні әрқашан null.", "Кесте немесе өрнек қосыңыз."),
        ("У элемента нет логики, его значение всегда null.", "Добавьте таблицу или выражение."),
        ("The element has no logic: its value is always null.", "Add a table or an expression."),
    ),
    "service-without-output": error(
        ("Шешімдер қызметінің шығыс шешімі жоқ.", "Кемінде бір шығыс шешімін көрсетіңіз."),
        ("У сервиса решений нет выходного решения.", "Укажите хотя бы одно выходное решение."),
        ("The decision service has no output decision.", "Name at least one output decision."),
    ),
    "requirement-unknown": error(
        (
            "«{reference}» сілтемесі көрсеткен сәйкес элемент файлда жоқ.",
            "Байланысты осы файлдағы элементке қосыңыз немесе алып тастаңыз.",
        ),
        (
            "Ссылка «{reference}» не указывает на подходящий элемент этого файла.",
            "Соедините связь с элементом этого файла или удалите её.",
        ),
        (
            'The reference "{reference}" leads to no fitting element of this file.',
            "Connect the requirement with an element of this file, or remove it.",
        ),
    ),
    "requirement-cycle": error(
        ("Элементтер бірін-бірі талап етеді: {path}.", "Байланыстардың бірін алып тастаңыз."),
        ("Элементы требуют друг друга по кругу: {path}.", "Удалите одну из связей."),
        ("The elements require each other in a circle: {path}.", "Remove one of the requirements."),
    ),
    "type-unknown": error(
        ("«{type}» деген түр жоқ.", "Түрді анықтаңыз немесе қолданыстағы түрді таңдаңыз."),
        ("Типа «{type}» нет.", "Определите тип или выберите существующий."),
        ('There is no type "{type}".', "Define the type, or choose one that exists."),
    ),
    "type-cycle": error(
        ("«{type}» түрі өзі арқылы анықталған.", "Түрдің негізін өзгертіңіз."),
        ("Тип «{type}» определён через самого себя.", "Измените основу типа."),
        ('The type "{type}" is defined by itself.', "Base it on another type."),
    ),
    "decision-expression-invalid": error(
        ("«{text}» өрнегінде қате бар, {position}-таңба: {reason}", "Өрнекті түзетіңіз."),
        ("Ошибка в выражении «{text}», знак {position}: {reason}", "Исправьте выражение."),
        ('The expression "{text}" has a mistake at character {position}: {reason}', "Correct the expression."),
    ),
    "expression-language": error(
        ("«{language}» тіліндегі өрнектерге қолдау жоқ.", "Өрнекті FEEL немесе JUEL тілінде жазыңыз."),
        ("Выражения на языке «{language}» не поддерживаются.", "Запишите выражение на FEEL или JUEL."),
        ('Expressions in "{language}" are not supported.', "Write the expression in FEEL or JUEL."),
    ),
    "text-too-long": error(
        ("Өрнек тым ұзын: шегі {limit} таңба.", "Өрнекті бөліктерге бөліңіз."),
        ("Слишком длинное выражение: предел {limit} знаков.", "Разделите выражение на части."),
        ("The expression is too long: the limit is {limit} characters.", "Divide it into parts."),
    ),
    "function-kind": error(
        ("{kind} тіліндегі функцияларға қолдау жоқ.", "Функцияны FEEL тілінде жазыңыз."),
        ("Функции на {kind} не поддерживаются.", "Запишите функцию на FEEL."),
        ("Functions in {kind} are not supported.", "Write the function in FEEL."),
    ),
    "imported-values": error(
        ("Басқа файлдан алынатын мәндерге қолдау жоқ.", "Мәндерді өрнекке жазыңыз."),
        ("Значения из другого файла не поддерживаются.", "Запишите значения в выражение."),
        ("Values imported from another file are not supported.", "Write the values into the expression."),
    ),
    "relation-cells": error(
        ("Қатарда {found} ұяшық, ал баған саны {expected}.", "Әр бағанға бір ұяшықтан қалдырыңыз."),
        ("В строке ячеек: {found}, а столбцов: {expected}.", "Оставьте по одной ячейке на столбец."),
        ("The row has {found} cells for {expected} columns.", "Keep one cell for each column."),
    ),
}

DECISION_TEXTS: dict[str, Text] = _MODEL_TEXTS | TABLE_TEXTS
