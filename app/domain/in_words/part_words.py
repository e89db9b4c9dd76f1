"""What parts of forms and decisions say, in Kazakh, Russian and English: the names of their properties, and their values."""

from app.domain.models.parts import PartKind
from app.domain.terms.calendar import Text

_KINDS = {
    PartKind.FORM: Text("нысан", "форма", "form"),
    PartKind.FIELD: Text("өріс", "поле", "field"),
    PartKind.DECISION: Text("шешім", "решение", "decision"),
    PartKind.INPUT: Text("кіріс бағаны", "входная колонка", "input column"),
    PartKind.OUTPUT: Text("нәтиже бағаны", "колонка результата", "output column"),
    PartKind.RULE: Text("ереже", "правило", "rule"),
}
_LABELS = {
    "label": Text("атауы", "название", "label"),
    "label.ru": Text("орысша атауы", "название на русском", "label in Russian"),
    "label.en": Text("ағылшынша атауы", "название на английском", "label in English"),
    "name": Text("атауы", "название", "name"),
    "text": Text("мәтіні", "текст", "text"),
    "text.ru": Text("орысша мәтіні", "текст на русском", "text in Russian"),
    "text.en": Text("ағылшынша мәтіні", "текст на английском", "text in English"),
    "description": Text("түсініктемесі", "пояснение", "description"),
    "description.ru": Text("орысша түсініктемесі", "пояснение на русском", "description in Russian"),
    "description.en": Text("ағылшынша түсініктемесі", "пояснение на английском", "description in English"),
    "key": Text("айнымалысы", "переменная", "variable"),
    "type": Text("түрі", "вид", "type"),
    "values": Text("мәндері", "варианты", "values"),
    "format": Text("пішімі", "формат", "format"),
    "defaultValue": Text("бастапқы мәні", "начальное значение", "default value"),
    "default": Text("әдепкі мәні", "значение по умолчанию", "default value"),
    "disabled": Text("өшірулі", "отключено", "disabled"),
    "readonly": Text("тек оқу үшін", "только для чтения", "read only"),
    "conditional.hide": Text("жасыру шарты", "скрыть, если", "hidden if"),
    "validate.required": Text("міндетті", "обязательно", "required"),
    "validate.min": Text("ең азы", "наименьшее", "minimum"),
    "validate.max": Text("ең көбі", "наибольшее", "maximum"),
    "validate.minLength": Text("ең аз ұзындығы", "наименьшая длина", "minimum length"),
    "validate.maxLength": Text("ең көп ұзындығы", "наибольшая длина", "maximum length"),
    "validate.pattern": Text("үлгісі", "образец", "pattern"),
    "versionTag": Text("нұсқа белгісі", "метка версии", "version tag"),
    "version_tag": Text("нұсқа белгісі", "метка версии", "version tag"),
    "expression": Text("өрнегі", "выражение", "expression"),
    "hit_policy": Text("ереже таңдау тәртібі", "порядок выбора правил", "hit policy"),
    "aggregation": Text("жинақтау", "свёртка", "aggregation"),
}
_VALUES = {"true": Text("иә", "да", "yes"), "false": Text("жоқ", "нет", "no")}


def kind_of_part(kind: PartKind) -> Text:
    return _KINDS[kind]


def label_of_part(kind: PartKind, name: str) -> Text:
    """What a property is called; one that is rare, and a cell of a rule, by its own name."""
    found = None if kind is PartKind.RULE and name != "description" else _LABELS.get(name)
    return found or Text(name, name, name)


def value_of_part(kind: PartKind, value: str | None) -> Text | None:
    """What a property says, None: nothing. What stands in a decision is FEEL, and stays so."""
    if value is None:
        return None
    found = _VALUES.get(value) if kind is PartKind.FIELD else None
    return found or Text(value, value, value)
