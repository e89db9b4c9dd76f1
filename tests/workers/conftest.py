"""The real service, with models of their own, for workers that are programs of their own."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from app.local.processes import Children
from tests.api.models import bpmn, line
from tests.e2e.office import Office

ROOT = Path(__file__).parents[2]
TENANT = "aktobe-gask"
PATIENCE = 120
"""Seconds in which everything comes to its end on the slowest machine."""
PAID = bpmn(
    "paid",
    '<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="charge"/>'
    '<serviceTask id="charge" camunda:type="external" camunda:topic="charge"><extensionElements><camunda:properties>'
    '<camunda:property name="currency" value="KZT"/></camunda:properties></extensionElements></serviceTask>'
    '<sequenceFlow id="f2" sourceRef="charge" targetRef="notify"/>'
    '<serviceTask id="notify" camunda:type="external" camunda:topic="notify"/>'
    '<sequenceFlow id="f3" sourceRef="notify" targetRef="end"/><endEvent id="end"/>'
    '<boundaryEvent id="refused" attachedToRef="charge"><errorEventDefinition errorRef="no"/></boundaryEvent>'
    '<sequenceFlow id="f4" sourceRef="refused" targetRef="without"/><endEvent id="without"/>',
).replace("</definitions>", '<error id="no" name="no" errorCode="NO_MONEY"/></definitions>')
SINGLE = bpmn("single", line('serviceTask|do|camunda:type="external" camunda:topic="${topic}"'))


@pytest.fixture(scope="module")
def office(office: Office) -> Office:
    """The service with the models of the workers."""
    office.deploy(PAID, TENANT)
    office.deploy(SINGLE, TENANT)
    return office


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Children]:
    """What starts other programs, which end with the test."""
    with Children(tmp_path / "log") as children:
        yield children


@dataclass
class Poller:
    """Requests of workers, each on a connection and in a thread of its own."""

    port: int
    token: str
    threads: list[threading.Thread] = field(default_factory=list)

    def fetch(self, topic: str, worker: str, timeout: int = 0, most: int = 1, **more: Any) -> list[dict[str, Any]]:
        """timeout: milliseconds for which the request may wait. Raises OSError when the connection is lost."""
        wanted = [{"topicName": topic, "lockDuration": 600_000, **more}]
        body = {"workerId": worker, "maxTasks": most, "topics": wanted, "asyncResponseTimeout": timeout}
        rows: list[dict[str, Any]] = json.loads(self.send("POST", "external-task/fetchAndLock", body))
        return rows

    def send(self, method: str, path: str, body: Any = None) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, f"/engine-rest/{path}", None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status < 300, content
            return content
        finally:
            connection.close()

    def behind(self, work: Callable[[], Any]) -> None:
        thread = threading.Thread(target=work)
        self.threads.append(thread)
        thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads)


@pytest.fixture
def poller(office: Office) -> Poller:
    return Poller(int(office.address.rpartition(":")[2]), office.cookie("admin"))
