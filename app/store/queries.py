"""Named reads that several actions share. Lists with filters are beside this file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.store.concerning import concern
from app.store.session import planned_by_values
from app.store.tables import (
    Calendar,
    DecisionDefinition,
    Definition,
    Deployment,
    FormDefinition,
    Instance,
    Membership,
    Organisation,
    Resource,
    Task,
)

_Root = aliased(Instance)
_LOCKED = (
    select(Instance)
    .join(_Root, _Root.id == Instance.root_id)
    .where(Instance.id == bindparam("id"))
    .with_for_update(of=[_Root, Instance])
    .execution_options(populate_existing=True)
)
_HELD = select(Instance.id).where(Instance.id == bindparam("id")).with_for_update(read=True, key_share=True)
_LOCKED_TASK = (
    select(Task, Instance, Calendar.version, Organisation.webhook_url.is_not(None))
    .join(Instance, Instance.id == Task.instance_id)
    .join(_Root, _Root.id == Instance.root_id)
    .outerjoin(Calendar, Calendar.tenant_id == Instance.tenant_id)
    .outerjoin(Organisation, Organisation.id == Instance.tenant_id)
    .where(Task.id == bindparam("id"))
    .with_for_update(of=[_Root, Instance, Task])
    .execution_options(populate_existing=True)
)


def locked_instance(session: Session, instance_id: UUID) -> Instance | None:
    """An instance, with a lock on it and on the root of its tree: calling and called processes move one at a time."""
    found: Instance | None = session.scalar(_LOCKED, {"id": instance_id})
    if found is not None:
        concern(found)
    return found


def count_callers(session: Session, instance_id: UUID) -> int:
    """How many instances wait, one for the other, for this one."""
    line = select(Instance.super_id).where(Instance.id == instance_id).cte(recursive=True)
    line = line.union_all(select(Instance.super_id).join(line, Instance.id == line.c.super_id))
    return session.scalar(select(func.count(line.c.super_id))) or 0


def locked_task(session: Session, task_id: UUID) -> tuple[Task, Instance] | None:
    """A task with its instance, both as they are once the instance's tree is locked.

    The task is locked last, by those alone who hold its tree: a lock of its own makes PostgreSQL read it again after
    the wait.
    """
    row = session.execute(_LOCKED_TASK, {"id": task_id}).one_or_none()
    if row is None:
        return None
    task, instance, calendar_version, told = row
    concern(instance)
    session.info[CALENDAR_VERSION, instance.tenant_id] = calendar_version
    session.info[WEBHOOK, instance.tenant_id] = told
    return task, instance


def lock_trees(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the trees of the instances for which these hold."""
    roots = select(Instance.root_id).where(*conditions)
    session.execute(select(_Root.id).where(_Root.id.in_(roots)).order_by(_Root.id).with_for_update())


def held_definition(session: Session, definition_id: str) -> Definition | None:
    """A definition as it is now, and until the end of the transaction: not suspended and not deleted meanwhile."""
    return session.get(Definition, definition_id, with_for_update={"read": True}, populate_existing=True)


CALENDAR_VERSION = "calendar version"
"""Key, with the tenant, of what a transaction knows already in `session.info`."""


def calendar_version(session: Session, tenant: str) -> int | None:
    """The version of an organisation's calendar, asked once a transaction."""
    known: int | None = session.info.get((CALENDAR_VERSION, tenant))
    if known is None:
        known = session.scalar(_CALENDAR_VERSION, {"tenant": tenant})
    return known


def note_calendar_version(session: Session, tenant: str | None) -> None:
    """Ask for it once, for a transaction that changes no calendar."""
    if tenant is not None:
        session.info[CALENDAR_VERSION, tenant] = calendar_version(session, tenant)


WEBHOOK = "webhook"
"""Key as CALENDAR_VERSION: whether the events of an organisation are told outside."""


def has_webhook(session: Session, tenant: str | None) -> bool:
    """Whether the events of an organisation are told outside, asked once a transaction."""
    if tenant is None:
        return False
    if (WEBHOOK, tenant) not in session.info:
        told = select(Organisation.webhook_url.is_not(None)).where(Organisation.id == tenant)
        session.info[WEBHOOK, tenant] = bool(session.scalar(told))
    return bool(session.info[WEBHOOK, tenant])


_CALENDAR_VERSION = select(Calendar.version).where(Calendar.tenant_id == bindparam("tenant"))


def visible_to(
    column: ColumnElement[str | None] | InstrumentedAttribute[str | None], tenants: Sequence[str] | None
) -> ColumnElement[bool]:
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
    """The definition that a call activity means, see `_bound`. Not deleted meanwhile."""
    query = _bound(Definition, select(Definition), key, tenant, binding, version, caller_id)
    return session.scalars(query.with_for_update(read=True, key_share=True)).first()


def bound_definitions(
    session: Session, calls: Sequence[tuple[str, str | None, str, str | None]], caller_id: str
) -> dict[int, Definition]:
    """The definitions that calls mean, (key, tenant, binding, version) each, by the number of the call, see `_bound`.

    Left out is what is not deployed.
    """
    if not calls:
        return {}
    bound = [_bound(Definition, select(Definition.id), *call, caller_id).scalar_subquery() for call in calls]
    meant = union_all(*(select(literal(n).label("number"), one.label("id")) for n, one in enumerate(bound))).subquery()
    rows = session.execute(select(meant.c.number, Definition).join(meant, meant.c.id == Definition.id))
    return {row.number: row.Definition for row in rows}


