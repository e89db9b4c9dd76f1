"""What the model of a process definition shows: its diagram as a picture, and the processes that it calls."""

from flask import Response
from flask_smorest import Blueprint

from app import definitions
from app.actions.models.called_definitions import called_by
from app.actions.running import instances
from app.api.openapi import ROWS
from app.api.process_definitions import NAMES, definition_out
from app.api.replies import done, reply
from app.http.transaction import unit
from app.store.tables import Resource

blueprint = Blueprint(
    "definition_model", __name__, url_prefix="/engine-rest/process-definition", description="What a model shows"
)
PICTURE = {
    "responses": {
        "200": {"description": "SVG", "content": {"image/svg+xml": {"schema": {"type": "string"}}}},
        "204": {"description": "the model has no diagram"},
    }
}
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'"


def diagram(definition_id: str = "", key: str | None = None, tenant: str | None = None) -> Response:
    """The diagram as it was drawn, as SVG."""
    u = unit()
    if key is None:
        definition = instances.definition_for(u.session, u.actor, definition_id)
    else:
        definition = instances.definition_by_key(u.session, u.actor, key, tenant)
    drawn = definitions.picture(u.session.get_one(Resource, definition.resource_id).content, definition.key)
    if drawn is None:
        return done()
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    return answer


for _name in NAMES:
    blueprint.route(_name + "/diagram")(blueprint.doc(**PICTURE)(diagram))


@blueprint.route("/<definition_id>/static-called-process-definitions")
@blueprint.doc(**ROWS)
def called(definition_id: str) -> Response:
    """The process definitions that it calls by a fixed key, each with the call activities that do."""
    u = unit()
    definition = instances.definition_for(u.session, u.actor, definition_id)
    return reply(
        [
            {**definition_out(row), "calledFromActivityIds": activities, "callingProcessDefinitionId": definition.id}
            for row, activities in called_by(u.session, definition)
        ]
    )
