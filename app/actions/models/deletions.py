"""Delete deployments and definitions, with their instances where that is asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session, aliased

from app.actions.models.start_events import renew
from app.actions.running.moves import Act
from app.actions.running.progress import cancel_tree
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, NotFound
from app.store import queries
from app.store.tables import Definition, Deployment, History, Instance
from app.store.tables.record import MIGRATE


def delete_deployment(session: Session, actor: Actor, deployment_id: UUID, now: datetime, *, cascade: bool) -> None:
    """Delete a deployment with its definitions, forms and decisions, and (cascade) the instances of the first.

    Raises Forbidden, NotFound, Conflict if there are instances without `cascade`, or some that running others have called.
    """
    if not actor.administrator:
        raise Forbidden("only an administrator deletes a deployment")
    deployment = session.get(Deployment, deployment_id)
    if deployment is None:
        raise NotFound(f"Deployment with id '{deployment_id}' does not exist")
    of_deployment = select(Definition.id).where(Definition.deployment_id == deployment_id)
    _delete_instances(session, actor, of_deployment, now, f"deployment '{deployment_id}'", cascade=cascade)
    processes = [(row.key, row.tenant_id) for row in session.execute(_processes(of_deployment))]
    session.delete(deployment)
    session.flush()
    for key, tenant in processes:
        renew(session, key, tenant, now)


def delete_definition(session: Session, actor: Actor, definition: Definition, now: datetime, *, cascade: bool) -> None:
    """Delete one version of a process, and (cascade) its instances. Raises as `delete_deployment`."""
    if not actor.administrator:
        raise Forbidden("only an administrator deletes a process definition")
    itself = select(Definition.id).where(Definition.id == definition.id)
    _delete_instances(session, actor, itself, now, f"process definition '{definition.id}'", cascade=cascade)
    key, tenant = definition.key, definition.tenant_id
    session.delete(definition)
    session.flush()
    renew(session, key, tenant, now)


def _processes(of: Select[str]) -> Select[str, str | None]:
    return select(Definition.key, Definition.tenant_id).distinct().where(Definition.id.in_(of))


def _delete_instances(
    session: Session, actor: Actor, of: Select[str], now: datetime, what: str, *, cascade: bool
) -> None:
    """Delete the instances of these definitions; those that run are cancelled first, with all they have called."""
    session.execute(of.order_by(Definition.id).with_for_update())  # nothing starts meanwhile
    used = Instance.definition_id.in_(of)
    if not cascade and session.scalar(select(exists().where(used))):
        raise Conflict(f"{what} has process instances: delete them first, or delete with cascade=true")
    moved_on = History.data["processDefinitionId"][0].as_string()
    if session.scalar(select(exists().where(History.operation == MIGRATE, moved_on.in_(of)))):
        raise Conflict(f"process instances were migrated from {what}: what was done to them is told with it")
    caller = aliased(Instance)
    called = (
        select(caller.id)
        .join(Instance, Instance.super_id == caller.id)
        .where(used, Instance.ended_at.is_(None), caller.definition_id.not_in(of))
    )
    if (waiting := session.scalar(called.limit(1))) is not None:
        raise Conflict(f"{what} is called by the running process instance '{waiting}': end that one first")
    running = session.scalars(select(Instance.id).where(used, Instance.ended_at.is_(None))).all()
    for instance_id in running:
        instance = queries.locked_instance(session, instance_id)
        if instance is not None and instance.ended_at is None:
            cancel_tree(session, instance, Act(actor.user_id, now, "Delete"))
    session.flush()
    session.execute(delete(Instance).where(used))
