"""Data that people enter, checked against the deployed form."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app import forms
from app.actions.documents.references import Find, nothing, with_documents, with_those_found
from app.actions.forms.form_context import provided
from app.actions.forms.form_language import FEEL
from app.actions.terms.calendars import calendar_of
from app.domain.models.model import Process
from app.domain.models.values import Variable, infer
from app.domain.models.work import UserTask
from app.domain.people.access import Actor
from app.domain.terms.calendar import LANGUAGES
from app.errors import Invalid, NotFound
from app.store import queries
from app.store.tables import Definition, FormDefinition, Resource


@lru_cache(maxsize=500)
def read_form(source: bytes) -> forms.Form:
    """A form whose expressions are FEEL. Raises FormRejected."""
    return forms.compile(source, FEEL)


@dataclass(frozen=True, slots=True)
class FormReference:
    """Which form a start event or a task of a definition means. binding: latest | deployment | version | versionTag."""

    key: str | None
    binding: str | None
    version: str | None
    definition: Definition

    @classmethod
    def of_start(cls, definition: Definition, process: Process) -> "FormReference":
        return cls(process.form_ref, process.form_ref_binding, process.form_ref_version, definition)

    @classmethod
    def of_task(cls, definition: Definition, task: UserTask) -> "FormReference":
        return cls(task.form_ref, task.form_ref_binding, task.form_ref_version, definition)


def form_source(session: Session, form: FormReference) -> bytes:
    """The source of the deployed form that is bound. Raises NotFound."""
    if form.key is None:
        raise NotFound("there is no form reference")
    definition, binding = form.definition, form.binding or "latest"
    source = queries.bound_form(session, form.key, definition.tenant_id, binding, form.version, definition.id)
    if source is None:
        raise NotFound(f"The form with the form key '{form.key}' does not exist")
    return source


def forms_named(session: Session, keys: Collection[str], tenant: str | None) -> dict[str, forms.Form]:
    """The newest forms by key, of the organisation or else common to all, in one statement; what cannot be read is left out."""
    if not keys:
        return {}
    rows = session.execute(
        select(FormDefinition.key, Resource.content)
        .join(Resource, Resource.id == FormDefinition.resource_id)
        .where(
            FormDefinition.key.in_(keys), or_(FormDefinition.tenant_id == tenant, FormDefinition.tenant_id.is_(None))
        )
        .ext(distinct_on(FormDefinition.key))
        .order_by(FormDefinition.key, FormDefinition.tenant_id.is_(None), FormDefinition.version.desc())
    )
    found = {}
    for row in rows:
        with suppress(forms.FormRejected):
            found[row.key] = read_form(row.content)
    return found


def check_form(
    session: Session,
    form: FormReference,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    actor: Actor,
    tenant: str | None,
    known: Callable[[], Mapping[str, Any]],
    documents: Find = nothing,
) -> dict[str, Variable]:
    """The variables that the form lets the person set, and those that it computes.

    Without a form everything is taken as it comes. actor: who fills it in; tenant: whose case it is; known: reads the variables
    of the case, as JSON, which conditions may look at; documents: finds those that its file fields may name.
    Raises Invalid with field, code and reason for each value that is wrong, or with what is wrong with the form.
    """
    if form.key is None:
        return dict(variables)
    given = {name: variable.value for name, variable in variables.items()}
    try:
        read = read_form(form_source(session, form))
        case = None
        if read.dynamic:
            zone = calendar_of(session, tenant).tz
            case = forms.Case({**known(), **provided(session, read, actor, tenant)}, now.astimezone(zone))
        loaded = read.load(given, case)
    except forms.FormRejected as rejected:
        raise unusable(form.key, rejected) from rejected
    except forms.FormErrors as found:
        words = {language: "; ".join(error.message[language] for error in found.errors) for language in LANGUAGES}
        raise Invalid(
            "; ".join(f"{error.key}: {error.message['en']}" for error in found.errors),
            details={
                "fields": [{"field": error.key, "code": error.code, "message": error.message} for error in found.errors]
            },
            words=words,
        ) from found
    if files := _file_fields(read):
        loaded = with_documents(loaded, files, documents)
    return {
        name: _typed(value, variables.get(name) if name not in read.computed else None)
        for name, value in loaded.items()
    }


def unusable(key: str | None, rejected: forms.FormRejected) -> Invalid:
    """What is wrong with a form that cannot be read."""
    return Invalid(
        f"the form '{key}' cannot be used: {rejected}",
        words={language: "; ".join(one.message[language] for one in rejected.findings) for language in LANGUAGES},
        details={"findings": [{"field": one.key, "message": one.message} for one in rejected.findings]},
    )


def with_files(
    session: Session, form: FormReference, variables: Mapping[str, Variable], documents: Find
) -> dict[str, Variable]:
    """What is given without a check against the form: only the documents that its file fields name are looked for."""
    try:
        files = _file_fields(read_form(form_source(session, form)))
    except (NotFound, forms.FormRejected):
        files = []
    settled = with_those_found({name: one.value for name, one in variables.items()}, files, documents)
    return {name: _typed(settled[name], given) for name, given in variables.items()}


def _file_fields(form: forms.Form) -> list[str]:
    """Their paths."""
    return [field.key for field in form.fields if field.type == "filepicker"]


def _typed(value: object, given: Variable | None) -> Variable:
    """The checked value, in the client's type where that is still right."""
    return given if given is not None and given.value == value else Variable(value, infer(value))
