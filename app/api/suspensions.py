"""Process instances suspended and activated, several at once."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import select

from app.actions.running import suspending
from app.api.chosen_instances import NAMED, chosen_instances
from app.api.openapi import DONE, WHY, taken
from app.api.replies import done, flag_in, needed_flag_in, text_in
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.listing import Condition
from app.store.tables import Definition, Instance

blueprint = Blueprint(
    "suspension", __name__, url_prefix="/engine-rest/process-instance", description="Suspension of several instances"
)
DEFINITION = {"processDefinitionId": "string", "processDefinitionKey": "string"}
TENANT, WITHOUT = "processDefinitionTenantId", "processDefinitionWithoutTenantId"


@blueprint.route("/suspended", methods=["PUT"])
@blueprint.doc(
    **DONE, **taken({"suspended": "boolean", **DEFINITION, TENANT: "string", WITHOUT: "boolean", **NAMED, **WHY})
)
def suspend() -> Response:
    """Suspend or activate the running instances of a definition, of all versions of a process, or those that are named."""
    u, body = unit(), json_body()
    suspended = needed_flag_in(body, "suspended")
    named = [name for name in (*DEFINITION, "instances") if _names(body, name)]
    if len(named) != 1:
        raise Invalid(
            "Either processInstanceIds, processInstanceQuery, processDefinitionId or processDefinitionKey is needed"
        )
    which, why = _which(u, body, named[0]), text_in(body, "annotation")
    suspending.suspend_all(u.session, u.actor, which, suspended, u.now, annotation=why)
    return done()


def _names(body: Mapping[str, Any], name: str) -> bool:
    given = (*NAMED, "historicProcessInstanceQuery") if name == "instances" else (name,)
    return any(body.get(one) is not None for one in given)


def _which(u: Unit, body: Mapping[str, Any], name: str) -> Condition:
    if name == "instances":
        return Instance.id.in_(chosen_instances(u, body))
    if name == "processDefinitionId":
        return Instance.definition_id == text_in(body, name)
    of_process = Instance.definition_key == text_in(body, name)
    if flag_in(body.get(WITHOUT), WITHOUT):
        return of_process & Instance.definition_id.in_(_definitions(None))
    if (tenant := text_in(body, TENANT)) is not None:
        return of_process & Instance.definition_id.in_(_definitions(tenant))
    return of_process


def _definitions(tenant: str | None) -> Any:
    return select(Definition.id).where(Definition.tenant_id.is_not_distinct_from(tenant))
