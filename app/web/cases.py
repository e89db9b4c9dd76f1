"""Finding a case, the page of one, and its receipt."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions import case_page, case_search
from app.actions.diagrams import diagram
from app.actions.naming import services
from app.actions.receipts import receipt
from app.http.transaction import unit
from app.store.case_lists import Place, Search, State
from app.web.documents import shelf
from app.web.pages import language, page
from app.web.words.start import START

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
PAGE = 50
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@blueprint.get("")
def listed() -> Response:
    """The cases that pass, the newest first, a page at a time."""
    u, asked = unit(), request.args
    text, words = asked.get("q", "").strip(), case_search.words_asked(asked.get("q", ""))
    service, state = asked.get("service") or None, asked.get("state") or None
    search = Search(
        words, service, State(state) if state in tuple(State) else None, overdue=asked.get("overdue") == "1"
    )
    short = case_search.too_short(words)
    edges = {"older_than": _place(asked.get("before")), "newer_than": _place(asked.get("after"))}
    none = case_search.Page([], None, None)
    found = none if short else case_search.search(u.session, u.actor, search, u.now, PAGE, **edges)
    chosen: dict[str, Any] = {
        "q": text,
        "service": service,
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
        services=sorted(services().items(), key=lambda one: one[1].get(language())),
        states=tuple(State),
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
    case = case_page.case_page(u.session, u.actor, case_id, language(), u.now)
    return page("case.html", case=case, shelf=shelf(u.session, u.actor, case.root))


@blueprint.get("/<uuid:case_id>/diagrams/<uuid:part_id>")
def drawn(case_id: UUID, part_id: UUID) -> Answer:
    """The diagram of a process of the case, as JSON."""
    u = unit()
    return jsonify(diagram(u.session, case_page.part_of(u.session, u.actor, case_id, part_id)).to_dict())


@blueprint.get("/<uuid:case_id>/receipt")
def receipted(case_id: UUID) -> Response:
    """The receipt of the application, to be printed: in Kazakh and in Russian."""
    u = unit()
    return page("receipt.html", receipt=receipt(u.session, u.actor, case_id), words=START)
