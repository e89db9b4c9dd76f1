"""The expressions of due dates and timers, as models write them, in Kazakh, Russian and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import product

from app.domain.in_words.days_in_words import until_in_words
from app.domain.in_words.grammar import agreeing, written
from app.domain.in_words.wording import amount_in_words
from app.domain.terms.calendar import Text

SUBMITTED = "submittedAt"
"""The variable that holds the moment of the application."""
MOST = 5
"""Terms among which the data of a case choose; more are no sentence any more."""
PARTS = 60
"""Brackets and conditions of what is told; more are no sentence either."""
_COUNTED = frozenset({"minutes", "elapsedMinutes", "hours", "workingDays", "calendarDays", "calendarDaysBefore"})
_CALL = re.compile(r"(\w+)\((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_NAME = re.compile(r"[^\W\d]\w*")
_HOUR = re.compile(r"(['\"])([0-9:]+)\1")
_DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?", re.ASCII)
_LEXEMES = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[()\[\]?:,]|[^()\[\]?:,'\"]+|.", re.DOTALL)
_UNITS = (
    Text("{n} күн", "{n} день|{n} дня|{n} дней", "{n} day|{n} days"),
    Text("{n} сағат", "{n} час|{n} часа|{n} часов", "{n} hour|{n} hours"),
    Text("{n} минут", "{n} минута|{n} минуты|{n} минут", "{n} minute|{n} minutes"),
)
_DAY = Text("{hour} дейін", "до {hour}", "by {hour}")
_FROM = Text("{term} ({base} бастап)", "{term} (от {base})", "{term} (from {base})")
_FROM_APPLICATION = Text(
    "{term}, өтініш берілген сәттен бастап", "{term} с момента подачи заявления", "{term} from the application"
)
_AFTER = Text("{base}, содан кейін {term}", "{base}, затем {term}", "{base}, then {term}")
_BY_VARIABLE = Text("{name} айнымалысы бойынша", "по переменной {name}", "as the variable {name} says")
_EITHER = Text(
    "{terms} (істің деректеріне қарай)", "{terms} (смотря по данным дела)", "{terms} (by the data of the case)"
)
_OR = Text("немесе", "или", "or")
_MANY = 5
"""Has the form of a noun that fits a number which nobody knows."""


@dataclass(frozen=True, slots=True)
class _Term:
    """Rules with their amounts, the first counted from the variable `base` (None: from the opening), each on from the last."""

    base: str | None
    steps: tuple[tuple[str, str], ...] = ()


def term_in_words(expression: str, lang: str) -> str | None:
    """`${workingDays(3, submittedAt)}` as "3 working days from the application", PT20M as "20 minutes".

    Among several terms the data of the case choose, which is all that is told of the conditions. None of what is no term
    by one of our rules.
    """
    source = expression.strip()
    if (duration := _DURATION.fullmatch(source)) is not None and any(duration.groups()):
        return " ".join(
            agreeing(unit, int(n), lang).format(n=written(int(n), lang))
            for unit, n in zip(_UNITS, duration.groups(), strict=True)
            if n
        )
    if _NAME.fullmatch(source) or source.count("(") + source.count("?") > PARTS:
        return None
    try:
        found = _terms(source[2:-1] if source.startswith("${") and source.endswith("}") else source)
        words = list(dict.fromkeys(_told(one, lang) for one in found))
    except ValueError:
        return None
    if len(words) < 2:
        return words[0] if words else None
    between = f"; {_OR.get(lang)} " if any(len(one.steps) > 1 for one in found) else f" {_OR.get(lang)} "
    return _EITHER.get(lang).format(terms=between.join(words))


def _terms(source: str) -> list[_Term]:
    """All that an expression can come to, `null` left out. ValueError for what is no term, or too many."""
    source = _bare(source)
    if len(_parted(source, "?")) > 1:
        found = [one for way in _ways(source) for one in _terms(way)]
    elif source == "null":
        found = []
    elif _NAME.fullmatch(source):
        found = [_Term(source)]
    else:
        found = list(_counted(source))
    if len(found) > MOST:
        raise ValueError(f"{len(found)} terms")
    return found


def _counted(source: str) -> Iterator[_Term]:
    """Those of a rule with its amount and, maybe, its base."""
    call = _CALL.fullmatch(source)
    if call is None:
        raise ValueError(source)
    amount, *base = _parted(call[2], ",")
    if len(base) > 1:
        raise ValueError(source)
    for one, before in product(_amounts(amount), _terms(base[0]) if base else [_Term(None)]):
        yield _Term(before.base, (*before.steps, (call[1], one)))


def _amounts(source: str) -> list[str]:
    source = _bare(source)
    if len(_parted(source, "?")) > 1:
        return [one for way in _ways(source) for one in _amounts(way)]
    return [source]


def _ways(source: str) -> tuple[str, str]:
    """Both results of `condition ? one : other`."""
    rest = source[len(_parted(source, "?")[0]) + 1 :]
    open_ways, place = 0, 0
    for lexeme, depth in _lexemes(rest):
        if depth == 0 and lexeme == "?":
            open_ways += 1
        elif depth == 0 and lexeme == ":":
            if not open_ways:
                return rest[:place], rest[place + 1 :]
            open_ways -= 1
        place += len(lexeme)
    raise ValueError(source)


def _parted(source: str, mark: str) -> list[str]:
    """The parts between marks that stand in no brackets and no text."""
    parts = [""]
    for lexeme, depth in _lexemes(source):
        if depth == 0 and lexeme == mark:
            parts.append("")
        else:
            parts[-1] += lexeme
    return parts


def _lexemes(source: str) -> Iterator[tuple[str, int]]:
    """Each with the number of brackets around it."""
    depth = 0
    for lexeme in _LEXEMES.findall(source):
        depth -= lexeme in (")", "]")
        yield lexeme, depth
        depth += lexeme in ("(", "[")


def _bare(source: str) -> str:
    """Without the brackets around all of it."""
    source = source.strip()
    while source.startswith("(") and source.endswith(")"):
        closed = [number for number, (lexeme, depth) in enumerate(_lexemes(source)) if lexeme == ")" and depth == 0]
        if len(closed) != 1:
            break
        source = source[1:-1].strip()
    return source


def _told(term: _Term, lang: str) -> str:
    if not term.steps:
        return _BY_VARIABLE.get(lang).format(name=term.base)
    first, *others = (_step(rule, amount, lang) for rule, amount in term.steps)
    if term.base is not None:
        begins = _FROM_APPLICATION if term.base == SUBMITTED else _FROM
        first = begins.get(lang).format(term=first, base=term.base)
    for term_after in others:
        first = _AFTER.get(lang).format(base=first, term=term_after)
    return first


def _step(rule: str, amount: str, lang: str) -> str:
    """Raises ValueError."""
    hour = _HOUR.fullmatch(amount)
    if rule == "endOfDay" and hour is not None:
        return _DAY.get(lang).format(hour=until_in_words(time.fromisoformat(hour[2]), lang))
    if rule in _COUNTED and _NAME.fullmatch(amount):
        return amount_in_words(rule, _MANY, lang).replace(str(_MANY), amount)
    if rule not in _COUNTED or _NUMBER.fullmatch(amount) is None:
        raise ValueError(f"{rule}({amount})")
    return amount_in_words(rule, float(amount) if "." in amount else int(amount), lang)
