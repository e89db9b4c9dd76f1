"""What people read of wrong data in a form, in Kazakh, Russian and English."""

from __future__ import annotations

from app.forms.model import Text


def text(kk: str, ru: str, en: str) -> Text:
    return {"kk": kk, "ru": ru, "en": en}


_ERRORS: dict[str, Text] = {
    "required": text(
        "«{label}» толтырылуы тиіс.", "Поле «{label}» обязательно для заполнения.", "“{label}” is required."
    ),
    "type:text": text("«{label}» мәтін болуы тиіс.", "«{label}» должно быть текстом.", "“{label}” must be text."),
    "type:number": text("«{label}» сан болуы тиіс.", "«{label}» должно быть числом.", "“{label}” must be a number."),
    "type:checkbox": text(
        "«{label}» тек «иә» немесе «жоқ» болады.",
        "«{label}» может быть только «да» или «нет».",
        "“{label}” can only be yes or no.",
    ),
    "type:choice": text(
        "«{label}» үшін бір мән таңдалуы тиіс.",
        "Для «{label}» нужно выбрать одно значение.",
        "“{label}” takes one value.",
    ),
    "type:choices": text(
        "«{label}» мәндер тізімі болуы тиіс.",
        "«{label}» должно быть списком значений.",
        "“{label}” must be a list of values.",
    ),
    "type:date": text(
        "«{label}» күн болуы тиіс (ЖЖЖЖ-АА-КК).",
        "«{label}» должно быть датой (ГГГГ-ММ-ДД).",
        "“{label}” must be a date (YYYY-MM-DD).",
    ),
    "type:time": text(
        "«{label}» уақыт болуы тиіс (СС:ММ).",
        "«{label}» должно быть временем (ЧЧ:ММ).",
        "“{label}” must be a time (HH:MM).",
    ),
    "type:datetime": text(
        "«{label}» күн мен уақыт болуы тиіс (ЖЖЖЖ-АА-ККTСС:ММ).",
        "«{label}» должно быть датой и временем (ГГГГ-ММ-ДДTЧЧ:ММ).",
        "“{label}” must be a date and a time (YYYY-MM-DDTHH:MM).",
    ),
    "type:files": text(
        "«{label}» файлдар тізімі болуы тиіс.", "«{label}» должно быть списком файлов.", "“{label}” must be files."
    ),
    "type:file": text(
        "«{label}» үшін тек бір файл беріледі.",
        "Для «{label}» принимается только один файл.",
        "“{label}” takes one file only.",
    ),
    "type:group": text(
        "«{label}» өрістер тобы болуы тиіс.",
        "«{label}» должно быть группой полей.",
        "“{label}” must be a group of fields.",
    ),
    "type:rows": text(
        "«{label}» жолдар тізімі болуы тиіс.", "«{label}» должно быть списком строк.", "“{label}” must be a list."
    ),
    "choice": text(
        "«{label}»: тізімде жоқ мән.",
        "«{label}»: такого значения нет в списке.",
        "“{label}” has a value that is not offered.",
    ),
    "twice": text(
        "«{label}»: бір мән бірнеше рет берілген.",
        "«{label}»: одно значение указано несколько раз.",
        "“{label}” has a value more than once.",
    ),
    "min": text(
        "«{label}» {limit} мәнінен кем болмауы тиіс.",
        "«{label}» должно быть не меньше {limit}.",
        "“{label}” must be at least {limit}.",
    ),
    "max": text(
        "«{label}» {limit} мәнінен аспауы тиіс.",
        "«{label}» должно быть не больше {limit}.",
        "“{label}” must be at most {limit}.",
    ),
    "decimalDigits": text(
        "«{label}»: үтірден кейінгі цифр саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: знаков после запятой должно быть не больше {limit}.",
        "“{label}” must have at most {limit} decimal digits.",
    ),
    "increment": text(
        "«{label}» {limit} санына еселік болуы тиіс.",
        "«{label}» должно быть кратно {limit}.",
        "“{label}” must be a multiple of {limit}.",
    ),
    "minLength": text(
        "«{label}»: таңба саны {limit} мәнінен кем болмауы тиіс.",
        "«{label}»: символов должно быть не меньше {limit}.",
        "“{label}” must have at least {limit} characters.",
    ),
    "maxLength": text(
        "«{label}»: таңба саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: символов должно быть не больше {limit}.",
        "“{label}” must have at most {limit} characters.",
    ),
    "maxItems": text(
        "«{label}»: элементтер саны {limit} мәнінен аспауы тиіс.",
        "«{label}»: элементов должно быть не больше {limit}.",
        "“{label}” must have at most {limit} items.",
    ),
    "pattern": text(
        "«{label}» белгіленген үлгіге сай емес.",
        "«{label}» не соответствует заданному образцу.",
        "“{label}” does not match the expected pattern.",
    ),
    "identity:length": text(
        "«{label}» дәл 12 цифрдан тұрады.",
        "«{label}» состоит ровно из 12 цифр.",
        "“{label}” has exactly 12 digits.",
    ),
    "identity:digits": text(
        "«{label}» тек цифрлардан тұрады: бос орынсыз, әріпсіз, сызықшасыз.",
        "«{label}» состоит только из цифр: без пробелов, букв и дефисов.",
        "“{label}” has digits only: no spaces, letters or hyphens.",
    ),
    "identity:neither": text(
        "«{label}» ЖСН де, БСН де емес: бесінші цифры ЖСН-де 0–3, БСН-де 4–6 болады.",
        "«{label}» не является ни ИИН, ни БИН: пятая цифра ИИН — от 0 до 3, БИН — от 4 до 6.",
        "“{label}” is neither an IIN nor a BIN: the fifth digit of an IIN is 0 to 3, that of a BIN 4 to 6.",
    ),
    "identity:iinDate": text(
        "«{label}» ЖСН емес: алғашқы алты цифры ЖЖААКК түріндегі бар күн болуы тиіс.",
        "«{label}» не является ИИН: первые шесть цифр должны быть существующей датой ГГММДД.",
        "“{label}” is not an IIN: its first six digits must be an existing date, YYMMDD.",
    ),
    "identity:iinCentury": text(
        "«{label}» ЖСН емес: жетінші цифры 1–6 болуы тиіс.",
        "«{label}» не является ИИН: седьмая цифра должна быть от 1 до 6.",
        "“{label}” is not an IIN: its seventh digit must be 1 to 6.",
    ),
    "identity:binMonth": text(
        "«{label}» БСН емес: алғашқы төрт цифры ЖЖАА түріндегі жыл мен ай болуы тиіс.",
        "«{label}» не является БИН: первые четыре цифры должны быть годом и месяцем ГГММ.",
        "“{label}” is not a BIN: its first four digits must be a year and a month, YYMM.",
    ),
    "identity:binEntity": text(
        "«{label}» БСН емес: бесінші цифры 4, 5 не 6 болуы тиіс.",
        "«{label}» не является БИН: пятая цифра должна быть 4, 5 или 6.",
        "“{label}” is not a BIN: its fifth digit must be 4, 5 or 6.",
    ),
    "identity:check": text(
        "«{label}»: бақылау цифры сәйкес емес. Нөмірдің дұрыс терілгенін тексеріңіз.",
        "«{label}»: контрольная цифра не сходится. Проверьте, нет ли в номере опечатки.",
        "“{label}”: the check digit does not agree. Look for a slip in the number.",
    ),
    "email": text(
        "«{label}» электрондық пошта мекенжайы болуы тиіс.",
        "«{label}» должно быть адресом электронной почты.",
        "“{label}” must be an e-mail address.",
    ),
    "phone": text(
        "«{label}» халықаралық телефон нөмірі болуы тиіс, мысалы +77011234567.",
        "«{label}» должно быть международным номером телефона, например +77011234567.",
        "“{label}” must be an international phone number, e.g. +77011234567.",
    ),
    "past": text(
        "«{label}» өткен күн болмауы тиіс.",
        "«{label}» не может быть прошедшей датой.",
        "“{label}” must not be in the past.",
    ),
    "limit": text(
        "«{label}»: {limit} шегін есептеу мүмкін емес.",
        "«{label}»: не удаётся вычислить предел {limit}.",
        "“{label}”: its limit {limit} cannot be computed.",
    ),
    "computed": text(
        "«{label}» мәнін есептеу мүмкін емес: енгізілген деректерді тексеріңіз.",
        "Не удаётся вычислить «{label}»: проверьте введённые данные.",
        "“{label}” cannot be computed: {limit}.",
    ),
    "circular": text(
        "«{label}» өзіне тәуелді: оның мәні мен шарттары бірін-бірі үнемі өзгертеді.",
        "«{label}» зависит от самого себя: его значение и условия без конца меняют друг друга.",
        "“{label}” depends on itself: its value and conditions keep changing each other.",
    ),
    "size": text(
        "Деректер тым көп: мәндер саны {limit} мәнінен аспауы тиіс.",
        "Данных слишком много: значений должно быть не больше {limit}.",
        "There is too much data: it may have at most {limit} values.",
    ),
    "cost": text(
        "Нысанның өрнектері бұл деректер үшін тым көп есептеуді талап етеді.",
        "Выражения формы требуют для этих данных слишком долгих вычислений.",
        "The expressions of the form take too much computing for these data.",
    ),
    "unknown": text(
        "Бұл нысанда «{label}» өрісі жоқ.", "В этой форме нет поля «{label}».", "This form has no field “{label}”."
    ),
}


def error_text(rule: str, label: Text) -> Text:
    """The text of a broken rule as `app.forms.values` words it (`min:18`), with the field's label."""
    code, _, detail = rule.partition(":")
    templates = _ERRORS[rule if code in ("type", "identity") else code]
    limits = {"kk": detail.replace(".", ","), "ru": detail.replace(".", ","), "en": detail}
    return {lang: template.format(label=label.get(lang), limit=limits[lang]) for lang, template in templates.items()}
