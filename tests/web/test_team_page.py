"""The page of the team: numbers, what is behind them, and giving tasks to others."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.people import team
from app.actions.people.people import actor_of
from app.domain.ids import new_id
from app.store.tables import Absence, History, Instance, Membership, Notice, Task, User
from tests.api.models import bpmn

Headers = dict[str, str]
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
CLERK, HEAD, UNIT_HEAD, OTHER = f"clerk.{TENANT}", f"head.{TENANT}", f"unit_head.{TENANT}", "second.clerk"
MODEL = bpmn(
    "design-licence",
    '<startEvent id="s"/><userTask id="work" name="Құжаттарды тексеру" camunda:candidateGroups="clerk"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
)
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def office(database_engine: Engine, deploy: Callable[..., object]) -> None:
    """A model, and a second clerk."""
    with Session(database_engine) as session, session.begin():
        session.add(User(id=OTHER, first_name="Ерлан", last_name="Ахмет", password_hash="-", administrator=False))
        session.flush()
        session.add(Membership(user_id=OTHER, tenant_id=TENANT, group_id="clerk"))
    deploy({"one.bpmn": MODEL})


@pytest.fixture
def task(start: Callable[..., str], database_engine: Engine) -> Callable[..., str]:
    """Starts a case and changes its task; gives the id of that."""

    def run(applicant: str = "Алма", **changes: object) -> str:
        instance = UUID(start("design-licence", applicantName=applicant))
        with Session(database_engine) as session, session.begin():
            task = session.scalars(select(Task).where(Task.instance_id == instance)).one()
            if changes:
                session.execute(update(Task).where(Task.id == task.id).values(**changes))
            return str(task.id)

    return run


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(path: str = "/team", person: str = HEAD, status: int = 200) -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": "ru"})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def give(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(tasks: list[str], person: str, by: str = HEAD, query: str = "", **more: Any) -> str:
        headers = {**as_user(by), "Accept-Language": "ru"}
        data = {"task": tasks, "person": person, **more}
        answer = client.post(f"/team/tasks?{query}", data=data, headers=headers)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    return run


def test_the_load_is_counted_by_person_step_and_role(task: Callable[..., str], database_engine: Engine) -> None:
    task(assignee=CLERK, due_at=NOW - timedelta(hours=1))
    task(assignee=CLERK, due_at=NOW + timedelta(days=5))
    task(due_at=NOW - timedelta(hours=1))
    task(assignee="gone", due_at=None)
    task(
        assignee=CLERK,
        ended_at=NOW - timedelta(days=2),
        due_at=NOW - timedelta(days=4),
        end_reason="completed",
    )
    stood = {"due_at": NOW - timedelta(days=10), "stands_since": NOW - timedelta(days=11)}
    task(assignee=CLERK, ended_at=NOW - timedelta(days=9), end_reason="completed", **stood)
    task(assignee=CLERK, ended_at=NOW - timedelta(days=31), end_reason="completed")
    task(assignee=CLERK, ended_at=NOW - timedelta(days=1), end_reason="deleted")
    with Session(database_engine) as session:
        found = team.team(session, actor_of(session, HEAD), TENANT, NOW)
    assert found.load == team.Load(open=4, late=2, unassigned=1, unassigned_late=1)
    people = {one.id: one for one in found.people}
    assert people[CLERK].load == team.Load(open=2, late=1)
    assert people[CLERK].done == team.Done(week=1, month=2, delayed=1, delay=timedelta(days=2))
    assert (people["gone"].load.open, people["gone"].roles) == (1, [])
    assert people[OTHER].load == team.Load()
    assert found.people[0].id == CLERK
    [step] = found.steps
    assert (step.element, step.load) == ("work", found.load)
    [role] = found.roles
    assert (role.key, role.load.unassigned) == ("clerk", 1)


def test_what_is_due_today_ends_with_the_day_of_the_provider(task: Callable[..., str], database_engine: Engine) -> None:
    now = datetime(2026, 3, 10, 17, tzinfo=UTC)  # ten in the evening in Almaty
    task(due_at=now + timedelta(minutes=90))
    task(due_at=now + timedelta(hours=3))
    with Session(database_engine) as session:
        assert team.team(session, actor_of(session, HEAD), TENANT, now).load.today == 1


@pytest.mark.parametrize("person", [HEAD, UNIT_HEAD, "admin"])
def test_leaders_see_the_page_in_few_statements(
    see: Callable[..., str], task: Callable[..., str], statements: list[str], person: str
) -> None:
    for number in range(5):
        task(f"Өтініш {number}", assignee=CLERK if number % 2 else None)
    see(f"/team?organisation={TENANT}", person)
    statements.clear()
    text = see(f"/team?organisation={TENANT}", person)
    assert len(statements) <= 10, "\n".join(statements)
    assert "Құжаттарды тексеру" in text
    statements.clear()
    assert see(f"/team/tasks?organisation={TENANT}&unassigned=1", person).count('name="task"') == 3
    assert len(statements) <= 13, "\n".join(statements)


def test_others_are_told_for_whom_the_page_is(see: Callable[..., str]) -> None:
    for path in ("/team", "/team/tasks"):
        assert "Эту страницу видит руководитель" in see(path, CLERK, 403)
    assert 'href="/team"' not in see("/notices", CLERK)
    assert 'href="/team"' in see("/notices", HEAD)


def test_each_number_leads_to_as_many_tasks(see: Callable[..., str], task: Callable[..., str]) -> None:
    task(assignee=CLERK, due_at=NOW - timedelta(hours=1))
    task(assignee=CLERK)
    task(due_at=NOW - timedelta(hours=1))
    links = re.findall(r'href="(/team/tasks[^"]*)" aria-label="[^"]*: (\d+)"', see())
    assert len(links) == 7
    for address, number in links:
        assert see(address).count('name="task"') == int(number), address


def test_a_leader_gives_tasks_of_one_person_to_another(
    see: Callable[..., str], give: Callable[..., str], task: Callable[..., str], database_engine: Engine
) -> None:
    tasks = [task(f"Өтініш {number}", assignee=CLERK) for number in range(3)]
    assert f'value="{OTHER}"' in see(f"/team/tasks?assignee={CLERK}")
    text = give(tasks[:2], OTHER, query=f"assignee={CLERK}", reason="Демалысқа кетті")
    assert "Переданы 2 задачи. Исполнитель: Ерлан Ахмет" in text
    assert text.count('name="task"') == 1
    with Session(database_engine) as session:
        had = session.scalars(select(Task.assignee).where(Task.id.in_(map(UUID, tasks)))).all()
        told = session.scalars(select(History.data).where(History.operation == "Assign")).all()
    assert sorted(str(one) for one in had) == sorted([CLERK, OTHER, OTHER])
    assert told == [{"assignee": [CLERK, OTHER], "reason": "Демалысқа кетті"}] * 2


def test_all_that_is_shown_is_given_at_once_when_it_is_confirmed(
    give: Callable[..., str], task: Callable[..., str], database_engine: Engine
) -> None:
    tasks = [task(f"Өтініш {number}", assignee=CLERK) for number in range(3)]
    text = give([], OTHER, by=UNIT_HEAD, shown=tasks, all="1", reason="Науқас")
    assert "Передать 3 показанные задачи? Исполнитель: Ерлан Ахмет" in text
    with Session(database_engine) as session:
        assert set(session.scalars(select(Task.assignee))) == {CLERK}
    kept = dict(re.findall(r'<input type="hidden" name="(all|person|reason)" value="([^"]*)">', text))
    assert kept == {"all": "1", "person": OTHER, "reason": "Науқас"}
    asked = re.findall(r'name="shown" value="([^"]*)"', text)
    assert "Переданы 3 задачи" in give([], by=UNIT_HEAD, shown=asked, sure="1", **kept)


def test_a_reason_that_is_too_long_is_refused_and_kept(give: Callable[..., str], task: Callable[..., str]) -> None:
    text = give([task(assignee=CLERK)], OTHER, reason="ұ" * 1001)
    assert "не может быть длиннее 1000 знаков" in text
    assert "ұ" * 1001 in text


def test_each_task_that_cannot_be_given_says_why(give: Callable[..., str], task: Callable[..., str]) -> None:
    open_one, ended = task("Ашық"), task("Жабық", ended_at=NOW, end_reason="completed")
    text = give([open_one, ended], OTHER)
    assert "Передана 1 задача" in text
    assert ": 1</b>" in text
    assert "Задача уже завершена" in text
    assert "не состоит в её роли" in give([open_one], f"executor.{TENANT}")


def test_nobody_chosen_or_nothing_chosen_is_said(give: Callable[..., str], task: Callable[..., str]) -> None:
    one = task(assignee=CLERK)
    assert "Выберите, кому передать" in give([one], "")
    assert "Ни одна задача не выбрана" in give([], OTHER)
    assert "«nobody» нет" in give([one], "nobody")


def test_a_leader_of_another_organisation_gives_nothing_of_it(
    give: Callable[..., str], task: Callable[..., str], database_engine: Engine
) -> None:
    one = task(assignee=CLERK)
    assert "нет в этой организации" in give([one], OTHER, by=f"head.{ELSEWHERE}", query=f"organisation={TENANT}")
    with Session(database_engine) as session:
        assert session.get_one(Task, UUID(one)).assignee == CLERK


def test_who_leads_reassigns_over_the_interface_too_and_a_colleague_does_not(
    client: FlaskClient, as_user: Callable[[str], Headers], task: Callable[..., str], database_engine: Engine
) -> None:
    one = task(assignee=CLERK)
    path, body = f"/engine-rest/task/{one}/assignee", {"userId": OTHER}
    assert client.post(path, json=body, headers=as_user(f"executor.{TENANT}")).status_code in (403, 404, 500)
    assert client.post(path, json=body, headers=as_user(f"head.{ELSEWHERE}")).status_code in (403, 404, 500)
    assert client.post(path, json=body, headers=as_user(UNIT_HEAD)).status_code == 204
    with Session(database_engine) as session:
        assert session.get_one(Task, UUID(one)).assignee == OTHER
        told = session.execute(select(Notice.user_id, Notice.kind).order_by(Notice.id)).all()
    assert [tuple(row) for row in told] == [(CLERK, "taken"), (OTHER, "assigned")]


def test_a_leader_takes_no_task_whose_role_he_does_not_hold(give: Callable[..., str], task: Callable[..., str]) -> None:
    assert "не состоит в её роли" in give([task(assignee=CLERK)], HEAD)


def test_the_tasks_of_who_has_left_the_role_are_found_and_given_to_others(
    see: Callable[..., str], give: Callable[..., str], task: Callable[..., str], database_engine: Engine
) -> None:
    task("Қалады", assignee=OTHER)
    task("Ешкімдікі", assignee=CLERK)
    task("Кеткен", assignee="gone")
    with Session(database_engine) as session, session.begin():
        held = session.get_one(Membership, (CLERK, TENANT, "clerk"))
        held.group_id = "executor"
    assert "2 задачи у тех, кто по своей роли их не выполняет" in see()
    text = see("/team/tasks?misplaced=1")
    assert set(re.findall("Қалады|Ешкімдікі|Кеткен", text)) == {"Ешкімдікі", "Кеткен"}
    ids = re.findall(r'name="task" value="([^"]*)"', text)
    assert "Переданы 2 задачи" in give(ids, OTHER, query="misplaced=1")
    assert "по своей роли" not in see()


def test_a_row_leads_to_the_task_to_the_case_or_nowhere_as_the_reader_may(
    see: Callable[..., str], task: Callable[..., str], database_engine: Engine, statements: list[str]
) -> None:
    own, seen, hidden = task("Өзі"), task("Көреді"), task("Көрмейді")
    with Session(database_engine) as session, session.begin():
        session.get_one(Task, UUID(own)).candidate_users = [HEAD]
        case = session.get_one(Task, UUID(seen)).instance_id
        instance = session.get_one(Instance, case)
        instance.viewers = [*instance.viewers, f"person:{HEAD}"]
    statements.clear()
    text = see("/team/tasks")
    assert len(statements) <= 13, "\n".join(statements)
    assert re.findall(r'<a href="(/[a-z]+/[^"]*)">(Өзі|Көреді|Көрмейді)<', text) == [
        (f"/tasks/{own}", "Өзі"),
        (f"/cases/{case}", "Көреді"),
    ]
    assert "<span>Көрмейді</span>" in text
    assert f"/tasks/{hidden}" not in text
    for path in (f"/tasks/{own}", f"/cases/{case}"):
        see(path)


def test_who_is_absent_today_is_marked_where_tasks_are_given(
    see: Callable[..., str], task: Callable[..., str], database_engine: Engine
) -> None:
    task(assignee=CLERK)
    days = [(timedelta(days=-1), timedelta(days=1), CLERK), (timedelta(days=3), timedelta(days=4), OTHER)]
    with Session(database_engine) as session, session.begin():
        for first, last, person in days:
            made = Absence(
                id=new_id(),
                made_at=NOW,
                first_day=(NOW + first).date(),
                last_day=(NOW + last).date(),
                tenant_id=TENANT,
                user_id=person,
                deputy_id=HEAD,
                order_number="1",
                made_by="admin",
            )
            session.add(made)
        session.execute(update(User).where(User.id == HEAD).values(first_name="Болат", last_name="Әли"))
    assert see().count("отсутствует, замещает Болат Әли") == 1
    assert see("/team/tasks").count("отсутствует, замещает Болат Әли") == 1


def test_who_has_nothing_to_do_is_shown_on_demand(see: Callable[..., str], task: Callable[..., str]) -> None:
    task(assignee=CLERK)
    text = see()
    assert "Ахмет" not in text
    [address] = re.findall(r'href="(/team\?[^"]*people=1[^"]*)"', text)
    assert "Ахмет" in see(address)


def test_an_organisation_without_tasks_says_so(see: Callable[..., str]) -> None:
    assert "Открытых задач нет" in see()
    assert "Таких задач нет" in see("/team/tasks?late=1")
