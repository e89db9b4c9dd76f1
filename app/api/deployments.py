"""Deployments: the files that make process definitions and forms, as Camunda Modeler sends them."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import select

from app.actions.models import deletions, redeployments
from app.actions.models import deployments as actions
from app.api import filters
from app.api.decision_definitions import decision_out
from app.api.listing import filters_of, from_query
from app.api.openapi import DONE, OBJECT, ROWS, answer, asked, taken
from app.api.process_definitions import definition_out
from app.api.replies import attachment, bytes_in, done, flag_in, identifier, reply, text_in
from app.domain import refusals
from app.domain.models.values import write_date
from app.errors import Invalid, NotFound
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.definition_lists import DEPLOYMENTS, deployments, resources
from app.store.queries import visible_to
from app.store.tables import Deployment, Resource

RESERVED = frozenset(
    {
        "deployment-name",
        "deployment-source",
        "deployment-activation-time",
        "enable-duplicate-filtering",
        "deploy-changed-only",
        "tenant-id",
    }
)
NAME_LIMIT = 255
FILTERS = filters_of(DEPLOYMENTS)
FORM = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in sorted(RESERVED)},
                    "additionalProperties": {"type": "string", "format": "binary"},
                }
            }
        }
    }
}

blueprint = Blueprint("deployment", __name__, url_prefix="/engine-rest/deployment", description="Deployments")


def deployment_out(row: Deployment, links: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """A deployment as the dialect shows it; `links` in the answer to its creation alone."""
    return {
        "links": list(links),
        "id": str(row.id),
        "name": row.name,
        "source": row.source,
        "deploymentTime": write_date(row.deployed_at),
        "tenantId": row.tenant_id,
    }


@blueprint.route("", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(), **ROWS)
def list_deployments() -> Response:
    """Deployments, filtered and ordered."""
    u = unit()
    query, wanted = deployments(from_query(FILTERS), u.tenants)
    return reply([deployment_out(row) for row in u.session.scalars(listing.page(query, DEPLOYMENTS, wanted))])


@blueprint.route("/count", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(paged=False), **OBJECT)
def count_deployments() -> Response:
    """How many deployments pass the filters."""
    u = unit()
    query, wanted = deployments(from_query(FILTERS), u.tenants)
    return reply({"count": listing.total(u.session, query, DEPLOYMENTS, wanted)})


@blueprint.route("/create", methods=["POST"])
@blueprint.doc(**FORM, **OBJECT)
def create() -> Response:
    """Deploy files: all of them or, if one is wrong, none. What is wrong is told element by element; what is only strange
    in `warnings`, which the dialect does not know."""
    u = unit()
    if _field("deployment-activation-time"):
        raise Invalid("deployment-activation-time is not supported: a deployment is active at once")
    made = actions.deploy(
        u.session,
        u.actor,
        files_in(),
        u.now,
        name=_field("deployment-name"),
        source=_field("deployment-source"),
        tenant=_field("tenant-id"),
        filter_duplicates=flag_in(_field("enable-duplicate-filtering"), "enable-duplicate-filtering"),
        changed_only=flag_in(_field("deploy-changed-only"), "deploy-changed-only"),
    )
    return reply(_made_out(made))


def _made_out(made: actions.Deployed) -> dict[str, Any]:
    href = f"{request.host_url}engine-rest/deployment/{made.deployment.id}"
    return {
        **deployment_out(made.deployment, [{"method": "GET", "href": href, "rel": "self"}]),
        "deployedProcessDefinitions": {row.id: definition_out(row) for row in made.definitions} or None,
        "deployedCaseDefinitions": None,
        "deployedDecisionDefinitions": {str(row.id): decision_out(row) for row in made.decisions} or None,
        "deployedDecisionRequirementsDefinitions": None,
        "warnings": made.warnings,
    }


def _field(name: str) -> str | None:
    """A part of the form that is not a file; None if it is absent or empty."""
    value = request.form.get(name)
    if value is None and name in request.files:
        value = bytes_in(request.files[name]).decode(errors="replace")
    if value is not None and ("\0" in value or len(value) > NAME_LIMIT):
        raise Invalid(f"{name} must be a text of at most {NAME_LIMIT} characters")
    return value or None


def files_in() -> dict[str, bytes]:
    """The files by name: that of the file, or of its part where the file has none."""
    parts = [
        (part.filename or name, bytes_in(part))
        for name, part in request.files.items(multi=True)
        if name not in RESERVED
    ]
    parts += [(name, text.encode()) for name, text in request.form.items(multi=True) if name not in RESERVED]
    files: dict[str, bytes] = {}
    for name, content in parts:
        if not name or len(name) > NAME_LIMIT or not name.isprintable():
            raise Invalid(f"a file's name has from 1 to {NAME_LIMIT} printable characters, not {name[:50]!r}")
        if name in files:
            raise refusals.of(Invalid, refusals.FILE_TWICE, {"resource": name}, name=name)
        files[name] = content
    return files


@blueprint.route("/registered", methods=["GET"])
@blueprint.doc(**answer({"type": "array", "items": {"type": "string"}}))
def registered() -> Response:
    """The ids of the deployments whose jobs are run here: of all."""
    u = unit()
    seen = select(Deployment.id).where(visible_to(Deployment.tenant_id, u.tenants)).order_by(Deployment.id)
    return reply([str(deployment_id) for deployment_id in u.session.scalars(seen)])


@blueprint.route("/<deployment_id>/redeploy", methods=["POST"])
@blueprint.doc(**taken({"resourceIds": "array", "resourceNames": "array", "source": "string"}), **OBJECT)
def redeploy(deployment_id: str) -> Response:
    """Deploy the files of a deployment again, those that are named or else all, so that they are the newest versions."""
    u, body = unit(), json_body()
    ids, names = (filters.texts(name, body.get(name) or []) for name in ("resourceIds", "resourceNames"))
    made = redeployments.redeploy(
        u.session, u.actor, _deployment(u, deployment_id), ids, names, u.now, source=text_in(body, "source")
    )
    return reply(_made_out(made))


@blueprint.route("/<deployment_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(deployment_id: str) -> Response:
    """One deployment."""
    return reply(deployment_out(_deployment(unit(), deployment_id)))


def _deployment(u: Unit, deployment_id: str) -> Deployment:
    found = u.session.get(Deployment, identifier(deployment_id, "Deployment"))
    if found is None or not u.actor.belongs_to(found.tenant_id):
        raise NotFound(f"Deployment with id '{deployment_id}' does not exist")
    return found


@blueprint.route("/<deployment_id>", methods=["DELETE"])
@blueprint.doc(parameters=[asked("cascade", "boolean")], **DONE)
def delete(deployment_id: str) -> Response:
    """Delete a deployment with its definitions; with `cascade` also their instances, running and ended."""
    u = unit()
    cascade = flag_in(request.args.get("cascade"), "cascade")
    deletions.delete_deployment(u.session, u.actor, identifier(deployment_id, "Deployment"), u.now, cascade=cascade)
    return done()


@blueprint.route("/<deployment_id>/resources", methods=["GET"])
@blueprint.doc(**ROWS)
def list_resources(deployment_id: str) -> Response:
    """The files of a deployment."""
    u = unit()
    rows = u.session.execute(resources(_deployment(u, deployment_id).id))
    return reply([_resource_out(row) for row in rows])


@blueprint.route("/<deployment_id>/resources/<resource_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get_resource(deployment_id: str, resource_id: str) -> Response:
    """One file of a deployment."""
    u = unit()
    query = resources(_deployment(u, deployment_id).id)
    row = u.session.execute(query.where(Resource.id == identifier(resource_id, "Resource"))).one_or_none()
    if row is None:
        raise _no_resource(deployment_id, resource_id)
    return reply(_resource_out(row))


@blueprint.route("/<deployment_id>/resources/<resource_id>/data", methods=["GET"])
def resource_data(deployment_id: str, resource_id: str) -> Response:
    """The bytes of a file of a deployment, never to be shown as a page of this site."""
    u = unit()
    row = u.session.execute(
        select(Resource.name, Resource.content).where(
            Resource.deployment_id == _deployment(u, deployment_id).id,
            Resource.id == identifier(resource_id, "Resource"),
        )
    ).one_or_none()
    if row is None:
        raise _no_resource(deployment_id, resource_id)
    return attachment(row.name.rpartition("/")[2] or "resource", row.content)


def _resource_out(row: Any) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "deploymentId": str(row.deployment_id)}


def _no_resource(deployment_id: str, resource_id: str) -> NotFound:
    return NotFound(
        f"Deployment resource with resource id '{resource_id}' for deployment id '{deployment_id}' does not exist."
    )
