"""Find cases by number, business key, applicant, IIN or BIN: a page at a time, as far as the one who asks may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models.models import models_of
from app.actions.models.naming import service_title, services, step_name
from app.actions.models.services import described
from app.actions.tasks.opening import NUMBER, applicant_of
from app.actions.terms.calendars import calendars_of
from app.domain.folding import folded
from app.domain.people.access import Actor
from app.domain.people.case_access import works_there
from app.domain.terms.calendar import LANGUAGES, Text, WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.time_left import TimeLeft, time_left
from app.domain.word_forms import stem
from app.store.case_lists import Place, Search, State, open_tasks, page
from app.store.tables import Instance, Task

SHORTEST = 3
"""Letters of the longest word of a search: the index knows texts by three letters together."""
MOST_WORDS = 8
RESULT = "resultKind"
"""The variable that says with which of the results of the act a case has ended."""


@dataclass(frozen=True, slots=True)
class Found:
    """A case. number: its business key until it is registered; result: of one that has ended by it; step: that is due first,
    with what is left of it, where the reader is of the staff or has it; paused: its clock stands still."""

    id: UUID
    number: str
    applicant: str | None
    service: Text
    state: State
    result: Text | None
    started_at: datetime
    ended_at: datetime | None
    step: Text | None
    left: TimeLeft | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Page:
    """newer, older: the edge of the next page in each direction, None where there is none."""

    cases: list[Found]
    newer: Place | None
    older: Place | None


def asked(text: str, service: str | None, state: State | None, *, overdue: bool) -> Search:
    """A search for words in any form; those of titles of services find the cases of these, too."""
    words = tuple(dict.fromkeys(map(stem, folded(text).split())))[:MOST_WORDS]
    titled = {word: keys for word in words if (keys := _titled(word))}
    plain = tuple(word for word in words if word not in titled)
    return Search(plain, tuple(titled.items()), service, state, overdue)


def _titled(word: str) -> tuple[str, ...]:
    """The services whose titles have a word, in any language."""
    return tuple(key for key, title in services().items() if word in folded(f"{title.kk} {title.ru} {title.en}"))


def services_for(actor: Actor) -> Mapping[str, Text]:
    """The services of the organisations of a person, by key."""
    return {key: title for key, title in services().items() if actor.administrator or _is_of(key, actor)}


def _is_of(key: str, actor: Actor) -> bool:
    known = described(key)
    return known is not None and (known["anyProvider"] or known["provider"]["key"] in actor.tenants)


def too_short(search: Search) -> bool:
    """Whether a search names too little to be looked for."""
    words = (*search.words, *(word for word, _ in search.titled))
    return bool(words) and max(map(len, words)) < SHORTEST


def search(
    session: Session,
    actor: Actor,
    wanted: Search,
    now: datetime,
    limit: int,
    *,
    older_than: Place | None = None,
    newer_than: Place | None = None,
) -> Page:
    """The newest cases that pass, or those next to an edge. now: aware."""
    back = newer_than is not None
    found = list(session.scalars(page(wanted, actor, now, newer_than or older_than, limit + 1, newer=back)))
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    edges = [Place(one.started_at, one.id) for one in found]
    newer = edges[0] if edges and (more if back else older_than is not None) else None
    older = edges[-1] if edges and (back or more) else None
    return Page(_rows(session, actor, found, now), newer, older)


def _rows(session: Session, actor: Actor, cases: Sequence[Instance], now: datetime) -> list[Found]:
    tasks: dict[UUID, Task] = {}
    if running := [case.id for case in cases if case.ended_at is None]:
        for case_id, task in session.execute(open_tasks(running)):
            tasks.setdefault(case_id, task)
    models = models_of(session, {task.definition_id for task in tasks.values()})
    steps = {case_id: step_name(models[task.definition_id].node(task.element)) for case_id, task in tasks.items()}
    calendars = calendars_of(session, {case.tenant_id for case in cases}) if cases else {}
    return [_found(case, actor, tasks.get(case.id), steps, calendars[case.tenant_id], now) for case in cases]


def _found(
    case: Instance, actor: Actor, task: Task | None, steps: Mapping[UUID, Text], calendar: WorkCalendar, now: datetime
) -> Found:
    standing = Clock.recalled(case.clock).standing
    told = task is not None and (works_there(actor, case.tenant_id) or task.assignee == actor.user_id)
    return Found(
        id=case.id,
        number=number_of(case),
        applicant=applicant_of(case.variables),
        service=service_of(case),
        state=state_of(case),
        result=result_of(case),
        started_at=case.started_at.astimezone(calendar.tz),
        ended_at=None if case.ended_at is None else case.ended_at.astimezone(calendar.tz),
        step=steps.get(case.id),
        left=None if task is None or not told else left_of(task, Clock.recalled(case.clock), calendar, now),
        paused=standing is not None and case.ended_at is None,
    )


def left_of(task: Task, clock: Clock, calendar: WorkCalendar, now: datetime) -> TimeLeft | None:
    """What is left of the term of an open task, on the clock of its case; None without a date."""
    if task.due_at is None:
        return None
    rule = Rule(task.due_rule[0]) if task.due_rule else None
    at = now if clock.standing is None else min(now, clock.standing.start)
    return time_left(calendar, rule, task.due_at, task.created_at, at)


def number_of(case: Instance) -> str:
    """The number under which a case is registered, until then its business key; both may be missing."""
    return str(case.variables.get(NUMBER) or case.business_key or "")


def service_of(case: Instance) -> Text:
    """The title of the service that a case runs."""
    return service_title(case.definition_key) or Text(*[case.definition_key] * 3)


def state_of(case: Instance) -> State:
    if case.ended_at is None:
        return State.RUNNING
    return State.ENDED if case.end_state == "COMPLETED" else State.TERMINATED


def result_of(case: Instance) -> Text | None:
    """What a case has come to, as its act calls it."""
    return None if case.ended_at is None else named_result(case, case.variables.get(RESULT))


def named_result(case: Instance, kind: object) -> Text | None:
    """One of the results of a service, as its act calls it; None if the act knows none of the kind."""
    service = described(case.definition_key)
    found = () if service is None else service["results"]
    names = next((one["names"] for one in found if one["key"] == kind), None)
    return None if names is None else Text(*(names[lang] or names["kk"] for lang in LANGUAGES))
