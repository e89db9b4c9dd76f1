"""Forms as markup, for programs that show no form-js; what people submit with it is checked as ever."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import forms
from app.actions.forms.form_context import provided
from app.actions.forms.form_data import FormReference, form_source, read_form, unusable
from app.actions.forms.task_forms import data_of
from app.actions.models.models import model_of
from app.actions.tasks import task_variables
from app.actions.tasks.tasks import task_for, user_task
from app.actions.terms.calendars import calendar_of
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store.tables import Definition


def of_task(session: Session, actor: Actor, task_id: UUID, lang: str, now: datetime) -> str:
    """The form of an open task, with what the case knows and the actor has drafted, as XML. lang: kk, ru or en.

    Raises NotFound, also for a task without a form, Invalid for a form that cannot be read.
    """
    task = task_for(session, actor, task_id)
    asked = FormReference.of_task(session.get_one(Definition, task.definition_id), user_task(session, task))
    if asked.key is None:
        raise NotFound(f"No matching rendered form for task with the id {task_id} found.")
    known = task_variables.variables_of(session, actor, task_id, local=False)
    return _written(session, asked, task.tenant_id, lambda form: data_of(session, actor, task, form, known), lang, now)


def of_start(
    session: Session, actor: Actor, definition: Definition, tenant: str | None, lang: str, now: datetime
) -> str:
    """The start form of a definition, as XML. tenant: whose case it would be; lang: kk, ru or en.

    Raises NotFound, also for a process without a form, Invalid for a form that cannot be read.
    """
    asked = FormReference.of_start(definition, model_of(session, definition.id).process)
    if asked.key is None:
        raise NotFound(f"No matching rendered start form for process definition with the id {definition.id} found.")
    return _written(session, asked, tenant, lambda form: provided(session, form, actor, tenant), lang, now)


def _written(
    session: Session,
    asked: FormReference,
    tenant: str | None,
    data: Callable[[forms.Form], Mapping[str, Any]],
    lang: str,
    now: datetime,
) -> str:
    source = form_source(session, asked)
    try:
        form = read_form(source)
        schema = forms.localized(source, lang)
    except forms.FormRejected as rejected:
        raise unusable(asked.key, rejected) from rejected
    case = forms.Case(data(form), now.astimezone(calendar_of(session, tenant).tz))
    return form.markup(schema, case)
