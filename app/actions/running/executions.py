"""Executions of the REST dialect: the process itself, by the id of the instance, and its tokens, by `instance:token`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.models.models import model_of
from app.actions.running import instances
from app.actions.running.instances import running_for
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain, seen_from
from app.actions.tasks.opening import searchable
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Invalid, NotFound
from app.store.listing import token_of, uuid_of
from app.store.tables import Instance, Task


def variables_of(session: Session, actor: Actor, execution_id: str) -> dict[str, Variable]:
    """The variables in the scope of an execution itself. Raises NotFound."""
    instance, token = _found(session, actor, execution_id)
    if token is not None:
        return seen_from(instance, token, local=True)
    marks = instance.types or {}
    return {name: values.recall(value, marks.get(name)) for name, value in instance.variables.items()}


def variable_of(session: Session, actor: Actor, execution_id: str, name: str) -> Variable:
    """One of them. Raises NotFound."""
    found = variables_of(session, actor, execution_id).get(name)
    if found is None:
        raise NotFound(f"execution variable with name {name} does not exist")
    return found


def content_of(session: Session, actor: Actor, execution_id: str, name: str) -> files.Content:
    """The bytes of one of them. Raises NotFound, Invalid when it has none."""
    variable = variable_of(session, actor, execution_id, name)
    return files.content(session, _found(session, actor, execution_id)[0].id, name, variable)


def execution(session: Session, actor: Actor, execution_id: str) -> Instance:
    """The instance of an execution, which stands there. Raises NotFound."""
    return _found(session, actor, execution_id)[0]


def modify(
    session: Session,
    actor: Actor,
    execution_id: str,
    modifications: Mapping[str, Variable],
    deletions: Sequence[str],
    now: datetime,
) -> None:
    """Set and remove variables in the scope of an execution itself. Raises NotFound, Forbidden, Conflict, Invalid."""
    instance, token = _found(session, actor, execution_id)
    if token is None:
        instances.modify_variables(session, actor, instance.id, modifications, deletions, now)
        return
    instance = instances.locked_for_mending(session, actor, instance.id)
    element = _places(session, instance).get(token)
    if element is None:
        raise _unknown(execution_id)
    act = Act(actor.user_id, now, "ModifyVariable", element=element)
    write_scope(session, instance, token, modifications, deletions, act)


def write_scope(
    session: Session,
    instance: Instance,
    token: int,
    written: Mapping[str, Variable],
    removed: Sequence[str],
    act: Act,
) -> None:
    """Set and remove variables in the scope of a token of an instance that is locked. act: without data. Raises Invalid."""
    if found := next((name for name, variable in written.items() if variable.type == "File"), None):
        raise Invalid(f"variable '{found}': files are kept among the variables of the process, not of a task")
    before = engine.local_variables(instance.state or b"", token)
    after = kept(written)
    data = {name: [values.jsonable(before.get(name)), after.get(name)] for name in (*written, *removed)}
    advance(session, Move(instance, engine.SetLocal(token, plain(written), tuple(removed)), replace(act, data=data)))
    here = select(Task).where(Task.instance_id == instance.id, Task.token == token, Task.ended_at.is_(None))
    for task in session.scalars(here):
        own = engine.local_variables(instance.state or b"", token)
        task.searchable = {"process": searchable(instance.variables), "task": searchable(values.jsonable(own))}


def _places(session: Session, instance: Instance) -> dict[int, str]:
    """The nodes at which an instance stands, by token."""
    tokens = engine.tokens(model_of(session, instance.definition_id).spec, instance.state or b"")
    return {token.id: token.node for token in tokens}


def _unknown(execution_id: str) -> NotFound:
    return NotFound(f"execution with id {execution_id} does not exist")


def _found(session: Session, actor: Actor, execution_id: str) -> tuple[Instance, int | None]:
    instance_id, token = token_of(execution_id) or (uuid_of(execution_id), None)
    if instance_id is None:
        raise _unknown(execution_id)
    instance = running_for(session, actor, instance_id)
    if token is None or token == engine.PROCESS:
        return instance, None
    if token not in _places(session, instance):
        raise _unknown(execution_id)
    return instance, token
