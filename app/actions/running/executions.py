"""Executions of the REST dialect: the process itself, by the id of the instance, and its tokens, by `instance:token`."""

from sqlalchemy.orm import Session

from app.actions.documents import files
from app.actions.running.instances import running_for
from app.actions.running.variables import seen_from
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store.listing import token_of, uuid_of
from app.store.tables import Instance


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


def _found(session: Session, actor: Actor, execution_id: str) -> tuple[Instance, int | None]:
    instance_id, token = token_of(execution_id) or (uuid_of(execution_id), None)
    if instance_id is None:
        raise NotFound(f"execution with id {execution_id} does not exist")
    return running_for(session, actor, instance_id), token
