"""Playing a deployed model through: its diagram with tokens, what waits and why until when, and the longest way.

The browser keeps the list of commands and sends it with each one; the server plays them anew and keeps nothing.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.actions.models import catalogue
from app.actions.trial import scene
from app.actions.trial.longest import SECONDS, Longest, longest
from app.actions.trial.longest_words import in_words, way_in_words
from app.actions.trial.playing import Play, Stage, follow, moment_in, play, resolved, stage
from app.actions.trial.simulation import Simulation
from app.domain.terms.calendar import Text
from app.errors import AppError, Invalid
from app.http.bodies import json_object
from app.http.transaction import Unit, unit
from app.store.tables import Definition
from app.web.pages import language, page

blueprint = Blueprint("simulation", __name__, url_prefix="/models/<definition_id>/simulate")
PLAYED_LIMIT = 500_000
"""Characters of what the browser keeps of a simulation."""
GIVEN = "given"
BACK = "back"


@blueprint.get("")
def opened(definition_id: str) -> Response:
    """What is asked before a case begins."""
    on = _stage(definition_id, request.args.get("tenant") or None)
    return _page(definition_id, on, None, None)


@blueprint.post("")
def played(definition_id: str) -> Response:
    """The case after one more command; one that cannot be carried out is told and left out."""
    form = request.form
    kept = _kept(form["play"]) if "play" in form else _begun(form)
    on = _stage(definition_id, kept["tenant"])
    commands = kept["commands"]
    command = form.get("command")
    if command == BACK:
        del commands[-1:]
    try:
        simulation = play(on, Play(moment_in(kept["at"], on), kept["values"], kept["event"], commands))
    except AppError as error:
        return _page(definition_id, on, kept, None, _said(error))
    if command in (None, "", BACK):
        return _page(definition_id, on, kept, simulation)
    copy = simulation.copy()
    try:
        told = resolved(copy, *_told_by(form, json_object(command or "")))
        follow(copy, told)
    except AppError as error:
        return _page(definition_id, on, kept, simulation, _said(error))
    return _page(definition_id, on, {**kept, "commands": [*commands, told]}, copy)


@blueprint.get("/diagram")
def drawn(definition_id: str) -> Response:
    """The diagram of the model or of one that it calls, as `diagram-view` takes it; where the case stands is on the page."""
    on = _stage(definition_id, None)
    xml = scene.diagram(on, request.args.get("process") or on.played.process.id, language())
    return jsonify(xml=xml, walked=[], here=[], done=[], open=[])


@blueprint.get("/longest")
def longest_way(definition_id: str) -> Response:
    """The longest way to each end from a moment."""
    on = _stage(definition_id, request.args.get("tenant") or None)
    found = longest(on, moment_in(request.args.get("at"), on), SECONDS)
    return page("simulation_longest.html", longest=_told(found), definition_id=definition_id)


def _told_by(form: Mapping[str, str], command: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A command with what the fields of the page add to it, and the values that were given for its step: none beside one of
    its ways, which has values of its own."""
    if command.get("do") == "set":
        return {**command, "values": _given(form, {"case": 0, "token": 0})}, {}
    if command.get("do") == "wait" and "until" in command:
        return {**command, "until": form.get("until")}, {}
    if command.get("do") == "fail" and not command.get("code"):
        return {**command, "code": form.get(f"code|{command.get('case')}|{command.get('token')}", "")}, {}
    return command, {} if "option" in command else _given(form, command)


def _told(found: Longest) -> dict[str, Any]:
    lang = language()
    ways = scene.longest_out(found, lang)["ways"]
    words = [way_in_words(one, lang) for one in found.ways]
    return {"ways": list(zip(ways, words, strict=True)), "words": in_words(found, lang)}


def _stage(definition_id: str, tenant: str | None) -> Stage:
    u = unit()
    return stage(u.session, u.actor, definition_id, tenant)


def _begun(form: Mapping[str, str]) -> dict[str, Any]:
    given = _given(form, {"case": 0, "token": 0})
    event = form.get("event") or None
    return {"at": form.get("at"), "tenant": form.get("tenant") or None, "values": given, "event": event, "commands": []}


def _kept(text: str) -> dict[str, Any]:
    """What the browser has kept. Raises Invalid for what none has."""
    if len(text) > PLAYED_LIMIT:
        raise Invalid("the simulation has become too long")
    kept = json_object(text)
    commands, values = kept.get("commands"), kept.get("values")
    known = isinstance(commands, list) and isinstance(values, dict) and all(isinstance(one, dict) for one in commands)
    texts = all(isinstance(kept.get(name), str | None) for name in ("tenant", "event"))
    if not known or not texts:
        raise Invalid("this is no simulation")
    return {"tenant": kept.get("tenant"), "event": kept.get("event"), "at": kept.get("at"), **_lists(commands, values)}


def _lists(commands: Any, values: Any) -> dict[str, Any]:
    return {"commands": list(commands), "values": dict(values)}


def _given(form: Mapping[str, str], command: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen and written for a step: JSON where it is, else text; an empty one is not given."""
    start = f"{GIVEN}|{command.get('case')}|{command.get('token')}|"
    found: dict[str, Any] = {}
    for field, text in form.items():
        if field.startswith(start) and text:
            name = field.removeprefix(start)
            if name:
                found[name] = _value(text)
            else:
                found |= json_object(text)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _choice(u: Unit, definition: Definition | None) -> Mapping[str, Text]:
    """The organisations among whose calendars one is chosen, where the model is common to all."""
    common = definition is not None and definition.tenant_id is None
    return catalogue.organisations(u.session, u.actor) if common else {}


def _tomorrow(simulation: Simulation | None) -> str | None:
    """The same hour of the next day, as a field of a page has it."""
    if simulation is None:
        return None
    local = simulation.now.astimezone(simulation.world.calendar.tz).replace(tzinfo=None)
    return (local + timedelta(days=1)).isoformat(timespec="minutes")


def _said(error: AppError) -> str:
    return error.words.get(language(), error.message)


def _page(
    definition_id: str,
    on: Stage,
    kept: Mapping[str, Any] | None,
    simulation: Simulation | None,
    failed: str | None = None,
) -> Response:
    u = unit()
    now = u.now.astimezone(on.world.calendar.tz)
    at = now.replace(second=0, microsecond=0) if kept is None else moment_in(kept["at"], on)
    local = at.astimezone(on.world.calendar.tz).replace(tzinfo=None)
    definition = on.played.definition
    shown = None if simulation is None else scene.scene(simulation, language())
    return page(
        "simulation.html",
        definition_id=definition_id,
        definition=definition,
        opening=scene.opening(on, at, language()),
        begin_at=local.isoformat(timespec="minutes"),
        kept=kept,
        shown=shown,
        diagrams=scene.diagrams(on, language()),
        failed=failed,
        organisations=_choice(u, definition),
        tenant=on.world.tenant,
        tomorrow=_tomorrow(simulation),
    )
