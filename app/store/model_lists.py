"""The models of organisations: the newest version of each process, and all versions of one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from app.store.queries import visible_to
from app.store.tables import Definition, Deployment, Instance, User

COUNTED = 999
"""Further than this running cases are not counted."""
BY: ColumnElement[str | None] = func.coalesce(User.full_name, Deployment.deployed_by)
"""Who has deployed: by name, or by id where the account is gone."""
_Version = aliased(Definition)


def _counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Of the instances that run, for each definition of the statement around it."""
    found = select(literal(1)).where(Instance.ended_at.is_(None), *conditions).limit(COUNTED + 1)
    return select(func.count()).select_from(found.correlate(Definition).subquery()).scalar_subquery()


def newest(
    session: Session, tenants: Sequence[str] | None, text: str, keys: Collection[str], first: int, limit: int
) -> Sequence[Row[Definition, datetime, str | None, int]]:
    """(Definition, deployed_at, by, running) of the newest version of each process that these organisations see.

    text: in its name in any language, key, edition or version tag; empty: all; keys: of processes that pass anyhow.
    tenants: None: all. running: cases of any version, counted up to one more than COUNTED.
    """
    latest = (
        select(Definition.id)
        .where(visible_to(Definition.tenant_id, tenants))
        .ext(distinct_on(Definition.key, Definition.tenant_id))
        .order_by(Definition.key, Definition.tenant_id, Definition.version.desc())
    )
    versions = select(_Version.id).where(
        _Version.key == Definition.key, _Version.tenant_id.is_not_distinct_from(Definition.tenant_id)
    )
    running = _counted(
        Instance.definition_key == Definition.key,
        Instance.definition_id.in_(versions.correlate(Definition)),
        visible_to(Instance.tenant_id, tenants),
    )
    names = (Definition.name, Definition.name_ru, Definition.name_en)
    columns = (*names, Definition.key, Definition.edition, Definition.version_tag)
    passing = [
        Definition.key.in_(keys) if keys else false(),
        *(one.icontains(text, autoescape=True) for one in columns),
    ]
    return session.execute(
        select(Definition, Deployment.deployed_at, BY, running)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .outerjoin(User, User.id == Deployment.deployed_by)
        .where(Definition.id.in_(latest), or_(*passing))
        .order_by(Definition.tenant_id.nulls_first(), Definition.name, Definition.key)
        .offset(first)
        .limit(limit)
    ).all()


def versions(session: Session, definition: Definition, tenants: Sequence[str] | None, limit: int) -> Sequence[Any]:
    """(id, version, version_tag, edition, in_force_from, in_force_until, deployed_at, by, comment, running) of the versions
    of a process, the newest first."""
    running = _counted(Instance.definition_id == Definition.id, visible_to(Instance.tenant_id, tenants))
    return session.execute(
        select(
            Definition.id,
            Definition.version,
            Definition.version_tag,
            Definition.edition,
            Definition.in_force_from,
            Definition.in_force_until,
            Deployment.deployed_at,
            BY.label("by"),
            Deployment.comment,
            running.label("running"),
        )
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .outerjoin(User, User.id == Deployment.deployed_by)
        .where(of_process(definition.key, definition.tenant_id))
        .order_by(Definition.version.desc())
        .limit(limit)
    ).all()


def of_process(key: str, tenant: str | None) -> ColumnElement[bool]:
    """Whether a definition is a version of this process of this organisation; None: common to all."""
    return (Definition.key == key) & Definition.tenant_id.is_not_distinct_from(tenant)


def newest_version(key: str, tenant: str | None) -> Select[Definition]:
    return select(Definition).where(of_process(key, tenant)).order_by(Definition.version.desc()).limit(1)
