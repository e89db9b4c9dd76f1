"""What the service says of itself to clients of the dialect."""

from flask import Response
from flask_smorest import Blueprint

from app.api.replies import reply

VERSION = "7.24.0"
"""Of the dialect, not of this service: Camunda Modeler offers what this version of Camunda 7 understands."""

blueprint = Blueprint("engine", __name__, url_prefix="/engine-rest", description="The engine")


@blueprint.route("/version", methods=["GET"])
def version() -> Response:
    """The version of the REST dialect; asked before anybody has signed in."""
    return reply({"version": VERSION})


@blueprint.route("/engine", methods=["GET"])
def engines() -> Response:
    """The engines: there is one, `default`."""
    return reply([{"name": "default"}])
