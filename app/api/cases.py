"""`/api/cases/<id>`: the terms of a case with all that moved them, the clock: pause, resume, extend; the whole as an archive."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from flask_smorest import Blueprint

from app.actions.inspecting.archive.build import archive
from app.actions.terms import case_moves, cases
from app.actions.terms.case_deadlines import CaseDeadlines, Step, deadlines
from app.api.errors import asked_language
from app.api.openapi import answer, asked
from app.api.replies import identifier, needed_text_in, reply
from app.domain.in_words.case_wording import without_term
from app.domain.models.values import write_date
from app.domain.terms.calendar import LANGUAGES
from app.domain.terms.case_clock import Pause
from app.domain.terms.reckoning import UNITS, Reckoned
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.downloads import downloaded
from app.http.transaction import Unit, unit

blueprint = Blueprint("cases", __name__, url_prefix="/api/cases", description="The clock of a case")
_TEXT = {"type": "string"}
_NULLABLE = {"type": "string", "nullable": True}
_REASON = {**_TEXT, "maxLength": case_moves.REASON_LIMIT}
_CLAUSE = {**_TEXT, "description": "one of those that the model names"}
_UNIT = {**_TEXT, "enum": sorted(UNITS)}
_WORDS = {"type": "object", "nullable": True, "properties": dict.fromkeys(LANGUAGES, _TEXT)}
_TERM = {
    "type": "object",
    "nullable": True,
    "description": "rule, amount, clause, base, days counted, pauses, extensions, result; explained in three languages; "
    "of a sum of terms those of the last, and each in parts",
}
_STEP = {
    "taskId": _TEXT,
    "activityId": _TEXT,
    "name": _NULLABLE,
    "clause": _NULLABLE,
    "assignee": _NULLABLE,
    "state": {**_TEXT, "enum": ["open", "completed", "deleted"]},
    "created": _TEXT,
    "ended": _NULLABLE,
    "due": _NULLABLE,
    "inTime": {"type": "boolean", "nullable": True},
    "term": _TERM,
}
_CASE = {
    "caseId": _TEXT,
    "businessKey": _NULLABLE,
    "definitionKey": _TEXT,
    "tenantId": _NULLABLE,
    "started": _TEXT,
    "ended": _NULLABLE,
    "paused": {"type": "object", "nullable": True, "description": "the pause during which the clock stands still now"},
    "whole": {**_TERM, "description": "the term of the whole case"},
    "withoutTerm": {**_WORDS, "description": "why the whole has no term"},
    "inTime": {"type": "boolean", "nullable": True},
    "steps": {"type": "array", "items": {"type": "object", "properties": _STEP}},
    "allowed": {"type": "object", "description": "clauses of a pause, and how much may still be added by which clause"},
}
_ANSWER = answer({"type": "object", "properties": _CASE})


def _asked(**properties: Mapping[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": [*properties], "additionalProperties": False, "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@blueprint.route("/<case_id>/deadlines")
@blueprint.doc(**_ANSWER)
def terms(case_id: str) -> Response:
    """Every term of a case, of the whole and of each step, with what moved it"""
    return _answer(unit(), _id(case_id))


@blueprint.route("/<case_id>/archive")
@blueprint.doc(
    parameters=[asked("language", enum=LANGUAGES, description="of what is to be read; else that of the client")],
    responses={
        "200": {
            "description": "A ZIP: case.pdf, case.json with its schema, the history as a chain of hashes, the models, forms and "
            "decisions as deployed, the edition of the act, the documents; manifest.json and SHA256SUMS by which all of it is "
            "checked without this service, as README.txt says",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def take_out(case_id: str) -> Response:
    """The whole case as one archive, for administrators and, once it has ended, heads; it stays in the history that it was taken
    out"""
    u = unit()
    given = request.args.get("language") or asked_language()
    if given not in LANGUAGES:
        raise Invalid(f"language must be one of {', '.join(LANGUAGES)}")
    folder = current_app.extensions["settings"].files
    return downloaded(archive(u.session, u.actor, _id(case_id), given, folder, u.now))


@blueprint.route("/<case_id>/pause", methods=["POST"])
@blueprint.doc(**_asked(reason=_REASON, clause=_CLAUSE), **_ANSWER)
def pause(case_id: str) -> Response:
    """Let the clock stand still, on the ground of a clause"""
    u, body = unit(), _body("reason", "clause")
    cases.pause(u.session, u.actor, _id(case_id), needed_text_in(body, "reason"), needed_text_in(body, "clause"), u.now)
    return _answer(u, _id(case_id))


@blueprint.route("/<case_id>/resume", methods=["POST"])
@blueprint.doc(**_asked(reason=_REASON), **_ANSWER)
def resume(case_id: str) -> Response:
    """Let the clock go on; the terms that run are over later by what passed"""
    u, body = unit(), _body("reason")
    cases.resume(u.session, u.actor, _id(case_id), needed_text_in(body, "reason"), u.now)
    return _answer(u, _id(case_id))


@blueprint.route("/<case_id>/extend", methods=["POST"])
@blueprint.doc(
    **_asked(amount={"type": "integer", "minimum": 1}, unit=_UNIT, reason=_REASON, clause=_CLAUSE), **_ANSWER
)
def extend(case_id: str) -> Response:
    """Add to the terms that run, within the limit of a clause; a case that waits for the message termExtended gets it"""
    u, body = unit(), _body("amount", "unit", "reason", "clause")
    amount = body.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise Invalid("amount must be a whole number")
    rule, reason, clause = (needed_text_in(body, name) for name in ("unit", "reason", "clause"))
    cases.extend(u.session, u.actor, _id(case_id), amount, rule, reason, clause, u.now)
    return _answer(u, _id(case_id))


def _id(text: str) -> UUID:
    return identifier(text, "Process instance")


def _body(*known: str) -> dict[str, Any]:
    body = json_body()
    if unknown := sorted(body.keys() - set(known)):
        raise Invalid(f"the body has unknown keys: {', '.join(unknown)[:200]}; known are {', '.join(known)}")
    return body


def _answer(u: Unit, case_id: UUID) -> Response:
    u.session.flush()
    return reply(_case_out(deadlines(u.session, u.actor, case_id)))


def _case_out(found: CaseDeadlines) -> dict[str, Any]:
    root, standing = found.root, found.clock.standing
    return {
        "caseId": str(root.id),
        "businessKey": root.business_key,
        "definitionKey": root.definition_key,
        "tenantId": root.tenant_id,
        "started": write_date(root.started_at),
        "ended": write_date(root.ended_at),
        "paused": _pause_out(standing) if standing is not None and root.ended_at is None else None,
        "whole": term_out(found.whole),
        "withoutTerm": without_term(found.total) if found.whole is None else None,
        "inTime": found.in_time,
        "steps": [_step_out(step) for step in found.steps],
        "allowed": {
            "pauses": list(found.allowed.pauses),
            "extensions": [
                {
                    "clause": one.clause,
                    "unit": one.rule.value,
                    "amount": one.amount,
                    "left": max(one.amount - found.clock.added(one.rule, one.clause), 0),
                }
                for one in found.allowed.extensions
            ],
        },
    }


def _pause_out(pause: Pause) -> dict[str, Any]:
    return {"since": write_date(pause.start), "reason": pause.reason, "clause": pause.clause, "userId": pause.by}


def _step_out(step: Step) -> dict[str, Any]:
    task = step.task
    return {
        "taskId": str(task.id),
        "activityId": task.element,
        "name": task.name,
        "clause": step.clause,
        "assignee": task.assignee,
        "state": "open" if task.ended_at is None else task.end_reason,
        "created": write_date(task.created_at),
        "ended": write_date(task.ended_at),
        "due": write_date(task.due_at),
        "inTime": step.in_time,
        "term": term_out(step.term),
    }


def term_out(term: Reckoned | None) -> dict[str, Any] | None:
    """A term with its explanation in each language."""
    if term is None:
        return None
    return {
        **term.to_dict(),
        "explanation": {language: term.text(language) for language in LANGUAGES},
        "lines": {language: term.lines(language) for language in LANGUAGES},
    }
