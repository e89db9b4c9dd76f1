"""Start, change and end process instances."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.documents.loose_documents import Loose
from app.actions.figures import keeping
from app.actions.forms.form_data import FormReference, check_form, with_files
from app.actions.models.editions import require_in_force, version_for
from app.actions.models.models import model_of
from app.actions.running.acceptance import require_accepted
from app.actions.running.moves import Act, Move, new_instance, record
from app.actions.running.progress import advance, cancel_tree
from app.actions.running.variables import kept, refresh_searchable, write_variables
from app.domain import refusals
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case, works_there
from app.domain.refusals import mending_refusals
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.concerning import concern
from app.store.tables import Definition, Instance, Organisation

BUSINESS_KEY_LIMIT = 255


def definition_for(session: Session, actor: Actor, definition_id: str) -> Definition:
    """A definition that the actor may see. Raises NotFound."""
    definition = session.get(Definition, definition_id)
    if definition is None or not actor.belongs_to(definition.tenant_id):
        raise NotFound(f"No matching definition with id {definition_id}")
    return definition


def definition_by_key(session: Session, actor: Actor, key: str, tenant: str | None) -> Definition:
    """The newest version of a process; without `tenant` the common one, else that of the actor's only organisation with it."""
    definition = queries.latest_definition(session, key, tenant)
    if definition is None and tenant is None:
        candidates = queries.latest_definitions(session, key, None if actor.administrator else sorted(actor.tenants))
        if len(candidates) > 1:
            raise Conflict(f"process '{key}' exists in several organisations: name one with /tenant-id/")
        definition = candidates[0] if candidates else None
    if definition is None or not actor.belongs_to(definition.tenant_id):
        of_tenant = "" if tenant is None else f" and tenant-id {tenant}"
        raise NotFound(f"No matching process definition with key: {key}{of_tenant}")
    return definition


def definition_to_start(session: Session, actor: Actor, key: str, tenant: str | None, now: datetime) -> Definition:
    """As `definition_by_key`, but the version that handles an application made now. Raises Invalid where no edition is in
    force."""
    definition = definition_by_key(session, actor, key, tenant)
    return version_for(session, definition, _whose(actor, definition, tenant), now)


def start(
    session: Session,
    actor: Actor,
    definition: Definition,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    business_key: str | None = None,
    tenant: str | None = None,
) -> Instance:
    """Start an instance and run it to its first wait. Raises NotFound, Conflict if the definition is suspended, StepFailed,
    Invalid if it is not accepted, or follows an edition of the law that is not in force.

    What employees give is checked against the start form, if there is one; administrators and connected systems give
    what they will, and history keeps it under their name.

    tenant: whose case it is, of a definition that is common to all; an employee's only organisation if not given.
    """
    tenant = _tenant_of(session, actor, definition, tenant)
    documents, form = Loose(session, actor), _start_form(session, definition)
    if actor.administrator:
        variables = with_files(session, form, variables, documents)
    else:
        variables = check_form(
            session, form, variables, now, actor=actor, tenant=tenant, known=dict, documents=documents
        )
    instance = _start(session, actor, definition, variables, now, business_key, tenant)
    documents.give_to(instance, now)
    return instance


def _start_form(session: Session, definition: Definition) -> FormReference:
    return FormReference.of_start(definition, model_of(session, definition.id).process)


def _tenant_of(session: Session, actor: Actor, definition: Definition, tenant: str | None) -> str | None:
    """Whose case a new instance is. Raises NotFound, Invalid."""
    tenant = _whose(actor, definition, tenant)
    if not actor.belongs_to(tenant) or (tenant is not None and session.get(Organisation, tenant) is None):
        raise NotFound(f"No matching process definition with key: {definition.key} and tenant-id {tenant}")
    return tenant


def _whose(actor: Actor, definition: Definition, tenant: str | None) -> str | None:
    return definition.tenant_id or tenant or _only_tenant(actor)


def _start(
    session: Session,
    actor: Actor,
    definition: Definition,
    variables: Mapping[str, Variable],
    now: datetime,
    business_key: str | None,
    tenant: str | None,
) -> Instance:
    if business_key is not None and len(business_key) > BUSINESS_KEY_LIMIT:
        raise Invalid(f"a business key has at most {BUSINESS_KEY_LIMIT} characters, not {len(business_key)}")
    if queries.held_definition(session, definition.id) is None:
        raise NotFound(f"No matching definition with id {definition.id}")
    if definition.suspended:
        raise Conflict(f"Cannot start process instance. Process definition '{definition.id}' is suspended.")
    require_in_force(session, definition, tenant, now)
    variables, contents = files.set_apart(variables)
    act = Act(actor.user_id, now, "Create", data=kept(variables))
    instance = new_instance(definition, tenant=tenant, business_key=business_key, variables=variables, act=act)
    session.add(instance)
    if contents:
        session.flush()
        files.keep(session, instance.id, contents)
    advance(session, Move(instance, engine.Start(), act, typed=variables))
    require_accepted(session, instance)
    return instance


