"""The documents of a task's case as the dialect's attachments: what comes in is looked at as on the pages."""

from pathlib import PurePath
from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import Response, current_app, request
from flask_smorest import Blueprint

from app.actions.documents import documents, uploads
from app.actions.documents.documents import Listed
from app.actions.tasks.tasks import task_for
from app.api.openapi import DONE, OBJECT, ROWS
from app.api.replies import attachment, done, identifier, reply, text_in
from app.api.tasks import task_key
from app.config import Settings
from app.domain.models.values import write_date
from app.domain.refusals.file_refusals import LINK, NO_FILE, refused
from app.errors import Invalid, NotFound
from app.http.transaction import Unit, unit
from app.store.tables import Document, Instance

blueprint = Blueprint(
    "task_attachment", __name__, url_prefix="/engine-rest/task", description="The documents of a task's case"
)

TEXT_LIMIT = 4_000
_PARTS = ("attachment-name", "attachment-description", "attachment-type", "url")
FORM = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in _PARTS}
                    | {"content": {"type": "string", "format": "binary"}},
                }
            }
        }
    }
}


def _listed(u: Unit, task_id: str) -> tuple[list[Listed], UUID]:
    """The documents of the task's case, the newest first, and the id of the case. Raises NotFound."""
    task = task_for(u.session, u.actor, task_key(task_id))
    root_id = u.session.get_one(Instance, task.instance_id).root_id
    return documents.documents_of(u.session, u.actor, root_id), root_id


def _out(task_id: str, document: Document, root_id: UUID) -> dict[str, Any]:
    href = f"{request.host_url}engine-rest/task/{task_id}/attachment/{document.id}"
    return {
        "links": [{"method": "GET", "href": href, "rel": "self"}],
        "id": str(document.id),
        "name": document.name,
        "description": document.description,
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
    return reply([_out(task_id, row.document, root_id) for row in rows])


@blueprint.get("/<task_id>/attachment/<attachment_id>")
@blueprint.doc(**OBJECT)
def get(task_id: str, attachment_id: str) -> Response:
    """One of them"""
    row, root_id = _one(unit(), task_id, attachment_id)
    return reply(_out(task_id, row.document, root_id))


@blueprint.get("/<task_id>/attachment/<attachment_id>/data")
@blueprint.doc(responses={"200": {"description": "The bytes"}})
def data(task_id: str, attachment_id: str) -> Response:
    """The bytes of one of them, never to be shown as a page of this site"""
    u = unit()
    document = _one(u, task_id, attachment_id)[0].document
    answer = attachment(document.name, documents.content(u.session, _settings().files, document))
    answer.content_length = document.size
    return answer


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.post("/<task_id>/attachment/create")
@blueprint.doc(**FORM, **OBJECT)
def create(task_id: str) -> Response:
    """Add a file to the case, as a document of the step. Its type is what is found in it, whatever is said of it; the same
    bytes are there once for a task."""
    u, settings, part = unit(), _settings(), request.files.get("content")
    if text_in(request.form, "url"):
        raise refused("link", LINK)
    if part is None:
        raise refused("empty", NO_FILE)
    description = text_in(request.form, "attachment-description") or None
    if description is not None and len(description) > TEXT_LIMIT:
        raise Invalid(f"attachment-description has at most {TEXT_LIMIT} characters, not {len(description)}")
    intake = uploads.Intake(settings.file_limit, settings.files, settings.clamd)
    content, name = cast(BinaryIO, part.stream), _name(part.filename or "")
    made, _ = uploads.add(u.session, u.actor, task_key(task_id), name, content, intake, u.now, description)
    root_id = u.session.get_one(Instance, made.instance_id).root_id
    return reply(_out(task_id, made, root_id))


def _name(filename: str) -> str:
    """What the document is called: as it is said, with the suffix of the file."""
    said, suffix = text_in(request.form, "attachment-name") or filename, PurePath(filename).suffix
    return said if said.lower().endswith(suffix.lower()) else said + suffix


@blueprint.delete("/<task_id>/attachment/<attachment_id>")
@blueprint.doc(**DONE)
def delete(task_id: str, attachment_id: str) -> Response:
    """Delete a document that one has added oneself, while its step is open"""
    u = unit()
    documents.delete(u.session, u.actor, _one(u, task_id, attachment_id)[0].document.id, u.now)
    return done()
