"""Messages, handed to the instances that wait for them or begin with them; and conditions that begin instances."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.running.messages import (
    Brought,
    Correlation,
    Delivered,
    correlate,
    correlate_all,
    evaluate_conditions,
)
from app.api.openapi import ROWS, taken
from app.api.process_instances import instance_out
from app.api.replies import done, flag_in, reply, text_in, variables_in, variables_out
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.listing import uuid_of

BODY = {
    "messageName": "string",
    "businessKey": "string",
    "processInstanceId": "string",
    "tenantId": "string",
    "withoutTenantId": "boolean",
    "correlationKeys": "object",
    "localCorrelationKeys": "object",
    "processVariables": "object",
    "processVariablesLocal": "object",
    "processVariablesToTriggeredScope": "object",
    "all": "boolean",
    "resultEnabled": "boolean",
    "variablesInResultEnabled": "boolean",
}
BROUGHT = ("processVariables", "processVariablesLocal", "processVariablesToTriggeredScope")
CONDITION = {
    "variables": "object",
    "businessKey": "string",
    "tenantId": "string",
    "withoutTenantId": "boolean",
    "processDefinitionId": "string",
}

blueprint = Blueprint("message", __name__, url_prefix="/engine-rest/message", description="Messages")
conditions = Blueprint("condition", __name__, url_prefix="/engine-rest/condition", description="Conditions")


@blueprint.route("", methods=["POST"])
@blueprint.doc(**taken(BODY), **ROWS)
def deliver() -> Response:
    """Deliver a message to the one place that waits for it, else begin the one process that begins with it; with `all` to
    every one. With `resultEnabled` the answer says to which."""
    u, body = unit(), json_body()
    sought, brought = _sought(body), Brought(*(variables_in(body.get(name)) for name in BROUGHT))
    with_result = flag_in(body.get("resultEnabled"), "resultEnabled")
    with_variables = flag_in(body.get("variablesInResultEnabled"), "variablesInResultEnabled")
    if with_variables and not with_result:
        raise Invalid("Parameter variablesInResultEnabled cannot be used without resultEnabled set to true")
    if flag_in(body.get("all"), "all"):
        delivered = correlate_all(u.session, u.actor, sought, brought, u.now)
    else:
        delivered = [correlate(u.session, u.actor, sought, brought, u.now)]
    return reply([_result(one, with_variables) for one in delivered]) if with_result else done()


def _sought(body: Mapping[str, Any]) -> Correlation:
    name = text_in(body, "messageName")
    if not name:
        raise Invalid("No message name supplied")
    tenant, without_tenant = tenant_in(body)
    instance = text_in(body, "processInstanceId")
    instance_id = None if instance is None else uuid_of(instance)
    if instance is not None and instance_id is None:
        raise Invalid(f"Cannot correlate message '{name}': there is no process instance with id '{instance}'")
    return Correlation(
        name,
        business_key=text_in(body, "businessKey"),
        instance_id=instance_id,
        tenant=tenant,
        without_tenant=without_tenant,
        keys=variables_in(body.get("correlationKeys")),
        local_keys=variables_in(body.get("localCorrelationKeys")),
    )


def tenant_in(body: Mapping[str, Any]) -> tuple[str | None, bool]:
    """`tenantId` and `withoutTenantId` of a body. Raises Invalid if both are given."""
    tenant = text_in(body, "tenantId")
    without_tenant = flag_in(body.get("withoutTenantId"), "withoutTenantId")
    if tenant is not None and without_tenant:
        raise Invalid("Parameter 'tenantId' cannot be used together with parameter 'withoutTenantId'.")
    return tenant, without_tenant


def _result(delivered: Delivered, with_variables: bool) -> dict[str, Any]:
    instance, execution = delivered.instance, None
    if delivered.token is not None:
        execution = {
            "id": f"{instance.id}:{delivered.token}",
            "processInstanceId": str(instance.id),
            "ended": instance.ended_at is not None,
            "tenantId": instance.tenant_id,
        }
    result: dict[str, Any] = {
        "resultType": "ProcessDefinition" if execution is None else "Execution",
        "processInstance": instance_out(instance, linked=True) if execution is None else None,
        "execution": execution,
    }
    if with_variables:  # absent otherwise: clients read a null there as an object
        result["variables"] = variables_out(instance.variables, instance.types)
    return result


@conditions.route("", methods=["POST"])
@conditions.doc(**taken(CONDITION), **ROWS)
def evaluate() -> Response:
    """Begin every process whose conditional start event these variables meet; gives the instances."""
    u, body = unit(), json_body()
    variables = variables_in(body.get("variables"))
    if not variables:
        raise Invalid("Variables are required to evaluate conditional start events")
    tenant, without_tenant = tenant_in(body)
    sought = Correlation("", business_key=text_in(body, "businessKey"), tenant=tenant, without_tenant=without_tenant)
    definition = text_in(body, "processDefinitionId")
    begun = evaluate_conditions(u.session, u.actor, sought, variables, u.now, definition_id=definition)
    return reply([instance_out(instance, linked=True) for instance in begun])
