"""Finding instances, in every organisation: the list behind every number of the admin's pages."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Answer

from app.actions.inspecting import instance_search
from app.actions.inspecting.choices import choices
from app.actions.terms.calendars import DEFAULT
from app.http.transaction import unit
from app.store.instance_search_lists import COUNTED, reach
from app.store.instance_searches import Order, State
from app.web.admin.instance_query import OPERATORS, Asked, Row, asked, edge, edge_text, search_of
from app.web.pages import page, say

blueprint = Blueprint("instances", __name__, url_prefix="/admin/instances")
PAGE = 50
OF_A_SERVICE = ("version", "edition", "step", "passed")
"""What was chosen of one service says nothing of another."""


@blueprint.get("")
def listed() -> Answer:
    """What is found, a page at a time; a change of the conditions leads to the address with it."""
    what = asked(request.args)
    if changed := _changed(what):
        return redirect(address(changed))
    u = unit()
    offered = choices(u.session, u.actor, what["service"], what["version"], what["organisation"])
    search = search_of(what, offered, DEFAULT.tz)
    edges = {"after": edge(request.args.get("after")), "before": edge(request.args.get("before"))}
    found = instance_search.page(u.session, u.actor, search, u.now, PAGE, **edges)
    return page(
        "admin/instances.html",
        what=what,
        rows=[*what.rows, *_more(what)],
        offered=offered,
        operators=OPERATORS,
        states=tuple(State),
        search=search,
        found=found,
        counted=counted,
        looked=reach(search),
        short=instance_search.too_short(search),
        zone=DEFAULT.tz,
        here=lambda **more: address(what, **more),
        sorted_by=lambda order: _sorted_by(what, search, order),
        query=urlencode(what.pairs()),
        newer=found.before and address(what, before=edge_text(found.before)),
        older=found.after and address(what, after=edge_text(found.after)),
        further=found.further and address(what, after=edge_text(found.further)),
    )


def counted(number: int) -> str:
    return say("instances-number", n=number) if number <= COUNTED else say("instances-more", n=COUNTED)


def address(what: Asked, **changed: Any) -> str:
    """Of a search with other values for some of its fields."""
    pairs = what.pairs(**changed)
    return url_for("web.instances.listed") + (f"?{urlencode(pairs)}" if pairs else "")


def _changed(what: Asked) -> Asked | None:
    """The search as it is after what a button asks for: a condition less, or an empty one more."""
    given, of = dict(what.given), request.args.get("of")
    if of is not None and of != what["service"]:
        given = {name: value for name, value in given.items() if name not in OF_A_SERVICE}
    drop, add = request.args.get("drop", type=int), request.args.get("add", "")
    rows = list(what.rows)
    if drop is not None and 0 <= drop < len(rows):
        del rows[drop]
    elif add in ("and", "or"):
        rows = [row for row in rows if not row.blank]
        rows.append(Row(join=add))
    elif "go" in request.args:
        rows = [row for row in rows if not row.blank]
    else:
        return None
    return Asked(given, rows, ())


def _more(what: Asked) -> list[Row]:
    """An empty condition to begin with."""
    return [] if what.rows else [Row()]


def _sorted_by(what: Asked, search: Any, order: Order) -> str:
    """The address of the list sorted so, the other way round if it already is."""
    turned = order is search.order and not what["turned"]
    return address(what, sort=None if order is Order.STARTED else order, turned="1" if turned else None)
