"""What is wrong with input, told in the language that the client asks for; nothing of it is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import definitions
from app.actions.models.acts import deploy_acts
from app.domain.people.access import Actor
from tests.api.languages import ASKED, HERE, START_OF, asking, each_language, form
from tests.api.models import ONE_TASK, bpmn, line, user_task
from tests.api.walk_answers import Choices, Person

ROOT = Path(__file__).parents[2]
Headers = Callable[[str], dict[str, str]]

FEES = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Fees" namespace="urn:fees">
  <decision id="fee" name="Fee"><decisionTable hitPolicy="UNIQUE">
    <input><inputExpression typeRef="number"><text>area</text></inputExpression></input><output name="rate"/>
    <rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
    <rule><inputEntry><text>&gt;= 5</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
  </decisionTable></decision></definitions>"""


@each_language
@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            [("a.form", form("a", {"type": "signature", "key": "s", "id": "c1"}))],
            {
                "kk": "a.form: Белгісіз құрамдас түрі: signature.",
                "ru": "a.form: Неизвестный тип: signature.",
                "en": "a.form: Unknown component type: signature.",
            },
        ),
        (
            [("a.form", form("a", {"type": "textfield", "key": "n", "id": "c1", "properties": {"format": "rnn"}}))],
            {
                "kk": "a.form: Белгісіз пішім: rnn.",
                "ru": "a.form: Неизвестный формат: rnn.",
                "en": "a.form: Unknown format: rnn.",
            },
        ),
        (
            [
                ("p.bpmn", asking("p", "a")),
                ("a.form", form("a", {"type": "textfield", "key": "n", "conditional": {"hide": "=area > 1"}})),
                ("b.form", form("b", {"type": "number", "key": "area"})),
            ],
            {
                "kk": "a.form: Өрнек басқа нысанның бұл процесте толтырылмайтын өрісін оқиды: area (b).",
                "ru": "a.form: Выражение читает поле другой формы, которую этот процесс не заполняет: area (b).",
                "en": "a.form: An expression reads a field of another form, which this process never fills in: area (b).",
            },
        ),
    ],
)
def test_a_form_that_cannot_be_used_is_not_deployed(
    send: Any, nothing_kept: Any, files: Any, told: dict[str, str], language: str
) -> None:
    with nothing_kept():
        answer = send("admin", language, "", files=files)
    assert answer.status_code == 400
    assert f"Errors: {told[language]}" in answer.json["message"]
    (problem,) = answer.json["details"]["a.form"]["errors"]
    assert problem["message"].startswith(told[language].removeprefix("a.form: "))
    assert "Accept-Language" in answer.headers["Vary"]


@each_language
def test_a_table_with_overlapping_rules_is_not_deployed(send: Any, nothing_kept: Any, language: str) -> None:
    with nothing_kept():
        answer = send("admin", language, "", files=[("fees.dmn", FEES)])
    assert answer.status_code == 400
    (problem,) = answer.json["details"]["fees.dmn"]["errors"]
    (found,) = answer.json["findings"]["fees.dmn"]
    assert found["message"][language] in answer.json["message"]
    assert problem["message"] == f"{found['message'][language]} {found['hint'][language]}"
    assert len({*found["message"].values()}) == 3
    assert "area = 5" in problem["message"]


@each_language
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            {"value": "many"},
            {"kk": "«Бет саны» сан болуы тиіс.", "ru": "«Страниц» должно быть числом.", "en": "must be a number."},
        ),
        (
            {"value": "many", "type": "Integer"},
            {
                "kk": "«pages»: мәні Integer түріне сай емес.",
                "ru": "«pages»: значение не подходит типу Integer.",
                "en": "Cannot convert value of variable 'pages' to java type Integer",
            },
        ),
    ],
)
def test_a_value_of_a_wrong_type_is_refused(
    send: Any, deploy: Any, nothing_kept: Any, value: dict[str, str], told: dict[str, str], language: str
) -> None:
    labels = {"label": "Бет саны", "properties": {"label.ru": "Страниц", "label.en": "Pages"}}
    deploy({"p.bpmn": asking("p", "a"), "a.form": form("a", {"type": "number", "key": "pages", **labels})})
    with nothing_kept():
        answer = send(f"clerk.{HERE}", language, START_OF.format(key="p"), {"variables": {"pages": value}})
    assert answer.status_code == 400
    assert told[language] in answer.json["message"]


SCHEDULE = (ROOT / "forms" / "aktobe-6435" / "construction-expert-attestation-schedule.form").read_text()
TEST_AT = next(one for one in loads(SCHEDULE)["components"] if one.get("key") == "testAt")
FAULT = next(one for one in loads(SCHEDULE)["components"] if one.get("key") == "testDateFault")
"""The fields of the act's schedule of tests: when the test is, and what is wrong with the time that was named."""


def label_of(component: dict[str, Any], name: str, language: str) -> str:
    """A text of a component; Kazakh stands in the component itself, that of an option by its value."""
    if language != "kk":
        return str(component["properties"][f"{name}.{language}"])
    options = {f"value.{one['value']}": one["label"] for one in component.get("values", ())}
    return str({"label": component["label"], **options}[name])


