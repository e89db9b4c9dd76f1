"""`/engine-rest/history/external-task-log`: what became of external tasks."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from app.actions.workers.working import require_worker
from app.api.listing import add_list
from app.api.openapi import OBJECT
from app.api.replies import done, identifier, reply
from app.domain.models.values import write_date
from app.errors import NotFound
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.external_task_log import LOG, Event, log
from app.store.listing import Wanted
from app.store.tables import ExternalTaskLog

blueprint = Blueprint(
    "external_task_log",
    __name__,
    url_prefix="/engine-rest/history/external-task-log",
    description="What became of external tasks",
)


def _log_out(row: ExternalTaskLog, root_id: UUID) -> dict[str, Any]:
    place = f"{row.instance_id}:{row.token}"
    return {
        "id": str(row.id),
        "externalTaskId": str(row.external_task_id),
        "timestamp": write_date(row.at),
        "topicName": row.topic,
        "workerId": row.worker_id,
        "retries": row.retries,
        "priority": row.priority,
        "errorMessage": row.error,
        "activityId": row.element,
        "activityInstanceId": place,
        "executionId": place,
        "processInstanceId": str(row.instance_id),
        "processDefinitionId": row.definition_id,
        "processDefinitionKey": row.definition_key,
        "tenantId": row.tenant_id,
        "creationLog": row.event == Event.CREATED,
        "failureLog": row.event == Event.FAILED,
        "successLog": row.event == Event.SUCCESSFUL,
        "deletionLog": row.event == Event.DELETED,
        "removalTime": None,
        "rootProcessInstanceId": str(root_id),
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    return [_log_out(*row) for row in u.session.execute(listing.page(log(u.staffed), LOG, wanted))]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, log(u.staffed), LOG, wanted)


add_list(blueprint, "", LOG, _rows, _total, "what became of external tasks")


def _found(u: Unit, log_id: str) -> tuple[ExternalTaskLog, UUID]:
    """Raises NotFound."""
    row = u.session.execute(
        log(u.staffed).where(ExternalTaskLog.id == identifier(log_id, "Historic external task log"))
    ).one_or_none()
    if row is None:
        raise NotFound(f"Historic external task log with id {log_id} does not exist")
    return row[0], row[1]


@blueprint.route("/<log_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(log_id: str) -> Response:
    """One entry."""
    return reply(_log_out(*_found(unit(), log_id)))


@blueprint.route("/<log_id>/error-details", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "A text"}, "204": {"description": "There is none"}})
def error_details(log_id: str) -> Response:
    """What a worker said of a failure, at length."""
    u = unit()
    require_worker(u.actor)
    details = _found(u, log_id)[0].error_details
    return done() if details is None else Response(details, mimetype="text/plain")
