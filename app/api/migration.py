"""Process instances taken to another version of their process."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import migrating, migration_plans
from app.actions.running.migration_plans import Mapped, Plan
from app.api.chosen_instances import NAMED, chosen_instances
from app.api.errors import in_words
from app.api.openapi import DONE, OBJECT, ROWS, WHY, taken
from app.api.replies import done, flag_in, needed_text_in, reply, text_in, variables_in
from app.domain import refusals
from app.domain.models import values
from app.domain.refusals import mending_refusals
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit

SIDES = {"sourceProcessDefinitionId": "string", "targetProcessDefinitionId": "string"}
PLAN = {**SIDES, "instructions": "array", "variables": "object"}
EXECUTION = {"migrationPlan": "object", **NAMED, "skipCustomListeners": "boolean", "skipIoMappings": "boolean", **WHY}

blueprint = Blueprint("migration", __name__, url_prefix="/engine-rest/migration", description="Migration")
one_by_one = Blueprint("migrations", __name__, url_prefix="/api/migrations", description="Migration, one by one")


@blueprint.route("/generate", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({**SIDES, "updateEventTriggers": "boolean", "variables": "object"}))
def generate() -> Response:
    """Propose a plan. `why` says by what two activities were taken for the same: their id, clause or name."""
    u, body = unit(), json_body()
    updated = flag_in(body.get("updateEventTriggers"), "updateEventTriggers")
    source, target = (needed_text_in(body, name) for name in SIDES)
    plan = migration_plans.propose(u.session, u.actor, source, target, updated=updated)
    return reply(
        {
            "sourceProcessDefinitionId": source,
            "targetProcessDefinitionId": target,
            "instructions": [{**_mapped_out(one), "why": one.why} for one in plan.mapped],
            "variables": {name: values.dump(one) for name, one in variables_in(body.get("variables")).items()},
        }
    )


@blueprint.route("/validate", methods=["POST"])
@blueprint.doc(**OBJECT, **taken(PLAN))
def validate() -> Response:
    """What is wrong with the instructions of a plan; those that are right are not there."""
    u = unit()
    wrong = migration_plans.faults(u.session, u.actor, _plan(json_body()))
    reports = [
        {"instruction": _mapped_out(one), "failures": [in_words(text) for text in texts]} for one, texts in wrong
    ]
    return reply({"instructionReports": reports, "variableReports": {}})


@blueprint.route("/execute", methods=["POST"])
@blueprint.doc(**DONE, **taken(EXECUTION))
def execute() -> Response:
    """Take all of these instances to the other version, or none of them."""
    failed = [one for one in _execute(unit(), json_body()) if not one["migrated"]]
    if failed:
        said = "; ".join(f"'{one['processInstanceId']}': {one['message']}" for one in failed)
        raise refusals.of(Invalid, mending_refusals.NONE_MIGRATED, failed, why=said)
    return done()


@one_by_one.route("", methods=["POST"])
@one_by_one.doc(**ROWS, **taken(EXECUTION))
def execute_one_by_one() -> Response:
    """Take each of these instances to the other version if it can be, and say of each what became of it."""
    return reply(_execute(unit(), json_body()))


def _execute(u: Unit, body: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    flag_in(body.get("skipCustomListeners"), "skipCustomListeners")
    flag_in(body.get("skipIoMappings"), "skipIoMappings")
    given = body.get("migrationPlan")
    if not isinstance(given, dict):
        raise Invalid("migrationPlan must be an object")
    plan = _plan(given)
    ids, why = chosen_instances(u, body), text_in(body, "annotation")
    results = migrating.migrate(u.session, u.actor, plan, ids, u.now, annotation=why)
    return [_result_out(one) for one in results]


def _result_out(result: migrating.Result) -> dict[str, Any]:
    error = result.error
    message = None if result.done else in_words(error or mending_refusals.UNFORESEEN)
    return {
        "processInstanceId": str(result.instance_id),
        "migrated": result.done,
        "message": message,
        "details": None if error is None else error.details,
    }


def _plan(body: Mapping[str, Any]) -> Plan:
    given = body.get("instructions")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Invalid("instructions must be a list of objects")
    source, target = (needed_text_in(body, name) for name in SIDES)
    return Plan(source, target, [_mapped(one) for one in given], variables_in(body.get("variables")))


def _mapped(given: Mapping[str, Any]) -> Mapped:
    source, target = (_only(given, name) for name in ("sourceActivityIds", "targetActivityIds"))
    return Mapped(source, target, flag_in(given.get("updateEventTrigger"), "updateEventTrigger"))


def _only(given: Mapping[str, Any], name: str) -> str:
    ids = given.get(name)
    if not isinstance(ids, list) or len(ids) != 1 or not isinstance(ids[0], str):
        raise Invalid(f"{name} must be a list of one id")
    return ids[0]


def _mapped_out(one: Mapped) -> dict[str, Any]:
    return {
        "sourceActivityIds": [one.source],
        "targetActivityIds": [one.target],
        "updateEventTrigger": one.updated,
    }
