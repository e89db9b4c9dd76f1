"""Roles: what they are called, who holds them where; those that no regulation knows are made, renamed and removed here."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.people import administration, directory, roles
from app.actions.people.administration import Kind
from app.actions.terms.calendars import DEFAULT
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import AppError, Conflict, Invalid
from app.http.transaction import unit
from app.web.admin.administered import told
from app.web.done import said_next
from app.web.pages import language, page

blueprint = Blueprint("roles", __name__, url_prefix="/admin/roles")
ENTRIES = 50


@blueprint.get("")
def listed() -> Response:
    """All of them."""
    return _listed()


def _listed(problem: AppError | None = None) -> Response:
    u = unit()
    rows = roles.listed(u.session, u.actor)
    return page("admin/roles.html", _status(problem), rows=rows, given=request.form, problem=_said(problem))


@blueprint.post("")
def create() -> Answer:
    """Make one."""
    u, role = unit(), _text("id")
    if problem := _refusal(lambda: roles.create(u.session, u.actor, role, _names())):
        return _listed(problem)
    return said_next(redirect(url_for(".shown", role=role), 303), "role-made")


@blueprint.get("/<role>")
def shown(role: str) -> Response:
    """One, with who holds it."""
    return _shown(role)


def _shown(role: str, problem: AppError | None = None) -> Response:
    u = unit()
    found, places = roles.one(u.session, u.actor, role)
    choices = directory.choices(u.session)
    return page(
        "admin/role.html",
        _status(problem),
        role=found,
        places=places,
        choices=choices,
        entries=administration.entries(u.session, u.actor, Kind.ROLE, role, ENTRIES),
        told=lambda entry: told(entry, choices),
        zone=DEFAULT.tz,
        problem=_said(problem),
    )


@blueprint.post("/<role>")
def rename(role: str) -> Answer:
    """Name it anew."""
    u = unit()
    if problem := _refusal(lambda: roles.rename(u.session, u.actor, role, _names())):
        return _shown(role, problem)
    return said_next(redirect(url_for(".shown", role=role), 303), "role-named")


@blueprint.post("/<role>/remove")
def remove(role: str) -> Answer:
    """Take away one that nobody holds."""
    u = unit()
    if problem := _refusal(lambda: roles.remove(u.session, u.actor, role)):
        return _shown(role, problem)
    return said_next(redirect(url_for(".listed"), 303), "role-removed")


def _refusal(act: Callable[[], None]) -> AppError | None:
    """What was refused, so that nothing of it is done; None: it is done."""
    try:
        with unit().session.begin_nested():
            act()
    except (Invalid, Conflict) as problem:
        return problem
    return None


def _names() -> Text | None:
    names = Text(*(_text(lang).strip() for lang in LANGUAGES))
    return names if names.kk else None


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\0", "")


def _status(problem: AppError | None) -> int:
    return 200 if problem is None else 409 if isinstance(problem, Conflict) else 400


def _said(problem: AppError | None) -> str | None:
    return None if problem is None else problem.words.get(language(), problem.message)
