"""What people did, as the dialect's operation log: one entry a changed property."""

from collections.abc import Sequence

from sqlalchemy import Text, and_, case, cast, false, func, null, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from app.store import listing as by
from app.store.listing import Listing, Query
from app.store.queries import visible_to
from app.store.tables import Definition, History, Instance

NO_PROPERTY = ""
CANDIDATE = "candidate"
OF_THE_ENGINE = ("Return", "TimerFired")
PROPERTIES = {
    "due_at": "dueDate",
    "follow_up_at": "followUpDate",
    "candidate_users": CANDIDATE,
    "candidate_groups": CANDIDATE,
}
"""The dialect's names of our attributes; the others have the same."""
LINKS = ("AddUserLink", "AddGroupLink", "DeleteUserLink", "DeleteGroupLink")
_VARIABLES = ("ModifyVariable", "SetVariable", "SetVariables", "RemoveVariable")

_data = cast(History.data, JSONB)
_pair = func.jsonb_build_array
_object = func.jsonb_build_object
_changes = case(
    (History.operation == "Complete", _object("delete", _pair("false", "true"))),
    (History.operation == "Create", _object("processDefinitionId", _pair(null(), Instance.definition_id))),
    (History.operation == "Suspend", _object("suspensionState", _pair(null(), "suspended"))),
    (History.operation == "Activate", _object("suspensionState", _pair(null(), "active"))),
    (
        and_(History.operation == "Delete", _data.has_key("reason")),
        _object("deleteReason", _pair(null(), _data.op("->")("reason"))),
    ),
    (
        and_(or_(History.task_id.is_not(None), History.operation.in_(_VARIABLES)), History.data.is_not(None)),
        _data,
    ),
    else_=_object(NO_PROPERTY, _pair(null(), null())),
)
_each = func.jsonb_each(_changes).table_valued("key", "value", name="change")
_attribute = type_coerce(_each.c.key, Text())
_property = case(*((_attribute == ours, theirs) for ours, theirs in PROPERTIES.items()), else_=_attribute)
_values = type_coerce(_each.c.value, JSONB())
_entity = case(
    (History.operation.in_(_VARIABLES), "Variable"),
    (History.operation.in_(LINKS), "IdentityLink"),
    (History.task_id.is_not(None), "Task"),
    else_="ProcessInstance",
)
_category = case((History.task_id.is_not(None), "TaskWorker"), else_="Operator")

OPERATIONS = Listing(
    filters={
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "processInstanceId": by.identified(History.instance_id),
        "deploymentId": by.identified(Definition.deployment_id),
        "executionId": by.identified(History.instance_id),
        "taskId": by.identified(History.task_id),
        "userId": by.equal(History.user_id),
        "operationId": by.equal(cast(History.id, Text)),
        "operationType": by.equal(History.operation),
        "entityType": by.equal(_entity),
        "entityTypeIn": by.among(_entity),
        "category": by.equal(_category),
        "categoryIn": by.among(_category),
        "property": by.Filter(
            by.Kind.TEXT, lambda text: and_(_property == text, _property != NO_PROPERTY) if text else false()
        ),
        "afterTimestamp": by.after(History.at),
        "beforeTimestamp": by.before(History.at),
    },
    order={"timestamp": History.at},
    last=(History.id, _attribute),
    unsupported=frozenset(
        {
            "caseDefinitionId", "caseInstanceId", "caseExecutionId", "externalTaskId", "batchId", "jobId",
            "jobDefinitionId",
        }
    ),
)  # fmt: skip


def operations(tenants: Sequence[str] | None) -> Query:
    """What people did themselves: neither what timers do nor the processes that are called because of it.

    (History, definition_id, definition_key, root_id, deployment_id, property, old, new, entity, category).
    """
    return (
        select(
            History,
            Instance.definition_id,
            Instance.definition_key,
            Instance.root_id,
            Definition.deployment_id,
            _property.label("property"),
            _values.op("->>")(0).label("old"),
            _values.op("->>")(1).label("new"),
            _entity.label("entity"),
            _category.label("category"),
        )
        .join(Instance, Instance.id == History.instance_id)
        .join(Definition, Definition.id == Instance.definition_id)
        .join(_each, by.ALWAYS)
        .where(
            History.user_id.is_not(None),
            History.operation.not_in(OF_THE_ENGINE),
            or_(History.operation != "Create", Instance.super_id.is_(None)),
            visible_to(History.tenant_id, tenants),
        )
    )
