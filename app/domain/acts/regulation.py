"""A legal act as data: its services, and of each the procedures, limits, results and contradictions.

`act(data)` makes these values out of what an act.yaml holds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from app.domain.acts.clauses_of_acts import clauses, mentioned
from app.domain.acts.editions import Edition
from app.domain.terms.calendar import LANGUAGES, WorkHours
from app.domain.terms.explanation import Rule

SYSTEM = "system"
"""The role of what no person does."""
RECEIPT = ("receipt", "next_working_day_after_receipt")
"""Where a limit runs from the moment of the application. A term of days does not count the day on which it begins."""
_RULES = {
    "minutes": Rule.MINUTES,
    "hours": Rule.HOURS,
    "working_days": Rule.WORKING_DAYS,
    "calendar_days": Rule.CALENDAR_DAYS,
    "same_day": Rule.END_OF_DAY,
}
_DAY_AND_NIGHT = re.compile(r"\bday and night\b")
"""In the note of a limit in minutes that is no working time."""
_KINDS = re.compile(r"request kind is (?P<kinds>[\w,\s-]+)")
_FLOWS = ("corporation_flow", "portal_flow", "provider_flow")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long the act allows. amount: minutes (of working time or day and night), hours or days; the hour of END_OF_DAY.

    before_event: counted back from an event, not on from a beginning.
    """

    rule: Rule
    amount: int | float | str
    before_event: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """One step ("рәсім"). number: its place in the service, from 1. names: by language.

    begins: what the limit runs from in the words of the data, None: the step's own beginning. request_kinds: the only
    kinds of request on which it happens, None: not said by kind. ends: the result with which it closes the case.
    """

    number: int
    clause: str
    role: str
    names: Mapping[str, str]
    limit: Limit | None = None
    limit_clauses: tuple[str, ...] = ()
    begins: str | None = None
    when: str | None = None
    request_kinds: frozenset[str] | None = None
    ends: str | None = None
    note: str = ""
    extends: Limit | None = None
    """By how much, at most, it extends the term of another step."""

    @property
    def of_person(self) -> bool:
        return self.role != SYSTEM


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the act contradicts itself, in the words of the data."""

    clause: str
    says: str
    against: str
    follow: str


@dataclass(frozen=True, slots=True)
class SharedFlow:
    """How a flow that many acts repeat stands in this service: its clauses, and the limits that it gives there."""

    key: str
    clauses: tuple[str, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One state service. clauses: all that its data speaks of; results, request_kinds: keys; total: the limit of the whole."""

    key: str
    title: Mapping[str, str]
    procedures: tuple[Procedure, ...]
    results: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    flows: tuple[SharedFlow, ...]
    clauses: frozenset[str]
    request_kinds: tuple[str, ...] = ()
    intake: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    """The channels by which applications come in and results go out."""
    total: Limit | None = None
    total_clauses: tuple[str, ...] = ()
    hours: WorkHours | None = None

    def of_clause(self, wanted: Iterable[str]) -> list[Procedure]:
        """The procedures of these clauses, in the order of the act."""
        named = set(wanted)
        return [one for one in self.procedures if named & set(clauses(one.clause))]


@dataclass(frozen=True, slots=True)
class Act:
    id: str
    services: tuple[Service, ...]
    edition: Edition = Edition()

    def service(self, key: str) -> Service | None:
        return next((one for one in self.services if one.key == key), None)


