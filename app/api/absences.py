"""`/api/absences`: who is absent, who acts for him meanwhile. Entered by the person, the head or an administrator."""

from datetime import date
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.people import absence_lists, absences
from app.actions.people.absence_lists import Shown
from app.actions.people.absences import Asked
from app.api.filters import page
from app.api.openapi import DONE, answer, asked
from app.api.replies import done, identifier, needed_text_in, reply, text_in
from app.domain.models.values import write_date
from app.domain.terms.calendar import LANGUAGES
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Absence

blueprint = Blueprint("absences", __name__, url_prefix="/api/absences", description="Absences and deputies")
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string"}
_ASKED = {
    "organisation": _TEXT,
    "person": {**_TEXT, "description": "user id of the absent; oneself where it is left out"},
    "deputy": {**_TEXT, "description": "user id of who sees and works his tasks meanwhile"},
    "firstDay": {**_DAY, "description": "by the organisation's calendar, as is the last"},
    "lastDay": _DAY,
    "orderNumber": {**_TEXT, "description": "number of the order (бұйрық)"},
}
_NAMES = {"type": "object", "properties": dict.fromkeys(LANGUAGES, _TEXT)}
_MOMENT = {"type": "string", "format": "date-time", "nullable": True}
_ABSENCE = {
    **_ASKED,
    "id": _TEXT,
    "madeBy": _TEXT,
    "madeAt": _MOMENT,
    "endedBy": {**_TEXT, "nullable": True},
    "endedAt": {**_MOMENT, "description": "when it was ended early or called off"},
}
_SHOWN = {
    **_ABSENCE,
    "personName": _TEXT,
    "deputyName": _TEXT,
    "organisationNames": _NAMES,
    "state": {"type": "string", "enum": ["ahead", "now", "over", "ended"]},
    "uncovered": {"type": "boolean", "description": "the deputy is absent himself at that time, or has left"},
}


@blueprint.route("")
@blueprint.doc(
    parameters=[
        asked("organisation", description="only those of an organisation that one leads"),
        asked("firstResult", "integer"),
        asked("maxResults", "integer"),
    ],
    **answer({"type": "array", "items": {"type": "object", "properties": _SHOWN}}),
)
def listed() -> Response:
    """List the absences that concern the person, or an organisation that he leads, the latest first"""
    u, (first, most) = unit(), page()
    tenant = request.args.get("organisation")
    if tenant is not None:
        rows = absence_lists.of_organisation(u.session, u.actor, tenant, u.now, first, most)
    else:
        rows = absence_lists.visible(u.session, u.actor, u.now, first, most)
    return reply([_shown(row) for row in rows])


@blueprint.route("", methods=["POST"])
@blueprint.doc(
    requestBody={
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["organisation", "deputy", "firstDay", "lastDay", "orderNumber"],
                    "properties": _ASKED,
                }
            }
        }
    },
    responses={
        "201": {
            "description": "entered",
            "content": {"application/json": {"schema": {"type": "object", "properties": _ABSENCE}}},
        }
    },
)
def enter() -> Response:
    """Enter an absence with a deputy; 409 where it stands in the way of another or the deputies would make a circle"""
    u, body = unit(), json_body()
    made = absences.enter(
        u.session,
        u.actor,
        Asked(
            tenant=needed_text_in(body, "organisation"),
            person=text_in(body, "person") or u.actor.user_id,
            deputy=needed_text_in(body, "deputy"),
            first=_day_in(body, "firstDay"),
            last=_day_in(body, "lastDay"),
            order_number=needed_text_in(body, "orderNumber"),
        ),
        u.now,
    )
    return reply(_absence(made), 201)


@blueprint.route("/<absence_id>/end", methods=["POST"])
@blueprint.doc(**DONE)
def end(absence_id: str) -> Response:
    """End an absence before its last day, or call it off before its first"""
    u = unit()
    absences.end(u.session, u.actor, identifier(absence_id, "Absence"), u.now)
    return done()


def _day_in(body: dict[str, Any], name: str) -> date:
    text = needed_text_in(body, name)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{name} must be a day as YYYY-MM-DD, not {text[:60]!r}") from None


def _absence(row: Absence) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "organisation": row.tenant_id,
        "person": row.user_id,
        "deputy": row.deputy_id,
        "firstDay": row.first_day.isoformat(),
        "lastDay": row.last_day.isoformat(),
        "orderNumber": row.order_number,
        "madeBy": row.made_by,
        "madeAt": write_date(row.made_at),
        "endedBy": row.ended_by,
        "endedAt": write_date(row.ended_at),
    }


def _shown(row: Shown) -> dict[str, Any]:
    return {
        **_absence(row.absence),
        "personName": row.person,
        "deputyName": row.deputy,
        "organisationNames": {language: row.organisation.get(language) for language in LANGUAGES},
        "state": row.state,
        "uncovered": row.uncovered,
    }
