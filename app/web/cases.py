"""Finding a case, the page of one, and its receipt."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.cases import case_search
from app.actions.cases.case_page import case_page
from app.actions.cases.case_parts import part_of
from app.actions.cases.diagrams import diagram
from app.actions.documents.receipts import receipt
from app.actions.inspecting.archive.rights import may_export
from app.domain.people.case_access import works_there
from app.domain.terms.calendar import LANGUAGES
from app.errors import NotFound
from app.http.transaction import unit
from app.store.case_lists import Place, State
from app.web.documents import shelf
from app.web.pages import language, page
from app.web.words.start import START

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
PAGE = 50
OFFICIAL = ("kk", "ru")
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@blueprint.get("")
def listed() -> Response:
    """The cases that pass, the newest first, a page at a time."""
    u, asked = unit(), request.args
    text, service, state = (asked.get(name, "").replace("\0", "").strip() for name in ("q", "service", "state"))
    in_state = State(state) if state in tuple(State) else None
    search = case_search.asked(text, service or None, in_state, overdue=asked.get("overdue") == "1")
    short = case_search.too_short(search)
    edges = {"older_than": _place(asked.get("before")), "newer_than": _place(asked.get("after"))}
    none = case_search.Page([], None, None)
    found = none if short else case_search.search(u.session, u.actor, search, u.now, PAGE, **edges)
    chosen: dict[str, Any] = {
        "q": text,
        "service": search.service,
        "state": search.state,
        "overdue": "1" if search.overdue else None,
    }
    return page(
        "cases.html",
        found=found,
        text=text,
        search=search,
        short=short,
        filtered=any(chosen.values()),
        services=sorted(case_search.services_for(u.actor).items(), key=lambda one: one[1].get(language())),
        states=tuple(State),
        inside=u.actor.administrator or any(works_there(u.actor, tenant) for tenant in u.actor.tenants),
        newer=found.newer and url_for(".listed", **chosen, after=_edge(found.newer)),
        older=found.older and url_for(".listed", **chosen, before=_edge(found.older)),
    )


def _edge(place: Place) -> str:
    return f"{(place.started_at - EPOCH) // MICROSECOND}-{place.id.hex}"


def _place(text: str | None) -> Place | None:
    """What `_edge` wrote; anything else is no edge."""
    moment, _, case = (text or "").partition("-")
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 17):
        return None
    try:
        return Place(EPOCH + int(moment) * MICROSECOND, UUID(case))
    except ValueError:
        return None


@blueprint.get("/<uuid:case_id>")
def shown(case_id: UUID) -> Response:
    """One case."""
    u = unit()
    case = case_page(u.session, u.actor, case_id, language(), u.now)
    exported = may_export(u.actor, case.root)
    return page("case.html", case=case, exported=exported, shelf=shelf(u.session, u.actor, case.root))


@blueprint.get("/<uuid:case_id>/diagrams/<uuid:part_id>")
def drawn(case_id: UUID, part_id: UUID) -> Answer:
    """The diagram of a process of the case, as JSON."""
    u = unit()
    return jsonify(diagram(u.session, part_of(u.session, u.actor, case_id, part_id), language()).to_dict())


@blueprint.errorhandler(NotFound)
def _unknown(_: NotFound) -> Response:
    """A case that is not there, or not for the eyes of the one who asks."""
    return page("case_unknown.html", 404)


@blueprint.get("/<uuid:case_id>/receipt")
def receipted(case_id: UUID) -> Response:
    """The receipt of the application, to be printed: in Kazakh and in Russian, for who reads English in English too."""
    u = unit()
    langs = LANGUAGES if language() == "en" else OFFICIAL
    found = receipt(u.session, u.actor, case_id)
    return page("receipt.html", receipt=found, words=START, langs=langs, registered="registered" in request.args)
