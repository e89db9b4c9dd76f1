"""What administrators ask of instances, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.store.variable_filters import Condition


class State(StrEnum):
    """Running: not ended, suspended ones among them. Stuck: running, and something of it does not go on by itself."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    STUCK = "stuck"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Order(StrEnum):
    """By which the list is sorted. Ended: only what has ended; due: only what has an open task with a term."""

    STARTED = "started"
    ENDED = "ended"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment, included, until another, not included."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """words: folded, all of which a case has: of its numbers, applicant, business key. variables: of the alternatives one,
    with all its conditions, holds. definitions: the versions, None: any. step: an element at which the instance itself
    stands; with `overdue` and `incident` it is there that it is late, or in trouble; calls: the process that is called there.
    passed: an element that it has left. called: processes that others have called, too."""

    words: tuple[str, ...] = ()
    id: UUID | None = None
    business_key: str = ""
    variables: tuple[tuple[Condition, ...], ...] = ()
    service: str = ""
    definitions: tuple[str, ...] | None = None
    organisation: str = ""
    state: State | None = None
    incident: bool = False
    overdue: bool = False
    step: str = ""
    calls: str = ""
    passed: str = ""
    called: bool = False
    started: Span = field(default_factory=Span)
    ended: Span = field(default_factory=Span)
    order: Order = Order.STARTED
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """The instance at which a page ends; the next begins after it."""

    at: datetime
    id: UUID
