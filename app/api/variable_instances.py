"""`/engine-rest/variable-instance`: the variables of running processes."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.documents import files
from app.api.listing import add_list
from app.api.openapi import OBJECT
from app.api.replies import attachment, reply
from app.domain.models import values
from app.errors import NotFound
from app.http.transaction import Unit, unit
from app.store.listing import Wanted, page, total
from app.store.variable_lists import RUNNING, identified, running

blueprint = Blueprint(
    "variable_instance",
    __name__,
    url_prefix="/engine-rest/variable-instance",
    description="Variables of running processes",
)


def _out(row: Any) -> dict[str, Any]:
    """row: as `variable_lists.variables` selects it."""
    instance_id = str(row.id)
    return {
        "id": f"{instance_id}:{row.name}",
        "name": row.name,
        "processDefinitionId": row.definition_id,
        "processInstanceId": instance_id,
        "executionId": instance_id,
        "caseInstanceId": None,
        "caseExecutionId": None,
        "taskId": None,
        "batchId": None,
        "activityInstanceId": instance_id,
        "tenantId": row.tenant_id,
        "errorMessage": None,
        **values.dump(values.recall(row.value, row.mark)),
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    return [_out(row) for row in u.session.execute(page(running(u.staffed), RUNNING, wanted))]


def _total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, running(u.staffed), RUNNING, wanted)


add_list(blueprint, "", RUNNING, _rows, _total, "variables of running processes")


def _variable(u: Unit, variable_id: str) -> Any:
    row = u.session.execute(identified(running(u.staffed), variable_id)).one_or_none()
    if row is None:
        raise NotFound(f"Variable instance with Id '{variable_id}' does not exist.")
    return row


@blueprint.route("/<variable_id>")
@blueprint.doc(**OBJECT)
def get(variable_id: str) -> Response:
    """One variable; its id is that of the process instance, a colon, and the name"""
    return reply(_out(_variable(unit(), variable_id)))


@blueprint.route("/<variable_id>/data")
@blueprint.doc(responses={"200": {"description": "The bytes of a file"}})
def data(variable_id: str) -> Response:
    """The bytes of a file or of a value of type Bytes"""
    u = unit()
    row = _variable(u, variable_id)
    found = files.content(u.session, row.id, row.name, values.recall(row.value, row.mark))
    return attachment(found.filename, found.data)
