"""`/api/services`: what the regulations say, and which model runs it."""

from flask import Response
from flask_smorest import Blueprint

from app.actions.models import services
from app.api.openapi import OBJECT, ROWS
from app.api.replies import reply
from app.http.transaction import unit

blueprint = Blueprint("services", __name__, url_prefix="/api/services", description="State services and their acts")


@blueprint.route("")
@blueprint.doc(**ROWS)
def listed() -> Response:
    """All services with their steps, limits and clauses"""
    u = unit()
    return reply(services.list_services(u.session, u.actor))


@blueprint.route("/<key>")
@blueprint.doc(**OBJECT)
def one(key: str) -> Response:
    """One service"""
    u = unit()
    return reply(services.service(u.session, u.actor, key))
