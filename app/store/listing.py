"""Lists with named filters: which there are, how each becomes a condition, and by what a list is ordered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, false, func, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.store.queries import count
from app.store.session import planned_by_values
from app.store.variable_filters import holds

Column = ColumnElement[Any] | InstrumentedAttribute[Any]
Condition = ColumnElement[bool]
Query = Select[*tuple[Any, ...]]
ALWAYS = true()
MILLISECOND = timedelta(milliseconds=1)


class Kind(StrEnum):
    """How a filter's value is given. SCALAR: text, number or boolean, as text; MOMENT: aware; CONDITIONS: on variables
    (see `variable_filters`); BOUNDS: [(gt | lt, moment)]."""

    TEXT = "text"
    TEXTS = "texts"
    SCALAR = "scalar"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    CONDITIONS = "conditions"
    BOUNDS = "bounds"


@dataclass(frozen=True, slots=True)
class Filter:
    kind: Kind
    condition: Callable[[Any], Condition]


@dataclass(frozen=True, slots=True)
class Listing:
    """What can be asked of a list.

    unsupported: filters of the dialect that this service has no data for; asking for one is an error. order: the keys
    by name. last: unique columns that make every order stable, in the direction of the key before them, so that one
    index can give the whole order.
    """

    filters: Mapping[str, Filter]
    order: Mapping[str, Column]
    last: tuple[Column, ...]
    unsupported: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked: values by the filters' names, keys of the order with their direction, and the page."""

    values: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[tuple[str, bool], ...] = ()
    """(key, whether descending)."""
    first: int = 0
    limit: int = 1_000


def narrowed(query: Query, listing: Listing, wanted: Wanted) -> Query:
    """The rows that pass every filter."""
    return query.where(
        *(listing.filters[name].condition(value) for name, value in wanted.values.items() if name in listing.filters)
    )


def page(query: Query, listing: Listing, wanted: Wanted) -> Query:
    """One page of what passes, in a stable order. What is not there comes last, and first where the order descends."""
    order = ordered(_keys(listing, wanted))
    return planned_by_values(narrowed(query, listing, wanted).order_by(*order).offset(wanted.first).limit(wanted.limit))


def merged_page(parts: Sequence[tuple[Query, Listing]], wanted: Wanted) -> Query:
    """One page of what passes in all the parts of a list, which select the same columns.

    Each part gives the beginning of its own order, for which it may have an index: PostgreSQL would sort all of them.
    """
    reach = replace(wanted, first=0, limit=wanted.first + wanted.limit)
    beginnings, descents = [], []
    for query, listing in parts:
        keys = _keys(listing, wanted)
        descents = [descending for _, descending in keys]
        named = query.add_columns(*(column.label(f"key_{number}") for number, (column, _) in enumerate(keys)))
        beginnings.append(select(page(named, listing, reach).subquery()))
    merged = union_all(*beginnings).subquery()
    order = ordered([(merged.c[f"key_{number}"], descending) for number, descending in enumerate(descents)])
    return planned_by_values(select(merged).order_by(*order).offset(wanted.first).limit(wanted.limit))


def _keys(listing: Listing, wanted: Wanted) -> list[tuple[Column, bool]]:
    """The columns of an order, each with whether it descends."""
    keys = [(listing.order[key], descending) for key, descending in wanted.order]
    return keys + [(column, bool(keys) and keys[-1][1]) for column in listing.last]


def ordered(keys: Sequence[tuple[Column, bool]]) -> list[ColumnElement[Any]]:
    return [column.desc() if descending else column.asc() for column, descending in keys]


def total(session: Session, query: Query, listing: Listing, wanted: Wanted) -> int:
    """How many rows pass."""
    return count(session, narrowed(query, listing, wanted))


def equal(column: Column) -> Filter:
    return Filter(Kind.TEXT, lambda value: column == value)


