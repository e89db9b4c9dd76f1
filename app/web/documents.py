"""Documents: uploading, the list of a case's, looking at one, downloading, deleting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from app.actions.documents import documents, references, uploads
from app.actions.documents.documents import Listed
from app.actions.tasks import tasks
from app.actions.terms.calendars import calendar_of
from app.config import MEGABYTE, Settings
from app.domain.file_types import ACCEPTED, BY_MEDIA_TYPE, LABELS
from app.domain.people.access import Actor
from app.domain.refusals import file_refusals
from app.domain.refusals.file_refusals import FileRefused, NotScanned, refused, size_in_words, too_large
from app.errors import AppError, Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.document_bytes import PIECE
from app.store.tables import Document, Instance, Task
from app.web.done import said_next
from app.web.pages import language, page, say
from app.web.words.documents import UPLOAD

blueprint = Blueprint("documents", __name__)
DOWNLOADED = "default-src 'none'; sandbox; frame-ancestors 'none'"
PICTURE = "default-src 'none'; sandbox; frame-ancestors 'self'"
PRINTED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""Of a PDF: browsers show none in a sandbox. Its scripts run in the viewer, apart from this site."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What `_documents.html` shows. task_id: the open task that files can be added to, None: none can."""

    rows: Sequence[Listed]
    zone: ZoneInfo
    task_id: UUID | None

    @property
    def types(self) -> str:
        return LABELS

    @property
    def accepted(self) -> str:
        return ACCEPTED

    @property
    def limit(self) -> str:
        return size_in_words(_settings().file_limit, language())

    @property
    def words(self) -> dict[str, str]:
        return {english: text.get(language()) for english, text in UPLOAD.items()}

    def size(self, document: Document) -> str:
        return size_in_words(document.size, language())


def shelf(session: Session, actor: Actor, root: Instance, task: Task | None = None) -> Shelf:
    """The documents of a case that the actor may see; with a task of his, files can be added to it."""
    mine = task is not None and task.ended_at is None and (actor.administrator or tasks.works(actor, task))
    zone = calendar_of(session, root.tenant_id).tz
    return Shelf(documents.documents_of(session, actor, root.id), zone, task.id if mine and task else None)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _intake() -> uploads.Intake:
    settings = _settings()
    return uploads.Intake(settings.file_limit, settings.files, settings.clamd)


def _shelf_of(task_id: UUID) -> Shelf:
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_id)
    instance = u.session.get_one(Instance, task.instance_id)
    return shelf(u.session, u.actor, u.session.get_one(Instance, instance.root_id), task)


@blueprint.get("/tasks/<uuid:task_id>/documents")
def listed(task_id: UUID) -> Response:
    """The list of the documents of a task's case, as a part of its page."""
    return page("_document_list.html", shelf=_shelf_of(task_id))


@blueprint.post("/tasks/<uuid:task_id>/documents")
def add(task_id: UUID) -> Answer:
    """Take the files of a plain form: all of them or, if one is refused, none."""
    u, intake = unit(), _intake()
    given = [part for part in request.files.getlist("file") if part.filename]
    if not given:
        raise refused("empty", file_refusals.NO_FILE)
    taken = [
        uploads.add(u.session, u.actor, task_id, part.filename or "", cast(BinaryIO, part.stream), intake, u.now)
        for part in given
    ]
    answer = redirect(f"{url_for('web.task.shown', task_id=task_id)}#documents", 303)
    again = dict.fromkeys(document.name for document, there in taken if there)
    return said_next(answer, "document-again", name=", ".join(again)) if again else answer


@blueprint.post("/documents")
def begin() -> Answer:
    """Announce a file: JSON name, size, and task unless a case begins with it; answers its id and the size of a piece."""
    u, given = unit(), json_body()
    if not isinstance(given.get("name"), str) or type(given.get("size")) is not int:
        raise Invalid("an object of name, size and task is expected")
    task, limit = _id(given.get("task")), _settings().file_limit
    document = uploads.begin(u.session, u.actor, task, given["name"], given["size"], limit, u.now)
    return make_response(jsonify(id=str(document.id), piece=PIECE), 201)


