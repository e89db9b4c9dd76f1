"""Check 3, as a whole: the longest path of each branch on a calendar, against the total term.

Each task is done at the moment when it is due. Loops are gone through twice at most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.conformity.deciding import Deciding
from app.conformity.findings import Check, Finding, Severity, found
from app.conformity.moves import Moves
from app.conformity.resting import Happening, happenings, settle
from app.conformity.study import REQUEST_KIND, Study
from app.conformity.timing import Calendared
from app.conformity.tokens import State
from app.conformity.wording import same
from app.domain import holidays_kz
from app.domain.calendar import STANDARD_HOURS, WorkCalendar, WorkDay
from app.domain.regulation import Service

ZONE = "Asia/Almaty"
ROUNDS = 2
MOST_CASES = 5_000
_TZ = ZoneInfo(ZONE)
STARTS = (
    datetime(2026, 9, 7, 10, 0, tzinfo=_TZ),
    datetime(2026, 9, 11, 18, 0, tzinfo=_TZ),
    datetime(2026, 3, 18, 20, 0, tzinfo=_TZ),
)
"""A Monday morning, a Friday before closing, an evening before Nauryz."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The longest of the paths that come to the same results on the same kind of request.

    ends: what the case has come to; total: when the total term ends, None if there is none. done: tasks and events with
    the moment of each. working: the working time between start and end.
    """

    results: str
    request_kind: str | None
    start: datetime
    end: datetime
    total: datetime | None
    working: timedelta
    done: tuple[tuple[str, datetime], ...]

    @property
    def name(self) -> str:
        return self.results if self.request_kind is None else f"{self.results}, {self.request_kind}"

    @property
    def late(self) -> timedelta:
        return timedelta() if self.total is None else self.end - self.total

    def to_dict(self) -> dict[str, Any]:
        return {
            "results": self.results,
            "requestKind": self.request_kind,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "total": None if self.total is None else self.total.isoformat(),
            "workingMinutes": round(self.working / timedelta(minutes=1)),
            "calendarDays": (self.end.date() - self.start.date()).days,
            "done": [[step, moment.isoformat()] for step, moment in self.done],
        }


def calendar_of(service: Service, starts: Iterable[datetime]) -> WorkCalendar:
    """The calendar of a provider: the hours that the act gives, the holidays of the years of the starts and after."""
    years = [start.year for start in starts]
    days = {row.day: row for row in holidays_kz.seed(min(years), max(years) + 2)}
    return WorkCalendar(zone=ZONE, hours=service.hours or STANDARD_HOURS, days=days)


Late = dict[str, tuple[datetime, datetime]]
"""By step, a due date that is over before the task can begin, and the moment when it can."""


def longest(
    study: Study, calendar: WorkCalendar, starts: Iterable[datetime], counts: Callable[[str], bool]
) -> tuple[list[Branch], Late]:
    """Of each branch the path that ends latest by its total. counts: the tasks that take their time, by step."""
    found_: dict[tuple[str, str | None], Branch] = {}
    late: Late = {}
    for start in starts:
        timing = Calendared(calendar, start, counts)
        branches = list(_branches(study, timing))
        late = timing.late | late
        for branch in branches:
            key = (branch.results, branch.request_kind)
            known = found_.get(key)
            if known is None or (branch.late, branch.working) > (known.late, known.working):
                found_[key] = branch
    return [found_[key] for key in sorted(found_, key=str)], late


@dataclass(frozen=True, slots=True)
class _Case:
    state: State
    visits: Mapping[str, int] = field(default_factory=dict)
    done: tuple[tuple[str, datetime], ...] = ()


def _branches(study: Study, timing: Calendared) -> Iterator[Branch]:
    deciding = Deciding(study.variables, timing)
    moves = Moves(study.net, deciding)
    pending = [_Case(rest.state) for rest in settle(moves, moves.begin())]
    seen = {case.state for case in pending}
    while pending and len(seen) < MOST_CASES:
        case = pending.pop()
        if not case.state.tokens:
            yield from _ended(study, timing, deciding, case)
        for event in _next(moves, case.state):
            moment = _moment(event.state)
            for rest in settle(moves, event.state):
                visits = dict(case.visits)
                for step in rest.trace:
                    visits[step] = visits.get(step, 0) + 1
                if rest.state not in seen and max(visits.values(), default=0) <= ROUNDS:
                    seen.add(rest.state)
                    pending.append(_Case(rest.state, visits, (*case.done, (event.step, moment))))


def _moment(state: State) -> datetime:
    assert isinstance(state.now, datetime)
    return state.now


def _next(moves: Moves, state: State) -> list[Happening]:
    """What happens first; beside it, what may happen at any time."""
    events = list(happenings(moves, state))
    timed = [event for event in events if event.due]
    first = min(timed, key=lambda event: event.due, default=None)
    return ([first] if first else []) + [event for event in events if not event.due]


def _ended(study: Study, timing: Calendared, deciding: Deciding, case: _Case) -> Iterator[Branch]:
    calendar, start = timing.calendar, timing.start
    end = _moment(case.state).astimezone(calendar.tz)
    names = sorted(one.removeprefix("result:") for one in case.state.ends if one.startswith("result:"))
    known = dict(case.state.variables)
    totals = [(known, None)] if study.total is None else deciding.evaluate(known, study.total, "", start, "")
    for variables, value in totals:
        kind = variables.get(REQUEST_KIND)
        yield Branch(
            results=", ".join(names) or "–",
            request_kind=kind if isinstance(kind, str) else None,
            start=start,
            end=end,
            total=value if isinstance(value, datetime) else None,
            working=working_time(calendar, start, end),
            done=case.done,
        )


def working_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between the two moments."""
    total, day = timedelta(), start.astimezone(calendar.tz).date()
    last: date = end.astimezone(calendar.tz).date()
    while day <= last:
        found_ = calendar.look(day)
        if isinstance(found_, WorkDay):
            for opens, closes in found_.spans:
                total += max(min(closes, end.astimezone(UTC)) - max(opens, start.astimezone(UTC)), timedelta())
        day += timedelta(days=1)
    return total


