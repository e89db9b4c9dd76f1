"""The service as other programs see it: the real web and worker processes, asked over the JSON interface."""

import json
import socket
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from uuid import uuid4

from app.actions.models.seed import DEMO_PASSWORD
from app.config import read
from app.local.processes import Children, Program
from app.local.start import address, healthy, web_and_worker


@dataclass(frozen=True, slots=True)
class Office:
    """The service at an address, asked over its JSON interface by a person."""

    address: str
    tokens: dict[str, str] = field(default_factory=dict)

    def __call__(self, person: str, method: str, path: str, body: Any = None) -> Any:
        """The JSON that is answered. Raises AssertionError for a refusal."""
        return self._sent(person, method, path, "application/json", None if body is None else json.dumps(body).encode())

    def _sent(self, person: str, method: str, path: str, kind: str, content: bytes | None) -> Any:
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Content-Type", kind)
        request.add_header("Authorization", f"Bearer {self._token(person)}")
        try:
            with urllib.request.urlopen(request, content) as answer:
                content = answer.read()
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(content) if content else None

    def _token(self, person: str) -> str:
        if person not in self.tokens:
            self.sign_in(person, DEMO_PASSWORD)
        return self.tokens[person]

    def sign_in(self, person: str, password: str) -> None:
        """Have a person who is not of the demonstration act from now on."""
        signed = json.dumps({"username": person, "password": password}).encode()
        request = urllib.request.Request(f"{self.address}/api/session", signed, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            self.tokens[person] = answer.headers["Set-Cookie"].partition(";")[0].partition("=")[2]

    def cookie(self, person: str) -> str:
        """The secret of a browser in which the person is signed in."""
        return self._token(person)

    def start(self, service: str, tenant: str, values: Mapping[str, Any], key: str | None = None) -> str:
        """Start a case as the applicant; gives its business key."""
        key = key or f"E-{uuid4().hex[:8]}"
        path = f"/engine-rest/process-definition/key/{service}/tenant-id/{tenant}/submit-form"
        variables = {name: {"value": value} for name, value in values.items()}
        self(f"applicant.{tenant}", "POST", path, {"businessKey": key, "variables": variables})
        return key

    def deploy(self, model: str, tenant: str) -> None:
        """Deploy a model to an organisation."""
        parts = {'name="tenant-id"': tenant, 'name="model.bpmn"; filename="model.bpmn"': model}
        body = "".join(
            f"--part\r\nContent-Disposition: form-data; {name}\r\n\r\n{one}\r\n" for name, one in parts.items()
        )
        kind = "multipart/form-data; boundary=part"
        self._sent("admin", "POST", "/engine-rest/deployment/create", kind, f"{body}--part--\r\n".encode())

    def begin(self, process: str, tenant: str, **values: Any) -> str:
        """Start a process that has no form; gives its business key."""
        key = f"E-{uuid4().hex[:8]}"
        path = f"/engine-rest/process-definition/key/{process}/tenant-id/{tenant}/start"
        variables = {name: {"value": value} for name, value in values.items()}
        self("admin", "POST", path, {"businessKey": key, "variables": variables})
        return key

    @contextmanager
    def at(self, moment: datetime) -> Iterator[Callable[[datetime], None]]:
        """Within the block the clock of the service stands at a moment; gives what sets it to another."""

        def stop(then: datetime) -> None:
            self("admin", "PUT", "/api/test/clock", {"now": then.isoformat()})

        stop(moment)
        yield stop
        self("admin", "DELETE", "/api/test/clock")

    def tasks(self, key: str) -> list[dict[str, Any]]:
        """The open tasks of a case."""
        found: list[dict[str, Any]] = self("admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
        return found

    def complete(self, key: str, values: Mapping[str, Any]) -> None:
        """Complete the only open task of a case, whosever it is."""
        [task] = self.tasks(key)
        variables = {name: {"value": value} for name, value in values.items()}
        self("admin", "POST", f"/engine-rest/task/{task['id']}/complete", {"variables": variables})


@contextmanager
def serving(url: str, home: Path) -> Iterator[Office]:
    """The real web and worker processes on a database, with a clock that tests can set."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = read({"DATABASE_URL": url, "REGLAMENT_HOME": str(home), "PORT": str(port)})
    with Children(home / "log") as children:
        children.start(*map(with_clock, web_and_worker(settings, url)))
        children.wait(lambda: healthy(settings), 60, address(settings))
        yield Office(address(settings))


def with_clock(program: Program) -> Program:
    return replace(program, environment={**program.environment, "REGLAMENT_TEST_CLOCK": "1"})
