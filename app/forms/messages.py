"""What people read of a form's errors and findings, in Kazakh, Russian and English."""

from __future__ import annotations

from app.forms.model import Text


def _text(kk: str, ru: str, en: str) -> Text:
    return {"kk": kk, "ru": ru, "en": en}


_ERRORS: dict[str, Text] = {
    "required": _text(
        "«{label}» толтырылуы тиіс.", "Поле «{label}» обязательно для заполнения.", "“{label}” is required."
    ),
    "type:text": _text("«{label}» мәтін болуы тиіс.", "«{label}» должно быть текстом.", "“{label}” must be text."),
    "type:number": _text("«{label}» сан болуы тиіс.", "«{label}» должно быть числом.", "“{label}” must be a number."),
    "type:checkbox": _text(
        "«{label}» тек «иә» немесе «жоқ» болады.",
        "«{label}» может быть только «да» или «нет».",
        "“{label}” can only be yes or no.",
    ),
    "type:choice": _text(
        "«{label}» үшін бір мән таңдалуы тиіс.",
        "Для «{label}» нужно выбрать одно значение.",
        "“{label}” takes one value.",
    ),
    "type:choices": _text(
        "«{label}» мәндер тізімі болуы тиіс.",
        "«{label}» должно быть списком значений.",
        "“{label}” must be a list of values.",
    ),
    "type:date": _text(
        "«{label}» күн болуы тиіс (ЖЖЖЖ-АА-КК).",
        "«{label}» должно быть датой (ГГГГ-ММ-ДД).",
        "“{label}” must be a date (YYYY-MM-DD).",
    ),
    "type:time": _text(
        "«{label}» уақыт болуы тиіс (СС:ММ).",
        "«{label}» должно быть временем (ЧЧ:ММ).",
        "“{label}” must be a time (HH:MM).",
    ),
    "type:datetime": _text(
        "«{label}» күн мен уақыт болуы тиіс (ЖЖЖЖ-АА-ККTСС:ММ).",
        "«{label}» должно быть датой и временем (ГГГГ-ММ-ДДTЧЧ:ММ).",
        "“{label}” must be a date and a time (YYYY-MM-DDTHH:MM).",
    ),
    "type:files": _text(
        "«{label}» файлдар тізімі болуы тиіс.", "«{label}» должно быть списком файлов.", "“{label}” must be files."
    ),
    "type:file": _text(
        "«{label}» үшін тек бір файл беріледі.",
        "Для «{label}» принимается только один файл.",
        "“{label}” takes one file only.",
    ),
    "type:group": _text(
        "«{label}» өрістер тобы болуы тиіс.",
        "«{label}» должно быть группой полей.",
        "“{label}” must be a group of fields.",
    ),
    "type:rows": _text(
        "«{label}» жолдар тізімі болуы тиіс.", "«{label}» должно быть списком строк.", "“{label}” must be a list."
    ),
    "choice": _text(
        "«{label}»: тізімде жоқ мән.",
        "«{label}»: такого значения нет в списке.",
        "“{label}” has a value that is not offered.",
    ),
    "min": _text(
        "«{label}» {limit} мәнінен кем болмауы тиіс.",
        "«{label}» должно быть не меньше {limit}.",
        "“{label}” must be at least {limit}.",
    ),
    "max": _text(
        "«{label}» {limit} мәнінен аспауы тиіс.",
        "«{label}» должно быть не больше {limit}.",
        "“{label}” must be at most {limit}.",
    ),
    "decimalDigits": _text(
        "«{label}»: үтірден кейінгі цифр саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: знаков после запятой должно быть не больше {limit}.",
        "“{label}” must have at most {limit} decimal digits.",
    ),
    "increment": _text(
        "«{label}» {limit} санына еселік болуы тиіс.",
        "«{label}» должно быть кратно {limit}.",
        "“{label}” must be a multiple of {limit}.",
    ),
    "minLength": _text(
        "«{label}»: таңба саны {limit} мәнінен кем болмауы тиіс.",
        "«{label}»: символов должно быть не меньше {limit}.",
        "“{label}” must have at least {limit} characters.",
    ),
    "maxLength": _text(
        "«{label}»: таңба саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: символов должно быть не больше {limit}.",
        "“{label}” must have at most {limit} characters.",
    ),
    "maxItems": _text(
        "«{label}»: элементтер саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: элементов должно быть не больше {limit}.",
        "“{label}” must have at most {limit} items.",
    ),
    "pattern": _text(
        "«{label}» белгіленген үлгіге сай емес.",
        "«{label}» не соответствует заданному образцу.",
        "“{label}” does not match the expected pattern.",
    ),
    "email": _text(
        "«{label}» электрондық пошта мекенжайы болуы тиіс.",
        "«{label}» должно быть адресом электронной почты.",
        "“{label}” must be an e-mail address.",
    ),
    "phone": _text(
        "«{label}» халықаралық телефон нөмірі болуы тиіс, мысалы +77011234567.",
        "«{label}» должно быть международным номером телефона, например +77011234567.",
        "“{label}” must be an international phone number, e.g. +77011234567.",
    ),
    "unknown": _text(
        "Бұл нысанда «{label}» өрісі жоқ.", "В этой форме нет поля «{label}».", "This form has no field “{label}”."
    ),
}

