"""Data that people enter, checked against the deployed form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from app import forms
from app.domain.model import Process, UserTask
from app.domain.values import Variable, infer
from app.errors import Invalid, NotFound
from app.store import queries
from app.store.tables import Definition


@lru_cache(maxsize=500)
def _compiled(source: bytes) -> forms.Form:
    return forms.compile(source)


@dataclass(frozen=True, slots=True)
class FormReference:
    """Which form a start event or a task of a definition means. binding: latest | deployment | version."""

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
    """The source of a deployed form; one bound to its deployment is the newest where that deployment has none. NotFound."""
    if form.key is None:
        raise NotFound("there is no form reference")
    tenant = form.definition.tenant_id
    source = None
    if form.binding == "deployment":
        source = queries.form_content(session, form.key, tenant, deployment_id=form.definition.deployment_id)
    numbered = form.binding == "version" and form.version is not None and form.version.isdecimal()
    version = int(form.version or 0) if numbered else None
    source = source or queries.form_content(session, form.key, tenant, version=version)
    if source is None:
        raise NotFound(f"The form with the form key '{form.key}' does not exist")
    return source


def check_form(session: Session, form: FormReference, variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """The variables that the form lets the person set. Raises Invalid with field, code and reason for each that is wrong.

    Without a form everything is taken as it comes.
    """
    if form.key is None:
        return dict(variables)
    try:
        loaded = _compiled(form_source(session, form)).load(
            {name: variable.value for name, variable in variables.items()}
        )
    except forms.FormErrors as found:
        raise Invalid(
            "; ".join(f"{error.key}: {error.message['en']}" for error in found.errors),
            details={
                "fields": [{"field": error.key, "code": error.code, "message": error.message} for error in found.errors]
            },
        ) from found
    return {name: _typed(value, variables.get(name)) for name, value in loaded.items()}


def _typed(value: object, given: Variable | None) -> Variable:
    """The checked value, in the client's type where that is still right."""
    return given if given is not None and given.value == value else Variable(value, infer(value))
