"""One's own settings, and the absences that a head or an administrator keeps."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.notifying import wishes
from app.actions.people import absence_lists, absences
from app.actions.people.absences import Asked, Colleague
from app.actions.terms.calendars import calendar_of
from app.domain import refusals
from app.domain.refusals import absence_refusals
from app.errors import AppError, Conflict, Forbidden, Invalid
from app.http.transaction import unit
from app.web.done import said_next
from app.web.pages import THEMES, language, page, say

blueprint = Blueprint("settings", __name__)
OWN, PAGE, MOST = 10, 50, 10_000
FIELDS = ("person", "deputy", "first", "last", "order")


@blueprint.get("/settings")
def shown() -> Response:
    """Language, appearance, letters, one's own absences."""
    return _settings({}, None)


@blueprint.post("/settings/mail")
def choose_mail() -> Answer:
    """Choose what comes by e-mail."""
    u = unit()
    try:
        wishes.choose(
            u.session,
            u.actor,
            _text("email"),
            _text("letters"),
            [one.replace("\0", "") for one in request.form.getlist("kind")],
        )
    except Invalid as refused:
        return _settings({}, None, refused)
    return said_next(redirect(url_for(".shown", _anchor="mail"), 303), "mail")


@blueprint.post("/settings/absences")
def enter_own() -> Answer:
    """Enter an absence of one's own."""
    if (refused := _entered(unit().actor.user_id)) is not None:
        return _settings(request.form, refused)
    return said_next(redirect(url_for(".shown", _anchor="absence"), 303), "absence")


def _mail(refused: AppError | None) -> dict[str, Any] | None:
    """What the form of letters shows; None: no letters are written here."""
    u = unit()
    if current_app.extensions["settings"].mail is None:
        return None
    email, wanted = wishes.of_person(u.session, u.actor)
    chosen: set[str] = set(wanted.kinds)
    lang = wanted.language
    if refused is not None:
        email, lang, chosen = _text("email"), _text("letters"), set(request.form.getlist("kind"))
    return {
        "email": email,
        "lang": lang,
        "kinds": [(kind.value, kind.value in chosen) for kind in wishes.kinds_for(u.actor)],
        "problem": None if refused is None else refused.words.get(language(), refused.message),
    }


def _settings(given: Mapping[str, str], refused: AppError | None, mail_refused: AppError | None = None) -> Response:
    u = unit()
    places = absences.organisations(u.session, u.actor, led=False)
    tenant = _chosen([tenant for tenant, _ in places])
    rows = absence_lists.of_person(u.session, u.actor, u.now, 0, OWN)
    return page(
        "settings.html",
        _status(refused or mail_refused),
        themes=THEMES,
        mail=_mail(mail_refused),
        own=[row for row in rows if row.absence.user_id == u.actor.user_id],
        others=[row for row in rows if row.absence.user_id != u.actor.user_id],
        leads=u.actor.administrator or bool(absences.led_by(u.actor)),
        **_form(tenant, given, refused, u.actor.user_id),
        places=places,
    )


@blueprint.get("/absences")
def listed() -> Response:
    """The absences of an organisation."""
    return _organisation({}, None)


@blueprint.post("/absences")
def enter() -> Answer:
    """Enter an absence of somebody of the organisation."""
    if (refused := _entered(_text("person"))) is not None:
        return _organisation(request.form, refused)
    return said_next(redirect(url_for(".listed", organisation=_text("organisation")), 303), "absence")


@blueprint.post("/absences/<uuid:absence_id>/end")
def end(absence_id: UUID) -> Answer:
    """End an absence, or call it off; then back to where one was."""
    u = unit()
    ended = absences.end(u.session, u.actor, absence_id, u.now)
    if request.form.get("back") == "listed":
        return said_next(redirect(url_for(".listed", organisation=ended.tenant_id), 303), "absence-end")
    return said_next(redirect(url_for(".shown", _anchor="absence"), 303), "absence-end")


def _organisation(given: Mapping[str, str], refused: AppError | None) -> Response:
    u = unit()
    places = absences.organisations(u.session, u.actor, led=True)
    tenant = _chosen([tenant for tenant, _ in places])
    if tenant is None:
        raise refusals.of(Forbidden, absence_refusals.NOT_YOURS)
    first = min(max(request.args.get("from", 0, int), 0), MOST)
    found = absence_lists.of_organisation(u.session, u.actor, tenant, u.now, first, PAGE + 1)
    return page(
        "absences.html",
        _status(refused),
        rows=found[:PAGE],
        previous=max(first - PAGE, 0) if first else None,
        following=first + PAGE if len(found) > PAGE else None,
        **_form(tenant, given, refused),
        places=places,
    )


def _chosen(tenants: list[str]) -> str | None:
    """The organisation that the page or the form is about: the one asked for if it is among these, else the first."""
    asked = request.values.get("organisation")
    return asked if asked in tenants else next(iter(tenants), None)


def _form(
    tenant: str | None, given: Mapping[str, str], refused: AppError | None, person: str | None = None
) -> dict[str, Any]:
    """What the form of an absence shows. given: what was entered before it was refused; person: whose it is, None: the form
    asks for that, too."""
    u = unit()
    staff = [] if tenant is None else absences.staff(u.session, u.actor, tenant)
    today = None if tenant is None else u.now.astimezone(calendar_of(u.session, tenant).tz).date()
    by_role = _by_role(staff)
    return {
        "tenant": tenant,
        "choices": {"person": by_role, "deputy": by_role} if person is None else {"deputy": _deputies(staff, person)},
        "today": today,
        "latest": today and today + absences.LONGEST,
        "longest": absences.ORDER_LIMIT,
        "given": {name: given.get(name, "") for name in FIELDS},
        "me": u.actor.user_id,
        "problem": None if refused is None else refused.words.get(language(), refused.message),
    }


def _by_role(staff: Sequence[Colleague]) -> list[tuple[str, list[Colleague]]]:
    """What people are called who hold the same roles, and they."""

    def role(one: Colleague) -> str:
        return ", ".join(role.get(language()) for role in one.roles)

    return [(name, list(people)) for name, people in groupby(sorted(staff, key=role), role)]


def _deputies(staff: Sequence[Colleague], person: str) -> list[tuple[str, list[Colleague]]]:
    """Those who may act for a person, first those of the same role."""
    held = next((one.groups for one in staff if one.user_id == person), frozenset())
    found = [one for one in staff if one.user_id != person and absences.may_act_for(held, one.groups)]
    alike = [one for one in found if not held.isdisjoint(one.groups)]
    rest = [one for one in found if held.isdisjoint(one.groups)]
    return [(say(key), people) for key, people in (("absence-alike", alike), ("absence-others", rest)) if people]


def _status(refused: AppError | None) -> int:
    return 200 if refused is None else 409 if isinstance(refused, Conflict) else 400


def _entered(person: str) -> AppError | None:
    """Enter what the form says; the refusal, where what it says cannot be."""
    u = unit()
    try:
        asked = Asked(
            tenant=_text("organisation"),
            person=person,
            deputy=_text("deputy"),
            first=_day("first"),
            last=_day("last"),
            order_number=_text("order"),
        )
        absences.enter(u.session, u.actor, asked, u.now)
    except (Invalid, Conflict) as refused:
        return refused
    return None


def _text(name: str) -> str:
    """What a field of the form holds; no id and no number of an order has a NUL."""
    return request.form.get(name, "").replace("\0", "")


def _day(name: str) -> date:
    try:
        return date.fromisoformat(_text(name))
    except ValueError:
        raise refusals.of(Invalid, absence_refusals.DAY_MISSING) from None