_FINDINGS: dict[str, tuple[Text, Text]] = {
    "too_large": (
        _text("Нысан тым үлкен.", "Форма слишком велика.", "The form is too large."),
        _text("256 КБ-қа дейін қысқартыңыз.", "Сократите её до 256 КБ.", "Reduce it to 256 KB."),
    ),
    "not_a_form": (
        _text("Бұл form-js нысаны емес.", "Это не форма form-js.", "This is not a form-js form."),
        _text(
            "Нысанды Camunda Modeler-де жасап, JSON түрінде сақтаңыз.",
            "Создайте форму в Camunda Modeler и сохраните её как JSON.",
            "Make the form in Camunda Modeler and save it as JSON.",
        ),
    ),
    "bad_text": (
        _text(
            "Нысанның мәтінінде таңбаның жартысы бар.",
            "В тексте формы есть половина символа.",
            "A text of the form holds half a character.",
        ),
        _text(
            "D800-ден DFFF-ке дейінгі жалғыз \\u кодтарын алып тастаңыз.",
            "Удалите одиночные коды \\u от D800 до DFFF.",
            "Remove single \\u escapes from D800 to DFFF.",
        ),
    ),
    "no_id": (
        _text("Нысанның идентификаторы жоқ.", "У формы нет идентификатора.", "The form has no id."),
        _text("Нысанға id беріңіз.", "Задайте форме id.", "Give the form an id."),
    ),
    "too_deep": (
        _text("Топтар тым терең салынған.", "Группы вложены слишком глубоко.", "Groups are nested too deeply."),
        _text("8 деңгейден асырмаңыз.", "Не больше 8 уровней.", "Use at most 8 levels."),
    ),
    "bad_component": (
        _text("Құрамдас JSON нысаны емес.", "Компонент не является объектом.", "A component is not an object."),
        _text("Оны қайта жасаңыз.", "Создайте его заново.", "Make it anew."),
    ),
    "unknown_type": (
        _text("Белгісіз құрамдас түрі: {detail}.", "Неизвестный тип: {detail}.", "Unknown component type: {detail}."),
        _text("Басқа құрамдас қолданыңыз.", "Используйте другой компонент.", "Use another component."),
    ),
    "duplicate_id": (
        _text("Құрамдас id қайталанады.", "id компонента повторяется.", "The id of the component is used twice."),
        _text("Басқа id беріңіз.", "Задайте другой id.", "Give it another id."),
    ),
    "bad_key": (
        _text(
            "Кілт жоқ немесе қате: {detail}.",
            "Ключ отсутствует или неверен: {detail}.",
            "No key or a wrong one: {detail}.",
        ),
        _text(
            "Латын әріптері, цифрлар, «_» және нүктелер: tulga.aty.",
            "Латинские буквы, цифры, «_» и точки: person.name.",
            "Use Latin letters, digits, “_” and dots: person.name.",
        ),
    ),
    "duplicate_key": (
        _text("Кілт бос емес: {detail}.", "Ключ уже занят: {detail}.", "The key is taken already: {detail}."),
        _text("Басқа кілт таңдаңыз.", "Выберите другой ключ.", "Choose another key."),
    ),
    "dynamic": (
        _text(
            "Сервер динамикалық өрнекті әзірге қолдамайды: {detail}.",
            "Сервер пока не поддерживает динамические выражения: {detail}.",
            "Dynamic expressions are not supported yet by the server: {detail}.",
        ),
        _text("Тұрақты мән қойыңыз.", "Задайте постоянное значение.", "Use a constant."),
    ),
    "bad_rule": (
        _text(
            "Ереже мәні қате: {detail}.",
            "Неверное значение правила: {detail}.",
            "The rule has a wrong value: {detail}.",
        ),
        _text("Мәнін түзетіңіз.", "Исправьте значение.", "Correct the value."),
    ),
    "misplaced_rule": (
        _text(
            "Бұл түрге ереже қолданылмайды: {detail}.",
            "Правило неприменимо к этому типу: {detail}.",
            "The rule does not apply to this type: {detail}.",
        ),
        _text("Ережені алып тастаңыз.", "Уберите правило.", "Remove the rule."),
    ),
    "bad_pattern": (
        _text("Үлгі қате: {detail}.", "Неверный образец: {detail}.", "The pattern cannot be used: {detail}."),
        _text(
            "200 таңбаға дейін; кері сілтеме, (?=…), (?<…) және \\p{{…}} қолданбаңыз.",
            "До 200 символов; без обратных ссылок, (?=…), (?<…) и \\p{{…}}.",
            "Up to 200 characters; no back references, (?=…), (?<…) or \\p{{…}}.",
        ),
    ),
    "bad_options": (
        _text(
            "Таңдау нұсқалары жоқ немесе қате.",
            "Варианты отсутствуют или неверны.",
            "There are no options, or a wrong one.",
        ),
        _text(
            "Әр нұсқаға белгі мен мән беріңіз.",
            "Задайте каждому варианту подпись и значение.",
            "Give every option a label and a value.",
        ),
    ),
    "bad_default": (
        _text(
            "Бастапқы мән өріске сай емес.",
            "Значение по умолчанию не подходит полю.",
            "The default value does not fit the field.",
        ),
        _text("Мәнін түзетіңіз.", "Исправьте значение.", "Correct the value."),
    ),
}


def error_text(rule: str, label: Text) -> Text:
    """The text of a broken rule as `app.forms.values` words it (`min:18`), with the field's label."""
    code, _, detail = rule.partition(":")
    templates = _ERRORS[rule if code == "type" else code]
    limits = {"kk": detail.replace(".", ","), "ru": detail.replace(".", ","), "en": detail}
    return {lang: template.format(label=label[lang], limit=limits[lang]) for lang, template in templates.items()}


def finding_text(code: str, detail: str) -> tuple[Text, Text]:
    """Message and hint of a finding; `detail` names the offending key, rule or type."""
    message, hint = ({lang: text.format(detail=detail) for lang, text in texts.items()} for texts in _FINDINGS[code])
    return message, hint
