"""A worker outside fetches external tasks by their topics, and has them alone until his locks end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models.models import models_of
from app.actions.running.variables import seen_from
from app.actions.workers.working import require_worker
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.store.external_tasks import fetchable, workable
from app.store.session import planned_by_values
from app.store.tables import Definition, ExternalTask, Instance

CONTESTED = timedelta(milliseconds=500)
"""After which a task is looked for again that somebody else had in his hands: if he leaves it, nobody is told."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a worker wants of a topic.

    lock: for how long a task is his. variables: those that he wants to see, None: all; local: only those of the task's
    own scope. filters: of `store.external_tasks.OF_TOPIC`, by name.
    """

    lock: timedelta
    variables: frozenset[str] | None = None
    local: bool = False
    with_properties: bool = False
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker asks for. topics: by name. Those of equal priority come oldest first, or newest."""

    worker: str
    most: int
    topics: Mapping[str, Topic]
    by_priority: bool = False
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A task with what its worker wanted to see; properties: those of the model's element."""

    task: ExternalTask
    version_tag: str | None
    variables: Mapping[str, Variable]
    properties: Mapping[str, str]


def fetch(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> list[Fetched]:
    """Lock free tasks for a worker; those that another is about to lock are left to him.

    Raises Forbidden.
    """
    require_worker(actor)
    if not wanted.topics:
        return []
    by_priority, newest_first = wanted.by_priority, wanted.newest_first
    query = fetchable(_filters(wanted), wanted.most, now, by_priority=by_priority, newest_first=newest_first)
    tasks = session.scalars(planned_by_values(query)).all()
    for task in tasks:
        task.worker_id, task.locked_until = wanted.worker, now + wanted.topics[task.topic].lock
    return _shown(session, tasks, wanted) if tasks else []


def next_free(session: Session, wanted: Wanted, now: datetime) -> timedelta | None:
    """After which time the worker, who has found nothing, may find something: the first lock ends on a task that he could
    have then, or who was about to lock one perhaps did not. None: there is no such task."""
    query = select(func.min(func.coalesce(ExternalTask.locked_until, now))).where(*_workable(wanted))
    moment = session.scalar(planned_by_values(query)) if wanted.topics else None
    if moment is None:
        return None
    return moment - now if moment > now else CONTESTED


def _workable(wanted: Wanted) -> tuple[Any, ...]:
    return workable(_filters(wanted))


def _filters(wanted: Wanted) -> dict[str, Mapping[str, Any]]:
    return {name: topic.filters for name, topic in wanted.topics.items()}


def _shown(session: Session, tasks: Sequence[ExternalTask], wanted: Wanted) -> list[Fetched]:
    query = select(Instance).where(Instance.id.in_({task.instance_id for task in tasks}))
    instances = {instance.id: instance for instance in session.scalars(query)}
    definitions = {task.definition_id for task in tasks}
    tags = dict(
        session.execute(select(Definition.id, Definition.version_tag).where(Definition.id.in_(definitions))).all()
    )
    models = models_of(session, definitions)
    fetched = []
    for task in tasks:
        topic = wanted.topics[task.topic]
        seen = seen_from(instances[task.instance_id], task.token, local=topic.local)
        fetched.append(
            Fetched(
                task,
                tags[task.definition_id],
                {name: one for name, one in seen.items() if topic.variables is None or name in topic.variables},
                models[task.definition_id].node(task.element).properties if topic.with_properties else {},
            )
        )
    return fetched
