"""Variables as a task sees them, and written from a task."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.models.models import model_of
from app.actions.running.executions import write_scope
from app.actions.running.moves import Act
from app.actions.running.variables import seen_from
from app.actions.tasks.tasks import (
    locked,
    require_free_variables,
    require_worker,
    task_for,
    write_process_variables,
)
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store.tables import Instance, Task


def variables_of(session: Session, actor: Actor, task_id: UUID, *, local: bool) -> dict[str, Variable]:
    """The variables that an open task sees, or (local) those of the task alone. Raises NotFound."""
    task = task_for(session, actor, task_id)
    return seen_from(session.get_one(Instance, task.instance_id), task.token, local=local)


def variables_of_many(session: Session, tasks: Sequence[Task], *, local: bool) -> dict[UUID, dict[str, Variable]]:
    """Those of open tasks that the actor may see, by the ids of the tasks."""
    instances = session.scalars(select(Instance).where(Instance.id.in_({task.instance_id for task in tasks})))
    by_id = {one.id: one for one in instances}
    return {task.id: seen_from(by_id[task.instance_id], task.token, local=local) for task in tasks}


def variable_of(session: Session, actor: Actor, task_id: UUID, name: str, *, local: bool) -> Variable:
    """One of them. Raises NotFound."""
    found = variables_of(session, actor, task_id, local=local).get(name)
    if found is None:
        raise NotFound(f"task variable with name {name} does not exist")
    return found


def content_of(session: Session, actor: Actor, task_id: UUID, name: str, *, local: bool) -> files.Content:
    """The bytes of one of them. Raises NotFound, Invalid when it has none."""
    variable = variable_of(session, actor, task_id, name, local=local)
    return files.content(session, task_for(session, actor, task_id).instance_id, name, variable)


def modify(
    session: Session,
    actor: Actor,
    task_id: UUID,
    modifications: Mapping[str, Variable],
    deletions: Sequence[str],
    now: datetime,
    *,
    local: bool,
) -> None:
    """Set and remove variables from a task without moving the instance.

    local: in the task's own scope; otherwise each where it already is, nearest scope first, else in the process.
    Raises NotFound, Conflict, Forbidden, Invalid.
    """
    task, instance = locked(session, actor, task_id)
    require_worker(actor, task)
    if not local:
        require_free_variables(session, actor, task)
    places = _places(session, task, instance, [*modifications, *deletions], local)
    by_place: dict[int, tuple[dict[str, Variable], list[str]]] = defaultdict(lambda: ({}, []))
    for name, variable in modifications.items():
        by_place[places[name]][0][name] = variable
    for name in deletions:
        by_place[places[name]][1].append(name)
    for place, (written, removed) in by_place.items():
        if place == engine.PROCESS:
            write_process_variables(session, actor, task, instance, written, tuple(removed), now)
        else:
            act = Act(actor.user_id, now, "ModifyVariable", task_id=task.id, element=task.element)
            write_scope(session, instance, place, written, removed, act)


def _places(session: Session, task: Task, instance: Instance, names: Sequence[str], local: bool) -> dict[str, int]:
    """The token in whose scope each variable is to be written; PROCESS for the process."""
    if local:
        return dict.fromkeys(names, task.token)
    state = instance.state or b""
    parents = {token.id: token.parent for token in engine.tokens(model_of(session, task.definition_id).spec, state)}
    places = dict.fromkeys(names, engine.PROCESS)
    chain, token = [], task.token
    while token != engine.PROCESS:
        chain.append(token)
        token = parents[token]
    for place in reversed(chain):
        places |= dict.fromkeys(engine.local_variables(state, place).keys() & places.keys(), place)
    return places
