"""The longest way through a model by its own terms: to each of its ends, every task done at the moment when it is due.

All ways are followed, as when a model is proved against its act; loops are gone through twice at most.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from time import thread_time

from app.actions.models.naming import FOLDER, step_name
from app.actions.trial.library import Library, Meant, Played, callable_from
from app.actions.trial.playing import Stage
from app.conformity import decisions, forms
from app.conformity.decisions import Answers
from app.conformity.folder import ACT, load_act
from app.conformity.forms import FormFields
from app.conformity.limits import held
from app.conformity.paths import Branch, branches, run
from app.conformity.study import Study, Surroundings, study
from app.conformity.timing import Calendared
from app.conformity.unmodelled import unmodelled
from app.domain.acts.regulation import Service
from app.domain.models.model import Kind, Node, Process
from app.domain.models.work import DecisionCall
from app.domain.terms.calendar import LANGUAGES, ONE_DAY, Text, WorkCalendar

SECONDS = 10
"""Of the processor's time, for whoever waits for an answer."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the way: its id in the model, or that of the call it is in; its name, and when it is done."""

    element: str
    name: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """The longest to one end. request: the kind of request, where the way depends on it. elements: ids of the nodes and
    flows of the model itself that lie on it.

    days: working days after the day of the start, or of the next opening; working: the working time.
    """

    ends: tuple[str, ...]
    name: Text
    request: str | None
    start: datetime
    end: datetime
    days: int
    working: timedelta
    stops: tuple[Stop, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Longest:
    """ways: to each end, the longest first. unknown: the constructs for which no way can be worked out.

    complete: whether every way was followed.
    """

    ways: tuple[Way, ...]
    unknown: tuple[str, ...]
    complete: bool


def longest(on: Stage, start: datetime, seconds: float = inf) -> Longest:
    """From a moment (aware), by the calendar of the stage. seconds: of the processor's time, that it may take."""
    process, calendar = on.played.process, on.world.calendar
    looked = study(process, service_of(process), _surroundings(on.world.library, on.played), _within(seconds / 2))
    unknown = tuple(dict.fromkeys(f"{step}: {what}" for step, what in unmodelled(looked.net)))
    if unknown or looked.space is None:
        return Longest((), unknown, complete=False)
    timing = Calendared(calendar, start.astimezone(calendar.tz), lambda _: True, held(looked))
    made = run(looked, timing, _within(seconds / 2))
    found: dict[tuple[str, ...], Branch] = {}
    for branch in branches(looked, made):
        ends = _ends(process, branch)
        if ends not in found or branch.end > found[ends].end:
            found[ends] = branch
    ways = [_way(looked, calendar, ends, branch) for ends, branch in found.items()]
    ways.sort(key=lambda way: (way.end, len(way.stops)), reverse=True)
    return Longest(tuple(ways), (), made.complete and looked.space.complete)


def _within(seconds: float) -> Callable[[], bool]:
    """Whether so much of the processor's time has not yet passed since now."""
    end = thread_time() + seconds
    return lambda: thread_time() < end


def service_of(process: Process) -> Service | None:
    """The service that a model says it runs, if its act is known."""
    act, key = process.properties.get("law.act"), process.properties.get("law.service")
    known = {path.parent.name: path.parent for path in FOLDER.glob(f"*/{ACT}")}
    return load_act(known[act]).service(key) if act in known and key else None


def _surroundings(library: Library, played: Played) -> Surroundings:
    """The processes that may be called from here on, and the forms and decisions of them all."""
    reached = callable_from(library, played)
    fields = {key: form for of in reached for key, form in _fields(library, of)}
    answers = {key: answer for of in reached for key, answer in _answers(library, of)}
    return Surroundings({of.process.id: of.process for of in reached}, fields, None, answers)


def _fields(library: Library, of: Played) -> Iterator[tuple[str, FormFields]]:
    tasks = (node.user_task for node in of.process.nodes.values() if node.user_task is not None)
    for meant in (Meant.by_start(of), *(Meant.by_task(task, of) for task in tasks)):
        source = None if meant is None else library.form(meant)
        found = None if source is None else forms.read(source)
        if meant is not None and found is not None:
            yield meant.key, found


def _answers(library: Library, of: Played) -> Iterator[tuple[str, Answers]]:
    for call in (node.decision for node in of.process.nodes.values()):
        found = library.table(call, of) if isinstance(call, DecisionCall) else None
        if found is not None:
            yield from decisions.read(*found).items()


def _ends(process: Process, branch: Branch) -> tuple[str, ...]:
    """The end events of the model itself to which a way comes."""
    reached = branch.course.state.ends
    ends = (node for node in process.children(None) if node.kind is Kind.END_EVENT)
    return tuple(
        node.id for node in ends if reached & {f"end:{node.id}", f"result:{node.properties.get('law.result')}"}
    )


def _way(looked: Study, calendar: WorkCalendar, ends: tuple[str, ...], branch: Branch) -> Way:
    steps, process = looked.net.steps, looked.net.process
    stops = tuple(
        Stop(step.partition("/")[0], step_name(steps[step].node), at.astimezone(calendar.tz))
        for step, at in branch.course.done
    )
    names = [step_name(process.nodes[end]) for end in ends]
    name = Text(*(", ".join(one.get(lang) for one in names) or branch.results for lang in LANGUAGES))
    first = calendar.next_working_moment(branch.start).date()
    days = sum(calendar.is_working(first + ONE_DAY * n) for n in range(1, (branch.end.date() - first).days + 1))
    elements = tuple(dict.fromkeys(_between(process, [stop.element for stop in stops], ends)))
    return Way(ends, name, branch.request_kind, branch.start, branch.end, days, branch.working, stops, elements)


def _between(process: Process, stops: list[str], ends: tuple[str, ...]) -> Iterator[str]:
    """The nodes and flows from the start over the stops to the ends."""
    start = process.plain_start
    at = None if start is None else start.id
    for target in [*stops, *ends]:
        if target not in process.nodes:
            continue
        yield target
        if at is not None:
            yield from _passage(process, at, target)
        at = target


def _passage(process: Process, start: str, target: str) -> Iterator[str]:
    """The shortest way between two nodes."""
    before: dict[str, tuple[str, str]] = {}
    waiting = deque([start])
    while waiting and target not in before:
        at = waiting.popleft()
        for flow, following in _following(process, process.nodes[at]):
            if following not in before:
                before[following] = (at, flow)
                waiting.append(following)
    while target in before and target != start:
        yield target
        target, flow = before[target]
        yield flow
    yield start


def _following(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    yield from ((flow, process.flows[flow].target) for flow in node.outgoing)
    yield from ((other.id, other.id) for other in process.nodes.values() if other.attached_to == node.id)
