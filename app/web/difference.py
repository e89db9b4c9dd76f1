"""What changed from one version of a process to another: both diagrams, and the same in words."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as Answer

from app.actions.models.catalogue import version
from app.actions.models.differences import Compared, compare, drawn, versions_like
from app.actions.models.sides import Side
from app.domain.in_words.model_words import kind_of
from app.domain.in_words.part_words import kind_of_part
from app.domain.models.difference import PROCESS, Change
from app.domain.refusals.edition_refusals import dates_of
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import NotFound
from app.http.transaction import unit
from app.web.pages import language, page

blueprint = Blueprint("difference", __name__, url_prefix="/models/<definition_id>/difference")
SIDES = BEFORE, AFTER = "before", "after"
GONE, NEW = (Change.REMOVED, Change.CHANGED, Change.MOVED), (Change.ADDED, Change.CHANGED, Change.MOVED)


@blueprint.get("")
def shown(definition_id: str) -> Response:
    """Two versions side by side; without `with` the version and the one before it."""
    u = unit()
    own = version(u.session, u.actor, definition_id)
    versions = versions_like(u.session, own)
    former = next((one.id for one in versions if one.version < own.version), own.id)
    other = version(u.session, u.actor, request.args.get("with") or former)
    compared = compare(u.session, own, other)
    return page(
        "difference.html",
        own=own,
        other=other,
        versions=versions,
        compared=compared,
        sides=zip(SIDES, (compared.before, compared.after), strict=True),
        dated={side.definition.id: _dated(side) for side in (compared.before, compared.after)},
        kind_of=kind_of,
        kind_of_part=kind_of_part,
        whole=PROCESS,
    )


def _dated(side: Side) -> Text | None:
    """The edition of a version, and when it is in force."""
    followed = side.edition
    if followed.name is None:
        return None
    return Text(*(f"{followed.name} ({dates_of(followed, lang)})" for lang in LANGUAGES))


@blueprint.get("/drawings/<side>")
def drawing(definition_id: str, side: str) -> Answer:
    """The diagram of one of the two versions as JSON, with the elements to be marked by what happened to them."""
    if side not in SIDES:
        raise NotFound(f"a difference has no side '{side}'")
    u = unit()
    both = [version(u.session, u.actor, one) for one in (definition_id, request.args.get("with", ""))]
    compared = compare(u.session, *both)
    own, kinds = (compared.before, GONE) if side == BEFORE else (compared.after, NEW)
    return jsonify(xml=drawn(own, language()), walked=[], here=[], done=[], open=[], marked=_marked(compared, kinds))


def _marked(compared: Compared, kinds: tuple[Change, ...]) -> dict[str, list[str]]:
    found = [one.difference for one in compared.elements]
    return {kind.value: [one.element for one in found if one.change is kind] for kind in kinds}
