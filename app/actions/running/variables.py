"""Write the variables of a process, typed, and let its open tasks be found by them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import cast, func, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app import engine
from app.actions.cases.finding import note_words
from app.actions.tasks.opening import searchable
from app.actions.terms.explanations import inputs
from app.domain.models import values
from app.domain.models.values import Variable
from app.errors import Invalid
from app.store.tables import Instance, Task


def plain(variables: Mapping[str, Variable]) -> dict[str, Any]:
    """Their values, as a step takes them."""
    return {name: variable.value for name, variable in variables.items()}


def kept(variables: Mapping[str, Variable]) -> dict[str, Any]:
    """Their values, as history keeps them: without the transient ones."""
    return {name: values.keep(variable)[0] for name, variable in variables.items() if not variable.transient}


def seen_from(instance: Instance, token: int, *, local: bool) -> dict[str, Variable]:
    """The variables that a waiting token sees, or (local) those of its own scope alone."""
    state = instance.state or b""
    if local:
        return _inferred(engine.local_variables(state, token))
    marks = instance.types or {}
    of_process = {name: values.recall(value, marks.get(name)) for name, value in instance.variables.items()}
    return {**of_process, **_inferred(engine.visible_variables(state, token, {}))}


def _inferred(inner: Mapping[str, object]) -> dict[str, Variable]:
    return {name: Variable(value, values.infer(value)) for name, value in inner.items()}


def packed(variables: Mapping[str, Variable]) -> dict[str, Any]:
    """Variables as a row keeps them until they are handed on: [value, mark] by name."""
    return {name: list(values.keep(variable)) for name, variable in variables.items() if not variable.transient}


def unpacked(rows: Mapping[str, Any]) -> dict[str, Variable]:
    """What `packed` has kept."""
    return {name: _unpacked(value, mark) for name, (value, mark) in rows.items()}


def _unpacked(value: Any, mark: Any) -> Variable:
    return Variable(value, values.infer(value)) if mark is None else values.recall(value, mark)


def write_variables(
    instance: Instance, modifications: Mapping[str, Variable], deletions: Sequence[str] = ()
) -> dict[str, Any]:
    """Write process variables without moving the instance; gives [old, new] for each, as kept (None: not there).

    Transient ones end with the command that brings them: they are not written.
    """
    before = instance.variables
    after, marks = dict(before), dict(instance.types or {})
    for name in deletions:
        after.pop(name, None)
        marks.pop(name, None)
    written = {name: variable for name, variable in modifications.items() if not variable.transient}
    for name, variable in written.items():
        after[name], mark = values.keep(variable)
        marks.pop(name, None)
        if mark is not None:
            marks[name] = mark
    instance.variables, instance.types = after, marks or None
    note_words(instance)
    return {name: [before.get(name), after.get(name)] for name in (*written, *deletions)}


def write_changed(
    instance: Instance, after: Mapping[str, Any], changed: Collection[str], typed: Mapping[str, Variable]
) -> None:
    """Keep what a step has written, of a deadline with its rule; a type that a client gave stays as long as the value does.

    Raises StepFailed for what cannot be kept.
    """
    written = {}
    for name in changed:
        given = typed.get(name)
        if given is None or given.value != after[name]:
            given = Variable(after[name], values.infer(after[name]))
        written[name] = given
    try:
        if written:
            write_variables(instance, written)
    except Invalid as error:
        raise engine.StepFailed(f"variables {', '.join(sorted(written))} cannot all be kept: {error}") from error
    rules = {name: rule for name in changed if (rule := inputs(after[name])) is not None}
    if rules:
        instance.types = {**(instance.types or {}), **{name: ["Date", {}, rule] for name, rule in rules.items()}}


def refresh_searchable(session: Session, instance: Instance, tokens: list[int] | None = None) -> None:
    """Let the open tasks of an instance be found by its present variables."""
    of_process = func.jsonb_build_object("process", cast(searchable(instance.variables), JSONB))
    statement = update(Task).where(Task.instance_id == instance.id, Task.ended_at.is_(None))
    if tokens is not None:
        statement = statement.where(Task.token.in_(tokens))
    session.execute(
        statement.values(searchable=Task.searchable.concat(of_process)).execution_options(synchronize_session=False)
    )
