"""Signals for all that wait for them, and events that are told to one execution."""

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import signals
from app.api.event_subscriptions import subscription_out
from app.api.messages import tenant_in
from app.api.openapi import DONE, OBJECT, taken
from app.api.replies import done, reply, text_in, variables_in
from app.domain.models.model import node_of
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit

BODY = {
    "name": "string",
    "executionId": "string",
    "variables": "object",
    "tenantId": "string",
    "withoutTenantId": "boolean",
}
TRIGGER = taken({"variables": "object"})

blueprint = Blueprint("signal", __name__, url_prefix="/engine-rest/signal", description="Signals")
executions = Blueprint(
    "execution_events", __name__, url_prefix="/engine-rest/execution", description="Events of one execution"
)


@blueprint.route("", methods=["POST"])
@blueprint.doc(**DONE, **taken(BODY))
def throw() -> Response:
    """Tell a signal to all that wait for it or begin with it, or to one execution. That nobody waits for it is no error."""
    u, body = unit(), json_body()
    name, execution = text_in(body, "name"), text_in(body, "executionId")
    if not name:
        raise Invalid("No signal name given")
    tenant, without_tenant = tenant_in(body)
    variables = variables_in(body.get("variables"))
    if execution is None:
        signals.broadcast(u.session, u.actor, name, variables, u.now, tenant=tenant, without_tenant=without_tenant)
    elif tenant is not None or without_tenant:
        raise Invalid("Cannot specify a tenant-id when deliver a signal to a single execution.")
    else:
        signals.signal_execution(u.session, u.actor, execution, name, variables, u.now)
    return done()


@executions.route("/<execution_id>/signal", methods=["POST"])
@executions.doc(**DONE, **TRIGGER)
def trigger(execution_id: str) -> Response:
    """Let an execution that waits at a receive task or at a catching event go on."""
    u = unit()
    signals.trigger(u.session, u.actor, execution_id, variables_in(json_body().get("variables")), u.now)
    return done()


@executions.route("/<execution_id>/messageSubscriptions/<name>", methods=["GET"])
@executions.doc(**OBJECT)
def subscription(execution_id: str, name: str) -> Response:
    """What an execution waits for, if it is this message."""
    u = unit()
    found = signals.subscription(u.session, u.actor, execution_id, name)
    return reply(subscription_out(found, node_of(found.key)))


@executions.route("/<execution_id>/messageSubscriptions/<name>/trigger", methods=["POST"])
@executions.doc(**DONE, **TRIGGER)
def trigger_message(execution_id: str, name: str) -> Response:
    """Hand a message to one execution that waits for it."""
    u = unit()
    variables = variables_in(json_body().get("variables"))
    signals.trigger_message(u.session, u.actor, execution_id, name, variables, u.now)
    return done()
