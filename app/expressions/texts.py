"""Why a source is no expression, said in Kazakh, Russian and English."""

from collections.abc import Mapping

Said = Mapping[str, str]
"""One text a language: kk, ru and en."""
LANGUAGES = ("kk", "ru", "en")

_PARTS = {
    "end": ("өрнектің соңы", "конец", "the end"),
    "expression": ("өрнек", "выражение", "an expression"),
    "property": ("қасиеттің атауы", "имя свойства", "the name of a property"),
    "name": ("атау", "имя", "a name"),
    "type": ("түр", "тип", "a type"),
    "entry": ("жазбаның атауы", "имя записи", "the name of an entry"),
    "operator": ("амал немесе өрнектің соңы", "знак операции или конец", "an operator or the end"),
    "operator-or-brace": ("амал немесе '}'", "знак операции или '}'", "an operator or '}'"),
    "comma": ("',' немесе ')'", "',' или ')'", "',' or ')'"),
    "range-end": ("аралықтың соңы", "конец диапазона", "the end of a range"),
    "at-text": ("'@' белгісінен кейін мәтін", "строка после '@'", "a string after '@'"),
}
_REASONS = {
    "expected": (
        "{expected} күтіледі, ал мұнда {found} тұр",
        "ожидается {expected}, а стоит {found}",
        "expected {expected} but found {found}",
    ),
    "source-end": ("{expected} күтіледі, ал мәтін бітті", "ожидается {expected}, но текст кончился",
                   "expected {expected} but the source ends"),
    "closing-quote": ("мәтіннің жабатын тырнақшасы жоқ: {quote}", "у строки нет закрывающей кавычки: {quote}",
                      "expected a closing {quote} for this string"),
    "character": ("күтпеген таңба: {character}", "неожиданный знак: {character}", "unexpected character {character}"),
    "escape": (
        "мәтінде белгісіз тізбек бар: {escape}; болатыны: \\\\, \\' немесе \\\"",
        "в строке неизвестная последовательность {escape}, возможны \\\\, \\' и \\\"",
        "unknown escape {escape} in a string, expected \\\\, \\' or \\\"",
    ),
    "surrogate": ("мәтінде таңбаның жартысы ғана бар", "в строке половина суррогатной пары",
                  "a string has half of a surrogate pair"),
    "too-long": ("өрнекте ең көбі {limit} таңба болады", "в выражении может быть не больше {limit} знаков",
                 "an expression may have at most {limit} characters"),
    "too-deep": ("өрнектің ішкі деңгейлері көп: шегі {limit}", "слишком глубокая вложенность: предел {limit} уровней",
                 "the expression is nested deeper than {limit} levels"),
    "too-many-parts": ("өрнекте бөлік көп: шегі {limit}", "в выражении слишком много частей: предел {limit}",
                       "the expression has more than {limit} parts"),
    "name-too-long": ("атауда ең көбі {limit} таңба болады", "в имени может быть не больше {limit} знаков",
                      "a name may have at most {limit} characters"),
    "text-too-long": ("мәтінде ең көбі {limit} таңба болады", "в строке может быть не больше {limit} знаков",
                      "a string literal may have at most {limit} characters"),
    "digits": ("санда ең көбі {limit} цифр болады", "в числе может быть не больше {limit} цифр",
               "a number may have at most {limit} digits"),
    "exponent": ("дәреже көрсеткіші {limit} санынан аспайды", "показатель степени может быть не больше {limit}",
                 "an exponent may be at most {limit}"),
    "number": ("сан рұқсат етілген шектен тыс", "число за допустимыми пределами",
               "a number exceeds the supported range, or is not defined"),
    "mixed-arguments": (
        "атаулы және реттік аргументтер араласпайды",
        "именованные и позиционные аргументы нельзя смешивать",
        "named and positional arguments cannot be mixed",
    ),
    "external": ("сыртқы функцияларға қолдау жоқ", "внешние функции не поддерживаются",
                 "external functions are not supported"),
    "assignment": (
        "мән беруге қолдау жоқ; салыстыру белгісі ==",
        "присваивание не поддерживается; сравнивают знаком ==",
        "assignment is not supported; compare with ==",
    ),
    "sequence": (
        "; арқылы жазылған өрнектер тізбегіне қолдау жоқ",
        "последовательность выражений через ; не поддерживается",
        "a sequence of expressions with ; is not supported",
    ),
    "lambda": ("лямбда өрнектерге қолдау жоқ", "лямбда-выражения не поддерживаются",
               "lambda expressions are not supported"),
    "instanceof": ("instanceof амалына қолдау жоқ", "instanceof не поддерживается", "instanceof is not supported"),
    "not-callable": ("тек функция мен әдіс шақырылады", "вызывать можно только функции и методы",
                     "only functions and methods can be called"),
    "method": (
        "{name} әдісі белгісіз; мәннің әдістері: {known}",
        "метод {name} неизвестен; у значений есть только: {known}",
        "unknown method {name}; a value has only: {known}",
    ),
    "method-arguments": (
        "{name} әдісі аргументтерінің саны {expected} болуы керек, ал берілгені {given}",
        "у метода {name} аргументов должно быть {expected}, а не {given}",
        "method {name} takes {expected} argument(s), not {given}",
    ),
    "function-arguments": (
        "{name} функциясы аргументтерінің саны {expected} болуы керек, ал берілгені {given}",
        "у функции {name} аргументов должно быть {expected}, а не {given}",
        "function {name} takes {expected} argument(s), not {given}",
    ),
    "new": ("new арқылы нысан жасауға қолдау жоқ", "создание объектов через new не поддерживается",
            "creating objects with new is not supported"),
    "type-reference": ("T(...) түр сілтемелеріне қолдау жоқ", "ссылки на типы T(...) не поддерживаются",
                       "type references T(...) are not supported"),
    "function": ("'{name}' деген функция жоқ", "нет функции '{name}'", "there is no function '{name}'"),
}  # fmt: skip


def said(code: str, **words: str | int | Said) -> Said:
    """The reason `code` with its gaps filled."""
    return {
        language: template.format_map({name: _word(word, language) for name, word in words.items()})
        for language, template in zip(LANGUAGES, _REASONS[code], strict=True)
    }


def part(code: str) -> Said:
    """What may stand in a source, for the gaps of a reason."""
    return dict(zip(LANGUAGES, _PARTS[code], strict=True))


def _word(word: str | int | Said, language: str) -> str:
    return word[language] if isinstance(word, Mapping) else str(word)
