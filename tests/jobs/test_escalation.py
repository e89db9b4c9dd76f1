"""Whom time is told beside who has a task: those who lead the work, and the history of the case."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.domain.models.values import jsonable
from app.store.tables import History, Membership, Organisation, Task, User
from tests.jobs.test_reminders import BEGUN, DUE, FIFTH, MINUTE, TENANT, database, had, job_at

__all__ = ["database"]
ELSEWHERE = "industrial-safety-committee"
PEOPLE = (("boss", "head", TENANT), ("chief", "unit_head", TENANT), ("clerk", "clerk", TENANT))
OTHERS = (("stranger", "head", ELSEWHERE),)


@pytest.fixture(autouse=True)
def people(database: Engine) -> None:
    with Session(database) as session, session.begin():
        for person, role, tenant in (*PEOPLE, *OTHERS):
            session.add(User(id=person, password_hash="-"))
            session.flush()
            session.add(Membership(user_id=person, tenant_id=tenant, group_id=role))


def passed(engine: Engine, task: UUID) -> list[object]:
    """What history says of terms of a task that are over."""
    with Session(engine) as session:
        found = select(History.data["due"].as_string()).where(History.task_id == task, History.operation == "Overdue")
        return list(session.scalars(found))


def settle(engine: Engine, percent: int) -> None:
    with Session(engine) as session, session.begin():
        session.get_one(Organisation, TENANT).reminder_percent = percent


def test_who_leads_is_told_with_who_has_the_task_before_the_term_is_over_and_then(database: Engine) -> None:
    had(database)
    soon = [("boss", "team-soon"), ("chief", "team-soon"), ("clerk", "soon")]
    assert sorted(job_at(database, FIFTH + MINUTE)) == soon
    late = [("boss", "team-overdue"), ("chief", "team-overdue"), ("clerk", "overdue")]
    assert sorted(job_at(database, DUE + MINUTE)) == sorted([*soon, *late])
    assert sorted(job_at(database, DUE + 2 * MINUTE)) == sorted([*soon, *late])


def test_what_nobody_has_is_told_to_who_leads(database: Engine) -> None:
    had(database, assignee=None)
    job_at(database, DUE - MINUTE)
    told = job_at(database, DUE + MINUTE)
    assert {one for one in told if one[1].endswith("overdue")} == {("boss", "team-overdue"), ("chief", "team-overdue")}


@pytest.mark.parametrize(("person", "others"), [("boss", []), ("chief", ["boss"])])
def test_who_leads_is_told_of_his_own_task_once_and_nobody_below_him(
    database: Engine, person: str, others: list[str]
) -> None:
    had(database, assignee=person)
    job_at(database, BEGUN)
    told = job_at(database, DUE + MINUTE)
    assert [one for one, kind in told if kind == "overdue"] == [person]
    assert [one for one, kind in told if kind == "team-overdue"] == others


def test_of_what_an_applicant_leaves_undone_nobody_but_he_is_told(database: Engine) -> None:
    task = had(database, candidate_groups=["applicant"])
    job_at(database, BEGUN)
    assert job_at(database, DUE + MINUTE) == [("clerk", "overdue")]
    assert passed(database, task) == [jsonable(DUE)]


@pytest.mark.parametrize("percent", [5, 50])
def test_an_organisation_chooses_at_which_share_of_a_term_it_is_told(database: Engine, percent: int) -> None:
    settle(database, percent)
    far = DUE + timedelta(days=60)
    had(database, due=far)
    moment = far - (far - BEGUN) * percent / 100
    assert job_at(database, moment - MINUTE) == []
    soon = [("boss", "team-soon"), ("chief", "team-soon"), ("clerk", "soon")]
    assert sorted(job_at(database, moment + MINUTE)) == soon
    assert sorted(job_at(database, far - (far - BEGUN) * min(percent, 20) / 100 + MINUTE)) == soon


def test_another_organisation_is_told_as_before(database: Engine) -> None:
    with Session(database) as session, session.begin():
        session.get_one(Organisation, ELSEWHERE).reminder_percent = 90
    had(database)
    assert job_at(database, FIFTH - MINUTE) == []
    assert len(job_at(database, FIFTH + MINUTE)) == 3


def test_history_tells_once_that_a_term_is_over_also_of_a_task_that_nobody_has(database: Engine) -> None:
    tasks = had(database), had(database, assignee=None)
    job_at(database, DUE - MINUTE)
    assert [passed(database, task) for task in tasks] == [[], []]
    for later in (1, 2, 9):
        job_at(database, DUE + later * MINUTE)
        assert [passed(database, task) for task in tasks] == [[jsonable(DUE)], [jsonable(DUE)]]


def test_history_tells_of_each_term_that_a_task_has_had(database: Engine) -> None:
    task, moved = had(database), DUE + timedelta(days=5)
    job_at(database, BEGUN)
    job_at(database, DUE + MINUTE)
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=moved))
    job_at(database, moved + MINUTE)
    assert passed(database, task) == [jsonable(DUE), jsonable(moved)]


def test_history_tells_nothing_while_the_clock_of_the_case_stands_still_or_of_what_has_ended(database: Engine) -> None:
    paused, ended = had(database), had(database, ended_at=FIFTH)
    job_at(database, BEGUN)
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == paused).values(stands_since=BEGUN))
    assert job_at(database, DUE + MINUTE) == []
    assert [passed(database, task) for task in (paused, ended)] == [[], []]
