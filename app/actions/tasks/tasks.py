"""A task: who sees and works it, who has it, and what is written of its changes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import log
from app.actions.cases.finding import admit_worker
from app.actions.documents import files
from app.actions.figures import keeping
from app.actions.models.models import model_of
from app.actions.people.people import actor_of
from app.actions.running.moves import Act, record
from app.actions.running.variables import refresh_searchable, write_variables
from app.actions.tasks.four_eyes import is_personal, kept_out, require_one_voice, require_other_hands
from app.domain import refusals
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.models.work import UserTask
from app.domain.people.access import Actor, rights_to_task
from app.domain.people.personal import PERSONAL
from app.domain.people.team import leads_work
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import History, Instance, Task, User

UNHOLD = "Unhold"
"""The operation of history by which a task leaves hold before its day."""


def held_until(task: Task, now: datetime) -> datetime | None:
    """When a task that is on hold leaves it; None: it is not on hold."""
    return task.follow_up_at if task.follow_up_at is not None and task.follow_up_at > now else None


def sees(actor: Actor, task: Task) -> bool:
    return bool(_rights(actor, task))


def _rights(actor: Actor, task: Task) -> list[str]:
    """In whose right the actor sees a task."""
    return rights_to_task(
        actor,
        tenant=task.tenant_id,
        assignee=task.assignee,
        candidate_groups=task.candidate_groups,
        candidate_users=task.candidate_users,
        owner=task.owner,
    )


def task_for(session: Session, actor: Actor, task_id: UUID) -> Task:
    """An open task that the actor may see. Raises NotFound: what is not for the actor's eyes is not there."""
    task = session.get(Task, task_id)
    if task is None or task.ended_at is not None or not sees(actor, task):
        raise NotFound(f"No matching task with id {task_id}")
    log.note(instance=str(task.instance_id))
    return task


def gives(actor: Actor, task: Task) -> bool:
    """Whether a task may be the actor's to give to another: he sees it, or leads the work of its organisation."""
    return sees(actor, task) or leads_work(actor, task.tenant_id)


def locked(
    session: Session, actor: Actor, task_id: UUID, may: Callable[[Actor, Task], bool] = sees
) -> tuple[Task, Instance]:
    """A task to be changed, with its instance locked. Raises NotFound, also if the actor may not, Conflict when it is
    no longer open."""
    found = queries.locked_task(session, task_id)
    if found is None or not may(actor, found[0]):
        raise refusals.of(NotFound, refusals.TASK_UNKNOWN, task=task_id)
    task = found[0]
    if task.ended_at is not None and task.end_reason == "completed":
        raise refusals.of(Conflict, refusals.TASK_COMPLETED, {"state": "completed"}, task=task_id)
    if task.ended_at is not None:
        raise refusals.of(Conflict, refusals.TASK_CANCELLED, {"state": "cancelled"}, task=task_id)
    if task.suspended:
        raise refusals.of(Conflict, refusals.TASK_SUSPENDED, {"state": "suspended"}, task=task_id)
    return found


def require_free_variables(session: Session, actor: Actor, task: Task) -> None:
    """The data of a case come in through the forms: beside them only an administrator writes. Raises Forbidden."""
    if not actor.administrator and user_task(session, task).form_ref is not None:
        raise Forbidden(f"task '{task.id}' has a form: the data of the case are given by completing it")


def user_task(session: Session, task: Task) -> UserTask:
    """What the model says of the task."""
    node = model_of(session, task.definition_id).node(task.element)
    assert node.user_task is not None
    return node.user_task


def works(actor: Actor, task: Task) -> bool:
    """Whether a task is assigned to a person, or to somebody for whom he acts."""
    return task.assignee in actor.people_in(task.tenant_id)


def require_worker(actor: Actor, task: Task) -> None:
    """Only the assignee works a task, or his deputy, or an administrator. Raises Forbidden."""
    if actor.administrator or works(actor, task):
        return
    if task.assignee is None:
        raise refusals.of(Forbidden, refusals.NOT_CLAIMED, task=task.id)
    raise refusals.of(Forbidden, refusals.ANOTHERS_TASK, task=task.id)


def on_behalf_of(actor: Actor, task: Task) -> str | None:
    """For whom a deputy acts who does something with a task as it is now."""
    if works(actor, task):
        return None if task.assignee == actor.user_id else task.assignee
    rights = _rights(actor, task)
    return None if not rights or rights[0] == actor.user_id else rights[0]


def _note(
    task: Task, actor: Actor, now: datetime, operation: str, data: dict[str, Any] | None, on_behalf_of: str | None
) -> History:
    """A row of history about a task, to be added."""
    act = Act(actor.user_id, now, operation, task_id=task.id, data=data, on_behalf_of=on_behalf_of)
    return record(task.instance_id, act)


def change(
    session: Session, task: Task, actor: Actor, now: datetime, operation: str, *, reason: str = "", **changes: Any
) -> None:
    """Write changed attributes of a task, with a line in history that holds the old and the new values, and the reason.

    A hold is of who put the task aside: it ends, with a line of its own, when he has the task no longer.
    """
    old = {name: getattr(task, name) for name in changes if getattr(task, name) != changes[name]}
    if not old:
        return
    if operation != "Claim":
        _require_movable(session, task, actor, {name: changes[name] for name in old})
    absent = on_behalf_of(actor, task)
    for name in old:
        setattr(task, name, changes[name])
    task.updated_at = now
    if not old.keys().isdisjoint(("assignee", "owner")):
        admit_worker(session, task)
    data = {name: [values.jsonable(value), values.jsonable(changes[name])] for name, value in old.items()}
    session.add(_note(task, actor, now, operation, data | ({"reason": reason} if reason else {}), absent))
    if old.get("assignee") is not None and "follow_up_at" not in old and held_until(task, now) is not None:
        hold = {"follow_up_at": [values.jsonable(task.follow_up_at), None]}
        session.add(_note(task, actor, now, UNHOLD, hold, absent))
        task.follow_up_at = None


