"""Instances that have ended, begun anew from a step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.running.instances import definition_for, instance_for
from app.actions.running.modifying import Placement, as_place, require_some, written
from app.actions.running.moves import Act, Move, new_instance, record
from app.actions.running.progress import advance
from app.actions.running.variables import kept
from app.domain.ids import new_id
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
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
) -> list[Instance]:
    """Begin a new instance for each of these, at `places`, with the variables that it had at its end; what people handed in
    with the old one stays with that.

    Raises Forbidden, NotFound, Conflict for one that still runs and for a definition that is suspended, Invalid for one of
    another definition, for none and for too many; StepFailed. Then nothing must be committed.
    """
    definition = definition_for(session, actor, definition_id)
    if not actor.administrator:
        raise Forbidden("only an administrator begins a process instance anew")
    if not 0 < len(instance_ids) <= MOST:
        raise Invalid(f"there must be from 1 to {MOST} process instances, not {len(instance_ids)}")
    require_some(places)
    if queries.held_definition(session, definition_id) is None:
        raise NotFound(f"No matching definition with id {definition_id}")
    if definition.suspended:
        raise Conflict(f"Cannot start process instance. Process definition '{definition_id}' is suspended.")
    old = [_ended(session, actor, definition, one) for one in instance_ids]
    return [_restart(session, actor, definition, one, places, now, with_business_key=with_business_key) for one in old]


def _ended(session: Session, actor: Actor, definition: Definition, instance_id: UUID) -> Instance:
    instance = instance_for(session, actor, instance_id)
    if instance.ended_at is None:
        raise Conflict(f"process instance '{instance_id}' still runs: modify it instead")
    if instance.definition_id != definition.id:
        raise Invalid(
            f"process instance '{instance_id}' is not of '{definition.id}', but of '{instance.definition_id}'"
        )
    if instance.super_id is not None:
        raise Conflict(f"process instance '{instance_id}' was called by '{instance.super_id}': begin that one anew")
    return instance


def _restart(
    session: Session,
    actor: Actor,
    definition: Definition,
    old: Instance,
    places: Sequence[Placement],
    now: datetime,
    *,
    with_business_key: bool,
) -> Instance:
    marks = old.types or {}
    variables = {name: values.recall(value, marks.get(name)) for name, value in old.variables.items()}
    variables, copies = _with_own_files(session, variables)
    act = Act(actor.user_id, now, "Create", data=kept(variables))
    new = new_instance(
        definition,
        tenant=old.tenant_id,
        business_key=old.business_key if with_business_key else None,
        variables=variables,
        act=act,
    )
    session.add(new)
    session.flush()
    files.keep(session, new.id, copies)
    told = tuple(as_place(one, files.take(session, new.id, one.variables)) for one in places)
    given = {name: variable for one in places for name, variable in one.variables.items()}
    advance(session, Move(new, engine.Start(places=told), act, typed=variables | given))
    data = {"processInstanceId": [str(old.id), str(new.id)], "instructions": [written(one) for one in places]}
    session.add_all(record(one.id, Act(actor.user_id, now, OPERATION, data=data)) for one in (old, new))
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
