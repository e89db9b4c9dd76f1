"""`/api/people`: people imported from a file, and the invitations with which they choose their passwords."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.people import importing, invitations
from app.actions.people.import_plan import Outcome, Plan
from app.actions.people.import_reading import LARGEST, MOST
from app.api.openapi import answer, asked
from app.api.replies import reply
from app.domain import refusals
from app.domain.models.values import write_date
from app.domain.refusals import import_refusals
from app.errors import Invalid
from app.http.auth import moment
from app.http.bodies import json_body
from app.http.transaction import unit

blueprint = Blueprint("people", __name__, url_prefix="/api/people", description="People, many at once")
_TEXT = {"type": "string"}
_LINE = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "description": "as a text editor counts, the first line names the columns"},
        "id": _TEXT,
        "outcome": {"type": "string", "enum": [one.value for one in Outcome]},
        "changes": {
            "type": "array",
            "items": {"type": "object", "properties": {"what": _TEXT, "old": _TEXT, "new": _TEXT}},
        },
        "reason": {**_TEXT, "nullable": True, "description": "why the line is refused"},
    },
}
_PLAN = {
    "type": "object",
    "properties": {
        "applied": {"type": "boolean"},
        "fingerprint": {**_TEXT, "description": "names this plan when it is applied"},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "added": {"type": "array", "items": _TEXT, "description": "ids of those who are new"},
        "lines": {"type": "array", "items": _LINE},
    },
}
_INVITATION = {
    "type": "object",
    "properties": {"id": _TEXT, "email": {**_TEXT, "nullable": True}, "code": _TEXT, "expires": _TEXT},
}


@blueprint.route("/import", methods=["POST"])
@blueprint.doc(
    parameters=[
        asked("dryRun", "boolean", description="true (the default): only tell what would be done"),
        asked("fingerprint", description="of the plan that is to be applied; needed where dryRun is false"),
    ],
    requestBody={
        "description": "id, lastName, firstName, email, organisation, roles (separated by spaces), language; the first line "
        f"names the columns; UTF-8; commas or semicolons; at most {MOST} lines and {LARGEST} bytes",
        "content": {"text/csv": {"schema": _TEXT}},
    },
    **answer(_PLAN, "what was done or would be done, line by line"),
)
def import_people() -> Response:
    """Add and change people from CSV, as an administrator: all of it as the plan showed it, or nothing"""
    u, content = unit(), request.get_data(cache=True)
    match request.args.get("dryRun", "true"):
        case "true":
            plan = importing.dry_run(u.session, u.actor, content)
            return reply(_told(plan, applied=False))
        case "false":
            fingerprint = request.args.get("fingerprint", "")
            applied = importing.apply(u.session, u.actor, content, fingerprint, "API")
            return reply(_told(applied.plan, applied=True))
        case other:
            raise Invalid(f"dryRun must be true or false, not {other!r}")


def _told(plan: Plan, *, applied: bool) -> dict[str, Any]:
    lines = [
        {
            "line": one.number,
            "id": one.user_id,
            "outcome": one.outcome.value,
            "changes": [{"what": what, "old": old, "new": new} for what, old, new in one.changes],
            "reason": one.why.get("en"),
        }
        for one in plan.lines
    ]
    return {
        "applied": applied,
        "fingerprint": plan.fingerprint,
        "counts": {outcome.value: number for outcome, number in plan.counts.items()},
        "added": plan.added,
        "lines": lines,
    }


@blueprint.route("/invitations", methods=["POST"])
@blueprint.doc(
    requestBody={
        "content": {
            "application/json": {
                "schema": {"type": "object", "properties": {"people": {"type": "array", "items": _TEXT}}}
            }
        }
    },
    **answer({"type": "array", "items": _INVITATION}, "the codes, shown this once"),
)
def invite() -> Response:
    """Codes with which people who have no password yet choose one, as an administrator; codes made before end"""
    u, people = unit(), json_body().get("people")
    if not isinstance(people, list) or not all(isinstance(one, str) and "\0" not in one for one in people):
        raise Invalid("people must be a list of ids")
    if len(people) > MOST:
        raise refusals.of(Invalid, import_refusals.TOO_MANY, most=MOST)
    issued = invitations.invite(u.session, u.actor, people, moment())
    return reply(
        [
            {"id": one.user_id, "email": one.email, "code": one.code, "expires": write_date(one.expires)}
            for one in issued
        ]
    )
