"""`/api/notifications`: letters and events for the outside, for administrators; those whose last try has failed lie here."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.notifying import deliveries
from app.api import filters
from app.api.openapi import COUNT, DONE, ROWS, asked
from app.api.replies import done, identifier, reply
from app.domain.models.values import write_date
from app.domain.outgoing import State
from app.errors import Invalid
from app.http.transaction import unit
from app.store.tables import Delivery

blueprint = Blueprint("notifications", __name__, url_prefix="/api/notifications", description="Messages to the outside")
STATE = asked("state", enum=[state.value for state in State])
PAGE = [asked("firstResult", "integer"), asked("maxResults", "integer")]


def _out(row: Delivery) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "channel": row.channel,
        "event": row.event,
        "tenantId": row.tenant_id,
        "receiver": row.receiver,
        "state": row.state,
        "tries": row.tries,
        "created": write_date(row.created_at),
        "nextTry": write_date(row.due_at),
        "ended": write_date(row.ended_at),
        "error": row.error,
    }


def _state() -> State | None:
    given = request.args.get("state")
    try:
        return State(given) if given else None
    except ValueError:
        raise Invalid(f"state is none of {', '.join(State)}: {given}") from None


@blueprint.route("")
@blueprint.doc(parameters=[STATE, *PAGE], **ROWS)
def listed() -> Response:
    """Messages, the newest first"""
    u = unit()
    return reply([_out(row) for row in deliveries.listed(u.session, u.actor, _state(), *filters.page())])


@blueprint.route("/count")
@blueprint.doc(parameters=[STATE], **COUNT)
def counted() -> Response:
    """How many messages there are"""
    u = unit()
    return reply({"count": deliveries.total(u.session, u.actor, _state())})


@blueprint.route("/<notification_id>/retry", methods=["POST"])
@blueprint.doc(**DONE)
def retry(notification_id: str) -> Response:
    """Have a failed message tried again"""
    u = unit()
    deliveries.retry(u.session, u.actor, identifier(notification_id, "notification"), u.now)
    return done()
