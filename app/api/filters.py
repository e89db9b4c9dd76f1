"""Filters, pages and sort orders of lists, from a query string or from the body of a POST.

Nothing that would change the rows of an answer is ignored: an unknown filter of a query string, and one of the dialect
that this service does not have, are 400.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from flask import request

from app.api.replies import flag_in
from app.domain.models import values
from app.errors import Invalid
from app.store.variable_filters import OPERATORS, Condition

Reader = Callable[[str, Any], Any]
ROWS = 1_000
ROWS_LIMIT = 10_000
SKIPPED_LIMIT = 2**31
PAGING = frozenset({"firstResult", "maxResults"})
SORTING = frozenset({"sortBy", "sortOrder"})
_CONDITION = re.compile(rf"(.+?)_({'|'.join(sorted(OPERATORS, key=len, reverse=True))})_(.*)", re.DOTALL)


def text(name: str, raw: Any) -> str:
    """A text, which cannot hold a NUL character. Raises Invalid naming the filter, as all readers do."""
    if not isinstance(raw, str) or "\0" in raw:
        raise _unfit(name, raw, "it is not a text")
    return raw


def texts(name: str, raw: Any) -> list[str]:
    """A list of a body, or a list with commas of a query string."""
    parts = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(parts, list):
        raise _unfit(name, raw, "it is not a list of texts")
    return [text(name, part) for part in parts]


def flag(name: str, raw: Any) -> bool | None:
    """True, or None: the filters of the dialect are switched on, never turned round."""
    return flag_in(raw, name) or None


def whole(name: str, raw: Any) -> int:
    """A number of 32 bits, of a query string a text."""
    number = int(raw) if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,10}", raw) else raw
    if isinstance(number, bool) or not isinstance(number, int) or abs(number) >= SKIPPED_LIMIT:
        raise _unfit(name, raw, "it is not a whole number of 32 bits")
    return number


def scalar(name: str, raw: Any) -> str:
    """A text, number or boolean as the text that PostgreSQL writes for it."""
    return str(orjson.dumps(raw), "ascii") if isinstance(raw, bool | int | float) else text(name, raw)


def moment(name: str, raw: Any) -> datetime:
    """A date of the dialect (see `values.read_date`), aware."""
    try:
        return values.read_date(text(name, raw))
    except ValueError as error:
        raise _unfit(name, raw, str(error)) from error


def conditions(name: str, raw: Any) -> list[Condition]:
    """`a_eq_1,b_like_x%` of a query string, whose values may be texts or numbers; `[{name, operator, value}]` of a body."""
    if isinstance(raw, str):
        return [_written_condition(name, part) for part in raw.split(",")]
    if not isinstance(raw, list):
        raise _unfit(name, raw, "it is not a list of conditions")
    return [_condition(name, entry) for entry in raw]


def _written_condition(name: str, part: str) -> Condition:
    found = _CONDITION.fullmatch(part)
    if found is None:
        raise _unfit(name, part, "variable query parameter has to have format KEY_OPERATOR_VALUE")
    return Condition(found[1], found[2], text(name, found[3]), written=True)


def _condition(name: str, entry: Any) -> Condition:
    if not isinstance(entry, dict):
        raise _unfit(name, entry, "a condition has name, operator and value")
    operator, value = entry.get("operator"), entry.get("value")
    if operator not in OPERATORS:
        raise _unfit(f"{name}.operator", operator, f"it is none of {', '.join(OPERATORS)}")
    if value is not None and not isinstance(value, str | bool | int | float):
        raise _unfit(f"{name}.value", value, "it is not a text, number, boolean or null")
    if isinstance(value, str):
        text(f"{name}.value", value)
    return Condition(text(f"{name}.name", entry.get("name")), str(operator), value)


def bounds(name: str, raw: Any) -> list[tuple[str, datetime]]:
    """`gt_2026-01-02T03:04:05.000+0000,lt_…` of a query string; `[{operator, value}]` of a body."""
    entries = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(entries, list):
        raise _unfit(name, raw, "it is not a list of {operator, value}")
    return [_bound(name, entry) for entry in entries]


def _bound(name: str, entry: Any) -> tuple[str, datetime]:
    if isinstance(entry, dict):
        operator, value = str(entry.get("operator")), entry.get("value")
    else:
        operator, _, value = str(entry).partition("_")
    if operator not in ("gt", "lt"):
        raise _unfit(name, entry, "a date query parameter has the form gt_VALUE or lt_VALUE")
    return operator, moment(name, value)


def _unfit(name: str, raw: Any, why: str) -> Invalid:
    shown = raw if isinstance(raw, str) else repr(raw)
    return Invalid(f"Cannot set query parameter '{name}' to value '{shown[:200]}': {why}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list can be filtered by. known: how each filter is read; unsupported: those of the dialect that we do not have."""

    known: Mapping[str, Reader]
    unsupported: frozenset[str] = frozenset()
    sort_keys: Collection[str] = ()

    def of_query(self) -> dict[str, Any]:
        """The filters of the query string, those that are switched off left out. Raises Invalid."""
        given = {}
        for name, found in request.args.lists():
            if len(found) > 1:
                raise Invalid(f"query parameter '{name}' is given {len(found)} times")
            if name in PAGING | SORTING:
                continue
            if name not in self.known and name not in self.unsupported:
                raise Invalid(f"Unknown query parameter '{name}'")
            given[name] = found[0]
        return self._read(given)

    def of_body(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The filters of a body; properties that the dialect does not know are ignored. Raises Invalid."""
        return self._read({name: raw for name, raw in body.items() if raw is not None})

    def _read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        for name, raw in given.items():
            if name in self.unsupported and raw not in (False, "false", "", []):
                raise Invalid(f"query parameter '{name}' is not supported")
        found = {name: self.known[name](name, raw) for name, raw in given.items() if name in self.known}
        return {name: value for name, value in found.items() if value is not None}

    def order_of_query(self) -> list[tuple[str, bool]]:
        """(sort key, descending) of the query string. Raises Invalid."""
        key, direction = request.args.get("sortBy"), request.args.get("sortOrder")
        return [] if key is None and direction is None else [self._order(key, direction)]

    def order_of_body(self, body: Mapping[str, Any]) -> list[tuple[str, bool]]:
        given = body.get("sorting") or []
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            raise Invalid("sorting must be a list of {sortBy, sortOrder}")
        return [self._order(entry.get("sortBy"), entry.get("sortOrder")) for entry in given]

    def _order(self, key: Any, direction: Any) -> tuple[str, bool]:
        if key is None or direction is None:
            raise Invalid("Only a single sorting parameter specified. sortBy and sortOrder required")
        if not isinstance(key, str) or key not in self.sort_keys:
            raise Invalid(f"Cannot set query parameter 'sortBy' to value '{key}'")
        if direction not in ("asc", "desc"):
            raise Invalid(f"Cannot set query parameter 'sortOrder' to value '{direction}'")
        return key, direction == "desc"

    def described(self, *, paged: bool = True) -> list[dict[str, Any]]:
        """The parameters for OpenAPI."""
        names = [
            *self.known,
            *(sorted(PAGING) if paged else ()),
            *(sorted(SORTING) if paged and self.sort_keys else ()),
        ]
        return [{"in": "query", "name": name, "schema": self._described(name)} for name in names]

    def _described(self, name: str) -> dict[str, Any]:
        if name == "sortBy":
            return {"type": "string", "enum": sorted(self.sort_keys)}
        if name == "sortOrder":
            return {"type": "string", "enum": ["asc", "desc"]}
        reader = self.known.get(name, whole)
        return {"type": {flag: "boolean", whole: "integer"}.get(reader, "string")}


def page() -> tuple[int, int]:
    """(firstResult, maxResults) of the query string; without maxResults 1,000 rows. Raises Invalid."""
    first = whole("firstResult", request.args.get("firstResult") or "0")
    most = whole("maxResults", request.args.get("maxResults") or str(ROWS))
    if first < 0 or most < 0:
        raise Invalid("firstResult and maxResults must not be negative")
    if most > ROWS_LIMIT:
        raise Invalid(f"maxResults must not be above {ROWS_LIMIT}, it is {most}")
    return first, most
