"""`/api/organisations/{tenant}/members`: who holds which role where, changed by administrators.

The dialect knows members of a group and members of a tenant, but not the pair that a regulation speaks of.
"""

from flask import Response
from flask_smorest import Blueprint

from app.actions.people import accounts
from app.api.replies import done
from app.http.transaction import unit

blueprint = Blueprint(
    "memberships", __name__, url_prefix="/api/organisations", description="Roles that people hold in organisations"
)
PATH = "/<tenant>/members/<user_id>/<role>"


@blueprint.route(PATH, methods=["PUT"])
@blueprint.doc(responses={"204": {"description": "the person holds the role, whether or not it was so before"}})
def grant(tenant: str, user_id: str, role: str) -> Response:
    """Give a person a role in an organisation, as an administrator"""
    u = unit()
    accounts.grant(u.session, u.actor, user_id, role, tenant)
    return done()


@blueprint.route(PATH, methods=["DELETE"])
@blueprint.doc(responses={"204": {"description": "the person holds the role no longer"}})
def revoke(tenant: str, user_id: str, role: str) -> Response:
    """Take a role in an organisation from a person, as an administrator"""
    u = unit()
    accounts.revoke(u.session, u.actor, user_id, role, tenant)
    return done()
