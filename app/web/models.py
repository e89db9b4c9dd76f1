"""The models for those who design them: every process, and one version of it with its diagram and what stands in it."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, make_response, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.models import catalogue
from app.actions.models.editions import edition_of
from app.actions.terms.calendars import DEFAULT
from app.domain.refusals.edition_refusals import dates_of
from app.http.transaction import unit
from app.store.model_lists import COUNTED
from app.web.pages import language, page

blueprint = Blueprint("models", __name__, url_prefix="/models")
PAGE, FARTHEST, LONGEST = 30, 10_000, 200


@blueprint.get("")
def listed() -> Response:
    """Every process with its newest version, a page at a time."""
    u, text = unit(), request.args.get("q", "").replace("\0", "").strip()[:LONGEST]
    first = min(max(request.args.get("from", 0, int), 0), FARTHEST)
    found = catalogue.listed(u.session, u.actor, text, first, PAGE + 1)
    return page(
        "models.html",
        rows=found[:PAGE],
        text=text,
        zone=DEFAULT.tz,
        names=catalogue.organisations(u.session, u.actor),
        counted=_counted,
        previous=_from(max(first - PAGE, 0), text) if first else None,
        following=_from(first + PAGE, text) if len(found) > PAGE else None,
    )


def _from(first: int, text: str) -> str:
    place: dict[str, Any] = {"from": first}
    return url_for(".listed", q=text or None, **place)


def _counted(number: int) -> str | int:
    return number if number <= COUNTED else f"{COUNTED}+"


@blueprint.get("/<definition_id>")
def shown(definition_id: str) -> Response:
    """One version of a process."""
    u = unit()
    found = catalogue.shown(u.session, u.actor, definition_id, u.now)
    return page(
        "model.html", model=found, definition=found.definition, zone=DEFAULT.tz, counted=_counted, edition=_edition
    )


def _edition(version: Any) -> str | None:
    """The edition of the act that a version follows, with the days in force that it names."""
    followed = edition_of(version)
    return None if followed.name is None else f"{followed.name} ({dates_of(followed, language())})"


@blueprint.get("/<definition_id>/diagram")
def drawn(definition_id: str) -> Answer:
    """Its diagram in the language of the person, as JSON."""
    u = unit()
    xml = catalogue.diagram(u.session, u.actor, definition_id, language())
    return jsonify(xml=xml, walked=[], here=[], done=[], open=[])


@blueprint.get("/<definition_id>/xml")
def downloaded(definition_id: str) -> Response:
    """Its file, as it was deployed."""
    u = unit()
    definition = catalogue.version(u.session, u.actor, definition_id)
    answer = make_response(catalogue.source_of(u.session, definition))
    answer.mimetype = "application/xml"
    name = quote(definition.resource_name.rpartition("/")[2], safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
