"""`rendered-form`: forms as markup, for programs that show no form-js."""

from flask import Response
from flask_smorest import Blueprint

from app.actions.forms import form_markup
from app.actions.running import instances
from app.api.errors import asked_language
from app.api.names import names_by, under
from app.api.tasks import task_key
from app.http.transaction import unit

blueprint = Blueprint("rendered_form", __name__, url_prefix="/engine-rest", description="Forms as markup")
of_definition = under(blueprint, [f"/process-definition{name}" for name in names_by("definition_id")])
MEDIA_TYPE = "application/xhtml+xml"
MARKUP = {
    "responses": {"200": {"description": "A form", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
}
NOTHING_RUNS = "default-src 'none'; sandbox"


@blueprint.get("/task/<task_id>/rendered-form")
@blueprint.doc(**MARKUP)
def of_task(task_id: str) -> Response:
    """The form of a task, with what is known already."""
    u = unit()
    return _markup(form_markup.of_task(u.session, u.actor, task_key(task_id), asked_language(), u.now))


@of_definition("/rendered-form")
@blueprint.doc(**MARKUP)
def of_start(definition_id: str = "", key: str | None = None, tenant: str | None = None) -> Response:
    """The form with which an instance starts; by key that of the edition in force."""
    u = unit()
    if key is None:
        definition = instances.definition_for(u.session, u.actor, definition_id)
    else:
        definition = instances.definition_to_start(u.session, u.actor, key, tenant, u.now)
    owner = tenant or definition.tenant_id
    return _markup(form_markup.of_start(u.session, u.actor, definition, owner, asked_language(), u.now))


def _markup(written: str) -> Response:
    answer = Response(written, mimetype=MEDIA_TYPE)
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.vary.add("Accept-Language")
    return answer
