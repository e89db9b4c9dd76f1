"""The history of a case as sentences: who did what, when, and in whose place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, aliased

from app import forms
from app.actions.decision_fields import chosen, is_signed
from app.actions.form_data import forms_named
from app.actions.models import Model, models_of
from app.actions.naming import step_name
from app.actions.worklist import names_of
from app.domain.calendar import LANGUAGES, Text
from app.domain.days_in_words import day_in_words
from app.domain.sentences import SENTENCES
from app.store.operation_lists import OF_THE_ENGINE
from app.store.records import RECORDS
from app.store.tables import Comment, Instance, Task
from app.store.trees import members

OF_DOCUMENTS = ("AddDocument", "DeleteDocument")
MOST = 500
"""Entries of one story; a longer one begins with the last of them."""
SYSTEM = Text("Жүйе", "Система", "The system")


@dataclass(frozen=True, slots=True)
class Entry:
    """at: aware, in UTC. who: a name to be read; instead_of: for whom a deputy acted. said: a comment or a reason, as written.

    kind: the key of the sentence; task_id: of what was done to a task.
    """

    at: datetime
    who: Text
    instead_of: str | None
    sentence: Text
    said: str | None
    kind: str
    task_id: UUID | None


def story(session: Session, root_id: UUID) -> list[Entry]:
    """What was done to a case and what it has called, the first first. Whoever may see the case may read it."""
    records = _records(session, root_id)
    comments = _comments(session, root_id)
    models = models_of(session, {record.definition_id for record in records})
    people = names_of(session, _people(records, comments))
    asked = _forms(session, records, models)
    told = [_told(record, models[record.definition_id], people, asked) for record in records]
    told += [
        Entry(one.at, _name(one.user_id, people), None, SENTENCES["Comment"], one.message, "Comment", one.task_id)
        for one in comments
    ]
    return sorted((one for one in told if one is not None), key=lambda one: one.at)[-MOST:]


def _records(session: Session, root_id: UUID) -> Sequence[Row[Any]]:
    """The newest of them: (the columns of RECORDS, definition_id, tenant_id, node, called)."""
    record, tree, task = RECORDS.c, members([root_id]), aliased(Task)
    found = (
        select(
            record.at,
            record.user_id,
            record.on_behalf_of,
            record.operation,
            record.task_id,
            record.data,
            Instance.definition_id,
            Instance.tenant_id,
            task.element.label("node"),
            Instance.super_id.is_not(None).label("called"),
        )
        .join(tree, tree.c.id == record.instance_id)
        .join(Instance, Instance.id == record.instance_id)
        .outerjoin(task, task.id == record.task_id)
        .where(or_(record.operation.not_in((*OF_THE_ENGINE, "Create", "Delete")), Instance.super_id.is_(None)))
        .order_by(record.at.desc())
        .limit(MOST)
    )
    return session.execute(found).all()


def _comments(session: Session, root_id: UUID) -> Sequence[Comment]:
    tree = members([root_id])
    found = select(Comment).join(tree, tree.c.id == Comment.instance_id).order_by(Comment.at.desc()).limit(MOST)
    return session.scalars(found).all()


def _people(records: Iterable[Row[Any]], comments: Iterable[Comment]) -> set[str]:
    """The ids of all who are named."""
    named = {one.user_id for one in comments}
    for record in records:
        named |= {record.user_id, record.on_behalf_of}
        for change in _changes(record).values():
            named |= {one for one in change if isinstance(one, str)}
    return {one for one in named if one}


def _changes(record: Row[Any]) -> Mapping[str, Sequence[Any]]:
    """[old, new] by attribute, of what changes people."""
    data = record.data if isinstance(record.data, dict) else {}
    return {name: data[name] for name in ("assignee", "owner") if isinstance(data.get(name), list)}


def _name(user_id: str | None, people: Mapping[str, str]) -> Text:
    if user_id is None:
        return SYSTEM
    name = people.get(user_id, user_id)
    return Text(name, name, name)


def _forms(session: Session, records: Sequence[Row[Any]], models: Mapping[str, Model]) -> Mapping[str, forms.Form]:
    """The forms by which steps were completed, by key."""
    keys = {_form_key(record, models[record.definition_id]) for record in records if record.operation == "Complete"}
    tenant = next((record.tenant_id for record in records), None)
    return forms_named(session, {key for key in keys if key is not None}, tenant)


def _form_key(record: Row[Any], model: Model) -> str | None:
    task = model.node(record.node).user_task if record.node else None
    return None if task is None else task.form_ref


def _told(record: Row[Any], model: Model, people: Mapping[str, str], asked: Mapping[str, forms.Form]) -> Entry | None:
    data = record.data if isinstance(record.data, dict) else {}
    form = asked.get(_form_key(record, model) or "") if record.operation == "Complete" else None
    decision = None if form is None else chosen(form, data)
    kind = _kind(record)
    if form is not None:
        kind = "Decide" if decision is not None else "Sign" if is_signed(form) else kind
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return None
    step = step_name(model.node(record.node)) if record.node else Text("", "", "")
    other = _changes(record).get("assignee", (None, None))[0 if kind == "TakeBack" else 1]
    document = next(filter(None, data["document"]), None) if record.operation in OF_DOCUMENTS else None
    held = date.fromisoformat(data["until"]) if kind == "Hold" else None
    return Entry(
        at=record.at,
        who=_name(record.user_id, people),
        instead_of=None if record.on_behalf_of is None else people.get(record.on_behalf_of, record.on_behalf_of),
        sentence=Text(
            *(
                sentence.get(lang).format(
                    step=step.get(lang),
                    other=people.get(other, other),
                    clause=data.get("clause"),
                    document=document,
                    decision=None if decision is None else decision.get(lang),
                    day=None if held is None else day_in_words(held, lang),
                )
                for lang in LANGUAGES
            )
        ),
        said=data.get("reason") if isinstance(data.get("reason"), str) else None,
        kind=kind,
        task_id=record.task_id,
    )


def _kind(record: Row[Any]) -> str:
    """An operation, told apart where one word of the dialect means several things."""
    if record.operation != "Assign" or not isinstance(record.data, dict):
        return str(record.operation)
    if record.data.get("delegation") == ["PENDING", None]:
        return "TakeBack"
    change = _changes(record).get("assignee")
    return "Release" if change is not None and change[1] is None else "Assign"
