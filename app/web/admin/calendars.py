"""The calendars of the providers: a year at a glance, what is different in it, and who changed it when."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for

from app.actions.terms import calendar_pages, moved_terms
from app.actions.terms.calendars import DEFAULT
from app.domain import refusals
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import CalendarDay, DayKind, WorkHours
from app.domain.terms.calendar_edits import USUAL_NAMES
from app.domain.terms.calendar_years import months
from app.errors import Invalid
from app.http.transaction import unit
from app.web.pages import language, moment, page, say
from app.web.paging import first_asked, pages
from app.web.words.form_calendar import FORM_CALENDAR

blueprint = Blueprint("calendars", __name__, url_prefix="/admin/calendars")
FIRST_YEAR, LAST_YEAR, PAGE = 2000, 2100, 50
LAST_VERSION = 2**31 - 1
MONTHS, WEEKDAYS = list(FORM_CALENDAR.values())[:12], list(FORM_CALENDAR.values())[12:19]
MARKED = (DayKind.HOLIDAY, DayKind.MOVED_OFF, DayKind.WEEKEND, DayKind.MOVED_WORKING, DayKind.SHORTENED)


@blueprint.get("")
def listed() -> Response:
    """All that the person answers for."""
    u = unit()
    found = calendar_pages.listed(u.session, u.actor)
    return page("admin/calendars.html", found=found, **around())


@blueprint.get("/<tenant>")
def shown(tenant: str) -> Response:
    """A year of one, with the newest versions."""
    u, year = unit(), year_asked()
    before = request.args.get("before", type=int)
    before = None if before is None else min(max(before, 0), LAST_VERSION)
    found = calendar_pages.shown(u.session, u.actor, tenant, before)
    here = found.calendar.local(u.now).date()
    return page(
        "admin/calendar.html",
        found=found,
        calendar=found.calendar,
        year=year,
        months=months(found.calendar, year),
        marked=MARKED,
        today=here,
        moved=moved_terms.counts(u.session, tenant, [one.number for one in found.versions]),
        known=year in found.calendar.years_with_holidays,
        changes=u.actor.administrator,
        of_year=lambda other: url_for(".shown", tenant=tenant, year=other),
        **around(),
    )


@blueprint.get("/<tenant>/versions/<int(max=2147483647):version>")
def moved(tenant: str, version: int) -> Response:
    """The terms that a version has moved."""
    u, first = unit(), first_asked()
    changed, rows = moved_terms.of_version(u.session, u.actor, tenant, version, first, PAGE + 1)
    found = calendar_pages.named(u.session, u.actor, tenant)
    return page(
        "admin/calendar_moves.html",
        found=found,
        title=say("calendar-moved-by", number=version),
        reason=changed.reason,
        rows=rows[:PAGE],
        total=None,
        back=url_for(".shown", tenant=tenant, year=found.calendar.local(changed.at).year, _anchor="versions"),
        address_of=lambda one: _case(one.root),
        pages=pages(first, len(rows), PAGE, ".moved", tenant=tenant, version=version),
        **{**around(), "zone": found.calendar.tz},
    )


def _case(root: UUID) -> str:
    if unit().actor.administrator:
        return url_for("web.instance.deadlines", instance_id=root)
    return url_for("web.cases.shown", case_id=root)


def around() -> dict[str, Any]:
    """What the templates of the calendars need to speak."""
    lang = language()
    return {
        "zone": DEFAULT.tz,
        "month_names": [one.get(lang) for one in MONTHS],
        "weekdays": [one.get(lang) for one in WEEKDAYS],
        "hours_of": hours_of,
        "day_of": day_of,
        "span_of": span_of,
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
    }


def hours_of(hours: WorkHours) -> str:
    """As "09:00–18:30, lunch 13:00–14:30"."""
    open_hours = f"{_clock(hours.opens)}–{_clock(hours.closes)}"
    if hours.lunch is None:
        return open_hours
    return say("calendar-with-lunch", hours=open_hours, lunch="–".join(map(_clock, hours.lunch)))


def day_of(row: CalendarDay | None) -> str:
    """What a day is by its row: its kind, its hours and its name."""
    if row is None:
        return say("calendar-as-week")
    told = say(f"calendar-kind-{row.kind.value}")
    if row.hours is not None:
        told = f"{told} {_clock(row.hours.opens)}–{_clock(row.hours.closes)}"
    return told if row.name == USUAL_NAMES[row.kind] else f"{told}: {row.name.get(language())}"


def span_of(span: tuple[datetime, datetime], zone: ZoneInfo) -> str:
    """From the first to the last of some moments."""
    return " – ".join(dict.fromkeys(moment(at, zone) for at in span))


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def year_asked() -> int:
    """That of the address, else this one. Raises Invalid."""
    given = request.args.get("year") or str(DEFAULT.local(unit().now).year)
    if not given.isascii() or not given.isdigit() or not FIRST_YEAR <= int(given[:9]) <= LAST_YEAR:
        raise refusals.of(Invalid, calendar_refusals.YEAR, first=FIRST_YEAR, last=LAST_YEAR, given=given[:60])
    return int(given)
