"""Cut a JUEL source into literal text and the tokens of its `${...}` and `#{...}` parts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from app.expressions.errors import ParseError
from app.expressions.limits import MAX_DIGITS, MAX_EXPONENT, MAX_STRING_LITERAL
from app.expressions.texts import said

Kind = Literal["number", "string", "name", "operator", "end"]

# EL 2.2, section 1.17: words that cannot name a variable.
WORD_OPERATORS = {
    "div": "/",
    "mod": "%",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "and": "&&",
    "or": "||",
    "not": "!",
    "empty": "empty",
    "instanceof": "instanceof",
}
CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None}

_OPENING = re.compile(r"[$#]\{")
_SPACE = re.compile(r"[ \t\r\n\f]*")
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<string>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>(?:[^\W\d]|\$)[\w$]*)"
    r"|(?P<end>\})"
    r"|(?P<operator>->|\+=|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()\[\];=])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Token(NamedTuple):
    """`symbol` is the canonical operator, so `and` and `&&` are alike; `value` is that of a literal."""

    kind: Kind
    text: str
    symbol: str
    value: object
    position: int

    def shown(self) -> str:
        text = self.text if len(self.text) <= 40 else self.text[:40] + "..."
        return text if self.kind == "string" else f"'{text}'"


def segments(source: str) -> Iterator[str | list[Token]]:
    """Literal texts and expressions in their order; `\\${` is the text `${`.

    Raises ParseError for a part without an end and for a token that is not JUEL.
    """
    text, position = "", 0
    while opening := _OPENING.search(source, position):
        at = opening.start()
        if at > position and source[at - 1] == "\\":
            text += source[position : at - 1] + opening[0]
            position = opening.end()
            continue
        text += source[position:at]
        if text:
            yield text
        tokens = _tokens(source, opening.end())
        yield tokens
        text, position = "", tokens[-1].position + 1
    text += source[position:]
    if text:
        yield text


def _tokens(source: str, position: int) -> list[Token]:
    tokens: list[Token] = []
    while not tokens or tokens[-1].kind != "end":
        position = _SPACE.match(source, position).end()  # type: ignore[union-attr]
        match = _TOKEN.match(source, position)
        if match is None:
            raise _bad_character(source, position)
        tokens.append(_token(match, source))
        position = match.end()
    return tokens


def _bad_character(source: str, position: int) -> ParseError:
    if position == len(source):
        return ParseError(said("source-end", expected="'}'"), position, source)
    character = source[position]
    if character in "'\"":
        return ParseError(said("closing-quote", quote=character), position, source)
    return ParseError(said("character", character=repr(character)), position, source)


def _token(match: re.Match[str], source: str) -> Token:
    text, position = match[0], match.start()
    if match["number"] is not None:
        return Token("number", text, "", _number(text, position, source), position)
    if match["string"] is not None:
        return Token("string", text, "", _string(text, position, source), position)
    if match["name"] is not None:
        if text in WORD_OPERATORS:
            return Token("operator", text, WORD_OPERATORS[text], None, position)
        return Token("name", text, "", None, position)
    return Token("end" if text == "}" else "operator", text, text, None, position)


def _number(text: str, position: int, source: str) -> int | Decimal:
    digits, _, exponent = text.lower().partition("e")
    if len(digits.replace(".", "")) > MAX_DIGITS:
        raise ParseError(said("digits", limit=MAX_DIGITS), position, source)
    if len(exponent) > 6 or abs(int(exponent or 0)) > MAX_EXPONENT - MAX_DIGITS:
        raise ParseError(said("exponent", limit=MAX_EXPONENT - MAX_DIGITS), position, source)
    return int(text) if text.isdigit() else Decimal(text)


def _string(text: str, position: int, source: str) -> str:
    if len(text) - 2 > MAX_STRING_LITERAL:
        raise ParseError(said("text-too-long", limit=MAX_STRING_LITERAL), position, source)
    for escape in _ESCAPE.finditer(text, 1, len(text) - 1):
        if escape[1] not in "\\'\"":
            raise ParseError(said("escape", escape=f"\\{escape[1]}"), position + escape.start(), source)
    return _ESCAPE.sub(r"\1", text[1:-1])
