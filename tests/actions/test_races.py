"""Two things done to one case at once, on two connections: the second waits for the first and then sees what it did."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.actions.models import deletions, deployments
from app.actions.models.seed import seed
from app.actions.people.people import actor_of
from app.actions.running import instances, messages, suspending
from app.actions.tasks import completion, tasks
from app.domain.people.access import Actor
from app.errors import Conflict, NotFound
from app.store import session as store
from app.store.tables import Definition, Deployment, History, Instance, Task, User
from tests.actions.racing import Command, done, one_after_the_other
from tests.jobs.due import run_due

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">'
)
TASK = '<userTask id="{}" camunda:candidateGroups="clerk"/>'
MESSAGE = '<intermediateCatchEvent id="{}"><messageEventDefinition messageRef="paid"/></intermediateCatchEvent>'
TIMER = (
    '<intermediateCatchEvent id="{}"><timerEventDefinition><timeDuration>PT1M</timeDuration></timerEventDefinition>'
    "</intermediateCatchEvent>"
)
CALL = '<callActivity id="{}" calledElement="%s"/>'


def model(key: str, first: str, second: str = '<task id="{}"/>') -> bytes:
    return (
        f'{HEAD}<message id="paid" name="paid"/><process id="{key}" isExecutable="true"><startEvent id="start"/>'
        f'<sequenceFlow id="f1" sourceRef="start" targetRef="one"/>{first.format("one")}'
        f'<sequenceFlow id="f2" sourceRef="one" targetRef="two"/>{second.format("two")}'
        '<sequenceFlow id="f3" sourceRef="two" targetRef="end"/><endEvent id="end"/></process></definitions>'
    ).encode()


MODELS = {
    "asks.bpmn": model("asks", TASK),
    "waits.bpmn": model("waits", MESSAGE, TASK),
    "timed.bpmn": model("timed", TIMER, TASK),
    "middle.bpmn": model("middle", CALL % "asks", TASK),
    "outer.bpmn": model("outer", CALL % "middle"),
}


@pytest.fixture
def database(fresh_database: str) -> Iterator[Engine]:
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        deployments.deploy(session, ADMIN, MODELS, NOW, tenant=TENANT)
        session.add(User(id="admin", password_hash="-", administrator=True))
    yield engine
    engine.dispose()


def begin(key: str) -> Command:
    def run(session: Session) -> Instance:
        definition = instances.definition_by_key(session, ADMIN, key, TENANT)
        started = instances.start(session, ADMIN, definition, {}, NOW)
        session.flush()
        return started

    return run


def complete(task: Task) -> Command:
    return lambda session: completion.complete(session, ADMIN, task.id, {}, NOW)


def cancel(instance: Instance) -> Command:
    return lambda session: instances.cancel(session, ADMIN, instance.id, "withdrawn", NOW)


def suspend(instance: Instance) -> Command:
    return lambda session: suspending.suspend(session, ADMIN, instance.id, True, NOW)


def suspend_all(key: str) -> Command:
    def run(session: Session) -> None:
        ids = session.scalars(select(Definition.id).where(Definition.key == key)).all()
        suspending.suspend_definitions(session, ADMIN, ids, True, NOW, with_instances=True)

    return run


def pay(session: Session) -> None:
    messages.correlate(session, ADMIN, messages.Correlation("paid"), messages.Brought(), NOW)


def remove_deployment(session: Session) -> None:
    deployment = session.scalars(select(Deployment)).one()
    deletions.delete_deployment(session, ADMIN, deployment.id, NOW, cascade=False)


def the_task(database: Engine) -> Task:
    return done(database, lambda session: session.scalars(select(Task).where(Task.ended_at.is_(None))).one())


def the_case(database: Engine, key: str) -> Instance:
    return done(database, lambda session: session.scalars(select(Instance).where(Instance.definition_key == key)).one())


@pytest.mark.parametrize("second", ["complete", "claim", "cancel", "suspend"])
def test_what_comes_after_a_completion_finds_the_task_completed(database: Engine, second: str) -> None:
    case = done(database, begin("asks"))
    task = the_task(database)
    commands: dict[str, Command] = {
        "complete": complete(task),
        "claim": lambda session: tasks.claim(session, actor_of(session, "admin"), task.id, None, NOW),
        "cancel": cancel(case),
        "suspend": suspend(case),
    }
    with pytest.raises(Conflict, match="already completed|has ended"):
        one_after_the_other(database, complete(task), commands[second])
    assert the_case(database, "asks").end_state == "COMPLETED"


@pytest.mark.parametrize(("first", "found"), [(cancel, "already cancelled"), (suspend, "is suspended")])
def test_a_completion_that_waited_sees_what_was_done_to_the_case(
    database: Engine, first: Callable[[Instance], Command], found: str
) -> None:
    case = done(database, begin("asks"))
    with pytest.raises(Conflict, match=found):
        one_after_the_other(database, first(case), complete(the_task(database)))


def test_a_message_that_is_sent_twice_at_once_moves_the_case_once(database: Engine) -> None:
    done(database, begin("waits"))
    with pytest.raises(Conflict, match="no longer waits"):
        one_after_the_other(database, pay, pay)
    sent = select(func.count()).select_from(History).where(History.operation == "Correlate")
    assert done(database, lambda session: session.scalar(sent)) == 1


def test_a_message_moves_no_case_that_was_suspended_meanwhile(database: Engine) -> None:
    case = done(database, begin("waits"))
    with pytest.raises(Conflict, match="no longer waits"):
        one_after_the_other(database, suspend(case), pay)


def test_a_timer_that_two_workers_look_at_is_fired_once(database: Engine) -> None:
    case = done(database, begin("timed"))

    def fire(session: Session) -> int:
        return run_due(session, case.id, NOW + timedelta(minutes=1))

    assert one_after_the_other(database, fire, fire) == 0
    assert the_task(database).element == "two"


def test_two_deployments_at_once_make_two_versions(database: Engine) -> None:
    def deploy(session: Session) -> None:
        deployments.deploy(session, ADMIN, {"asks.bpmn": MODELS["asks.bpmn"]}, NOW, tenant=TENANT)

    one_after_the_other(database, deploy, deploy)
    versions = select(Definition.version).where(Definition.key == "asks").order_by(Definition.version)
    assert done(database, lambda session: session.scalars(versions).all()) == [1, 2, 3]


def test_a_deployment_is_not_deleted_under_a_case_that_starts(database: Engine) -> None:
    with pytest.raises(Conflict, match="has process instances"):
        one_after_the_other(database, begin("asks"), remove_deployment)


def test_no_case_starts_of_a_deployment_that_was_deleted_meanwhile(database: Engine) -> None:
    with pytest.raises(NotFound, match="No matching definition"):
        one_after_the_other(database, remove_deployment, begin("asks"))


def test_a_case_that_starts_while_its_definition_is_suspended_is_suspended_too(database: Engine) -> None:
    one_after_the_other(database, begin("asks"), suspend_all("asks"))
    assert the_case(database, "asks").suspended
    assert the_task(database).suspended


def test_no_case_starts_of_a_definition_that_was_suspended_meanwhile(database: Engine) -> None:
    with pytest.raises(Conflict, match="is suspended"):
        one_after_the_other(database, suspend_all("asks"), begin("asks"))


def test_a_task_that_opens_in_a_calling_process_while_that_is_suspended_is_suspended_too(database: Engine) -> None:
    done(database, begin("outer"))
    one_after_the_other(database, complete(the_task(database)), suspend_all("middle"))
    assert the_case(database, "middle").suspended
    assert (the_task(database).element, the_task(database).suspended) == ("two", True)
