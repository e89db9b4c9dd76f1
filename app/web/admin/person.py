"""One person: profile, roles, password, tokens, tasks, and what was done to him. Every change leads back with its word."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.cases import deeds
from app.actions.people import accounts, deactivating, invitations, person, profiles, tokens
from app.actions.people.invitations import Issued
from app.actions.terms.calendars import DEFAULT
from app.errors import AppError, Conflict, Invalid
from app.http.auth import moment as by_the_machine
from app.http.transaction import unit
from app.web.admin.administered import told
from app.web.done import said_next
from app.web.pages import language, page

blueprint = Blueprint("person", __name__, url_prefix="/admin/people/<user_id>")
HEIR = "heir."
"""What the fields begin with that say, by organisation, who takes the tasks over."""


@blueprint.get("")
def shown(user_id: str) -> Response:
    """All that there is about him."""
    return _page(user_id)


def _page(user_id: str, problem: AppError | None = None, **once: Any) -> Response:
    """once: what is shown this time alone, such as a secret."""
    u = unit()
    found = person.person(u.session, u.actor, user_id, u.now, by_the_machine())
    return page(
        "admin/person.html",
        200 if problem is None else 409 if isinstance(problem, Conflict) else 400,
        one=found,
        user=found.user,
        deeds=deeds.of_person(u.session, u.actor, user_id, language()),
        told=lambda entry: told(entry, found.choices),
        zone=DEFAULT.tz,
        oneself=user_id == u.actor.user_id,
        most=deactivating.MOST,
        days=tokens.DAYS,
        heir=HEIR,
        given=request.form,
        problem=None if problem is None else problem.words.get(language(), problem.message),
        **once,
    )


@blueprint.post("/<any(profile, role, take, administrator, unlock, revoke, deactivate, reactivate):what>")
def act(user_id: str, what: str) -> Answer:
    """Do one of it; what is refused is said on the page, with what was entered."""
    u = unit()
    try:
        with u.session.begin_nested():
            ACTS[what](user_id)
    except (Invalid, Conflict) as problem:
        return _page(user_id, problem)
    return said_next(redirect(url_for(".shown", user_id=user_id), 303), f"person-{what}")


@blueprint.post("/password")
def set_anew(user_id: str) -> Response:
    """A code with which he chooses another password: shown now, and never again."""
    u = unit()
    try:
        with u.session.begin_nested():
            issued = invitations.set_anew(u.session, u.actor, user_id, _text("reason"), by_the_machine())
    except (Invalid, Conflict) as problem:
        return _page(user_id, problem)
    return _page(user_id, invitation=issued, link=link_of(issued))


@blueprint.post("/invitation")
def invite(user_id: str) -> Response:
    """Another code for who has not chosen a password yet."""
    u = unit()
    issued = invitations.invite(u.session, u.actor, [user_id], by_the_machine())
    return _page(user_id, invitation=issued[0], link=link_of(issued[0])) if issued else _page(user_id)


@blueprint.post("/token")
def make_token(user_id: str) -> Response:
    """A token: its secret is shown now, and never again."""
    u = unit()
    name, days = _text("name"), request.form.get("days", type=int)
    try:
        secret = tokens.make(u.session, u.actor, user_id, name, days, by_the_machine())
    except (Invalid, Conflict) as problem:
        return _page(user_id, problem)
    return _page(user_id, secret=secret)


def link_of(issued: Issued) -> str:
    """The address at which a code is taken."""
    return url_for("web.invitation.shown", code=issued.code, _external=True)


def _profile(user_id: str) -> None:
    u = unit()
    fields = {name: _text(name).strip() or None for name in ("lastName", "firstName", "email", "language")}
    profiles.write(u.session, u.actor, user_id, profiles.Profile(*fields.values()))


def _administrator(user_id: str) -> None:
    u = unit()
    change = deactivating.take_administration if "take" in request.form else deactivating.make_administrator
    change(u.session, u.actor, user_id, _text("reason"))


def _role(change: Callable[..., None]) -> Callable[[str], None]:
    def run(user_id: str) -> None:
        u = unit()
        profiles.require_chosen(_text("role"), _text("organisation"))
        change(u.session, u.actor, user_id, _text("role"), _text("organisation"))

    return run


def _deactivate(user_id: str) -> None:
    u = unit()
    heirs = {name.removeprefix(HEIR): _text(name) for name in request.form if name.startswith(HEIR)}
    deactivating.deactivate(u.session, u.actor, user_id, _text("reason"), heirs, u.now)


def _reactivate(user_id: str) -> None:
    u = unit()
    deactivating.reactivate(u.session, u.actor, user_id, _text("reason"))


def _unlock(user_id: str) -> None:
    u = unit()
    accounts.unlock(u.session, u.actor, user_id)


def _revoke(user_id: str) -> None:
    u = unit()
    tokens.revoke(u.session, u.actor, user_id, _text("token"))


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\0", "")


ACTS: dict[str, Callable[[str], None]] = {
    "profile": _profile,
    "role": _role(accounts.grant),
    "take": _role(accounts.revoke),
    "administrator": _administrator,
    "unlock": _unlock,
    "revoke": _revoke,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
}
