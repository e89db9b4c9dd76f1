"""Executions: the places at which instances stand, by the ids that the dialect gives them, and their own variables."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import executions
from app.api.listing import add_list
from app.api.openapi import DONE, OBJECT, taken
from app.api.replies import attachment, changes_in, done, reply
from app.domain.models.values import Variable, dump, parse
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import execution_lists, listing
from app.store.execution_lists import EXECUTIONS
from app.store.listing import Wanted

blueprint = Blueprint(
    "execution", __name__, url_prefix="/engine-rest/execution", description="Executions and their own variables"
)


def _out(execution_id: str, instance_id: object, tenant: str | None) -> dict[str, Any]:
    return {"id": execution_id, "processInstanceId": str(instance_id), "ended": False, "tenantId": tenant}


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    found = u.session.execute(listing.page(execution_lists.executions(u.staffed), EXECUTIONS, wanted))
    return [
        _out(str(row.id) if row.token == execution_lists.PROCESS else f"{row.id}:{row.token}", row.id, row.tenant_id)
        for row in found
    ]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, execution_lists.executions(u.staffed), EXECUTIONS, wanted)


add_list(blueprint, "", EXECUTIONS, _rows, _total, "executions")


@blueprint.route("/<execution_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(execution_id: str) -> Response:
    """An execution: a running instance itself, or a place at which it stands."""
    u = unit()
    instance = executions.execution(u.session, u.actor, execution_id)
    return reply(_out(execution_id, instance.id, instance.tenant_id))


@blueprint.route("/<execution_id>/localVariables", methods=["GET"])
@blueprint.doc(**OBJECT)
def list_variables(execution_id: str) -> Response:
    """The variables of the scope itself, typed."""
    u = unit()
    found = executions.variables_of(u.session, u.actor, execution_id)
    return reply({name: dump(variable) for name, variable in found.items()})


@blueprint.route("/<execution_id>/localVariables", methods=["POST"])
@blueprint.doc(**DONE, **taken({"modifications": "object", "deletions": "array"}))
def modify_variables(execution_id: str) -> Response:
    """Set and remove several of them at once."""
    return _modified(execution_id, *changes_in(json_body()))


def _modified(execution_id: str, modifications: Mapping[str, Variable], deletions: list[str]) -> Response:
    u = unit()
    executions.modify(u.session, u.actor, execution_id, modifications, deletions, u.now)
    return done()


@blueprint.route("/<execution_id>/localVariables/<name>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get_variable(execution_id: str, name: str) -> Response:
    """One of them, typed."""
    u = unit()
    return reply(dump(executions.variable_of(u.session, u.actor, execution_id, name)))


@blueprint.route("/<execution_id>/localVariables/<name>", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"value": "string", "type": "string", "valueInfo": "object"}))
def put_variable(execution_id: str, name: str) -> Response:
    """Set one of them."""
    return _modified(execution_id, {name: parse(name, json_body())}, [])


@blueprint.route("/<execution_id>/localVariables/<name>", methods=["DELETE"])
@blueprint.doc(**DONE)
def delete_variable(execution_id: str, name: str) -> Response:
    """Remove one of them."""
    return _modified(execution_id, {}, [name])


@blueprint.route("/<execution_id>/localVariables/<name>/data", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "The bytes of a file"}})
def variable_data(execution_id: str, name: str) -> Response:
    """The bytes of a file or of a value of type Bytes."""
    u = unit()
    found = executions.content_of(u.session, u.actor, execution_id, name)
    return attachment(found.filename, found.data)
