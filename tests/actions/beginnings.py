"""Processes that begin by themselves or wait for each other, and what lies in the queue for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.running import delivery, instances, starting
from app.domain.models.values import Variable, infer
from app.domain.people.access import Actor
from app.store.tables import Definition, Instance, StartEvent, Task
from tests.features.feature_models import catch, end, file, message, node, path, start, throw, user
from tests.jobs.due import run_due

ADMIN = Actor("admin", True, frozenset())
TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"
CALL = '<extensionElements><camunda:in source="amount" target="paid"/></extensionElements>'


def process(key: str, *content: str) -> bytes:
    return file(*content).replace(b'<process id="p"', f'<process id="{key}"'.encode())


def begun_by(key: str, *definitions: str, step: str = "") -> bytes:
    """Start events, one a definition, each to the same user task `work`, or to a step with the id `work`."""
    starts = [node("startEvent", f"s{number}", given) for number, given in enumerate(definitions)]
    flows = [path(f"s{number}", "work") for number in range(len(definitions))]
    return process(key, *starts, step or user("work"), end(), *flows, path("work", "end"))


def waiting(key: str, definition: str) -> bytes:
    """First a user task `before`, then an event `wait`, then a user task `after`."""
    return process(
        key, start(), user("before"), catch("wait", definition), user("after"), end(),
        path("start", "before", "wait", "after", "end"),
    )  # fmt: skip


def throwing(key: str, definition: str) -> bytes:
    return process(key, start(), throw("t", definition), user("work"), end(), path("start", "t", "work", "end"))


PAID = message("paid").replace("/>", f">{CALL}</messageEventDefinition>")
"""Thrown with the amount."""


def deploy(session: Session, now: datetime, tenant: str | None = TENANT, **models: bytes) -> list[Definition]:
    files = {f"{name}.bpmn": content for name, content in models.items()}
    made = deployments.deploy(session, ADMIN, files, now, tenant=tenant)
    session.flush()
    return list(made.definitions)


def begin(
    session: Session,
    now: datetime,
    key: str,
    business_key: str | None = None,
    tenant: str | None = TENANT,
    **given: Any,
) -> Instance:
    definition = instances.definition_by_key(session, ADMIN, key, tenant)
    typed = {name: Variable(value, infer(value)) for name, value in given.items()}
    begun = instances.start(session, ADMIN, definition, typed, now, business_key=business_key, tenant=tenant)
    session.flush()
    return begun


def queued(session: Session, task: str, argument: str) -> list[UUID]:
    """What lies in the queue for a task, by an argument; it is taken out."""
    rows = session.execute(
        text("DELETE FROM procrastinate_jobs WHERE task_name = :task RETURNING id, args->>:argument"),
        {"task": task, "argument": argument},
    )
    return [UUID(found) for _, found in sorted(tuple(row) for row in rows)]


def deliver(session: Session, now: datetime) -> int:
    """Deliver what lies in the queue, as the worker does; gives how many messages and signals that were."""
    done = 0
    while found := queued(session, "deliver_message", "message_id"):
        for message_id in found:
            delivery.deliver(session, message_id, now)
            session.flush()
            done += 1
    return done


def tick(session: Session, now: datetime) -> None:
    """Let every timer begin what is due by now."""
    for start_id in session.scalars(select(StartEvent.id).where(StartEvent.due_at <= now)).all():
        starting.begin_timed(session, start_id, now)
        session.flush()


def work(session: Session, now: datetime) -> None:
    """Run the jobs of all instances."""
    for instance_id in session.scalars(select(Instance.id).where(Instance.ended_at.is_(None))).all():
        run_due(session, instance_id, now)


def begun(session: Session, key: str) -> list[Instance]:
    query = select(Instance).where(Instance.definition_key == key).order_by(Instance.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def open_tasks(session: Session, instance: Instance) -> list[str]:
    query = select(Task.element).where(Task.instance_id == instance.id, Task.ended_at.is_(None))
    return sorted(session.scalars(query))


def timers(session: Session) -> list[tuple[str, datetime | None, int | None]]:
    """The timers that begin something: key, when next, how often."""
    rows = session.execute(
        select(StartEvent.key, StartEvent.due_at, StartEvent.left)
        .where(StartEvent.kind == "timer")
        .order_by(StartEvent.key)
    )
    return [(row.key, row.due_at, row.left) for row in rows]
