"""Documents that a person has uploaded for a form with which a case begins: until it is sent they are nobody else's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.running.moves import Act, record
from app.domain.people.access import Actor
from app.store.tables import Document, Instance


class Loose:
    """Finds those that a form may name; they become the case's."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor = session, actor
        self._found: list[Document] = []

    def __call__(self, ids: Sequence[UUID]) -> Iterable[Document]:
        loose = select(Document).where(
            Document.id.in_(ids),
            Document.digest.is_not(None),
            Document.instance_id.is_(None),
            Document.added_by == self._actor.user_id,
        )
        self._found += self._session.scalars(loose.order_by(Document.added_at, Document.id).with_for_update()).all()
        return self._found

    def give_to(self, instance: Instance, now: datetime) -> None:
        """From now on they belong to a case, which must be in the database already; its history tells of them."""
        for document in self._found:
            document.instance_id, document.tenant_id = instance.id, instance.tenant_id
        if self._found:
            names = ", ".join(one.name for one in self._found)
            given = Act(self._actor.user_id, now, "AddDocument", data={"document": [None, names]})
            self._session.add(record(instance.id, given))
