"""FEEL as the language of the forms' expressions."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import isfinite
from typing import Any, cast

from app import forms
from app.expressions import feel
from app.expressions.feel.functions import BUILTINS
from app.expressions.feel.tokens import KEYWORDS, Scanner, Token

_LARGEST = 2**63
_WHERE = {
    "kk": "({line}-жол, {column}-таңба)",
    "ru": "(строка {line}, символ {column})",
    "en": "(line {line}, column {column})",
}
_TYPES = ("days and time duration", "years and months duration", "date and time")


class _Feel:
    """Compiled sources are kept by FEEL itself. A condition is a unary test of null, as in form-js."""

    def fault(self, source: str, *, condition: bool) -> forms.Text | None:
        try:
            (feel.compile_unary_tests if condition else feel.compile)(source)
        except feel.FeelError as error:
            line, column = error.position
            return {
                language: f"{why} {_WHERE[language].format(line=line, column=column)}"
                for language, why in error.said.items()
            }
        return None

    def holds(self, source: str, variables: Mapping[str, object], now: datetime) -> bool:
        tested = ChainMap({"?": None}, cast(MutableMapping[str, Any], variables))
        return feel.compile_unary_tests(source).evaluate(tested, now=now).value is True

    def names(self, source: str) -> frozenset[str]:
        return _names(source)

    def evaluate(self, source: str, variables: Mapping[str, object], now: datetime) -> forms.Outcome:
        result = feel.compile(source).evaluate(variables, now=now)
        try:
            return forms.Outcome(_plain(result.value), result.warnings)
        except ValueError as error:
            return forms.Outcome(None, (*result.warnings, str(error)))


FEEL = _Feel()


def _plain(value: Any) -> Any:
    """A FEEL value as JSON holds it; dates and times are ISO 8601 text. Raises ValueError for any other kind."""
    match value:
        case None | bool():
            return value
        case str():
            if "\0" in value:
                raise ValueError("a text holds a NUL character")
            return value
        case Decimal():
            if value == value.to_integral_value() and abs(value) < _LARGEST:
                return int(value)
            if not isfinite(float(value)):
                raise ValueError("a number is too large")
            return float(value)
        case date() | time():
            return value.isoformat()
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
    raise ValueError("the value is neither a text, a number, a date, a list nor a context")


@lru_cache(maxsize=4096)
def _names(source: str) -> frozenset[str]:
    """The variables that a source reads, as far as its words tell; those in filters may be of the item and are left out."""
    try:
        tokens = list(_tokens(Scanner(source)))
    except feel.FeelError:
        return frozenset()
    found: set[str] = set()
    bound = _bound(tokens)
    filters: list[bool] = []
    before: Token | None = None
    for number, token in enumerate(tokens):
        if token.text == "[":
            filters.append(before is not None and (before.kind == "word" or before.text in ")]"))
        elif token.text == "]" and filters:
            filters.pop()
        elif token.kind == "word" and not any(filters) and (before is None or before.text != "."):
            path, after = _path(tokens, number)
            if after not in ("(", ":") and path[0] not in KEYWORDS and path[0] not in bound:
                found.add(".".join(path))
        before = token
    return frozenset(found)


def _bound(tokens: list[Token]) -> set[str]:
    """The names that a source gives values to itself: the parameters of functions, and the items of loops."""
    found = {
        word.text
        for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if after.text == "in" and before.text in ("for", "some", "every", ",")
    }
    inside = False
    for before, token in pairwise(tokens):
        inside = (inside or before.text == "function") and token.text != ")"
        if inside and token.kind == "word":
            found.add(token.text)
    return found


def _path(tokens: list[Token], number: int) -> tuple[list[str], str]:
    """A name with its parts, and what follows it."""
    path = [tokens[number].text]
    end = number + 1
    while end + 1 < len(tokens) and tokens[end].text == ".":
        path.append(tokens[end + 1].text)
        end += 2
    return path, tokens[end].text if end < len(tokens) else ""


def _tokens(scanner: Scanner) -> Iterator[Token]:
    """The tokens of a source, without the names of built-in functions and of types."""
    offset, before = 0, ""
    while True:
        token = scanner.token(offset)
        if token.kind == "end":
            return
        offset = token.end
        if token.kind == "word" and before != ".":
            ends = [end for name in BUILTINS if (end := scanner.known(name, token.start)) is not None]
            called = [end for end in ends if scanner.token(end).text == "("]
            if called:
                offset = max(called)
                before = ""
                continue
            if token.text == "instance":
                offset = _past_type(scanner, offset)
        yield token
        before = token.text


def _past_type(scanner: Scanner, offset: int) -> int:
    offset = scanner.token(offset).end
    start = scanner.skip(offset)
    ends = [end for name in _TYPES if (end := scanner.known(name, start)) is not None]
    return max(ends, default=scanner.token(offset).end)
