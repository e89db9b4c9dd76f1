"""Where instances stand and for how long, and how long the steps of those that have ended took: on the diagram, beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.inspecting import standing
from app.actions.inspecting.choices import choices
from app.actions.inspecting.standing import Place
from app.actions.terms.calendars import DEFAULT
from app.domain import heat
from app.domain.in_words.grammar import written
from app.http.transaction import unit
from app.web.admin.instance_query import LONGEST
from app.web.pages import language, page, say

blueprint = Blueprint("standing", __name__, url_prefix="/admin/instances/map")
NUMBERS, WAITING, TOOK = VIEWS = ("numbers", "waiting", "took")
PERIODS = (7, 30, 90, 365)
USUAL_PERIOD = 30


@dataclass(frozen=True, slots=True)
class Heat:
    """of: the level of each element; legend: what each level means, in words, from the lowest."""

    of: Mapping[str, int]
    legend: Sequence[str]


@blueprint.get("")
def shown() -> Answer:
    """All processes or, of one, its diagram with what stands where."""
    u = unit()
    given = {
        name: request.args.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("service", "version", "organisation")
    }
    offered = choices(u.session, u.actor, given["service"], given["version"], given["organisation"])
    view = request.args.get("show") if request.args.get("show") in VIEWS else NUMBERS
    if not offered.service or not offered.versions:
        found = standing.processes(u.session, u.actor, u.now)
        return page("admin/standing.html", offered=offered, processes=found, view=view, listed=_listed)
    chosen = {"service": offered.service, "version": offered.version, "organisation": given["organisation"]}
    days = request.args.get("days", type=int)
    days = days if days in PERIODS else USUAL_PERIOD
    first = u.now.astimezone(DEFAULT.tz).date() - timedelta(days=days - 1)
    if view == TOOK:
        start = datetime.combine(first, time(), DEFAULT.tz)
        lasted = standing.lasted(u.session, u.actor, offered, given["organisation"], start)
        places = lasted.places
    else:
        lasted, places = None, standing.places(u.session, u.actor, offered, given["organisation"], u.now)
    return page(
        "admin/standing_of.html",
        offered=offered,
        chosen=chosen,
        view=view,
        views=VIEWS,
        days=days,
        periods=PERIODS,
        places=places,
        lasted=lasted,
        most=standing.SAMPLE,
        total=standing.process(u.session, u.actor, offered, given["organisation"], u.now),
        heat=_heat(view or NUMBERS, places),
        lasting=lasting,
        diagram=url_for("web.models.drawn", definition_id=offered.shown.id) if offered.shown else None,
        here=lambda **more: url_for(".shown", **{name: one or None for name, one in (chosen | more).items()}),
        listed=partial(_listed, **chosen),
        ended=partial(_listed, **chosen, ended_from=first.isoformat()),
    )


def _listed(**asked: Any) -> str:
    """The list behind a number. Processes that others have called are counted, and so are listed."""
    return url_for("web.instances.listed", called=1, **{name: one for name, one in asked.items() if one})


def _heat(view: str, places: Sequence[Place]) -> Heat:
    if view == NUMBERS:
        values = {one.element: float(one.instances) for one in places if one.instances}
        ladder: Sequence[float] = heat.MANY
    else:
        values = {one.element: one.measures.median for one in places if one.measures}
        ladder = heat.LASTING
    between = heat.bounds(values.values(), ladder)
    return Heat(
        {element: heat.level(value, between) for element, value in values.items()},
        _legend(between, _many if view == NUMBERS else lasting),
    )


def _many(number: float) -> str:
    return written(number, language())


def _legend(between: Sequence[float], said: Callable[[float], str]) -> list[str]:
    if not between:
        return []
    lowest = say("standing-below", bound=said(between[0]))
    pairs = zip(between, between[1:], strict=False)
    inner = [say("standing-between", bound=said(low), other=said(high)) for low, high in pairs]
    return [lowest, *inner, say("standing-above", bound=said(between[-1]))]


def lasting(seconds: float) -> str:
    """A length of time as one looks at it: in minutes, in hours from one on, in days from two on."""
    if seconds < heat.MINUTE:
        return say("standing-moment")
    if seconds < heat.HOUR:
        return say("standing-minutes", n=round(seconds / heat.MINUTE))
    if seconds < 2 * heat.DAY and seconds != heat.DAY:
        return say("standing-hours", n=_rounded(seconds / heat.HOUR))
    return say("standing-days", n=_rounded(seconds / heat.DAY))


def _rounded(number: float) -> float:
    """To tenths as long as those matter."""
    near = round(number, 1) if number < 10 else float(round(number))
    return int(near) if near == int(near) else near
