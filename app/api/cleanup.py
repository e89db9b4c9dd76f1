"""`/api/cleanup`: what the clean-up of ended cases would remove now, and what it has removed; for administrators."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.cases import cleanup
from app.actions.cases.cleanup import Planned
from app.api import filters
from app.api.openapi import ROWS, asked
from app.api.replies import reply
from app.domain.models.values import write_date
from app.http.transaction import unit
from app.store.tables import Removal

blueprint = Blueprint("cleanup", __name__, url_prefix="/api/cleanup", description="The clean-up of ended cases")


def _planned_out(one: Planned) -> dict[str, Any]:
    return {
        "processDefinitionId": one.definition.id,
        "processDefinitionKey": one.definition.key,
        "processDefinitionVersion": one.definition.version,
        "tenantId": one.definition.tenant_id,
        "historyTimeToLive": one.definition.time_to_live,
        "cases": one.due,
        "needed": one.needed,
    }


def _removed_out(row: Removal) -> dict[str, Any]:
    return {
        "at": write_date(row.at),
        "processDefinitionId": row.definition_id,
        "processDefinitionKey": row.definition_key,
        "tenantId": row.tenant_id,
        "endedUntil": write_date(row.until),
        "cases": row.cases,
        "processInstances": row.instances,
        "tasks": row.tasks,
        "operations": row.operations,
        "documents": row.documents,
        "comments": row.comments,
    }


@blueprint.route("")
@blueprint.doc(**ROWS)
def planned() -> Response:
    """How many cases would go now of each definition that has a time to live, and how many are over it but still needed"""
    u = unit()
    return reply([_planned_out(one) for one in cleanup.planned(u.session, u.actor, u.now)])


@blueprint.route("/removed")
@blueprint.doc(parameters=[asked("firstResult", "integer"), asked("maxResults", "integer")], **ROWS)
def removed() -> Response:
    """What was removed, by run and definition, the last run first"""
    u = unit()
    return reply([_removed_out(row) for row in cleanup.removed(u.session, u.actor, *filters.page())])
