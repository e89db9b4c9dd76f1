"""The bell: what a person is told of."""

from datetime import date
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.people import notices
from app.actions.people.notices import Shown
from app.actions.terms.calendars import DEFAULT, calendar_of
from app.actions.terms.moved_terms import of_holder
from app.domain.in_words.days_in_words import day_in_words
from app.domain.people.notices import Kind
from app.domain.terms.calendar import ONE_DAY
from app.http.transaction import unit
from app.web.pages import language, page, say
from app.web.paging import first_asked, pages

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
PAGE = 30


@blueprint.get("")
def listed() -> Response:
    """The notices of the person, the newest first, by days."""
    u = unit()
    before = request.args.get("before", type=int)
    found = notices.listed(u.session, u.actor, before, PAGE + 1)
    today = u.now.astimezone(DEFAULT.tz).date()
    return page(
        "notices.html",
        days=[(_day(day, today), list(shown)) for day, shown in groupby(found[:PAGE], _day_of)],
        unread=any(one.unread for one in found) or notices.unread(u.session, u.actor),
        before=before,
        older=found[PAGE - 1].id if len(found) > PAGE else None,
    )


def _day_of(shown: Shown) -> date:
    return shown.at.date()


def _day(day: date, today: date) -> str:
    if day in (today, today - ONE_DAY):
        return say("day-today" if day == today else "day-yesterday")
    return day_in_words(day, language(), year=day.year != today.year)


@blueprint.get("/unread")
def unread() -> Response:
    """How many are not read, for the bell of an open page."""
    u = unit()
    return page("_notices_unread.html", count=notices.unread(u.session, u.actor), counted=notices.COUNTED)


@blueprint.post("/read")
def read_all() -> Answer:
    """Mark all as read."""
    u = unit()
    notices.read_all(u.session, u.actor, u.now)
    return redirect(url_for(".listed"), 303)


@blueprint.get("/calendar/<uuid:change_id>")
def moved_terms(change_id: UUID) -> Response:
    """The tasks of the person whose terms a change of the calendar has moved."""
    u, first = unit(), first_asked()
    changed, rows = of_holder(u.session, u.actor, change_id, first, PAGE + 1)
    zone = calendar_of(u.session, changed.tenant_id).tz
    return page(
        "moved_terms.html",
        changed=changed,
        rows=rows[:PAGE],
        zone=zone,
        address_of=lambda one: url_for("web.task.shown", task_id=one.task),
        pages=pages(first, len(rows), PAGE, ".moved_terms", change_id=change_id),
    )


@blueprint.get("/<int:notice_id>")
def opened(notice_id: int) -> Answer:
    """Read one: to its task, its case, the tasks of the team or the absence; what the person may no longer see says so."""
    u = unit()
    found = notices.read(u.session, u.actor, notice_id, u.now)
    if found.absence is not None:
        return redirect(url_for("web.settings.shown", _anchor="absence"), 303)
    if found.change is not None:
        return redirect(url_for(".moved_terms", change_id=found.change), 303)
    if found.task is not None:
        return redirect(url_for("web.task.shown", task_id=found.task), 303)
    if found.case is not None:
        return redirect(url_for("web.cases.shown", case_id=found.case), 303)
    if found.team is not None:
        late = 1 if found.kind is Kind.TEAM_OVERDUE else None
        return redirect(url_for("web.team.listed", organisation=found.team, late=late), 303)
    return page("notice_gone.html")
