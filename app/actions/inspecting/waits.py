"""What an instance waits for beside people: moments, work of its own, messages, signals, conditions, programs outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.inspecting.subjects import Subject
from app.actions.terms.calendars import calendar_at
from app.actions.terms.explanations import recounted
from app.domain.in_words.term_expressions import term_in_words
from app.domain.models.model import Event, node_of
from app.domain.terms.calendar import Text
from app.domain.terms.term_properties import term_clause
from app.store.tables import EventSubscription, ExternalTask, Job, Message


@dataclass(frozen=True, slots=True)
class WaitingJob:
    """rule: what the model says of its moment; why: how that was counted, in lines, empty where no rule of ours has."""

    job: Job
    name: Text
    rule: str | None
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    subscription: EventSubscription
    element: Text


@dataclass(frozen=True, slots=True)
class WaitingCondition:
    """held: whether it was true when it was last looked at; only once it was not can it come true."""

    element: Text
    token: int
    condition: str
    language: str
    held: bool


@dataclass(frozen=True, slots=True)
class WaitingWorker:
    task: ExternalTask
    name: Text


@dataclass(frozen=True, slots=True)
class Waits:
    """thrown: messages of the instance that nobody has got yet."""

    jobs: list[WaitingJob]
    events: list[WaitingEvent]
    conditions: list[WaitingCondition]
    workers: list[WaitingWorker]
    thrown: list[Message]

    @property
    def longest(self) -> int:
        kinds: tuple[Sequence[object], ...] = (self.jobs, self.events, self.conditions, self.workers, self.thrown)
        return max(map(len, kinds))


def waits(session: Session, seen: Subject, lang: str, first: int, limit: int) -> Waits:
    """All of it, of each kind so many from the first on. lang: of the explanations."""

    def rows(table: Any, *order: Any) -> Sequence[Any]:
        found = select(table).where(table.instance_id == seen.instance.id).order_by(*order)
        return session.scalars(found.offset(first).limit(limit)).all()

    thrown = select(Message).where(Message.thrown_by == seen.instance.id).order_by(Message.created_at, Message.id)
    return Waits(
        jobs=[_job(session, seen, one, lang) for one in rows(Job, Job.due_at, Job.id)],
        events=[
            WaitingEvent(one, seen.element(one.key))
            for one in rows(EventSubscription, EventSubscription.created_at, EventSubscription.id)
        ],
        conditions=_conditions(seen)[first : first + limit],
        workers=[
            WaitingWorker(one, seen.element(one.element))
            for one in rows(ExternalTask, ExternalTask.created_at, ExternalTask.id)
        ],
        thrown=list(session.scalars(thrown.offset(first).limit(limit))),
    )


def _job(session: Session, seen: Subject, job: Job, lang: str) -> WaitingJob:
    event = _event(seen, job.key)
    timer = event.timer if event is not None and job.kind == "timer" else None
    rule = None if timer is None else term_in_words(timer, lang) or timer
    why: list[str] = []
    if job.due_rule is not None:
        node = seen.model.process.nodes.get(node_of(job.key))
        clause = None if node is None else term_clause(node.properties)
        calendar = calendar_at(session, job.tenant_id, job.due_rule[3])
        why = recounted(calendar, job.due_rule, clause).explanation.lines(lang)
    return WaitingJob(job, seen.element(job.key), rule, why)


def _event(seen: Subject, key: str) -> Event | None:
    node = seen.model.process.nodes.get(node_of(key))
    return None if node is None else dict(node.events()).get(key)


def _conditions(seen: Subject) -> list[WaitingCondition]:
    if seen.instance.state is None:
        return []
    found = [(one, _event(seen, one[1])) for one in engine.conditions(seen.instance.state)]
    return [
        WaitingCondition(seen.element(key), token, event.condition or "", event.language.value, held)
        for (token, key, held), event in found
        if event is not None
    ]
