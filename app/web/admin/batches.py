"""What was asked of many: the list, and one with how far it is and what became of each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.mending import batch_pages, batches, kinds
from app.actions.mending.kinds import SUSPENSION
from app.actions.terms.calendars import DEFAULT
from app.http.transaction import unit
from app.store.batch_lists import CHANGED, DONE, REFUSED, STOPPED, WAITING
from app.store.tables import Batch
from app.web.pages import page

blueprint = Blueprint("batches", __name__, url_prefix="/admin/batches")
PAGE, FARTHEST = 50, 100_000
STATES = (REFUSED, CHANGED, WAITING, STOPPED, DONE)
"""In the order in which they are of interest."""
TITLES = {
    kinds.DELETION: "mend-cancel",
    kinds.MODIFICATION: "mend-move",
    kinds.MIGRATION: "mend-migrate",
    kinds.VARIABLES: "mend-change",
    kinds.RESTART: "mend-restart",
    kinds.MESSAGE: "batch-message",
    kinds.JOB_RETRIES: "batch-job-retries",
    kinds.TASK_RETRIES: "batch-task-retries",
    kinds.RETRY: "mend-retry",
}


@blueprint.get("")
def listed() -> Response:
    """All of them, the newest first."""
    u, first = unit(), _first()
    found = batch_pages.listed(u.session, u.actor, first, PAGE + 1)
    return page(
        "admin/batches.html",
        rows=found[:PAGE],
        titled=titled,
        zone=DEFAULT.tz,
        pages=_pages(first, len(found), ".listed"),
    )


@blueprint.get("/<uuid:batch_id>")
def shown(batch_id: UUID) -> Response:
    """One, with its items in one state or in any."""
    u, first = unit(), _first()
    state = request.args.get("state")
    states = [state] if state in STATES else STATES
    found = batch_pages.shown(u.session, u.actor, batch_id, states, first, PAGE + 1)
    return page(
        "admin/batch.html",
        found=found,
        seen=found.seen,
        batch=found.seen.batch,
        rows=found.rows[:PAGE],
        states=STATES,
        state=state if state in STATES else None,
        titled=titled,
        as_moment=datetime.fromisoformat,
        zone=DEFAULT.tz,
        pages=_pages(first, len(found.rows), ".shown", batch_id=batch_id, state=state),
    )


@blueprint.post("/<uuid:batch_id>/<any(suspend, resume, stop, retry):what>")
def act(batch_id: UUID, what: str) -> Answer:
    """Hold it up, let it go on, stop it, or try again what was refused."""
    u = unit()
    match what:
        case "stop":
            batches.stop(u.session, u.actor, batch_id, u.now)
        case "retry":
            batches.retry(u.session, u.actor, batch_id, u.now)
        case _:
            batches.suspend(u.session, u.actor, batch_id, what == "suspend", u.now)
    return redirect(url_for(".shown", batch_id=batch_id))


def titled(batch: Batch) -> str:
    """The key of what a batch does."""
    if batch.kind == SUSPENSION:
        return "mend-suspend" if batch.asked["suspended"] else "mend-activate"
    return TITLES[batch.kind]


def _first() -> int:
    return min(max(request.args.get("from", 0, int), 0), FARTHEST)


def _pages(first: int, found: int, endpoint: str, **asked: Any) -> dict[str, Any]:
    """What `admin/_pages.html` shows. found: rows, of which one was read more than fits."""

    def at(start: int) -> str:
        place: dict[str, Any] = {"from": start or None}
        return url_for(endpoint, **asked, **place)

    return {
        "first": first,
        "previous": at(max(first - PAGE, 0)) if first else None,
        "following": at(first + PAGE) if found > PAGE else None,
    }
