"""`/api/calendars`: the working time of an organisation, read by its people, changed by administrators."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from flask import Response, request
from flask_smorest import Blueprint

from app.actions import calendars
from app.api.listing import answer, taken
from app.api.replies import json_body, reply
from app.api.transaction import unit
from app.domain.calendar import LANGUAGES, CalendarDay, DayKind, Text, WorkHours
from app.errors import Invalid
from app.store.tables import Calendar, CalendarDayRow

blueprint = Blueprint("calendars", __name__, url_prefix="/api/calendars", description="Working calendars")
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAYS_LIMIT = 1_000
TITLE_LIMIT = 200
Value = TypeVar("Value")
_YEAR = {"in": "query", "name": "year", "schema": {"type": "integer"}}


@blueprint.route("/<tenant>")
@blueprint.doc(parameters=[_YEAR], **answer({"type": "object"}))
def get(tenant: str) -> Response:
    """An organisation's hours, and the days of a year that differ from its week"""
    u = unit()
    year = _year(request.args.get("year") or str(u.now.year))
    row, days = calendars.list_days(u.session, u.actor, tenant, year)
    return reply({**_hours_out(row), "year": year, "days": [_day_out(day) for day in days]})


@blueprint.route("/<tenant>", methods=["PUT"])
@blueprint.doc(
    **taken({"version": "integer", "hours": "object", "days": "array", "removed": "array"}),
    **answer({"type": "object"}),
)
def put(tenant: str) -> Response:
    """Change hours and days of a calendar that is still at the version in the body; deadlines that exist stay"""
    u, body = unit(), json_body()
    version = body.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid("version must be the number of the version that was read")
    hours = body.get("hours")
    days = [_day_in(f"days[{at}]", entry) for at, entry in enumerate(_entries(body, "days"))]
    removed = [_read(f"removed[{at}]", entry, date.fromisoformat) for at, entry in enumerate(_entries(body, "removed"))]
    if len({day.day for day in days}) < len(days):
        raise Invalid("days names the same date twice")
    for day in [*(day.day for day in days), *removed]:
        _year(str(day.year))
    row = calendars.change(
        u.session, u.actor, tenant, version, None if hours is None else _hours_in("hours", hours), days, removed
    )
    return reply(_hours_out(row))


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
        raise Invalid(f"a year is from {FIRST_YEAR} to {LAST_YEAR}, not {text[:60]}")
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
    return _read(where, given, time.fromisoformat)


def _day_in(where: str, given: Any) -> CalendarDay:
    raw = _object(where, given)
    names = _object(f"{where}.names", raw.get("names"))
    titles = [_read(f"{where}.names.{language}", names.get(language), _title) for language in LANGUAGES]
    opens, closes = raw.get("opens"), raw.get("closes")
    hours = None
    if opens is not None or closes is not None:
        hours = _hours_in(where, {"opens": opens, "closes": closes})
    day = _read(f"{where}.date", raw.get("date"), date.fromisoformat)
    kind = _read(f"{where}.kind", raw.get("kind"), DayKind)
    return _made(where, lambda: CalendarDay(day, kind, Text(*titles), hours))


def _title(text: str) -> str:
    if not text.strip() or len(text) > TITLE_LIMIT or "\0" in text:
        raise ValueError(f"a name has from 1 to {TITLE_LIMIT} characters")
    return text.strip()


def _made(where: str, make: Callable[[], Value]) -> Value:
    try:
        return make()
    except ValueError as error:
        raise Invalid(f"{where}: {error}") from error
