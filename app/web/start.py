"""Starting a case: the choice of the service, and its application form."""

from itertools import groupby
from uuid import UUID, uuid4

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.forms import start_forms
from app.domain.terms.calendar import Text
from app.http.bodies import json_body
from app.http.transaction import unit
from app.web.pages import language, page
from app.web.words.documents import UPLOAD
from app.web.words.form_viewer import FORM_VIEWER

blueprint = Blueprint("start", __name__, url_prefix="/start")


@blueprint.get("")
def listed() -> Response:
    """The services that the person may start, by act, and apart those that he may not."""
    u, text = unit(), request.args.get("q", "").strip()
    found = start_forms.services(u.session, u.actor, u.now, text)
    opened = [one for one in found if one.closed is None]
    acts = [(group[0].act, group) for _, rows in groupby(opened, _act_id) for group in [list(rows)]]
    often = [one for one in opened if one.favourite]
    return page(
        "start.html",
        text=text,
        favourites=[] if text or len(often) == len(opened) else often,
        acts=acts,
        closed=[(why, list(rows)) for why, rows in groupby(sorted(found, key=_why_closed), _closed) if why],
        several=len({one.tenant for one in found}) > 1,
    )


def _closed(one: start_forms.Startable) -> Text | None:
    return one.closed


def _why_closed(one: start_forms.Startable) -> str:
    return "" if one.closed is None else one.closed.kk


def _act_id(one: start_forms.Startable) -> str | None:
    return None if one.act is None else one.act["id"]


@blueprint.get("/<tenant>/<key>")
def opened(tenant: str, key: str) -> Response:
    """The application form of a service; each that is opened has a key of its own, by which it starts one case only."""
    u = unit()
    return page(
        "start_form.html",
        form=start_forms.start_form(u.session, u.actor, tenant, key, language(), u.now),
        begin_at=url_for(".begun", tenant=tenant, key=key, form_id=uuid4()),
        kept_as=f"{u.actor.user_id}/{tenant}/{key}",
        viewer_words={english: text.get(language()) for english, text in (FORM_VIEWER | UPLOAD).items()},
    )


@blueprint.post("/<tenant>/<key>/<uuid:form_id>")
def begun(tenant: str, key: str, form_id: UUID) -> Answer:
    """Start the case with the data of the form, JSON by field; answers where its receipt is. Sent again, the same."""
    u, given = unit(), json_body() if request.is_json else {}
    case_id = start_forms.begin(u.session, u.actor, tenant, key, form_id, given, u.now)
    receipt = url_for("web.cases.receipted", case_id=case_id)
    return jsonify(next=receipt) if request.is_json else redirect(receipt, 303)