def like(column: Column) -> Filter:
    """SQL wildcards, a backslash takes their meaning away."""
    return Filter(Kind.TEXT, lambda value: column.like(value))


def among(column: Column) -> Filter:
    return Filter(Kind.TEXTS, lambda values: column.in_(values))


def not_among(column: Column) -> Filter:
    return Filter(Kind.TEXTS, lambda values: column.not_in(values))


def whole(column: Column) -> Filter:
    return Filter(Kind.WHOLE, lambda value: column == value)


def identified(column: Column) -> Filter:
    """By a UUID; what is none names nothing."""
    return Filter(Kind.TEXT, lambda text: _named(column, [text]))


def identified_among(column: Column) -> Filter:
    return Filter(Kind.TEXTS, lambda texts: _named(column, texts))


def identified_not_among(column: Column) -> Filter:
    return Filter(Kind.TEXTS, lambda texts: ~_named(column, texts))


def _named(column: Column, texts: list[str]) -> Condition:
    known = [found for text in texts if (found := uuid_of(text)) is not None]
    return column.in_(known) if known else false()


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def token_of(text: str) -> tuple[UUID, int] | None:
    """Instance and token of an execution's or activity instance's id, `instance:token`."""
    instance, _, token = text.partition(":")
    found = uuid_of(instance)
    if found is None or not token.isascii() or not token.isdigit() or len(token) > 9:
        return None
    return found, int(token)


def at_token(instance: Column, token: Column) -> Filter:
    """By the id of an execution or activity instance."""
    return Filter(Kind.TEXT, lambda text: _at(instance, token, text))


def at_one_of(instance: Column, token: Column) -> Filter:
    return Filter(Kind.TEXTS, lambda texts: or_(false(), *(_at(instance, token, text) for text in texts)))


def _at(instance: Column, token: Column, text: str) -> Condition:
    found = token_of(text)
    return false() if found is None else and_(instance == found[0], token == found[1])


def token_id(instance: Column, token: Column) -> ColumnElement[str]:
    """The id of an execution or activity instance, so written that it sorts by the token's number."""
    return func.concat(instance, ":", func.lpad(cast(token, Text), 10, "0"))


def before(column: Column) -> Filter:
    """Not after a moment: moments are shown in milliseconds, and the one that was shown is found."""
    return Filter(Kind.MOMENT, lambda moment: column < moment + MILLISECOND)


def after(column: Column) -> Filter:
    return Filter(Kind.MOMENT, lambda moment: column >= moment)


def bounds(column: Column) -> Filter:
    """After and before moments, as they are shown."""
    shown = func.date_trunc("milliseconds", column)
    return Filter(
        Kind.BOUNDS,
        lambda given: and_(true(), *(shown > moment if which == "gt" else shown < moment for which, moment in given)),
    )


def with_common(query: Query, wanted: Wanted, column: Column, flag: str) -> tuple[Query, Wanted]:
    """Let `flag` widen the filter `tenantIdIn` by what belongs to no organisation."""
    if flag not in wanted.values or "tenantIdIn" not in wanted.values:
        return query, wanted
    rest = {name: value for name, value in wanted.values.items() if name != "tenantIdIn"}
    named = or_(column.in_(wanted.values["tenantIdIn"]), column.is_(None))
    return query.where(named), replace(wanted, values=rest)


def when(condition: Condition) -> Filter:
    """A flag of the dialect: it asks for something when true, and for nothing when false."""
    return Filter(Kind.FLAG, lambda wanted: condition if wanted else true())


def variables(kept: Column) -> Filter:
    """Conditions on variables that are kept as a JSON object."""
    return Filter(Kind.CONDITIONS, lambda given: and_(true(), *(holds(kept, condition) for condition in given)))


def at(column: Column) -> Filter:
    """At a moment as it is shown, in milliseconds."""
    return Filter(Kind.MOMENT, lambda moment: and_(column >= moment, column < moment + MILLISECOND))
