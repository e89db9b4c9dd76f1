"""Lists with named filters: which there are, how each becomes a condition, and by what a list is ordered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.store.variable_filters import holds

Column = ColumnElement[Any] | InstrumentedAttribute[Any]
Condition = ColumnElement[bool]
Query = Select[*tuple[Any, ...]]
ALWAYS = true()


class Kind(StrEnum):
    """How a filter's value is given. SCALAR: text, number or boolean, as text; MOMENT: aware; CONDITIONS: on variables
    (see `variable_filters`)."""

    TEXT = "text"
    TEXTS = "texts"
    SCALAR = "scalar"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True)
class Filter:
    kind: Kind
    condition: Callable[[Any], Condition]


@dataclass(frozen=True, slots=True)
class Listing:
    """What can be asked of a list.

    unsupported: filters of the dialect that this service has no data for; asking for one is an error. order: the keys
    by name. last: unique columns that make every order stable.
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
    """One page of what passes, in a stable order."""
    asked = [_directed(listing.order[key], descending) for key, descending in wanted.order]
    query = narrowed(query, listing, wanted).order_by(*asked, *listing.last)
    return query.offset(wanted.first).limit(wanted.limit)


def _directed(column: Column, descending: bool) -> ColumnElement[Any]:
    return column.desc().nulls_last() if descending else column.asc().nulls_last()


def total(session: Session, query: Query, listing: Listing, wanted: Wanted) -> int:
    """How many rows pass."""
    inner = narrowed(query, listing, wanted).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


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


def _at(instance: Column, token: Column, text: str) -> Condition:
    found = token_of(text)
    return false() if found is None else and_(instance == found[0], token == found[1])


def before(column: Column) -> Filter:
    return Filter(Kind.MOMENT, lambda moment: column <= moment)


def after(column: Column) -> Filter:
    return Filter(Kind.MOMENT, lambda moment: column >= moment)


def when(condition: Condition) -> Filter:
    """A flag of the dialect: it asks for something when true, and for nothing when false."""
    return Filter(Kind.FLAG, lambda wanted: condition if wanted else true())


def variables(kept: Column) -> Filter:
    """Conditions on variables that are kept as a JSON object."""
    return Filter(Kind.CONDITIONS, lambda given: and_(true(), *(holds(kept, condition) for condition in given)))


def at(column: Column) -> Filter:
    return Filter(Kind.MOMENT, lambda moment: column == moment)
