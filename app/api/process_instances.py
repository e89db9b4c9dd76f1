"""Running process instances: lists, variables, where they stand, suspension, cancellation."""

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.documents import files
from app.actions.running import instances, suspending
from app.actions.running.activity_tree import LiveActivity, live_activities
from app.actions.tasks import task_comments
from app.api.comments import comment_out
from app.api.listing import add_list
from app.api.openapi import DONE, OBJECT, ROWS, WHY, asked, taken
from app.api.replies import (
    attachment,
    changes_in,
    done,
    flag_in,
    identifier,
    needed_flag_in,
    reply,
    text_in,
    variable_in_form,
    variables_out,
)
from app.domain.models import values
from app.errors import Invalid, NotFound
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.instance_lists import INSTANCES, process_instances
from app.store.listing import Wanted
from app.store.tables import Definition, Instance

VARIABLE = taken({"value": "string", "type": "string", "valueInfo": "object"})
REASON_LIMIT = 4_000

blueprint = Blueprint(
    "process_instance", __name__, url_prefix="/engine-rest/process-instance", description="Process instances"
)


def instance_out(row: Instance, *, linked: bool = False) -> dict[str, Any]:
    """linked: with a link to the instance, as the answer to a start has it."""
    href = f"{request.host_url}engine-rest/process-instance/{row.id}"
    return {
        "links": [{"method": "GET", "href": href, "rel": "self"}] if linked else [],
        "id": str(row.id),
        "definitionId": row.definition_id,
        "definitionKey": row.definition_key,
        "businessKey": row.business_key,
        "caseInstanceId": None,
        "ended": row.ended_at is not None,
        "suspended": row.suspended,
        "tenantId": row.tenant_id,
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = listing.page(process_instances(u.staffed), INSTANCES, wanted)
    return [instance_out(row) for row in u.session.scalars(query)]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, process_instances(u.staffed), INSTANCES, wanted)


add_list(blueprint, "", INSTANCES, _rows, _total, "running process instances")


def _id(instance_id: str) -> UUID:
    return identifier(instance_id, "Process instance")


def _running(u: Unit, instance_id: str) -> Instance:
    return instances.running_for(u.session, u.actor, _id(instance_id))


@blueprint.route("/<instance_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(instance_id: str) -> Response:
    """A running instance; one that has ended is in the history."""
    return reply(instance_out(_running(unit(), instance_id)))


@blueprint.route("/<instance_id>", methods=["DELETE"])
@blueprint.doc(
    parameters=[asked("reason"), asked("failIfNotExists", "boolean")], **DONE, **taken({"deleteReason": "string"})
)
def delete(instance_id: str) -> Response:
    """End an instance with all it has called. The reason comes in the query, or in the body as `deleteReason`."""
    u = unit()
    if flag_in(request.args.get("skipSubprocesses"), "skipSubprocesses"):
        raise Invalid("skipSubprocesses is not supported: what an instance has called ends with it")
    reason = request.args.get("reason") or text_in(json_body(), "deleteReason")
    if reason is not None and (len(reason) > REASON_LIMIT or "\0" in reason):
        raise Invalid(f"a reason has at most {REASON_LIMIT} characters")
    try:
        instances.cancel(u.session, u.actor, _id(instance_id), reason, u.now)
    except NotFound:
        if flag_in(request.args.get("failIfNotExists"), "failIfNotExists", True):
            raise
    return done()


@blueprint.route("/<instance_id>/suspended", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"suspended": "boolean", **WHY}))
def suspend(instance_id: str) -> Response:
    """Suspend or activate an instance with its tasks."""
    u, body = unit(), json_body()
    suspended, why = needed_flag_in(body, "suspended"), text_in(body, "annotation")
    suspending.suspend(u.session, u.actor, _id(instance_id), suspended, u.now, annotation=why)
    return done()


@blueprint.route("/<instance_id>/activity-instances", methods=["GET"])
@blueprint.doc(**OBJECT)
def activity_instances(instance_id: str) -> Response:
    """Where an instance stands: a tree, the process at its root."""
    u = unit()
    instance = _running(u, instance_id)
    name = u.session.get_one(Definition, instance.definition_id).name
    return reply(_activity_out(instance, live_activities(u.session, instance, name)))


