"""What is done to one instance, and what of it was different before and is after.

Every act takes a reason, keeps it in history with who did it, and gives its Change: {"before", "after"}, JSON-able facts:
"at" (how many tokens by the elements where they are) with the "definition" that these are of, "ended", "suspended",
"variables" (as texts), "restarted" (how often), "retries", "stuck" (how many things are), "instance".
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.mending.stuck import stuck_in
from app.actions.models.models import model_of
from app.actions.running import (
    incident_acts,
    instances,
    job_acts,
    messages,
    migrating,
    modifying,
    restarting,
    suspending,
)
from app.actions.running.messages import Brought, Correlation
from app.actions.running.migration_plans import Plan
from app.actions.running.modifying import Instruction, Placement
from app.actions.running.moves import stands
from app.actions.workers import mending
from app.domain import refusals
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals import batch_refusals as why
from app.errors import AppError, Conflict, Invalid
from app.store.tables import ExternalTask, History, Instance, Job

Change = dict[str, Any]
SHOWN = 300
"""Characters of a variable's value; history has it whole."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who mends, why and when (aware). reason: None where a program has given none."""

    session: Session
    actor: Actor
    reason: str | None
    now: datetime


def suspend(call: Call, instance_id: UUID, *, suspended: bool) -> Change:
    """Suspend an instance with its tasks and jobs, or activate it. Raises NotFound, Forbidden, Conflict, as all acts do."""
    return _changed(
        call,
        instance_id,
        lambda instance: {"suspended": instance.suspended},
        lambda: suspending.suspend(call.session, call.actor, instance_id, suspended, call.now, annotation=call.reason),
    )


def cancel(call: Call, instance_id: UUID) -> Change:
    """End an instance with all that it has called."""
    return _moved(
        call, instance_id, lambda: instances.cancel(call.session, call.actor, instance_id, call.reason, call.now)
    )


def modify(
    call: Call, instance_id: UUID, *, instructions: Sequence[Instruction], definition_id: str | None = None
) -> Change:
    """Move tokens. definition_id: of which the instructions are. Raises also Invalid, StepFailed."""
    which = (call.session, call.actor, [instance_id], definition_id)
    return _moved(
        call, instance_id, lambda: modifying.modify_all(*which, instructions, call.now, annotation=call.reason)
    )


def migrate(call: Call, instance_id: UUID, *, plan: Plan) -> Change:
    """Take an instance to another version. Raises also Invalid, StepFailed."""

    def act() -> None:
        (result,) = migrating.migrate(call.session, call.actor, plan, [instance_id], call.now, annotation=call.reason)
        if result.unforeseen:
            raise refusals.of(AppError, why.UNFORESEEN)
        if result.error is not None:
            raise result.error

    return _moved(call, instance_id, act)


def set_variables(
    call: Call,
    instance_id: UUID,
    *,
    variables: Mapping[str, Variable],
    deletions: Sequence[str] = (),
    alike: bool = False,
) -> Change:
    """Set and remove variables. alike: what is there keeps its type. Raises also Invalid, StepFailed."""
    names = [*variables, *deletions]

    def act() -> None:
        if alike:
            _require_alike(call, instance_id, variables)
        instances.modify_variables(
            call.session, call.actor, instance_id, variables, deletions, call.now, annotation=call.reason
        )

    return _changed(call, instance_id, lambda instance: {"variables": shown_values(instance, names)}, act)


def _require_alike(call: Call, instance_id: UUID, variables: Mapping[str, Variable]) -> None:
    instance = instances.for_mending(call.session, call.actor, instance_id)
    marks = instance.types or {}
    for name, variable in variables.items():
        if instance.variables.get(name) is None:
            continue
        was = values.recall(instance.variables[name], marks.get(name)).type
        if not _same_kind(was, variable.type):
            raise refusals.of(Invalid, why.OTHER_TYPE, name=name, was=was, type=variable.type)


def _same_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= {*values.WHOLE, "Double"}


def shown_values(instance: Instance, names: Collection[str]) -> dict[str, str | None]:
    """Variables as texts of a bearable length; None: not there."""
    return {name: shown_value(instance.variables[name]) if name in instance.variables else None for name in names}


