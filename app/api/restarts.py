"""Ended process instances begun anew."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.mending import kinds
from app.actions.mending.kept_instructions import instructions_out
from app.actions.running import restarting
from app.api import batch_asking
from app.api.modification import FLAGS, instructions_in, placement
from app.api.openapi import DONE, OBJECT, WHY, taken
from app.api.replies import done, flag_in, identifier, text_in, texts_in
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit

blueprint = Blueprint(
    "restart", __name__, url_prefix="/engine-rest/process-definition", description="Ended instances begun anew"
)
TAKEN = {
    "processInstanceIds": "array",
    "instructions": "array",
    "initialVariables": "boolean",
    "withoutBusinessKey": "boolean",
    **dict.fromkeys(FLAGS, "boolean"),
    **WHY,
}


@blueprint.route("/<definition_id>/restart", methods=["POST"])
@blueprint.doc(**DONE, **taken(TAKEN))
def restart(definition_id: str) -> Response:
    """Begin ended instances anew before or after activities or on sequence flows, with the variables that they ended with."""
    u, body = unit(), json_body()
    _refuse_flags(body)
    if body.get("historicProcessInstanceQuery") is not None:
        raise Invalid("historicProcessInstanceQuery is not supported")
    ids = [identifier(text, "Process instance") for text in texts_in(body, "processInstanceIds")]
    places = [placement(one, None) for one in instructions_in(body)]
    without = flag_in(body.get("withoutBusinessKey"), "withoutBusinessKey")
    restarting.restart(
        u.session,
        u.actor,
        definition_id,
        list(dict.fromkeys(ids)),
        places,
        u.now,
        with_business_key=not without,
        annotation=text_in(body, "annotation"),
    )
    return done()


@blueprint.route("/<definition_id>/restart-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({**TAKEN, **batch_asking.NAMED}))
def restart_later(definition_id: str) -> Response:
    """The same, one instance after the other."""
    body = json_body()
    _refuse_flags(body)
    what = {
        "definition": definition_id,
        "instructions": instructions_out([placement(one, None) for one in instructions_in(body)]),
        "withBusinessKey": not flag_in(body.get("withoutBusinessKey"), "withoutBusinessKey"),
    }
    return batch_asking.asked(kinds.RESTART, what, batch_asking.chosen_instances(body), text_in(body, "annotation"))


def _refuse_flags(body: Mapping[str, Any]) -> None:
    for name in ("initialVariables", "skipIoMappings"):
        if flag_in(body.get(name), name):
            raise Invalid(f"{name} is not supported: an instance begins anew with what it had at its end")
