"""`reglament demo`: one case of each modelled service, from application to result, over the HTTP API alone."""

import base64
import http.client
import json
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from app.actions.models.seed import DEMO_PASSWORD
from app.demo.answers import Answers, colleagues

ZONE = ZoneInfo("Asia/Almaty")
MAX_STEPS = 50
STARTER = "applicant"
CLOCK = "/api/test/clock"
WAITS = ((timedelta(minutes=30), 2), (timedelta(days=60), 15))
"""By how much the test clock is moved for a case that waits for a moment, and how many seconds its timer has to fire."""
COMPLAINED_OF = "complaintCaseNumber"
"""The field that asks for the number of an earlier case of the same applicant."""
LANGUAGES = ("kk", "ru", "en")


class DemoFailed(Exception):
    """The service did not answer as expected; the text says what it answered."""


@dataclass(frozen=True, slots=True)
class Client:
    """The API at one address; each call names the person who makes it. tokens: of those who have signed in."""

    address: str
    tokens: dict[str, str] = field(default_factory=dict)

    def __call__(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        if person not in self.tokens:
            credentials = base64.b64encode(f"{person}:{DEMO_PASSWORD}".encode()).decode()
            status, content = self._send(f"Basic {credentials}", "POST", "/api/token", None)
            self.tokens[person] = _taken(person, "POST", "/api/token", status, content)["token"]
        return _taken(person, method, path, *self._send(f"Bearer {self.tokens[person]}", method, path, body))

    def has_clock(self) -> bool:
        """Whether the service lets its clock be set."""
        self("admin", "GET", "/api/session")
        return self._send(f"Bearer {self.tokens['admin']}", "GET", CLOCK, None)[0] == http.HTTPStatus.OK

    def sign_out(self) -> None:
        for token in self.tokens.values():
            self._send(f"Bearer {token}", "DELETE", "/api/token", {"token": token})

    def _send(self, who: str, method: str, path: str, body: Mapping[str, Any] | None) -> tuple[int, bytes]:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        headers = {"Authorization": who, "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError as error:
            raise DemoFailed(f"{self.address} does not answer: {error}") from error
        finally:
            connection.close()


def _taken(person: str, method: str, path: str, status: int, content: bytes) -> Any:
    if status >= http.HTTPStatus.BAD_REQUEST:
        raise DemoFailed(f"{method} {path} as {person}: {status} {content.decode(errors='replace')}")
    return json.loads(content) if content else None


@dataclass(slots=True)
class Case:
    """A case that is being played. languages: those in which due dates are explained; times: how often a step was done."""

    call: Client
    service: str
    tenant: str
    complained_of: str
    languages: Iterable[str]
    key: str = ""
    id: str = ""
    times: dict[str, int] = field(default_factory=dict)
    clock_moved: bool = False

    def play(self) -> Iterator[str]:
        """The trace, line by line."""
        yield from self._begin()
        try:
            for _ in range(MAX_STEPS):
                tasks = self._tasks() or (yield from self._wait())
                if not tasks:
                    break
                for task in tasks:
                    yield from self._step(task)
        finally:
            if self.clock_moved:
                self.call("admin", "DELETE", CLOCK)
        yield from self._ending()

    def _begin(self) -> Iterator[str]:
        starter = f"{STARTER}.{self.tenant}"
        path = f"/engine-rest/process-definition/key/{self.service}/tenant-id/{self.tenant}"
        form = self.call(starter, "GET", f"{path}/deployed-start-form")
        self.key = f"demo-{self.service}-{datetime.now(ZONE):%Y%m%d%H%M%S}"
        body = {"variables": self._filled(form, "start", {}), "businessKey": self.key}
        self.id = self.call(starter, "POST", f"{path}/submit-form", body)["id"]
        yield f"  {self.key} begun by {starter}"

    def _tasks(self) -> list[dict[str, Any]]:
        """The open tasks, those of called processes too."""
        found: list[dict[str, Any]] = self.call(
            "admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={self.key}"
        )
        return found

    def _ended(self) -> Any:
        return self.call("admin", "GET", f"/engine-rest/history/process-instance/{quote(self.id)}")

    def _wait(self) -> Generator[str, None, list[dict[str, Any]]]:
        """A case without tasks has ended, or a moment has to come: the clock is moved on to it, where it can be."""
        if self._ended()["state"] != "ACTIVE":
            return []
        tree = self.call("admin", "GET", f"/engine-rest/process-instance/{quote(self.id)}/activity-instances")
        waits_at = ", ".join(child["activityName"] for child in tree["childActivityInstances"])
        if not self.call.has_clock():
            yield f"  waits: {waits_at} (a service with REGLAMENT_TEST_CLOCK=1 would move its clock on)"
            return []
        yield f"  waits: {waits_at}; the test clock is moved on"
        self.clock_moved = True
        for wait, seconds in WAITS:
            self.call("admin", "PUT", CLOCK, {"now": (datetime.now(ZONE) + wait).isoformat()})
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if (tasks := self._tasks()) or self._ended()["state"] != "ACTIVE":
                    return tasks
                time.sleep(0.1)
        return []

    def _step(self, task: Mapping[str, Any]) -> Iterator[str]:
        path = f"/engine-rest/task/{task['id']}"
        person = task["assignee"] or f"{self._role(path)}.{self.tenant}"
        deadline = self.call(person, "GET", f"/api/tasks/{task['id']}/deadline")
        form = self.call(person, "GET", f"{path}/deployed-form")
        if task["assignee"] is None:
            self.call(person, "POST", f"{path}/claim", {"userId": person})
        known = {name: one["value"] for name, one in self.call(person, "GET", f"{path}/variables").items()}
        offered = colleagues(form, lambda role: [f"{role}.{self.tenant}"])
        variables = self._filled(form, task["taskDefinitionKey"], {**known, **offered})
        self.call(person, "POST", f"{path}/submit-form", {"variables": variables})
        yield f"  {deadline['clause'] or '–'}  {task['name']}"
        yield f"      {person}, due {_local(task['due'])}"
        for language in self.languages:
            if deadline["explanation"]:
                yield f"      {language}: {deadline['explanation'][language]}"

    def _role(self, path: str) -> str:
        links = self.call("admin", "GET", f"{path}/identity-links")
        return str(next(link["groupId"] for link in links if link["groupId"]))

    def _ending(self) -> Iterator[str]:
        if (state := self._ended()["state"]) == "ACTIVE":
            return
        variables = self.variables()
        yield f"  {state}: {variables.get('resultKind')}, document {variables.get('documentNumber')}"

    def variables(self) -> dict[str, Any]:
        rows = self.call("admin", "GET", f"/engine-rest/history/variable-instance?processInstanceId={quote(self.id)}")
        return {row["name"]: row["value"] for row in rows}

    def _filled(self, form: Mapping[str, Any], step: str, known: Mapping[str, Any]) -> dict[str, Any]:
        """The required fields with an answer each: what a person who knows nothing but the form could do."""
        self.times[step] = self.times.get(step, 0) + 1
        answers = Answers(
            datetime.now(ZONE), texts={COMPLAINED_OF: self.complained_of}, later=timedelta(days=self.times[step])
        )
        return {key: {"value": value} for key, value in answers.to(form, known).items()}


def play(address: str) -> Iterator[str]:
    """The trace, line by line; the due dates of the first case are explained in all languages. Raises DemoFailed."""
    call = Client(address)
    services = [one for one in call("admin", "GET", "/api/services") if one["processDefinition"]]
    numbers: dict[str, str] = {}
    try:
        for service in sorted(services, key=lambda one: one["anyProvider"]):
            tenant = next(iter(numbers)) if service["anyProvider"] else service["provider"]["key"]
            titles = service["titles"]
            yield f"\n{titles['kk']}\n  {titles['ru']}\n  {titles['en']}"
            case = Case(call, service["key"], tenant, numbers.get(tenant, ""), ("en",) if numbers else LANGUAGES)
            yield from case.play()
            numbers.setdefault(tenant, case.variables().get("applicationNumber", ""))
        yield f"\n{len(services)} services"
    finally:
        call.sign_out()


def _local(moment: str | None) -> str:
    """A moment of the API as the provider's wall clock shows it."""
    if moment is None:
        return "—"
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(ZONE).strftime("%d.%m.%Y %H:%M")
