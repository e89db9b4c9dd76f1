"""Decision definitions: what the decision tables are, and what they decide, by id, by key, or by key and organisation."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.models import decision_definitions as actions
from app.api.listing import filters_of, from_query
from app.api.names import names_by, under
from app.api.openapi import COUNT, OBJECT, ROWS, taken
from app.api.replies import done, identifier, reply, variables_in
from app.domain.models.values import Variable, dump, infer, keep, recall
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.decision_lists import DECISIONS, decisions
from app.store.tables import DecisionDefinition

FILTERS = filters_of(DECISIONS)
NAMES = names_by("decision_id")
NO_PICTURE: dict[str, Any] = {"responses": {"204": {"description": "there is no picture of it"}}}

blueprint = Blueprint(
    "decision_definition", __name__, url_prefix="/engine-rest/decision-definition", description="Decision definitions"
)
named = under(blueprint, NAMES)


def decision_out(row: DecisionDefinition) -> dict[str, Any]:
    """A decision as the dialect shows it."""
    return {
        "id": str(row.id),
        "key": row.key,
        "category": None,
        "name": row.name,
        "version": row.version,
        "resource": row.resource_name,
        "deploymentId": str(row.deployment_id),
        "tenantId": row.tenant_id,
        "decisionRequirementsDefinitionId": None,
        "decisionRequirementsDefinitionKey": None,
        "historyTimeToLive": None,
        "versionTag": row.version_tag,
    }


def _decision(
    u: Unit, decision_id: str | None = None, key: str | None = None, tenant: str | None = None
) -> DecisionDefinition:
    if key is not None:
        return actions.decision_by_key(u.session, u.actor, key, tenant)
    return actions.decision_for(u.session, u.actor, identifier(decision_id or "", "Decision definition"))


@blueprint.route("", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(), **ROWS)
def list_decisions() -> Response:
    """Decision definitions, filtered and ordered."""
    u = unit()
    query, wanted = decisions(from_query(FILTERS), u.tenants)
    return reply([decision_out(row) for row in u.session.scalars(listing.page(query, DECISIONS, wanted))])


@blueprint.route("/count", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(paged=False), **COUNT)
def count_decisions() -> Response:
    """How many decision definitions pass the filters."""
    u = unit()
    query, wanted = decisions(from_query(FILTERS), u.tenants)
    return reply({"count": listing.total(u.session, query, DECISIONS, wanted)})


@named("")
@blueprint.doc(**OBJECT)
def get(**name: str) -> Response:
    """One decision definition."""
    return reply(decision_out(_decision(unit(), **name)))


@named("/xml")
@blueprint.doc(**OBJECT)
def xml(**name: str) -> Response:
    """The DMN file as it was deployed."""
    u = unit()
    decision = _decision(u, **name)
    content = actions.source_of(u.session, decision)
    return reply({"id": str(decision.id), "dmnXml": content.decode("utf-8-sig", errors="replace")})


@named("/diagram")
@blueprint.doc(**NO_PICTURE)
def diagram(**name: str) -> Response:
    """There is no picture of a decision."""
    _decision(unit(), **name)
    return done()


@named("/evaluate", "POST")
@blueprint.doc(**taken({"variables": "object"}), **ROWS)
def evaluate(**name: str) -> Response:
    """What is decided for these variables: a row a result, typed. No case is touched."""
    u = unit()
    variables = variables_in(json_body().get("variables"))
    rows = actions.evaluate(u.session, _decision(u, **name), variables, u.now)
    return reply([{output: _typed(value) for output, value in row.items()} for row in rows])


def _typed(value: Any) -> dict[str, Any]:
    """A result as it would be if a case had kept it."""
    return dump(recall(*keep(Variable(value, infer(value)))))
