"""What the database keeps of cases and steps is what one counts from the rows, whatever was done to them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from app.actions.cases import cleanup
from app.actions.figures import rebuilding
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances, migrating
from app.actions.running.migration_plans import Mapped, Plan
from app.actions.tasks import completion
from app.actions.terms import calendar_changes, calendars, cases
from app.actions.terms.case_deadlines import deadlines
from app.actions.terms.case_terms import calendar_held, versions_of
from app.domain.figures import durations
from app.domain.figures.outcomes import DONE, outcome_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.calendar_edits import Edit
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.errors import AppError
from app.store import figures
from app.store.tables import Calendar, CaseFigure, Definition, Figure, FigureChange, Instance, Spread, Task, User
from tests.api.timed_cases import INNER, OUTER, SUMMED, TENANT

ADMIN = Actor("admin", True, frozenset())
MONDAY = datetime(2026, 3, 16, 5, tzinfo=UTC)
ACTS = Path(__file__).parents[2] / "bpmn"
NEWER = SUMMED.replace("calendarDays(22", "calendarDays(9")
VARIABLES = [
    {"resultKind": "refusal", "refusalGround": "no-consent"},
    {"resultKind": "refusal", "completeness": "incomplete"},
    {"resultKind": "issued"},
    {"requestKind": "duplicate"},
    {"intake": "refused"},
]
acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "start",
                "start",
                "outer",
                "complete",
                "complete",
                "complete",
                "cancel",
                "pause",
                "resume",
                "extend",
                "set",
            ]
            + ["calendar", "migrate", "clean", "fold", "rebuild"]
        ),
        st.integers(0, 4),
        st.sampled_from([timedelta(minutes=7), timedelta(hours=3), timedelta(days=2), timedelta(days=15)]),
    ),
    min_size=6,
    max_size=20,
)
SHORT, LONG = timedelta(minutes=7), timedelta(days=2)
BEGUN = [("start", 0, SHORT), ("outer", 0, SHORT), ("start", 0, LONG)]
"""There is something to act on in every example."""
EVERYTHING = [
    *(("complete", 0, SHORT), ("calendar", 0, SHORT), ("fold", 0, SHORT), ("pause", 0, SHORT), ("calendar", 1, LONG)),
    *(("resume", 0, LONG), ("extend", 0, SHORT), ("migrate", 0, SHORT), ("set", 0, SHORT), ("set", 3, SHORT)),
    *(("complete", number, SHORT) for number in (0, 1, 2, 0, 1, 0)),
    *(("fold", 0, SHORT), ("cancel", 1, SHORT), ("clean", 0, LONG), ("rebuild", 0, SHORT), ("start", 0, SHORT)),
    *(("complete", 0, SHORT) for _ in range(5)),
]


@pytest.fixture(scope="module")
def connection(database: Engine) -> Iterator[Connection]:
    """An office with two versions of a process, and one that calls another."""
    calendars._kept.clear()
    with database.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint") as session, session.begin():
            seed(session, ACTS, MONDAY, demo=False)
            session.add(User(id="admin", password_hash="-", administrator=True))
            for files in ({"summed.bpmn": SUMMED}, {"summed.bpmn": NEWER}, {"i.bpmn": INNER, "o.bpmn": OUTER}):
                contents = {name: content.encode() for name, content in files.items()}
                deployments.deploy(session, ADMIN, contents, MONDAY, tenant=TENANT)
        yield connection
        outer.rollback()
    calendars._kept.clear()


class Office:
    """Does what it is told, as far as it may be done, and remembers what counts of the cases that were removed."""

    def __init__(self, session: Session) -> None:
        self.session, self.now, self.gone = session, MONDAY, Counter[Any]()
        found = select(Definition).where(Definition.key == "summed").order_by(Definition.version)
        self.old, self.new = session.scalars(found)

    def act(self, what: str, which: int, later: timedelta) -> None:
        self.now += later
        with suppress(AppError), self.session.begin_nested():
            getattr(self, what)(which)
        self.session.expire_all()  # each act is a transaction of its own

    def _case(self, which: int) -> Instance:
        found = self.session.scalars(select(Instance).where(Instance.super_id.is_(None)).order_by(Instance.id)).all()
        if not found:
            raise AppError("there is no case")
        return found[which % len(found)]

    def start(self, _: int) -> None:
        instances.start(self.session, ADMIN, self.old, {}, self.now, tenant=TENANT)

    def outer(self, _: int) -> None:
        definition = instances.definition_by_key(self.session, ADMIN, "outer", TENANT)
        instances.start(self.session, ADMIN, definition, {}, self.now, tenant=TENANT)

    def complete(self, which: int) -> None:
        tasks = self.session.scalars(select(Task).where(Task.ended_at.is_(None)).order_by(Task.id)).all()
        if tasks:
            completion.complete(self.session, ADMIN, tasks[which % len(tasks)].id, {}, self.now)

    def cancel(self, which: int) -> None:
        instances.cancel(self.session, ADMIN, self._case(which).id, "withdrawn", self.now)

    def pause(self, which: int) -> None:
        case = self._case(which)
        clause = "5" if case.definition_key == "summed" else "10"
        cases.pause(self.session, ADMIN, case.id, "why", clause, self.now)

    def resume(self, which: int) -> None:
        cases.resume(self.session, ADMIN, self._case(which).id, "why", self.now)

    def extend(self, which: int) -> None:
        cases.extend(self.session, ADMIN, self._case(which).id, 1, "workingDays", "why", "6", self.now)

    def set(self, which: int) -> None:
        given = {name: Variable(value, "String") for name, value in VARIABLES[which].items()}
        instances.modify_variables(self.session, ADMIN, self._case(which).id, given, (), self.now)

    def calendar(self, which: int) -> None:
        day = (self.now + timedelta(days=which + 1)).date()
        version = self.session.get_one(Calendar, TENANT).version
        off = CalendarDay(day, DayKind.HOLIDAY, Text("а", "б", "c"))
        calendar_changes.change(self.session, ADMIN, TENANT, version, Edit(put=[off]), None, self.now)

    def migrate(self, which: int) -> None:
        mapped = [Mapped(step, step) for step in ("accept", "check", "decide")]
        migrating.migrate(self.session, ADMIN, Plan(self.old.id, self.new.id, mapped), [self._case(which).id], self.now)

    def clean(self, _: int) -> None:
        before = counted(self.session)
        for definition in (self.old, self.new):
            cleanup.clean_up(self.session, definition.id, None, self.now + timedelta(days=9_000))
        before.subtract(counted(self.session))
        self.gone.update(before)

    def fold(self, _: int) -> None:
        figures.fold(self.session, 5)

    def rebuild(self, _: int) -> None:
        reached = None
        while (reached := rebuilding.rewrite_batch(self.session, reached)) is not None:
            pass
        rebuilding.add_up(self.session)


def counted(session: Session) -> Counter[Any]:
    """From the rows: how many, and the sums of durations, by everything that is told apart."""
    session.flush()
    found: Counter[Any] = Counter()
    for case in session.scalars(select(Instance).where(Instance.super_id.is_(None))):
        tz = calendars.calendar_of(session, case.tenant_id).tz
        own = (case.tenant_id, case.definition_key, None, None)
        add(found, ("received", case.started_at.astimezone(tz).date(), *own, None, None, None, None), 0, 0)
        if case.ended_at is None:
            continue
        terms, outcome = deadlines(session, ADMIN, case.id), outcome_of(case.end_state, case.variables)
        unit, worked, used, in_time, clock = None, None, None, None, Clock.recalled(case.clock)
        if outcome in DONE:
            calendar = calendar_held(session, case.tenant_id, versions_of(session, case.tenant_id), case.ended_at)
            worked, in_time = durations.worked(calendar, case.started_at, case.ended_at), terms.in_time
            if terms.whole is not None:
                unit = durations.unit_of(terms.whole)
                base = min(max(terms.whole.parts[0].why.base, case.started_at), case.ended_at)
                used = durations.counted(calendar, unit, base, case.ended_at, clock)
        ground = {"refused": case.variables.get("refusalGround", "documents-incomplete")}.get(outcome)
        key = ("ended", case.ended_at.astimezone(tz).date(), *own, outcome, ground, in_time, unit)
        add(found, key, worked or 0, used or 0)
        for task in terms.steps:
            _count_step(session, found, case, task)
    return found


def _count_step(session: Session, found: Counter[Any], case: Instance, step: Any) -> None:
    task: Task = step.task
    assert task.ended_at is not None
    calendar = calendar_held(session, case.tenant_id, versions_of(session, case.tenant_id), task.ended_at)
    done, unit = task.end_reason == "completed", None
    if done and task.due_rule:
        unit = durations.UNITS[Rule(task.due_rule[0])]
    own = (task.tenant_id, case.definition_key, session.get_one(Definition, task.definition_id).key, task.element)
    key = ("step", task.ended_at.astimezone(calendar.tz).date(), *own, task.end_reason, None, step.in_time, unit)
    worked = durations.worked(calendar, task.created_at, task.ended_at) if done else 0
    add(found, key, worked, task.counted or 0 if unit else 0)


def add(found: Counter[Any], key: Any, worked: int, used: int) -> None:
    for what, number in (("n", 1), ("worked", worked), ("counted", used)):
        found[what, key] += number


def kept(session: Session, grain: str) -> Counter[Any]:
    """What the database has, by the day; changes count on their day, in months too."""
    session.flush()
    found: Counter[Any] = Counter()
    for row in session.scalars(select(Figure).where(Figure.grain == grain)):
        for what, number in (("n", row.n), ("worked", row.worked), ("counted", row.counted)):
            found[what, key_of(row, row.day)] += number
    for row in session.scalars(select(FigureChange)):
        day = row.day if grain == "d" else row.day.replace(day=1)
        for what, number in (("n", 1), ("worked", row.worked or 0), ("counted", row.counted or 0)):
            found[what, key_of(row, day)] += row.weight * number
    return found


def key_of(row: Any, day: Any) -> Any:
    names = ("tenant_id", "service", "process", "element", "outcome", "ground", "in_time", "unit")
    return (row.event, day, *(getattr(row, name) for name in names))


def nothing_left(found: Counter[Any]) -> dict[Any, int]:
    return {key: number for key, number in found.items() if number}


def by_month(found: Counter[Any]) -> Counter[Any]:
    months: Counter[Any] = Counter()
    for (what, (event, day, *rest)), number in found.items():
        months[what, (event, day.replace(day=1), *rest)] += number
    return months


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts)
@example(EVERYTHING)
def test_the_kept_figures_are_those_counted_from_the_rows(connection: Connection, told: list[Any]) -> None:
    with connection.begin_nested() as whole_example:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            office = Office(session)
            for act in [*BEGUN, *told]:
                office.act(*act)
                assert terms_kept(session) == terms_counted(session), act
            expected = counted(session)
            steps_of_the_open(session, expected)
            expected.update(office.gone)
            assert nothing_left(kept(session, "d")) == nothing_left(expected)
            assert nothing_left(kept(session, "m")) == nothing_left(by_month(expected))
            office.rebuild(0)
            assert nothing_left(kept(session, "d")) == nothing_left(expected)
            in_buckets = sum(
                row.n for row in session.scalars(select(Spread).where(Spread.grain == "d", Spread.unit.is_(None)))
            )
            done = [
                number for (what, key), number in expected.items() if what == "n" and key[6] in (*DONE, "completed")
            ]
            assert in_buckets == sum(done)
        whole_example.rollback()


def terms_kept(session: Session) -> dict[Any, Any]:
    session.flush()
    open_ones = select(CaseFigure.id, CaseFigure.due_at, CaseFigure.stands_since).where(CaseFigure.ended_at.is_(None))
    return {row.id: (row.due_at, row.stands_since) for row in session.execute(open_ones)}


def terms_counted(session: Session) -> dict[Any, Any]:
    found = {}
    for case in session.scalars(select(Instance).where(Instance.super_id.is_(None), Instance.ended_at.is_(None))):
        whole, standing = deadlines(session, ADMIN, case.id).whole, Clock.recalled(case.clock).standing
        found[case.id] = (whole and whole.result, standing and standing.start)
    return found


def steps_of_the_open(session: Session, found: Counter[Any]) -> None:
    """Those that have ended in cases that run."""
    running = select(Instance).where(Instance.super_id.is_(None), Instance.ended_at.is_(None))
    for case in session.scalars(running):
        for step in deadlines(session, ADMIN, case.id).steps:
            if step.task.ended_at is not None:
                _count_step(session, found, case, step)
