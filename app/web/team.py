"""The page of the team: who has how much, what is late, and giving tasks to others. For those who lead the work."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists import bulk, worklist
from app.actions.lists.bulk import Outcome
from app.actions.models.naming import role_name
from app.actions.people import absences, overview, team
from app.actions.tasks.colleagues import colleagues
from app.errors import Conflict, Invalid
from app.http.transaction import unit
from app.store.overview import COUNTED
from app.store.team_lists import Asked
from app.web.pages import page, say
from app.web.tasks import why

blueprint = Blueprint("team", __name__, url_prefix="/team")
PAGE, FARTHEST, LONGEST = 50, 10_000, 200
PARTS, SHOWN = ("people", "steps"), 12
"""Of what the page shows but the beginning until all of it is asked for: of the steps so many, of the people the busy ones."""
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@blueprint.get("")
def shown() -> Response:
    """The load of an organisation by person, role and step."""
    u = unit()
    places = team.organisations(u.session, u.actor)
    tenant, whole = _chosen(places), {name: 1 for name in PARTS if name in request.args}
    return page(
        "team.html",
        places=places,
        tenant=tenant,
        team=team.team(u.session, u.actor, tenant, u.now),
        away=absences.away(u.session, tenant, u.now),
        tasks_of=lambda **asked: url_for(".listed", organisation=tenant, **asked),
        here=lambda **more: url_for(".shown", organisation=tenant, **(whole | more)),
        whole=whole,
        most=SHOWN,
        delay=_delay,
    )


@blueprint.get("/organisations")
def organisations() -> Response:
    """All organisations, for an administrator."""
    u = unit()
    return page("overview.html", places=overview.places(u.session, u.actor, u.now), counted=_counted)


def _counted(number: int) -> str | int:
    return number if number <= COUNTED else f"{COUNTED}+"


@blueprint.get("/tasks")
def listed() -> Response:
    """The tasks behind a number."""
    return _listed()


@blueprint.post("/tasks")
def reassign() -> Answer:
    """Give the chosen ones to somebody, all that are shown only when it is confirmed; what could not be given says why."""
    u = unit()
    asked, person = _asked(), _text("person")[:LONGEST]
    if not person:
        return _listed(said=say("team-person-missing"))
    try:
        ids = _ids()
        if "all" in request.form and "sure" not in request.form:
            return _listed(confirm=ids)
        outcomes = team.reassign(u.session, u.actor, asked.tenant, ids, person, _text("reason"), u.now)
    except (Invalid, Conflict) as refused:
        return _listed(said=why(refused))
    u.session.flush()
    return _listed(outcomes)


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\0", "")


def _listed(outcomes: Sequence[Outcome] = (), said: str | None = None, confirm: Sequence[UUID] = ()) -> Response:
    """outcomes: of what was given; said: why nothing was; confirm: the tasks that are about to be given."""
    u = unit()
    given = {"person": _text("person")[:LONGEST], "reason": _text("reason")}
    asked, first = _asked(), min(max(request.args.get("from", 0, int), 0), FARTHEST)
    found = team.listed(u.session, u.actor, asked, u.now, first, PAGE + 1)
    tasks = found[:PAGE]
    people = [one for one in colleagues(u.session, tasks) if one.id != asked.assignee]
    names = worklist.names_of(u.session, [one for one in (asked.assignee, given["person"]) if one])
    return page(
        "team_tasks.html",
        asked=asked,
        rows=worklist.rows(u.session, tasks, u.now),
        ways=team.ways(u.session, u.actor, tasks),
        people=people,
        away=absences.away(u.session, asked.tenant, u.now) if people else {},
        person=names.get(asked.assignee),
        given=given,
        receiver=names.get(given["person"], given["person"]),
        confirm=confirm,
        longest=team.REASON_LIMIT,
        role=role_name(asked.role) if asked.role else None,
        first=first,
        previous=max(first - PAGE, 0) if first else None,
        following=first + PAGE if len(found) > PAGE else None,
        here=lambda **more: url_for(".listed", **_given(asked), **more),
        outcomes=outcomes,
        said=said,
        why=why,
    )


def _chosen(places: list[tuple[str, Any]]) -> str:
    """The organisation that is asked for if it is among these, else the first."""
    asked = request.args.get("organisation")
    return next((tenant for tenant, _ in places if tenant == asked), places[0][0])


def _asked() -> Asked:
    """What the address asks for. Raises Forbidden for who leads nobody."""
    u, given = unit(), {name: value.replace("\0", "")[:LONGEST] for name, value in request.args.items()}
    return Asked(
        tenant=_chosen(team.organisations(u.session, u.actor)),
        assignee=given.get("assignee", ""),
        service=given.get("service", ""),
        step=given.get("step", ""),
        role=given.get("role", ""),
        unassigned="unassigned" in given,
        misplaced="misplaced" in given,
        late="late" in given,
        today="today" in given,
    )


def _given(asked: Asked) -> dict[str, Any]:
    """The address of what is asked for."""
    given = {"organisation" if name == "tenant" else name: value for name, value in asdict(asked).items()}
    return {name: 1 if value is True else value for name, value in given.items() if value}


def _ids() -> list[UUID]:
    """Those that were chosen, or all that were shown. Raises Invalid for none, too many, or no ids."""
    given = request.form.getlist("shown" if "all" in request.form else "task")
    bulk.require_some(given)
    if not all(ID.fullmatch(one) for one in given):
        raise Invalid("a task is named by something that is no id")
    return list(dict.fromkeys(map(UUID, given)))


def _delay(delay: timedelta | None) -> str:
    """In days, or in hours where it is less than one; a dash where nothing was late."""
    if delay is None:
        return "–"
    if delay < DAY:
        return say("team-delay-hours", n=max(round(delay / HOUR), 1))
    return say("team-delay-days", n=round(delay / DAY))
