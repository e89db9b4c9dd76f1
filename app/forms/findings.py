"""What people read of a form that cannot be used as it is, in Kazakh, Russian and English."""

from __future__ import annotations

from app.forms.messages import text
from app.forms.model import Text

MAX_DETAIL = 200
"""Characters of a model's own words in a finding."""

_FINDINGS: dict[str, tuple[Text, Text]] = {
    "too_large": (
        text("Нысан тым үлкен.", "Форма слишком велика.", "The form is too large."),
        text("256 КБ-қа дейін қысқартыңыз.", "Сократите её до 256 КБ.", "Reduce it to 256 KB."),
    ),
    "not_a_form": (
        text("Бұл form-js нысаны емес.", "Это не форма form-js.", "This is not a form-js form."),
        text(
            "Нысанды Camunda Modeler-де жасап, JSON түрінде сақтаңыз.",
            "Создайте форму в Camunda Modeler и сохраните её как JSON.",
            "Make the form in Camunda Modeler and save it as JSON.",
        ),
    ),
    "bad_text": (
        text(
            "Нысанның мәтінінде таңбаның жартысы бар.",
            "В тексте формы есть половина символа.",
            "A text of the form holds half a character.",
        ),
        text(
            "D800-ден DFFF-ке дейінгі жалғыз \\u кодтарын алып тастаңыз.",
            "Удалите одиночные коды \\u от D800 до DFFF.",
            "Remove single \\u escapes from D800 to DFFF.",
        ),
    ),
    "no_id": (
        text("Нысанның идентификаторы жоқ.", "У формы нет идентификатора.", "The form has no id."),
        text("Нысанға id беріңіз.", "Задайте форме id.", "Give the form an id."),
    ),
    "too_deep": (
        text("Топтар тым терең салынған.", "Группы вложены слишком глубоко.", "Groups are nested too deeply."),
        text("8 деңгейден асырмаңыз.", "Не больше 8 уровней.", "Use at most 8 levels."),
    ),
    "bad_component": (
        text("Құрамдас JSON нысаны емес.", "Компонент не является объектом.", "A component is not an object."),
        text("Оны қайта жасаңыз.", "Создайте его заново.", "Make it anew."),
    ),
    "unknown_type": (
        text("Белгісіз құрамдас түрі: {detail}.", "Неизвестный тип: {detail}.", "Unknown component type: {detail}."),
        text("Басқа құрамдас қолданыңыз.", "Используйте другой компонент.", "Use another component."),
    ),
    "duplicate_id": (
        text("Құрамдас id қайталанады.", "id компонента повторяется.", "The id of the component is used twice."),
        text("Басқа id беріңіз.", "Задайте другой id.", "Give it another id."),
    ),
    "bad_key": (
        text(
            "Кілт жоқ немесе қате: {detail}.",
            "Ключ отсутствует или неверен: {detail}.",
            "No key or a wrong one: {detail}.",
        ),
        text(
            "Латын әріптері, цифрлар, «_» және нүктелер: tulga.aty.",
            "Латинские буквы, цифры, «_» и точки: person.name.",
            "Use Latin letters, digits, “_” and dots: person.name.",
        ),
    ),
    "duplicate_key": (
        text("Кілт бос емес: {detail}.", "Ключ уже занят: {detail}.", "The key is taken already: {detail}."),
        text("Басқа кілт таңдаңыз.", "Выберите другой ключ.", "Choose another key."),
    ),
    "static_only": (
        text(
            "Мұнда өрнек қолданылмайды: {detail}.",
            "Здесь нельзя использовать выражение: {detail}.",
            "This cannot be an expression: {detail}.",
        ),
        text(
            "Тұрақты мән қойыңыз; шарт үшін conditional.hide не readonly қолданыңыз.",
            "Задайте постоянное значение; для условия используйте conditional.hide или readonly.",
            "Use a constant; for a condition use conditional.hide or readonly.",
        ),
    ),
    "bad_expression": (
        text(
            "Өрнекті оқу мүмкін емес: {detail}.",
            "Выражение не читается: {detail}.",
            "The expression cannot be read: {detail}.",
        ),
        text("FEEL өрнегін түзетіңіз.", "Исправьте выражение FEEL.", "Correct the FEEL expression."),
    ),
    "long_expression": (
        text(
            "Өрнек тым ұзын: {detail}.",
            "Выражение слишком длинное: {detail}.",
            "The expression is too long: {detail}.",
        ),
        text("4000 таңбадан асырмаңыз.", "Не больше 4000 символов.", "Use at most 4,000 characters."),
    ),
    "circular": (
        text(
            "Есептелетін өріс өзіне тәуелді: {detail}.",
            "Вычисляемое поле зависит от самого себя: {detail}.",
            "A computed field depends on itself: {detail}.",
        ),
        text("Тізбекті үзіңіз.", "Разорвите эту цепочку.", "Break this chain."),
    ),
    "strange_name": (
        text(
            "Өрнек бұл нысан да, процесс те бермейтін атауды оқиды: {detail}.",
            "Выражение читает имя, которого нет ни в форме, ни в процессе: {detail}.",
            "An expression reads a name that neither the form nor the process gives: {detail}.",
        ),
        text(
            "Атауды тексеріңіз; тізім жолындағы өріс this.атау деп жазылады.",
            "Проверьте имя; поле в строке списка пишется this.имя.",
            "Check the name; a field in the row of a list is written this.name.",
        ),
    ),
    "other_forms_field": (
        text(
            "Өрнек басқа нысанның бұл процесте толтырылмайтын өрісін оқиды: {detail}.",
            "Выражение читает поле другой формы, которую этот процесс не заполняет: {detail}.",
            "An expression reads a field of another form, which this process never fills in: {detail}.",
        ),
        text(
            "Осы нысанның өрісін атаңыз не мәнін процеске беріңіз.",
            "Назовите поле этой формы или передайте его значение в процесс.",
            "Name a field of this form, or hand its value to the process.",
        ),
    ),
    "bad_rule": (
        text(
            "Ереже мәні қате: {detail}.",
            "Неверное значение правила: {detail}.",
            "The rule has a wrong value: {detail}.",
        ),
        text("Мәнін түзетіңіз.", "Исправьте значение.", "Correct the value."),
    ),
    "misplaced_rule": (
        text(
            "Бұл түрге ереже қолданылмайды: {detail}.",
            "Правило неприменимо к этому типу: {detail}.",
            "The rule does not apply to this type: {detail}.",
        ),
        text("Ережені алып тастаңыз.", "Уберите правило.", "Remove the rule."),
    ),
    "unknown_format": (
        text("Белгісіз пішім: {detail}.", "Неизвестный формат: {detail}.", "Unknown format: {detail}."),
        text(
            "properties.format: iin, bin немесе iin-or-bin.",
            "properties.format: iin, bin или iin-or-bin.",
            "Use properties.format: iin, bin or iin-or-bin.",
        ),
    ),
    "bad_pattern": (
        text("Үлгі қате: {detail}.", "Неверный образец: {detail}.", "The pattern cannot be used: {detail}."),
        text(
            "200 таңбаға дейін; кері сілтеме, (?=…), (?<…) және \\p{{…}} қолданбаңыз.",
            "До 200 символов; без обратных ссылок, (?=…), (?<…) и \\p{{…}}.",
            "Up to 200 characters; no back references, (?=…), (?<…) or \\p{{…}}.",
        ),
    ),
    "bad_options": (
        text(
            "Таңдау нұсқалары жоқ немесе қате.",
            "Варианты отсутствуют или неверны.",
            "There are no options, or a wrong one.",
        ),
        text(
            "Әр нұсқаға белгі мен мән беріңіз.",
            "Задайте каждому варианту подпись и значение.",
            "Give every option a label and a value.",
        ),
    ),
    "bad_default": (
        text(
            "Бастапқы мән өріске сай емес.",
            "Значение по умолчанию не подходит полю.",
            "The default value does not fit the field.",
        ),
        text("Мәнін түзетіңіз.", "Исправьте значение.", "Correct the value."),
    ),
}


def finding_text(code: str, detail: str | Text) -> tuple[Text, Text]:
    """Message and hint of a finding; `detail` names the offending key, rule or type, or says why in three languages."""
    given = dict.fromkeys(("kk", "ru", "en"), detail) if isinstance(detail, str) else detail
    message, hint = (
        {lang: words.format(detail=given[lang][:MAX_DETAIL]) for lang, words in texts.items()}
        for texts in _FINDINGS[code]
    )
    return message, hint