def _only_tenant(actor: Actor) -> str | None:
    """A case of nobody's is seen by everybody: only an administrator begins one."""
    if actor.administrator:
        return None
    if len(actor.tenants) != 1:
        raise Invalid("name the organisation with /tenant-id/: the process is common to all")
    return next(iter(actor.tenants))


def submit_start_form(
    session: Session,
    actor: Actor,
    definition: Definition,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    business_key: str | None = None,
    tenant: str | None = None,
) -> Instance:
    """Start with the data of the start form, checked against it. Raises Invalid with the fields that are wrong."""
    tenant = _tenant_of(session, actor, definition, tenant)
    documents, form = Loose(session, actor), _start_form(session, definition)
    variables = check_form(session, form, variables, now, actor=actor, tenant=tenant, known=dict, documents=documents)
    instance = _start(session, actor, definition, variables, now, business_key, tenant)
    documents.give_to(instance, now)
    return instance


def running_for(session: Session, actor: Actor, instance_id: UUID) -> Instance:
    """A running instance that the actor may see. Raises NotFound, also for one that has ended."""
    instance = instance_for(session, actor, instance_id)
    if instance.ended_at is not None:
        raise NotFound(f"Process instance with id {instance_id} does not exist")
    return instance


def instance_for(session: Session, actor: Actor, instance_id: UUID) -> Instance:
    """An instance that the actor may see. Raises NotFound."""
    instance = session.get(Instance, instance_id)
    if instance is None or not may_read(session, actor, instance):
        raise NotFound(f"Process instance with id {instance_id} does not exist")
    concern(instance)
    return instance


def may_read(session: Session, actor: Actor, instance: Instance) -> bool:
    """Whether the actor sees an instance: the staff of its organisation all, others their own cases."""
    if not actor.belongs_to(instance.tenant_id):
        return False
    if works_there(actor, instance.tenant_id):
        return True
    root = session.get_one(Instance, instance.root_id)
    return may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ())


def locked_for_mending(session: Session, actor: Actor, instance_id: UUID) -> Instance:
    """A running instance, locked with its tree, for who may mend it. Raises NotFound, Forbidden, Conflict."""
    return _mendable(actor, instance_id, queries.locked_instance(session, instance_id))


def for_mending(session: Session, actor: Actor, instance_id: UUID) -> Instance:
    """The same without a lock, to look at. Raises as `locked_for_mending`."""
    return _mendable(actor, instance_id, session.get(Instance, instance_id))


def _mendable(actor: Actor, instance_id: UUID, instance: Instance | None) -> Instance:
    if instance is None or not actor.belongs_to(instance.tenant_id):
        raise NotFound(f"Process instance with id {instance_id} does not exist")
    if not actor.administrator:
        raise refusals.of(Forbidden, mending_refusals.ONLY_ADMINISTRATORS)
    if instance.ended_at is not None:
        raise refusals.of(Conflict, mending_refusals.HAS_ENDED, None, id=instance_id)
    return instance


def cancel(session: Session, actor: Actor, instance_id: UUID, reason: str | None, now: datetime) -> None:
    """End an instance with all it has called; `reason` is kept. Raises NotFound, Forbidden, Conflict.

    One that is called by another is not ended alone: its caller would wait for it for ever.
    """
    instance = locked_for_mending(session, actor, instance_id)
    if instance.super_id is not None:
        raise refusals.of(Conflict, mending_refusals.CALLED, None, id=instance_id, caller=instance.super_id)
    instance.delete_reason = reason
    cancel_tree(session, instance, Act(actor.user_id, now, "Delete", data={"reason": reason} if reason else None))


def modify_variables(
    session: Session,
    actor: Actor,
    instance_id: UUID,
    modifications: Mapping[str, Variable],
    deletions: Sequence[str],
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Set and remove variables of the process; open tasks are found by the new values. Raises NotFound, Forbidden, Conflict.

    annotation: why it is done, for history.
    """
    instance = locked_for_mending(session, actor, instance_id)
    modifications = files.take(session, instance_id, modifications)
    data = write_variables(instance, modifications, deletions)
    refresh_searchable(session, instance)
    keeping.follow(session, instance, data)
    act = Act(actor.user_id, now, "ModifyVariable", data=data, annotation=annotation)
    if model_of(session, instance.definition_id).reacts:
        advance(session, Move(instance, engine.LookAgain(), act))
    else:
        session.add(record(instance_id, act))
