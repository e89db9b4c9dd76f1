"""Executions: the places at which an instance stands, by the ids that the dialect gives them, and their own variables."""

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import executions
from app.api.openapi import OBJECT
from app.api.replies import attachment, reply
from app.domain.models.values import dump
from app.http.transaction import unit

blueprint = Blueprint(
    "execution_variables", __name__, url_prefix="/engine-rest/execution", description="The variables of one execution"
)


@blueprint.route("/<execution_id>/localVariables", methods=["GET"])
@blueprint.doc(**OBJECT)
def list_variables(execution_id: str) -> Response:
    """The variables of the scope itself, typed."""
    u = unit()
    found = executions.variables_of(u.session, u.actor, execution_id)
    return reply({name: dump(variable) for name, variable in found.items()})


@blueprint.route("/<execution_id>/localVariables/<name>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get_variable(execution_id: str, name: str) -> Response:
    """One of them, typed."""
    u = unit()
    return reply(dump(executions.variable_of(u.session, u.actor, execution_id, name)))


@blueprint.route("/<execution_id>/localVariables/<name>/data", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "The bytes of a file"}})
def variable_data(execution_id: str, name: str) -> Response:
    """The bytes of a file or of a value of type Bytes."""
    u = unit()
    found = executions.content_of(u.session, u.actor, execution_id, name)
    return attachment(found.filename, found.data)
