"""Conditions on variables that are kept as JSON, as SQL."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.models import values

OPERATORS = ("eq", "neq", "gt", "gteq", "lt", "lteq", "like", "notLike")
"""Of the REST dialect; the search of administrators knows contains, exists and missing beside them."""
WHOLE = 2**63
Variables = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one variable with a plain value.

    written: the value was written as text, so that it may mean a number, a boolean or null as well.
    """

    name: str
    operator: str
    value: Any
    written: bool = False


def holds(variables: Variables, condition: Condition) -> ColumnElement[bool]:
    """Whether a condition holds for a JSON object of variables; never for a variable that is not there."""
    match condition.operator:
        case "eq":
            return _equals(variables, condition)
        case "neq":
            return and_(variables.has_key(condition.name), not_(_equals(variables, condition)))
        case "like":
            return _like(variables, condition)
        case "notLike":
            return and_(variables.has_key(condition.name), not_(func.coalesce(_like(variables, condition), False)))
        case "contains":
            return _text(variables, condition).icontains(str(condition.value), autoescape=True)
        case "exists":
            return variables.has_key(condition.name)
        case "missing":
            return not_(variables.has_key(condition.name))
    return or_(*[_compares(variables, condition, meant) for meant in _ordered(condition)])


def _equals(variables: Variables, condition: Condition) -> ColumnElement[bool]:
    return or_(*[variables.contains({condition.name: meant}) for meant in meant_values(condition)])


def _like(variables: Variables, condition: Condition) -> ColumnElement[bool]:
    return _text(variables, condition).like(str(condition.value))


def _text(variables: Variables, condition: Condition) -> ColumnElement[str]:
    return variables.op("->>", return_type=Text())(condition.name)


def _compares(variables: Variables, condition: Condition, meant: Any) -> ColumnElement[bool]:
    """JSON compares numbers with numbers and texts with texts; dates are kept so that they compare as texts."""
    value = variables.op("->")(condition.name)
    given = cast(meant, JSONB)
    symbol = {"gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}[condition.operator]
    return and_(func.jsonb_typeof(value) == func.jsonb_typeof(given), value.bool_op(symbol)(given))


def _ordered(condition: Condition) -> list[Any]:
    """What a value is compared with by order: a moment as it is kept, a day as it is written."""
    meant = meant_values(condition)
    if not isinstance(condition.value, str) or len(meant) == 1 or not isinstance(meant[-1], str):
        return meant
    return meant[-1:] if "T" in condition.value else meant[:1]


def meant_values(condition: Condition) -> list[Any]:
    """The JSON values that a given value may stand for."""
    value = condition.value
    meant = [value]
    if isinstance(value, str):
        if condition.written and (scalar := _scalar(value)) is not value:
            meant.append(scalar)
        with suppress(ValueError, OverflowError):
            meant.append(values.jsonable(values.read_date(value)))
    return meant


def _scalar(text: str) -> Any:
    """A number, boolean or null that a text spells; else the text itself."""
    try:
        found = json.loads(text, parse_constant=lambda _: text)
    except ValueError:
        return text
    if isinstance(found, dict | list | str) or (isinstance(found, int | float) and not abs(found) < WHOLE):
        return text
    return found
