"""The page of one instance, as administrators see it: all that it holds, in few statements, however long its past."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

Headers = dict[str, str]
See = Callable[..., str]
TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
HEADER = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><message id="m" name="paid"/>"""
WAITING = f"""{HEADER}
<process id="everything" name="Everything" isExecutable="true" camunda:historyTimeToLive="P1Y">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="sum"/>
<scriptTask id="sum" name="Есеп" scriptFormat="juel" camunda:resultVariable="doubled"><script>${{amount * 2}}</script>
</scriptTask>
<sequenceFlow id="f2" sourceRef="sum" targetRef="fork"/><parallelGateway id="fork"/>
<sequenceFlow id="a" sourceRef="fork" targetRef="check"/>
<userTask id="check" name="Тексеру" camunda:candidateGroups="clerk" camunda:dueDate="${{workingDays(3)}}"><extensionElements>
<camunda:properties><camunda:property name="name.ru" value="Проверка"/><camunda:property name="law.clause" value="5.1"/>
</camunda:properties><camunda:inputOutput><camunda:inputParameter name="note">${{applicantName}}</camunda:inputParameter>
</camunda:inputOutput></extensionElements></userTask>
<boundaryEvent id="late" name="Мерзім өтті" attachedToRef="check" cancelActivity="false"><timerEventDefinition id="td">
<timeDate xsi:type="tFormalExpression">${{workingDays(2)}}</timeDate></timerEventDefinition></boundaryEvent>
<sequenceFlow id="l" sourceRef="late" targetRef="noted"/><endEvent id="noted"/>
<boundaryEvent id="large" name="Үлкен" attachedToRef="check" cancelActivity="false"><conditionalEventDefinition id="cd">
<condition xsi:type="tFormalExpression" language="juel">${{doubled &gt; 1000}}</condition></conditionalEventDefinition>
</boundaryEvent><sequenceFlow id="g" sourceRef="large" targetRef="marked"/><endEvent id="marked"/>
<sequenceFlow id="b" sourceRef="fork" targetRef="paid"/><intermediateCatchEvent id="paid" name="Төлем">
<messageEventDefinition id="md" messageRef="m"/></intermediateCatchEvent>
<sequenceFlow id="c" sourceRef="fork" targetRef="outside"/>
<serviceTask id="outside" name="Сыртта" camunda:type="external" camunda:topic="scoring"/>
<sequenceFlow id="d1" sourceRef="fork" targetRef="sign"/>
<callActivity id="sign" name="Қол қою" calledElement="signing"/>
<sequenceFlow id="e1" sourceRef="check" targetRef="join"/><sequenceFlow id="e2" sourceRef="paid" targetRef="join"/>
<sequenceFlow id="e3" sourceRef="outside" targetRef="join"/><sequenceFlow id="e4" sourceRef="sign" targetRef="join"/>
<parallelGateway id="join"/><sequenceFlow id="z" sourceRef="join" targetRef="end"/><endEvent id="end"/></process></definitions>"""
SIGNING = f"""{HEADER}
<process id="signing" isExecutable="true" camunda:historyTimeToLive="P1Y"><startEvent id="s"/>
<sequenceFlow id="f" sourceRef="s" targetRef="sign"/><userTask id="sign" name="Жоба" camunda:candidateGroups="head"/>
<sequenceFlow id="g" sourceRef="sign" targetRef="e"/><endEvent id="e"/></process></definitions>"""
SECTIONS = (
    "",
    "/way",
    "/called",
    "/variables",
    "/waiting",
    "/incidents",
    "/terms",
    "/people",
    "/history",
    "/history/raw",
)
MANY = """
INSERT INTO history (instance_id, at, user_id, operation, data, activities, written)
SELECT :id, now() + number * interval '1 second', :user, 'ModifyVariable',
  jsonb_build_object('round', jsonb_build_array(number - 1, number)), '[["sum", 2]]',
  jsonb_build_object('count', jsonb_build_array(number - 1, number))
FROM generate_series(1, 10000) AS number
"""


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> See:
    """The text of a section of the page of an instance, in Russian."""

    def run(instance: str, section: str = "", person: str = "admin", status: int = 200) -> str:
        headers = {**as_user(person), "Accept-Language": "ru"}
        answer = client.get(f"/admin/instances/{instance}{section}", headers=headers)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., Any]:
    """Ask the REST dialect as an administrator."""

    def run(method: str, path: str, body: Any = None, user: str = "admin") -> Any:
        answer = client.open(f"/engine-rest{path}", method=method, json=body, headers=as_user(user))
        assert answer.status_code < 300, answer.text
        return answer.json if answer.data else None

    return run


