"""Find instances as an administrator: by what they are called, hold, wait for and suffer from, a page at a time."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false
from sqlalchemy.orm import Session

from app.actions.cases.case_search import SHORTEST, left_of, number_of, service_of
from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.actions.terms.calendars import calendars_of
from app.domain.models.model import Node
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.domain.terms.case_clock import Clock
from app.domain.terms.time_left import TimeLeft
from app.store import instance_search_lists as lists
from app.store.case_lists import open_tasks
from app.store.instance_conditions import Load, loads
from app.store.instance_searches import Edge, Search, State
from app.store.standing_lists import incidents_of, versions_by_id, waits
from app.store.tables import Instance, Task


@dataclass(frozen=True, slots=True)
class Found:
    """An instance. number: its business key until it is registered; version, edition: of its definition; steps: where it
    and what it has called stand; left: of the term that ends first; incidents: open ones, of what it has called too;
    called: by another process."""

    id: UUID
    number: str
    applicant: str | None
    service: Text
    organisation: str | None
    version: int
    edition: str | None
    state: State
    steps: Sequence[Text]
    incidents: int
    left: TimeLeft | None
    paused: bool
    called: bool
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """number: how many there are in all, up to one more than `lists.COUNTED`. before, after: the edge of the neighbouring
    page, None where there is none. further: where only so many were looked at, the edge behind which to look on."""

    rows: Sequence[Found]
    number: int
    before: Edge | None
    after: Edge | None
    further: Edge | None = None


NONE = Page((), 0, None, None)


def too_short(search: Search) -> bool:
    """Whether its words name too little to be looked for: the index knows texts by three letters together."""
    return bool(search.words) and max(map(len, search.words)) < SHORTEST


def page(
    session: Session,
    actor: Actor,
    search: Search,
    now: datetime,
    limit: int,
    *,
    after: Edge | None = None,
    before: Edge | None = None,
) -> Page:
    """What is found behind an edge, or in front of it. Raises Forbidden for who administers nothing. now: aware."""
    require_administrator(actor)
    if too_short(search):
        return NONE
    back = before is not None
    load = _load(session, search, now)
    rows = list(session.execute(lists.page(search, load, before or after, limit + 1, back=back)))
    more, rows = len(rows) > limit, rows[:limit]
    if back:
        rows.reverse()
    edges = [Edge(at, one.id) for one, at in rows]
    further = None
    if lists.is_bounded(search) and not back and not more:
        last = session.execute(lists.looked_at(search, load, after)).one_or_none()
        further = None if last is None else Edge(last.at, last.id)
    return Page(
        rows=_rows(session, [one for one, _ in rows], now),
        number=session.execute(lists.number(search, load)).scalar_one(),
        before=edges[0] if edges and (more if back else after is not None) else None,
        after=edges[-1] if edges and (back or more) else None,
        further=further,
    )


def number(session: Session, actor: Actor, search: Search, now: datetime) -> int:
    """How many are found, up to one more than `lists.COUNTED`. Raises Forbidden."""
    require_administrator(actor)
    counted: int = session.execute(lists.number(search, _load(session, search, now))).scalar_one()
    return counted


def found(session: Session, actor: Actor, search: Search, now: datetime, limit: int) -> Select[UUID]:
    """A query for the ids of all that is found, in its order. Raises Forbidden."""
    require_administrator(actor)
    query = lists.ids(search, _load(session, search, now), limit)
    return query.where(false()) if too_short(search) else query


def _load(session: Session, search: Search, now: datetime) -> Load:
    asked = loads(search, now)
    return Load(now) if asked is None else Load(now, *session.execute(asked).one())


def _rows(session: Session, instances: Sequence[Instance], now: datetime) -> list[Found]:
    if not instances:
        return []
    running = [one.id for one in instances if one.ended_at is None]
    tasks: dict[UUID, list[Task]] = defaultdict(list)
    places: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    incidents: Mapping[UUID, int] = {}
    if running:
        for case_id, task in session.execute(open_tasks(running)):
            tasks[case_id].append(task)
            places[case_id].append((task.definition_id, task.element))
        for case_id, definition_id, element, _ in session.execute(waits(running)):
            places[case_id].append((definition_id, element))
        incidents = Counter(dict(session.execute(incidents_of(running)).all()))
    models = models_of(session, {definition_id for found in places.values() for definition_id, _ in found})
    versions = {row.id: row for row in session.execute(versions_by_id({one.definition_id for one in instances}))}
    calendars = calendars_of(session, {one.tenant_id for one in instances})
    found = []
    for one in instances:
        calendar, clock = calendars[one.tenant_id], Clock.recalled(one.clock)
        first = next((task for task in tasks[one.id] if task.due_at is not None), None)
        version = versions[one.definition_id]
        found.append(
            Found(
                id=one.id,
                number=number_of(one),
                applicant=applicant_of(one.variables),
                service=service_of(one),
                organisation=one.tenant_id,
                version=version.version,
                edition=version.edition,
                state=_state_of(one),
                steps=_steps(models, places[one.id]),
                incidents=incidents.get(one.id, 0),
                left=None if first is None else left_of(first, clock, calendar, now),
                paused=clock.standing is not None and one.ended_at is None,
                called=one.super_id is not None,
                started_at=one.started_at.astimezone(calendar.tz),
                ended_at=None if one.ended_at is None else one.ended_at.astimezone(calendar.tz),
            )
        )
    return found


def _state_of(instance: Instance) -> State:
    if instance.ended_at is None:
        return State.SUSPENDED if instance.suspended else State.RUNNING
    return State.ENDED if instance.end_state == "COMPLETED" else State.CANCELLED


def _steps(models: Mapping[str, Model], places: Sequence[tuple[str, str]]) -> list[Text]:
    """The names of the elements, each once; events at a border are no place to stand at."""
    found: dict[str, Text] = {}
    for definition_id, element in places:
        node: Node | None = models[definition_id].process.nodes.get(element)
        if node is None:
            found.setdefault(element, Text(*[element] * 3))
        elif node.attached_to is None:
            found.setdefault(element, step_name(node))
    return list(found.values())
