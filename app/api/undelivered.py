"""`/api/messages`: messages and signals between processes that were not delivered yet, for administrators."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.running import buffered
from app.api.listing import add_list
from app.api.openapi import DONE
from app.api.replies import done, identifier
from app.domain.models.values import write_date
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.listing import Wanted
from app.store.message_lists import MESSAGES, messages
from app.store.tables import Message

blueprint = Blueprint(
    "undelivered", __name__, url_prefix="/api/messages", description="Messages that nobody has received yet"
)


def _message_out(row: Message) -> dict[str, Any]:
    """Without the values of its variables, which belong to a case."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "name": row.name,
        "businessKey": row.business_key,
        "tenantId": row.tenant_id,
        "processInstanceId": None if row.thrown_by is None else str(row.thrown_by),
        "created": write_date(row.created_at),
        "retries": row.retries,
        "error": row.error,
        "variableNames": sorted(row.variables),
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    buffered.require_administrator(u.actor)
    return [_message_out(row) for row in u.session.scalars(listing.page(messages(), MESSAGES, wanted))]


def _total(u: Unit, wanted: Wanted) -> int:
    buffered.require_administrator(u.actor)
    return listing.total(u.session, messages(), MESSAGES, wanted)


add_list(blueprint, "", MESSAGES, _rows, _total, "messages that were not delivered")


@blueprint.route("/<message_id>/retry", methods=["POST"])
@blueprint.doc(**DONE)
def retry(message_id: str) -> Response:
    """Try to deliver a message anew, whatever kept it from its receiver."""
    u = unit()
    buffered.retry(u.session, u.actor, identifier(message_id, "Message"))
    return done()


@blueprint.route("/<message_id>", methods=["DELETE"])
@blueprint.doc(**DONE)
def discard(message_id: str) -> Response:
    """Give a message up."""
    u = unit()
    buffered.discard(u.session, u.actor, identifier(message_id, "Message"))
    return done()
