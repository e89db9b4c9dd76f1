"""Messages, handed to the instances that wait for them."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.running.messages import Delivered, correlate
from app.api.openapi import ROWS, taken
from app.api.replies import done, flag_in, needed_text_in, reply, text_in, variables_in, variables_out
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.listing import uuid_of

UNSUPPORTED = ("localCorrelationKeys", "processVariablesLocal", "processVariablesToTriggeredScope")
BODY = {
    "messageName": "string",
    "businessKey": "string",
    "processInstanceId": "string",
    "tenantId": "string",
    "withoutTenantId": "boolean",
    "correlationKeys": "object",
    "processVariables": "object",
    "resultEnabled": "boolean",
    "variablesInResultEnabled": "boolean",
}

blueprint = Blueprint("message", __name__, url_prefix="/engine-rest/message", description="Messages")


@blueprint.route("", methods=["POST"])
@blueprint.doc(**taken(BODY), **ROWS)
def deliver() -> Response:
    """Deliver a message to the one place that waits for it; with `resultEnabled` the answer says to which."""
    u, body = unit(), json_body()
    for name in UNSUPPORTED:
        if body.get(name):
            raise Invalid(f"{name} is not supported")
    if flag_in(body.get("all"), "all"):
        raise Invalid("all is not supported: a message is for one place that waits for it")
    name, tenant = needed_text_in(body, "messageName"), text_in(body, "tenantId")
    without_tenant = flag_in(body.get("withoutTenantId"), "withoutTenantId")
    if tenant is not None and without_tenant:
        raise Invalid("tenantId and withoutTenantId cannot be given together")
    with_result = flag_in(body.get("resultEnabled"), "resultEnabled")
    with_variables = flag_in(body.get("variablesInResultEnabled"), "variablesInResultEnabled")
    instance = text_in(body, "processInstanceId")
    instance_id = None if instance is None else uuid_of(instance)
    if instance is not None and instance_id is None:
        raise Invalid(f"Cannot correlate message '{name}': there is no process instance with id '{instance}'")
    delivered = correlate(
        u.session,
        u.actor,
        name,
        variables_in(body.get("processVariables")),
        u.now,
        business_key=text_in(body, "businessKey"),
        instance_id=instance_id,
        tenant=tenant,
        without_tenant=without_tenant,
        correlation=variables_in(body.get("correlationKeys")),
    )
    return reply([_result(delivered, with_variables)]) if with_result else done()


def _result(delivered: Delivered, with_variables: bool) -> dict[str, Any]:
    instance = delivered.instance
    result: dict[str, Any] = {
        "resultType": "Execution",
        "processInstance": None,
        "execution": {
            "id": f"{instance.id}:{delivered.token}",
            "processInstanceId": str(instance.id),
            "ended": instance.ended_at is not None,
            "tenantId": instance.tenant_id,
        },
    }
    if with_variables:  # absent otherwise: clients read a null there as an object
        result["variables"] = variables_out(instance.variables, instance.types)
    return result