def late(now: datetime) -> ColumnElement[bool]:
    """Whether an open task is overdue: while the clock of its case stands still, by the moment at which it stands."""
    return and_(Task.due_at < now, Task.due_at < func.least(now, Task.stands_since))


def bound_form(
    session: Session, key: str, tenant: str | None, binding: str, version: str | None, caller_id: str
) -> bytes | None:
    """The source of the form that a start event or a user task means, see `_bound`."""
    query = select(Resource.content).join(FormDefinition, FormDefinition.resource_id == Resource.id)
    return session.scalar(_bound(FormDefinition, query, key, tenant, binding, version, caller_id))


def bound_decision(
    session: Session, key: str, tenant: str | None, binding: str, version: str | None, caller_id: str
) -> UUID | None:
    """The file of the decision that a business rule task means, see `_bound`."""
    query = select(DecisionDefinition.resource_id)
    return session.scalar(_bound(DecisionDefinition, query, key, tenant, binding, version, caller_id))


def _bound(
    table: type[Definition] | type[FormDefinition] | type[DecisionDefinition],
    query: Select[Any],
    key: str,
    tenant: str | None,
    binding: str,
    version: str | None,
    caller_id: str,
) -> Select[Any]:
    """The one that is meant, the organisation's own before that common to all: the newest (`latest`), of a number
    (`version`) or of a tag (`versionTag`); by `deployment` that deployed together with the definition `caller_id` or,
    where it has not changed then, the newest of before. What is deployed later changes none of them but `latest`.
    """
    query = query.where(table.key == key, or_(table.tenant_id == tenant, table.tenant_id.is_(None)))
    order: list[ColumnElement[Any]] = [table.tenant_id.is_(None), table.version.desc()]
    if binding == "deployment":
        together = select(Definition.deployment_id).where(Definition.id == caller_id).scalar_subquery()
        query = query.where(_deployed_by(table.deployment_id, caller_id))
        order.insert(0, table.deployment_id != together)
    elif binding == "version":
        is_number = version is not None and version.isdecimal() and len(version) < LONGEST_NUMBER
        query = query.where(table.version == int(version or 0) if is_number else false())
    elif binding == "versionTag":
        query = query.where(table.version_tag == version)
    return query.order_by(*order).limit(1)


LONGEST_NUMBER = 10


def _deployed_by(deployment_id: InstrumentedAttribute[UUID], caller_id: str) -> ColumnElement[bool]:
    """Whether something was deployed before a definition, or with it."""
    own, callers, caller = aliased(Deployment), aliased(Deployment), aliased(Definition)
    return (
        select(own.id)
        .join(callers, tuple_(own.deployed_at, own.id) <= tuple_(callers.deployed_at, callers.id))
        .join(caller, caller.deployment_id == callers.id)
        .where(own.id == deployment_id, caller.id == caller_id)
        .exists()
    )


def holders(session: Session, role: str, tenant: str) -> list[str]:
    """The ids of those who hold a role in an organisation, sorted."""
    held = select(Membership.user_id).where(Membership.group_id == role, Membership.tenant_id == tenant)
    return sorted(session.scalars(held))


def case_of_person(
    session: Session, tenant: str | None, number: str, person: str
) -> tuple[UUID, str, str | None] | None:
    """The newest case of an organisation with this application number and this applicant, a person or a legal entity.

    Its id, and the key and the name of its process; of called processes only the outermost is a case. It is not removed
    before the end of the transaction.
    """
    of_person = [{"applicationNumber": number, name: person} for name in ("applicantIdNumber", "legalEntityBin")]
    rows = session.execute(
        select(Instance.id, Definition.key, Definition.name, Instance.started_at)
        .join(Definition, Definition.id == Instance.definition_id)
        .where(
            or_(*(Instance.variables.contains(variables) for variables in of_person)),
            Instance.tenant_id.is_not_distinct_from(tenant),
            Instance.super_id.is_(None),
        )
    ).all()  # ordered here: to come upon the newest first, PostgreSQL would read all cases of the organisation
    found = max(rows, key=lambda row: (row.started_at, row.id), default=None)
    if found is None or session.scalar(_HELD, {"id": found.id}) is None:
        return None
    return found.id, found.key, found.name


def count(session: Session, query: Select[tuple[object]]) -> int:
    """How many rows a query would give."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return session.scalar(planned_by_values(counted)) or 0


def latest_definitions(session: Session, key: str, tenants: Sequence[str] | None) -> list[Definition]:
    """The newest version of a process in each organisation that has it."""
    return list(
        session.scalars(
            select(Definition)
            .ext(distinct_on(Definition.tenant_id))
            .where(Definition.key == key, visible_to(Definition.tenant_id, tenants))
            .order_by(Definition.tenant_id, Definition.version.desc())
        )
    )


def newest_of_editions(session: Session, key: str, tenant: str | None) -> list[Definition]:
    """The newest version of each edition of a process, of this organisation or (None) of the one common to all."""
    return list(
        session.scalars(
            select(Definition)
            .ext(distinct_on(Definition.edition))
            .where(Definition.key == key, Definition.tenant_id.is_not_distinct_from(tenant))
            .order_by(Definition.edition, Definition.version.desc())
        )
    )
