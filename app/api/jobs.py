"""Jobs of instances: timers, steps that go on by themselves, calls of delegates; listed, tried again, put off."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from flask import Response
from flask_smorest import Blueprint

from app.actions.running import instances, job_acts
from app.api import filters
from app.api.listing import add_list, from_object
from app.api.openapi import DONE, OBJECT, WHY, taken
from app.api.replies import done, flag_in, identifier, needed_flag_in, reply, text_in, texts_in
from app.domain.ids import new_id
from app.domain.models.model import node_of
from app.domain.models.values import write_date
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.job_lists import JOBS, jobs
from app.store.listing import Wanted
from app.store.tables import Instance, Job

blueprint = Blueprint("job", __name__, url_prefix="/engine-rest/job", description="Jobs")
SUSPENDING = {
    "suspended": "boolean",
    "processInstanceId": "string",
    "processDefinitionId": "string",
    "processDefinitionKey": "string",
}


def job_out(job: Job, definition_key: str) -> dict[str, Any]:
    failed_at = (job.details or {}).get("activityId") or node_of(job.key)
    return {
        "id": str(job.id),
        "jobDefinitionId": None,
        "processInstanceId": str(job.instance_id),
        "processDefinitionId": job.definition_id,
        "processDefinitionKey": definition_key,
        "executionId": f"{job.instance_id}:{job.token}",
        "exceptionMessage": job.error,
        "failedActivityId": None if job.error is None else failed_at,
        "retries": job.retries,
        "dueDate": write_date(job.due_at),
        "suspended": job.suspended,
        "priority": job.priority,
        "tenantId": job.tenant_id,
        "createTime": write_date(job.created_at),
        "batchId": None,
    }


def _asked(u: Unit, wanted: Wanted) -> tuple[listing.Query, Wanted]:
    if "timers" in wanted.values and "messages" in wanted.values:
        raise Invalid("Cannot combine timers with messages in the same query")
    if "executable" in wanted.values:
        wanted = replace(wanted, values={**wanted.values, "executable": u.now})
    return jobs(wanted, u.staffed)


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query, wanted = _asked(u, wanted)
    return [job_out(*row) for row in u.session.execute(listing.page(query, JOBS, wanted))]


def _total(u: Unit, wanted: Wanted) -> int:
    query, wanted = _asked(u, wanted)
    return listing.total(u.session, query, JOBS, wanted)


add_list(blueprint, "", JOBS, _rows, _total, "jobs")


def _id(job_id: str) -> UUID:
    return identifier(job_id, "Job")


@blueprint.route("/<job_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(job_id: str) -> Response:
    """One job."""
    u = unit()
    job = job_acts.job_for(u.session, u.actor, _id(job_id))
    return reply(job_out(job, u.session.get_one(Instance, job.instance_id).definition_key))


@blueprint.route("/<job_id>/stacktrace", methods=["GET"])
@blueprint.doc(responses={"200": {"description": "OK", "content": {"text/plain": {"schema": {"type": "string"}}}}})
def stacktrace(job_id: str) -> Response:
    """Why the last try of a job failed: the message, then what is known of the place; empty if none did."""
    u = unit()
    job = job_acts.job_for(u.session, u.actor, _id(job_id))
    details = orjson.dumps(job.details, option=orjson.OPT_INDENT_2).decode() if job.details else ""
    answer = Response("\n".join(filter(None, (job.error, details))))
    answer.headers["Content-Type"] = "text/plain"
    return answer


@blueprint.route("/<job_id>/execute", methods=["POST"])
@blueprint.doc(**DONE, **taken(WHY))
def execute(job_id: str) -> Response:
    """Do a job now; a timer fires. What a delegate does is left to a worker, which does it at once."""
    u, why = unit(), text_in(json_body(), "annotation")
    job_acts.execute(u.session, u.actor, _id(job_id), u.now, annotation=why)
    return done()


@blueprint.route("/<job_id>/retries", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"retries": "integer", "dueDate": "string", **WHY}))
def set_retries(job_id: str) -> Response:
    """Let a job be tried so often again; with retries its incident ends."""
    u, body = unit(), json_body()
    left, due = _whole_in(body, "retries"), _due_in(body, "dueDate")
    job_acts.set_retries(u.session, u.actor, _id(job_id), left, due, u.now, annotation=text_in(body, "annotation"))
    return done()


@blueprint.route("/retries", methods=["POST"])
@blueprint.doc(
    **OBJECT, **taken({"retries": "integer", "dueDate": "string", "jobIds": "array", "jobQuery": "object", **WHY})
)
def set_retries_of_many() -> Response:
    """Let jobs be tried so often again: those that are named, and those that pass a query; at most 1000. It is done with the
    answer, a batch that is over."""
    u, body = unit(), json_body()
    left, due = _whole_in(body, "retries"), _due_in(body, "dueDate")
    chosen = {_id(text) for text in texts_in(body, "jobIds")}
    if (given := body.get("jobQuery")) is not None:
        query, wanted = _asked(u, from_object(JOBS, given))
        found = listing.narrowed(query.with_only_columns(Job.id), JOBS, wanted).limit(job_acts.MOST_AT_ONCE + 1)
        chosen.update(u.session.scalars(found))
    if not chosen:
        raise Invalid("jobIds is empty: no job is named or found")
    job_acts.set_retries_of_many(u.session, u.actor, chosen, left, due, u.now, annotation=text_in(body, "annotation"))
    return reply(_batch_out(u, len(chosen)))


def _batch_out(u: Unit, number: int) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "type": "set-job-retries",
        "totalJobs": number,
        "jobsCreated": number,
        "batchJobsPerSeed": number,
        "invocationsPerBatchJob": 1,
        "seedJobDefinitionId": None,
        "monitorJobDefinitionId": None,
        "batchJobDefinitionId": None,
        "suspended": False,
        "tenantId": None,
        "createUserId": u.actor.user_id,
        "startTime": write_date(u.now),
        "executionStartTime": write_date(u.now),
    }


@blueprint.route("/<job_id>/duedate", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"duedate": "string", "cascade": "boolean", **WHY}))
def set_due(job_id: str) -> Response:
    """Have a job done at another moment; without one at once."""
    u, body = unit(), json_body()
    if flag_in(body.get("cascade"), "cascade"):
        raise Invalid("cascade is not supported: the moments that follow stay as the model has them")
    job_acts.set_due(
        u.session, u.actor, _id(job_id), _due_in(body, "duedate"), u.now, annotation=text_in(body, "annotation")
    )
    return done()


@blueprint.route("/<job_id>/priority", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"priority": "integer", **WHY}))
def set_priority(job_id: str) -> Response:
    """Let a job come before others, or after them."""
    u, body = unit(), json_body()
    priority = 0 if body.get("priority") is None else _whole_in(body, "priority")
    job_acts.set_priority(u.session, u.actor, _id(job_id), priority, u.now, annotation=text_in(body, "annotation"))
    return done()


@blueprint.route("/<job_id>/suspended", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"suspended": "boolean", **WHY}))
def suspend(job_id: str) -> Response:
    """Suspend one job or activate it."""
    u, body = unit(), json_body()
    suspended, why = needed_flag_in(body, "suspended"), text_in(body, "annotation")
    job_acts.suspend(u.session, u.actor, _id(job_id), suspended, u.now, annotation=why)
    return done()


@blueprint.route("/suspended", methods=["PUT"])
@blueprint.doc(**DONE, **taken({**SUSPENDING, **WHY}))
def suspend_all() -> Response:
    """Suspend or activate the jobs of one instance, of one definition, or of all versions of a process."""
    u, body = unit(), json_body()
    suspended = needed_flag_in(body, "suspended")
    if body.get("jobDefinitionId"):
        raise Invalid("jobDefinitionId is not supported: there are no job definitions")
    given = {name: text_in(body, name) for name in SUSPENDING if name != "suspended"}
    named = {name: text for name, text in given.items() if text is not None}
    if len(named) != 1:
        raise Invalid("Either processInstanceId, processDefinitionId or processDefinitionKey should be set")
    if (instance := named.get("processInstanceId")) is not None:
        which = Instance.id == instances.running_for(u.session, u.actor, identifier(instance, "Process instance")).id
    else:
        which = job_acts.of_definition(named.get("processDefinitionId"), named.get("processDefinitionKey"))
        which &= _of_tenant(body)
    job_acts.suspend_all(u.session, u.actor, which, suspended, u.now, annotation=text_in(body, "annotation"))
    return done()


def _of_tenant(body: dict[str, Any]) -> listing.Condition:
    """What `processDefinitionTenantId` and `processDefinitionWithoutTenantId` narrow a process to."""
    if flag_in(body.get("processDefinitionWithoutTenantId"), "processDefinitionWithoutTenantId"):
        return Instance.tenant_id.is_(None)
    tenant = text_in(body, "processDefinitionTenantId")
    return listing.ALWAYS if tenant is None else Instance.tenant_id == tenant


def _due_in(body: dict[str, Any], name: str) -> datetime | None:
    return None if (text := text_in(body, name)) is None else filters.moment(name, text)


def _whole_in(body: dict[str, Any], name: str) -> int:
    """A whole number of a body. Raises Invalid naming it."""
    if body.get(name) is None:
        raise Invalid(f"{name} must not be null")
    return filters.whole(name, body[name])
