"""Incidents: what keeps instances from going on, and where."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from app.actions.models.models import model_of
from app.actions.running import incident_acts
from app.api.listing import add_list
from app.api.openapi import DONE, OBJECT, WHY, taken
from app.api.replies import done, identifier, reply, text_in
from app.domain.models.values import write_date
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.incident_lists import INCIDENTS, incidents
from app.store.listing import Wanted
from app.store.tables import Incident

blueprint = Blueprint("incident", __name__, url_prefix="/engine-rest/incident", description="Incidents")
details = Blueprint(
    "incidents", __name__, url_prefix="/api/incidents", description="Incidents, with what they are about"
)


def common(row: Incident) -> dict[str, Any]:
    """What the dialect says of an incident, open or ended."""
    return {
        "id": str(row.id),
        "processDefinitionId": row.definition_id,
        "processInstanceId": str(row.instance_id),
        "executionId": str(row.instance_id) if row.token is None else f"{row.instance_id}:{row.token}",
        "incidentType": row.kind,
        "activityId": row.element,
        "failedActivityId": (row.details or {}).get("activityId") or row.element,
        "causeIncidentId": str(row.id),
        "rootCauseIncidentId": str(row.id),
        "configuration": None if row.cause is None else str(row.cause),
        "tenantId": row.tenant_id,
        "incidentMessage": row.message,
        "jobDefinitionId": None,
        "annotation": None,
    }


def incident_out(row: Incident) -> dict[str, Any]:
    return {**common(row), "incidentTimestamp": write_date(row.created_at)}


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    rows = u.session.execute(listing.page(incidents(u.staffed), INCIDENTS, wanted))
    return [incident_out(row[0]) for row in rows]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, incidents(u.staffed), INCIDENTS, wanted)


add_list(blueprint, "", INCIDENTS, _rows, _total, "open incidents")


def _incident(u: Unit, incident_id: str) -> Incident:
    return incident_acts.incident_for(u.session, u.actor, _id(incident_id))


def _id(incident_id: str) -> UUID:
    return identifier(incident_id, "Incident")


@blueprint.route("/<incident_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(incident_id: str) -> Response:
    """One open incident."""
    return reply(incident_out(_incident(unit(), incident_id)))


@blueprint.route("/<incident_id>", methods=["DELETE"])
@blueprint.doc(**DONE, **taken(WHY))
def resolve(incident_id: str) -> Response:
    """End the incident of a failed step; any other ends when its cause is tried again."""
    u, why = unit(), text_in(json_body(), "annotation")
    incident_acts.resolve(u.session, u.actor, _id(incident_id), u.now, annotation=why)
    return done()


@details.route("/<incident_id>", methods=["GET"])
@details.doc(**OBJECT)
def explain(incident_id: str) -> Response:
    """One open incident with the element, the expression, and the variables that it reads; their values, as they are now, for
    those who may see the case."""
    u = unit()
    incident = _incident(u, incident_id)
    known = incident.details or {}
    nodes = model_of(u.session, incident.definition_id).process.nodes
    here, failed = nodes.get(incident.element or ""), nodes.get(known.get("activityId") or "")
    return reply(
        {
            **incident_out(incident),
            "activityName": None if here is None else here.name,
            "failedActivityName": known.get("activityName") if failed is None else failed.name,
            "expression": known.get("expression"),
            "decision": known.get("decision"),
            "variableNames": known.get("variables", []),
            "variables": incident_acts.values_of(u.session, u.actor, incident),
        }
    )
