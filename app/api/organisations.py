"""`/api/organisations/{tenant}`: how an organisation is set up, for administrators."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.people import organisations
from app.api.openapi import OBJECT, taken
from app.api.replies import reply
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Organisation

blueprint = Blueprint(
    "organisations", __name__, url_prefix="/api/organisations", description="How organisations are set up"
)
TAKEN = taken({"reminderPercent": "integer", "webhookUrl": "string", "webhookSecret": "string"})


def _out(found: Organisation) -> dict[str, Any]:
    """Never the secret itself."""
    return {
        "id": found.id,
        "names": found.names,
        "reminderPercent": found.reminder_percent,
        "webhookUrl": found.webhook_url,
        "webhookSigned": found.webhook_secret is not None,
    }


@blueprint.route("/<tenant>")
@blueprint.doc(**OBJECT)
def organisation(tenant: str) -> Response:
    """When people are told that a term ends, and where events are told"""
    u = unit()
    return reply(_out(organisations.organisation(u.session, u.actor, tenant)))


@blueprint.route("/<tenant>", methods=["PUT"])
@blueprint.doc(**TAKEN, **OBJECT)
def settle(tenant: str) -> Response:
    """Change some of it: per cent of a term that are left when it is told; address and secret of the webhook, null for none"""
    u = unit()
    return reply(_out(organisations.settle(u.session, u.actor, tenant, json_body())))
