"""The bell: who is told of what, and where a notice leads."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions import notices
from app.store.tables import Membership, Notice, Task, User
from tests.api.models import ONE_TASK, bpmn, line, user_task

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK, HEAD, EXECUTOR, OTHER = f"clerk.{TENANT}", f"head.{TENANT}", f"executor.{TENANT}", "second.clerk"
LOOP = bpmn(
    "loop",
    '<startEvent id="start"/><userTask id="prepare" name="Дайындау" camunda:candidateGroups="clerk"/>'
    '<userTask id="check" name="Тексеру" camunda:candidateGroups="head"/><exclusiveGateway id="good" default="back"/>'
    '<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="prepare"/>'
    '<sequenceFlow id="f2" sourceRef="prepare" targetRef="check"/><sequenceFlow id="f3" sourceRef="check" targetRef="good"/>'
    '<sequenceFlow id="f4" sourceRef="good" targetRef="end"><conditionExpression>${good}</conditionExpression></sequenceFlow>'
    '<sequenceFlow id="back" sourceRef="good" targetRef="prepare"/>',
)


@pytest.fixture(autouse=True)
def people(database_engine: Engine, deploy: Callable[..., object]) -> None:
    """A second clerk, and models with one task and with a loop."""
    with Session(database_engine) as session, session.begin():
        session.add(User(id=OTHER, first_name="Ерлан", last_name="Ахмет", password_hash="-", administrator=False))
        session.flush()
        session.add(Membership(user_id=OTHER, tenant_id=TENANT, group_id="clerk"))
    deploy({"one.bpmn": ONE_TASK, "loop.bpmn": LOOP})


@pytest.fixture
def task(start: Callable[..., str], database_engine: Engine) -> Callable[..., UUID]:
    """Starts a case; gives the id of its open task."""

    def run(key: str = "oneTask", **variables: object) -> UUID:
        return open_task(database_engine, start(key, **variables))

    return run


def open_task(engine: Engine, instance: str) -> UUID:
    with Session(engine) as session:
        found = select(Task.id).where(Task.instance_id == UUID(instance), Task.ended_at.is_(None))
        return session.scalars(found).one()


@pytest.fixture
def act(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., None]:
    def run(person: str, task_id: UUID, what: str, body: object = None) -> None:
        answer = client.post(f"/engine-rest/task/{task_id}/{what}", json=body or {}, headers=as_user(person))
        assert answer.status_code in (200, 204), answer.text

    return run


def told(engine: Engine) -> list[tuple[str, str, str | None]]:
    with Session(engine) as session:
        rows = session.execute(select(Notice.user_id, Notice.kind, Notice.doer).order_by(Notice.id))
        return [(row.user_id, row.kind, row.doer) for row in rows]


def test_who_assigns_takes_away_and_gives_back_tells_the_others(
    task: Callable[..., UUID], act: Callable[..., None], database_engine: Engine
) -> None:
    task_id = task()
    act("admin", task_id, "assignee", {"userId": CLERK})
    act(CLERK, task_id, "delegate", {"userId": OTHER})
    act("admin", task_id, "resolve")
    act("admin", task_id, "unclaim")
    assert told(database_engine) == [
        (CLERK, "assigned", "admin"),
        (OTHER, "delegated", CLERK),
        (OTHER, "taken", "admin"),
        (CLERK, "resolved", "admin"),
        (CLERK, "taken", "admin"),
    ]


def test_nobody_is_told_of_what_he_did_himself_and_it_costs_nothing(
    task: Callable[..., UUID], act: Callable[..., None], database_engine: Engine, statements: list[str]
) -> None:
    task_id = task()
    statements.clear()
    act(CLERK, task_id, "claim", {"userId": CLERK})
    act(CLERK, task_id, "comment/create", {"message": "Құжаттарды күтіп отырмын"})
    act(CLERK, task_id, "complete")
    assert not [one for one in statements if "notice" in one]
    assert told(database_engine) == []


def test_a_comment_of_another_is_told_to_whoever_has_the_task(
    task: Callable[..., UUID], act: Callable[..., None], database_engine: Engine
) -> None:
    task_id = task()
    act("admin", task_id, "comment/create", {"message": "Қараңыз"})
    act(CLERK, task_id, "claim", {"userId": CLERK})
    act("admin", task_id, "comment/create", {"message": "Қараңыз"})
    assert told(database_engine) == [(CLERK, "comment", "admin")]


def test_a_step_that_comes_back_for_correction_is_told_to_who_completed_it(
    start: Callable[..., str], act: Callable[..., None], database_engine: Engine, statements: list[str]
) -> None:
    instance = start("loop")
    task_id = open_task(database_engine, instance)
    act(CLERK, task_id, "claim", {"userId": CLERK})
    statements.clear()
    act(CLERK, task_id, "complete")
    assert not [one for one in statements if "end_reason" in one and one.startswith("SELECT task.assignee")]
    checked = open_task(database_engine, instance)
    act(HEAD, checked, "claim", {"userId": HEAD})
    act(HEAD, checked, "complete", {"variables": {"good": {"value": False}}})
    assert told(database_engine) == [(CLERK, "reopened", HEAD)]


def test_a_step_that_the_model_assigns_is_told_to_its_assignee(
    deploy: Callable[..., object], task: Callable[..., UUID], database_engine: Engine
) -> None:
    work = user_task("work", "Work", attributes=f'camunda:assignee="{EXECUTOR}"')
    deploy({"named.bpmn": bpmn("named", line(work))})
    task("named")
    assert told(database_engine) == [(EXECUTOR, "assigned", "admin")]


def test_the_bell_counts_what_is_unread_of_open_tasks_in_one_statement(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    task: Callable[..., UUID],
    act: Callable[..., None],
    statements: list[str],
) -> None:
    first, second = task(), task()
    act("admin", first, "assignee", {"userId": CLERK})
    act("admin", second, "assignee", {"userId": CLERK})
    statements.clear()
    answer = client.get("/notices/unread", headers=as_user(CLERK))
    assert ">2</b>" in answer.text
    assert len(statements) == 2, "\n".join(statements)
    act(CLERK, second, "complete")
    assert ">1</b>" in client.get("/notices/unread", headers=as_user(CLERK)).text
    assert client.post("/notices/read", headers=as_user(CLERK)).status_code == 303
    assert client.get("/notices/unread", headers=as_user(CLERK)).text.strip() == ""


def test_a_page_of_notices_takes_few_statements_and_leads_to_the_tasks(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    task: Callable[..., UUID],
    act: Callable[..., None],
    statements: list[str],
) -> None:
    tasks = [task(applicantName=f"«Алма {number}» ЖШС") for number in range(4)]
    for one in tasks:
        act("admin", one, "assignee", {"userId": CLERK})
    statements.clear()
    text = unescape(client.get("/notices", headers={**as_user(CLERK), "Accept-Language": "kk"}).text)
    assert len(statements) <= 5, "\n".join(statements)
    titles = re.findall(r"«Алма \d» ЖШС", text)
    assert titles == [f"«Алма {number}» ЖШС" for number in (3, 2, 1, 0)]
    assert text.count("Сізге тапсырма берілді") == 4
    link = re.findall(r"/notices/\d+", text)[0]
    answer = client.get(link, headers=as_user(CLERK))
    assert (answer.status_code, answer.location) == (303, f"/tasks/{tasks[3]}")
    assert ">3</b>" in client.get("/notices/unread", headers=as_user(CLERK)).text


def test_older_notices_are_on_the_next_page(
    client: FlaskClient, as_user: Callable[[str], Headers], task: Callable[..., UUID], database_engine: Engine
) -> None:
    task_id, now = task(), datetime.now(UTC)
    with Session(database_engine) as session, session.begin():
        session.add_all(
            Notice(at=now, task_id=task_id, tenant_id=TENANT, user_id=CLERK, kind="comment") for _ in range(32)
        )
    text = client.get("/notices", headers=as_user(CLERK)).text
    assert len(re.findall(r'"/notices/\d+"', text)) == 30
    older = unescape(re.findall(r'href="(/notices\?before=\d+)"', text)[0])
    assert len(re.findall(r'"/notices/\d+"', client.get(older, headers=as_user(CLERK)).text)) == 2


def test_what_one_may_no_longer_see_says_so(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    task: Callable[..., UUID],
    act: Callable[..., None],
    database_engine: Engine,
) -> None:
    task_id = task(applicantName="«Құпия» ЖШС")
    act("admin", task_id, "assignee", {"userId": CLERK})
    with Session(database_engine) as session, session.begin():
        session.execute(
            update(Membership).where(Membership.user_id == CLERK).values(tenant_id="industrial-safety-committee")
        )
    headers = {**as_user(CLERK), "Accept-Language": "ru"}
    text = unescape(client.get("/notices", headers=headers).text)
    assert "Құпия" not in text
    assert "Это дело вам больше не видно" in text
    answer = client.get(re.findall(r"/notices/\d+", text)[0], headers=headers)
    assert (answer.status_code, "Ваша работа — в списке задач." in answer.text) == (200, True)


def test_a_notice_of_another_is_not_there(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    task: Callable[..., UUID],
    act: Callable[..., None],
    database_engine: Engine,
) -> None:
    act("admin", task(), "assignee", {"userId": CLERK})
    with Session(database_engine) as session:
        [notice] = session.scalars(select(Notice.id))
    assert client.get(f"/notices/{notice}", headers=as_user(HEAD)).status_code == 404
    assert client.get(f"/notices/{notice}", headers=as_user(CLERK)).status_code == 303
    assert client.get(f"/notices/{10**30}", headers=as_user(CLERK)).status_code == 404
    assert client.get(f"/notices?before={10**30}", headers=as_user(CLERK)).status_code == 200


def test_an_ended_task_leads_to_its_case(
    client: FlaskClient, as_user: Callable[[str], Headers], task: Callable[..., UUID], act: Callable[..., None]
) -> None:
    task_id = task()
    act("admin", task_id, "assignee", {"userId": CLERK})
    act(CLERK, task_id, "complete")
    link = re.findall(r"/notices/\d+", client.get("/notices", headers=as_user(CLERK)).text)[0]
    assert client.get(link, headers=as_user(CLERK)).location.startswith("/cases/")


def test_of_a_failed_change_nothing_is_told(
    client: FlaskClient, as_user: Callable[[str], Headers], task: Callable[..., UUID], database_engine: Engine
) -> None:
    answer = client.post(f"/engine-rest/task/{task()}/assignee", json={"userId": HEAD}, headers=as_user("admin"))
    assert answer.status_code == 403
    assert told(database_engine) == []


def test_an_extended_term_is_told_to_who_works_under_it(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., object],
    task: Callable[..., UUID],
    act: Callable[..., None],
    database_engine: Engine,
) -> None:
    term = (
        '<extensionElements><camunda:properties><camunda:property name="law.extend" value="workingDays:10"/>'
        '<camunda:property name="law.extendClause" value="12"/></camunda:properties></extensionElements>'
    )
    model = bpmn(
        "dated",
        '<startEvent id="s"/><userTask id="work" name="W" camunda:candidateGroups="clerk" '
        f'camunda:dueDate="${{workingDays(3)}}">{term}</userTask><endEvent id="e"/>'
        '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
    )
    deploy({"dated.bpmn": model})
    task_id = task("dated")
    act(CLERK, task_id, "claim", {"userId": CLERK})
    with Session(database_engine) as session:
        case = session.get_one(Task, task_id).instance_id
    body = {"amount": 2, "unit": "workingDays", "reason": "Қосымша құжат", "clause": "12"}
    answer = client.post(f"/api/cases/{case}/extend", json=body, headers=as_user("admin"))
    assert answer.status_code in (200, 204), answer.text
    assert told(database_engine) == [(CLERK, "extended", "admin")]


def test_notices_of_three_months_ago_are_forgotten(task: Callable[..., UUID], database_engine: Engine) -> None:
    task_id, now = task(), datetime.now(UTC)
    with Session(database_engine) as session, session.begin():
        session.add_all(
            Notice(at=now - timedelta(days=days), task_id=task_id, tenant_id=TENANT, user_id=CLERK, kind="comment")
            for days in (91, 89)
        )
        session.flush()
        notices.forget(session, now)
    assert len(told(database_engine)) == 1
