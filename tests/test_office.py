"""The office of the demonstration: what is in it, and when it is left alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from app.actions.lists import saved_filters
from app.actions.models.acts import deploy_acts
from app.actions.models.seed import seed
from app.actions.people import absence_lists, notices
from app.actions.people.people import actor_of
from app.actions.running.instances import definition_by_key, start
from app.actions.terms.case_deadlines import deadlines as deadlines_of
from app.demo.applicants import draw
from app.demo.guide import PEOPLE, introduction
from app.demo.office import KEY, Filled, back, fill
from app.demo.plans import CLERK, GASK, HEARD, LONG, REFUSING, SAFETY, Fate, Plan, plans
from app.demo.touches import TOUCHES
from app.domain.people.access import Actor
from app.domain.people.identity_numbers import fault
from app.domain.people.notices import Kind
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.deadlines import minutes
from app.store import session as store
from app.store.tables import Comment, Document, History, Instance, Task, User

ACTS = Path(__file__).parents[1] / "bpmn"
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())
NOW = datetime(2026, 11, 18, 7, tzinfo=UTC)
"""A Wednesday at noon."""
SERVICE = "design-licence"
SAMPLE = [
    Plan(number, service, fate, tenant)
    for number, (service, tenant, fate) in enumerate(
        [
            (SERVICE, GASK, Fate("clerk", (70,), "claimed")),
            (SERVICE, GASK, Fate("executor", LONG, "held")),
            (SERVICE, GASK, Fate("executor", LONG, "delegated")),
            (SERVICE, GASK, Fate("executor", LONG, "returned")),
            (SERVICE, GASK, Fate("executor", LONG, "given")),
            (SERVICE, GASK, Fate("sign-", CLERK, "asked")),
            (SERVICE, GASK, Fate(None)),
            (SERVICE, GASK, Fate(None, answers={"completeness": "incomplete"})),
            (SERVICE, GASK, Fate("executor", LONG, "begun")),
            (SERVICE, GASK, Fate("executor", LONG, "documented")),
            ("industrial-safety-attestation", SAFETY, Fate("give-conclusion", LONG, "paused-9")),
            ("industrial-safety-attestation", SAFETY, Fate("hold-hearing", LONG, "paused-10", HEARD)),
            ("service-complaint", GASK, Fate("complaint_officer", CLERK, None, REFUSING)),
        ]
    )
]
Maker = sessionmaker[Session]


@pytest.fixture
def maker(fresh_database: str) -> Iterator[Maker]:
    """With the demo people and the models of two acts, and not a case."""
    database = store.engine(fresh_database)
    maker = store.sessions(database)
    with maker.begin() as session:
        seed(session, ACTS, NOW, demo=True)
        for act in ("shared", "aktobe-6435", "V2000020340"):
            deploy_acts(session, OPERATOR, ACTS / act, NOW)
    yield maker
    database.dispose()


def test_cases_stand_where_they_were_left_with_a_true_past(maker: Maker) -> None:
    assert fill(maker, NOW, wanted=SAMPLE) == Filled(len(SAMPLE), 2, {})
    with maker.begin() as session:
        tasks = session.scalars(select(Task).where(Task.ended_at.is_(None))).all()
        of_case = {session.get_one(Instance, task.instance_id).business_key: task for task in tasks}
        late, held, delegated, returned, given, signing = (of_case[f"{KEY}{number:04}"] for number in range(1, 7))
        assert late.assignee is not None
        assert late.due_at is not None
        assert late.due_at < NOW
        assert held.follow_up_at is not None
        assert held.follow_up_at > NOW
        assert (delegated.delegation, returned.delegation) == ("PENDING", "RESOLVED")
        assert delegated.assignee != delegated.owner
        assert returned.assignee == returned.owner
        assert given.assignee is not None
        assert "executor" in (given.candidate_groups or ())
        assert signing.element == "sign-result"
        assert len(session.scalars(select(Comment.id)).all()) >= 4
        begun, documented = of_case[f"{KEY}0009"], of_case[f"{KEY}0010"]
        assert begun.draft is not None
        assert begun.draft["data"]
        handed_in = session.scalars(select(Document)).all()
        assert documented.id in {one.task_id for one in handed_in}
        assert {one.media_type for one in handed_in if one.task_id is None} >= {"application/pdf"}
        assert all(one.digest is not None and one.instance_id is not None for one in handed_in)
        paused = session.scalars(select(Instance).where(Instance.super_id.is_(None), Instance.clock.is_not(None))).all()
        assert {case.business_key for case in paused} == {f"{KEY}0011", f"{KEY}0012"}
        ended = session.scalars(select(Instance).where(Instance.super_id.is_(None), Instance.ended_at.is_not(None)))
        assert Counter(case.variables["resultKind"] for case in ended) == {"issued": 1, "refusal": 1}
        assert session.scalars(select(History.id).where(History.at > NOW)).all() == []
        found = deadlines_of(session, OPERATOR, late.instance_id)
        assert found.whole is not None


def test_people_have_arranged_themselves_and_are_told_of_what_is_late(maker: Maker) -> None:
    fill(maker, NOW, wanted=SAMPLE[:1])
    fill(maker, NOW, wanted=SAMPLE[:2])
    with maker.begin() as session:
        deputy = actor_of(session, f"executor.{GASK}")
        found = absence_lists.of_person(session, deputy, NOW, 0, 10)
        assert [(one.absence.user_id, one.state) for one in found] == [(f"executor-3.{GASK}", "now")]
        assert [one.name for one in saved_filters.kept(session, actor_of(session, f"executor-2.{GASK}"))] != []
        late = session.scalars(select(Task).where(Task.ended_at.is_(None), Task.due_at < NOW)).first()
        assert late is not None
        assert late.assignee is not None
        assert "deputy" in [one.kind for one in notices.listed(session, deputy, None, 10)]
        told = notices.listed(session, actor_of(session, late.assignee), None, 10)
        assert (Kind.OVERDUE, True) in [(one.kind, one.unread) for one in told if one.task == late.id]


def test_a_second_start_adds_nothing_and_one_that_was_cut_off_is_completed(maker: Maker) -> None:
    assert fill(maker, NOW, wanted=SAMPLE[:2]).cases == 2
    assert fill(maker, NOW, wanted=SAMPLE[:3]).cases == 1
    assert fill(maker, NOW, wanted=SAMPLE[:3]) == Filled(0, 0, {})


def test_where_people_have_cases_of_their_own_nothing_is_added(maker: Maker) -> None:
    with maker.begin() as session:
        definition = definition_by_key(session, OPERATOR, SERVICE, GASK)
        start(session, OPERATOR, definition, {}, NOW, business_key="A-1", tenant=GASK)
    assert fill(maker, NOW, wanted=SAMPLE[:1]) == Filled(0, 0, {})


def test_a_case_that_cannot_be_played_is_left_out_and_named(maker: Maker) -> None:
    """A complaint about a case that there is not."""
    filled = fill(maker, NOW, wanted=[SAMPLE[0], Plan(1, "service-complaint", Fate(None), SAFETY)])
    assert (filled.cases, filled.organisations, set(filled.failed)) == (1, 1, {f"{KEY}0002"})


def test_every_plan_is_of_a_service_of_an_act_and_counted_once() -> None:
    services = {
        service["key"] for act in ACTS.glob("*/act.yaml") for service in yaml.safe_load(act.read_text())["services"]
    }
    planned = list(plans())
    assert 150 <= len(planned) <= 250
    assert len({plan.number for plan in planned}) == len(planned)
    assert {plan.service for plan in planned} == services
    assert {plan.fate.touch for plan in planned} - {None} == set(TOUCHES)


def test_whoever_applies_has_numbers_with_their_check_digit() -> None:
    rng = Random(1)
    for _ in range(50):
        assert fault(draw(rng, person=True).number, "iin") is None
        assert fault(draw(rng, person=False).number, "bin") is None


@pytest.mark.parametrize("amount", [0, 5, 240, 481, 5_000])
def test_going_back_is_counting_the_same_minutes_of_work(amount: int) -> None:
    calendar = WorkCalendar()
    assert minutes(calendar, amount, back(calendar, amount, NOW)) == NOW


def test_whoever_starts_is_told_of_people_that_there_are_and_what_they_see(maker: Maker) -> None:
    with maker.begin() as session:
        told = "\n".join(introduction(session))
        known = set(session.scalars(select(User.id)))
    named = {f"{role}.{tenant}" for tenant, people in PEOPLE.items() for role in people}
    assert named <= known
    assert named | {"admin"} <= set(told.split())
    assert "`demo`" in told
