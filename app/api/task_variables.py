"""The variables of a task: `/variables` as it sees them, `/localVariables` its own."""

from collections.abc import Mapping

from flask import Response
from flask_smorest import Blueprint

from app.actions.tasks import task_variables
from app.api.openapi import DONE, OBJECT, taken
from app.api.replies import attachment, changes_in, done, reply, variable_in_form
from app.api.tasks import task_key
from app.domain.models.values import Variable, dump, parse
from app.http.bodies import json_body
from app.http.transaction import unit

blueprint = Blueprint(
    "task_variables", __name__, url_prefix="/engine-rest/task", description="The variables of one task"
)
VALUE = taken({"value": "string", "type": "string", "valueInfo": "object"})
SCOPES = "<any(variables, localVariables):scope>"


def _local(scope: str) -> bool:
    return scope == "localVariables"


@blueprint.route(f"/<task_id>/{SCOPES}", methods=["GET"])
@blueprint.doc(**OBJECT)
def list_variables(task_id: str, scope: str) -> Response:
    """All of them, typed."""
    u = unit()
    found = task_variables.variables_of(u.session, u.actor, task_key(task_id), local=_local(scope))
    return reply({name: dump(variable) for name, variable in found.items()})


@blueprint.route(f"/<task_id>/{SCOPES}", methods=["POST"])
@blueprint.doc(**DONE, **taken({"modifications": "object", "deletions": "array"}))
def modify_variables(task_id: str, scope: str) -> Response:
    """Set and remove several at once."""
    return _modified(task_id, scope, *changes_in(json_body()))


def _modified(task_id: str, scope: str, modifications: Mapping[str, Variable], deletions: list[str]) -> Response:
    u = unit()
    task_variables.modify(u.session, u.actor, task_key(task_id), modifications, deletions, u.now, local=_local(scope))
    return done()


@blueprint.route(f"/<task_id>/{SCOPES}/<name>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get_variable(task_id: str, scope: str, name: str) -> Response:
    """One of them, typed."""
    u = unit()
    return reply(dump(task_variables.variable_of(u.session, u.actor, task_key(task_id), name, local=_local(scope))))


@blueprint.route(f"/<task_id>/{SCOPES}/<name>", methods=["PUT"])
@blueprint.doc(**DONE, **VALUE)
def put_variable(task_id: str, scope: str, name: str) -> Response:
    """Set one."""
    return _modified(task_id, scope, {name: parse(name, json_body())}, [])


@blueprint.route(f"/<task_id>/{SCOPES}/<name>", methods=["DELETE"])
@blueprint.doc(**DONE)
def delete_variable(task_id: str, scope: str, name: str) -> Response:
    """Remove one."""
    return _modified(task_id, scope, {}, [name])


@blueprint.route(f"/<task_id>/{SCOPES}/<name>/data", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "The bytes of a file"}})
def variable_data(task_id: str, scope: str, name: str) -> Response:
    """The bytes of a file or of a value of type Bytes."""
    u = unit()
    found = task_variables.content_of(u.session, u.actor, task_key(task_id), name, local=_local(scope))
    return attachment(found.filename, found.data)


@blueprint.route("/<task_id>/variables/<name>/data", methods=["POST"])
@blueprint.doc(**DONE)
def put_variable_data(task_id: str, name: str) -> Response:
    """Set one to the bytes of the part `data` of a multipart form; its part `valueType` is File or Bytes."""
    return _modified(task_id, "variables", {name: variable_in_form(name)}, [])
