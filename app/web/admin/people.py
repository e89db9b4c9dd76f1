"""People, found: by name, organisation, role, and what is with their account."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.actions.people import directory
from app.actions.terms.calendars import DEFAULT
from app.http.auth import moment as by_the_machine
from app.http.transaction import unit
from app.store.people_lists import Asked, State
from app.web.pages import page

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")
PAGE, FARTHEST, LONGEST = 50, 1_000_000, 100


@blueprint.get("")
def listed() -> Response:
    """A page of them."""
    u, asked, first = unit(), _asked(), min(max(request.args.get("from", 0, int), 0), FARTHEST)
    found, number = directory.listed(u.session, u.actor, asked, u.now, by_the_machine(), first, PAGE)
    chosen = {
        "q": " ".join(asked.words),
        "organisation": asked.organisation,
        "role": asked.role,
        "state": asked.state or "",
    }

    def at(start: int) -> str:
        given: dict[str, Any] = {**chosen, "from": start}
        return url_for(".listed", **{name: one or None for name, one in given.items()})

    return page(
        "admin/people.html",
        rows=found,
        number=number,
        chosen=chosen,
        narrowed=any(chosen.values()),
        states=tuple(State),
        choices=directory.choices(u.session),
        zone=DEFAULT.tz,
        pages={
            "first": first,
            "previous": at(max(first - PAGE, 0)) if first else None,
            "following": at(first + PAGE) if first + PAGE < number else None,
        },
    )


def _asked() -> Asked:
    given = {
        name: request.args.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("q", "organisation", "role", "state")
    }
    state = State(given["state"]) if given["state"] in tuple(State) else None
    return Asked(given["q"].split(), given["organisation"], given["role"], state)
