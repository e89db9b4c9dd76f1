"""Tokens of an instance moved by hand, and what would come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.models.models import Model, model_of
from app.actions.running.host import CaseHost
from app.actions.running.instances import for_mending, locked_for_mending
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.domain import refusals
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals import mending_refusals
from app.errors import AppError, Conflict, Invalid
from app.store import queries
from app.store.tables import Instance

OPERATION = "ModifyProcessInstance"
MOST = 100
"""Instructions at once."""
MOST_INSTANCES = 500
"""That are modified at once."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A new token: where, in the words of the dialect; see `engine.Place`. variables with their types."""

    where: engine.Where
    at: str
    inside: int | None
    variables: Mapping[str, Variable]
    local_variables: Mapping[str, Variable]


Instruction = Placement | engine.Withdraw


@dataclass(frozen=True, slots=True)
class Preview:
    """before, after: where the instance stands; those with the same id are the same. tasks: those that would open;
    ended: whether it would be over; variables: those of the process that would be written, as they are kept."""

    before: Sequence[engine.Token]
    after: Sequence[engine.Token]
    tasks: Sequence[engine.OpenedTask]
    ended: bool
    variables: Mapping[str, Any]


def modify(
    session: Session,
    actor: Actor,
    instance_id: UUID,
    instructions: Sequence[Instruction],
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Carry out all instructions, and let the instance run on from there. Raises NotFound, Forbidden, Conflict, Invalid and
    StepFailed; then nothing must be committed. annotation: why it is done, for history.
    """
    _modify(session, actor, locked_for_mending(session, actor, instance_id), instructions, now, annotation)


def modify_all(
    session: Session,
    actor: Actor,
    instance_ids: Sequence[UUID],
    definition_id: str | None,
    instructions: Sequence[Instruction],
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """The same in several instances of a definition. Raises as `modify`, Invalid for too many, and Conflict for an instance of
    another one; which it is stands in the details."""
    if len(instance_ids) > MOST_INSTANCES:
        raise refusals.of(Invalid, mending_refusals.TOO_MANY, None, limit=MOST_INSTANCES, given=len(instance_ids))
    queries.lock_trees(session, Instance.id.in_(instance_ids))
    for instance_id in instance_ids:
        instance = locked_for_mending(session, actor, instance_id)
        if definition_id is not None and instance.definition_id != definition_id:
            ids = {"id": instance_id, "definition": definition_id, "other": instance.definition_id}
            raise refusals.of(Conflict, mending_refusals.OTHER_VERSION, None, **ids)
        try:
            _modify(session, actor, instance, instructions, now, annotation)
        except AppError as error:
            known = error.details if isinstance(error.details, Mapping) else {}
            error.details = {**known, "processInstanceId": str(instance_id)}
            raise


def _modify(
    session: Session,
    actor: Actor,
    instance: Instance,
    instructions: Sequence[Instruction],
    now: datetime,
    annotation: str | None,
) -> None:
    _require_begun(instance)
    typed: dict[str, Variable] = {}
    told: list[engine.Instruction] = []
    for one in require_some(instructions):
        if isinstance(one, Placement):
            typed |= (given := files.take(session, instance.id, one.variables))
            told.append(as_place(one, given))
        else:
            told.append(one)
    data = {"instructions": [written(one) for one in instructions]}
    act = Act(actor.user_id, now, OPERATION, data=data, annotation=annotation)
    try:
        advance(session, Move(instance, engine.Modify(tuple(told)), act, typed=typed))
    except engine.StepFailed as error:
        error.stood = ()  # the instance itself stands as well as before
        raise


def require_some(instructions: Sequence[Instruction]) -> Sequence[Instruction]:
    if not 0 < len(instructions) <= MOST:
        raise refusals.of(Invalid, mending_refusals.TOO_MANY_STEPS, None, limit=MOST, given=len(instructions))
    return instructions


def _require_begun(instance: Instance) -> None:
    if instance.state is None:
        raise refusals.of(Conflict, mending_refusals.NOT_BEGUN, None, id=instance.id)


def as_place(one: Placement, variables: Mapping[str, Variable]) -> engine.Place:
    """variables: those of the process, their files set apart. Raises Invalid for a file among those of the step."""
    if found := next((name for name, variable in one.local_variables.items() if variable.type == "File"), None):
        raise refusals.of(Invalid, mending_refusals.FILE_OF_A_STEP, None, name=found)
    return engine.Place(one.where, one.at, one.inside, plain(variables), plain(one.local_variables))


def written(one: Instruction) -> dict[str, Any]:
    """An instruction as history keeps it."""
    if isinstance(one, engine.Withdraw):
        facts: dict[str, Any] = {"type": "cancel", "activityId": one.at, "token": one.token}
    else:
        at = "transitionId" if one.where is engine.Where.FLOW else "activityId"
        facts = {"type": one.where.value, at: one.at, "ancestor": one.inside}
        facts["variables"] = {**kept(one.variables), **kept(one.local_variables)}
    return {name: value for name, value in facts.items() if value not in (None, {})}


def preview(
    session: Session, actor: Actor, instance_id: UUID, instructions: Sequence[Instruction], now: datetime
) -> Preview:
    """What `modify` would do to the instance itself; nothing stays of it. Raises as `modify`."""
    instance = for_mending(session, actor, instance_id)
    _require_begun(instance)
    told = tuple(
        as_place(one, files.set_apart(one.variables)[0]) if isinstance(one, Placement) else one
        for one in require_some(instructions)
    )
    with session.begin_nested() as attempt:
        found = _attempt(session, instance, engine.Modify(told), actor, now)
        attempt.rollback()
    return found


def _attempt(session: Session, instance: Instance, command: engine.Command, actor: Actor, now: datetime) -> Preview:
    model = model_of(session, instance.definition_id)
    host = CaseHost(session, instance, now, actor.user_id)
    outcome = engine.step(model.spec, instance.state, values.plain(instance.variables, instance.types), command, host)
    return Preview(
        before=_tokens(model, instance.state),
        after=[] if outcome.ended else _tokens(model, outcome.state),
        tasks=outcome.tasks,
        ended=outcome.ended,
        variables=values.jsonable({name: outcome.variables[name] for name in sorted(outcome.changed)}),
    )


def _tokens(model: Model, state: bytes | None) -> list[engine.Token]:
    return [] if state is None else engine.tokens(model.spec, state)
