"""Instances that have ended, begun anew from a step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.models.models import model_of
from app.actions.running.instances import definition_for, instance_for
from app.actions.running.modifying import Placement, as_place, require_some, written
from app.actions.running.moves import Act, Move, new_instance, record, stands
from app.actions.running.progress import advance
from app.actions.running.variables import kept
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.people.case_access import marks
from app.domain.refusals import mending_refusals
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Definition, File, Instance

OPERATION = "RestartProcessInstance"
MOST = 100
"""Instances at once."""


def restart(
    session: Session,
    actor: Actor,
    definition_id: str,
    instance_ids: Sequence[UUID],
    places: Sequence[Placement],
    now: datetime,
    *,
    with_business_key: bool = True,
    annotation: str | None = None,
) -> list[Instance]:
    """Begin a new instance for each of these, at `places`, with the variables that it had at its end; what people handed in
    with the old one stays with that, and who began that sees the new one too. annotation: why it is done, for history.

    Raises Forbidden, NotFound, Conflict for one that still runs and for a definition that is suspended, Invalid for one of
    another definition, for none and for too many; StepFailed. Then nothing must be committed.
    """
    definition = definition_for(session, actor, definition_id)
    if not actor.administrator:
        raise refusals.of(Forbidden, mending_refusals.ONLY_ADMINISTRATORS)
    if not 0 < len(instance_ids) <= MOST:
        raise refusals.of(Invalid, mending_refusals.TOO_MANY, None, limit=MOST, given=len(instance_ids))
    require_some(places)
    if queries.held_definition(session, definition_id) is None:
        raise NotFound(f"No matching definition with id {definition_id}")
    if definition.suspended:
        raise refusals.of(Conflict, mending_refusals.VERSION_SUSPENDED, None, definition=definition_id)
    queries.lock_trees(session, Instance.id.in_(instance_ids))
    old = [_ended(session, actor, definition, one) for one in instance_ids]
    act = Act(actor.user_id, now, OPERATION, annotation=annotation)
    return [_restart(session, definition, one, places, act, with_business_key=with_business_key) for one in old]


def _ended(session: Session, actor: Actor, definition: Definition, instance_id: UUID) -> Instance:
    instance = instance_for(session, actor, instance_id)
    if instance.ended_at is None:
        raise refusals.of(Conflict, mending_refusals.STILL_RUNS, None, id=instance_id)
    if instance.definition_id != definition.id:
        ids = {"id": instance_id, "definition": definition.id, "other": instance.definition_id}
        raise refusals.of(Invalid, mending_refusals.OTHER_VERSION, None, **ids)
    if instance.super_id is not None:
        raise refusals.of(Conflict, mending_refusals.WAS_CALLED, None, id=instance_id, caller=instance.super_id)
    return instance


def _restart(
    session: Session,
    definition: Definition,
    old: Instance,
    places: Sequence[Placement],
    restarted: Act,
    *,
    with_business_key: bool,
) -> Instance:
    types = old.types or {}
    variables = {name: values.recall(value, types.get(name)) for name, value in old.variables.items()}
    variables, copies = _with_own_files(session, variables)
    act = replace(restarted, operation="Create", data=kept(variables))
    new = new_instance(
        definition,
        tenant=old.tenant_id,
        business_key=old.business_key if with_business_key else None,
        variables=variables,
        act=act,
    )
    new.viewers = sorted({*new.viewers, *marks(old.tenant_id, people=[old.started_by])})
    session.add(new)
    session.flush()
    files.keep(session, new.id, copies)
    given = [files.take(session, new.id, one.variables) for one in places]
    told = tuple(as_place(one, own) for one, own in zip(places, given, strict=True))
    typed = {name: variable for own in (variables, *given) for name, variable in own.items()}
    advance(session, Move(new, engine.Start(places=told), act, typed=typed))
    data = {
        "processInstanceId": [str(old.id), str(new.id)],
        "instructions": [written(one) for one in places],
        "activities": [{}, stands(model_of(session, definition.id).spec, new.state)],
    }
    session.add_all(record(one.id, replace(restarted, data=data)) for one in (old, new))
    return new


def _with_own_files(session: Session, variables: dict[str, Variable]) -> tuple[dict[str, Variable], list[File]]:
    """Variables with copies of the files among them."""
    ids = {name: UUID(one.info["id"]) for name, one in variables.items() if one.type == "File" and one.info.get("id")}
    known = {file.id: file for file in session.query(File).where(File.id.in_(ids.values()))} if ids else {}
    copies = {name: File(id=new_id(), content=known[one].content) for name, one in ids.items() if one in known}
    own = {
        name: replace(variables[name], info={**variables[name].info, "id": str(copy.id)})
        for name, copy in copies.items()
    }
    return variables | own, list(copies.values())
