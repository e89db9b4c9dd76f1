"""`/engine-rest/identity`: who somebody is, and with whom they work."""

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.api.groups import NAME_LANGUAGE
from app.api.openapi import OBJECT, asked, taken
from app.api.replies import reply, text_in
from app.errors import Forbidden, Invalid, NotFound, Unauthenticated
from app.http.auth import by_password
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Group, Membership, User

blueprint = Blueprint("identity", __name__, url_prefix="/engine-rest/identity", description="Who somebody is")
_USER_ID = asked("userId", required=True)


@blueprint.route("/groups")
@blueprint.doc(parameters=[_USER_ID], **OBJECT)
def groups() -> Response:
    """A person's roles, and the people who hold one of them in the same organisation"""
    u, user_id = unit(), request.args.get("userId")
    if not user_id or "\0" in user_id:
        raise Invalid("No user id was supplied")
    if user_id != u.actor.user_id and not u.actor.administrator:
        raise Forbidden("only an administrator sees the groups of others")
    own, other = aliased(Membership), aliased(Membership)
    held = select(Group).where(Group.id.in_(select(own.group_id).where(own.user_id == user_id))).order_by(Group.id)
    together = (
        select(other.user_id)
        .join(own, (own.group_id == other.group_id) & (own.tenant_id == other.tenant_id))
        .where(own.user_id == user_id, other.user_id != user_id)
    )
    colleagues = select(User).where(User.id.in_(together)).order_by(User.id)
    return reply(
        {
            "groups": [{"id": group.id, "name": group.names[NAME_LANGUAGE]} for group in u.session.scalars(held)],
            "groupUsers": [
                {
                    "id": user.id,
                    "firstName": user.first_name,
                    "lastName": user.last_name,
                    "displayName": user.full_name,
                }
                for user in u.session.scalars(colleagues)
            ],
        }
    )


@blueprint.route("/verify", methods=["POST"])
@blueprint.doc(security=[], **taken({"username": "string", "password": "string"}), **OBJECT)
def verify() -> Response:
    """Whether a name and a password belong together; guessing is limited"""
    u, body = unit(), json_body()
    name, password = text_in(body, "username"), text_in(body, "password")
    if not name or not password:
        raise Invalid("Username and password are required")
    try:
        actor = by_password(u.session, name, password)
    except Unauthenticated:
        return reply({"authenticatedUser": name, "authenticated": False, "tenants": None, "groups": None})
    return reply({"authenticatedUser": actor.user_id, "authenticated": True, "tenants": None, "groups": None})


@blueprint.route("/password-policy", methods=["GET", "POST"])
@blueprint.doc(responses={"404": {"description": "there is none"}})
def password_policy() -> Response:
    """There is no password policy to be asked for"""
    raise NotFound("No password policy available")
