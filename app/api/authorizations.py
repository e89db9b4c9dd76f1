"""`/engine-rest/authorization`: what people may do. It is read only: rights come from roles and organisations."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.people import authorizations as actions
from app.api import filters
from app.api.filters import Filters
from app.api.openapi import COUNT, OBJECT, ROWS
from app.api.replies import reply
from app.domain.people.authorizations import PERMISSIONS, Authorization, Resource
from app.errors import Invalid, NotFound
from app.http.transaction import unit

blueprint = Blueprint(
    "authorization", __name__, url_prefix="/engine-rest/authorization", description="What people may do"
)
FILTERS = Filters(
    {
        "id": filters.text,
        "type": filters.whole,
        "userIdIn": filters.texts,
        "groupIdIn": filters.texts,
        "resourceType": filters.whole,
        "resourceId": filters.text,
    },
    sort_keys=("resourceType", "resourceId"),
)
CHECKED = Filters(
    {
        "permissionName": filters.text,
        "permissionValue": filters.whole,  # which permission it is, as older clients say beside its name
        "resourceName": filters.text,
        "resourceType": filters.whole,
        "resourceId": filters.text,
        "userId": filters.text,
    }
)


def _out(found: Authorization) -> dict[str, Any]:
    return {
        "id": found.id,
        "type": found.kind.value,
        "permissions": list(found.permissions),
        "userId": found.user_id,
        "groupId": found.group_id,
        "resourceType": found.resource.value,
        "resourceId": "*",
        "removalTime": None,
        "rootProcessInstanceId": None,
    }


def _passing(given: dict[str, Any]) -> list[dict[str, Any]]:
    u = unit()
    rows = [_out(found) for found in actions.seen_by(u.session, u.actor)]
    among = {"userIdIn": "userId", "groupIdIn": "groupId"}
    for name, value in given.items():
        if name in among:
            rows = [row for row in rows if row[among[name]] in value]
        else:
            rows = [row for row in rows if row[name] == value]
    return rows


@blueprint.get("")
@blueprint.doc(parameters=FILTERS.described(), **ROWS)
def list_authorizations() -> Response:
    """What everybody may do, and designers; administrators are told what administrators may as well."""
    rows = _passing(FILTERS.of_query())
    for key, descending in FILTERS.order_of_query():
        rows.sort(key=lambda row: row[key], reverse=descending)
    first, limit = filters.page()
    return reply(rows[first : first + limit])


@blueprint.get("/count")
@blueprint.doc(parameters=FILTERS.described(paged=False), **COUNT)
def count() -> Response:
    """How many of them pass the filters."""
    return reply({"count": len(_passing(FILTERS.of_query()))})


@blueprint.get("/check")
@blueprint.doc(parameters=CHECKED.described(paged=False), **OBJECT)
def check() -> Response:
    """Whether one has a permission; administrators may ask it of others."""
    u, given = unit(), CHECKED.of_query()
    permission, kind = given.get("permissionName"), given.get("resourceType")
    if permission not in PERMISSIONS:
        raise Invalid(f"permissionName must be one of {', '.join(sorted(PERMISSIONS))}")
    if kind not in list(Resource):
        raise Invalid(f"resourceType must be a number from 0 to {max(Resource)}")
    resource_id = given.get("resourceId")
    allowed = actions.is_allowed(u.session, u.actor, given.get("userId"), permission, Resource(kind), resource_id)
    return reply(
        {
            "permissionName": permission,
            "resourceName": given.get("resourceName"),
            "resourceId": resource_id,
            "authorized": allowed,
        }
    )


@blueprint.get("/<authorization_id>")
@blueprint.doc(**OBJECT)
def get(authorization_id: str) -> Response:
    """One of them."""
    rows = _passing({"id": authorization_id})
    if not rows:
        raise NotFound(f"Authorization with id {authorization_id} does not exist.")
    return reply(rows[0])
