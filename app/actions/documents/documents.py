"""The documents of a case: who may see them, read them, delete them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.naming import step_name
from app.actions.running.moves import Act, record
from app.actions.tasks.tasks import sees
from app.domain import refusals
from app.domain.file_types import BY_MEDIA_TYPE, FileType
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.refusals import file_refusals as say
from app.domain.terms.calendar import Text
from app.errors import Conflict, Forbidden, NotFound
from app.store import document_bytes, queries
from app.store.tables import Document, Instance, Task
from app.store.trees import members

MOST = 500
"""Documents of a case that are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as it is shown. who: a name to be read; step: None of what came with the application.

    open: the step that it was added in is still worked on, and the one who asks may see it."""

    document: Document
    kind: FileType
    who: str
    step: Text | None
    open: bool
    deletable: bool


def documents_of(session: Session, actor: Actor, root_id: UUID) -> list[Listed]:
    """The documents of a case and of what it has called, the newest first. Whoever may see the case may read it."""
    tree = members([root_id])
    found = session.execute(
        select(Document, Task)
        .join(tree, tree.c.id == Document.instance_id)
        .outerjoin(Task, Task.id == Document.task_id)
        .where(Document.digest.is_not(None))
        .order_by(Document.added_at.desc(), Document.id.desc())
        .limit(MOST)
    ).all()
    return _listed(session, actor, [(row[0], row[1]) for row in found])


def _listed(session: Session, actor: Actor, found: Sequence[tuple[Document, Task | None]]) -> list[Listed]:
    if not found:
        return []
    people = names_of(session, {document.added_by for document, _ in found})
    models = models_of(session, {task.definition_id for _, task in found if task is not None})
    return [
        Listed(
            document=document,
            kind=BY_MEDIA_TYPE[document.media_type or ""],
            who=people.get(document.added_by, document.added_by),
            step=None if task is None else step_name(models[task.definition_id].node(task.element)),
            open=task is not None and task.ended_at is None and sees(actor, task),
            deletable=document.added_by == actor.user_id and task is not None and task.ended_at is None,
        )
        for document, task in found
    ]


def document_for(session: Session, actor: Actor, document_id: UUID) -> Document:
    """A document that has arrived, of a case that the actor may see or of himself. Raises NotFound."""
    document = session.get(Document, document_id)
    if document is None or document.digest is None:
        raise _unknown(document_id)
    if document.instance_id is not None:
        root = session.get_one(Instance, session.get_one(Instance, document.instance_id).root_id)
        if not may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ()):
            raise _unknown(document_id)
    elif document.added_by != actor.user_id and not actor.administrator:
        raise _unknown(document_id)
    return document


def listed(session: Session, actor: Actor, document_id: UUID) -> Listed:
    """One document as it is shown. Raises NotFound."""
    document = document_for(session, actor, document_id)
    task = None if document.task_id is None else session.get(Task, document.task_id)
    return _listed(session, actor, [(document, task)])[0]


def content(session: Session, folder: Path | None, document: Document) -> Iterator[bytes]:
    """The bytes of a document that the actor may see, a part at a time. Raises NotFound where the folder has lost them."""
    return document_bytes.read(session, folder, document)


def delete(session: Session, actor: Actor, document_id: UUID, now: datetime) -> Document:
    """Delete one's own document while the step that it was added in is open, or before the form was sent.

    Raises NotFound, Forbidden, Conflict. The document that is given back is no longer there.
    """
    document = document_for(session, actor, document_id)
    if document.added_by != actor.user_id:
        raise refusals.of(Forbidden, say.ANOTHERS)
    if document.instance_id is not None:
        found = None if document.task_id is None else queries.locked_task(session, document.task_id)
        if found is None or found[0].ended_at is not None:
            raise refusals.of(Conflict, say.STEP_ENDED)
        data = {"document": [document.name, None]}
        session.add(record(document.instance_id, Act(actor.user_id, now, "DeleteDocument", found[0].id, data=data)))
        found[0].updated_at = now
    session.delete(document)
    return document


def _unknown(document_id: UUID) -> NotFound:
    return refusals.of(NotFound, say.GONE, {"document": str(document_id)})
