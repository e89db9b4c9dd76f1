"""Camunda Modeler, unchanged: the requests of its dialogs, as its window sends them, to the real service."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.api.models import bpmn, line, user_task
from tests.e2e.office import Office
from tests.workers.conftest import ROOT, TENANT

HERE = Path(__file__).parent
DESIGNER, PASSWORD = "marat", "a-long-enough-secret"
FORM = (ROOT / "forms/shared/result-draft.form").read_text()
TABLE = (ROOT / "bpmn/V1400009556/winter-readiness.dmn").read_text()
BASIC = "Basic " + base64.b64encode(f"{DESIGNER}:{PASSWORD}".encode()).decode()
STEP = 'camunda:formRef="result-draft" camunda:formRefBinding="deployment" camunda:dueDate="${workingDays(2)}"'


@pytest.fixture(scope="module")
def designer(office: Office) -> str:
    """A bearer token of a designer of the organisation."""
    account = {"profile": {"id": DESIGNER}, "credentials": {"password": PASSWORD}}
    office("admin", "POST", "/engine-rest/user/create", account)
    office("admin", "PUT", f"/api/organisations/{TENANT}/members/{DESIGNER}/designer")
    office.sign_in(DESIGNER, PASSWORD)
    return str(office(DESIGNER, "POST", "/api/token")["token"])


def model(key: str, role: str = "executor") -> str:
    return bpmn(
        key,
        line(
            user_task("draft", "Нәтиженің жобасы", groups=role, attributes=STEP),
            'businessRuleTask|ready|camunda:decisionRef="winter-readiness" camunda:decisionRefBinding="deployment" '
            'camunda:mapDecisionResult="singleEntry" camunda:resultVariable="ready"',
        ),
    )


def modeler(office: Office, diagram: str, authorization: str | None, language: str = "en-US", **more: Any) -> Any:
    """The answers by dialog: check, version, deployed, started."""
    sent: dict[str, Any] = {
        "start": None,
        "diagram": diagram,
        "attachments": {"result-draft.form": FORM, "winter-readiness.dmn": TABLE},
        "name": "model",
        "tenant": TENANT,
        "authorization": authorization,
        "language": language,
        **more,
    }
    command = ["node", str(HERE / "modeler.mjs"), f"{office.address}/engine-rest", json.dumps(sent)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)


def test_without_credentials_the_modeler_asks_for_them(office: Office) -> None:
    found = modeler(office, model("nobody"), None)
    assert [found[dialog]["status"] for dialog in ("check", "version", "deployed")] == [401, 200, 401]


@pytest.mark.parametrize("kind", ["basic", "bearer"])
def test_a_designer_deploys_a_model_with_its_files_and_starts_it(office: Office, designer: str, kind: str) -> None:
    authorization = BASIC if kind == "basic" else f"Bearer {designer}"
    start = {"businessKey": f"M-{kind}", "variables": {"applicantName": {"value": "«Жоба» ЖШС", "type": "String"}}}
    found = modeler(office, model(kind), authorization, start=start, name=kind)
    assert (found["check"], found["version"]["status"]) == ({"status": 200, "body": []}, 200)
    made = found["deployed"]["body"]
    [definition] = made["deployedProcessDefinitions"].values()
    assert (made["source"], definition["key"], definition["tenantId"]) == ("Camunda Modeler", kind, TENANT)
    assert [one["key"] for one in made["deployedDecisionDefinitions"].values()] == ["winter-readiness"]
    assert (found["started"]["status"], found["started"]["body"]["businessKey"]) == (200, f"M-{kind}")
    [task] = office.tasks(f"M-{kind}")
    assert (task["taskDefinitionKey"], task["name"]) == ("draft", "Нәтиженің жобасы")

    listed = quote(json.dumps([{"type": "id", "operator": "eq", "value": made["id"]}]))
    for link, page in (
        (f"/repository?deploymentsQuery={listed}", f"/models/{definition['id']}"),
        (f"/process-instance/{found['started']['body']['id']}", f"/cases/{found['started']['body']['id']}"),
    ):
        opened = Request(found["links"]["cockpitUrl"] + link, headers={"Authorization": f"Bearer {designer}"})
        with urlopen(opened) as answer:
            assert answer.url == office.address + page

    again = modeler(office, model(kind), authorization, name=kind)["deployed"]
    assert (again["status"], again["body"]["id"]) == (200, made["id"])
    assert again["body"]["deployedProcessDefinitions"] is None


@pytest.mark.parametrize(
    ("language", "reason"),
    [("kk", "«nobody» рөлі белгісіз"), ("ru-RU,ru;q=0.9", "Роль «nobody» неизвестна"), ("en-US", 'role "nobody"')],
)
def test_a_refused_model_shows_element_and_reason(office: Office, designer: str, language: str, reason: str) -> None:
    """The Modeler's log shows the message, its problems panel what stands beside an element."""
    found = modeler(office, model("refused", "nobody"), f"Bearer {designer}", language)["deployed"]
    assert (found["status"], found["body"]["type"]) == (400, "ParseException")
    message = found["body"]["message"]
    assert message.startswith("ENGINE-09005 Could not parse BPMN process.")
    assert reason in message
    assert "Нәтиженің жобасы (draft)" in message
    [error] = found["body"]["details"]["model.bpmn"]["errors"]
    assert reason in error["message"]
    assert error["mainElementId"] == "draft"
