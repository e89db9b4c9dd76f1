"""One instance as administrators see it, a section a page, so that all of it works without scripts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.inspecting import audit, involved, troubles, variables, waits, whereabouts
from app.actions.inspecting.archive.build import archive
from app.actions.inspecting.subjects import Subject, subject
from app.actions.inspecting.terms import terms
from app.domain.in_words.days_in_words import elapsed_in_words
from app.domain.in_words.sentences import operation_named
from app.http.downloads import downloaded
from app.http.transaction import unit
from app.web.pages import language, page

blueprint = Blueprint("instance", __name__, url_prefix="/admin/instances/<uuid:instance_id>")
PARTS = (
    "shown", "walked", "called", "variables_held", "waiting", "incidents", "deadlines", "people", "history", "raw",
)  # fmt: skip
"""The endpoints of the sections, in the order in which they stand above each."""
PAGE, FEW = 100, 15
FARTHEST = 1_000_000


def _seen(instance_id: UUID) -> Subject:
    u = unit()
    return subject(u.session, u.actor, instance_id)


def _part(part: str, seen: Subject, **shown: Any) -> Response:
    return page(
        f"admin/instance_{part}.html", seen=seen, instance=seen.instance, parts=PARTS, took=_took, did=_did, **shown
    )


def _took(elapsed: timedelta) -> str:
    return elapsed_in_words(elapsed, language())


def _did(operation: str) -> str:
    return operation_named(operation, language())


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
        tokens=whereabouts.standing(seen),
        way=whereabouts.way(u.session, seen, 0, FEW),
        callers=whereabouts.callers(u.session, seen),
        called=whereabouts.called(u.session, seen, 0, FEW),
    )


@blueprint.get("/archive")
def archived(instance_id: UUID) -> Response:
    """The whole case as a ZIP, in the language of the person; administrators and, once it has ended, heads take it out."""
    u = unit()
    folder = current_app.extensions["settings"].files
    return downloaded(archive(u.session, u.actor, instance_id, language(), folder, u.now))


@blueprint.get("/diagram")
def drawn(instance_id: UUID) -> Answer:
    """Its diagram, as JSON."""
    return jsonify(whereabouts.drawn(unit().session, _seen(instance_id), language()))


@blueprint.get("/way")
def walked(instance_id: UUID) -> Response:
    """The way it came, a page at a time."""
    seen, first = _seen(instance_id), _first()
    rows = whereabouts.way(unit().session, seen, first, PAGE + 1)
    return _part("walked", seen, way=rows[:PAGE], pages=_pages(first, len(rows)))


@blueprint.get("/called")
def called(instance_id: UUID) -> Response:
    """What it has called, a page at a time."""
    seen, first = _seen(instance_id), _first()
    rows = whereabouts.called(unit().session, seen, first, PAGE + 1)
    return _part("called", seen, called=rows[:PAGE], pages=_pages(first, len(rows)))


@blueprint.get("/variables")
def variables_held(instance_id: UUID) -> Response:
    """Its variables as they are, and how they were set, a page at a time; of one of them if it is named."""
    seen, first = _seen(instance_id), _first()
    name = request.args.get("name", "").replace("\0", "")
    rows = variables.changes(unit().session, seen, name or None, first, PAGE + 1)
    pages = _pages(first, len(rows), name=name or None)
    return _part(
        "variables_held",
        seen,
        held=variables.held(seen),
        changes=rows[:PAGE],
        name=name,
        pages=pages,
        short=variables.shortened,
    )


@blueprint.get("/waiting")
def waiting(instance_id: UUID) -> Response:
    """What it waits for beside people."""
    seen, first = _seen(instance_id), _first()
    found = waits.waits(unit().session, seen, language(), first, PAGE + 1)
    return _part("waiting", seen, waits=found, most=PAGE, pages=_pages(first, found.longest))


@blueprint.get("/incidents")
def incidents(instance_id: UUID) -> Response:
    """What keeps it, or kept it, from going on."""
    seen, first = _seen(instance_id), _first()
    rows = troubles.troubles(unit().session, seen, first, PAGE + 1)
    return _part("incidents", seen, troubles=rows[:PAGE], pages=_pages(first, len(rows)))


@blueprint.get("/terms")
def deadlines(instance_id: UUID) -> Response:
    """The terms of its case, each with what moved it and why it ends when it does."""
    u, seen, first = unit(), _seen(instance_id), _first()
    found = terms(u.session, u.actor, seen, language(), u.now, first, PAGE + 1)
    return _part("deadlines", seen, case=found, most=PAGE, pages=_pages(first, len(found.steps)))


@blueprint.get("/people")
def people(instance_id: UUID) -> Response:
    """Who holds a step, who could, and who did what."""
    u, seen, first = unit(), _seen(instance_id), _first()
    rows = involved.doers(u.session, seen, first, PAGE + 1)
    return _part(
        "people",
        seen,
        holdings=involved.holdings(u.session, seen),
        doers=rows[:PAGE],
        pages=_pages(first, len(rows)),
    )


@blueprint.get("/history")
def history(instance_id: UUID) -> Response:
    """What was done, as sentences."""
    u, seen, first = unit(), _seen(instance_id), _first()
    story, number = audit.told(u.session, u.actor, seen, language(), first, PAGE)
    return _part("history", seen, story=story, zone=seen.zone, pages=_pages(first, number), most=PAGE)


@blueprint.get("/history/raw")
def raw(instance_id: UUID) -> Response:
    """The same as the rows that are kept."""
    seen, first = _seen(instance_id), _first()
    rows = audit.kept(unit().session, seen, first, PAGE + 1)
    return _part("raw", seen, rows=rows[:PAGE], pages=_pages(first, len(rows)))
