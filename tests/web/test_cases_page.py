"""Finding cases and the page of one: who sees which, by which words, and what it asks of the database."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.store.tables import Instance, Task

Headers = dict[str, str]
TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"
CLERK, HEAD, APPLICANT = f"clerk.{TENANT}", f"head.{TENANT}", f"applicant.{TENANT}"
STRANGER = f"clerk.{OTHER}"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" name="Лицензия" isExecutable="true" camunda:historyTimeToLive="P1Y">
<startEvent id="start" camunda:formRef="application"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Сұрау" camunda:candidateGroups="applicant"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="check"/>
<userTask id="check" name="Құжаттарды тексеру" camunda:candidateGroups="clerk"
  camunda:dueDate="${workingDays(1)}"><extensionElements><camunda:properties>
<camunda:property name="name.ru" value="Проверка документов"/><camunda:property name="law.clause" value="5.1"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f3" sourceRef="check" targetRef="sign"/>
<callActivity id="sign" name="Қол қою" calledElement="signing"><extensionElements>
<camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements></callActivity>
<sequenceFlow id="f4" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
SIGNING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="signing" isExecutable="true" camunda:isStartableInTasklist="false" camunda:historyTimeToLive="P1Y">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Жоба" camunda:candidateGroups="executor"/>
<sequenceFlow id="f2" sourceRef="draft" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="head"/>
<sequenceFlow id="f3" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "application",
    "schemaVersion": 19,
    "components": [
        {
            "type": "textfield",
            "key": "applicantName",
            "id": "Field_name",
            "label": "Атауы",
            "validate": {"required": True},
            "properties": {"label.ru": "Наименование", "label.en": "Name"},
        },
        {"type": "textfield", "key": "applicantIdNumber", "id": "Field_bin", "label": "БСН"},
        {"type": "textarea", "key": "attachedDocuments", "id": "Field_documents", "label": "Құжаттар"},
    ],
}


@pytest.fixture(autouse=True)
def model(deploy: Callable[..., object]) -> None:
    deploy({"signing.bpmn": SIGNING, "design-licence.bpmn": MODEL, "application.form": FORM})


@pytest.fixture
def get(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    """The text of a page, in Russian."""

    def run(path: str, person: str = CLERK, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def complete(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., None]:
    """Complete the only open task of a case, or of what it has called."""

    def run(case: str, **values: Any) -> None:
        [task] = client.get(f"/engine-rest/task?processInstanceBusinessKey={case}", headers=as_user("admin")).json
        body = {"variables": {name: {"value": value} for name, value in values.items()}}
        path = f"/engine-rest/task/{task['id']}/complete"
        assert client.post(path, json=body, headers=as_user("admin")).status_code == 204

    return run


def names(text: str) -> list[str]:
    """The applicants on a list, from above."""
    return re.findall(r'class="who"><a [^>]*>([^<]+)</a>', text)


@pytest.mark.parametrize(
    "words",
    ["МҰНАЙ", "мунай газ", "жшс Газ", "180540012343", "80540", "B-77", "А-2026-000077", "а-2026"],
)
def test_a_case_is_found_by_number_key_applicant_and_bin_in_any_case_and_folding(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], words: str
) -> None:
    found = {"applicantName": "«Мұнай-Газ» ЖШС", "applicantIdNumber": "180540012343"}
    start("design-licence", business_key="B-77", applicationNumber="А-2026-000077", **found)
    start("design-licence", business_key="B-78", applicantName="«Көктем»", applicantIdNumber="990140000007")
    complete("B-77")
    complete("B-78")
    assert names(get(f"/cases?q={words}")) == ["«Мұнай-Газ» ЖШС"]


def test_what_a_step_changes_is_found_from_then_on(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Бұрынғы»")
    complete("B-1", applicantName="«Кейінгі»")
    assert names(get("/cases?q=бұрын")) == []
    assert names(get("/cases?q=КЕЙІН")) == ["«Кейінгі»"]


@pytest.mark.parametrize("words", ["жоқ нәрсе", "%%%", "_____", "'; --", "\\"])
def test_words_that_nothing_has_find_nothing(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], words: str
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Алма»")
    complete("B-1")
    assert names(get(f"/cases?q={words}")) == []


def test_one_or_two_letters_are_too_few(get: Callable[..., str]) -> None:
    assert "три знака" in get("/cases?q=ал")


def test_who_may_see_a_case_is_the_same_for_the_list_and_the_page(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", user=APPLICANT, applicantName="«Алма»")

    def seen() -> set[str]:
        people = [f"{role}.{TENANT}" for role in ("applicant", "clerk", "executor", "head", "commission")]
        listed = {one for one in (*people, STRANGER, "admin") if names(get("/cases", one))}
        for one in (*people, STRANGER, "admin"):
            get(f"/cases/{case}", one, 200 if one in listed else 404)
            get(f"/cases/{case}/receipt", one, 200 if one in listed else 404)
        return listed

    assert seen() == {APPLICANT, "admin"}
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, "admin"}
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, f"executor.{TENANT}", "admin"}
    complete("B-1")
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, f"executor.{TENANT}", HEAD, "admin"}


def test_an_applicant_sees_the_cases_that_he_has_started_or_is_assigned_in_alone(
    get: Callable[..., str], start: Callable[..., str], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    start("design-licence", business_key="B-1", user=APPLICANT, applicantName="«Өзінікі»")
    start("design-licence", business_key="B-2", applicantName="«Біреудікі»")
    assert names(get("/cases", APPLICANT)) == ["«Өзінікі»"]
    [task] = client.get("/engine-rest/task?processInstanceBusinessKey=B-2", headers=as_user("admin")).json
    body = {"userId": APPLICANT}
    assert (
        client.post(f"/engine-rest/task/{task['id']}/claim", json=body, headers=as_user(APPLICANT)).status_code == 204
    )
    assert names(get("/cases", APPLICANT)) == ["«Біреудікі»", "«Өзінікі»"]


def test_nobody_sees_cases_of_another_organisation(get: Callable[..., str], start: Callable[..., str]) -> None:
    start("design-licence", applicantName="«Алма»")
    assert names(get("/cases", STRANGER)) == []


def test_cases_are_filtered_by_service_state_and_lateness(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], database_engine: Engine
) -> None:
    for number, name in enumerate(("«Жүріп жатыр»", "«Кешіккен»", "«Тоқтаған»")):
        start("design-licence", business_key=f"B-{number}", applicantName=name)
        complete(f"B-{number}")
    with Session(database_engine) as session, session.begin():
        late = session.query(Instance).filter_by(business_key="B-1").one()
        session.execute(update(Task).where(Task.instance_id == late.id).values(due_at=late.started_at))
        ended = session.query(Instance).filter_by(business_key="B-2").one()
        ended.ended_at, ended.end_state = late.started_at, "EXTERNALLY_TERMINATED"
    assert names(get("/cases?overdue=1")) == ["«Кешіккен»"]
    assert names(get("/cases?state=terminated")) == ["«Тоқтаған»"]
    assert names(get("/cases?state=running")) == ["«Кешіккен»", "«Жүріп жатыр»"]
    assert names(get("/cases?state=ended")) == []
    assert len(names(get("/cases?service=design-licence&state=nonsense"))) == 3
    assert names(get("/cases?service=survey-licence")) == []


def test_a_paused_case_is_late_only_if_it_was_when_its_clock_stopped(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], database_engine: Engine
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Тұр»")
    complete("B-1")
    with Session(database_engine) as session, session.begin():
        case = session.query(Instance).filter_by(business_key="B-1").one()
        begun = int(case.started_at.timestamp() * 1_000_000)
        session.execute(update(Task).where(Task.instance_id == case.id).values(due_at=case.started_at))
        case.clock = {"pauses": [[begun - 1_000_000, None, "себеп", "10", "admin"]]}
    assert names(get("/cases?overdue=1")) == []
    with Session(database_engine) as session, session.begin():
        case = session.query(Instance).filter_by(business_key="B-1").one()
        case.clock = {"pauses": [[begun - 1_000_000, begun, "себеп", "10", "admin"]]}
    assert names(get("/cases?overdue=1")) == ["«Тұр»"]


def test_pages_follow_one_another_both_ways_without_a_gap(
    get: Callable[..., str], start: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.cases.PAGE", 3)
    for number in range(8):
        start("design-licence", applicantName=f"№{number}")
    shown, page, pages = [], get("/cases", "admin"), 0
    while True:
        shown += names(page)
        pages += 1
        following = re.search(r'href="([^"]+)" rel="next"', page)
        if following is None:
            break
        page = get(following[1], "admin")
    assert shown == [f"№{number}" for number in range(7, -1, -1)]
    assert pages == 3
    back = re.search(r'href="([^"]+)" rel="prev"', page)
    assert back is not None
    assert names(get(back[1], "admin")) == ["№4", "№3", "№2"]
    assert names(get("/cases?before=nonsense&after=1-2", "admin")) == ["№7", "№6", "№5"]


@pytest.mark.parametrize("person", [CLERK, "admin"])
def test_a_page_of_cases_takes_seven_statements_however_long_it_is(
    get: Callable[..., str],
    start: Callable[..., str],
    complete: Callable[..., None],
    statements: list[str],
    person: str,
) -> None:
    for number in range(6):
        start("design-licence", business_key=f"B-{number}", applicantName=f"Өтініш {number}")
        complete(f"B-{number}")
    get("/cases", person)
    statements.clear()
    assert len(names(get("/cases?q=өтініш&state=running", person))) == 6
    assert len(statements) <= 7, "\n".join(statements)


def test_the_page_of_a_case_says_all_of_it_within_fifteen_statements(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], statements: list[str]
) -> None:
    case = start(
        "design-licence",
        business_key="B-1",
        applicationNumber="А-2026-000001",
        applicantName="«Алма» ЖШС",
        applicantIdNumber="180540012343",
        secretCode="техникалық",
    )
    complete("B-1")
    complete("B-1")
    get(f"/cases/{case}")
    statements.clear()
    text = get(f"/cases/{case}")
    assert len(statements) <= 15, "\n".join(statements)
    for words in ("А-2026-000001", "B-1", "«Алма» ЖШС", "Наименование", "180540012343", "Выдача лицензии на проектную"):
        assert words in text
    for words in ("в работе", "Проверка документов", "(основание: 5.1)", "завершил(а) шаг", "в срок", "Қол қою"):
        assert words in text
    assert "техникалық" not in text
    assert f'href="/tasks/{UUID(int=0)}'[:13] not in text, "the open step is the executor's"
    assert 'href="/tasks/' in get(f"/cases/{case}", f"executor.{TENANT}")


def test_the_diagrams_are_those_of_the_case_alone(
    client: FlaskClient, as_user: Callable[[str], Headers], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", applicantName="«Алма»")
    complete("B-1")
    other = start("design-licence", business_key="B-2", applicantName="«Бөтен»")
    drawn = client.get(f"/cases/{case}/diagrams/{case}", headers=as_user(CLERK)).json
    assert (drawn["here"], sorted(drawn["walked"])) == (["check"], ["ask", "f1", "f2", "start"])
    assert client.get(f"/cases/{case}/diagrams/{other}", headers=as_user(CLERK)).status_code == 404
    assert client.get(f"/cases/{case}/diagrams/{case}", headers=as_user(HEAD)).status_code == 404


def test_a_complaint_and_the_case_that_it_is_about_lead_to_each_other(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", applicationNumber="А-1", applicantName="«Алма»")
    complaint = start("design-licence", business_key="B-2", applicantName="«Алма»", complainedCaseId=case)
    complete("B-1")
    assert f"/cases/{complaint}" not in get(f"/cases/{case}"), "the complaint is not for the clerk yet"
    complete("B-2")
    assert f"/cases/{complaint}" in get(f"/cases/{case}")
    assert f"/cases/{case}" in get(f"/cases/{complaint}")
