"""Any number of workers on one database: real processes, killed and stopped in the middle of their work."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app.store.tables import History, Instance, Job
from tests.features.feature_models import line, script, service, user
from tests.jobs.conftest import Begin, ended, instance, until

COUNTING = line(
    script("count", "${n + 1}", "n").replace("<scriptTask", '<scriptTask camunda:asyncBefore="true"'),
    script("again", "${n + 1}", "n").replace("<scriptTask", '<scriptTask camunda:asyncBefore="true"'),
)
JOBS = 200
Worker = Callable[[], "subprocess.Popen[bytes]"]


def open_jobs(database: Engine) -> int:
    with Session(database) as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


def test_two_workers_run_every_job_exactly_once(database: Engine, begin: Begin, worker: Worker) -> None:
    begun = [begin(None if number else COUNTING, n=0) for number in range(JOBS // 2)]
    workers = [worker(), worker()]
    until(lambda: open_jobs(database) == 0)
    with Session(database) as session:
        states = session.scalars(select(Instance.variables).where(Instance.id.in_(begun)))
        assert Counter(variables["n"] for variables in states) == {2: JOBS // 2}
        done = session.execute(select(History.instance_id, History.element).where(History.operation == "JobRun")).all()
        assert len(done) == len(set(done)) == JOBS
    assert [process.poll() for process in workers] == [None, None]


def test_the_jobs_of_a_killed_worker_are_taken_over(database: Engine, begin: Begin, worker: Worker) -> None:
    began = begin(COUNTING, n=0)
    with database.connect() as holder, holder.begin():
        holder.execute(text("SELECT FROM instance WHERE id = :id FOR UPDATE"), {"id": began})
        killed = worker()
        until(lambda: "doing" in _statuses(database))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert "doing" in _statuses(database)
    worker()
    until(lambda: ended(database, began))
    assert instance(database, began).variables == {"n": 2}


def _statuses(database: Engine) -> list[str]:
    with database.begin() as connection:
        query = "SELECT status FROM procrastinate_jobs WHERE task_name = 'run_job'"
        return [row.status for row in connection.execute(text(query))]


def test_a_worker_that_is_stopped_finishes_what_it_does_and_begins_nothing_more(
    database: Engine, begin: Begin, worker: Worker, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "go")
    model = line(service("ask", delegateExpression="${awaitGo}"), user("look"))
    first = begin(model)
    stopped = worker()
    until((tmp_path / "calls").exists)
    stopped.send_signal(signal.SIGTERM)
    until(lambda: not _lives(database))  # it takes no new jobs from here on
    second = begin(None)
    (tmp_path / "go").write_text("go")
    assert stopped.wait(60) == 0
    assert instance(database, first).variables == {"went": True}
    assert instance(database, second).variables == {}
    with database.begin() as connection:
        left = connection.execute(text("SELECT task_name, status FROM procrastinate_jobs WHERE queue_name = 'outside'"))
        assert [tuple(row) for row in left] == [("call_delegate", "todo")]


def _lives(database: Engine) -> bool:
    """Whether a worker is there for the steps; it leaves at once when it is stopped and has none under way."""
    with database.begin() as connection:
        return connection.scalar(text("SELECT count(*) FROM procrastinate_workers")) == 2


def test_a_case_that_somebody_else_holds_is_waited_for_shortly_and_tried_again(
    database: Engine, begin: Begin, worker: Worker
) -> None:
    """Nothing waits for a lock for longer than five seconds; the job is tried again and is no failure."""
    began = begin(COUNTING, n=0)
    with database.connect() as holder, holder.begin():
        holder.execute(text("SELECT FROM instance WHERE id = :id FOR UPDATE"), {"id": began})
        worker()
        until(lambda: _attempts(database) > 0)
    until(lambda: ended(database, began))
    assert instance(database, began).variables == {"n": 2}
    with Session(database) as session:
        assert session.scalars(select(Job.error)).all() == []


def _attempts(database: Engine) -> int:
    with database.begin() as connection:
        query = "SELECT max(attempts) FROM procrastinate_jobs WHERE task_name = 'run_job'"
        return connection.scalar(text(query)) or 0
