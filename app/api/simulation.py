"""`/api/simulation`: a case played through on a clock of its own; the commands come with each request, nothing is kept."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.trial import scene
from app.actions.trial.longest import SECONDS, longest
from app.actions.trial.longest_words import in_words
from app.actions.trial.playing import Play, Stage, moment_in, play, stage, stage_of_files
from app.api.errors import asked_language
from app.api.openapi import OBJECT, taken
from app.api.replies import reply, text_in
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit

PLAYED = {
    "definitionId": "string",
    "files": "object",
    "process": "string",
    "tenantId": "string",
    "start": "string",
    "event": "string",
    "values": "object",
    "commands": "array",
}
FILES_LIMIT = 100

blueprint = Blueprint("simulation", __name__, url_prefix="/api/simulation", description="Models played through")


@blueprint.route("", methods=["POST"])
@blueprint.doc(**taken(PLAYED), **OBJECT)
def played() -> Response:
    """Where a case stands after the commands: of a deployed version, or of files among what is deployed."""
    body = json_body()
    on = _stage(body)
    what = Play(
        moment_in(body.get("start"), on),
        _object(body, "values"),
        text_in(body, "event"),
        _commands(body),
    )
    return reply(scene.scene(play(on, what), asked_language()))


@blueprint.route("/longest", methods=["POST"])
@blueprint.doc(**taken({name: kind for name, kind in PLAYED.items() if name not in ("event", "values", "commands")}))
@blueprint.doc(**OBJECT)
def longest_ways() -> Response:
    """The longest way to each end by the terms of the steps, from a moment."""
    body = json_body()
    on, lang = _stage(body), asked_language()
    found = longest(on, moment_in(body.get("start"), on), SECONDS)
    return reply({**scene.longest_out(found, lang), "inWords": in_words(found, lang)})


def _stage(body: Mapping[str, Any]) -> Stage:
    u, tenant = unit(), text_in(body, "tenantId")
    definition = text_in(body, "definitionId")
    if definition is not None:
        return stage(u.session, u.actor, definition, tenant)
    files = _object(body, "files")
    if not files or len(files) > FILES_LIMIT or not all(isinstance(content, str) for content in files.values()):
        raise Invalid(f"definitionId is needed, or from 1 to {FILES_LIMIT} files: an object of names and texts")
    sources = {name: content.encode(errors="replace") for name, content in files.items()}
    return stage_of_files(u.session, u.actor, sources, text_in(body, "process"), tenant, u.now)


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name) or {}
    if not isinstance(found, dict):
        raise Invalid(f"{name} must be an object")
    return found


def _commands(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get("commands") or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Invalid("commands must be a list of objects")
    return found
