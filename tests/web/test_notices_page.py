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

from app.actions.people import notices
from app.domain.ids import new_id
from app.store.tables import Absence, Membership, Notice, Task, User
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


AGAIN = bpmn(
    "again",
    '<startEvent id="start"/><scriptTask id="gather" scriptFormat="juel" camunda:resultVariable="people">'
    "<script>${people}</script></scriptTask>%s"
    '<userTask id="check" name="Тексеру" camunda:candidateGroups="head"/><exclusiveGateway id="good" default="back"/>'
    '<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="gather"/>'
    '<sequenceFlow id="f2" sourceRef="gather" targetRef="vote"/><sequenceFlow id="f3" sourceRef="vote" targetRef="check"/>'
    '<sequenceFlow id="f4" sourceRef="check" targetRef="good"/>'
    '<sequenceFlow id="f5" sourceRef="good" targetRef="end"><conditionExpression>${good}</conditionExpression></sequenceFlow>'
    '<sequenceFlow id="back" sourceRef="good" targetRef="gather"/>',
)
"""Several people are asked, and asked again."""
MEMBERS = '<multiInstanceLoopCharacteristics camunda:collection="people" camunda:elementVariable="member"/>'


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


def test_who_gives_his_own_task_away_or_writes_to_it_is_not_told_but_the_other_is(
    task: Callable[..., UUID], act: Callable[..., None], database_engine: Engine
) -> None:
    first, second = task(), task()
    act("admin", first, "assignee", {"userId": CLERK})
    act(CLERK, first, "assignee", {"userId": OTHER})
    act(CLERK, second, "claim", {"userId": CLERK})
    act(CLERK, second, "delegate", {"userId": OTHER})
    act(CLERK, second, "comment/create", {"message": "Қараңыз"})
    assert told(database_engine) == [
        (CLERK, "assigned", "admin"),
        (OTHER, "assigned", CLERK),
        (OTHER, "delegated", CLERK),
        (OTHER, "comment", CLERK),
    ]


def test_who_sends_a_step_back_to_himself_is_not_told(
    start: Callable[..., str], act: Callable[..., None], database_engine: Engine
) -> None:
    with Session(database_engine) as session, session.begin():
        session.add(Membership(user_id=CLERK, tenant_id=TENANT, group_id="head"))
    instance = start("loop")
    for given in ({}, {"variables": {"good": {"value": False}}}):
        task_id = open_task(database_engine, instance)
        act(CLERK, task_id, "claim", {"userId": CLERK})
        act(CLERK, task_id, "complete", given)
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


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        (
            f'<userTask id="vote" camunda:candidateGroups="clerk">{MEMBERS}</userTask>',
            {(CLERK, "reopened"), (OTHER, "reopened")},
        ),
        (
            '<subProcess id="vote"><startEvent id="asked"/><userTask id="answer" camunda:assignee="${member}" '
            'camunda:candidateGroups="clerk"/><endEvent id="said"/><sequenceFlow id="g1" sourceRef="asked" '
            'targetRef="answer"/><sequenceFlow id="g2" sourceRef="answer" targetRef="said"/>'
            + MEMBERS
            + "</subProcess>",
            {(CLERK, "reopened"), (OTHER, "reopened")},
        ),
    ],
    ids=["of a group", "of each"],
)
def test_a_step_of_several_that_comes_back_is_told_to_each_of_them_once(
    deploy: Callable[..., object],
    start: Callable[..., str],
    act: Callable[..., None],
    database_engine: Engine,
    vote: str,
    expected: set[tuple[str, str]],
) -> None:
    deploy({"again.bpmn": AGAIN % vote})
    instance = start("again", people=[CLERK, OTHER])
    for person in (CLERK, OTHER):
        task_id = next(one for one in open_tasks(database_engine, instance) if one[1] in (None, person))[0]
        act("admin", task_id, "assignee", {"userId": person})
        act("admin", task_id, "complete")
    [(checked, _)] = open_tasks(database_engine, instance)
    act(HEAD, checked, "claim", {"userId": HEAD})
    before = len(told(database_engine))
    act(HEAD, checked, "complete", {"variables": {"good": {"value": False}}})
    after = told(database_engine)[before:]
    assert sorted(after) == sorted((person, kind, HEAD) for person, kind in expected)


