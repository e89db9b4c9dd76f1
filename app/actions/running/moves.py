"""A command on an instance, who gives it, and how history tells of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app import engine
from app.actions.cases.finding import note_words
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.case_access import marks
from app.domain.refusals import mending_refusals
from app.errors import Invalid
from app.store.tables import Definition, History, Instance, Task

MILLISECOND = timedelta(milliseconds=1)
USUAL = (None, None, 0, engine.PROCESS, False)
"""What the last facts of an activity mostly are."""
ANNOTATION_LIMIT = 4_000
"""Characters of why something was done."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, for history: by whom, when (aware), under which of the dialect's names, with which data, and why.

    Raises Invalid for an annotation that is too long.
    """

    user_id: str | None
    at: datetime
    operation: str
    task_id: UUID | None = None
    element: str | None = None
    data: Mapping[str, Any] | None = None
    on_behalf_of: str | None = None
    annotation: str | None = None

    def __post_init__(self) -> None:
        if self.annotation is not None and len(self.annotation) > ANNOTATION_LIMIT:
            raise refusals.of(
                Invalid, mending_refusals.ANNOTATION_TOO_LONG, None, limit=ANNOTATION_LIMIT, given=len(self.annotation)
            )


@dataclass(frozen=True, slots=True)
class Move:
    """A command on an instance. typed: the variables that it writes, with their types; completes: the task that it
    completes, whose own row tells of it; chain: that of the job or the message that gives it, 0: it comes from outside."""

    instance: Instance
    command: engine.Command
    act: Act
    typed: Mapping[str, Variable] = field(default_factory=dict)
    completes: Task | None = None
    depth: int = 0
    chain: int = 0


def record(
    instance_id: UUID, act: Act, activities: list[Any] | None = None, written: dict[str, Any] | None = None
) -> History:
    """A row of history, to be added."""
    return History(
        instance_id=instance_id,
        at=act.at,
        user_id=act.user_id,
        on_behalf_of=act.on_behalf_of,
        operation=act.operation,
        task_id=act.task_id,
        element=act.element,
        annotation=act.annotation,
        data=dict(act.data) if act.data else None,
        activities=activities,
        written=written,
    )


def stands(spec: engine.Spec, state: bytes | None) -> dict[str, int]:
    """The activities at which an instance stands, with how often it stands there, as history keeps it."""
    if state is None:
        return {}
    tokens = engine.tokens(spec, state)
    around = {token.parent for token in tokens}
    return dict(sorted(Counter(token.node for token in tokens if token.id not in around).items()))


def trace(activity: engine.Activity) -> list[Any]:
    """An activity as `History.activities` keeps it."""
    took = (_in_milliseconds(activity.ended) - _in_milliseconds(activity.started)) // MILLISECOND
    trace = [activity.node, activity.token, took, activity.parent, activity.cancelled]
    while trace[-1] == USUAL[len(trace) - 1]:
        trace.pop()
    return trace


def _in_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_instance(
    definition: Definition, *, tenant: str | None, business_key: str | None, variables: Mapping[str, Variable], act: Act
) -> Instance:
    """An instance that has not begun; transient variables are not kept."""
    instance_id = new_id()
    kept = {name: values.keep(variable) for name, variable in variables.items() if not variable.transient}
    instance = Instance(
        id=instance_id,
        tenant_id=tenant,
        definition_id=definition.id,
        definition_key=definition.key,
        business_key=business_key,
        state=None,
        variables={name: value for name, (value, _) in kept.items()},
        types={name: mark for name, (_, mark) in kept.items() if mark is not None} or None,
        started_at=act.at,
        started_by=act.user_id,
        root_id=instance_id,
        suspended=False,
        troubled=False,
        viewers=sorted(marks(tenant, people=[act.user_id])),
    )
    note_words(instance)
    return instance
