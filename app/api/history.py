"""`/engine-rest/history`: what has happened and what is happening, in the organisations of the one who asks."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.documents import files
from app.actions.models.models import model_of, models_of
from app.actions.running import activities
from app.api import history_rows as rows_of
from app.api.listing import add_list
from app.api.openapi import OBJECT
from app.api.replies import attachment, identifier, reply
from app.domain.models import values
from app.errors import NotFound
from app.http.transaction import Unit, unit
from app.store import activity_lists, history_lists, incident_lists, operation_lists, variable_lists
from app.store.listing import Wanted, page, total
from app.store.tables import Instance

blueprint = Blueprint(
    "history", __name__, url_prefix="/engine-rest/history", description="What has happened and what is happening"
)


def _instances(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = page(history_lists.instances(u.staffed), history_lists.INSTANCES, wanted)
    found = u.session.execute(query).all()
    models = models_of(u.session, {instance.definition_id for instance, *_ in found})
    return [rows_of.instance(row, models[row[0].definition_id]) for row in found]


def _instances_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, history_lists.instances(u.staffed), history_lists.INSTANCES, wanted)


def _tasks(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = page(history_lists.tasks(u.staffed), history_lists.TASKS, wanted)
    return [rows_of.task(*row) for row in u.session.execute(query)]


def _tasks_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, history_lists.tasks(u.staffed), history_lists.TASKS, wanted)


def _activities(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    return [rows_of.activity(found) for found in activities.list_activities(u.session, u.actor, wanted)]


def _activities_total(u: Unit, wanted: Wanted) -> int:
    return activities.count_activities(u.session, u.actor, wanted)


def _variables(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = page(variable_lists.variables(u.staffed), variable_lists.PAST, wanted)
    return [rows_of.variable(row) for row in u.session.execute(query)]


def _variables_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, variable_lists.variables(u.staffed), variable_lists.PAST, wanted)


def _operations(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    found = u.session.execute(operation_lists.operations_page(u.staffed, wanted))
    return [rows_of.operation(row) for row in found]


def _operations_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, operation_lists.operations(u.staffed), operation_lists.OPERATIONS, wanted)


def _incidents(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = page(incident_lists.incidents(u.staffed, ended=True), incident_lists.PAST, wanted)
    return [rows_of.incident(*row) for row in u.session.execute(query)]


def _incidents_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, incident_lists.incidents(u.staffed, ended=True), incident_lists.PAST, wanted)


add_list(
    blueprint, "/process-instance", history_lists.INSTANCES, _instances, _instances_total,
    "process instances, running and ended",
)  # fmt: skip
add_list(blueprint, "/task", history_lists.TASKS, _tasks, _tasks_total, "user tasks, open and ended")
add_list(
    blueprint, "/activity-instance", activity_lists.ACTIVITIES, _activities, _activities_total,
    "activities, open and ended",
)  # fmt: skip
add_list(
    blueprint, "/variable-instance", variable_lists.PAST, _variables, _variables_total,
    "variables of process instances, running and ended",
)  # fmt: skip
add_list(blueprint, "/incident", incident_lists.PAST, _incidents, _incidents_total, "incidents, open and ended")
add_list(
    blueprint, "/user-operation", operation_lists.OPERATIONS, _operations, _operations_total,
    "what people did, an entry a changed property",
)  # fmt: skip


@blueprint.route("/process-instance/<text_id>")
@blueprint.doc(**OBJECT)
def process_instance(text_id: str) -> Response:
    """One process instance, running or ended"""
    u = unit()
    wanted = Instance.id == identifier(text_id, "Historic process instance")
    row = u.session.execute(history_lists.instances(u.staffed).where(wanted)).one_or_none()
    if row is None:
        raise NotFound(f"Historic process instance with id {text_id} does not exist")
    return reply(rows_of.instance(row, model_of(u.session, row[0].definition_id)))


@blueprint.route("/activity-instance/<text_id>")
@blueprint.doc(**OBJECT)
def activity_instance(text_id: str) -> Response:
    """One activity, open or ended"""
    wanted = Wanted({"activityInstanceId": text_id, "processInstanceId": text_id.partition(":")[0]})
    return reply(_only(_activities(unit(), wanted), "activity", text_id))


@blueprint.route("/variable-instance/<text_id>")
@blueprint.doc(**OBJECT)
def variable_instance(text_id: str) -> Response:
    """One variable; its id is that of the process instance, a colon, and the name"""
    return reply(rows_of.variable(_variable(unit(), text_id)))


@blueprint.route("/variable-instance/<text_id>/data")
@blueprint.doc(responses={"200": {"description": "The bytes of a file"}})
def variable_data(text_id: str) -> Response:
    """The bytes of a file or of a value of type Bytes"""
    u = unit()
    row = _variable(u, text_id)
    found = files.content(u.session, row.id, row.name, values.recall(row.value, row.mark))
    return attachment(found.filename, found.data)


def _variable(u: Unit, text_id: str) -> Any:
    row = u.session.execute(variable_lists.identified(variable_lists.variables(u.staffed), text_id)).one_or_none()
    if row is None:
        raise NotFound(f"Historic variable instance with id {text_id} does not exist")
    return row


def _only(found: list[dict[str, Any]], what: str, text_id: str) -> dict[str, Any]:
    if not found:
        raise NotFound(f"Historic {what} instance with id {text_id} does not exist")
    return found[0]