def _require_movable(session: Session, task: Task, actor: Actor, changes: Mapping[str, Any]) -> None:
    """A personal step stays with its person, unless a leader gives it to another. Raises Forbidden."""
    if actor.administrator or changes.keys().isdisjoint(("assignee", "owner")) or not is_personal(session, task):
        return
    if changes.get("owner") or not changes.get("assignee") or not leads_work(actor, task.tenant_id):
        raise refusals.of(Forbidden, PERSONAL)


def claim(session: Session, actor: Actor, task_id: UUID, user_id: str | None, now: datetime) -> None:
    """Take a task, for oneself or (an administrator) for another who may work it.

    What a deputy may take only in the right of the absent he takes for him: it is the absent's when he is back.
    Raises NotFound, Conflict if somebody else has it, Forbidden, Invalid.
    """
    task, instance = locked(session, actor, task_id)
    if not user_id or user_id == actor.user_id:
        user_id = task.assignee if works(actor, task) else _claimant(session, actor, task, instance)
    assert user_id is not None
    acting = user_id in actor.people_in(task.tenant_id)
    if not acting and not actor.administrator:
        raise refusals.of(Forbidden, refusals.CLAIM_FOR_ANOTHER)
    if task.assignee not in (None, user_id):
        raise refusals.of(Conflict, refusals.CLAIMED_BY_ANOTHER, {"assignee": task.assignee}, task=task_id)
    if acting:
        require_other_hands(session, task, instance, {actor.user_id})
        require_one_voice(session, task, actor.user_id)
    if user_id != actor.user_id:
        require_user(session, user_id)
        require_candidate(session, task, user_id)
    if task.assignee is None and user_id == actor.user_id:
        task.assignee, task.updated_at = user_id, now
        admit_worker(session, task)
        session.add(_note(task, actor, now, "Claim", None, None))
    else:
        change(session, task, actor, now, "Claim", assignee=user_id)


def _claimant(session: Session, actor: Actor, task: Task, instance: Instance) -> str:
    """For whom a task is taken: for the actor if he may, else for the first in whose right he may."""
    rights = _rights(actor, task)
    if rights[0] == actor.user_id or len(rights) == 1:
        return rights[0]
    others = kept_out(session, task, instance)
    return next((person for person in rights if person not in others), rights[0])


def unclaim(session: Session, actor: Actor, task_id: UUID, now: datetime) -> None:
    """Give a task back to its group; that it was delegated is over. Raises NotFound, Conflict if there is none, Forbidden."""
    task, _ = locked(session, actor, task_id)
    if task.assignee is not None:
        require_worker(actor, task)
    require_candidates(task)
    change(session, task, actor, now, "Assign", assignee=None, **_undelegated(task))


def assign(
    session: Session,
    actor: Actor,
    task_id: UUID,
    user_id: str | None,
    now: datetime,
    *,
    person: Actor | None = None,
    reason: str = "",
) -> None:
    """Give a task to a person who may work it. An assignee does so, who leads the work of the organisation, or anyone
    while nobody has it. That it was delegated is over: it is his who gets it.

    person: he himself, where he has been read already. Raises NotFound, Conflict, Forbidden, Invalid.
    """
    task, _ = locked(session, actor, task_id, gives)
    if task.assignee is not None and not leads_work(actor, task.tenant_id):
        require_worker(actor, task)
    if user_id is None:
        require_candidates(task)
    else:
        require_user(session, user_id)
        require_candidate(session, task, user_id, person)
    change(session, task, actor, now, "Assign", reason=reason, assignee=user_id, **_undelegated(task))


def _undelegated(task: Task) -> dict[str, Any]:
    return {} if task.delegation is None else {"owner": None, "delegation": None}


def write_process_variables(
    session: Session,
    actor: Actor,
    task: Task,
    instance: Instance,
    variables: Mapping[str, Variable],
    deletions: tuple[str, ...],
    now: datetime,
) -> None:
    """Set and remove process variables from a task, without moving the instance."""
    if variables or deletions:
        changes = write_variables(instance, files.take(session, instance.id, variables), deletions)
        refresh_searchable(session, instance)
        keeping.follow(session, instance, changes)
        session.add(_note(task, actor, now, "ModifyVariable", changes, on_behalf_of(actor, task)))


def require_user(session: Session, user_id: str) -> None:
    """Raises Invalid when there is no such user."""
    if session.get(User, user_id) is None:
        raise refusals.of(Invalid, refusals.USER_UNKNOWN, user=user_id)


def require_candidates(task: Task) -> None:
    """Raises Conflict for a task that nobody could claim once it is given up."""
    if not (task.candidate_groups or task.candidate_users):
        raise refusals.of(Conflict, refusals.FOR_ONE_ALONE, task=task.id)


def require_candidate(session: Session, task: Task, user_id: str, person: Actor | None = None) -> None:
    """A task leaves its organisation and its role for nobody, nor for who may not work it. Raises Forbidden."""
    if not sees(person or actor_of(session, user_id), task):
        raise refusals.of(Forbidden, refusals.NOT_A_MEMBER, user=user_id, task=task.id)
    require_other_hands(session, task, session.get_one(Instance, task.instance_id), {user_id})
    require_one_voice(session, task, user_id)
