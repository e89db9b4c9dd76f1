"""The variables of processes as lists: of those that run, and of all of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.models.values import WHOLE
from app.store import listing as by
from app.store.history_lists import CASES, IGNORING_CASE
from app.store.listing import Listing, Query
from app.store.queries import visible_to
from app.store.tables import Instance
from app.store.variable_filters import Condition, holds

_WHOLE: ColumnElement[Any] = literal_column("'{}'")
_each = func.jsonb_each(Instance.variables).table_valued("key", "value", name="variable")
_name = type_coerce(_each.c.key, Text())
_value = type_coerce(_each.c.value, JSONB())
_mark = Instance.types.op("->")(_name)
_text = cast(_value, Text)
_fits = _text.op("~")(r"^-?\d{1,18}$")
_type = case(
    (func.jsonb_typeof(_mark) == "string", _mark.op("#>>")(_WHOLE)),
    (func.jsonb_typeof(_mark) == "array", _mark.op("->>")(literal_column("0"))),
    (func.jsonb_typeof(_value) == "null", "Null"),
    (func.jsonb_typeof(_value) == "boolean", "Boolean"),
    (func.jsonb_typeof(_value) == "string", "String"),
    (func.jsonb_typeof(_value).in_(("object", "array")), "Json"),
    (_text.op("~")(r"[.eE]"), "Double"),
    (
        and_(_fits, cast(case((_fits, _text), else_="0"), BigInteger).between(-WHOLE["Integer"], WHOLE["Integer"] - 1)),
        "Integer",
    ),
    else_="Long",
)
"""The type of a variable as `values.recall` tells it."""

PAST = Listing(
    filters={
        "variableName": by.equal(_name),
        "variableNameIn": by.among(_name),
        "variableNameLike": by.like(_name),
        "variableValue": by.Filter(by.Kind.SCALAR, lambda text: _value.op("#>>")(_WHOLE) == text),
        "variableTypeIn": by.Filter(
            by.Kind.TEXTS, lambda names: _type.in_([name[:1].upper() + name[1:] for name in names])
        ),
        "processInstanceId": by.identified(Instance.id),
        "processInstanceIdIn": by.identified_among(Instance.id),
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "executionIdIn": by.identified_among(Instance.id),
        "activityInstanceIdIn": by.identified_among(Instance.id),
        "tenantIdIn": by.among(Instance.tenant_id),
        "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
    },
    order={"instanceId": Instance.id, "variableName": _name, "tenantId": Instance.tenant_id},
    last=(Instance.id, _name),
    unsupported=frozenset(
        {"includeDeleted", "taskIdIn", "caseActivityIdIn", "caseExecutionIdIn", *CASES, *IGNORING_CASE}
    ),
)


def _is(condition: Condition) -> ColumnElement[bool]:
    """Whether it is the variable that a condition names, and the condition holds."""
    return and_(_name == condition.name, holds(Instance.variables, condition))


RUNNING = Listing(
    filters={
        **{name: PAST.filters[name] for name in ("variableName", "variableNameLike", "tenantIdIn")},
        **dict.fromkeys(
            ("processInstanceIdIn", "executionIdIn", "activityInstanceIdIn", "variableScopeIdIn"),
            by.identified_among(Instance.id),
        ),
        "variableValues": by.Filter(by.Kind.CONDITIONS, lambda given: and_(by.ALWAYS, *map(_is, given))),
    },
    order={
        "variableName": _name,
        "variableType": _type,
        "activityInstanceId": Instance.id,
        "tenantId": Instance.tenant_id,
    },
    last=(Instance.id, _name),
    unsupported=frozenset({"taskIdIn", "batchIdIn", "caseInstanceIdIn", "caseExecutionIdIn", *IGNORING_CASE}),
)


def variables(tenants: Sequence[str] | None) -> Query:
    """(id, definition_id, definition_key, tenant_id, root_id, started_at, mark, name, value) of the process's own variables."""
    return (
        select(
            Instance.id,
            Instance.definition_id,
            Instance.definition_key,
            Instance.tenant_id,
            Instance.root_id,
            Instance.started_at,
            _mark.label("mark"),
            _name.label("name"),
            _value.label("value"),
        )
        .join(_each, by.ALWAYS)
        .where(visible_to(Instance.tenant_id, tenants))
    )


def running(tenants: Sequence[str] | None) -> Query:
    """The same of processes that run."""
    return variables(tenants).where(Instance.ended_at.is_(None))


def identified(query: Query, text_id: str) -> Query:
    """The one of an id, `instance:name`."""
    instance_id, _, name = text_id.partition(":")
    return query.where(by.identified(Instance.id).condition(instance_id), _name == name)
