"""A change of a calendar: put together, looked at with what it would move, and made."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists.worklist import names_of
from app.actions.terms import calendar_changes, calendar_pages, moved_terms
from app.actions.terms.case_moves import REASON_LIMIT
from app.domain.people.administrators import require_administrator
from app.domain.terms import holidays_kz
from app.domain.terms.calendar import LANGUAGES, WorkCalendar
from app.domain.terms.calendar_edits import Edit, doubts, edited
from app.domain.terms.calendar_years import difference
from app.domain.terms.term_moves import Move
from app.errors import AppError, Conflict, Invalid
from app.http.transaction import unit
from app.web.admin.calendar_draft import Draft, recalled
from app.web.admin.calendar_forms import AS_WEEK, KINDS, date_of, with_day, with_hours
from app.web.admin.calendars import around, year_asked
from app.web.done import said_next
from app.web.pages import language, page
from app.web.paging import first_asked, pages

blueprint = Blueprint("calendar_changes", __name__, url_prefix="/admin/calendars/<tenant>/change")
PAGE = 50
Change = Callable[[Edit, WorkCalendar], Edit]


@blueprint.get("")
def shown(tenant: str) -> Response:
    """The forms, with what is put together so far."""
    return _forms(tenant)


@blueprint.get("/day")
def day(tenant: str) -> Answer:
    """A day more."""
    year = year_asked()
    return _with(tenant, lambda edit, calendar: with_day(edit, calendar, request.args, year))


@blueprint.get("/hours")
def hours(tenant: str) -> Answer:
    """Other hours."""
    return _with(tenant, lambda edit, _: with_hours(edit, request.args))


@blueprint.get("/holidays")
def holidays(tenant: str) -> Answer:
    """The holidays of the year as the law has them, but for the days of which something is said already."""
    year = year_asked()

    def proposed(edit: Edit, calendar: WorkCalendar) -> Edit:
        rows = [row for row in holidays_kz.seed(year, year) if row.day not in calendar.days]
        return Edit(edit.hours, (*edit.put, *rows), edit.removed)

    return _with(tenant, proposed)


@blueprint.get("/without")
def without(tenant: str) -> Answer:
    """What is said of a day, or of the hours, left out again."""
    found, draft = _asked(tenant)
    left = request.args.get("day")
    draft = (
        draft.with_edit(Edit(None, draft.edit.put, draft.edit.removed))
        if left is None
        else draft.without(date_of(left))
    )
    return redirect(_place(found.tenant, ".shown", draft))


def _with(tenant: str, change: Change) -> Answer:
    """What is put together, changed; refused: beside its form, with what was entered."""
    found, draft = _asked(tenant)
    try:
        edit = change(draft.edit, found.calendar)
        edited(found.calendar, edit)
        return redirect(_place(tenant, ".shown", draft.with_edit(edit), _anchor="draft"))
    except Invalid as refused:
        return _forms(tenant, refused)


def _asked(tenant: str) -> tuple[calendar_pages.Shown, Draft]:
    u = unit()
    require_administrator(u.actor)
    found = calendar_pages.named(u.session, u.actor, tenant)
    text = request.values.get("draft")
    return found, Draft(found.calendar.version) if text is None else recalled(text)


def _place(tenant: str, endpoint: str, draft: Draft, **more: Any) -> str:
    return url_for(endpoint, tenant=tenant, year=year_asked(), draft=draft.text(), **more)


def _forms(tenant: str, refused: AppError | None = None) -> Response:
    found, draft = _asked(tenant)
    newest = Draft(found.calendar.version, draft.edit)
    return page(
        "admin/calendar_change.html",
        409 if isinstance(refused, Conflict) else 400 if refused else 200,
        found=found,
        calendar=found.calendar,
        year=year_asked(),
        draft=draft,
        edit=draft.edit,
        stale=draft.version != found.calendar.version,
        newest=_place(tenant, ".preview", newest),
        kinds=KINDS,
        as_week=AS_WEEK,
        languages=LANGUAGES,
        given=request.args,
        known=found.calendar.days.get,
        problem=None if refused is None else refused.words.get(language(), refused.message),
        place=lambda endpoint, **more: _place(tenant, endpoint, draft, **more),
        **around(),
    )


@blueprint.get("/preview")
def preview(tenant: str) -> Response:
    """What it would be, and which terms it would move."""
    return _preview(tenant)


def _preview(tenant: str, refused: AppError | None = None) -> Response:
    found, draft = _asked(tenant)
    u = unit()
    try:
        before, after, moves = _previewed(tenant, draft)
    except (Conflict, Invalid) as stale:
        return _forms(tenant, stale)
    held = moved_terms.holders(moves)
    names = names_of(u.session, held)
    return page(
        "admin/calendar_preview.html",
        400 if refused else 200,
        found=found,
        calendar=before,
        year=year_asked(),
        draft=draft,
        what=difference(before, after),
        doubts=doubts(before, after, draft.edit, before.local(u.now).date()),
        groups=moved_terms.grouped(u.session, moves),
        total=len(moves),
        cases=len({one.root for one in moves}),
        people=sorted(((names.get(one, one), one, number) for one, number in held.items())),
        limit=REASON_LIMIT,
        reason=request.form.get("reason", ""),
        problem=None if refused is None else refused.words.get(language(), refused.message),
        place=lambda endpoint, **more: _place(tenant, endpoint, draft, **more),
        **around(),
    )


def _previewed(tenant: str, draft: Draft) -> tuple[WorkCalendar, WorkCalendar, list[Move]]:
    u = unit()
    return calendar_changes.preview(u.session, u.actor, tenant, draft.version, draft.edit, u.now)


@blueprint.get("/moves")
def moves(tenant: str) -> Response:
    """The terms that it would move: all, those of one group, or those of one person."""
    found, draft = _asked(tenant)
    u, first, asked = unit(), first_asked(), request.args
    try:
        calendar, _, some = _previewed(tenant, draft)
    except (Conflict, Invalid) as stale:
        return _forms(tenant, stale)
    kind, process, element, holder = (asked.get(name) for name in ("kind", "process", "element", "holder"))
    if kind is not None:
        some = moved_terms.of_group(u.session, some, kind, process or "", element)
    if holder is not None:
        some = [one for one in some if one.holder == holder]
    rows = moved_terms.shown(u.session, some[first : first + PAGE])
    more = {"kind": kind, "process": process, "element": element, "holder": holder}
    return page(
        "admin/calendar_moves.html",
        found=found,
        year=year_asked(),
        rows=rows,
        total=len(some),
        back=_place(tenant, ".preview", draft),
        address_of=lambda one: url_for("web.instance.deadlines", instance_id=one.root),
        pages=pages(
            first, len(some) - first, PAGE, ".moves", tenant=tenant, year=year_asked(), draft=draft.text(), **more
        ),
        **{**around(), "zone": calendar.tz},
    )


@blueprint.post("")
def apply(tenant: str) -> Answer:
    """Make it, if the calendar is still the one that was looked at."""
    u = unit()
    found, draft = _asked(tenant)
    reason = request.form.get("reason", "")
    try:
        calendar_changes.change(u.session, u.actor, tenant, draft.version, draft.edit, reason, u.now)
        u.session.flush()
    except (Conflict, Invalid) as refused:
        u.session.rollback()
        return _preview(tenant, refused)
    year = year_asked()
    return said_next(redirect(url_for("web.calendars.shown", tenant=tenant, year=year), 303), "calendar-changed")
