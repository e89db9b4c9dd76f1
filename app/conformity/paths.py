"""The paths of a model on a calendar, from its start to its ends: each task is done at the moment when it is due.

Loops are gone through twice at most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.conformity.deciding import Deciding
from app.conformity.ends import REGISTERED
from app.conformity.moves import MOST_INSTANCES, WAITING, Moves, unhurried
from app.conformity.net import Net, Step
from app.conformity.resting import Happening, Rest, happenings, settle
from app.conformity.study import REQUEST_KIND, Study
from app.conformity.timing import SUBMISSION, Calendared
from app.conformity.tokens import UNEXPLORED, State
from app.conformity.values import UNSET
from app.domain.acts.regulation import Service
from app.domain.models.model import Kind
from app.domain.terms import holidays_kz
from app.domain.terms.calendar import STANDARD_HOURS, WorkCalendar
from app.domain.terms.reckoning import working_time

ZONE = "Asia/Almaty"
ROUNDS = 2
MOST_CASES = 5_000
_CUT = frozenset({UNEXPLORED, "unbounded"})
_COUNTED = WAITING | {Kind.SUB_PROCESS, Kind.CALL_ACTIVITY}
_TZ = ZoneInfo(ZONE)
STARTS = (
    datetime(2026, 9, 7, 10, 0, tzinfo=_TZ),
    datetime(2026, 9, 11, 18, 0, tzinfo=_TZ),
    datetime(2026, 3, 18, 20, 0, tzinfo=_TZ),
)
"""A Monday morning, a Friday before closing, an evening before Nauryz."""


def calendar_of(service: Service, starts: Iterable[datetime]) -> WorkCalendar:
    """The calendar of a provider: the hours that the act gives, the holidays of the years of the starts and after."""
    years = [start.year for start in starts]
    days = {row.day: row for row in holidays_kz.seed(min(years), max(years) + 2)}
    return WorkCalendar(zone=ZONE, hours=service.hours or STANDARD_HOURS, days=days)


@dataclass(frozen=True, slots=True)
class Opening:
    """A case at its registration: how the total term stands then, by the kind of request, None where that is open.

    Its moments may be taken down in a called process: the case is registered when they have come to it.
    """

    at: datetime
    totals: tuple[tuple[str | None, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A case from its start on. visits: how often it came to each step that takes time; rounds: how often to
    the one that it came to most.

    done: tasks and events, each with its moment; opening: None before the case is registered.
    """

    state: State
    visits: Mapping[str, int] = field(default_factory=dict)
    done: tuple[tuple[str, datetime], ...] = ()
    opening: Opening | None = None
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """All paths from one moment. complete: whether there are no more than these."""

    timing: Calendared
    courses: tuple[Course, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """What a path comes to. results: "–" for none; total: when the total term ends, None if there is none.

    working: the working time between start and end. known: the variables at the end, as the total term reads them.
    """

    results: str
    request_kind: str | None
    start: datetime
    end: datetime
    total: datetime | None
    working: timedelta
    course: Course
    known: Mapping[str, object]

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
            "done": [[step, moment.isoformat()] for step, moment in self.course.done],
        }


def run(study: Study, timing: Calendared, going: Callable[[], bool] = unhurried) -> Run:
    """going: see `Moves`; what is not come to in time is left out."""
    moves = Moves(study.net, Deciding(study.variables, timing), going=going)
    pending: list[Course] = []
    seen: set[tuple[State, Opening | None, int]] = set()

    def reach(before: Course, event: Happening | None, state: State) -> None:
        for rest in settle(moves, state):
            visits, rounds = _visits(study.net, before, rest)
            opening = _opening(study, moves, rest.state, before.opening)
            if (rest.state, opening, rounds) not in seen and rounds <= ROUNDS:
                seen.add((rest.state, opening, rounds))
                done = before.done if event is None else (*before.done, (event.step, _moment(event.state)))
                pending.append(Course(rest.state, visits, done, opening, rounds))

    begun, ended = moves.begin(), []
    reach(Course(begun), None, begun)
    while pending and len(seen) < MOST_CASES and going():
        course = pending.pop()
        if not course.state.tokens:
            ended.append(replace(course, opening=course.opening or _opened(study, moves, course.state)))
        for event in _next(moves, course.state):
            reach(course, event, event.state)
    complete = not pending and not any(problem.code in _CUT for problem in moves.problems)
    return Run(timing, tuple(ended), complete)


