"""The form of a task as the person sees it: what to fill in, and beside it what the case knows already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import forms
from app.actions.forms.decision_fields import decision_of, is_signed
from app.actions.forms.form_context import provided
from app.actions.forms.form_data import FormReference, form_source, read_form
from app.actions.tasks import drafts, task_variables
from app.actions.tasks.tasks import user_task
from app.actions.terms.calendars import calendar_of
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.store.tables import Definition, Task

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A date without a time, as forms give it."""
YES, NO = Text("иә", "да", "yes"), Text("жоқ", "нет", "no")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the form shows of the case and the person cannot change, in their language."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class TaskForm:
    """schema: form-js JSON in one language, with the fields to be filled in; data: their values by key, as JSON.

    Also in data: the variables of the case that conditions of the form look at, and what the person has drafted at
    `drafted_at` (ISO 8601). In schema the field that decides has the type `decision`. signed: whether a person signs by it.
    """

    schema: dict[str, Any]
    data: dict[str, Any]
    facts: list[Fact]
    signed: bool
    drafted_at: str | None


def task_form(session: Session, actor: Actor, task: Task, lang: str) -> TaskForm | None:
    """The form of an open task; None if it has none. Raises NotFound, FormRejected."""
    asked = user_task(session, task)
    if asked.form_ref is None:
        return None
    source = form_source(session, FormReference.of_task(session.get_one(Definition, task.definition_id), asked))
    known = task_variables.variables_of(session, actor, task.id, local=False)
    form, zone = read_form(source), calendar_of(session, task.tenant_id).tz
    facts = [fact(field, known.get(field.key), lang, zone) for field in form.fields if is_shown(field)]
    return TaskForm(
        schema=to_fill_in(source, lang),
        data=data_of(session, actor, task, form, known),
        facts=[fact for fact in facts if fact is not None],
        signed=is_signed(form),
        drafted_at=drafts.kept_at(actor, task),
    )


def data_of(
    session: Session, actor: Actor, task: Task, form: forms.Form, known: Mapping[str, Variable]
) -> dict[str, Any]:
    """What the form of a task begins with, as JSON. known: the variables that the task sees."""
    return (
        {name: values.jsonable(known[name].value) for name in form.variables & known.keys()}
        | provided(session, form, actor, task.tenant_id)
        | drafts.kept(actor, task)
    )


def is_shown(field: forms.Field) -> bool:
    """Whether the person only looks at a field."""
    return field.disabled or field.readonly


def to_fill_in(source: bytes, lang: str) -> dict[str, Any]:
    """The form without what is only shown, in one language; the field that decides has the type `decision`."""
    form = read_form(source)
    schema = forms.localized(source, lang, without={one.component_id for one in form.fields if is_shown(one)})
    if (decides := decision_of(form)) is not None:
        schema["components"] = [_deciding(one, decides.component_id) for one in schema["components"]]
    return schema


def _deciding(component: dict[str, Any], component_id: str | None) -> dict[str, Any]:
    """A component, with the type `decision` where it is, or holds, the field that decides."""
    if component.get("id") == component_id:
        return {**component, "type": "decision"}
    if isinstance(component.get("components"), list):
        return {**component, "components": [_deciding(one, component_id) for one in component["components"]]}
    return component


def fact(field: forms.Field, known: Variable | None, lang: str, zone: ZoneInfo) -> Fact | None:
    """None for what the case does not know."""
    if known is None or known.value in (None, "", []):
        return None
    choices = {} if field.choices is None else {value: label[lang] for value, label in field.choices}
    given = known.value if isinstance(known.value, list) else [known.value]
    return Fact(field.key, field.label[lang], ", ".join(written(one, choices, lang, zone) for one in given))


def written(value: Any, choices: Mapping[Any, str], lang: str, zone: ZoneInfo) -> str:
    """A value of a field as it is read; choices: what is said for values that are chosen."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d.%m.%Y %H:%M}"
    if isinstance(value, bool):
        return (YES if value else NO).get(lang)
    if isinstance(value, Mapping) and "filename" in value:
        return str(value["filename"])
    if isinstance(value, str) and DAY.fullmatch(value):
        return f"{value[8:]}.{value[5:7]}.{value[:4]}"
    return choices.get(value) or str(value)
