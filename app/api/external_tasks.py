"""External tasks: what workers outside do with them, and what is to be seen of them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.workers import mending, working
from app.api.listing import add_list, from_object
from app.api.openapi import DONE, OBJECT, ROWS, WHY, asked, taken
from app.api.replies import done, flag_in, identifier, needed_text_in, reply, text_in, texts_in, variables_in
from app.domain.models.values import write_date
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.external_tasks import EXTERNAL_TASKS, external_tasks, topic_names
from app.store.instance_lists import INSTANCES, process_instances
from app.store.listing import Wanted
from app.store.tables import ExternalTask, Instance

HELD = {"workerId": "string"}
WORK = {**HELD, "variables": "object"}
LONGEST_LOCK = 100 * 365 * 24 * 3_600_000
"""Milliseconds."""
NUMBERS = 2**31 - 1
TEXT_LIMIT = 1_000_000

blueprint = Blueprint("external_task", __name__, url_prefix="/engine-rest/external-task", description="External tasks")


def task_out(task: ExternalTask, version_tag: str | None) -> dict[str, Any]:
    """A task as the dialect shows it."""
    place = f"{task.instance_id}:{task.token}"
    return {
        "activityId": task.element,
        "activityInstanceId": place,
        "errorMessage": task.error,
        "executionId": place,
        "id": str(task.id),
        "lockExpirationTime": write_date(task.locked_until),
        "createTime": write_date(task.created_at),
        "processDefinitionId": task.definition_id,
        "processDefinitionKey": task.definition_key,
        "processDefinitionVersionTag": version_tag,
        "processInstanceId": str(task.instance_id),
        "retries": task.retries,
        "suspended": task.suspended,
        "workerId": task.worker_id,
        "topicName": task.topic,
        "tenantId": task.tenant_id,
        "priority": task.priority,
        "businessKey": task.business_key,
    }


def whole_in(body: Mapping[str, Any], name: str, least: int, most: int, usual: int | None = None) -> int:
    """A whole number of a body. Raises Invalid naming it, also when it is not there and there is no usual one."""
    value = body.get(name)
    if value is None and usual is not None:
        return usual
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Invalid(f"{name} must be a whole number from {least} to {most}, not {str(value)[:60]}")
    return value


def lasting_in(body: Mapping[str, Any], name: str, least: int = 1, usual: int | None = None) -> timedelta:
    """Milliseconds of a body. Raises Invalid naming them."""
    return timedelta(milliseconds=whole_in(body, name, least, LONGEST_LOCK, usual))


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = listing.page(external_tasks(u.staffed), EXTERNAL_TASKS, wanted)
    return [task_out(*row) for row in u.session.execute(query)]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, external_tasks(u.staffed), EXTERNAL_TASKS, wanted)


add_list(blueprint, "", EXTERNAL_TASKS, _rows, _total, "external tasks")


def _id(task_id: str) -> UUID:
    return identifier(task_id, "External task")


@blueprint.route("/topic-names", methods=["GET"])
@blueprint.doc(
    parameters=[asked(name, "boolean") for name in ("withLockedTasks", "withUnlockedTasks", "withRetriesLeft")], **ROWS
)
def topics() -> Response:
    """The topics of the tasks that there are."""
    u = unit()
    locked, unlocked, with_tries = (
        flag_in(request.args.get(name), name) for name in ("withLockedTasks", "withUnlockedTasks", "withRetriesLeft")
    )
    query = topic_names(u.staffed, locked=locked, unlocked=unlocked, with_tries=with_tries, now=u.now)
    return reply(u.session.scalars(query).all())


@blueprint.route("/<task_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(task_id: str) -> Response:
    """One task."""
    u = unit()
    working.task_for(u.session, u.actor, _id(task_id))
    query = external_tasks(u.staffed).where(ExternalTask.id == _id(task_id))
    return reply(task_out(*u.session.execute(query).one()))


@blueprint.route("/<task_id>/errorDetails", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "A text"}, "204": {"description": "There is none"}})
def error_details(task_id: str) -> Response:
    """What a worker said of its last failure, at length."""
    u = unit()
    working.require_worker(u.actor)
    details = working.task_for(u.session, u.actor, _id(task_id)).error_details
    return done() if details is None else Response(details, mimetype="text/plain")


@blueprint.route("/<task_id>/complete", methods=["POST"])
@blueprint.doc(**DONE, **taken({**WORK, "localVariables": "object"}))
def complete(task_id: str) -> Response:
    """Complete a task that the worker holds."""
    u, body = unit(), json_body()
    variables, local = variables_in(body.get("variables")), variables_in(body.get("localVariables"))
    working.complete(u.session, u.actor, _id(task_id), needed_text_in(body, "workerId"), variables, local, u.now)
    return done()


@blueprint.route("/<task_id>/bpmnError", methods=["POST"])
@blueprint.doc(**DONE, **taken({**WORK, "errorCode": "string", "errorMessage": "string"}))
def bpmn_error(task_id: str) -> Response:
    """Leave a task with a business error."""
    u, body = unit(), json_body()
    code, message = needed_text_in(body, "errorCode"), text_in(body, "errorMessage")
    if not code:
        raise Invalid("errorCode must not be empty")
    worker, variables = needed_text_in(body, "workerId"), variables_in(body.get("variables"))
    working.bpmn_error(u.session, u.actor, _id(task_id), worker, code, message, variables, u.now)
    return done()


@blueprint.route("/<task_id>/failure", methods=["POST"])
@blueprint.doc(
    **DONE,
    **taken(
        {
            **WORK,
            "localVariables": "object",
            "errorMessage": "string",
            "errorDetails": "string",
            "retries": "integer",
            "retryTimeout": "integer",
        }
    ),
)
def failure(task_id: str) -> Response:
    """Give a task up, for a time or until somebody mends it."""
    u, body = unit(), json_body()
    working.fail(
        u.session,
        u.actor,
        _id(task_id),
        needed_text_in(body, "workerId"),
        whole_in(body, "retries", 0, NUMBERS, 0),
        lasting_in(body, "retryTimeout", 0, 0),
        u.now,
        message=text_in(body, "errorMessage"),
        details=_details(body),
        variables=variables_in(body.get("variables")),
        local=variables_in(body.get("localVariables")),
    )
    return done()


def _details(body: Mapping[str, Any]) -> str | None:
    details = text_in(body, "errorDetails")
    if details is not None and len(details) > TEXT_LIMIT:
        raise Invalid(f"errorDetails has at most {TEXT_LIMIT} characters, not {len(details)}")
    return details


@blueprint.route("/<task_id>/lock", methods=["POST"])
@blueprint.doc(**DONE, **taken({**HELD, "lockDuration": "integer"}))
def lock(task_id: str) -> Response:
    """Take a task that nobody has."""
    u, body = unit(), json_body()
    worker, last = needed_text_in(body, "workerId"), lasting_in(body, "lockDuration")
    working.lock(u.session, u.actor, _id(task_id), worker, last, u.now)
    return done()


@blueprint.route("/<task_id>/extendLock", methods=["POST"])
@blueprint.doc(**DONE, **taken({**HELD, "newDuration": "integer"}))
def extend_lock(task_id: str) -> Response:
    """Hold a task longer."""
    u, body = unit(), json_body()
    worker, last = needed_text_in(body, "workerId"), lasting_in(body, "newDuration")
    working.extend_lock(u.session, u.actor, _id(task_id), worker, last, u.now)
    return done()


@blueprint.route("/<task_id>/unlock", methods=["POST"])
@blueprint.doc(**DONE)
def unlock(task_id: str) -> Response:
    """Give a task back to all."""
    u = unit()
    working.unlock(u.session, u.actor, _id(task_id))
    return done()


@blueprint.route("/<task_id>/priority", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"priority": "integer", **WHY}))
def put_priority(task_id: str) -> Response:
    """Let a task be fetched before others, or after them."""
    u, body = unit(), json_body()
    priority, why = whole_in(body, "priority", -NUMBERS, NUMBERS), text_in(body, "annotation")
    mending.set_priority(u.session, u.actor, _id(task_id), priority, u.now, annotation=why)
    return done()


@blueprint.route("/<task_id>/retries", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"retries": "integer", **WHY}))
def put_retries(task_id: str) -> Response:
    """Let a task be tried so often again."""
    u, body = unit(), json_body()
    retries, why = whole_in(body, "retries", 0, NUMBERS), text_in(body, "annotation")
    mending.set_retries(u.session, u.actor, [_id(task_id)], retries, u.now, annotation=why)
    return done()


@blueprint.route("/retries", methods=["PUT"])
@blueprint.doc(
    **DONE,
    **taken(
        {
            "retries": "integer",
            "externalTaskIds": "array",
            "processInstanceIds": "array",
            "externalTaskQuery": "object",
            "processInstanceQuery": "object",
            **WHY,
        }
    ),
)
def put_retries_of_many() -> Response:
    """Let tasks be tried so often again: those that are named, of these instances, or that pass a query."""
    u, body = unit(), json_body()
    if body.get("historicProcessInstanceQuery") is not None:
        raise Invalid("historicProcessInstanceQuery is not supported")
    retries, chosen = whole_in(body, "retries", 0, NUMBERS), _chosen(u, body)
    if not chosen:
        raise Invalid("externalTaskIds is empty: no external task is named or found")
    mending.set_retries(u.session, u.actor, chosen, retries, u.now, annotation=text_in(body, "annotation"))
    return done()


def _chosen(u: Unit, body: Mapping[str, Any]) -> list[UUID]:
    """The tasks that a body names, by themselves or by their instances. Raises Invalid, NotFound."""
    ids = [_id(text) for text in texts_in(body, "externalTaskIds")]
    instances = [identifier(text, "Process instance") for text in texts_in(body, "processInstanceIds")]
    if (query := body.get("processInstanceQuery")) is not None:
        rows = listing.narrowed(process_instances(u.staffed), INSTANCES, from_object(INSTANCES, query))
        instances += u.session.scalars(rows.with_only_columns(Instance.id))
    found = external_tasks(u.staffed).with_only_columns(ExternalTask.id)
    ids += u.session.scalars(found.where(ExternalTask.instance_id.in_(instances))) if instances else []
    if (query := body.get("externalTaskQuery")) is not None:
        ids += u.session.scalars(listing.narrowed(found, EXTERNAL_TASKS, from_object(EXTERNAL_TASKS, query)))
    return ids
