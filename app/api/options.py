"""What one may do with a resource of the dialect: OPTIONS, answered with links."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.lists import saved_filters
from app.api.openapi import OBJECT
from app.api.replies import identifier, reply
from app.domain.people.access import Actor
from app.http.transaction import Unit, unit

blueprint = Blueprint("options", __name__, url_prefix="/engine-rest", description="What one may do")
Links = tuple[tuple[str, str, str], ...]
"""(method, what follows the path, the dialect's name of it)."""
LIST: Links = (("GET", "", "list"), ("GET", "/count", "count"))
CREATE: Links = (("POST", "/create", "create"),)
SELF: Links = (("GET", "", "self"),)
CHANGE: Links = (("PUT", "", "update"), ("DELETE", "", "delete"))
RUN: Links = tuple(("GET", f"/{name}", name) for name in ("singleResult", "list", "count"))


def _everybody(links: Links) -> Callable[[Actor], Links]:
    return lambda _: links


def _administrators(links: Links, more: Links) -> Callable[[Actor], Links]:
    return lambda actor: links + more if actor.administrator else links


ALLOWED: Mapping[str, Callable[[Actor], Links]] = {
    "/authorization": _everybody((*LIST, ("GET", "/check", "check"))),
    "/authorization/<name>": _everybody(SELF),
    "/filter": _everybody(LIST + CREATE),
    "/group": _administrators(LIST, CREATE),
    "/group/<name>": _administrators(SELF, CHANGE),
    "/group/<name>/members": _everybody(()),
    "/tenant": _everybody(LIST),
    "/tenant/<name>": _everybody(SELF),
    "/tenant/<name>/user-members": _everybody(()),
    "/tenant/<name>/group-members": _everybody(()),
    "/user": _administrators(LIST, CREATE),
    "/user/<name>": _administrators((("GET", "/profile", "self"),), (("DELETE", "", "delete"),)),
}
"""Whoever holds which role, and where, is changed under `/api`."""


def _answer(links: Links) -> Response:
    return reply(
        {"links": [{"method": method, "href": request.base_url + end, "rel": rel} for method, end, rel in links]}
    )


def _view(allowed: Callable[[Actor], Links]) -> Callable[..., Response]:
    def view(**_: Any) -> Response:
        return _answer(allowed(unit().actor))

    return view


for _path, _allowed in ALLOWED.items():
    blueprint.add_url_rule(
        _path,
        _path.strip("/").replace("/", "_").replace("-", "_"),
        blueprint.doc(summary="What one may do with it", **OBJECT)(_view(_allowed)),
        methods=["OPTIONS"],
    )


@blueprint.route("/filter/<filter_id>", methods=["OPTIONS"])
@blueprint.doc(**OBJECT)
def of_filter(filter_id: str) -> Response:
    """What one may do with a filter: run it, and change it if it is one's own"""
    u: Unit = unit()
    row = saved_filters.filter_for(u.session, u.actor, identifier(filter_id, "Filter"))
    return _answer(SELF + RUN + (CHANGE if row.user_id == u.actor.user_id else ()))
