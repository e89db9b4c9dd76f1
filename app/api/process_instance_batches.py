"""What is asked of many process instances and done one after the other: each answers with the batch that it has made."""

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import select

from app.actions.mending import kinds
from app.actions.mending.kept_instructions import instructions_out
from app.actions.running.variables import packed
from app.api.batch_asking import NAMED, asked, chosen_instances
from app.api.jobs import retries_in
from app.api.modification import MODIFICATION, instruction_in, instructions_in, refuse_flags
from app.api.openapi import OBJECT, WHY, taken
from app.api.replies import flag_in, identifier, needed_flag_in, text_in, variables_in
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store import queries
from app.store.tables import Instance, Job

blueprint = Blueprint(
    "process_instance_batches", __name__, url_prefix="/engine-rest/process-instance", description="Asked of many"
)
FLAGS = ("skipCustomListeners", "skipSubprocesses", "skipIoMappings")


@blueprint.route("/suspended-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({"suspended": "boolean", **NAMED, **WHY}))
def suspend() -> Response:
    """Suspend or activate process instances."""
    body = json_body()
    what = {"suspended": needed_flag_in(body, "suspended")}
    return asked(kinds.SUSPENSION, what, chosen_instances(body), text_in(body, "annotation"))


def delete() -> Response:
    """End process instances with all they have called."""
    body = json_body()
    for name in FLAGS[1:]:
        if flag_in(body.get(name), name):
            raise Invalid(f"{name} is not supported: what an instance has called ends with it, as its model says")
    return asked(kinds.DELETION, {}, chosen_instances(body), text_in(body, "deleteReason"))


def set_job_retries() -> Response:
    """Let the jobs of process instances be tried so often again."""
    u, body = unit(), json_body()
    of_instances = chosen_instances(body, "processInstances").order_by(None).subquery()
    jobs = (
        select(Job.id.label("subject"), Job.instance_id)
        .join(of_instances, of_instances.c.subject == Job.instance_id)
        .where(queries.visible_to(Job.tenant_id, u.staffed))
        .order_by(Job.id)
    )
    return asked(kinds.JOB_RETRIES, retries_in(body), jobs, text_in(body, "annotation"))


for path, view, fields in (
    ("delete", delete, {"deleteReason": "string", **NAMED, **dict.fromkeys(FLAGS, "boolean")}),
    ("job-retries", set_job_retries, {"retries": "integer", "dueDate": "string", "processInstances": "array", **NAMED}),
):
    described = blueprint.doc(**OBJECT, **taken({**fields, **WHY}))(view)
    name = path.replace("-", "_")
    blueprint.add_url_rule(f"/{path}", name, described, methods=["POST"])
    blueprint.add_url_rule(f"/{path}-historic-query-based", f"{name}_found", described, methods=["POST"])


@blueprint.route("/variables-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({"variables": "object", **NAMED, **WHY}))
def set_variables() -> Response:
    """Set variables of process instances."""
    body = json_body()
    variables = variables_in(body.get("variables"))
    if not variables:
        raise Invalid("variables is empty")
    what = {"variables": packed(variables)}
    return asked(kinds.VARIABLES, what, chosen_instances(body), text_in(body, "annotation"))


@blueprint.route("/message-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({"messageName": "string", "variables": "object", **NAMED, **WHY}))
def deliver() -> Response:
    """Hand process instances a message that each waits for."""
    body = json_body()
    what = {"message": text_in(body, "messageName"), "variables": packed(variables_in(body.get("variables")))}
    return asked(kinds.MESSAGE, what, chosen_instances(body), text_in(body, "annotation"))


@blueprint.route("/<instance_id>/modification-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken(MODIFICATION))
def modify(instance_id: str) -> Response:
    """Move tokens of one process instance, when a worker comes to it."""
    body = json_body()
    refuse_flags(body)
    found = identifier(instance_id, "Process instance")
    told = instructions_out([instruction_in(one, found) for one in instructions_in(body)])
    one = select(Instance.id.label("subject"), Instance.id.label("instance_id")).where(
        Instance.id == found, queries.visible_to(Instance.tenant_id, unit().staffed)
    )
    return asked(kinds.MODIFICATION, {"definition": None, "instructions": told}, one, text_in(body, "annotation"))
