"""`/api/validation`: what a deployment of files would say; nothing is written."""

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.models.contents import Entries
from app.actions.trial.validation import validate
from app.api.deployments import files_in
from app.api.errors import asked_language
from app.api.openapi import OBJECT, asked
from app.api.replies import reply
from app.errors import Invalid
from app.http.transaction import unit

MODEL = "model.bpmn"
"""What a single model is called that comes without a name."""
TENANT = "tenant-id"
XML = ("application/xml", "text/xml")
BODY = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {TENANT: {"type": "string"}},
                    "additionalProperties": {"type": "string", "format": "binary"},
                }
            },
            **{kind: {"schema": {"type": "string"}} for kind in XML},
        }
    }
}

blueprint = Blueprint("validation", __name__, url_prefix="/api/validation", description="Models before deployment")


@blueprint.route("", methods=["POST"])
@blueprint.doc(parameters=[asked(TENANT)], **BODY, **OBJECT)
def validated() -> Response:
    """What is wrong with the files of a deployment, or with one model as XML, in the language of Accept-Language."""
    u = unit()
    tenant = request.form.get(TENANT) or request.args.get(TENANT) or None
    if request.mimetype in XML:
        files = {MODEL: request.get_data()}
    elif request.mimetype == "multipart/form-data":
        files = files_in()
    else:
        raise Invalid(f"files come as multipart/form-data, one model as {XML[0]}")
    found = validate(u.session, u.actor, files, tenant, u.now)
    lang = asked_language()
    findings = [one for file, entries in found.findings.items() for one in _shown(file, entries, lang)]
    answer = reply({"deployable": found.deployable, "findings": findings})
    answer.vary.add("Accept-Language")
    return answer


def _shown(file: str, entries: Entries, lang: str) -> list[dict[str, object]]:
    return [
        {
            "file": file,
            "level": entry["severity"],
            "code": entry["code"],
            "elementId": entry["elementId"],
            "elementName": entry["elementName"],
            "elementType": entry["elementType"],
            "line": entry["line"],
            "column": entry["column"],
            "message": entry["message"][lang],
            "hint": entry["hint"][lang],
        }
        for entry in entries
    ]
