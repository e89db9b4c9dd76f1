"""Processes of the service killed at random under load: every instance comes to its end, each step of it once.

For longer: `pytest tests/chaos/test_under_load.py --chaos-kills 200 -s`.
"""

import base64
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from sqlalchemy import create_engine, text

from app import config
from app.local import postgres
from app.local.start import healthy

PASSWORD = "a long enough password"
CLERK, ADMIN = "clerk", "operator"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="chaos"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<message id="asked" name="asked-${n}"/>
<process id="chaos" isExecutable="true" camunda:historyTimeToLive="P30D">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="count"/>
<scriptTask id="count" scriptFormat="juel" camunda:resultVariable="steps" camunda:asyncBefore="true">
  <script>${steps + 1}</script></scriptTask><sequenceFlow id="f2" sourceRef="count" targetRef="pause"/>
<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT0.5S</timeDuration></timerEventDefinition>
</intermediateCatchEvent><sequenceFlow id="f3" sourceRef="pause" targetRef="check"/>
<userTask id="check" camunda:candidateGroups="clerk"/><sequenceFlow id="f4" sourceRef="check" targetRef="part"/>
<parallelGateway id="part"/><sequenceFlow id="f5" sourceRef="part" targetRef="ask"/>
<sequenceFlow id="f6" sourceRef="part" targetRef="answered"/>
<intermediateThrowEvent id="ask" camunda:asyncBefore="true"><signalEventDefinition signalRef="go"/></intermediateThrowEvent>
<sequenceFlow id="f7" sourceRef="ask" targetRef="again"/>
<scriptTask id="again" scriptFormat="juel" camunda:resultVariable="steps" camunda:asyncAfter="true">
  <script>${steps + 1}</script></scriptTask><sequenceFlow id="f8" sourceRef="again" targetRef="meet"/>
