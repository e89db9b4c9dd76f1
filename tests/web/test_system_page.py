"""The page of the installation, and what is tried again from it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from tests.api.models import bpmn

Headers = dict[str, str]
MODEL = bpmn(
    "design-licence",
    '<extensionElements><camunda:properties><camunda:property name="law.act" value="aktobe-6435"/>'
    '<camunda:property name="law.service" value="design-licence"/></camunda:properties></extensionElements>'
    '<startEvent id="s"/><userTask id="work" name="A" camunda:candidateGroups="clerk"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
)
JOBS = """
WITH one AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id),
doing AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args)
    SELECT 'default', 'run_job', 'doing', id, '{"instance_id": "00000000-0000-0000-0000-000000000007"}' FROM one),
due AS (INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)
    VALUES ('default', 'run_job', now() - interval '3 minutes'), ('default', 'run_job', now() + interval '3 minutes'))
INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts)
VALUES ('outside', 'send_out', 'failed', 7) RETURNING id
"""


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(path: str = "/admin/system", person: str = "admin", status: int = 200, lang: str = "en") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def failed(database_engine: Engine) -> int:
    """A failed job beside one that is being done, one that is late and one for later."""
    with database_engine.begin() as connection:
        job: int = connection.execute(text(JOBS)).scalar_one()
    return job


def test_the_page_tells_workers_queue_and_what_has_failed(
    see: Callable[..., str], failed: int, statements: list[str]
) -> None:
    see()
    statements.clear()
    page = see()
    assert len(statements) <= 14, statements
    assert "<b>1</b><span>Workers alive" in page
    assert "/admin/instances/00000000-0000-0000-0000-000000000007" in page
    assert "<b>3 min</b><span>Lag" in page or "<b>180 s</b>" in page
    assert f"/admin/system/jobs/{failed}/again" in page
    see(person="head.aktobe-gask", status=403)


def test_a_failed_job_is_done_again_once(
    client: FlaskClient, as_user: Callable[[str], Headers], failed: int, database_engine: Engine
) -> None:
    path = f"/admin/system/jobs/{failed}/again"
    assert client.post(path, headers=as_user("head.aktobe-gask")).status_code == 403
    assert client.post(path, headers=as_user("admin")).status_code == 302
    with database_engine.connect() as connection:
        state = connection.scalar(text("SELECT status FROM procrastinate_jobs WHERE id = :id"), {"id": failed})
    assert state == "todo"
    assert client.post(path, headers=as_user("admin")).status_code == 409


def test_a_service_tells_its_editions_and_whether_its_model_does_what_the_act_says(
    see: Callable[..., str], deploy: Callable[..., Any], statements: list[str]
) -> None:
    for name in ("A", "B"):
        deploy({"one.bpmn": MODEL.replace('name="A"', f'name="{name}"')})
    assert "services/design-licence" in see("/admin/services")
    see("/admin/services/design-licence")
    statements.clear()
    page = see("/admin/services/design-licence")
    assert len(statements) <= 8, statements
    proof = next(iter(re.findall(r"/admin/services/design-licence/proofs/[^\"]+", page)))
    assert "difference?with=" in page
    told = see(proof)
    assert "What the act demands and the model lacks" in told
    assert 'class="error"' in told
    see("/admin/services/no-such-service", status=404)
    see("/admin/services", person="head.aktobe-gask", status=403)


def test_the_first_page_counts_what_needs_an_administrator_as_the_lists_do(
    see: Callable[..., str], failed: int, start: Callable[..., str], deploy: Callable[..., Any], statements: list[str]
) -> None:
    deploy({"one.bpmn": MODEL})
    start("design-licence")
    see("/admin")
    statements.clear()
    page = see("/admin")
    assert len(statements) <= 14, statements
    assert re.search(r'href="/admin/system#failed"><b>1</b>', page)
    for key in ("incident=1", "state=stuck", "overdue=1", "state=suspended"):
        assert f'href="/admin/instances?{key}"' in page
    see("/admin", person="head.aktobe-gask", status=302)
    see("/admin", person="clerk.aktobe-gask", status=403)
