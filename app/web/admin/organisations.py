"""Organisations: what they are called, who works there, what runs there, and what is settled for them."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.people import administration, directory, organisations
from app.actions.people.administration import Kind
from app.actions.people.organisations import PERCENT
from app.actions.terms.calendars import DEFAULT
from app.domain.outgoing import SECRET_LENGTH
from app.domain.terms.calendar import Text
from app.errors import AppError, Invalid
from app.http.transaction import unit
from app.web.admin.administered import told
from app.web.done import said_next
from app.web.pages import language, page

blueprint = Blueprint("organisations", __name__, url_prefix="/admin/organisations")
ENTRIES = 50


@blueprint.get("")
def listed() -> Response:
    """All of them."""
    u = unit()
    return page("admin/organisations.html", rows=organisations.listed(u.session, u.actor))


@blueprint.get("/<tenant>")
def shown(tenant: str) -> Response:
    """One."""
    return _shown(tenant)


def _shown(tenant: str, problem: AppError | None = None) -> Response:
    u = unit()
    found = organisations.organisation(u.session, u.actor, tenant)
    choices = directory.choices(u.session)
    return page(
        "admin/organisation.html",
        200 if problem is None else 400,
        one=found,
        names=Text(**found.names),
        held=organisations.roles_of(u.session, u.actor, tenant),
        services=organisations.services_of(u.session, u.actor, tenant),
        choices=choices,
        entries=administration.entries(u.session, u.actor, Kind.ORGANISATION, tenant, ENTRIES),
        told=lambda entry: told(entry, choices),
        zone=DEFAULT.tz,
        percent=PERCENT,
        secret_length=SECRET_LENGTH,
        given=request.form,
        problem=None if problem is None else problem.words.get(language(), problem.message),
    )


@blueprint.post("/<tenant>")
def settle(tenant: str) -> Answer:
    """Change what is settled; a secret that is not given stays."""
    u = unit()
    url, secret = (request.form.get(name, "").strip() for name in ("webhookUrl", "webhookSecret"))
    given: dict[str, Any] = {"webhookUrl": url or None, "reminderPercent": request.form.get("percent", type=int)}
    if secret:
        given["webhookSecret"] = secret
    try:
        with u.session.begin_nested():
            organisations.settle(u.session, u.actor, tenant, given)
    except Invalid as problem:
        return _shown(tenant, problem)
    return said_next(redirect(url_for(".shown", tenant=tenant), 303), "organisation")