def shown_value(kept: Any) -> str:
    text = kept if isinstance(kept, str) else orjson.dumps(kept).decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def retry(call: Call, instance_id: UUID, *, retries: int) -> Change:
    """Try anew whatever is stuck in an instance: failed jobs and external tasks; what failed while somebody waited for it is
    taken for seen. Raises also Conflict where nothing is stuck."""

    def act() -> None:
        found = stuck_in(call.session, instance_id)
        if not found:
            raise refusals.of(Conflict, why.NOTHING_STUCK)
        for one in found:
            match one.kind:
                case "job":
                    _retry_job(call, one.id, retries)
                case "external":
                    mending.set_retries(call.session, call.actor, [one.id], retries, call.now, annotation=call.reason)
                case _:
                    incident_acts.resolve(call.session, call.actor, one.id, call.now, annotation=call.reason)

    return _changed(call, instance_id, lambda _: {"stuck": len(stuck_in(call.session, instance_id))}, act)


def _retry_job(call: Call, job_id: UUID, retries: int, due: datetime | None = None) -> None:
    job_acts.set_retries(call.session, call.actor, job_id, retries, due, call.now, annotation=call.reason)


def set_job_retries(call: Call, job_id: UUID, *, retries: int, due: datetime | None = None) -> Change:
    """Let a job be tried so often again."""
    before = job_acts.job_for(call.session, call.actor, job_id).retries
    _retry_job(call, job_id, retries, due)
    after = call.session.get(Job, job_id)
    return {"before": {"retries": before}, "after": {"retries": None if after is None else after.retries}}


def set_task_retries(call: Call, task_id: UUID, *, retries: int) -> Change:
    """Let an external task be tried so often again."""
    task = call.session.get(ExternalTask, task_id)
    before = None if task is None else task.retries
    mending.set_retries(call.session, call.actor, [task_id], retries, call.now, annotation=call.reason)
    return {"before": {"retries": before}, "after": {"retries": retries}}


def resolve(call: Call, incident_id: UUID) -> Change:
    """End the incident of a step that has failed while somebody waited for it. Raises also Invalid."""
    incident_acts.resolve(call.session, call.actor, incident_id, call.now, annotation=call.reason)
    return {"before": {"stuck": 1}, "after": {"stuck": 0}}


def restart(
    call: Call, instance_id: UUID, *, definition_id: str, places: Sequence[Placement], with_business_key: bool = True
) -> Change:
    """Begin an instance that has ended anew. Raises also Invalid, StepFailed."""
    (new,) = restarting.restart(
        call.session,
        call.actor,
        definition_id,
        [instance_id],
        places,
        call.now,
        with_business_key=with_business_key,
        annotation=call.reason,
    )
    call.session.flush()
    before = {"ended": True, "restarted": _restarts(call, instance_id) - 1}
    return {"before": before, "after": {"instance": str(new.id), **_standing(call, new)}}


def _restarts(call: Call, instance_id: UUID) -> int:
    """How often an instance that is locked was begun anew: who asks for it twice has not seen the first."""
    of_it = (History.instance_id == instance_id, History.operation == restarting.OPERATION)
    from_it = History.data["processInstanceId"][0].as_string() == str(instance_id)
    return call.session.scalar(select(func.count()).select_from(History).where(*of_it, from_it)) or 0


def tell(call: Call, instance_id: UUID, *, message: str, variables: Mapping[str, Variable]) -> Change:
    """Hand an instance a message that it waits for. Raises also Invalid where it waits for none, StepFailed."""
    sought = Correlation(message, instance_id=instance_id)
    return _moved(
        call,
        instance_id,
        lambda: messages.correlate(call.session, call.actor, sought, Brought(variables), call.now),
    )


def _moved(call: Call, instance_id: UUID, act: Callable[[], object]) -> Change:
    return _changed(call, instance_id, lambda instance: _standing(call, instance), act)


def _changed(
    call: Call, instance_id: UUID, facts: Callable[[Instance], Mapping[str, Any]], act: Callable[[], object]
) -> Change:
    """The facts of an instance that is locked, before the act and after it."""
    instance = instances.locked_for_mending(call.session, call.actor, instance_id)
    before = facts(instance)
    act()
    return {"before": before, "after": facts(instance)}


def _standing(call: Call, instance: Instance) -> dict[str, Any]:
    if instance.ended_at is not None:
        return {"ended": True}
    spec = model_of(call.session, instance.definition_id).spec
    return {"definition": instance.definition_id, "at": stands(spec, instance.state)}
