"""The documents of a task's case as the dialect's attachments, to be read. People add them on the pages."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from flask_smorest import Blueprint

from app.actions.documents import documents
from app.actions.documents.documents import Listed
from app.actions.tasks.tasks import task_for
from app.api.openapi import OBJECT, ROWS
from app.api.replies import attachment, identifier, reply
from app.api.tasks import task_key
from app.config import Settings
from app.domain.models.values import write_date
from app.errors import NotFound
from app.http.transaction import Unit, unit
from app.store.tables import Instance

blueprint = Blueprint(
    "task_attachment", __name__, url_prefix="/engine-rest/task", description="The documents of a task's case"
)


def _listed(u: Unit, task_id: str) -> tuple[list[Listed], UUID]:
    """The documents of the task's case, the newest first, and the id of the case. Raises NotFound."""
    task = task_for(u.session, u.actor, task_key(task_id))
    root_id = u.session.get_one(Instance, task.instance_id).root_id
    return documents.documents_of(u.session, u.actor, root_id), root_id


def _out(task_id: str, row: Listed, root_id: UUID) -> dict[str, Any]:
    document = row.document
    href = f"{request.host_url}engine-rest/task/{task_id}/attachment/{document.id}"
    return {
        "links": [{"method": "GET", "href": href, "rel": "self"}],
        "id": str(document.id),
        "name": document.name,
        "description": None,
        "taskId": None if document.task_id is None else str(document.task_id),
        "type": document.media_type,
        "url": f"{request.host_url}documents/{document.id}",
        "createTime": write_date(document.added_at),
        "removalTime": None,
        "rootProcessInstanceId": str(root_id),
    }


def _one(u: Unit, task_id: str, attachment_id: str) -> tuple[Listed, UUID]:
    wanted = identifier(attachment_id, "Task attachment")
    rows, root_id = _listed(u, task_id)
    found = next((row for row in rows if row.document.id == wanted), None)
    if found is None:
        raise NotFound(f"Task attachment with id {attachment_id} does not exist for task id '{task_id}'")
    return found, root_id


@blueprint.get("/<task_id>/attachment")
@blueprint.doc(**ROWS)
def list_attachments(task_id: str) -> Response:
    """The documents of a task's case, the newest first"""
    rows, root_id = _listed(unit(), task_id)
    return reply([_out(task_id, row, root_id) for row in rows])


@blueprint.get("/<task_id>/attachment/<attachment_id>")
@blueprint.doc(**OBJECT)
def get(task_id: str, attachment_id: str) -> Response:
    """One of them"""
    return reply(_out(task_id, *_one(unit(), task_id, attachment_id)))


@blueprint.get("/<task_id>/attachment/<attachment_id>/data")
@blueprint.doc(responses={"200": {"description": "The bytes"}})
def data(task_id: str, attachment_id: str) -> Response:
    """The bytes of one of them, never to be shown as a page of this site"""
    u = unit()
    document = _one(u, task_id, attachment_id)[0].document
    settings: Settings = current_app.extensions["settings"]
    answer = attachment(document.name, documents.content(u.session, settings.files, document))
    answer.content_length = document.size
    return answer
