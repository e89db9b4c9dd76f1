"""What people did, as the dialect's operation log: one entry a changed property."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Text, and_, case, cast, false, func, null, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import TableValuedAlias

from app.store import listing as by
from app.store.listing import Listing, Query, Wanted
from app.store.queries import visible_to
from app.store.records import PARTS, RECORDS
from app.store.tables import Definition, History, Instance
from app.store.tables.record import MIGRATE

NO_PROPERTY = ""
CANDIDATE = "candidate"
OF_THE_ENGINE = (
    "Return", "Escalate", "TimerFired", "JobRun", "Receive",
    "CompleteExternalTask", "FailExternalTask", "BpmnError",
)  # fmt: skip
OF_THE_CALLER = ("Create", "Delete")
"""What is done to called processes by those that call them."""
PROPERTIES = {
    "due_at": "dueDate",
    "follow_up_at": "followUpDate",
    "candidate_users": CANDIDATE,
    "candidate_groups": CANDIDATE,
}
"""The dialect's names of our attributes; the others have the same."""
LINKS = ("AddUserLink", "AddGroupLink", "DeleteUserLink", "DeleteGroupLink")
SET_RETRIES = "SetExternalTaskRetries"
_VARIABLES = ("ModifyVariable", "SetVariable", "SetVariables", "RemoveVariable")
_pair = func.jsonb_build_array
_object = func.jsonb_build_object


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries of some records: an object of [old, new] by attribute for each, of which `each` is one."""

    record: Subquery
    each: TableValuedAlias
    property: ColumnElement[str]
    entity: ColumnElement[str]
    category: ColumnElement[str]


def _entries(records: Subquery) -> _Entries:
    record = records.c
    each = func.jsonb_each(_changes(record)).table_valued("key", "value", name="change")
    attribute = type_coerce(each.c.key, Text())
    entity = case(
        (record.operation.in_(_VARIABLES), "Variable"),
        (record.operation.in_(LINKS), "IdentityLink"),
        (record.operation == SET_RETRIES, "ExternalTask"),
        (record.task_id.is_not(None), "Task"),
        else_="ProcessInstance",
    )
    return _Entries(
        record=records,
        each=each,
        property=case(*((attribute == ours, theirs) for ours, theirs in PROPERTIES.items()), else_=attribute),
        entity=entity,
        category=case((record.task_id.is_not(None), "TaskWorker"), else_="Operator"),
    )


def _changes(record: Any) -> ColumnElement[Any]:
    data = cast(record.data, JSONB)
    return case(
        (and_(record.operation == "Claim", record.data.is_(None)), _object("assignee", _pair(null(), record.user_id))),
        (record.operation == "Complete", _object("delete", _pair("false", "true"))),
        (record.operation == "Create", _object("processDefinitionId", _pair(null(), begun_as(Instance.id)))),
        (record.operation == "Migrate", _object("processDefinitionId", data.op("->")("processDefinitionId"))),
        (
            and_(record.operation == "ModifyProcessInstance", data.has_key("activities")),
            _object("activities", data.op("->")("activities")),
        ),
        (
            record.operation == "RestartProcessInstance",
            _object("processInstanceId", data.op("->")("processInstanceId")),
        ),
        (record.operation == "Suspend", _object("suspensionState", _pair(null(), "suspended"))),
        (record.operation == "Activate", _object("suspensionState", _pair(null(), "active"))),
        (
            and_(record.operation == "Delete", data.has_key("reason")),
            _object("deleteReason", _pair(null(), data.op("->")("reason"))),
        ),
        (
            and_(
                or_(record.task_id.is_not(None), record.operation.in_((*_VARIABLES, SET_RETRIES))),
                record.data.is_not(None),
            ),
            data,
        ),
        else_=_object(NO_PROPERTY, _pair(null(), null())),
    )


_migration = aliased(History)


def begun_as(instance_id: Any) -> ColumnElement[str]:
    """The definition that an instance was begun with: the one that it was first taken away from, else its own."""
    first = (
        select(_migration.data["processDefinitionId"][0].as_string())
        .where(_migration.instance_id == instance_id, _migration.operation == MIGRATE)
        .order_by(_migration.id)
        .limit(1)
        .correlate(Instance)
        .scalar_subquery()
    )
    return func.coalesce(first, Instance.definition_id)


def _listing(entries: _Entries) -> Listing:
    record = entries.record.c
    return Listing(
        filters={
            "processDefinitionId": by.equal(Instance.definition_id),
            "processDefinitionKey": by.equal(Instance.definition_key),
            "processInstanceId": by.identified(record.instance_id),
            "deploymentId": by.identified(Definition.deployment_id),
            "executionId": by.identified(record.instance_id),
            "taskId": by.identified(record.task_id),
            "userId": by.equal(record.user_id),
            "operationId": by.equal(record.id),
            "operationType": by.equal(record.operation),
            "entityType": by.equal(entries.entity),
            "entityTypeIn": by.among(entries.entity),
            "category": by.equal(entries.category),
            "categoryIn": by.among(entries.category),
            "property": by.Filter(
                by.Kind.TEXT,
                lambda text: and_(entries.property == text, entries.property != NO_PROPERTY) if text else false(),
            ),
            "afterTimestamp": by.after(record.at),
            "beforeTimestamp": by.before(record.at),
        },
        order={"timestamp": record.at},
        last=(record.at, record.id, entries.property),
        unsupported=frozenset(
            {
                "caseDefinitionId", "caseInstanceId", "caseExecutionId", "externalTaskId", "batchId", "jobId",
                "jobDefinitionId",
            }
        ),
    )  # fmt: skip


def _query(entries: _Entries) -> Query:
    record, values = entries.record.c, type_coerce(entries.each.c.value, JSONB())
    return (
        select(
            *record,
            Instance.definition_id,
            Instance.definition_key,
            Instance.root_id,
            Definition.deployment_id,
            entries.property.label("property"),
            values.op("->>")(0).label("old"),
            values.op("->>")(1).label("new"),
            entries.entity.label("entity"),
            entries.category.label("category"),
        )
        .join(Instance, Instance.id == record.instance_id)
        .join(Definition, Definition.id == Instance.definition_id)
        .join(entries.each, by.ALWAYS)
        .where(
            record.user_id.is_not(None),
            record.operation.not_in(OF_THE_ENGINE),
            or_(record.operation.not_in(OF_THE_CALLER), Instance.super_id.is_(None)),
        )
    )


_ALL, *_BY_PART = [(_query(entries), _listing(entries)) for entries in map(_entries, (RECORDS, *PARTS))]
OPERATIONS = _ALL[1]


def operations(tenants: Sequence[str] | None) -> Query:
    """What people did themselves: neither what timers do nor the called processes that begin and end because of it.

    The columns of RECORDS, then definition_id, definition_key, root_id, deployment_id, property, old, new, entity, category.
    """
    return _ALL[0].where(visible_to(Instance.tenant_id, tenants))


def operations_page(tenants: Sequence[str] | None, wanted: Wanted) -> Query:
    """One page of them."""
    seen = visible_to(Instance.tenant_id, tenants)
    return by.merged_page([(query.where(seen), listing) for query, listing in _BY_PART], wanted)
