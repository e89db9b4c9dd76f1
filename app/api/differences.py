"""`/api/process-definitions/{id}/difference`: what changed from one version of a process to another."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.models.differences import Changed, Compared, compare
from app.actions.models.sides import Said, Side
from app.actions.models.targets import ChangedPart, ChangedTarget
from app.actions.running.instances import definition_for
from app.api.openapi import OBJECT, asked
from app.api.replies import reply
from app.domain.refusals.edition_refusals import iso
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid
from app.http.transaction import unit

blueprint = Blueprint(
    "differences", __name__, url_prefix="/api/process-definitions", description="What changed between two versions"
)


@blueprint.route("/<definition_id>/difference")
@blueprint.doc(parameters=[asked("with")], **OBJECT)
def difference(definition_id: str) -> Response:
    """What differs between two versions; the one that was deployed first is the former."""
    u, other = unit(), request.args.get("with")
    if not other:
        raise Invalid("name the other version: ?with={id of a process definition}")
    both = [definition_for(u.session, u.actor, one) for one in (definition_id, other)]
    return reply(difference_out(compare(u.session, *both)))


def difference_out(compared: Compared) -> dict[str, Any]:
    """changes: elements that differ; legal: the same in the terms of the act; references: what they refer to that differs."""
    return {
        "before": _version_out(compared.before),
        "after": _version_out(compared.after),
        "changes": [_change_out(one) for one in compared.elements],
        "legal": [
            {"elementId": one.difference.element, "name": _text_out(one.name), "text": _text_out(said.sentence)}
            for one in compared.elements
            for said in one.legal
        ],
        "references": [_target_out(one) for one in compared.targets],
    }


def _version_out(side: Side) -> dict[str, Any]:
    row = side.definition
    return {
        "id": row.id,
        "key": row.key,
        "version": row.version,
        "versionTag": row.version_tag,
        "tenantId": row.tenant_id,
        "edition": row.edition,
        "inForceFrom": iso(row.in_force_from),
        "inForceUntil": iso(row.in_force_until),
    }


def _change_out(one: Changed) -> dict[str, Any]:
    return {
        "elementId": one.difference.element,
        "elementType": one.difference.kind,
        "name": _text_out(one.name),
        "change": one.difference.change,
        "moved": one.difference.moved,
        "properties": [_said_out(said) for said in one.properties],
    }


def _said_out(said: Said) -> dict[str, Any]:
    return {
        "property": said.name,
        "label": _text_out(said.label),
        "legal": said.legal,
        "before": None if said.before is None else _text_out(said.before),
        "after": None if said.after is None else _text_out(said.after),
    }


def _target_out(one: ChangedTarget) -> dict[str, Any]:
    return {
        "kind": one.what,
        "key": one.key,
        "versionBefore": one.before,
        "versionAfter": one.after,
        "elementIds": list(one.elements),
        "changes": [_part_out(part) for part in one.parts],
    }


def _part_out(one: ChangedPart) -> dict[str, Any]:
    return {
        "part": one.kind,
        "name": _text_out(one.name),
        "change": one.change,
        "moved": one.moved,
        "properties": [_said_out(said) for said in one.properties],
    }


def _text_out(text: Text) -> dict[str, str]:
    return {lang: text.get(lang) for lang in LANGUAGES}
