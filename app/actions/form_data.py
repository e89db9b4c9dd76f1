"""Data that people enter, checked against the deployed form."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from sqlalchemy.orm import Session

from app import forms
from app.domain.values import Variable, infer
from app.errors import Invalid, NotFound
from app.store import queries


@lru_cache(maxsize=500)
def _compiled(source: bytes) -> forms.Form:
    return forms.compile(source)


def form_source(session: Session, key: str | None, tenant: str | None, deployment_id: UUID | None) -> bytes:
    """The source of a deployed form. Raises NotFound."""
    if key is None:
        raise NotFound("there is no form reference")
    source = None
    if deployment_id is not None:
        source = queries.form_content(session, key, tenant, deployment_id)
    source = source or queries.form_content(session, key, tenant)
    if source is None:
        raise NotFound(f"The form with the form key '{key}' does not exist")
    return source


def check_form(
    session: Session,
    key: str | None,
    tenant: str | None,
    deployment_id: UUID | None,
    variables: Mapping[str, Variable],
) -> dict[str, Variable]:
    """The variables that the form lets the person set. Raises Invalid with field, code and reason for each that is wrong.

    Without a form everything is taken as it comes.
    """
    if key is None:
        return dict(variables)
    form = _compiled(form_source(session, key, tenant, deployment_id))
    try:
        loaded = form.load({name: variable.value for name, variable in variables.items()})
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
