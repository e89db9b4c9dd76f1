"""What is entered of a change of a calendar: a day, with the one it is exchanged with, or the hours. Told in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from app.domain import refusals
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import LANGUAGES, CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.domain.terms.calendar_edits import USUAL_NAMES, Edit, require_one_rule_a_day
from app.errors import Invalid
from app.web.pages import say

AS_WEEK = "as-week"
"""What is chosen for a day that is again what its weekday says."""
KINDS = (
    DayKind.HOLIDAY,
    DayKind.MOVED_OFF,
    DayKind.MOVED_WORKING,
    DayKind.SHORTENED,
    DayKind.WORKING,
    DayKind.WEEKEND,
)
PAIRS = {DayKind.MOVED_OFF: DayKind.MOVED_WORKING, DayKind.MOVED_WORKING: DayKind.MOVED_OFF}
TITLE_LIMIT = 200


def with_day(edit: Edit, calendar: WorkCalendar, given: Mapping[str, str], year: int) -> Edit:
    """The change with a day more. Raises Invalid."""
    day, chosen = date_of(given.get("day", "")), given.get("kind", "")
    _require_year(day, year)
    if chosen == AS_WEEK:
        if day not in calendar.days:
            raise refusals.of(Invalid, calendar_refusals.NOT_IN_CALENDAR, days=day)
        found = replace(edit, removed=(*edit.removed, day))
    else:
        found = replace(edit, put=(*edit.put, *_rows(day, _kind(chosen), given, year)))
    require_one_rule_a_day(found)
    return found


def _rows(day: date, kind: DayKind, given: Mapping[str, str], year: int) -> list[CalendarDay]:
    own = given.get("opens") or given.get("closes")
    hours = _hours(given.get("opens", ""), given.get("closes", "")) if own else None
    try:
        rows = [CalendarDay(day, kind, _names(kind, given), hours)]
    except ValueError:
        raise Invalid(say("calendar-hours-needed" if kind is DayKind.SHORTENED else "calendar-hours-off")) from None
    if pair := given.get("pair", ""):
        other = date_of(pair)
        _require_year(other, year)
        if kind not in PAIRS:
            raise Invalid(say("calendar-pair-of-nothing"))
        rows.append(CalendarDay(other, PAIRS[kind], USUAL_NAMES[PAIRS[kind]]))
    return rows


def with_hours(edit: Edit, given: Mapping[str, str]) -> Edit:
    """The change with other hours. Raises Invalid."""
    lunch = given.get("lunch_from", ""), given.get("lunch_to", "")
    if any(lunch) and not all(lunch):
        raise Invalid(say("calendar-lunch-half"))
    return replace(edit, hours=_hours(given.get("opens", ""), given.get("closes", ""), *filter(None, lunch)))


def _hours(opens: str, closes: str, *lunch: str) -> WorkHours:
    try:
        at = [time.fromisoformat(one) for one in (opens, closes, *lunch)]
    except ValueError:
        raise Invalid(say("calendar-no-time")) from None
    if at[0] >= at[1]:
        raise Invalid(say("calendar-opens-late", opens=opens, closes=closes))
    try:
        return WorkHours(at[0], at[1], (at[2], at[3]) if lunch else None)
    except ValueError:
        raise Invalid(say("calendar-lunch-outside", opens=opens, closes=closes)) from None


def _names(kind: DayKind, given: Mapping[str, str]) -> Text:
    """All three or none: the day is then called as its kind is."""
    names = [given.get(f"name_{language}", "").strip().replace("\0", "") for language in LANGUAGES]
    if not any(names):
        return USUAL_NAMES[kind]
    if not all(names):
        raise Invalid(say("calendar-names-all"))
    if max(map(len, names)) > TITLE_LIMIT:
        raise Invalid(say("calendar-names-long", limit=TITLE_LIMIT))
    return Text(*names)


def _kind(given: str) -> DayKind:
    if given not in KINDS:
        raise Invalid(say("calendar-no-kind"))
    return DayKind(given)


def _require_year(day: date, year: int) -> None:
    if day.year != year:
        raise Invalid(say("calendar-other-year", day=day.isoformat(), year=year))


def date_of(given: str) -> date:
    """Raises Invalid."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Invalid(say("calendar-no-date", given=given[:60])) from None