<userTask id="answered" camunda:candidateGroups="clerk"/><sequenceFlow id="f9" sourceRef="answered" targetRef="meet"/>
<parallelGateway id="meet"/><sequenceFlow id="f10" sourceRef="meet" targetRef="end"/><endEvent id="end"/>
</process><signal id="go" name="go-on"/></definitions>"""
PROGRAMS = {"web": "gunicorn", "worker": "app.cli worker", "postgres": "pginstall"}
"""By what each of them is known in the list of processes."""
BLOWS = 4
"""So many kills come one soon after another; then the service is let come up again, or nothing would ever be under way."""
STEPS = Counter(("start", "count", "pause", "check", "part", "ask", "again", "answered", "meet", "end"))
BREATH = threading.Event()
"""Never set: what somebody waits on who asks again in a moment."""
PATIENCE = 120
"""Seconds after the last kill in which everything has to come to its end."""


@dataclass
class Service:
    """`reglament run` with everything of its own, and the calls that its users make until each has been answered."""

    port: int
    home: Path
    settings: Mapping[str, str]
    process: "subprocess.Popen[bytes]" = field(init=False)
    kills: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "run"],
            env=dict(self.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def revive(self) -> None:
        """It gives up when a program ends again and again; the system starts it anew, as systemd does."""
        with self.lock:
            if self.process.poll() is not None:
                self.start()

    def call(self, method: str, path: str, body: Any = None, person: str = ADMIN) -> tuple[int, Any]:
        """What the service answers; it is asked again for as long as nobody answers."""
        token = base64.b64encode(f"{person}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.revive()
            with suppress(OSError, HTTPException, ValueError), closing(self._connection()) as connection:
                connection.request(method, path, None if body is None else json.dumps(body), headers)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status < 500:
                    return answer.status, json.loads(content) if content else None
            BREATH.wait(0.1)
        raise AssertionError(f"{method} {path}: nobody answers")

    def _connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=10)

    def kill_one(self, chosen: random.Random) -> None:
        """Kill a web process, a worker or the database: that of which the fewest were killed."""
        kind = min(PROGRAMS, key=lambda one: (self.kills[one], chosen.random()))
        with suppress(psutil.NoSuchProcess):
            everything = psutil.Process(self.process.pid).children(recursive=True)
            found = [one for one in everything if PROGRAMS[kind] in " ".join(one.cmdline())]
            if found:  # of the database its server, which ends all that serve a connection
                (found[0] if kind == "postgres" else chosen.choice(found)).kill()
                self.kills[kind] += 1


@pytest.fixture
def service(home: Path) -> Iterator[Service]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        **os.environ, "DATABASE_URL": "", "REGLAMENT_HOME": str(home), "PORT": str(port), "REGLAMENT_WORKERS": "2",
    }  # fmt: skip
    settings.pop("REGLAMENT_DEMO", None)
    service = Service(port, home, settings)
    service.start()
    try:
        found = config.read(settings)
        end = time.monotonic() + 120
        while not healthy(found):
            assert service.process.poll() is None
            assert time.monotonic() < end
            BREATH.wait(0.1)
        for arguments in (["add", ADMIN, "--admin"], ["add", CLERK, "--role", "clerk@aktobe-gask"]):
            add = [sys.executable, "-m", "app.cli", "users", *arguments]
            subprocess.run(add, env=settings, input=PASSWORD.encode(), check=True, capture_output=True)
        yield service
    finally:
        service.process.send_signal(signal.SIGINT)
        service.process.wait(60)


def test_every_instance_comes_to_its_end_and_no_step_is_lost_or_doubled(service: Service, chaos_kills: int) -> None:
    keys = [f"chaos-{number}" for number in range(3 * chaos_kills)]
    _deploy(service)
    stopped = threading.Event()
    people = [threading.Thread(target=_start_all, args=(service, keys))]
    people += [threading.Thread(target=_complete_all, args=(service, stopped)) for _ in range(3)]
    for person in people:
        person.start()
    chosen = random.Random(7)
    try:
        while service.kills.total() < chaos_kills:
            BREATH.wait(chosen.uniform(0.2, 1.5))
            service.kill_one(chosen)
            if service.kills.total() % BLOWS == 0:
                service.call("GET", "/engine-rest/engine")
        people[0].join(PATIENCE)
        _wait_for_the_end(service, len(keys))
    finally:
        stopped.set()
        for person in people:
            person.join(60)
    found = _steps(service.home)
    lost = sum((STEPS - steps).total() for steps in found.values())
    doubled = sum((steps - STEPS).total() for steps in found.values())
    print(
        f"kills {dict(service.kills)}, steps {sum(s.total() for s in found.values())}, lost {lost}, doubled {doubled}"
    )
    assert sorted(found) == sorted(keys)
    assert (lost, doubled) == (0, 0)
    assert _left_over(service.home) == []


def _deploy(service: Service) -> None:
    boundary = uuid4().hex
    parts = {"deployment-name": "chaos", "tenant-id": "aktobe-gask"}
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    body += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="chaos.bpmn"; filename="chaos.bpmn"\r\n'
        f"Content-Type: text/xml\r\n\r\n{MODEL}\r\n--{boundary}--\r\n"
    )
    token = base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()
    with closing(service._connection()) as connection:
        headers = {"Authorization": f"Basic {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
        connection.request("POST", "/engine-rest/deployment/create", body.encode(), headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()


def _start_all(service: Service, keys: list[str]) -> None:
    """Each once: where no answer came it is looked first whether there is one."""
    for key in keys:
        while service.call("GET", f"/engine-rest/history/process-instance/count?processInstanceBusinessKey={key}")[
            1
        ] == {"count": 0}:
            _once(
                service,
                "POST",
                "/engine-rest/process-definition/key/chaos/tenant-id/aktobe-gask/start",
                {"businessKey": key, "variables": {"steps": {"value": 0}}},
            )


def _once(service: Service, method: str, path: str, body: Any) -> None:
    token = base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()
    with suppress(OSError, HTTPException), closing(service._connection()) as connection:
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body), headers)
        connection.getresponse().read()


def _complete_all(service: Service, stopped: threading.Event) -> None:
    while not stopped.is_set():
        _, tasks = service.call("GET", "/engine-rest/task?candidateGroup=clerk&maxResults=20", person=CLERK)
        for task in tasks:
            service.call("POST", f"/engine-rest/task/{task['id']}/claim", {"userId": CLERK}, person=CLERK)
            service.call("POST", f"/engine-rest/task/{task['id']}/complete", {}, person=CLERK)
        _, taken = service.call("GET", f"/engine-rest/task?assignee={CLERK}&maxResults=20", person=CLERK)
        for task in taken:
            service.call("POST", f"/engine-rest/task/{task['id']}/complete", {}, person=CLERK)
        BREATH.wait(0 if tasks or taken else 0.2)


def _wait_for_the_end(service: Service, many: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _, counted = service.call("GET", "/engine-rest/history/process-instance/count?completed=true")
        if counted["count"] == many:
            return
        BREATH.wait(0.5)
    raise AssertionError(f"{counted['count']} of {many} instances have come to their end; {_left_over(service.home)}")


def _steps(home: Path) -> dict[str, Counter[str]]:
    """Which steps each instance has left, by business key."""
    activities = """
    SELECT i.business_key, activity ->> 0 AS node FROM instance i
    JOIN (SELECT instance_id, activities FROM history UNION ALL SELECT instance_id, activities FROM task) done
        ON done.instance_id = i.id, jsonb_array_elements(done.activities::jsonb) activity"""
    found: dict[str, Counter[str]] = {}
    engine = create_engine(postgres.running(home).replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        for key, node in connection.execute(text(activities)):
            found.setdefault(key, Counter())[node] += 1
    engine.dispose()
    return found


def _left_over(home: Path) -> list[str]:
    """Rows that should have gone with the instances."""
    engine = create_engine(postgres.running(home).replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        left = [
            f"{table}: {connection.scalar(text(f'SELECT count(*) FROM {table}'))}"
            for table in ("job", "event_subscription", "incident")
            if connection.scalar(text(f"SELECT count(*) FROM {table}"))
        ]
    engine.dispose()
    return left