@pytest.fixture
def waiting(deploy: Callable[..., object], start: Callable[..., str]) -> str:
    """An instance that waits for everything that one can wait for."""
    deploy({"signing.bpmn": SIGNING, "everything.bpmn": WAITING})
    return start("everything", business_key="B-1", amount=21, applicantName="«Алма» ЖШС")


def test_an_instance_is_seen_whole(see: See, ask: Callable[..., Any], waiting: str) -> None:
    shown = see(waiting)
    for words in ("«Алма» ЖШС", "выполняется", "Проверка", "Төлем", "Сыртта", "Есеп", "Қол қою", "версия 1"):
        assert words in shown, words
    called = re.search(r'/admin/instances/([0-9a-f-]{36})">Қол қою', shown)
    assert called is not None
    assert "вызван другим процессом" in see(called[1])
    assert f"/admin/instances/{waiting}" in see(called[1])
    held = see(waiting, "/variables")
    for words in ("amount", "Integer", "applicantName", "«Алма» ЖШС", "note", "Проверка", "doubled", "Сам процесс"):
        assert words in held, words
    awaited = see(waiting, "/waiting")
    for words in ("таймер", "2 рабочих дня", "День начала срока", "paid", "${doubled > 1000}", "scoring", "никто"):
        assert words in awaited, words
    terms = see(waiting, "/terms")
    assert "(основание: 5.1)" in terms
    assert "3 рабочих дня" in terms
    people = see(waiting, "/people")
    assert CLERK in people.partition("Кто что сделал")[0]
    assert "начал(а) дело" in people
    assert "начал(а) вызванный процесс" in see(waiting, "/history")
    assert '"operationType": "Create"' in see(waiting, "/history/raw")
    assert "Сбоев не было" in see(waiting, "/incidents")


def test_the_diagram_tells_tokens_the_way_and_incidents(
    see: See, ask: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers], waiting: str
) -> None:
    [worker] = ask("POST", "/external-task/fetchAndLock", _fetch())
    failure = {"workerId": "w", "errorMessage": "no answer", "errorDetails": "at line 7\nin score()", "retries": 0}
    ask("POST", f"/external-task/{worker['id']}/failure", failure)
    drawn = client.get(f"/admin/instances/{waiting}/diagram", headers=as_user("admin")).json
    assert sorted(drawn["here"]) == ["check", "outside", "paid", "sign"]
    assert [place for node in ("start", "sum", "fork") for place in drawn["badges"][node]] == [
        ["walked", "1"], ["walked", "2"], ["walked", "3"],
    ]  # fmt: skip
    assert drawn["badges"]["outside"] == [["tokens", "1"], ["troubles", "1"]]
    assert drawn["marked"] == {"troubled": ["outside"]}
    troubles = see(waiting, "/incidents")
    for words in ("no answer", "at line 7\nin score()", "внешняя система не выполнила", "открыт"):
        assert words in troubles, words
    assert "1 сбой" in see(waiting)


def _fetch() -> dict[str, Any]:
    return {"workerId": "w", "maxTasks": 1, "topics": [{"topicName": "scoring", "lockDuration": 60_000}]}


def test_each_change_of_a_variable_is_told_with_old_and_new_and_who(
    see: See, ask: Callable[..., Any], waiting: str
) -> None:
    body = {"modifications": {"amount": {"value": 700, "type": "Integer"}}, "deletions": ["applicantName"]}
    ask("POST", f"/process-instance/{waiting}/variables", body)
    [task] = ask("GET", "/task?taskDefinitionKey=check")
    ask("POST", f"/task/{task['id']}/claim", {"userId": CLERK}, CLERK)
    ask("POST", f"/task/{task['id']}/complete", {"variables": {"amount": {"value": 800, "type": "Integer"}}}, "admin")
    amounts = _cells(see(waiting, "/variables?name=amount"))
    assert [row[1:4] for row in amounts] == [["amount", "700", "800"], ["amount", "21", "700"], ["amount", "—", "21"]]
    assert amounts[0][4].startswith(f"admin (за {CLERK})")
    assert amounts[1][4].startswith("admin")
    [removed, _] = _cells(see(waiting, "/variables?name=applicantName"))
    assert removed[2:4] == ["«Алма» ЖШС", "—"]
    [computed] = _cells(see(waiting, "/variables?name=doubled"))
    assert computed[2:4] == ["—", "42"]
    assert "Сам процесс" in computed[4]


