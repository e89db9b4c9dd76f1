"""`/engine-rest/user`: accounts. People see those of their own organisations, administrators see and change all."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.people import accounts
from app.api.errors import body as error
from app.api.listing import add_list
from app.api.openapi import DONE, OBJECT, taken
from app.api.replies import done, needed_text_in, reply, text_in
from app.errors import Invalid, NotFound, Unauthenticated
from app.http.auth import PASSWORD_LIMIT, moment
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.identity_lists import USERS, users
from app.store.listing import Wanted, page, total
from app.store.tables import User

blueprint = Blueprint("user", __name__, url_prefix="/engine-rest/user", description="Accounts")
OWN_PASSWORD = "authenticatedUserPassword"  # noqa: S105 - the name of a property
_PROFILE = {"id": "string", "firstName": "string", "lastName": "string", "email": "string"}


def _profile(user: User) -> dict[str, Any]:
    return {"id": user.id, "firstName": user.first_name, "lastName": user.last_name, "email": user.email}


def _users(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = users(u.actor.user_id, u.tenants)
    return [_profile(user) for user in u.session.scalars(page(query, USERS, wanted))]


def _total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, users(u.actor.user_id, u.tenants), USERS, wanted)


add_list(blueprint, "", USERS, _users, _total, "people of one's organisations")


@blueprint.route("/<user_id>/profile")
@blueprint.doc(**OBJECT)
def profile(user_id: str) -> Response:
    """A person's name and address"""
    u = unit()
    user = u.session.scalar(users(u.actor.user_id, u.tenants).where(User.id == user_id))
    if user is None:
        raise NotFound(f"User with id {user_id} does not exist")
    return reply(_profile(user))


@blueprint.route("/<user_id>/profile", methods=["PUT"])
@blueprint.doc(**taken(_PROFILE), **DONE)
def write_profile(user_id: str) -> Response:
    """Change one's own name and address, as an administrator anybody's"""
    u = unit()
    accounts.write_profile(u.session, u.actor, user_id, *_names(json_body()))
    return done()


def _names(body: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    return text_in(body, "firstName"), text_in(body, "lastName"), text_in(body, "email")


@blueprint.route("/<user_id>/credentials", methods=["PUT"])
@blueprint.doc(**taken({"password": "string", OWN_PASSWORD: "string"}), **DONE)
def credentials(user_id: str) -> Response:
    """Change one's own password with the present one, as an administrator anybody's"""
    u, body = unit(), json_body()
    new = _password(body, "password")
    own = None if body.get(OWN_PASSWORD) is None else _password(body, OWN_PASSWORD)
    try:
        accounts.set_password(u.session, u.actor, user_id, new, own, request.remote_addr or "", moment())
    except Unauthenticated:  # answered, not raised, so that the attempt is counted
        return reply(error("InvalidRequestException", "The given authenticated user password is not valid."), 400)
    return done()


@blueprint.route("/create", methods=["POST"])
@blueprint.doc(**taken({"profile": "object", "credentials": "object"}), **DONE)
def create() -> Response:
    """Create an account without roles, as an administrator"""
    u, body = unit(), json_body()
    given, secret = _part(body, "profile"), _part(body, "credentials")
    user_id, password = needed_text_in(given, "id"), _password(secret, "password")
    first, last, email = _names(given)
    accounts.create(u.session, u.actor, user_id, password, first_name=first, last_name=last, email=email)
    return done()


def _password(body: dict[str, Any], name: str) -> str:
    password = needed_text_in(body, name)
    if len(password) > PASSWORD_LIMIT:
        raise Invalid(f"a password has at most {PASSWORD_LIMIT} characters")
    return password


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    part = body.get(name)
    if not isinstance(part, dict):
        raise Invalid(f"{name} must be an object")
    return part


@blueprint.route("/<user_id>", methods=["DELETE"])
@blueprint.doc(**DONE)
def remove(user_id: str) -> Response:
    """Remove an account, as an administrator"""
    u = unit()
    accounts.remove(u.session, u.actor, user_id)
    return done()


@blueprint.route("/<user_id>/unlock", methods=["POST"])
@blueprint.doc(**DONE)
def unlock(user_id: str) -> Response:
    """Let a person sign in again who was refused for wrong passwords, as an administrator"""
    u = unit()
    accounts.unlock(u.session, u.actor, user_id)
    return done()
