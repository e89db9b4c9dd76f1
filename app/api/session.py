"""`/api/session` and `/api/token`: sign in as a browser or let a program in, and out again."""

from datetime import datetime
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from app.actions.people import people
from app.actions.people.tokens import NAME_LIMIT
from app.api.openapi import OBJECT, answer, taken
from app.api.replies import done, needed_text_in, reply, text_in
from app.config import Settings
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.errors import Invalid
from app.http.auth import COOKIE, by_password, moment, refuse_foreign_page
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import User

blueprint = Blueprint("session", __name__, url_prefix="/api/session", description="Who is signed in")
tokens = Blueprint("token", __name__, url_prefix="/api/token", description="Bearer tokens of programs")


@blueprint.route("", methods=["POST"])
@blueprint.doc(
    security=[],
    **taken({"username": "string", "password": "string"}),
    **answer({"type": "object"}, "signed in; sets the cookie"),
)
def sign_in() -> Response:
    """Sign in with a name and a password"""
    u, body = unit(), json_body()
    refuse_foreign_page()
    name, password = needed_text_in(body, "username"), needed_text_in(body, "password")
    actor = by_password(u.session, name, password)
    secret, expires = people.sign_in(u.session, actor, "session", moment())
    response = reply(_who(actor, expires))
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(people.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        path="/",
        secure=_settings().secure_cookies,
    )
    return response


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@blueprint.route("")
@blueprint.doc(**OBJECT)
def who_am_i() -> Response:
    """Who is signed in, with the groups in each organisation"""
    return reply(_who(unit().actor, None))


def _who(actor: Actor, expires: datetime | None) -> dict[str, Any]:
    user = unit().session.get(User, actor.user_id)
    return {
        "user": {
            "id": actor.user_id,
            "firstName": user.first_name if user else None,
            "lastName": user.last_name if user else None,
            "email": user.email if user else None,
        },
        "administrator": actor.administrator,
        "organisations": {tenant: sorted(actor.groups_in(tenant)) for tenant in sorted(actor.tenants)},
        "expires": write_date(expires),
    }


@blueprint.route("", methods=["DELETE"])
@blueprint.doc(responses={"204": {"description": "signed out"}})
def sign_out() -> Response:
    """Sign out of this browser"""
    if secret := request.cookies.get(COOKIE):
        people.sign_out(unit().session, secret)
    response = done()
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=_settings().secure_cookies)
    return response


@tokens.route("", methods=["POST"])
@tokens.doc(**taken({"name": "string"}), responses={"201": {"description": "the token, shown this once"}})
def make() -> Response:
    """Make a bearer token for oneself, with a name that says what it is for; it is shown once"""
    u, name = unit(), text_in(json_body(), "name")
    if name is not None and len(name) > NAME_LIMIT:
        raise Invalid(f"the name of a token has at most {NAME_LIMIT} characters")
    secret, expires = people.sign_in(u.session, u.actor, people.BEARER, moment(), name)
    return reply({"token": secret, "expires": write_date(expires)}, 201)


@tokens.route("", methods=["DELETE"])
@tokens.doc(**taken({"token": "string"}), responses={"204": {"description": "the token is no longer valid"}})
def revoke() -> Response:
    """Revoke the token in the body, or the one that the request itself carries"""
    u = unit()
    secret = text_in(json_body(), "token")
    given = request.authorization
    if secret is None and given is not None and given.type == "bearer":
        secret = given.token
    if not secret:
        raise Invalid("name the token to revoke, in the body or as the bearer of the request")
    people.revoke(u.session, u.actor, secret)
    return done()
