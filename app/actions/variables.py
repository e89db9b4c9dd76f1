"""Write the variables of a process, typed, and let its open tasks be found by them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import cast, func, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.actions.opening import searchable
from app.domain import values
from app.domain.values import Variable
from app.store.tables import Instance, Task


def write_variables(
    instance: Instance, modifications: Mapping[str, Variable], deletions: Sequence[str] = ()
) -> dict[str, Any]:
    """Write process variables without moving the instance; gives [old, new] for each, as kept (None: not there)."""
    before = instance.variables
    kept, marks = dict(before), dict(instance.types or {})
    for name in deletions:
        kept.pop(name, None)
        marks.pop(name, None)
    for name, variable in modifications.items():
        kept[name], mark = values.keep(variable)
        marks.pop(name, None)
        if mark is not None:
            marks[name] = mark
    instance.variables, instance.types = kept, marks or None
    return {name: [before.get(name), kept.get(name)] for name in (*modifications, *deletions)}


def write_changed(
    instance: Instance, after: Mapping[str, Any], changed: Collection[str], typed: Mapping[str, Variable]
) -> None:
    """Keep what a step has written; a type that a client gave stays as long as the value does."""
    written = {}
    for name in changed:
        given = typed.get(name)
        if given is None or given.value != after[name]:
            given = Variable(after[name], values.infer(after[name]))
        if not given.transient:
            written[name] = given
    if written:
        write_variables(instance, written)


def refresh_searchable(session: Session, instance: Instance, tokens: list[int] | None = None) -> None:
    """Let the open tasks of an instance be found by its present variables."""
    of_process = func.jsonb_build_object("process", cast(searchable(instance.variables), JSONB))
    statement = update(Task).where(Task.instance_id == instance.id, Task.ended_at.is_(None))
    if tokens is not None:
        statement = statement.where(Task.token.in_(tokens))
    session.execute(
        statement.values(searchable=Task.searchable.concat(of_process)).execution_options(synchronize_session=False)
    )
