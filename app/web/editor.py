"""Editing models and their forms in the browser, and saving them as a new version."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.models import catalogue, editing
from app.actions.models.contents import Entries
from app.actions.models.editing import Edited
from app.actions.models.naming import title_of
from app.domain.terms.calendar import Text
from app.errors import Conflict, Invalid, ModelRejected
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Definition
from app.web.done import said_next
from app.web.pages import language, page, say
from app.web.words.editor import EDITOR
from app.web.words.form_editor import FORM_EDITOR

blueprint = Blueprint("editor", __name__, url_prefix="/models")
KEY = re.compile(r"[A-Za-z_][\w.-]{0,99}", re.ASCII)
NEW, LONGEST = "new", 200


@blueprint.get("/new")
def new() -> Response:
    """Of which organisation a new model is, and what it is called."""
    return _new({}, None)


def _new(given: Mapping[str, str], problem: str | None, status: int = 200) -> Response:
    u = unit()
    return page(
        "model_new.html",
        status,
        organisations=catalogue.organisations(u.session, u.actor),
        given=given,
        problem=problem,
        longest=LONGEST,
    )


@blueprint.post("/new")
def begin() -> Answer:
    """To the editor, with the template of a procedure."""
    u, given = unit(), {name: request.form.get(name, "").strip() for name in ("organisation", "key", "name")}
    if not KEY.fullmatch(given["key"]) or not _is_name(given["name"]):
        return _new(given, say("model-new-wrong"), 400)
    editing.require_organisation(u.session, u.actor, given["organisation"])
    try:
        editing.skeleton(u.session, u.actor, given["organisation"], given["key"], given["name"])
    except Conflict as taken:
        return _new(given, taken.words.get(language()), 409)
    named: dict[str, Any] = dict(given)
    return redirect(url_for(".edited", definition_id=NEW, **named), 303)


def _is_name(name: str) -> bool:
    return bool(name) and len(name) <= LONGEST and name.isprintable()


@blueprint.get("/<definition_id>/edit")
def edited(definition_id: str) -> Response:
    """The editor, with a version of a process or with the template."""
    u = unit()
    if definition_id == NEW:
        given = _asked()
        xml = editing.skeleton(u.session, u.actor, given["organisation"], given["key"], given["name"])
        return _editor(NEW, None, given["organisation"], Text(*[given["name"]] * 3), xml)
    definition, xml = editing.opened(u.session, u.actor, definition_id)
    return _editor(definition_id, definition, definition.tenant_id, title_of(definition), xml)


def _editor(definition_id: str, definition: Definition | None, tenant: str | None, title: Text, xml: str) -> Response:
    found, lang = editing.choices(unit().session, tenant), language()
    given = {
        "xml": xml,
        "words": _words(EDITOR),
        "roles": [{"key": key, "name": name.get(lang)} for key, name in found.roles.items()],
        "forms": found.forms,
        "decisions": found.decisions,
        "processes": found.processes,
        "delegates": found.delegates,
        "form": _here(".form_edited", definition_id, form_id="FORM"),
    }
    places = _addresses(definition_id, tenant)
    return page("model_edit.html", definition=definition, title=title, given=given, **places)


@blueprint.get("/<definition_id>/forms/<form_id>/edit")
def form_edited(definition_id: str, form_id: str) -> Response:
    """The editor of a form; one that is not there yet begins empty."""
    u = unit()
    if not KEY.fullmatch(form_id):
        raise Invalid(f"'{form_id}' cannot be the id of a form")
    if definition_id == NEW:
        tenant = _asked()["organisation"]
        editing.require_organisation(u.session, u.actor, tenant)
        return _form_editor(NEW, None, tenant, form_id, None)
    definition = editing.require_base(u.session, u.actor, definition_id)
    source = editing.form_of(u.session, definition, form_id)
    return _form_editor(definition_id, definition, definition.tenant_id, form_id, source)


def _form_editor(
    definition_id: str, definition: Definition | None, tenant: str | None, form_id: str, source: str | None
) -> Response:
    given = {"source": source, "id": form_id, "words": _words(FORM_EDITOR | EDITOR)}
    places = _addresses(definition_id, tenant)
    return page("model_form.html", definition=definition, form_id=form_id, given=given, **places)


@blueprint.post("/<definition_id>/findings")
def findings(definition_id: str) -> Answer:
    """What is wrong with the texts that are sent, in the language of the person: {xml, forms}."""
    u = unit()
    found = editing.inspect(u.session, u.actor, _sent(definition_id), u.now)
    return jsonify(findings=_told(found))


@blueprint.post("/<definition_id>/edit")
def save(definition_id: str) -> Answer:
    """Deploy the texts that are sent, {xml, forms, comment, over}; answers where the new version is."""
    u = unit()
    definition = editing.save(u.session, u.actor, _sent(definition_id), u.now)
    answer = jsonify(next=url_for("web.models.shown", definition_id=definition.id))
    return said_next(answer, "model-saved", version=str(definition.version))


@blueprint.errorhandler(ModelRejected)
def _rejected(error: ModelRejected) -> Answer:
    """With the findings: the editor shows them at the elements."""
    found = error.details.get("findings", {}) if isinstance(error.details, dict) else {}
    return make_response({"what": say("model-refused"), "do": "", "said": None, "findings": _told(found)}, 400)


@blueprint.errorhandler(Conflict)
def _stale(error: Conflict) -> Answer:
    """Somebody was faster: where the other version is, and what the two differ in."""
    words = error.words.get(language(), error.message)
    newest = error.details.get("newest") if isinstance(error.details, dict) else None
    if request.method == "GET" or newest is None:
        return page("error.html", 409, key="error-conflict", said=words)
    here = request.view_args["definition_id"] if request.view_args else ""
    theirs = url_for("web.models.shown", definition_id=newest)
    difference = f"{url_for('web.models.shown', definition_id=here)}/difference?with={newest}" if here != NEW else None
    return make_response({"what": words, "do": "", "newest": newest, "theirs": theirs, "difference": difference}, 409)


def _sent(definition_id: str) -> Edited:
    """The texts of the editor. Raises Invalid for what is none."""
    u, body = unit(), json_body()
    xml, forms, comment, over = (body.get(name) for name in ("xml", "forms", "comment", "over"))
    forms = {} if forms is None else forms
    texts = [one for one in (xml, comment, over) if one is not None]
    if not isinstance(forms, dict) or not all(isinstance(one, str) for one in [*texts, *forms.values()]):
        raise Invalid("xml, comment and over are texts, forms are texts by their ids")
    if any("\0" in one for one in texts) or not all(KEY.fullmatch(one) for one in forms):
        raise Invalid("a text holds a character that is not allowed, or a form has no usable id")
    sent: dict[str, Any] = {"xml": xml, "forms": forms, "comment": comment or "", "over": over}
    if definition_id == NEW:
        given = _asked()
        editing.require_organisation(u.session, u.actor, given["organisation"])
        return Edited(given["key"], given["organisation"], None, **sent)
    base = editing.require_base(u.session, u.actor, definition_id)
    return Edited(base.key, base.tenant_id, base, **sent)


def _asked() -> dict[str, str]:
    """What the address says of a new model. Raises Invalid."""
    given = {name: request.args.get(name, "").strip() for name in ("organisation", "key", "name")}
    if not KEY.fullmatch(given["key"]) or not _is_name(given["name"]):
        raise Invalid("a new model has an organisation, a key and a name")
    return given


def _here(endpoint: str, definition_id: str, **more: str) -> str:
    """The address of something beside the editor; that of a new model keeps what the model is."""
    asked: dict[str, Any] = _asked() if definition_id == NEW else {}
    return url_for(endpoint, definition_id=definition_id, **{**more, **asked})


def _addresses(definition_id: str, tenant: str | None) -> dict[str, Any]:
    """Where the editors send, and the name of the draft that both share."""
    key = f"/{tenant}/{request.args.get('key', '')}" if definition_id == NEW else ""
    return {
        "save_at": _here(".edited", definition_id),
        "findings_at": _here(".findings", definition_id),
        "kept_as": f"model/{unit().actor.user_id}/{definition_id}{key}",
    }


def _told(findings: Mapping[str, Entries]) -> list[dict[str, Any]]:
    """Findings in the language of the person."""
    lang = language()
    return [
        {
            "file": file,
            "severity": entry["severity"],
            "element": entry["elementId"],
            "name": entry["elementName"],
            "message": entry["message"][lang],
            "hint": entry["hint"][lang],
        }
        for file, entries in findings.items()
        for entry in entries
    ]


def _words(words: Mapping[str, Text]) -> dict[str, str]:
    return {english: text.get(language()) for english, text in words.items()}