@each_language
def test_a_test_date_in_the_past_is_refused(send: Any, deploy: Any, nothing_kept: Any, language: str) -> None:
    label = label_of(TEST_AT, "label", language)
    told = {
        "kk": f"«{label}» өткен күн болмауы тиіс.",
        "ru": f"«{label}» не может быть прошедшей датой.",
        "en": f"“{label}” must not be in the past.",
    }
    deploy({"p.bpmn": asking("p", "construction-expert-attestation-schedule"), "schedule.form": SCHEDULE})
    past = (datetime.now(UTC) - timedelta(days=2)).strftime("%Y-%m-%dT10:00")
    with nothing_kept():
        answer = send(f"clerk.{HERE}", language, START_OF.format(key="p"), {"variables": {"testAt": {"value": past}}})
    assert answer.status_code == 400
    assert told[language] in answer.json["message"]


@pytest.mark.parametrize(
    ("hour", "fault"), [("2027-03-22T10:00", "day-off"), ("2027-03-27T10:00", "day-off"), ("2027-03-26T10:00", "none")]
)
def test_of_a_test_date_on_a_day_off_the_form_tells_when_it_is_shown_again(
    client: FlaskClient, as_user: Headers, deploy: Any, start: Any, hour: str, fault: str
) -> None:
    """By the rule of the act's own model: Nauryz, a Saturday, a Friday."""
    model = definitions.read(
        "model.bpmn", (ROOT / "bpmn/aktobe-6435/construction-expert-attestation.bpmn").read_bytes()
    )
    rule = escape(model.processes[0].nodes["check-test-date"].expression or "")
    script = f'scriptTask|check|scriptFormat="juel" camunda:resultVariable="testDateFault"|<script>{rule}</script>'
    shown = 'camunda:formRef="construction-expert-attestation-schedule" camunda:formRefBinding="latest"'
    steps = line(user_task("set", "Set", attributes=shown), script, user_task("again", "Again", attributes=shown))
    deploy({"p.bpmn": bpmn("p", steps), "schedule.form": SCHEDULE})
    start("p")
    person = as_user(f"clerk.{HERE}")
    (task,) = client.get("/engine-rest/task", headers=person).json
    client.post(f"/engine-rest/task/{task['id']}/claim", headers=person, json={"userId": f"clerk.{HERE}"})
    place = next(one["key"] for one in loads(SCHEDULE)["components"] if one.get("validate") and one["key"] != "testAt")
    given = {"variables": {"testAt": {"value": hour}, place: {"value": "Ақтөбе, 12-бөлме"}}}
    answer = client.post(f"/engine-rest/task/{task['id']}/submit-form", headers=person, json=given)
    assert answer.status_code == 204, answer.text
    (again,) = client.get("/engine-rest/task", headers=person).json
    kept = client.get(f"/engine-rest/task/{again['id']}/variables", headers=person).json
    assert kept["testDateFault"]["value"] == fault
    assert len({label_of(FAULT, f"value.{fault}", language) for language in ASKED}) == 3


@pytest.fixture
def complaints(database_engine: Engine) -> None:
    """The model of complaints, as it is deployed for all organisations."""
    operator = Actor("operator", administrator=True, memberships=frozenset())
    with Session(database_engine) as session, session.begin():
        for act in ("shared", "V2000020340"):
            deploy_acts(session, operator, ROOT / "bpmn" / act, datetime.now(UTC))


@each_language
@pytest.mark.usefixtures("complaints")
def test_a_complaint_about_a_case_that_does_not_exist_is_not_begun(
    client: FlaskClient, as_user: Headers, send: Any, nothing_kept: Any, language: str
) -> None:
    told = {
        "kk": "Шағым қабылданбады: мұндай нөмірлі ісіңіз жоқ",
        "ru": "Жалоба не принята: дела с таким номером у вас нет",
        "en": "Complaint not accepted: you have no case with this number",
    }
    applicant, key = f"applicant.{HERE}", "service-complaint"
    path = START_OF.format(key=key).replace("submit-form", "deployed-start-form")
    asked = client.get(path, headers=as_user(applicant)).json
    number = {"complaintCaseNumber": {"value": "А-2026-000404"}}
    given = Person(datetime.now(UTC), {}).fill(asked, key, "", Choices.first()) | number
    with nothing_kept():
        answer = send(applicant, language, START_OF.format(key=key), {"variables": given})
    assert answer.status_code == 400
    assert answer.json["message"] == told[language]
    assert answer.json["details"] == {"activityId": "case-unknown"}


def test_a_client_that_asks_for_no_language_of_ours_is_answered_in_english(
    client: FlaskClient, as_user: Headers, deploy: Any, start: Any
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    person = as_user(f"clerk.{HERE}")
    (task,) = client.get("/engine-rest/task", headers=person).json
    for asked in ({}, {"Accept-Language": "de, fr;q=0.8"}, {"Accept-Language": ";;q=x"}):
        answer = client.post(f"/engine-rest/task/{task['id']}/complete", headers=person | asked, json={})
        assert answer.json["message"].endswith("is not claimed: claim it first")
