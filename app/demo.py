"""`reglament demo`: one case of each modelled regulation, from application to signed result, over the HTTP API alone."""

import base64
import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from app.actions.seed import DEMO_PASSWORD

ZONE = ZoneInfo("Asia/Almaty")
MAX_STEPS = 50

CASES = (
    ("aktobe-gask", "design-licence", "clerk"),
    ("industrial-safety-committee", "industrial-safety-attestation", "clerk"),
)
ANSWERS = {
    "applicantName": "«Ақтөбе Жоба» ЖШС",
    "applicantIdNumber": "180540012345",
    "applicantAddress": "Ақтөбе қ., Әбілқайыр хан даңғ., 40",
    "legalEntityName": "«ЛифтСервис» ЖШС",
    "legalEntityBin": "150340054321",
    "legalEntityAddress": "Астана қ., Мәңгілік Ел даңғ., 11",
    "executorName": "Нұрлан Жүніс",
    "territorialDepartment": "Астана қаласы бойынша департамент",
    "signatoryName": "Динара Оспан",
}
"""What people write into the text fields; every choice is made by the form's first option."""


class DemoFailed(Exception):
    """The service did not answer as expected; the text says what it answered."""


@dataclass(frozen=True, slots=True)
class Client:
    """The API at one address; each call names the person who makes it."""

    address: str

    def __call__(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        credentials = base64.b64encode(f"{person}:{DEMO_PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError as error:
            raise DemoFailed(f"{self.address} does not answer: {error}") from error
        finally:
            connection.close()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise DemoFailed(f"{method} {path} as {person}: {answer.status} {content.decode(errors='replace')}")
        return json.loads(content) if content else None


def play(address: str) -> Iterator[str]:
    """The trace, line by line. Raises DemoFailed."""
    call = Client(address)
    for tenant, service, starter in CASES:
        yield from _case(call, tenant, service, starter)


def _case(call: Client, tenant: str, service: str, starter: str) -> Iterator[str]:
    clerk = f"{starter}.{tenant}"
    regulation = call(clerk, "GET", f"/api/services/{service}")
    yield f"\n{regulation['titles']['kk']}\n  {regulation['titles']['ru']}\n  {regulation['titles']['en']}"
    path = f"/engine-rest/process-definition/key/{service}/tenant-id/{tenant}"
    form = call(clerk, "GET", f"{path}/deployed-start-form")
    case = call(clerk, "POST", f"{path}/submit-form", {"variables": _filled(form), "businessKey": f"demo-{service}"})
    yield f"  case {case['id']} begun by {clerk}"
    for _ in range(MAX_STEPS):
        tasks = call("admin", "GET", f"/engine-rest/task?processInstanceId={case['id']}")
        if not tasks:
            break
        for task in tasks:
            yield from _step(call, tenant, task)
    yield from _ending(call, case["id"])


def _step(call: Client, tenant: str, task: Mapping[str, Any]) -> Iterator[str]:
    path = f"/engine-rest/task/{task['id']}"
    links = call("admin", "GET", f"{path}/identity-links")
    role = next(link["groupId"] for link in links if link["groupId"])
    person = f"{role}.{tenant}"
    deadline = call(person, "GET", f"/api/tasks/{task['id']}/deadline")
    form = call(person, "GET", f"{path}/deployed-form")
    call(person, "POST", f"{path}/claim", {"userId": person})
    call(person, "POST", f"{path}/submit-form", {"variables": _filled(form)})
    yield f"  {deadline['clause'] or '':<4} {task['name']}"
    yield f"       role {role}, done by {person}, due {_local(task['due'])}"
    for language in ("kk", "ru", "en"):
        if deadline["explanation"]:
            yield f"       {language}: {deadline['explanation'][language]}"


def _ending(call: Client, case: str) -> Iterator[str]:
    ended = call("admin", "GET", f"/engine-rest/history/process-instance/{quote(case)}")
    query = f"processInstanceId={quote(case)}"
    variables = {
        row["name"]: row["value"] for row in call("admin", "GET", f"/engine-rest/history/variable-instance?{query}")
    }
    yield f"  {ended['state']}: {variables.get('resultKind')}, document {variables.get('documentNumber')}"


def _filled(form: Mapping[str, Any]) -> dict[str, Any]:
    """The required fields of a form with an answer each: what a person who knows nothing but the form could do."""
    return {
        field["key"]: {"value": _answer(field)}
        for field in form["components"]
        if "key" in field and field.get("validate", {}).get("required") and not field.get("disabled")
    }


def _answer(field: Mapping[str, Any]) -> Any:
    options = field.get("values")
    if field["type"] in ("checklist", "taglist"):
        return [options[0]["value"]] if options else []
    if options:
        return options[0]["value"]
    if field["type"] == "checkbox":
        return True
    if field["type"] == "number":
        return field["validate"].get("min", 1)
    return ANSWERS.get(field["key"], "+77172000000" if "hone" in field["key"] else "Жазба")


def _local(moment: str | None) -> str:
    """A moment of the API as the provider's wall clock shows it."""
    if moment is None:
        return "—"
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(ZONE).strftime("%d.%m.%Y %H:%M")
