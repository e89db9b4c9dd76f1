"""Ended process instances begun anew."""

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import restarting
from app.api.modification import FLAGS, instructions_in, placement
from app.api.openapi import DONE, WHY, taken
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
    for name in ("initialVariables", "skipIoMappings"):
        if flag_in(body.get(name), name):
            raise Invalid(f"{name} is not supported: an instance begins anew with what it had at its end")
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
