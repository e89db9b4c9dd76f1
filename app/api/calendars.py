"""`/api/calendars`: the working time of an organisation, read by its people, changed by administrators."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.terms import calendar_changes, calendars
from app.api.openapi import answer, asked
from app.api.replies import reply
from app.domain import refusals
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import LANGUAGES, CalendarDay, DayKind, Text, WorkHours
from app.domain.terms.calendar_edits import USUAL_NAMES, Edit
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Calendar, CalendarDayRow

blueprint = Blueprint("calendars", __name__, url_prefix="/api/calendars", description="Working calendars")
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAYS_LIMIT = 1_000
TITLE_LIMIT = 200
Value = TypeVar("Value")
CHANGES = ("hours", "days", "removed", "reason")
HOURS = ("opens", "closes", "lunch")
DAY = ("date", "kind", "names", "opens", "closes")
_YEAR = asked("year", "integer", description="this year by default")
_TIME = {"type": "string", "example": "09:00", "description": "local time, HH:MM"}
_DATE = {"type": "string", "format": "date"}
_HOURS = {
    "type": "object",
    "required": ["opens", "closes"],
    "properties": {
        "opens": _TIME,
        "closes": _TIME,
        "lunch": {
            "type": "array",
            "items": _TIME,
            "minItems": 2,
            "maxItems": 2,
            "nullable": True,
            "description": "[from, to]; null: none",
        },
    },
}
_DAY = {
    "type": "object",
    "required": ["date", "kind"],
    "properties": {
        "date": _DATE,
        "kind": {"type": "string", "enum": [kind.value for kind in DayKind]},
        "names": {
            "type": "object",
            "nullable": True,
            "properties": {language: {"type": "string"} for language in LANGUAGES},
            "description": "in all three languages; without them the day is called as its kind is",
        },
        "opens": {**_TIME, "nullable": True, "description": "hours of this day alone; a shortened day must have them"},
        "closes": {**_TIME, "nullable": True},
    },
}
_VERSION = {"type": "integer", "description": "grows with every change"}
_WEEKEND = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0, "maximum": 6},
    "description": "weekdays off, 0 is Monday",
}
_CALENDAR = {
    "tenantId": {"type": "string"},
    "version": _VERSION,
    "zone": {"type": "string", "example": "Asia/Almaty"},
    "weekend": _WEEKEND,
    "hours": _HOURS,
}
_READ = {**_CALENDAR, "year": {"type": "integer"}, "days": {"type": "array", "items": _DAY}}
_CHANGE = {
    "type": "object",
    "required": ["version"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "integer", "description": "the one that was read; 409 if it is another by now"},
        "hours": {**_HOURS, "nullable": True},
        "days": {"type": "array", "items": _DAY, "description": "days to add, or to put in the place of those there"},
        "removed": {"type": "array", "items": _DATE, "description": "days that are again what their weekday says"},
        "reason": {"type": "string", "nullable": True, "description": "why: stays with the version"},
    },
}


@blueprint.route("/<tenant>")
@blueprint.doc(parameters=[_YEAR], **answer({"type": "object", "properties": _READ}))
def get(tenant: str) -> Response:
    """An organisation's hours, and the days of a year that differ from its week"""
    u = unit()
    year = _year(request.args.get("year") or str(u.now.year))
    row, days = calendars.list_days(u.session, u.actor, tenant, year)
    return reply({**_hours_out(row), "year": year, "days": [_day_out(day) for day in days]})


@blueprint.route("/<tenant>", methods=["PUT"])
@blueprint.doc(
    requestBody={"content": {"application/json": {"schema": _CHANGE}}},
    **answer({"type": "object", "properties": _CALENDAR}),
)
def put(tenant: str) -> Response:
    """Change hours and days of a calendar that is still at the version in the body; terms that are not over follow"""
    u, body = unit(), json_body()
    version = body.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid("version must be the number of the version that was read")
    _refuse_unknown("the body", body, ("version", *CHANGES))
    hours = None if body.get("hours") is None else _hours_in("hours", body["hours"])
    days = [_day_in(f"days[{at}]", entry) for at, entry in enumerate(_entries(body, "days"))]
    removed = [_read(f"removed[{at}]", entry, date.fromisoformat) for at, entry in enumerate(_entries(body, "removed"))]
    if hours is None and not days and not removed:
        raise refusals.of(Invalid, calendar_refusals.NOTHING_CHANGES)
    for day in [*(day.day for day in days), *removed]:
        _year(str(day.year))
    row = calendar_changes.change(
        u.session, u.actor, tenant, version, Edit(hours, days, removed), _reason(body.get("reason")), u.now
    )
    return reply(_hours_out(row))


