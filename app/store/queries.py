"""Named reads that several actions share. Lists with filters are beside this file."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.store.tables import Definition, FormDefinition, Instance, Resource, Task


def locked_instance(session: Session, instance_id: UUID) -> Instance | None:
    """Lock the whole tree of an instance by its root, then read the instance as it is now.

    The root is always locked first, so that calling and called processes never wait for each other in a circle.
    """
    member = aliased(Instance)
    tree = select(member.root_id).where(member.id == instance_id).scalar_subquery()
    rows = session.scalars(
        select(Instance)
        .where(or_(Instance.id == tree, Instance.id == instance_id))
        .order_by(Instance.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return next((row for row in rows if row.id == instance_id), None)


def locked_task(session: Session, task_id: UUID) -> tuple[Task, Instance] | None:
    """A task with its instance; the lock is on the instance's tree, and the task is read after it is held."""
    owner = select(Task.instance_id).where(Task.id == task_id).scalar_subquery()
    member = aliased(Instance)
    tree = select(member.root_id).where(member.id == owner).scalar_subquery()
    rows = session.scalars(
        select(Instance)
        .where(or_(Instance.id == tree, Instance.id == owner))
        .order_by(Instance.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    task = session.get(Task, task_id, populate_existing=True) if rows else None
    return None if task is None else (task, next(row for row in rows if row.id == task.instance_id))


def visible_to(column: ColumnElement[str | None] | InstrumentedAttribute[str | None], tenants: Sequence[str] | None) -> ColumnElement[bool]:
    """Rows of these organisations and those common to all; None: of every organisation."""
    return true() if tenants is None else or_(column.is_(None), column.in_(tenants))


def latest_definition(session: Session, key: str, tenant: str | None) -> Definition | None:
    """The newest version of a process of this organisation, else of the ones common to all."""
    return session.scalars(
        select(Definition)
        .where(Definition.key == key, or_(Definition.tenant_id == tenant, Definition.tenant_id.is_(None)))
        .order_by(Definition.tenant_id.is_(None), Definition.version.desc())
        .limit(1)
    ).first()


def bound_definition(
    session: Session, key: str, tenant: str | None, binding: str, version: str | None, caller_id: str
) -> Definition | None:
    """The definition that a call activity means: latest, deployment, version or versionTag."""
    query = (
        select(Definition)
        .where(Definition.key == key, or_(Definition.tenant_id == tenant, Definition.tenant_id.is_(None)))
        .order_by(Definition.tenant_id.is_(None), Definition.version.desc())
        .limit(1)
    )
    if binding == "deployment":
        caller = select(Definition.deployment_id).where(Definition.id == caller_id).scalar_subquery()
        query = query.where(Definition.deployment_id == caller)
    elif binding == "version":
        if version is None or not version.isdigit():
            return None
        query = query.where(Definition.version == int(version))
    elif binding == "versionTag":
        query = query.where(Definition.version_tag == version)
    return session.scalars(query).first()


def form_content(session: Session, key: str, tenant: str | None, deployment_id: UUID | None = None) -> bytes | None:
    """The source of a form: that of a deployment, else the newest of the organisation, else one common to all."""
    query = (
        select(Resource.content)
        .join(FormDefinition, FormDefinition.resource_id == Resource.id)
        .where(FormDefinition.key == key, or_(FormDefinition.tenant_id == tenant, FormDefinition.tenant_id.is_(None)))
        .order_by(FormDefinition.tenant_id.is_(None), FormDefinition.version.desc())
        .limit(1)
    )
    if deployment_id is not None:
        query = query.where(FormDefinition.deployment_id == deployment_id)
    return session.scalar(query)


def count(session: Session, query: Select[tuple[object]]) -> int:
    """How many rows a query would give."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def latest_definitions(session: Session, key: str, tenants: Sequence[str] | None) -> list[Definition]:
    """The newest version of a process in each organisation that has it."""
    return list(
        session.scalars(
            select(Definition)
            .distinct(Definition.tenant_id)
            .where(Definition.key == key, visible_to(Definition.tenant_id, tenants))
            .order_by(Definition.tenant_id, Definition.version.desc())
        )
    )