def against_total(
    study: Study, own: Iterable[Branch], whole: Iterable[Branch], others: Iterable[Finding]
) -> Iterator[Finding]:
    """own: with the act's limits alone; whole: with every due date. others: what was found of the deadlines one by one."""
    service = study.service.key if study.service else None
    is_act = not any(one.check is Check.TIME and one.severity is Severity.FINDING for one in others)
    said: set[tuple[str, str | None]] = set()
    for branch in own:
        if branch.total is not None and branch.end > branch.total:
            said.add((branch.results, branch.request_kind))
            code = "total-too-short" if is_act else "total-exceeded"
            yield found(code, service=service, element=_late_step(branch), note=is_act, **_words(branch))
    for branch in whole:
        key = (branch.results, branch.request_kind)
        if branch.total is not None and branch.end > branch.total and key not in said:
            step = _late_step(branch)
            yield found("total-shared", service=service, element=step, note=True, step=step, **_words(branch))


def begun_too_late(study: Study, late: Late) -> Iterator[Finding]:
    """Steps whose limit runs from long before them: the steps between, by their own limits, leave them nothing."""
    for step, (due, moment) in late.items():
        element = study.pairing.elements.get(step) if study.pairing else None
        yield found(
            "begins-too-late",
            service=study.service.key if study.service else None,
            clause=element.clauses[0] if element else None,
            element=step,
            note=True,
            due=f"{due:%d.%m.%Y %H:%M}",
            moment=f"{moment.astimezone(due.tzinfo):%d.%m.%Y %H:%M}",
        )


def _late_step(branch: Branch) -> str:
    assert branch.total is not None
    return next(step for step, moment in branch.done if moment > branch.total)


def _words(branch: Branch) -> dict[str, Any]:
    assert branch.total is not None
    return {
        "branch": same(branch.name),
        "end": f"{branch.end:%d.%m.%Y %H:%M}",
        "total": f"{branch.total:%d.%m.%Y %H:%M}",
    }
