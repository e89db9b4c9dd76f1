"""What is uploaded once for a form that decides many tasks comes to each of their cases as a document of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from app.actions.running.moves import Act, record
from app.actions.tasks.tasks import on_behalf_of
from app.domain.ids import new_id
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.store.listing import uuid_of
from app.store.tables import Document, DocumentPiece, Task


def handed_out(
    session: Session, actor: Actor, task: Task, variables: Mapping[str, Variable], now: datetime
) -> dict[str, Variable]:
    """What a form holds, with a document of the task's case in place of each that the actor has uploaded for no case."""
    named = {found for one in variables.values() for found in _named(one.value)}
    if not named:
        return dict(variables)
    loose = select(Document).where(
        Document.id.in_(named),
        Document.digest.is_not(None),
        Document.instance_id.is_(None),
        Document.added_by == actor.user_id,
    )
    copies = {str(one.id): str(_copied(session, actor, task, one, now)) for one in session.scalars(loose).all()}
    return {name: replace(one, value=_renamed(one.value, copies)) for name, one in variables.items()}


def _copied(session: Session, actor: Actor, task: Task, document: Document, now: datetime) -> UUID:
    """The id of the copy. In the folder the same bytes are there once; in the database each document has its own."""
    copy = Document(
        id=new_id(),
        instance_id=task.instance_id,
        task_id=task.id,
        tenant_id=task.tenant_id,
        added_at=now,
        added_by=actor.user_id,
        name=document.name,
        description=document.description,
        size=document.size,
        media_type=document.media_type,
        digest=document.digest,
        in_folder=document.in_folder,
    )
    session.add(copy)
    session.flush()
    pieces = select(literal(copy.id), DocumentPiece.number, DocumentPiece.content)
    session.execute(
        insert(DocumentPiece).from_select(
            ["document_id", "number", "content"], pieces.where(DocumentPiece.document_id == document.id)
        )
    )
    absent = on_behalf_of(actor, task)
    act = Act(actor.user_id, now, "AddDocument", task.id, on_behalf_of=absent, data={"document": [None, copy.name]})
    session.add(record(task.instance_id, act))
    return copy.id


def _named(value: Any) -> Iterator[UUID]:
    """The ids in what file fields hold: lists of objects, in lists of rows too."""
    if isinstance(value, Mapping):
        if isinstance(given := value.get("id"), str) and (found := uuid_of(given)) is not None:
            yield found
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _named(one)


def _renamed(value: Any, copies: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        inner = {name: _renamed(one, copies) for name, one in value.items()}
        given = value.get("id")
        return inner | {"id": copies[given]} if isinstance(given, str) and given in copies else inner
    return [_renamed(one, copies) for one in value] if isinstance(value, list) else value
