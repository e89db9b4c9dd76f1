"""Process instances suspended and activated, with all that waits in them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from app.actions.running import buffered, jobs, starting
from app.actions.running.instances import locked_for_mending
from app.actions.running.moves import Act, record
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.refusals import mending_refusals
from app.errors import Forbidden
from app.store import queries
from app.store.tables import Definition, ExternalTask, Instance, Task

OPERATION = {True: "Suspend", False: "Activate"}


def suspend(
    session: Session,
    actor: Actor,
    instance_id: UUID,
    suspended: bool,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Suspend or activate an instance with its tasks. Raises NotFound, Forbidden, Conflict. annotation: why, for history."""
    instance = locked_for_mending(session, actor, instance_id)
    instance.suspended = suspended
    act = Act(actor.user_id, now, OPERATION[suspended], annotation=annotation)
    _follow_suspension(session, [instance.id], suspended, act)


def suspend_definitions(
    session: Session,
    actor: Actor,
    definition_ids: Sequence[str],
    suspended: bool,
    now: datetime,
    *,
    with_instances: bool,
    annotation: str | None = None,
) -> None:
    """Suspend definitions, which then start nothing, or activate them; with their running instances if asked for.

    Raises Forbidden. annotation: why it is done, for the history of the instances.
    """
    if not actor.administrator:
        raise refusals.of(Forbidden, mending_refusals.ONLY_ADMINISTRATORS)
    session.execute(update(Definition).where(Definition.id.in_(definition_ids)).values(suspended=suspended))
    if not suspended:
        starting.activate(session, definition_ids, now)
        buffered.offer_again(session, definition_ids=definition_ids)
    if with_instances:
        which = Instance.definition_id.in_(definition_ids)
        suspend_all(session, actor, which, suspended, now, annotation=annotation)


def suspend_all(
    session: Session,
    actor: Actor,
    which: ColumnElement[bool],
    suspended: bool,
    now: datetime,
    *,
    annotation: str | None = None,
) -> Sequence[UUID]:
    """Suspend or activate the running instances for which this holds, with their tasks; gives
    the ids of those that were not so yet. Raises Forbidden. annotation: why it is done, for history."""
    if not actor.administrator:
        raise refusals.of(Forbidden, mending_refusals.ONLY_ADMINISTRATORS)
    running = (which, Instance.ended_at.is_(None))
    queries.lock_trees(session, *running)
    changed = update(Instance).where(*running, Instance.suspended.is_(not suspended)).values(suspended=suspended)
    ids = session.scalars(changed.returning(Instance.id)).all()
    if ids:
        _follow_suspension(
            session, ids, suspended, Act(actor.user_id, now, OPERATION[suspended], annotation=annotation)
        )
    return ids


def _follow_suspension(session: Session, ids: Sequence[UUID], suspended: bool, act: Act) -> None:
    """Tasks, jobs and external tasks go with their instances."""
    session.execute(update(Task).where(Task.instance_id.in_(ids), Task.ended_at.is_(None)).values(suspended=suspended))
    session.execute(update(ExternalTask).where(ExternalTask.instance_id.in_(ids)).values(suspended=suspended))
    jobs.suspend(session, ids, suspended, act.at)
    if not suspended:
        buffered.offer_again(session, ids)
    session.add_all(record(instance_id, act) for instance_id in ids)