def _visits(net: Net, course: Course, rest: Rest) -> tuple[Mapping[str, int], int]:
    """How often a case has come to each step that takes time, and in how many rounds.

    The inside of a multi-instance activity is come to by each instance: that is no round.
    """
    visits, rounds = dict(course.visits), course.rounds
    for step in map(net.steps.__getitem__, rest.trace):
        if step.kind in _COUNTED:
            visits[step.id] = visits.get(step.id, 0) + 1
            rounds = max(rounds, -(-visits[step.id] // MOST_INSTANCES ** _instances(net, step)))
    return visits, rounds


def _instances(net: Net, step: Step) -> int:
    """How many multi-instance activities are around a step."""
    found, around = 0, step.scope
    while around is not None:
        found += net.steps[around].node.loop is not None
        around = net.steps[around].scope
    return found


def _opening(study: Study, moves: Moves, state: State, known: Opening | None) -> Opening | None:
    if known is not None or any(dict(state.variables).get(name) is UNSET for name in SUBMISSION):
        return known
    return _opened(study, moves, state)


def _opened(study: Study, moves: Moves, state: State) -> Opening | None:
    """None: there is no case, or no total term."""
    if study.total is None or (study.registers and REGISTERED not in state.ends):
        return None
    timing = moves.deciding.timing
    found = moves.deciding.total(dict(state.variables), study.total, timing.begin(), study.net.process.id)
    totals = {(_kind(variables), value if isinstance(value, datetime) else None): None for variables, value in found}
    return Opening(_moment(state), tuple(totals))


def _moment(state: State) -> datetime:
    assert isinstance(state.now, datetime)
    return state.now


def _kind(variables: Mapping[str, object]) -> str | None:
    kind = variables.get(REQUEST_KIND)
    return kind if isinstance(kind, str) and kind != UNSET else None


def _next(moves: Moves, state: State) -> list[Happening]:
    """What happens first, in any order what happens at once; beside it, what may happen at any time.

    Where a timer interrupts a task before it is due, the task may just have been done.
    """
    events = list(happenings(moves, state))
    timed = [event for event in events if event.due]
    first = min((event.due for event in timed), default="")
    at_first = [event for event in timed if event.due == first]
    hosts = {moves.net.host(event.step): event.state.now for event in at_first}
    done = [
        replace(event, state=event.state._replace(now=hosts[event.step]), due=first)
        for event in timed
        if event.due != first and event.step in hosts
    ]
    return at_first + done + [event for event in events if not event.due]


def branches(study: Study, made: Run) -> Iterator[Branch]:
    """Of each path what it comes to; more than one thing where the total term depends on what the path left open."""
    calendar, start = made.timing.calendar, made.timing.start
    deciding = Deciding(study.variables, made.timing)
    for course in made.courses:
        end = _moment(course.state).astimezone(calendar.tz)
        names = sorted(one.removeprefix("result:") for one in course.state.ends if one.startswith("result:"))
        known = dict(course.state.variables)
        totals = [(known, None)] if study.total is None else deciding.total(known, study.total, start, "")
        for variables, value in totals:
            yield Branch(
                results=", ".join(names) or "–",
                request_kind=_kind(variables),
                start=start,
                end=end,
                total=value.astimezone(calendar.tz) if isinstance(value, datetime) else None,
                working=working_time(calendar, start, end),
                course=course,
                known=variables,
            )


def longest(found: Iterable[Branch]) -> list[Branch]:
    """Of the branches with the same results and kind of request the one that ends latest by its total."""
    latest: dict[tuple[str, str | None], Branch] = {}
    for branch in found:
        key = (branch.results, branch.request_kind)
        known = latest.get(key)
        if known is None or (branch.late, branch.working) > (known.late, known.working):
            latest[key] = branch
    return [latest[key] for key in sorted(latest, key=str)]
