"""The variables of an instance as they are, and how they came to be so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app import engine
from app.actions.inspecting.subjects import Subject
from app.actions.lists.worklist import names_of
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.terms.calendar import Text
from app.store import inspection_lists

SHORT = 240
"""Characters of a value that are shown at once."""


@dataclass(frozen=True, slots=True)
class Held:
    """A variable as it is. value: its text; scope: the step that has it for itself, None: the process; token: of that step."""

    name: str
    type: str
    value: str
    scope: Text | None
    token: int | None
    file: bool

    @property
    def short(self) -> str:
        return shortened(self.value)


@dataclass(frozen=True, slots=True)
class Change:
    """How a variable was set. who: by name, None: the system; old, new: texts, None: there was none, or it is not known.

    computed: by the process itself; element: of what had to do with it, None: of a task, or of the process.
    """

    name: str
    at: datetime
    who: str | None
    instead_of: str | None
    operation: str
    task: UUID | None
    element: Text | None
    old: str | None
    new: str | None
    computed: bool


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def held(seen: Subject) -> list[Held]:
    """Those of the process by name, then those of the steps that it stands at."""
    instance, marks = seen.instance, seen.instance.types or {}
    known = {name: values.recall(value, marks.get(name)) for name, value in instance.variables.items()}
    found = [_held(name, variable, None, None) for name, variable in sorted(known.items())]
    if instance.state is None:
        return found
    nodes = {one.id: one.node for one in engine.tokens(seen.model.spec, instance.state)}
    for token, scope in sorted(engine.scopes(instance.state).items()):
        where = seen.element(nodes[token]) if token in nodes else None
        local = {name: Variable(value, values.infer(value)) for name, value in scope.items()}
        found += [_held(name, variable, where, token) for name, variable in sorted(local.items())]
    return found


def _held(name: str, variable: Variable, scope: Text | None, token: int | None) -> Held:
    text = _file(variable.info) if variable.type == "File" else text_of(values.jsonable(variable.value))
    return Held(name, variable.type, text or "null", scope, token, variable.type == "File")


def _file(info: Mapping[str, Any]) -> str:
    return str(info.get("filename") or "")


def text_of(value: Any) -> str | None:
    """A value as it is kept, to be read."""
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def changes(session: Session, seen: Subject, name: str | None, first: int, limit: int) -> list[Change]:
    """Of all its variables or of one, the last first."""
    query = inspection_lists.variable_changes(seen.instance.id, name)
    rows = session.execute(query.offset(first).limit(limit)).all()
    people = names_of(session, {one for row in rows for one in (row.user_id, row.on_behalf_of) if one})
    return [
        Change(
            name=row.name,
            at=row.at.astimezone(seen.zone),
            who=None if row.user_id is None else people.get(row.user_id, row.user_id),
            instead_of=None if row.on_behalf_of is None else people.get(row.on_behalf_of, row.on_behalf_of),
            operation=row.operation,
            task=row.task_id,
            element=None if row.element is None else seen.element(row.element),
            old=text_of(row.old),
            new=text_of(row.new),
            computed=row.computed,
        )
        for row in rows
    ]
