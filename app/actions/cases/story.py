"""The history of a case as sentences: who did what, when, and in whose place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import forms
from app.actions.forms.answers import Answer, answers, people_in
from app.actions.forms.decision_fields import chosen, is_signed
from app.actions.forms.form_data import forms_named
from app.actions.lists.worklist import names_of
from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name
from app.actions.people import absences
from app.actions.terms.calendars import calendar_of
from app.domain.acts.clauses import cited
from app.domain.in_words.days_in_words import day_in_words
from app.domain.in_words.sentences import SENTENCES, SENTENCES_OF_ALL, quoted
from app.domain.people.access import Actor
from app.domain.people.case_access import works_there
from app.domain.people.personal import personal_loop
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.operation_lists import OF_THE_CALLER, OF_THE_ENGINE
from app.store.records import RECORDS
from app.store.tables import Absence, Comment, Instance, Task
from app.store.trees import members

OF_DOCUMENTS = ("AddDocument", "DeleteDocument")
PUBLIC = frozenset(
    ("Create", "Complete", "Pause", "Resume", "Extend", "UpdateDueDate", "Suspend", "Activate", "Delete")
)
"""What an applicant reads of what others do with his application."""
OTHER, COMPLETED = 1, 2
MOST = 500
"""Entries of one story; a longer one begins with the last of them."""
SYSTEM = Text("Жүйе", "Система", "The system")


@dataclass(frozen=True, slots=True)
class Entry:
    """at: aware, in UTC. who: a name to be read; instead_of: for whom a deputy acted. said: a comment or a reason, as written.

    kind: the key of the sentence; task_id: of what was done to a task. answers: what was entered, in the language asked for;
    order: the number of the order by which a deputy acted.
    """

    at: datetime
    who: Text
    instead_of: str | None
    sentence: Text
    said: str | None
    kind: str
    task_id: UUID | None
    answers: Sequence[Answer] = ()
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentences are made of. models: by definition; people: names by id; asked: forms by key.

    answered: whether the reader may see what was entered, and why; kept_back: steps of which he does not see it yet.
    absences: those in which deputies acted. whole: the deeds of the service itself are told, too.
    """

    models: Mapping[str, Model]
    people: Mapping[str, str]
    asked: Mapping[str, forms.Form]
    answered: bool
    kept_back: Collection[str]
    lang: str
    zone: ZoneInfo
    absences: Collection[Absence]
    whole: bool


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
    told += [
        (
            OTHER,
            Entry(
                one.at,
                _name(one.user_id, known.people),
                None,
                SENTENCES["Comment"],
                one.message,
                "Comment",
                one.task_id,
            ),
        )
        for one in comments
    ]
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


def people_of(records: Iterable[Row[Any]], comments: Iterable[Comment]) -> set[str]:
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


def _chosen_people(
    records: Iterable[Row[Any]], models: Mapping[str, Model], asked: Mapping[str, forms.Form]
) -> set[str]:
    """The ids of those who were chosen in forms."""
    completed = [one for one in records if one.operation == "Complete" and isinstance(one.data, dict)]
    filled = [(asked.get(_form_key(one, models[one.definition_id]) or ""), one.data) for one in completed]
    return {person for form, data in filled if form is not None for person in people_in(form, data)}


def _form_key(record: Row[Any], model: Model) -> str | None:
    node = model.process.nodes.get(record.node)
    return None if node is None or node.user_task is None else node.user_task.form_ref


def entry_of(record: Row[Any], known: Known) -> Entry | None:
    """A record as a sentence; None: nobody reads of it."""
    model, people = known.models[record.definition_id], known.people
    data = record.data if isinstance(record.data, dict) else {}
    form = known.asked.get(_form_key(record, model) or "") if record.operation == "Complete" else None
    shown = known.answered and record.node not in known.kept_back
    decision = chosen(form, data) if form is not None and shown else None
    kind = _kind(record)
    if form is not None:
        kind = "Decide" if decision is not None else "Sign" if is_signed(form) else kind
    sentence = (SENTENCES_OF_ALL if known.whole else SENTENCES).get(kind)
    if sentence is None:
        if not known.whole:
            return None
        sentence = Text(*[record.operation.replace("{", "{{").replace("}", "}}")] * 3)
    step = _step(model, record.node or record.element or "")
    other = _changes(record).get("assignee", (None, None))[0 if kind == "TakeBack" else 1]
    document = next(filter(None, data["document"]), "") if record.operation in OF_DOCUMENTS else ""
    said = record.annotation or data.get("reason")
    held = date.fromisoformat(data["until"]) if kind == "Hold" else None

    def told(lang: str) -> str:
        return sentence.get(lang).format(
            step=quoted(step.get(lang), lang),
            other=people.get(other, other),
            clause=cited(data["clause"], lang) if data.get("clause") else "",
            document=quoted(document, lang),
            decision="" if decision is None else decision.get(lang),
            versions=" → ".join(map(str, data.get("version", ()))) if kind == "Migrate" else "",
            day="" if held is None else day_in_words(held, lang),
        )

    return Entry(
        at=record.at,
        who=_name(record.user_id, people),
        instead_of=None if record.on_behalf_of is None else people.get(record.on_behalf_of, record.on_behalf_of),
        sentence=Text(*map(told, LANGUAGES)),
        said=said if known.answered and isinstance(said, str) else None,
        kind=kind,
        task_id=record.task_id,
        answers=answers(form, data, people, known.lang, known.zone) if form is not None and shown else (),
        order=absences.order_at(known.absences, record.on_behalf_of, record.user_id, record.at.astimezone(known.zone)),
    )


def _step(model: Model, element: str) -> Text:
    """What a step is called, or by its id where a version has had it that the case has left."""
    node = model.process.nodes.get(element)
    return Text(element, element, element) if node is None else step_name(node)


def _kind(record: Row[Any]) -> str:
    """An operation, told apart where one word of the dialect means several things."""
    if record.operation == "AddDocument" and record.task_id is None:
        return "HandIn"
    if record.called and record.operation in OF_THE_CALLER:
        return f"{record.operation}Called"
    if record.operation != "Assign" or not isinstance(record.data, dict):
        return str(record.operation)
    changes = _changes(record)
    if changes.get("assignee", ("", ""))[1] is None:
        return "Release"
    if record.data.get("delegation") != ["PENDING", None]:
        return "Assign"
    if "owner" not in changes:
        return "TakeBack"
    return "Reassign" if "assignee" in changes else "EndDelegation"
