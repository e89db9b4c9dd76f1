"""`/api/test/clock`: time that stands still, for tests of the whole service. Only where the settings allow it."""

from datetime import datetime

from flask import Response
from flask_smorest import Blueprint

from app.actions.terms import clock
from app.api.openapi import OBJECT, taken
from app.api.replies import done, needed_text_in, reply
from app.domain.models.values import write_date
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import TestClock

blueprint = Blueprint("clock", __name__, url_prefix="/api/test/clock", description="The clock of tests")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@blueprint.route("")
@blueprint.doc(**OBJECT)
def get() -> Response:
    """What time it is for the service"""
    u = unit()
    return reply({"now": write_date(u.now), "stopped": u.session.get(TestClock, True) is not None})


@blueprint.route("", methods=["PUT"])
@blueprint.doc(**taken({"now": "string"}), **OBJECT)
def stop() -> Response:
    """Let it be this moment until told otherwise; timers that are due by then fire"""
    u = unit()
    now = _moment(needed_text_in(json_body(), "now"))
    clock.stop(u.session, u.actor, now)
    return reply({"now": write_date(now), "stopped": True})


@blueprint.route("", methods=["DELETE"])
@blueprint.doc(responses={"204": {"description": "the machine's clock is followed again"}})
def release() -> Response:
    """Go back to the machine's clock"""
    u = unit()
    clock.release(u.session, u.actor)
    return done()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"now cannot be {text[:60]!r}: it is not a moment such as 2026-03-20T16:50:00+05:00") from error
    if moment.tzinfo is None:
        raise Invalid(f"now must have an offset from UTC, as in 2026-03-20T16:50:00+05:00, not {text[:60]!r}")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Invalid(f"now must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment
