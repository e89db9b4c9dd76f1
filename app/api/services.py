"""`/api/services`: what the regulations say, and which model runs it."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.models import editions, services
from app.api.openapi import OBJECT, ROWS
from app.api.replies import reply
from app.domain.models.values import write_date
from app.domain.refusals.edition_refusals import iso
from app.http.transaction import unit

blueprint = Blueprint("services", __name__, url_prefix="/api/services", description="State services and their acts")


@blueprint.route("")
@blueprint.doc(**ROWS)
def listed() -> Response:
    """All services with their steps, limits and clauses"""
    u = unit()
    return reply(services.list_services(u.session, u.actor))


@blueprint.route("/<key>")
@blueprint.doc(**OBJECT)
def one(key: str) -> Response:
    """One service"""
    u = unit()
    return reply(services.service(u.session, u.actor, key))


@blueprint.route("/<key>/editions")
@blueprint.doc(**ROWS)
def listed_editions(key: str) -> Response:
    """The editions of a service: the days in force, the versions, and how many cases run on each"""
    u = unit()
    return reply([_edition_out(one) for one in editions.list_editions(u.session, u.actor, key, u.now)])


def _edition_out(one: editions.EditionInUse) -> dict[str, Any]:
    """inForceUntil: the first day on which it is in force no more; inForce: for what is received now."""
    return {
        "tenantId": one.tenant,
        "edition": one.edition.name,
        "inForceFrom": iso(one.edition.begins),
        "inForceUntil": iso(one.edition.ends),
        "inForce": one.holds,
        "running": sum(version.running for version in one.versions),
        "versions": [_version_out(version) for version in one.versions],
    }


def _version_out(one: editions.VersionInUse) -> dict[str, Any]:
    return {
        "processDefinitionId": one.definition.id,
        "version": one.definition.version,
        "versionTag": one.definition.version_tag,
        "deploymentId": str(one.definition.deployment_id),
        "deployed": write_date(one.deployed_at),
        "suspended": one.definition.suspended,
        "running": one.running,
    }
