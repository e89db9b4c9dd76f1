"""Activities of process instances, ended and open, as one list.

Ended ones are in the records of what was done. Open ones are user tasks of the task table, or tokens that the caller has read
from the states of running instances; names and types of the nodes come from the caller too, when a list needs them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    Interval,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from app.store import listing as by
from app.store.listing import Listing, Query, Wanted
from app.store.queries import visible_to
from app.store.records import PARTS
from app.store.tables import Definition, History, Instance, Task
from app.store.tables.record import MIGRATE

_Moment = DateTime(timezone=True)
_Called = aliased(Instance)


def _records(alias: str, **columns: Any) -> Any:
    """A list of JSON objects given as a parameter, as a table."""
    given = func.jsonb_to_recordset(bindparam(f"given_{alias}", [], JSONB))
    fields = [column(field, kind) for field, kind in columns.items()]
    return given.table_valued(*fields, name=alias).render_derived(with_types=True)


def _ended(records: Subquery) -> Select[Any]:
    record = records.c
    left = func.jsonb_array_elements(cast(record.activities, JSONB)).table_valued("value", name="left_node")
    fact = type_coerce(left.c.value, JSONB()).op("->>")
    took = func.coalesce(cast(fact(2), BigInteger), 0) * literal(timedelta(milliseconds=1), Interval)
    return (
        select(
            record.instance_id.label("instance_id"),
            cast(fact(1), Integer).label("token"),
            fact(0).label("node"),
            cast(fact(3), Integer).label("parent"),
            (func.date_trunc("milliseconds", record.at) - took).label("started"),
            record.at.label("ended"),
            func.coalesce(cast(fact(4), Boolean), False).label("cancelled"),
        )
        .select_from(records)
        .join(left, by.ALWAYS)
    )


_open_tasks = select(
    Task.instance_id,
    Task.token,
    Task.element.label("node"),
    Task.parent_token.label("parent"),
    Task.created_at.label("started"),
    cast(null(), _Moment).label("ended"),
    literal(False).label("cancelled"),
).where(Task.ended_at.is_(None), bindparam("with_tasks", False, Boolean))
_tokens = _records("open_token", instance=Uuid, token=Integer, node=Text, parent=Integer, started=_Moment)
_open_tokens = select(
    _tokens.c.instance,
    _tokens.c.token,
    _tokens.c.node,
    _tokens.c.parent,
    _tokens.c.started,
    cast(null(), _Moment),
    literal(False),
)
_nodes = _records("known_node", definition=Text, node=Text, name=Text, type=Text)


def left_nodes(records: Subquery) -> Subquery:
    """(instance_id, node, milliseconds that it took, cancelled) of the activities that ended by records."""
    left = func.json_array_elements(records.c.activities).table_valued("value", name="left_node")
    fact = type_coerce(left.c.value, JSON()).op("->>")
    return (
        select(
            records.c.instance_id,
            fact(0).label("node"),
            func.coalesce(cast(fact(2), BigInteger), 0).label("milliseconds"),
            func.coalesce(cast(fact(4), Boolean), False).label("cancelled"),
        )
        .select_from(records)
        .join(left, by.ALWAYS)
        .subquery()
    )


def _listing(activity: Subquery) -> Listing:
    at = activity.c
    return Listing(
        filters={
            "activityInstanceId": by.at_token(at.instance_id, at.token),
            "processInstanceId": by.identified(at.instance_id),
            "processDefinitionId": by.equal(Instance.definition_id),
            "processDefinitionKey": by.equal(Instance.definition_key),
            "executionId": by.at_token(at.instance_id, at.token),
            "activityId": by.equal(at.node),
            "activityName": by.equal(_nodes.c.name),
            "activityType": by.equal(_nodes.c.type),
            "taskAssignee": by.equal(Task.assignee),
            "finished": by.when(at.ended.is_not(None)),
            "unfinished": by.when(at.ended.is_(None)),
            "canceled": by.when(at.cancelled),
            "startedBefore": by.before(at.started),
            "startedAfter": by.after(at.started),
            "finishedBefore": by.before(at.ended),
            "finishedAfter": by.after(at.ended),
            "tenantIdIn": by.among(Instance.tenant_id),
            "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
        },
        order={
            "activityInstanceId": by.token_id(at.instance_id, at.token),
            "instanceId": at.instance_id,
            "executionId": by.token_id(at.instance_id, at.token),
            "activityId": at.node,
            "activityName": _nodes.c.name,
            "activityType": _nodes.c.type,
            "startTime": at.started,
            "endTime": at.ended,
            "duration": at.ended - at.started,
            "definitionId": Instance.definition_id,
            "occurrence": at.token,
            "tenantId": Instance.tenant_id,
        },
        last=(at.instance_id, at.token),
        unsupported=frozenset({"completeScope"}),
    )


@dataclass(frozen=True, slots=True)
class Sources:
    """What a list is made of beside the records. open_tasks: whether open user tasks are taken from the task table.

    open_tokens: [{instance, token, node, parent, started}] as texts and numbers. nodes: [{definition, node, name, type}].
    """

    open_tasks: bool
    open_tokens: Sequence[dict[str, Any]]
    nodes: Sequence[dict[str, Any]]

    def given(self, query: Query) -> Query:
        """The query, with these as its parameters."""
        return query.params(
            with_tasks=self.open_tasks, given_open_token=list(self.open_tokens), given_known_node=list(self.nodes)
        )


def _query(activity: Subquery) -> Query:
    at = activity.c
    return (
        select(
            *at,
            Instance.definition_id,
            Instance.definition_key,
            Instance.tenant_id,
            Instance.root_id,
            Task.id.label("task_id"),
            Task.assignee,
            _Called.id.label("called_id"),
        )
        .join(Instance, Instance.id == at.instance_id)
        .outerjoin(Task, and_(Task.instance_id == at.instance_id, Task.token == at.token))
        .outerjoin(_Called, and_(_Called.super_id == at.instance_id, _Called.super_token == at.token))
        .outerjoin(_nodes, and_(_nodes.c.definition == Instance.definition_id, _nodes.c.node == at.node))
    )


_PARTS = [*map(_ended, PARTS), union_all(_open_tasks, _open_tokens)]
_ALL, *_BY_PART = [
    (_query(activity), _listing(activity))
    for activity in (part.subquery("activity") for part in (union_all(*_PARTS), *_PARTS))
]
ACTIVITIES = _ALL[1]


def activities(tenants: Sequence[str] | None, sources: Sources) -> Query:
    """(instance_id, token, node, parent, started, ended, cancelled, definition_id, definition_key, tenant_id, root_id,
    task_id, assignee, called_id); parent: a token or None.
    """
    return sources.given(_ALL[0].where(visible_to(Instance.tenant_id, tenants)))


def activities_page(tenants: Sequence[str] | None, sources: Sources, wanted: Wanted) -> Query:
    """One page of them."""
    seen = visible_to(Instance.tenant_id, tenants)
    return sources.given(by.merged_page([(query.where(seen), listing) for query, listing in _BY_PART], wanted))


BY_MODEL = frozenset({"activityName", "activityType"})
"""Filters and keys that need the nodes of the models."""
INSTANCE = Listing(
    filters={
        "processInstanceId": by.identified(Instance.id),
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "tenantIdIn": by.among(Instance.tenant_id),
        "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
    },
    order={},
    last=(Instance.id,),
)
"""Those of the filters that say something about the instance."""


def running_states(
    session: Session, tenants: Sequence[str] | None, wanted: Wanted, limit: int
) -> list[tuple[UUID, str, bytes]]:
    """(id, definition_id, state) of the running instances that the filters leave, at most `limit`."""
    query = select(Instance.id, Instance.definition_id, Instance.state).where(
        Instance.ended_at.is_(None), Instance.state.is_not(None), visible_to(Instance.tenant_id, tenants)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(by.narrowed(query, INSTANCE, wanted).limit(limit))]


def definitions_in_use(session: Session, tenants: Sequence[str] | None, wanted: Wanted) -> list[str]:
    """The definitions of the instances that the filters leave."""
    used = by.narrowed(select(Instance.id), INSTANCE, wanted).where(
        Instance.definition_id == Definition.id, visible_to(Instance.tenant_id, tenants)
    )
    return list(session.scalars(select(Definition.id).where(used.correlate(Definition).exists())))


def definitions_before(session: Session, instance_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """(instance, definition) of those that instances were taken away from, the last first."""
    query = select(History.instance_id, History.data["processDefinitionId"][0].as_string())
    migrated = query.where(History.instance_id.in_(instance_ids), History.operation == MIGRATE)
    return [(row[0], row[1]) for row in session.execute(migrated.order_by(History.id.desc()))]


def ended_by_node(definition_id: str, tenants: Sequence[str] | None) -> Query:
    """(node, how many have ended, how many of them were cancelled) of the activities of a definition."""
    ended = union_all(*map(_ended, PARTS)).subquery("ended")
    return (
        select(ended.c.node, func.count(), func.count().filter(ended.c.cancelled))
        .join(Instance, Instance.id == ended.c.instance_id)
        .where(Instance.definition_id == definition_id, visible_to(Instance.tenant_id, tenants))
        .group_by(ended.c.node)
    )