def act(data: Mapping[str, Any]) -> Act:
    """The act of a file's data. Raises ValueError for a part that is missing or cannot be understood."""
    try:
        services = {one["key"]: one for one in data["services"]}
        described = tuple(_service(one, services) for one in services.values())
        return Act(data["act"]["id"], described, edition_of(data["act"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the act is not in the known form: {error!r}") from error


def edition_of(act: Mapping[str, Any]) -> Edition:
    """The edition that the data of an act describe: its `name`, and the days `from` and `until` where they are known."""
    said = act.get("edition") or {}
    return Edition(said.get("name"), said.get("from"), said.get("until"))


def _service(data: Mapping[str, Any], services: Mapping[str, Mapping[str, Any]]) -> Service:
    pattern = services.get(data.get("same_procedure_as", ""), {})
    steps = data.get("steps") or pattern.get("steps") or []
    total, channels = data.get("total_limit"), data.get("channels") or {}
    procedures = tuple(_procedure(number, step) for number, step in enumerate(steps, 1))
    results = [str(key) for key in data.get("results") or pattern.get("results") or {}]
    conflicts = data.get("conflict") or pattern.get("conflict") or []
    return Service(
        key=data["key"],
        title=_names(data["title"]),
        procedures=procedures,
        results=tuple(dict.fromkeys(results + [one.ends for one in procedures if one.ends])),
        conflicts=tuple(Conflict(*(str(one[part]) for part in Conflict.__slots__)) for one in conflicts),
        flows=tuple(_flow(data[key]) for key in _FLOWS if key in data),
        clauses=frozenset(mentioned(data)) | frozenset(mentioned(list(steps))),
        request_kinds=tuple(one["key"] for one in data.get("request_kinds") or pattern.get("request_kinds") or ()),
        intake=tuple(channels.get("intake", ())),
        delivery=tuple(channels.get("delivery", ())),
        total=None if total is None else limit({key: value for key, value in total.items() if key in _RULES}),
        total_clauses=() if total is None else clauses(str(total.get("clause", ""))),
        hours=_hours(data.get("working_hours")),
    )


def _procedure(number: int, step: Mapping[str, Any]) -> Procedure:
    when = step.get("when")
    found = limit(step["limit"]) if "limit" in step else None
    if found is not None and found.rule is Rule.MINUTES and _DAY_AND_NIGHT.search(str(step.get("note", ""))):
        found = replace(found, rule=Rule.ELAPSED_MINUTES)
    return Procedure(
        number=number,
        clause=str(step["clause"]),
        role=step["role"],
        names=_names(step),
        limit=found,
        limit_clauses=clauses(str(step.get("limit_clause", ""))),
        begins=step.get("from"),
        when=when,
        request_kinds=_request_kinds(when),
        ends=step.get("ends"),
        note=str(step.get("note", "")),
        extends=limit(step["extends"]["by"]) if "extends" in step else None,
    )


def _request_kinds(when: str | None) -> frozenset[str] | None:
    found = _KINDS.search(when or "")
    if found is None:
        return None
    parts = (part.strip() for listed in found["kinds"].split(",") for part in listed.split(" or "))
    return frozenset(part for part in parts if part)


def _names(data: Mapping[str, Any]) -> Mapping[str, str]:
    return {language: str(data[language]) for language in LANGUAGES if language in data}


def limit(data: Mapping[str, Any]) -> Limit:
    """The limit that is written as its unit and amount. Raises ValueError."""
    if len(data) != 1 or not data.keys() <= {*_RULES, "before_event"}:
        raise ValueError(
            f"a limit has one unit of {', '.join((*_RULES, 'before_event'))}, not {', '.join(data) or 'none'}"
        )
    ((key, value),) = data.items()
    if key == "before_event":
        return replace(limit(value), before_event=True)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number if _RULES[key] is Rule.END_OF_DAY else not is_number:
        raise ValueError(f"{value!r} is no amount of {key}")
    return Limit(_RULES[key], value)


def _flow(data: Mapping[str, Any]) -> SharedFlow:
    limits = tuple(limit(value) for key, value in data.items() if key.endswith("_limit"))
    return SharedFlow(str(data.get("flow", "")), clauses(str(data.get("clause", ""))), limits)


def _hours(data: Mapping[str, Any] | None) -> WorkHours | None:
    if data is None:
        return None
    opens, closes, begins, ends = map(time.fromisoformat, (data["open"], data["close"], *data["lunch"]))
    return WorkHours(opens, closes, (begins, ends))
