"""Where Camunda Modeler leads after a deployment or a start: its links are for a web application of the dialect's own."""

import json
from contextlib import suppress
from uuid import UUID

from flask import Blueprint, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.models import catalogue
from app.errors import NotFound
from app.http.transaction import unit

blueprint = Blueprint("modeler", __name__)
LINKS = "/modeler"


@blueprint.get("/.well-known/camunda-automation-platform/webapps")
def known() -> Answer:
    """Where the links begin; asked without credentials."""
    return jsonify(cockpitUrl=f"{request.host_url.rstrip('/')}{LINKS}")


@blueprint.get(f"{LINKS}/repository")
def deployed() -> Answer:
    """To the model that a deployment has made. deploymentsQuery: [{"type": "id", "operator": "eq", "value": ...}]."""
    u = unit()
    with suppress(ValueError, KeyError, IndexError, TypeError):
        deployment = UUID(json.loads(request.args["deploymentsQuery"])[0]["value"])
        if (found := catalogue.of_deployment(u.session, deployment)) is not None:
            return redirect(url_for("web.models.shown", definition_id=found))
    raise NotFound("there is no such deployment, or it has made no process")


@blueprint.get(f"{LINKS}/process-instance/<uuid:instance_id>")
def started(instance_id: UUID) -> Answer:
    """To the case that was started."""
    return redirect(url_for("web.cases.shown", case_id=instance_id))
