"""The history of a case as sentences: who did what, when, and in whose place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import forms
from app.actions.cases.entries import Entry, Known, comment_of, entry_of, form_key, people_of
from app.actions.forms.answers import people_in
from app.actions.forms.form_data import forms_named
from app.actions.lists.worklist import names_of
from app.actions.models.models import Model, models_of
from app.actions.people import absences
from app.actions.terms.calendars import calendar_of
from app.domain.people.access import Actor
from app.domain.people.case_access import works_there
from app.domain.people.personal import personal_loop
from app.store.operation_lists import OF_THE_ENGINE
from app.store.records import RECORDS
from app.store.tables import Comment, Instance, Task
from app.store.trees import members

PUBLIC = frozenset(
    ("Create", "Complete", "Pause", "Resume", "Extend", "UpdateDueDate", "Suspend", "Activate", "Delete")
)
"""What an applicant reads of what others do with his application."""
OTHER, COMPLETED = 1, 2
MOST = 500
"""Entries of one story; a longer one begins with the last of them."""


def story(
    session: Session, actor: Actor, root: Instance, lang: str, only: Collection[str] | None = None
) -> list[Entry]:
    """What was done to a case and what it has called, the first first, for who may see the case.

    Staff read all of it, with what was entered in each step; others what they did themselves and what concerns the
    application, not how the office goes about it. lang: of what was entered. only: the ids of the records and comments that
    are told, what the service itself did among them; None: the newest of what people did.
    """
    inside = works_there(actor, root.tenant_id)
    records = [
        one
        for one in _records(session, actor, root, only)
        if inside or one.user_id == actor.user_id or one.operation in PUBLIC
    ]
    comments = _comments(session, root.id, only) if inside else ()
    models = models_of(session, {record.definition_id for record in records})
    asked = _forms(session, records, models)
    known = Known(
        models,
        names_of(session, people_of(records, comments) | _chosen_people(records, models, asked)),
        asked,
        inside,
        _kept_back(records, models),
        lang,
        calendar_of(session, root.tenant_id).tz,
        absences.of_pairs(session, root.tenant_id, _deputies(records) if inside else ()),
        only is not None,
    )
    told = [(_rank(record), entry_of(record, known)) for record in records]
    told += [(OTHER, comment_of(one, known)) for one in comments]
    ordered = sorted(((rank, one) for rank, one in told if one is not None), key=lambda pair: (pair[1].at, pair[0]))
    return [one for _, one in ordered][-MOST:]


def _deputies(records: Iterable[Row[Any]]) -> set[tuple[str, str]]:
    """(the absent, his deputy), of all that deputies did."""
    return {(one.on_behalf_of, one.user_id) for one in records if one.on_behalf_of and one.user_id}


def _rank(record: Row[Any]) -> int:
    """Which comes first of what happened at the same moment: a case begins, a task is taken, then completed, and what
    opens thereby is taken in its turn."""
    if record.operation == "Create" and not record.called:
        return 0
    if record.operation == "Complete":
        return COMPLETED
    return COMPLETED + 1 if record.opened_at == record.at else OTHER


def _kept_back(records: Iterable[Row[Any]], models: Mapping[str, Model]) -> Collection[str]:
    """Steps of which a person does not see what others answered before he has answered himself."""
    return {
        one.node
        for one in records
        if one.operation == "Complete"
        and one.node in (one.his or ())
        and personal_loop(models[one.definition_id].process.nodes, one.node)
    }


def _records(session: Session, actor: Actor, root: Instance, only: Collection[str] | None) -> Sequence[Row[Any]]:
    """The newest of them: (the columns of RECORDS, definition_id (of its task, else of its instance), tenant_id, node,
    opened_at (its task), called, his: the steps that are open for the reader)."""
    record, tree, task = RECORDS.c, members([root.id]), aliased(Task)
    own = and_(Task.ended_at.is_(None), Task.assignee.in_(actor.people_in(root.tenant_id)))
    his = select(func.array_agg(Task.element)).join(tree, tree.c.id == Task.instance_id).where(own).scalar_subquery()
    found = (
        select(
            record.at,
            record.user_id,
            record.on_behalf_of,
            record.operation,
            record.task_id,
            record.element,
            record.annotation,
            record.data,
            func.coalesce(task.definition_id, Instance.definition_id).label("definition_id"),
            Instance.tenant_id,
            func.coalesce(task.element, record.element).label("node"),
            task.created_at.label("opened_at"),
            Instance.super_id.is_not(None).label("called"),
            his.label("his"),
        )
        .join(tree, tree.c.id == record.instance_id)
        .join(Instance, Instance.id == record.instance_id)
        .outerjoin(task, task.id == record.task_id)
        .where(_of_people(record) if only is None else record.id.in_(only))
        .order_by(record.at.desc())
        .limit(MOST)
    )
    return session.execute(found).all()


def _of_people(record: Any) -> ColumnElement[bool]:
    return or_(record.operation.not_in((*OF_THE_ENGINE, "Create", "Delete")), Instance.super_id.is_(None))


def _comments(session: Session, root_id: UUID, only: Collection[str] | None) -> Sequence[Comment]:
    tree = members([root_id])
    found = select(Comment).join(tree, tree.c.id == Comment.instance_id).order_by(Comment.at.desc()).limit(MOST)
    return session.scalars(found if only is None else found.where(cast(Comment.id, String).in_(only))).all()


def _forms(session: Session, records: Sequence[Row[Any]], models: Mapping[str, Model]) -> Mapping[str, forms.Form]:
    """The forms by which steps were completed, by key."""
    keys = {form_key(record, models[record.definition_id]) for record in records if record.operation == "Complete"}
    tenant = next((record.tenant_id for record in records), None)
    return forms_named(session, {key for key in keys if key is not None}, tenant)


def _chosen_people(
    records: Iterable[Row[Any]], models: Mapping[str, Model], asked: Mapping[str, forms.Form]
) -> set[str]:
    """The ids of those who were chosen in forms."""
    completed = [one for one in records if one.operation == "Complete" and isinstance(one.data, dict)]
    filled = [(asked.get(form_key(one, models[one.definition_id]) or ""), one.data) for one in completed]
    return {person for form, data in filled if form is not None for person in people_in(form, data)}
