"""What a person has done last, in whichever case: sentences as the story of each case has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, union_all
from sqlalchemy.orm import Session, aliased

from app.actions.cases.entries import Entry, Known, entry_of, people_of
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.terms.calendars import DEFAULT
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.store.operation_lists import OF_THE_ENGINE
from app.store.records import PARTS
from app.store.tables import Instance, Task

SHOWN = 15


@dataclass(frozen=True, slots=True)
class Deed:
    """A sentence, and the case that it is about. title: its number, else nothing."""

    entry: Entry
    instance_id: UUID
    title: str


def of_person(session: Session, actor: Actor, user_id: str, lang: str) -> list[Deed]:
    """The newest first, for administrators. What was entered is not told here. Raises Forbidden."""
    require_administrator(actor)
    records = _records(session, user_id)
    models = models_of(session, {record.definition_id for record in records})
    people = names_of(session, people_of(records, ()))
    known = Known(models, people, {}, False, (), lang, DEFAULT.tz, (), whole=False)
    told = [(record, entry_of(record, known)) for record in records]
    return [Deed(entry, record.instance_id, record.business_key or "") for record, entry in told if entry is not None]


def _records(session: Session, user_id: str) -> Sequence[Row[Any]]:
    """Of each part of the records the newest, by an index, and of these the newest."""
    beginnings = [
        select(
            select(*part.c)
            .where(part.c.user_id == user_id, part.c.operation.not_in(OF_THE_ENGINE))
            .order_by(part.c.at.desc())
            .limit(SHOWN)
            .subquery()
        )
        for part in PARTS
    ]
    record, task = union_all(*beginnings).subquery("record").c, aliased(Task)
    found = (
        select(
            record.at,
            record.instance_id,
            record.user_id,
            record.on_behalf_of,
            record.operation,
            record.task_id,
            record.element,
            record.annotation,
            record.data,
            func.coalesce(task.definition_id, Instance.definition_id).label("definition_id"),
            Instance.business_key,
            Instance.super_id.is_not(None).label("called"),
            task.element.label("node"),
        )
        .join(Instance, Instance.id == record.instance_id)
        .outerjoin(task, task.id == record.task_id)
        .order_by(record.at.desc())
        .limit(SHOWN)
    )
    return session.execute(found).all()
