"""What the dialect asks of an installation: the version of its tables, and whether it tells anybody how it is used."""

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import text

from app.api import filters
from app.api.openapi import DONE, OBJECT, ROWS, asked, taken
from app.api.replies import done, needed_flag_in, reply, text_in
from app.errors import Forbidden, Invalid
from app.http.bodies import json_body
from app.http.transaction import unit

blueprint = Blueprint("installation", __name__, url_prefix="/engine-rest", description="The installation")


@blueprint.route("/schema/log", methods=["GET", "POST"])
@blueprint.doc(parameters=[asked("version")], **ROWS)
def schema_log() -> Response:
    """The version of the tables, for administrators; when it was made is not kept"""
    u = unit()
    if not u.actor.administrator:
        raise Forbidden("only an administrator sees the version of the tables")
    wanted = text_in(json_body(), "version") if request.method == "POST" else request.args.get("version")
    first, limit = filters.page()
    found = u.session.scalars(text("SELECT version_num FROM alembic_version ORDER BY version_num")).all()
    rows = [{"id": version, "timestamp": None, "version": version} for version in found if wanted in (None, version)]
    return reply(rows[first : first + limit])


@blueprint.get("/telemetry/configuration")
@blueprint.doc(**OBJECT)
def telemetry() -> Response:
    """Nobody is told how the service is used"""
    return reply({"enableTelemetry": False})


@blueprint.post("/telemetry/configuration")
@blueprint.doc(**taken({"enableTelemetry": "boolean"}), **DONE)
def configure_telemetry() -> Response:
    """It cannot be switched on"""
    if needed_flag_in(json_body(), "enableTelemetry"):
        raise Invalid("there is no telemetry that could be switched on")
    return done()
