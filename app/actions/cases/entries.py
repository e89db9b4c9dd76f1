"""What was done, as a sentence: who did it, when, in whose place, and what was entered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from app import forms
from app.actions.forms.answers import Answer, answers
from app.actions.forms.decision_fields import chosen, is_signed
from app.actions.models.models import Model
from app.actions.models.naming import step_name
from app.actions.people import absences
from app.domain.acts.clauses import cited
from app.domain.in_words.days_in_words import day_in_words
from app.domain.in_words.sentences import SENTENCES, SENTENCES_OF_ALL, quoted
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.operation_lists import OF_THE_CALLER
from app.store.tables import Absence, Comment

OF_DOCUMENTS = ("AddDocument", "DeleteDocument")
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


def people_of(records: Iterable[Row[Any]], comments: Iterable[Comment]) -> set[str]:
    """The ids of all who are named."""
    named = {one.user_id for one in comments}
    for record in records:
        named |= {record.user_id, record.on_behalf_of}
        for change in _changes(record).values():
            named |= {one for one in change if isinstance(one, str)}
    return {one for one in named if one}


def entry_of(record: Row[Any], known: Known) -> Entry | None:
    """A record as a sentence; None: nobody reads of it."""
    model, people = known.models[record.definition_id], known.people
    data = record.data if isinstance(record.data, dict) else {}
    form = known.asked.get(form_key(record, model) or "") if record.operation == "Complete" else None
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


def comment_of(comment: Comment, known: Known) -> Entry:
    """What somebody said of the case."""
    who = _name(comment.user_id, known.people)
    return Entry(comment.at, who, None, SENTENCES["Comment"], comment.message, "Comment", comment.task_id)


def form_key(record: Row[Any], model: Model) -> str | None:
    """The form by which a step was completed."""
    node = model.process.nodes.get(record.node)
    return None if node is None or node.user_task is None else node.user_task.form_ref


def _changes(record: Row[Any]) -> Mapping[str, Sequence[Any]]:
    """[old, new] by attribute, of what changes people."""
    data = record.data if isinstance(record.data, dict) else {}
    return {name: data[name] for name in ("assignee", "owner") if isinstance(data.get(name), list)}


def _name(user_id: str | None, people: Mapping[str, str]) -> Text:
    if user_id is None:
        return SYSTEM
    name = people.get(user_id, user_id)
    return Text(name, name, name)


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
