"""Activities of process instances, ended and open, as one list.

Ended ones are in the rows of history. Open ones are user tasks of the task table, or tokens that the caller has read
from the states of running instances; names and types of the nodes come from the caller too, when a list needs them.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    DateTime,
    Integer,
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
from app.store.tables import Definition, History, Instance, Task

_Moment = DateTime(timezone=True)
_Called = aliased(Instance)


def _records(alias: str, **columns: Any) -> Any:
    """A list of JSON objects given as a parameter, as a table."""
    given = func.jsonb_to_recordset(bindparam(f"given_{alias}", [], JSONB))
    fields = [column(field, kind) for field, kind in columns.items()]
    return given.table_valued(*fields, name=alias).render_derived(with_types=True)


_left = func.jsonb_array_elements(cast(History.activities, JSONB)).table_valued("value", name="left_node")
_fact = type_coerce(_left.c.value, JSONB()).op("->>")
_ended = (
    select(
        History.instance_id.label("instance_id"),
        cast(_fact("t"), Integer).label("token"),
        _fact("n").label("node"),
        cast(_fact("p"), Integer).label("parent"),
        func.coalesce(cast(_fact("s"), _Moment), History.at).label("started"),
        History.at.label("ended"),
        func.coalesce(cast(_fact("x"), Boolean), False).label("cancelled"),
    )
    .select_from(History)
    .join(_left, by.ALWAYS)
)
_open_tasks = select(
    Task.instance_id,
    Task.token,
    Task.element,
    Task.parent_token,
    Task.created_at,
    cast(null(), _Moment),
    literal(False),
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
ACTIVITY = union_all(_ended, _open_tasks, _open_tokens).subquery("activity")
_at = ACTIVITY.c

ACTIVITIES = Listing(
    filters={
        "activityInstanceId": by.at_token(_at.instance_id, _at.token),
        "processInstanceId": by.identified(_at.instance_id),
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "executionId": by.at_token(_at.instance_id, _at.token),
        "activityId": by.equal(_at.node),
        "activityName": by.equal(_nodes.c.name),
        "activityType": by.equal(_nodes.c.type),
        "taskAssignee": by.equal(Task.assignee),
        "finished": by.when(_at.ended.is_not(None)),
        "unfinished": by.when(_at.ended.is_(None)),
        "canceled": by.when(_at.cancelled),
        "startedBefore": by.before(_at.started),
        "startedAfter": by.after(_at.started),
        "finishedBefore": by.before(_at.ended),
        "finishedAfter": by.after(_at.ended),
        "tenantIdIn": by.among(Instance.tenant_id),
        "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
    },
    order={
        "activityInstanceId": func.concat(_at.instance_id, ":", func.lpad(cast(_at.token, Text), 10, "0")),
        "instanceId": _at.instance_id,
        "executionId": func.concat(_at.instance_id, ":", func.lpad(cast(_at.token, Text), 10, "0")),
        "activityId": _at.node,
        "activityName": _nodes.c.name,
        "activityType": _nodes.c.type,
        "startTime": _at.started,
        "endTime": _at.ended,
        "duration": _at.ended - _at.started,
        "definitionId": Instance.definition_id,
        "occurrence": _at.token,
        "tenantId": Instance.tenant_id,
    },
    last=(_at.instance_id, _at.token),
    unsupported=frozenset({"completeScope"}),
)
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


def activities(
    tenants: Sequence[str] | None,
    *,
    open_tasks: bool,
    open_tokens: Sequence[dict[str, Any]],
    nodes: Sequence[dict[str, Any]],
) -> Query:
    """(instance_id, token, node, parent, started, ended, cancelled, definition_id, definition_key, tenant_id, root_id,
    task_id, assignee, called_id); parent: a token or None.

    open_tasks: whether open user tasks are taken from the task table. open_tokens: [{instance, token, node, parent,
    started}] as texts and numbers. nodes: [{definition, node, name, type}].
    """
    return (
        select(
            *_at,
            Instance.definition_id,
            Instance.definition_key,
            Instance.tenant_id,
            Instance.root_id,
            Task.id.label("task_id"),
            Task.assignee,
            _Called.id.label("called_id"),
        )
        .join(Instance, Instance.id == _at.instance_id)
        .outerjoin(Task, and_(Task.instance_id == _at.instance_id, Task.token == _at.token))
        .outerjoin(_Called, and_(_Called.super_id == _at.instance_id, _Called.super_token == _at.token))
        .outerjoin(_nodes, and_(_nodes.c.definition == Instance.definition_id, _nodes.c.node == _at.node))
        .where(visible_to(Instance.tenant_id, tenants))
        .params(with_tasks=open_tasks, given_open_token=list(open_tokens), given_known_node=list(nodes))
    )


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