def _id(given: Any) -> UUID | None:
    try:
        return None if given is None else UUID(given)
    except (ValueError, TypeError, AttributeError):
        raise Invalid("task is not an id") from None


@blueprint.put("/documents/<uuid:document_id>/pieces/<int:number>")
def add_piece(document_id: UUID, number: int) -> Answer:
    """Take a piece of a file, numbered from 0; it may be sent again."""
    u = unit()
    uploads.add_piece(u.session, u.actor, document_id, number, request.get_data())
    return Response(status=204)


@blueprint.post("/documents/<uuid:document_id>/arrived")
def finish(document_id: UUID) -> Answer:
    """Look at a file all pieces of which have been sent, and keep it; answers what a form names it by.

    With another id than that of the address it is one that the task has already.
    """
    u = unit()
    try:
        document = uploads.finish(u.session, u.actor, document_id, _intake(), u.now)
    except FileRefused as error:
        u.session.rollback()
        uploads.drop(u.session, u.actor, document_id)
        return _refused(error)
    return jsonify(references.reference(document))


@blueprint.get("/documents/<uuid:document_id>")
def shown(document_id: UUID) -> Response:
    """A document on a page of its own: a PDF or a picture is shown."""
    u = unit()
    row = documents.listed(u.session, u.actor, document_id)
    zone = calendar_of(u.session, row.document.tenant_id).tz
    return page("document.html", row=row, shelf=Shelf([row], zone, None))


@blueprint.get("/documents/<uuid:document_id>/content")
def content(document_id: UUID) -> Response:
    """The bytes: to be saved or, with ?shown and where browsers can, to be looked at."""
    u = unit()
    document = documents.document_for(u.session, u.actor, document_id)
    kind = BY_MEDIA_TYPE[document.media_type or ""]
    inline = kind.shown and "shown" in request.args
    answer = Response(documents.content(u.session, _settings().files, document), mimetype=kind.media_type)
    answer.content_length = document.size
    how = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(document.name, safe='')}"
    printed = PRINTED if kind.media_type == "application/pdf" else PICTURE
    answer.headers["Content-Security-Policy"] = printed if inline else DOWNLOADED
    answer.headers["X-Frame-Options"] = "SAMEORIGIN" if inline else "DENY"
    return answer


@blueprint.delete("/documents/<uuid:document_id>")
def remove(document_id: UUID) -> Answer:
    """Delete one's own document, or give up an upload."""
    u = unit()
    if uploads.drop(u.session, u.actor, document_id):
        return Response(status=204)
    documents.delete(u.session, u.actor, document_id, u.now)
    return Response(status=204)


@blueprint.post("/documents/<uuid:document_id>/delete")
def delete(document_id: UUID) -> Answer:
    """Delete one's own document, from a plain form."""
    u = unit()
    document = documents.delete(u.session, u.actor, document_id, u.now)
    if document.task_id is None:
        return redirect(url_for("web.entrance.home"), 303)
    return redirect(f"{url_for('web.task.shown', task_id=document.task_id)}#documents", 303)


@blueprint.errorhandler(FileRefused)
def _refused(error: FileRefused) -> Response:
    """What is wrong with the file and what to do."""
    reason = error.details.get("reason") if isinstance(error.details, dict) else None
    return _said(error, 413 if reason == "size" else 422)


@blueprint.errorhandler(NotScanned)
def _not_scanned(error: NotScanned) -> Response:
    return _said(error, 503)


def _said(error: AppError, status: int) -> Response:
    """In the language of the person, as a page or for the script of one."""
    said = error.words[language()]
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        return make_response(
            {"what": say("document-refused"), "do": said, "said": said, "message": error.message, "fields": []}, status
        )
    task_id = (request.view_args or {}).get("task_id")
    return page("document_refused.html", status, said=said, task_id=task_id)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> Response:
    """Of a whole form, which has a limit of its own."""
    whole = current_app.config["MAX_CONTENT_LENGTH"] - MEGABYTE
    return _refused(too_large(min(_settings().file_limit, whole)))
