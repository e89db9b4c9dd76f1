"""One instance mended: what would come of it is shown first, and is done only as it was shown."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.mending import looking, mapping, trying
from app.actions.mending.acts import Call, Change
from app.actions.mending.batch_pages import in_words
from app.actions.mending.looking import Looked
from app.actions.mending.mapping import Proposal
from app.actions.mending.reasons import stated
from app.actions.models import catalogue
from app.actions.models.models import models_of
from app.actions.running import failures
from app.engine import StepFailed
from app.errors import AppError, Conflict, Forbidden
from app.http.transaction import unit
from app.web.admin.mend_asked import SIMPLE, TYPES, WHATS, read
from app.web.done import said_next
from app.web.pages import language, page, say

blueprint = Blueprint("mending", __name__, url_prefix="/admin/instances/<uuid:instance_id>")
drawings = Blueprint("mending_diagram", __name__, url_prefix="/admin/diagram")
ANY = f"<any({','.join(WHATS)}):what>"
MOST_MARKED = 40


@blueprint.get(f"/{ANY}")
def asked(instance_id: UUID, what: str) -> Response:
    """What is to be filled in; what needs nothing but a reason shows at once what would come of it."""
    seen = looking.one(unit().session, unit().actor, instance_id)
    if what in (*SIMPLE, "retry"):
        return _previewed(seen, what)
    return _shown(seen, what)


@blueprint.post(f"/{ANY}")
def act(instance_id: UUID, what: str) -> Answer:
    """Show what would come of it; or do it, if this was shown and there is a reason."""
    u = unit()
    seen = looking.one(u.session, u.actor, instance_id)
    if "do" not in request.form:
        return _previewed(seen, what)
    try:
        asked = read(what, request.values, seen.definition.id, _plan(seen, what))
        call = Call(u.session, u.actor, stated(request.form.get("reason")), u.now)
        subject = asked.subject or instance_id
        change, done = trying.carry_out(call, asked.kind, asked.asked, subject, request.form.get("seen", ""))
    except Forbidden:
        raise
    except AppError as error:
        if isinstance(error, StepFailed):
            failures.note(u.session, error, u.now)
        return _shown(looking.one(u.session, u.actor, instance_id), what, problem=error)
    if not done:
        return _previewed(seen, what, anew=bool(request.form.get("seen")))
    to = f"/admin/instances/{change['after'].get('instance', instance_id)}"
    told = {side: told_in(facts) for side, facts in told_of(change).items()}
    return said_next(redirect(to), f"mend-{what}", **told)


def _previewed(seen: Looked, what: str, *, anew: bool = False) -> Response:
    """anew: something else would come of it than was shown."""
    u = unit()
    try:
        asked = read(what, request.values, seen.definition.id, _plan(seen, what))
        call = Call(u.session, u.actor, None, u.now)
        change = trying.preview(call, asked.kind, asked.asked, asked.subject or seen.instance.id)
    except Forbidden:
        raise
    except AppError as error:
        return _shown(seen, what, problem=error)
    u.session.expire_all()
    sign = trying.sign(asked.kind, asked.asked, change)
    return _shown(looking.one(u.session, u.actor, seen.instance.id), what, change=change, sign=sign, anew=anew)


def _plan(seen: Looked, what: str) -> Any:
    found = _mapping(seen) if what == "migrate" else None
    return None if found is None else found.plan


def _mapping(seen: Looked) -> Proposal | None:
    """The mapping to the version that was chosen; as it is proposed, until somebody has changed it."""
    target = request.values.get("to")
    if not target:
        return None
    at: dict[str, int] = {}
    for token in looking.tokens(seen):
        at[token.node] = at.get(token.node, 0) + 1
    return mapping_of(seen.definition.id, target, at)


def mapping_of(source: str, target: str, at: Mapping[str, int]) -> Proposal:
    """As the form has it. Raises as `mapping.mapping`."""
    u, form = unit(), request.form
    given = None
    if form.get("mapped") == target:
        given = {name.removeprefix("map."): value for name, value in form.items() if name.startswith("map.")}
    return mapping.mapping(u.session, u.actor, source, target, given, form.getlist("update"), at)


def _shown(
    seen: Looked,
    what: str,
    *,
    problem: AppError | None = None,
    change: Change | None = None,
    sign: str = "",
    anew: bool = False,
) -> Response:
    u = unit()
    found: dict[str, Any] = {}
    match what:
        case "move" | "restart":
            found = {"tokens": looking.tokens(seen), "places": looking.places(seen.model), "rows": rows()}
        case "migrate":
            found = {"versions": looking.versions(u.session, seen.definition), "mapping": _mapping_or_none(seen)}
        case "change":
            held = looking.variables(seen.instance)
            now = next((one for one in held if one.name == request.args.get("name")), None)
            found = {"variables": held, "types": TYPES, "now": now}
        case "retry":
            found = {"stuck": looking.stuck(u.session, seen)}
    return page(
        "admin/mend.html",
        400 if problem is not None and not isinstance(problem, Conflict) else 409 if problem is not None else 200,
        what=what,
        seen=seen,
        problem=problem,
        change=None if change is None else told_of(change),
        marks=marks(seen, change),
        sign=sign,
        anew=anew,
        form=request.values,
        **found,
    )


def _mapping_or_none(seen: Looked) -> Proposal | None:
    try:
        return _mapping(seen)
    except AppError:
        return None


def rows() -> list[tuple[str, str, str]]:
    """(where, at, inside) of the new tokens of a form, and an empty one."""
    form = request.form
    insides = form.getlist("inside")
    given = [
        (where, at, insides[number] if number < len(insides) else "")
        for number, (where, at) in enumerate(zip(form.getlist("where"), form.getlist("at"), strict=False))
        if at
    ]
    return [*given, ("before", request.args.get("at", "") if not given else "", "")]


def told_of(change: Change) -> dict[str, dict[str, Any]]:
    sides = {side: change[side] for side in ("before", "after")}
    models = models_of(unit().session, {one["definition"] for one in sides.values() if "definition" in one})
    return {side: in_words(facts, models) for side, facts in sides.items()}


def told_in(side: Mapping[str, Any]) -> str:
    """Facts in a line, in the language of the person."""
    parts = []
    for name, value in side.items():
        match name:
            case "at":
                parts += [f"«{text.get(language())}»" + (f" ×{number}" if number > 1 else "") for text, number in value]
            case "suspended":
                parts.append(say("fact-suspended" if value else "fact-active"))
            case "ended":
                parts.append(say("fact-ended"))
            case "restarted" if value:
                parts.append(say("fact-restarted", n=value))
            case "stuck":
                parts.append(say("fact-stuck", n=value))
            case "retries":
                parts.append(say("fact-retries", n=value or 0))
            case "variables":
                parts += [f"{key} = {'–' if text is None else text}" for key, text in value.items()]
    return ", ".join(parts) or "–"


def marks(seen: Looked, change: Change | None) -> dict[str, str]:
    """The addresses of the diagrams before and after: of one version both are the same."""
    if change is None:
        at = sorted({token.node for token in looking.tokens(seen)})
        return {"before": drawn_at(seen.definition.id, here=at)}
    before, after = change["before"], change["after"]
    old, new = before.get("at", {}), after.get("at", {})
    source = before.get("definition", seen.definition.id)
    if after.get("definition", source) != source:
        return {"before": drawn_at(source, here=old), "after": drawn_at(after["definition"], here=new)}
    gone = [node for node in old if old[node] > new.get(node, 0)]
    come = [node for node in new if new[node] > old.get(node, 0)]
    return {"before": drawn_at(source, here=[one for one in old if one in new], gone=gone, come=come)}


def drawn_at(definition_id: str, **marked: Any) -> str:
    shown: dict[str, Any] = {name: sorted(nodes)[:MOST_MARKED] for name, nodes in marked.items()}
    return url_for("web.mending_diagram.drawn", definition=definition_id, **shown)


@drawings.get("")
def drawn() -> Answer:
    """A version with tokens that are there, that would go and that would come, as JSON."""
    u, asked = unit(), request.args
    xml = catalogue.diagram(u.session, u.actor, asked.get("definition", ""), language())
    marked = {name: asked.getlist(name) for name in ("gone", "come")}
    return jsonify(xml=xml, walked=[], here=asked.getlist("here"), done=[], open=[], marked=marked)
