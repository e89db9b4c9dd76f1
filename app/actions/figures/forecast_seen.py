"""What an organisation has seen by a moment: how long its steps took, and which ways its cases went."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from app.actions.figures.forecast_courses import Courses
from app.domain.figures.outcomes import DONE
from app.domain.figures.seen import Seen, Step
from app.domain.figures.ways import CHOOSING, Course
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.time_left import working_time
from app.store.tables import CaseFigure, History, Instance, Task

LOOKS_BACK = timedelta(days=365)
MOST = 50_000
"""Of steps, and of other records: the newest are looked at."""
RETURN = "Return"
"""The operation by which a called process gives back: how long it took is known from its steps."""
SHORTEST = 1000
"""Milliseconds below which nobody has waited."""


@dataclass(frozen=True, slots=True)
class Known:
    """durations: of the organisation; follows: by service. finished: how many cases of each service were done."""

    durations: Mapping[Step, Sequence[float]]
    follows: Mapping[str, Mapping[Step, Counter[str]]]
    finished: Mapping[str, int]

    def seen(self, service: str, rng: Random) -> Seen:
        """What lots about a case of the service are drawn from."""
        return Seen(self.durations, self.follows.get(service, {}), rng)


def known_by(session: Session, tenant: str | None, at: datetime, courses: Courses, calendar: WorkCalendar) -> Known:
    """What had happened by the moment, nothing that came after it."""
    durations: dict[Step, list[float]] = defaultdict(list)
    left: dict[UUID, list[tuple[datetime, int, Any]]] = defaultdict(list)
    of: dict[UUID, tuple[str, str]] = {}
    for row in session.execute(_steps(tenant, at)):
        of[row.instance_id] = (row.root_key, row.key)
        left[row.instance_id].append((row.ended_at, row.token, row.activities or ()))
        if row.end_reason == "completed" and row.worked is not None:
            durations[row.key, row.element].append(_worked(row, calendar))
    for row in session.execute(_records(tenant, at)):
        of[row.instance_id] = (row.root_key, row.key)
        left[row.instance_id].append((row.at, row.id, row.activities))
        if row.operation != RETURN:
            for node, took in _waited(row.activities):
                durations[row.key, node].append(_seconds(calendar, row.at - timedelta(milliseconds=took), row.at))
    courses.prepare(courses.newest[key] for _, key in set(of.values()) if key in courses.newest)
    return Known(
        {step: sorted(values) for step, values in durations.items()},
        _ways(left, of, courses),
        _finished(session, tenant, at),
    )


def _steps(tenant: str | None, at: datetime) -> Any:
    root = aliased(Instance)
    return (
        select(Task.instance_id, Task.token, Task.element, Task.created_at, Task.ended_at, Task.end_reason, Task.worked)
        .add_columns(Task.activities, Instance.definition_key.label("key"), Instance.clock)
        .add_columns(root.definition_key.label("root_key"))
        .join(Instance, Instance.id == Task.instance_id)
        .join(root, root.id == Instance.root_id)
        .where(Task.tenant_id.is_not_distinct_from(tenant), Task.ended_at <= at, Task.ended_at > at - LOOKS_BACK)
        .order_by(Task.ended_at.desc())
        .limit(MOST)
    )


def _records(tenant: str | None, at: datetime) -> Any:
    root = aliased(Instance)
    return (
        select(History.instance_id, History.id, History.at, History.operation, History.activities)
        .add_columns(Instance.definition_key.label("key"), root.definition_key.label("root_key"))
        .join(Instance, Instance.id == History.instance_id)
        .join(root, root.id == Instance.root_id)
        .where(Instance.tenant_id.is_not_distinct_from(tenant), History.at <= at, History.at > at - LOOKS_BACK)
        .where(func.json_typeof(History.activities) == "array")
        .order_by(History.at.desc())
        .limit(MOST)
    )


def _finished(session: Session, tenant: str | None, at: datetime) -> Mapping[str, int]:
    rows = session.execute(
        select(CaseFigure.service, func.count().label("n"))
        .where(CaseFigure.tenant_id.is_not_distinct_from(tenant), CaseFigure.ended_at <= at)
        .where(CaseFigure.outcome.in_(DONE))
        .group_by(CaseFigure.service)
    )
    return {row.service: row.n for row in rows}


def _worked(row: Row[Any], calendar: WorkCalendar) -> float:
    """Without what the clock of the case stood still."""
    stood = without_pauses(calendar, Clock.recalled(row.clock), row.created_at, row.ended_at) if row.clock else 0.0
    return max(float(row.worked) - stood, 0.0)


def without_pauses(calendar: WorkCalendar, clock: Clock, start: datetime, end: datetime) -> float:
    """How much of the working time between two moments the clock stood still, in seconds."""
    stops = ((max(one.start, start), min(one.end or end, end)) for one in clock.pauses)
    return sum(_seconds(calendar, begun, over) for begun, over in stops if begun < over)


def _seconds(calendar: WorkCalendar, start: datetime, end: datetime) -> float:
    return working_time(calendar, start, end).total_seconds()


def _waited(activities: Iterable[Any]) -> Iterable[tuple[str, int]]:
    return ((one[0], one[2]) for one in activities if len(one) > 2 and one[2] and one[2] >= SHORTEST)


def _ways(
    left: Mapping[UUID, list[tuple[datetime, int, Any]]], of: Mapping[UUID, tuple[str, str]], courses: Courses
) -> Mapping[str, Mapping[Step, Counter[str]]]:
    found: dict[str, dict[Step, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for instance, records in left.items():
        service, key = of[instance]
        course = courses.called(key)
        if course is not None:
            passed = [one for _, _, activities in sorted(records, key=lambda one: one[:2]) for one in activities]
            _count(course, passed, found[service])
    return {service: dict(counts) for service, counts in found.items()}


def _count(course: Course, passed: Sequence[Any], counts: dict[Step, Counter[str]]) -> None:
    """After each gateway the next of its targets that was passed, after each activity the event of its border or itself."""
    key, nodes = course.process.id, course.process.nodes
    pending: list[tuple[str, Sequence[str]]] = []
    for node_id, *facts in passed:
        node = nodes.get(node_id)
        if node is None:
            continue
        came = [one for one in pending if node_id in one[1]]
        for one in came:
            counts[key, one[0]][node_id] += 1
            pending.remove(one)
        if node.attached_to is not None:
            counts[key, node.attached_to][node_id] += 1
        cancelled = len(facts) > 3 and facts[3]
        if node_id in course.borders and not cancelled:
            counts[key, node_id][node_id] += 1
        following = course.following[node_id]
        if node.kind in CHOOSING and len(following) > 1:
            pending.append((node_id, following))
