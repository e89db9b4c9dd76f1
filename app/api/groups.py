"""`/engine-rest/group` and `/engine-rest/tenant`: the roles of the regulations and the organisations that have them."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import false

from app.actions.people import roles
from app.api.listing import add_list
from app.api.openapi import DONE, OBJECT, taken
from app.api.replies import done, needed_text_in, reply, text_in
from app.errors import NotFound
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.identity_lists import GROUPS, ROLE, TENANTS, groups, tenants, users
from app.store.listing import Query, Wanted, page, total
from app.store.tables import Group, Organisation, User

group_blueprint = Blueprint("group", __name__, url_prefix="/engine-rest/group", description="Roles of the regulations")
tenant_blueprint = Blueprint("tenant", __name__, url_prefix="/engine-rest/tenant", description="Organisations")
_ROLE = taken({"id": "string", "name": "string", "type": "string"})
NAME_LANGUAGE = "kk"
"""The dialect has one name for a thing; /api has the three."""


def _group(found: Group) -> dict[str, Any]:
    return {"id": found.id, "name": found.names[NAME_LANGUAGE], "type": ROLE}


def _tenant(found: Organisation) -> dict[str, Any]:
    return {"id": found.id, "name": found.names[NAME_LANGUAGE]}


def _visible_groups(u: Unit, wanted: Wanted) -> Query:
    """The roles themselves are for all; who holds them, and where, is told within one's organisations alone."""
    member, tenant = wanted.values.get("member"), wanted.values.get("memberOfTenant")
    query = groups()
    if member is not None:
        query = query.where(users(u.actor.user_id, u.tenants).where(User.id == member).exists())
    return query if u.actor.belongs_to(tenant) else query.where(false())


def _groups(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    return [_group(found) for found in u.session.scalars(page(_visible_groups(u, wanted), GROUPS, wanted))]


def _groups_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, _visible_groups(u, wanted), GROUPS, wanted)


def _tenants(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    return [_tenant(found) for found in u.session.scalars(page(tenants(u.tenants), TENANTS, wanted))]


def _tenants_total(u: Unit, wanted: Wanted) -> int:
    return total(u.session, tenants(u.tenants), TENANTS, wanted)


add_list(group_blueprint, "", GROUPS, _groups, _groups_total, "roles")
add_list(tenant_blueprint, "", TENANTS, _tenants, _tenants_total, "organisations")


@group_blueprint.route("/<group_id>")
@group_blueprint.doc(**OBJECT)
def group(group_id: str) -> Response:
    """One role"""
    found = unit().session.get(Group, group_id)
    if found is None:
        raise NotFound(f"Group with id {group_id} does not exist")
    return reply(_group(found))


@tenant_blueprint.route("/<tenant_id>")
@tenant_blueprint.doc(**OBJECT)
def tenant(tenant_id: str) -> Response:
    """One organisation"""
    u = unit()
    found = u.session.get(Organisation, tenant_id)
    if found is None or not u.actor.belongs_to(tenant_id):
        raise NotFound(f"Tenant with id {tenant_id} does not exist")
    return reply(_tenant(found))


@group_blueprint.route("/create", methods=["POST"])
@group_blueprint.doc(**_ROLE, **DONE)
def create() -> Response:
    """Make a role that no regulation knows, as an administrator"""
    u, body = unit(), json_body()
    roles.create(u.session, u.actor, needed_text_in(body, "id"), text_in(body, "name"))
    return done()


@group_blueprint.route("/<group_id>", methods=["PUT"])
@group_blueprint.doc(**_ROLE, **DONE)
def rename(group_id: str) -> Response:
    """Name such a role anew, as an administrator"""
    u = unit()
    roles.rename(u.session, u.actor, group_id, text_in(json_body(), "name"))
    return done()


@group_blueprint.route("/<group_id>", methods=["DELETE"])
@group_blueprint.doc(**DONE)
def remove(group_id: str) -> Response:
    """Take away such a role that nobody holds, as an administrator"""
    u = unit()
    roles.remove(u.session, u.actor, group_id)
    return done()
