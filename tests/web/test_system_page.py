"""The page of the installation, and what is tried again from it."""

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

Headers = dict[str, str]
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
    assert "<b>1</b><span>workers alive" in page
    assert "/admin/instances?q=00000000-0000-0000-0000-000000000007" in page
    assert "<b>3 min</b><span>lag" in page or "<b>180 s</b>" in page
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
