"""Where the cases run: a real database and real workers; each case in an organisation of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from app import engine
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.terms.calendars import keep_version
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import AppError
from app.local import migrations, postgres
from app.store import queries
from app.store import session as store
from app.store.tables import Calendar, Definition, ExternalTask, Incident, Instance, Job, Organisation
from tests.yardstick.betsy_models import ERROR_CODE

ADMIN = Actor("admin", True, frozenset())
ACTS = Path(__file__).parents[2] / "bpmn"
WAIT = timedelta(seconds=10)


@dataclass(frozen=True)
class Office:
    sessions: sessionmaker[Session]

    def deploy(self, tenant: str, file: str, model: bytes) -> AppError | None:
        """Why the model is refused, or None."""
        try:
            with self.sessions.begin() as session:
                session.add(Organisation(id=tenant, names={"kk": tenant}))
                session.flush()
                session.add(
                    Calendar(
                        tenant_id=tenant, zone="Asia/Aqtobe", opens=time(9), closes=time(18), weekend=[5, 6], version=1
                    )
                )
                session.flush()
                keep_version(session, tenant)
                deployments.deploy(session, ADMIN, {file: model}, datetime.now(UTC), tenant=tenant)
        except AppError as refused:
            return refused
        return None

    def start(self, tenant: str, key: str, given: Mapping[str, object]) -> AppError | None:
        """Why the instance could not begin, or None."""
        variables = {name: Variable(value, values.infer(value)) for name, value in given.items()}
        try:
            with self.sessions.begin() as session:
                found = session.scalars(select(Definition).where(Definition.tenant_id == tenant, Definition.key == key))
                instances.start(session, ADMIN, found.one(), variables, datetime.now(UTC))
        except AppError as failed:
            return failed
        return None

    def settle(self, seconds: int) -> list[tuple[datetime, datetime, str]]:
        """Do the work of outside until nothing moves any more; what took time, from when to when and whose."""
        took: list[tuple[datetime, datetime, str]] = []
        end, calm = monotonic() + seconds, 0
        while monotonic() < end and calm < 4:
            sleep(0.5)
            took += self._work()
            with self.sessions() as session:
                moving = select(func.count()).select_from(Job).where(Job.retries > 0)
                busy = session.scalar(moving) or session.scalar(select(func.count()).select_from(ExternalTask))
            calm = 0 if busy else calm + 1
        return took

    def _work(self) -> list[tuple[datetime, datetime, str]]:
        took = []
        with self.sessions.begin() as session:
            now = datetime.now(UTC)
            overdue = set(session.scalars(select(Job.instance_id).where(Job.due_at <= now, Job.retries > 0)))
            for task in session.scalars(select(ExternalTask)).all():
                if task.instance_id in overdue or (task.topic == "wait" and task.created_at + WAIT > now):
                    continue
                instance = queries.locked_instance(session, task.instance_id)
                assert instance is not None
                raised = engine.Raise(task.token, ERROR_CODE)
                command = raised if task.topic == "throw" else engine.Complete(task.token)
                took.append((task.created_at, now, instance.tenant_id or ""))
                advance(session, Move(instance, command, Act("admin", now, "Complete", element=task.element)))
        return took

    def logged(self, tenant: str) -> tuple[list[str], list[str]]:
        """What the instances of an organisation have logged, and the incidents that say why one stands still."""
        with self.sessions() as session:
            found = session.scalars(select(Instance).where(Instance.tenant_id == tenant)).all()
            lines = [line for one in found for line in str(one.variables.get("trace", "")).split()]
            lines += ["MARKER_exists" for one in found if one.variables.get("marker")]
            lines += ["ERROR_thrownErrorEvent" for one in found if one.end_state == "INTERNALLY_TERMINATED"]
            open_ones = select(Incident.message).where(Incident.tenant_id == tenant, Incident.ended_at.is_(None))
            return lines, list(session.scalars(open_ones))


@contextmanager
def opened(home: Path) -> Iterator[Office]:
    """A migrated database with a worker."""
    with postgres.serving(home) as server:
        postgres.create_database(server.url("postgres"), "yardstick", "template0")
        url = server.url("yardstick")
        migrations.upgrade(url)
        database = store.engine(url)
        with Session(database) as session, session.begin():
            seed(session, ACTS, datetime.now(UTC), demo=False)
        environment = {**os.environ, "DATABASE_URL": url, "REGLAMENT_HOME": str(home)}
        worker = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=environment)
        try:
            yield Office(store.sessions(database))
        finally:
            worker.terminate()
            worker.wait()
            database.dispose()
