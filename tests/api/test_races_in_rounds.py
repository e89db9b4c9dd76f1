"""Many who want the same at once, round after round: each time what is in the database is in order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.actions.running import jobs
from app.store.tables import Instance, Job, Task
from tests.api.conftest import TENANTS, Deploy, Headers, Start

ROUNDS = 10
TENANT = TENANTS[0]
CLERK = f"clerk.{TENANT}"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="races" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><message id="payment" name="paid"/>'
)
CHECKED = f"""{HEAD}<process id="checked" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="check"/><userTask id="check" camunda:candidateGroups="clerk"/>
<boundaryEvent id="late" attachedToRef="check"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>
</boundaryEvent><sequenceFlow id="f2" sourceRef="check" targetRef="end"/><endEvent id="end"/>
<sequenceFlow id="f3" sourceRef="late" targetRef="missed"/><endEvent id="missed"/></process></definitions>"""
PAID = f"""{HEAD}<process id="paid" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="first"/><eventBasedGateway id="first"/>
<sequenceFlow id="f2" sourceRef="first" targetRef="come"/><sequenceFlow id="f3" sourceRef="first" targetRef="late"/>
<intermediateCatchEvent id="come"><messageEventDefinition messageRef="payment"/></intermediateCatchEvent>
<intermediateCatchEvent id="late"><timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>
</intermediateCatchEvent><sequenceFlow id="f4" sourceRef="come" targetRef="end"/>
<sequenceFlow id="f5" sourceRef="late" targetRef="end"/><endEvent id="end"/></process></definitions>"""
ORDERLY = {
    "an instance that has ended has nothing open": """
        SELECT i.id FROM instance i WHERE i.ended_at IS NOT NULL AND (i.state IS NOT NULL
            OR EXISTS (SELECT FROM task t WHERE t.instance_id = i.id AND t.ended_at IS NULL)
            OR EXISTS (SELECT FROM job j WHERE j.instance_id = i.id)
            OR EXISTS (SELECT FROM event_subscription s WHERE s.instance_id = i.id))""",
    "an instance that runs waits for something": """
        SELECT i.id FROM instance i WHERE i.ended_at IS NULL
            AND NOT EXISTS (SELECT FROM task t WHERE t.instance_id = i.id AND t.ended_at IS NULL)
            AND NOT EXISTS (SELECT FROM job j WHERE j.instance_id = i.id)
            AND NOT EXISTS (SELECT FROM event_subscription s WHERE s.instance_id = i.id)""",
    "each node is left once": """
        SELECT done.instance_id FROM (SELECT instance_id, activities FROM history UNION ALL
            SELECT instance_id, activities FROM task) done, jsonb_array_elements(done.activities::jsonb) activity
        GROUP BY done.instance_id, activity ->> 0 HAVING count(*) > 1""",
    "what is due before long is in the queue": """
        SELECT j.id FROM job j WHERE (j.queued OR j.due_at < now() + interval '9 minutes')
            AND NOT EXISTS (SELECT FROM procrastinate_jobs p
                WHERE p.status = 'todo' AND p.args ->> 'instance_id' = j.instance_id::text)""",
    "versions follow each other": """
        SELECT key FROM definition GROUP BY key, tenant_id HAVING max(version) <> count(*)""",
}

Together = Callable[..., list[int]]
AsUser = Callable[[str], Headers]


@pytest.fixture
def in_order(database_engine: Engine) -> Callable[[], None]:
    def check() -> None:
        with database_engine.connect() as connection:
            wrong = {what: connection.execute(text(query)).all() for what, query in ORDERLY.items()}
        assert {what: rows for what, rows in wrong.items() if rows} == {}

    return check


def _tasks(engine: Engine, instance: str) -> list[UUID]:
    with Session(engine) as session:
        return list(session.scalars(select(Task.id).where(Task.instance_id == UUID(instance))))


def test_eight_want_to_complete_the_same_tasks(
    database_engine: Engine, deploy: Deploy, start: Start, as_user: AsUser, together: Together,
    in_order: Callable[[], None],
) -> None:  # fmt: skip
    deploy({"checked.bpmn": CHECKED})
    for _ in range(ROUNDS):
        (task,) = _tasks(database_engine, start("checked"))
        claim = (f"/engine-rest/task/{task}/claim", {"userId": CLERK}, as_user(CLERK))
        assert set(together(*[claim] * 4)) == {204}
        complete = (f"/engine-rest/task/{task}/complete", {}, as_user(CLERK))
        statuses = together(*[complete] * 8)
        assert statuses.count(204) == 1
        assert set(statuses) <= {204, 400, 404, 409}
        in_order()


def test_an_end_from_outside_against_a_completion(
    app: Flask, database_engine: Engine, deploy: Deploy, start: Start, as_user: AsUser, in_order: Callable[[], None]
) -> None:
    deploy({"checked.bpmn": CHECKED})
    ends = set()
    for _ in range(ROUNDS):
        instance = start("checked")
        (task,) = _tasks(database_engine, instance)
        asked: list[tuple[str, str, str]] = [
            ("DELETE", f"/engine-rest/process-instance/{instance}", "admin"),
            ("POST", f"/engine-rest/task/{task}/complete", "admin"),
        ]
        barrier = Barrier(len(asked))

        def send(one: tuple[str, str, str], barrier: Barrier = barrier) -> int:
            client = app.test_client()
            barrier.wait(timeout=10)
            return client.open(one[1], method=one[0], json={}, headers=as_user(one[2])).status_code

        with ThreadPoolExecutor(len(asked)) as pool:
            statuses = list(pool.map(send, asked))
        assert statuses.count(204) == 1
        with Session(database_engine) as session:
            ends.add(session.get_one(Instance, UUID(instance)).end_state)
        in_order()
    assert ends <= {"COMPLETED", "EXTERNALLY_TERMINATED"}


def test_a_message_against_a_timer(
    app: Flask, database_engine: Engine, deploy: Deploy, start: Start, as_user: AsUser, in_order: Callable[[], None]
) -> None:
    deploy({"paid.bpmn": PAID})
    for number in range(ROUNDS):
        instance = UUID(start("paid", business_key=f"race-{number}"))
        barrier = Barrier(2)

        def tell(barrier: Barrier = barrier, number: int = number) -> bool:
            client = app.test_client()
            body = {"messageName": "paid", "businessKey": f"race-{number}"}
            barrier.wait(timeout=10)
            return client.post("/engine-rest/message", json=body, headers=as_user("admin")).status_code == 204

        def fire(barrier: Barrier = barrier, instance: UUID = instance) -> bool:
            with Session(database_engine) as session, session.begin():
                barrier.wait(timeout=10)
                due = jobs.next_due(session, instance, datetime.now(UTC))
                if due is not None:
                    jobs.run(session, *due, datetime.now(UTC))
                return due is not None

        with ThreadPoolExecutor(2) as pool:
            told, fired = pool.submit(tell), pool.submit(fire)
            assert (told.result(), fired.result()) in ((True, False), (False, True))
        with Session(database_engine) as session:
            assert session.get_one(Instance, instance).end_state == "COMPLETED"
            assert session.scalars(select(Job)).all() == []
        in_order()


def test_new_versions_against_beginnings(
    app: Flask, database_engine: Engine, deploy: Deploy, as_user: AsUser, in_order: Callable[[], None]
) -> None:
    deploy({"checked.bpmn": CHECKED})

    def new_version(client: Any, number: int) -> int:
        changed = CHECKED.replace('id="d"', f'id="d{number}"').encode()
        data = {"deployment-name": "test", "tenant-id": TENANT, "checked.bpmn": (BytesIO(changed), "checked.bpmn")}
        return client.post("/engine-rest/deployment/create", data=data, headers=as_user("admin")).status_code

    def begin(client: Any, number: int) -> int:
        path = f"/engine-rest/process-definition/key/checked/tenant-id/{TENANT}/start"
        return client.post(path, json={"businessKey": f"b{number}"}, headers=as_user("admin")).status_code

    for number in range(ROUNDS):
        barrier = Barrier(6)

        def send(call: tuple[Callable[[Any, int], int], int], barrier: Barrier = barrier) -> int:
            client = app.test_client()
            barrier.wait(timeout=10)
            return call[0](client, call[1])

        with ThreadPoolExecutor(6) as pool:
            calls = [(new_version, 2 * number), (new_version, 2 * number + 1)] + [(begin, number)] * 4
            assert set(pool.map(send, calls)) == {200}
        in_order()
    with Session(database_engine) as session:
        assert len(session.scalars(select(Instance.id)).all()) == 4 * ROUNDS
