"""What does not go on by itself, for administrators."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.api import filters
from app.api.openapi import COUNT, ROWS
from app.api.replies import reply
from app.domain.models.model import node_of
from app.domain.models.values import write_date
from app.errors import Forbidden
from app.http.transaction import Unit, unit
from app.store import stuck_lists
from app.store.tables import Instance

blueprint = Blueprint("stuck", __name__, url_prefix="/api/stuck", description="What does not go on by itself")


@blueprint.route("", methods=["GET"])
@blueprint.doc(parameters=filters.Filters({}).described(), **ROWS)
def list_stuck() -> Response:
    """Open incidents, messages that nobody has got, and jobs that no worker has run in time; the oldest first."""
    u = _administrators()
    first, limit = filters.page()
    rows = stuck_lists.page(u.session, u.now, first, limit)
    found = {row.id: row for row in _instances(u, [row.instance_id for row in rows])}
    return reply([_stuck_out(row, found.get(row.instance_id)) for row in rows])


@blueprint.route("/count", methods=["GET"])
@blueprint.doc(**COUNT)
def count_stuck() -> Response:
    """How much of that there is."""
    u = _administrators()
    return reply({"count": stuck_lists.total(u.session, u.now)})


def _administrators() -> Unit:
    u = unit()
    if not u.actor.administrator:
        raise Forbidden("only an administrator or a connected system sees what is stuck")
    return u


def _instances(u: Unit, ids: list[Any]) -> list[Instance]:
    return u.session.query(Instance).where(Instance.id.in_(ids)).all()


def _stuck_out(row: Any, instance: Instance | None) -> dict[str, Any]:
    """reason: incident, message (nobody has got it), overdueJob; kind: see `stuck_lists.stuck`."""
    return {
        "reason": row.reason,
        "id": str(row.id),
        "kind": row.kind,
        "since": write_date(row.since),
        "message": row.message,
        "activityId": None if row.element is None else node_of(row.element),
        "processInstanceId": None if row.instance_id is None else str(row.instance_id),
        "processDefinitionKey": None if instance is None else instance.definition_key,
        "businessKey": None if instance is None else instance.business_key,
        "tenantId": row.tenant_id,
    }