def _activity_out(instance: Instance, activity: LiveActivity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "parentActivityInstanceId": activity.parent,
        "activityId": activity.element,
        "activityName": activity.name,
        "name": activity.name,
        "activityType": activity.kind,
        "processInstanceId": str(instance.id),
        "processDefinitionId": instance.definition_id,
        "childActivityInstances": [_activity_out(instance, child) for child in activity.children],
        "childTransitionInstances": [],
        "executionIds": [activity.id],
        "incidentIds": [str(incident) for incident, _ in activity.incidents],
        "incidents": [{"id": str(incident), "activityId": element} for incident, element in activity.incidents],
    }


@blueprint.route("/<instance_id>/variables", methods=["GET"])
@blueprint.doc(**OBJECT)
def variables(instance_id: str) -> Response:
    """The variables of the process, typed."""
    instance = _running(unit(), instance_id)
    return reply(variables_out(instance.variables, instance.types))


@blueprint.route("/<instance_id>/variables", methods=["POST"])
@blueprint.doc(**DONE, **taken({"modifications": "object", "deletions": "array", **WHY}))
def modify_variables(instance_id: str) -> Response:
    """Set and remove variables of the process at once."""
    u, body = unit(), json_body()
    changes, why = changes_in(body), text_in(body, "annotation")
    instances.modify_variables(u.session, u.actor, _id(instance_id), *changes, u.now, annotation=why)
    return done()


@blueprint.route("/<instance_id>/variables/<name>", methods=["GET"])
@blueprint.doc(**OBJECT)
def variable(instance_id: str, name: str) -> Response:
    """One variable of the process."""
    return reply(values.dump(_variable(_running(unit(), instance_id), name)))


def _variable(instance: Instance, name: str) -> values.Variable:
    if name not in instance.variables:
        raise NotFound(f"process instance variable with name {name} does not exist")
    return values.recall(instance.variables[name], (instance.types or {}).get(name))


@blueprint.route("/<instance_id>/variables/<name>", methods=["PUT"])
@blueprint.doc(**DONE, **VARIABLE)
def put_variable(instance_id: str, name: str) -> Response:
    """Set one variable of the process."""
    u, body = unit(), json_body()
    given, why = {name: values.parse(name, body)}, text_in(body, "annotation")
    instances.modify_variables(u.session, u.actor, _id(instance_id), given, (), u.now, annotation=why)
    return done()


@blueprint.route("/<instance_id>/variables/<name>", methods=["DELETE"])
@blueprint.doc(**DONE)
def delete_variable(instance_id: str, name: str) -> Response:
    """Remove one variable of the process."""
    u = unit()
    instances.modify_variables(u.session, u.actor, _id(instance_id), {}, (name,), u.now)
    return done()


@blueprint.route("/<instance_id>/variables/<name>/data", methods=["GET"])
def variable_data(instance_id: str, name: str) -> Response:
    """The bytes of a file variable, never to be shown as a page of this site."""
    u = unit()
    instance = _running(u, instance_id)
    content = files.content(u.session, instance.id, name, _variable(instance, name))
    return attachment(content.filename, content.data)


@blueprint.route("/<instance_id>/variables/<name>/data", methods=["POST"])
@blueprint.doc(**DONE)
def put_variable_data(instance_id: str, name: str) -> Response:
    """Set a variable to the bytes of the part `data` of a multipart form; its part `valueType` is File or Bytes."""
    u = unit()
    instances.modify_variables(u.session, u.actor, _id(instance_id), {name: variable_in_form(name)}, (), u.now)
    return done()


@blueprint.route("/<instance_id>/comment", methods=["GET"])
@blueprint.doc(**ROWS)
def comments(instance_id: str) -> Response:
    """The comments on its tasks, the newest first."""
    u = unit()
    found = task_comments.comments_on_instance(u.session, u.actor, _id(instance_id))
    return reply([comment_out(*one) for one in found])