def _cells(page: str) -> list[list[str]]:
    """The table of changes, row by row, as texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition('id="changes"')[2], re.S)[1:]
    cells = [re.findall(r"<td.*?>(.*?)</td>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in cells]


def test_a_past_of_ten_thousand_rows_comes_in_pages_each_section_in_fourteen_statements(
    see: See,
    ask: Callable[..., Any],
    waiting: str,
    statements: list[str],
    database_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def counted() -> dict[str, int]:
        found = {}
        for section in SECTIONS:
            monkeypatch.setattr("app.actions.models.models._kept", {})
            statements.clear()
            see(waiting, section)
            found[section] = len(statements)
        return found

    body = {"modifications": {"amount": {"value": 1}}}
    [task] = ask("GET", "/task?taskDefinitionKey=check")
    ask("POST", f"/task/{task['id']}/claim", {"userId": CLERK}, CLERK)
    ask("POST", f"/task/{task['id']}/variables", body, CLERK)
    few = counted()
    with database_engine.begin() as connection:
        connection.execute(text(MANY), {"id": UUID(waiting), "user": CLERK})
    many = counted()
    assert max(*few.values(), *many.values()) <= 14, (few, many)
    for section, shown in (
        ("/way", "<tr>"),
        ("/variables", "<tr>"),
        ("/history", "<li>\n"),
        ("/history/raw", "<pre id="),
    ):
        page = see(waiting, section)
        assert page.count(shown) < 150, section
        assert f"{section}?from=100" in page
        assert "«" in see(waiting, f"{section}?from=5000") or section == "/history/raw"
    assert "10003" in see(waiting, "/way")


def test_one_that_has_ended_and_one_of_three_editions_ago_are_seen_as_they_were(
    see: See, ask: Callable[..., Any], deploy: Callable[..., object], start: Callable[..., str]
) -> None:
    def model(edition: str, begins: str, ends: str, step: str) -> str:
        limits = f'<camunda:property name="law.inForceFrom" value="{begins}"/>' if begins else ""
        limits += f'<camunda:property name="law.inForceUntil" value="{ends}"/>' if ends else ""
        return f"""{HEADER}<process id="old" isExecutable="true" camunda:historyTimeToLive="P1Y"><extensionElements>
<camunda:properties><camunda:property name="law.edition" value="{edition}"/>{limits}</camunda:properties></extensionElements>
<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="{step}"/><userTask id="{step}" name="{step}"
camunda:candidateGroups="clerk"/><sequenceFlow id="g" sourceRef="{step}" targetRef="e"/><endEvent id="e"/></process>
</definitions>"""

    deploy({"old.bpmn": model("first", "", "2100-01-01", "gone")})
    case, done = start("old", business_key="B-1"), start("old", business_key="B-2")
    [task] = ask("GET", "/task?processInstanceBusinessKey=B-2")
    ask("POST", f"/task/{task['id']}/complete", {})
    for name, begins, ends in (("second", "2100-01-01", "2101-01-01"), ("third", "2101-01-01", "2102-01-01"),
                               ("fourth", "2102-01-01", "")):  # fmt: skip
        deploy({"old.bpmn": model(name, begins, ends, "kept")})
    shown = see(case)
    assert "first" in shown
    assert "gone" in shown
    assert 'id="gone"' in see(case, "/diagram").replace("\\", "")
    ended = see(done)
    for words in ("завершён", "Нигде: процесс окончен.", "gone"):
        assert words in ended, words
    for section in SECTIONS:
        see(done, section)


def test_administrators_alone_see_it(see: See, waiting: str) -> None:
    for person in (CLERK, f"head.{TENANT}"):
        for section in (*SECTIONS, "/diagram"):
            assert "для администратора" in see(waiting, section, person, 403)
    see(str(UUID(int=1)), status=404)