def _reason(given: Any) -> str | None:
    return None if given is None else _read("reason", given, str)


def _hours_out(row: Calendar) -> dict[str, Any]:
    lunch = None if row.lunch_from is None or row.lunch_to is None else [_clock(row.lunch_from), _clock(row.lunch_to)]
    return {
        "tenantId": row.tenant_id,
        "version": row.version,
        "zone": row.zone,
        "weekend": sorted(row.weekend),
        "hours": {"opens": _clock(row.opens), "closes": _clock(row.closes), "lunch": lunch},
    }


def _day_out(row: CalendarDayRow) -> dict[str, Any]:
    return {
        "date": row.day.isoformat(),
        "kind": row.kind,
        "names": row.names,
        "opens": _clock(row.opens),
        "closes": _clock(row.closes),
    }


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        raise refusals.of(Invalid, calendar_refusals.YEAR, first=FIRST_YEAR, last=LAST_YEAR, given=text[:60])
    return int(text)


def _entries(body: Mapping[str, Any], name: str) -> list[Any]:
    given = [] if body.get(name) is None else body[name]
    if not isinstance(given, list) or len(given) > DAYS_LIMIT:
        raise Invalid(f"{name} must be a list of at most {DAYS_LIMIT} entries")
    return given


def _object(where: str, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise Invalid(f"{where} must be an object")
    return given


def _refuse_unknown(where: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    if unknown := sorted(given.keys() - set(known)):
        raise Invalid(f"{where} has unknown keys: {', '.join(unknown)[:200]}; known are {', '.join(known)}")


def _read(where: str, given: Any, reader: Callable[[str], Value]) -> Value:
    """Raises Invalid naming the place."""
    try:
        if isinstance(given, str):
            return reader(given)
    except ValueError as error:
        raise Invalid(f"{where} cannot be {given[:60]!r}: {error}") from error
    raise Invalid(f"{where} must be a text")


def _hours_in(where: str, given: Any) -> WorkHours:
    raw = _object(where, given)
    _refuse_unknown(where, raw, HOURS)
    lunch = raw.get("lunch")
    if lunch is not None and (not isinstance(lunch, list) or len(lunch) != 2):
        raise Invalid(f"{where}.lunch must be null or [from, to]")
    bounds = [_time(f"{where}.lunch", bound) for bound in lunch or ()]
    return _made(
        where,
        lambda: WorkHours(
            _time(f"{where}.opens", raw.get("opens")),
            _time(f"{where}.closes", raw.get("closes")),
            (bounds[0], bounds[1]) if bounds else None,
        ),
    )


def _time(where: str, given: Any) -> time:
    return _read(where, given, _minute)


def _minute(text: str) -> time:
    moment = time.fromisoformat(text)
    if moment.second or moment.microsecond:
        raise ValueError("working time is given in whole minutes")
    return moment


def _day_in(where: str, given: Any) -> CalendarDay:
    raw = _object(where, given)
    _refuse_unknown(where, raw, DAY)
    day = _read(f"{where}.date", raw.get("date"), date.fromisoformat)
    kind = _read(f"{where}.kind", raw.get("kind"), _kind)
    names = USUAL_NAMES[kind] if raw.get("names") is None else _names_in(f"{where}.names", raw["names"])
    opens, closes = raw.get("opens"), raw.get("closes")
    hours = None
    if opens is not None or closes is not None:
        hours = _hours_in(where, {"opens": opens, "closes": closes})
    return _made(where, lambda: CalendarDay(day, kind, names, hours))


def _kind(text: str) -> DayKind:
    if text not in set(DayKind):
        raise ValueError(f"kinds are {', '.join(DayKind)}")
    return DayKind(text)


def _names_in(where: str, given: Any) -> Text:
    names = _object(where, given)
    _refuse_unknown(where, names, LANGUAGES)
    return Text(*(_read(f"{where}.{language}", names.get(language), _title) for language in LANGUAGES))


def _title(text: str) -> str:
    if not text.strip() or len(text) > TITLE_LIMIT or "\0" in text:
        raise ValueError(f"a name has from 1 to {TITLE_LIMIT} characters")
    return text.strip()


def _made(where: str, make: Callable[[], Value]) -> Value:
    try:
        return make()
    except ValueError as error:
        raise Invalid(f"{where}: {error}") from error
