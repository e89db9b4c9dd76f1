"""Many instances mended: those that were ticked in the list, or all that it finds; shown first, then done as a batch."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from app.actions.inspecting import instance_search
from app.actions.inspecting.choices import choices
from app.actions.mending import batches, choosing, looking, trying
from app.actions.mending.acts import Call
from app.actions.mending.batches import MOST, Chosen
from app.actions.mending.checks import require_possible
from app.actions.mending.choosing import Sample
from app.actions.mending.mapping import Proposal
from app.actions.mending.reasons import stated
from app.actions.models.models import model_of
from app.actions.models.naming import title_of
from app.actions.terms.calendars import DEFAULT
from app.domain.ids import new_id
from app.domain.people.administrators import require_administrator
from app.errors import AppError, Conflict, Forbidden
from app.http.transaction import unit
from app.store.batch_lists import at_all
from app.store.listing import uuid_of
from app.store.tables import Definition
from app.web.admin.instance_query import asked as asked_in
from app.web.admin.instance_query import search_of
from app.web.admin.mend_asked import TYPES, WHATS, Read, read
from app.web.admin.mending import drawn_at, mapping_of, rows, told_of
from app.web.pages import page

blueprint = Blueprint("mending_many", __name__, url_prefix="/admin/batches/new")
OF_A_VERSION = ("move", "migrate", "restart")
"""Acts that are of elements of one version."""
NOTHING: Any = {"before": {}, "after": {}}


@blueprint.post("")
def asked() -> Answer:
    """Show what would come of it for the first of them; make the batch, if this was shown and there is a reason."""
    u, what = unit(), request.form.get("what", "")
    require_administrator(u.actor)
    if what not in WHATS:
        return redirect(url_for("web.instances.listed") + _query())
    chosen = _chosen()
    versions = looking.definitions(u.session, chosen) if what in OF_A_VERSION else []
    version = _version(versions)
    if version is not None:
        chosen = choosing.of_version(chosen, version.id)
    if what == "move" and (left := request.form.getlist("element")):
        chosen = at_all(chosen, left)
    samples: list[Sample] = []
    try:
        mapping = _mapping(chosen, version) if what == "migrate" else None
        if what in OF_A_VERSION and "look" not in request.form and "do" not in request.form:
            return _shown(what, chosen, versions, version, mapping)
        if what == "change" and not (request.form.get("name") or request.form.get("new_name")):
            return _shown(what, chosen, versions, version, mapping)
        found = read(
            what,
            _form(what),
            None if version is None else version.id,
            None if mapping is None else mapping.plan,
        )
        if "do" in request.form and request.form.get("seen") == _sign(found):
            call = Call(u.session, u.actor, stated(request.form.get("reason")), u.now)
            batch = trying.tried(u.session, partial(batches.ask, call, found.kind, found.asked, chosen, _mark()))
            return redirect(url_for("web.batches.shown", batch_id=batch.id))
        call = Call(u.session, u.actor, None, u.now)
        require_possible(call, found.kind, found.asked, chosen)
        samples = choosing.samples(call, found.kind, found.asked, chosen)
        u.session.expire_all()
    except Forbidden:
        raise
    except AppError as error:
        return _shown(what, chosen, versions, version, _or_none(chosen, version, what), problem=error)
    return _shown(
        what,
        chosen,
        versions,
        version,
        mapping,
        samples=samples,
        sign=_sign(found),
        anew=bool("do" in request.form and request.form.get("seen")),
    )


def _sign(found: Read) -> str:
    return trying.sign(found.kind, found.asked, NOTHING)


def _form(what: str) -> MultiDict[str, str]:
    """What was entered. Of many, whatever is stuck in each is tried again."""
    return MultiDict() if what == "retry" else request.form


def _mark() -> UUID | None:
    """What the batch will be called, the same each time that the page which was shown is sent."""
    return uuid_of(request.form.get("batch", ""))


def _query() -> str:
    return f"?{request.query_string.decode()}" if request.query_string else ""


def _chosen() -> Chosen:
    """All that the search of the address finds, or those that were ticked."""
    u = unit()
    if "all" not in request.form:
        ids = [uuid_of(text) for text in request.form.getlist("instance")]
        return batches.named([one for one in ids if one is not None])
    given = asked_in(request.args)
    offered = choices(u.session, u.actor, given["service"], given["version"], given["organisation"])
    search = search_of(given, offered, DEFAULT.tz)
    hits = instance_search.found(u.session, u.actor, search, u.now, MOST + 1).subquery()
    return select(hits.c.id.label("subject"), hits.c.id.label("instance_id"))


def _version(versions: list[tuple[Definition, int]]) -> Definition | None:
    """The one that was chosen, else that of the most."""
    wanted = request.form.get("definition")
    return next((one for one, _ in versions if one.id == wanted), versions[0][0] if versions else None)


def _mapping(chosen: Chosen, version: Definition | None) -> Proposal | None:
    target = request.form.get("to")
    if not target or version is None:
        return None
    model = model_of(unit().session, version.id)
    at = {node: number for node, _, number in looking.standing(unit().session, model, chosen, version.id)}
    return mapping_of(version.id, target, at)


def _or_none(chosen: Chosen, version: Definition | None, what: str) -> Proposal | None:
    try:
        return _mapping(chosen, version) if what == "migrate" else None
    except AppError:
        return None


def _shown(
    what: str,
    chosen: Chosen,
    versions: list[tuple[Definition, int]],
    version: Definition | None,
    mapping: Proposal | None,
    *,
    problem: AppError | None = None,
    samples: list[Sample] | None = None,
    sign: str = "",
    anew: bool = False,
) -> Answer:
    u, found = unit(), dict[str, Any]()
    if version is not None:
        model = model_of(u.session, version.id)
        standing = looking.standing(u.session, model, _chosen(), version.id)
        found = {"places": looking.places(model), "rows": rows(), "tokens": [], "standing": standing}
        found |= {"marks": {"before": drawn_at(version.id, here=[node for node, *_ in standing])}}
        if what == "migrate":
            found |= {"versions": looking.versions(u.session, version), "mapping": mapping, "source_id": version.id}
    return page(
        "admin/mend.html",
        200 if problem is None else 409 if isinstance(problem, Conflict) else 400,
        what=what,
        seen=None,
        number=choosing.number(u.session, chosen),
        most=MOST,
        titled=title_of,
        of_versions=versions,
        version=version,
        types=TYPES,
        problem=problem,
        change=None,
        samples=[(one, None if one.change is None else told_of(one.change)) for one in samples or ()],
        sign=sign,
        mark=_mark() or new_id(),
        anew=anew,
        form=request.form,
        back=url_for("web.instances.listed") + _query(),
        here=url_for(".asked") + _query(),
        ids=[] if "all" in request.form else request.form.getlist("instance"),
        **found,
    )
