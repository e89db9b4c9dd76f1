"""One instance as administrators see it, a section a page, so that all of it works without scripts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.inspecting import standing
from app.actions.inspecting.subjects import Subject, subject
from app.domain.in_words.days_in_words import elapsed_in_words
from app.http.transaction import unit
from app.web.pages import language, page

blueprint = Blueprint("instance", __name__, url_prefix="/admin/instances/<uuid:instance_id>")
PARTS = ("shown", "walked", "called")
"""The endpoints of the sections, in the order in which they stand above each."""
PAGE, FEW = 100, 15
FARTHEST = 1_000_000


def _seen(instance_id: UUID) -> Subject:
    u = unit()
    return subject(u.session, u.actor, instance_id)


def _part(part: str, seen: Subject, **shown: Any) -> Response:
    return page(f"admin/instance_{part}.html", seen=seen, instance=seen.instance, parts=PARTS, took=_took, **shown)


def _took(elapsed: timedelta) -> str:
    return elapsed_in_words(elapsed, language())


def _first() -> int:
    """Where the page of a list begins."""
    return min(max(request.args.get("from", 0, int), 0), FARTHEST)


def _pages(first: int, number: int, **asked: Any) -> dict[str, Any]:
    """What `_pages.html` shows of a list of which the page and one row more were read."""

    def place(start: int) -> str:
        values: dict[str, Any] = {**(request.view_args or {}), **asked, "from": start or None}
        return url_for(str(request.endpoint), **values)

    return {
        "first": first,
        "previous": place(max(first - PAGE, 0)) if first else None,
        "following": place(first + PAGE) if number > PAGE else None,
    }


@blueprint.get("")
def shown(instance_id: UUID) -> Response:
    """Where it stands, and what is around it."""
    u, seen = unit(), _seen(instance_id)
    return _part(
        "shown",
        seen,
        tokens=standing.standing(seen),
        way=standing.way(u.session, seen, 0, FEW),
        callers=standing.callers(u.session, seen),
        called=standing.called(u.session, seen, 0, FEW),
    )


@blueprint.get("/diagram")
def drawn(instance_id: UUID) -> Answer:
    """Its diagram, as JSON."""
    return jsonify(standing.drawn(unit().session, _seen(instance_id), language()))


@blueprint.get("/way")
def walked(instance_id: UUID) -> Response:
    """The way it came, a page at a time."""
    seen, first = _seen(instance_id), _first()
    rows = standing.way(unit().session, seen, first, PAGE + 1)
    return _part("walked", seen, way=rows[:PAGE], pages=_pages(first, len(rows)))


@blueprint.get("/called")
def called(instance_id: UUID) -> Response:
    """What it has called, a page at a time."""
    seen, first = _seen(instance_id), _first()
    rows = standing.called(unit().session, seen, first, PAGE + 1)
    return _part("called", seen, called=rows[:PAGE], pages=_pages(first, len(rows)))