def test_the_deputy_reads_the_notices_of_the_absent_where_he_acts_for_him(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    task: Callable[..., UUID],
    act: Callable[..., None],
    database_engine: Engine,
) -> None:
    first, second = task(applicantName="«Алма» ЖШС"), task(applicantName="«Өрік» ЖШС")
    act("admin", first, "assignee", {"userId": CLERK})
    headers = {**as_user(EXECUTOR), "Accept-Language": "ru"}
    assert "Алма" not in unescape(client.get("/notices", headers=headers).text)
    absence = absent(database_engine, CLERK, EXECUTOR)
    act(EXECUTOR, second, "claim")
    assert told(database_engine)[-1] == (CLERK, "assigned", EXECUTOR)
    text = unescape(client.get("/notices", headers=headers).text)
    assert ("Алма" in text, "Өрік" in text, f"за: {CLERK}" in text) == (True, False, True)
    assert ">1</b>" in client.get("/notices/unread", headers=headers).text
    link = re.findall(r"/notices/\d+", text)[0]
    assert client.get(link, headers=headers).location == f"/tasks/{first}"
    assert client.get("/notices/unread", headers=headers).text.strip() == ""
    assert ">1</b>" in client.get("/notices/unread", headers=as_user(CLERK)).text
    with Session(database_engine) as session, session.begin():
        session.get_one(Absence, absence).ended_at = datetime.now(UTC)
    assert "Алма" not in unescape(client.get("/notices", headers=headers).text)
    assert client.get(link, headers=headers).status_code == 404


def test_a_deputy_is_told_of_an_absence_and_of_its_end_and_led_to_it(
    client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    first, last = (datetime.now(UTC).date() + timedelta(days=days) for days in (9, 10))
    body = {
        "organisation": TENANT,
        "person": CLERK,
        "deputy": OTHER,
        "firstDay": first.isoformat(),
        "lastDay": last.isoformat(),
        "orderNumber": "118-Ө",
    }
    made = client.post("/api/absences", json=body, headers=as_user(HEAD)).json["id"]
    with Session(database_engine) as session, session.begin():
        session.execute(update(User).where(User.id == CLERK).values(first_name="Айгүл", last_name="Серікова"))
        session.execute(
            update(User).where(User.id == OTHER).values(password_hash=session.get_one(User, HEAD).password_hash)
        )
    headers = {**as_user(OTHER), "Accept-Language": "ru"}
    assert ">1</b>" in client.get("/notices/unread", headers=headers).text
    text = unescape(client.get("/notices", headers=headers).text)
    for words in (
        "Вас назначили заместителем",
        "Айгүл Серікова",
        f"{first:%d.%m.%Y} – {last:%d.%m.%Y}",
        "приказ № 118-Ө",
    ):
        assert words in text
    link = re.findall(r"/notices/\d+", text)[0]
    assert client.get(link, headers=headers).location == "/settings#absence"
    assert client.get("/notices/unread", headers=headers).text.strip() == ""
    client.post(f"/api/absences/{made}/end", headers=as_user(HEAD))
    assert told(database_engine) == [(OTHER, "deputy", HEAD), (OTHER, "deputy-ends", HEAD)]
    assert "Замещение прекращено" in client.get("/notices", headers=headers).text


def test_notices_are_in_the_order_of_time_over_pages(
    client: FlaskClient, as_user: Callable[[str], Headers], task: Callable[..., UUID], database_engine: Engine
) -> None:
    task_id, now = task(), datetime.now(UTC)
    with Session(database_engine) as session, session.begin():
        for days in (3, 1, 2, *([4] * 30), 6, 5):
            at = now - timedelta(days=days)
            session.add(Notice(at=at, task_id=task_id, tenant_id=TENANT, user_id=CLERK, kind="comment"))
            session.flush()
    first = client.get("/notices", headers=as_user(CLERK)).text
    older = unescape(re.findall(r'href="(/notices\?before=\d+)"', first)[0])
    second = client.get(older, headers=as_user(CLERK)).text
    days = [re.findall(r'<time [^>]*datetime="([0-9-]{10})', text) for text in (first, second)]
    assert [len(one) for one in days] == [30, 5]
    assert [*days[0], *days[1]] == sorted([*days[0], *days[1]], reverse=True)


def absent(engine: Engine, person: str, deputy: str) -> UUID:
    """An absence of these days; gives its id."""
    now = datetime.now(UTC)
    with Session(engine) as session, session.begin():
        made = Absence(
            id=new_id(),
            made_at=now,
            first_day=now.date() - timedelta(days=1),
            last_day=now.date() + timedelta(days=1),
            tenant_id=TENANT,
            user_id=person,
            deputy_id=deputy,
            order_number="1",
            made_by="admin",
        )
        session.add(made)
        session.flush()
        session.execute(update(User).where(User.id == person).values(first_name=person, last_name=None))
        return made.id


def open_tasks(engine: Engine, instance: str) -> list[tuple[UUID, str | None]]:
    with Session(engine) as session:
        found = select(Task.id, Task.assignee).where(Task.instance_id == UUID(instance), Task.ended_at.is_(None))
        return [(row.id, row.assignee) for row in session.execute(found)]


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
