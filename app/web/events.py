"""The events by which open pages learn that something changed for their person."""

from flask import Blueprint, Response

from app.actions.people import people
from app.http.live import Subscription, stay
from app.http.transaction import unit

blueprint = Blueprint("events", __name__)


@blueprint.get("/events")
def changes() -> Response:
    """Says `changed` whenever a task that the person sees comes, goes or changes, and `team` of all whose work he leads."""
    u = unit()
    return stay(Subscription(u.actor, people.rights_last(u.session, u.actor, u.now).total_seconds()))
