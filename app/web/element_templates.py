"""The element templates of Camunda Modeler: where to put them, and the files."""

from flask import Blueprint, Response, make_response

from app.actions.trial.rights import require_designer
from app.actions.trial.templates import templates
from app.errors import NotFound
from app.http.transaction import unit
from app.web.pages import page

blueprint = Blueprint("element_templates", __name__, url_prefix="/models/templates")
FOLDERS = (
    ("Windows", r"%APPDATA%\camunda-modeler\resources\element-templates"),
    ("macOS", "~/Library/Application Support/camunda-modeler/resources/element-templates"),
    ("Linux", "~/.config/camunda-modeler/resources/element-templates"),
)
BESIDE = ".camunda/element-templates"
"""In the folder of a diagram, or in one around it."""


@blueprint.get("")
def shown() -> Response:
    """What there is, and where the Modeler looks for it."""
    require_designer(unit().actor, None)
    return page("element_templates.html", names=sorted(templates()), folders=FOLDERS, beside=BESIDE)


@blueprint.get("/<file>")
def downloaded(file: str) -> Response:
    """One file."""
    require_designer(unit().actor, None)
    content = templates().get(file)
    if content is None:
        raise NotFound(f"there is no element template {file}")
    answer = make_response(content)
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f"attachment; filename={file}"
    return answer
