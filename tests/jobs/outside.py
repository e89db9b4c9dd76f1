"""An organisation with people, whose work is told outside."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app import queue
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion, tasks
from app.domain.people.access import Actor
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Delivery, Membership, Organisation, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
SECRET = "a secret of the organisation"  # noqa: S105 - of the tests
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="work" isExecutable="true"><startEvent id="s"/>
<userTask id="ask" name="Тексеру" camunda:candidateGroups="clerk" camunda:dueDate="${workingDays(3)}"><extensionElements>
<camunda:properties><camunda:property name="name.ru" value="Проверка"/><camunda:property name="name.en" value="Check"/>
</camunda:properties></extensionElements></userTask><endEvent id="e"/>
<sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="e"/>
</process></definitions>"""

Environment = Callable[..., None]


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_URL", "https://reglament.example.kz")
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, datetime.now(UTC), demo=False)
        session.add(User(id="admin", password_hash="-", administrator=True))
        for person, role in (("clerk", "clerk"), ("second", "clerk"), ("boss", "head")):
            session.add(User(id=person, first_name="Айгүл", last_name=person, password_hash="-"))
            session.flush()
            session.add(Membership(user_id=person, tenant_id=TENANT, group_id=role))
        deployments.deploy(session, ADMIN, {"work.bpmn": MODEL.encode()}, datetime.now(UTC), tenant=TENANT)
    yield engine
    transactions.cache_clear()
    engine.dispose()


@pytest.fixture
def work(database: Engine) -> Callable[[], None]:
    """Let a worker do all that is to be done, also what it would try again later."""
    url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")

    def run() -> None:
        with database.begin() as connection:
            connection.execute(
                text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at IS NOT NULL")
            )
        with queue.app.replace_connector(PsycopgConnector(conninfo=url)) as app:
            app.run_worker(wait=False, install_signal_handlers=False, delete_jobs="successful")

    return run


def begun(applicant: str = "Құпия ЖШС") -> UUID:
    """A case; gives its open task."""
    with transactions().begin() as session:
        definition = instances.definition_by_key(session, ADMIN, "work", TENANT)
        started = instances.start(session, ADMIN, definition, {}, datetime.now(UTC), business_key="A-17")
        started.variables = {"applicantName": applicant}
        session.flush()
        return session.scalars(select(Task.id).where(Task.instance_id == started.id)).one()


def assigned(task: UUID, person: str = "clerk") -> None:
    with transactions().begin() as session:
        tasks.assign(session, ADMIN, task, person, datetime.now(UTC))


def completed(task: UUID) -> None:
    with transactions().begin() as session:
        completion.complete(session, ADMIN, task, {}, datetime.now(UTC))


def hooked(database: Engine, url: str | None) -> None:
    """Let the events of the organisation be told there."""
    with Session(database) as session, session.begin():
        organisation = session.get_one(Organisation, TENANT)
        organisation.webhook_url, organisation.webhook_secret = url, SECRET if url else None


def deliveries(database: Engine) -> list[Delivery]:
    with Session(database, expire_on_commit=False) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def jobs(database: Engine) -> int:
    """How many are written to send messages."""
    with database.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'send_out'")) or 0)
