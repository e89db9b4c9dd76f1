"""Where the cases run: the real web and worker processes, asked over the REST dialect alone, as any client of it does."""

import json
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.actions.models.seed import DEMO_PASSWORD, seed
from app.actions.terms.calendars import keep_version
from app.local import migrations, postgres
from app.store import session as store
from app.store.tables import Calendar, Organisation, User
from tests.e2e.office import serving
from tests.yardstick.betsy_models import ERROR_CODE

ACTS = Path(__file__).parents[2] / "bpmn"
WAIT = timedelta(seconds=10)
WORKER = "yardstick"
TOPICS = [{"topicName": topic, "lockDuration": 3_600_000} for topic in ("wait", "throw")]


class Refused(Exception):
    """The service has answered 400 or above. body: the answer of the dialect."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {body.get('message')}")
        self.body = body


@dataclass(frozen=True)
class Office:
    """locked: the work of outside that is in hand, by its id."""

    address: str
    token: str
    locked: dict[str, Any] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        return self._sent(method, path, "application/json", None if body is None else json.dumps(body).encode())

    def _sent(self, method: str, path: str, kind: str, content: bytes | None) -> Any:
        headers = {"Content-Type": kind, "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(f"{self.address}/engine-rest/{path}", content, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                given = answer.read()
        except HTTPError as error:
            raise Refused(error.code, json.loads(error.read())) from None
        return json.loads(given) if given else None

    def deploy(self, tenant: str, file: str, model: bytes) -> None:
        parts = [(b'name="tenant-id"', tenant.encode()), (f'name="{file}"; filename="{file}"'.encode(), model)]
        body = b"".join(b"--part\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts)
        self._sent("POST", "deployment/create", "multipart/form-data; boundary=part", body + b"--part--\r\n")

    def start(self, tenant: str, key: str, given: Mapping[str, object]) -> None:
        variables = {name: {"value": value} for name, value in given.items()}
        self.ask("POST", f"process-definition/key/{key}/tenant-id/{tenant}/start", {"variables": variables})

    def settle(self, seconds: int) -> list[tuple[datetime, datetime, str]]:
        """Do the work of outside until nothing moves any more; what took time, from when to when and whose."""
        took: list[tuple[datetime, datetime, str]] = []
        end, calm = monotonic() + seconds, 0
        while monotonic() < end and calm < 4:
            sleep(0.5)
            took += self._work()
            moving = self.ask("GET", "job/count?withRetriesLeft=true")["count"]
            calm = 0 if moving or self.ask("GET", "external-task/count")["count"] else calm + 1
        return took

    def _work(self) -> Iterator[tuple[datetime, datetime, str]]:
        """What is waited for elsewhere in the same instance comes first."""
        fetched = self.ask(
            "POST", "external-task/fetchAndLock", {"workerId": WORKER, "maxTasks": 1_000, "topics": TOPICS}
        )
        self.locked.update({task["id"]: task for task in fetched})
        due = self.ask("GET", "job?executable=true&withRetriesLeft=true")
        overdue, now = {job["processInstanceId"] for job in due}, datetime.now(UTC)
        for task in list(self.locked.values()):
            created = datetime.fromisoformat(task["createTime"])
            if task["processInstanceId"] in overdue or (task["topicName"] == "wait" and created + WAIT > now):
                continue
            del self.locked[task["id"]]
            if self._done(task):
                yield created, now, task["tenantId"]

    def _done(self, task: Mapping[str, Any]) -> bool:
        """Whether it was still to be done."""
        given: dict[str, object] = {"workerId": WORKER}
        if task["topicName"] == "throw":
            given["errorCode"] = ERROR_CODE
        try:
            self.ask("POST", f"external-task/{task['id']}/{'bpmnError' if 'errorCode' in given else 'complete'}", given)
        except Refused:
            return False
        return True

    def logged(self, tenant: str) -> tuple[list[str], list[str]]:
        """What the instances of an organisation have logged, and the incidents that say why one stands still."""
        which = f"tenantIdIn={quote(tenant)}"
        rows = self.ask("GET", f"history/variable-instance?{which}")
        lines = [line for row in rows if row["name"] == "trace" for line in str(row["value"]).split()]
        lines += ["MARKER_exists" for row in rows if row["name"] == "marker" and row["value"]]
        ended = self.ask("GET", f"history/process-instance?{which}&internallyTerminated=true")
        lines += ["ERROR_thrownErrorEvent" for _ in ended]
        return lines, [one["incidentMessage"] for one in self.ask("GET", f"incident?{which}")]


@contextmanager
def opened(home: Path, tenants: Sequence[str]) -> Iterator[Office]:
    """The service on a database of its own, with an organisation for each case."""
    with postgres.serving(home) as server:
        postgres.create_database(server.url("postgres"), "yardstick", "template0")
        url = server.url("yardstick")
        migrations.upgrade(url)
        database = store.engine(url)
        with Session(database) as session, session.begin():
            seed(session, ACTS, datetime.now(UTC), demo=False)
            session.add(User(id="admin", password_hash=PasswordHasher().hash(DEMO_PASSWORD), administrator=True))
            for tenant in tenants:
                _establish(session, tenant)
        database.dispose()
        with serving(url, home) as service:
            yield Office(service.address, service.cookie("admin"))


def _establish(session: Session, tenant: str) -> None:
    session.add(Organisation(id=tenant, names={"kk": tenant}))
    session.flush()
    hours = {"opens": time(9), "closes": time(18), "weekend": [5, 6]}
    session.add(Calendar(tenant_id=tenant, zone="Asia/Aqtobe", version=1, **hours))
    session.flush()
    keep_version(session, tenant)
