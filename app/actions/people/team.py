"""The work of an organisation as those see it who lead it: who has how much, what is late, and giving it to others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, false, select, true
from sqlalchemy.orm import Session, aliased

from app.actions.lists import bulk, worklist
from app.actions.lists.bulk import Outcome
from app.actions.models.models import models_of
from app.actions.models.naming import role_name, service_title, step_name
from app.actions.people import absences
from app.actions.people.people import actor_of
from app.actions.tasks import tasks
from app.actions.terms.calendars import calendar_of
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.people.team import leads_work, led_by
from app.domain.terms.calendar import ONE_DAY, Text
from app.errors import Forbidden, Invalid
from app.store import team_lists
from app.store.session import planned_by_values
from app.store.tables import Instance, Organisation, Task
from app.store.team_lists import Asked

NOT_A_LEADER = Text(
    "Бұл бетті ұйымның басшысы не құрылымдық бөлімше басшысы көреді.",
    "Эту страницу видит руководитель организации или подразделения.",
    "This page is for the head of an organisation or of a unit.",
)
ELSEWHERE = Text(
    "Таңдалған тапсырмалардың бірі бұл ұйымда жоқ. Бетті жаңартып, қайта таңдаңыз.",
    "Одной из выбранных задач нет в этой организации. Обновите страницу и выберите снова.",
    "One of the chosen tasks is not in this organisation. Reload the page and choose again.",
)
REASON_LIMIT = 1_000
REASON_TOO_LONG = Text(
    "Себебі ең көбі {limit} таңбадан тұрады.",
    "Причина не может быть длиннее {limit} знаков.",
    "The reason has at most {limit} characters.",
)


@dataclass(frozen=True, slots=True)
class Load:
    """Numbers of open tasks: all, due today and not yet over, overdue, had by nobody, and overdue of these."""

    open: int = 0
    today: int = 0
    late: int = 0
    unassigned: int = 0
    unassigned_late: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.open + other.open,
            self.today + other.today,
            self.late + other.late,
            self.unassigned + other.unassigned,
            self.unassigned_late + other.unassigned_late,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """Numbers of tasks completed in the last 7 and 30 days, of the latter those that were late, and by how long they
    were on average, None: none was."""

    week: int = 0
    month: int = 0
    delayed: int = 0
    delay: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """roles: in the organisation, none of whom is not of it and still has tasks."""

    id: str
    name: str
    roles: list[Text]
    load: Load
    done: Done

    @property
    def busy(self) -> bool:
        """Whether he has tasks, or had some lately."""
        return bool(self.load.open or self.done.month)


@dataclass(frozen=True, slots=True)
class Step:
    """service, element: keys; service is None of tasks that no act knows."""

    service: str | None
    element: str
    name: Text
    title: Text
    load: Load


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    name: Text
    load: Load


@dataclass(frozen=True, slots=True)
class Team:
    """The busiest first: by what is overdue, then by what is open.

    misplaced: of tasks that somebody has who holds none of their roles in the organisation. Who leaves a role keeps his
    tasks until they are given to others; who leaves the organisation no longer sees them, nor does his deputy.
    """

    load: Load
    misplaced: Load
    done: Done
    people: list[Person]
    steps: list[Step]
    roles: list[Role]


@dataclass(frozen=True, slots=True)
class Way:
    """kind: task | case; id: of it."""

    kind: str
    id: UUID


@dataclass(slots=True)
class _Counted:
    whole: Load = field(default_factory=Load)
    misplaced: Load = field(default_factory=Load)
    people: dict[str, Load] = field(default_factory=dict)
    steps: list[tuple[Row[Any], Load]] = field(default_factory=list)
    roles: dict[str, Load] = field(default_factory=dict)


def organisations(session: Session, actor: Actor) -> list[tuple[str, Text]]:
    """Those whose work a person leads: (id, names). Raises Forbidden if there is none."""
    led = led_by(actor)
    which = true() if actor.administrator else Organisation.id.in_(led) if led else false()
    found = [] if not (led or actor.administrator) else session.scalars(select(Organisation).where(which)).all()
    if not found:
        raise refusals.of(Forbidden, NOT_A_LEADER)
    return [(one.id, Text(**one.names)) for one in sorted(found, key=lambda one: one.id)]


def leads(actor: Actor) -> bool:
    """Whether a person leads the work of any organisation."""
    return actor.administrator or bool(led_by(actor))


def _require_leader(actor: Actor, tenant: str) -> None:
    if not leads_work(actor, tenant):
        raise refusals.of(Forbidden, NOT_A_LEADER)


def _tomorrow(session: Session, tenant: str, now: datetime) -> datetime:
    zone = calendar_of(session, tenant).tz
    return datetime.combine(now.astimezone(zone).date() + ONE_DAY, time(), zone)


def team(session: Session, actor: Actor, tenant: str, now: datetime) -> Team:
    """The load of an organisation. Raises Forbidden."""
    _require_leader(actor, tenant)
    staff = absences.staff(session, actor, tenant)
    query = team_lists.loads(tenant, now, _tomorrow(session, tenant, now))
    counted = _counted(session.execute(planned_by_values(query)), {one.user_id: one.groups for one in staff})
    names = {one.user_id: one.name for one in staff}
    names |= worklist.names_of(session, counted.people.keys() - names.keys())
    roles = {one.user_id: one.roles for one in staff}
    done = _done(session, tenant, set(names) | set(counted.people), now)
    people = [
        Person(one, name, roles.get(one, []), counted.people.get(one, Load()), done.get(one, Done()))
        for one, name in (names | {one: one for one in counted.people.keys() - names.keys()}).items()
    ]
    return Team(
        load=counted.whole,
        misplaced=counted.misplaced,
        done=_together(done.values()),
        people=sorted(people, key=lambda one: (-one.load.late, -one.load.open, one.name)),
        steps=_steps(session, counted.steps),
        roles=sorted(
            (Role(key, role_name(key), load) for key, load in counted.roles.items()),
            key=lambda one: (-one.load.unassigned_late, -one.load.unassigned),
        ),
    )


def _counted(rows: Iterable[Row[Any]], held: Mapping[str, frozenset[str]]) -> _Counted:
    """held: the roles of the staff, by person."""
    counted = _Counted()
    for row in rows:
        load = Load(row.open, row.today, row.late, row.unassigned, row.unassigned_late)
        if row.level == team_lists.WHOLE_LEVEL:
            counted.whole = load
        elif row.level == team_lists.STEP_LEVEL:
            counted.steps.append((row, load))
        elif row.assignee is None:
            for group in row.candidate_groups:
                counted.roles[group] = counted.roles.get(group, Load()) + load
        else:
            counted.people[row.assignee] = counted.people.get(row.assignee, Load()) + load
            if row.candidate_groups and held.get(row.assignee, frozenset()).isdisjoint(row.candidate_groups):
                counted.misplaced += load
    return counted


def _steps(session: Session, counted: Sequence[tuple[Row[Any], Load]]) -> list[Step]:
    models = models_of(session, {row.definition_id for row, _ in counted})
    steps = [
        Step(
            row.service,
            row.element,
            step_name(models[row.definition_id].node(row.element)),
            service_title(row.service or "") or Text(*[row.service or ""] * 3),
            load,
        )
        for row, load in counted
    ]
    return sorted(steps, key=lambda one: (-one.load.late, -one.load.open, one.name.kk))


def _done(session: Session, tenant: str, people: set[str], now: datetime) -> dict[str, Done]:
    found = session.execute(planned_by_values(team_lists.completed(tenant, people, now)))
    return {row.assignee: Done(row.week, row.month, row.delayed, row.delay) for row in found}


def _together(each: Iterable[Done]) -> Done:
    all_of_it = list(each)
    delayed = sum(one.delayed for one in all_of_it)
    total = sum((one.delay * one.delayed for one in all_of_it if one.delay is not None), timedelta())
    return Done(
        sum(one.week for one in all_of_it),
        sum(one.month for one in all_of_it),
        delayed,
        total / delayed if delayed else None,
    )


def listed(session: Session, actor: Actor, asked: Asked, now: datetime, first: int, limit: int) -> list[Task]:
    """A page of the tasks behind a number. Raises Forbidden."""
    _require_leader(actor, asked.tenant)
    query = team_lists.tasks(asked, now, _tomorrow(session, asked.tenant, now), first, limit)
    return list(session.scalars(planned_by_values(query)))


def ways(session: Session, actor: Actor, found: Sequence[Task]) -> dict[UUID, Way]:
    """Where a leader may go on from tasks: to those that he sees himself, else to the cases that he may see; by task."""
    open_ones = {task.id: Way("task", task.id) for task in found if tasks.sees(actor, task)}
    rest = {task.instance_id for task in found if task.id not in open_ones}
    if not rest:
        return open_ones
    root = aliased(Instance)
    query = select(Instance.id, root.id.label("case"), root.tenant_id, root.viewers)
    rows = session.execute(query.join(root, root.id == Instance.root_id).where(Instance.id.in_(rest)))
    cases = {
        row.id: Way("case", row.case)
        for row in rows
        if may_see_case(actor, tenant=row.tenant_id, viewers=row.viewers or ())
    }
    return {task.id: cases[task.instance_id] for task in found if task.instance_id in cases} | open_ones


def reassign(
    session: Session, actor: Actor, tenant: str, ids: Sequence[UUID], user_id: str, reason: str, now: datetime
) -> list[Outcome]:
    """Give tasks of an organisation to a person who may work them, each by itself or not at all.

    reason: goes into the history of each, "" for none. Raises Forbidden, Invalid for none, too many, tasks of elsewhere,
    nobody known or a reason that is too long.
    """
    _require_leader(actor, tenant)
    bulk.require_some(ids)
    if len(reason) > REASON_LIMIT:
        raise refusals.of(Invalid, REASON_TOO_LONG, limit=REASON_LIMIT)
    tasks.require_user(session, user_id)
    person = actor_of(session, user_id)
    found = session.scalars(
        select(Task)
        .join(Instance, Instance.id == Task.instance_id)
        .where(Task.id.in_(ids), Task.tenant_id == tenant)
        .order_by(Instance.root_id, Task.id)
    ).all()
    if len(found) < len(set(ids)):
        raise refusals.of(Invalid, ELSEWHERE)

    def give(task_id: UUID) -> None:
        tasks.assign(session, actor, task_id, user_id, now, person=person, reason=reason.strip())

    return [bulk.tried(session, one, give) for one in bulk.described(session, found)]
