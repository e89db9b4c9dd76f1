"""Jobs a second by one worker and by two, late timers, completion beside many instances, completions by several clients."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from statistics import median
from threading import Event
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from app.actions.models import deployments
from app.actions.running import instances
from app.domain.models.values import Variable
from app.store.tables import History, Job
from tests.bench.completion import _completer, _open_task, _started, _timed
from tests.bench.place import TENANT, Place, copied, web

JOBS = 2_000
TIMERS = 10_000
SOON = timedelta(seconds=90)
COMPLETIONS = 120
CLIENTS = (1, 2, 4)
SIZES = (10, 1_000, 100_000)
LATE = timedelta(seconds=1)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="bench" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
)
LINE = (
    '<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="x"/>{}'
    '<sequenceFlow id="f2" sourceRef="x" targetRef="e"/><endEvent id="e"/></process></definitions>'
)
MODELS = {
    "bench-job": HEAD
    + '<process id="bench-job" isExecutable="true">'
    + LINE.format('<task id="x" camunda:asyncBefore="true"/>'),
    "bench-timer": HEAD
    + '<process id="bench-timer" isExecutable="true">'
    + LINE.format(
        '<intermediateCatchEvent id="x"><timerEventDefinition><timeDate>${at}</timeDate></timerEventDefinition>'
        "</intermediateCatchEvent>"
    ),
}
FILL = """
WITH made AS (
    INSERT INTO instance (id, tenant_id, definition_id, definition_key, business_key, state, variables, started_at, root_id)
    SELECT n.id, i.tenant_id, i.definition_id, i.definition_key, 'MANY-' || n.n, i.state, i.variables, i.started_at, n.id
    FROM instance i, (SELECT n, uuidv7() AS id FROM generate_series(1, :many) n) n WHERE i.id = :like RETURNING id)
INSERT INTO task (id, tenant_id, instance_id, definition_id, token, parent_token, element, name, candidate_groups, priority,
    created_at, due_at, business_key, searchable, words)
SELECT uuidv7(), t.tenant_id, made.id, t.definition_id, t.token, t.parent_token, t.element, t.name, t.candidate_groups,
    t.priority, t.created_at, t.due_at, t.business_key, t.searchable, t.words
FROM task t, made WHERE t.instance_id = :like AND t.ended_at IS NULL
"""


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    with place.sessions.begin() as session:
        files = {f"{key}.bpmn": model.encode() for key, model in MODELS.items()}
        deployments.deploy(session, place.admin, files, datetime.now(UTC), name="durable", tenant=TENANT)
    yield from _jobs(place)
    yield from _late_timers(place)
    yield from _beside_many(copied(place, "many"))
    yield from _by_several(copied(place, "several"))


def _jobs(place: Place) -> Iterator[tuple[str, str, str]]:
    rates = {many: _rate(copied(place, f"jobs{many}"), many) for many in (1, 2)}
    for many, rate in rates.items():
        yield f"jobs a second, {many} worker{'s' * (many > 1)}", f"{rate:.0f}", ""
    yield "  two workers / one", f"{rates[2] / rates[1]:.2f}", ""


def _rate(place: Place, many: int) -> float:
    _begin(place, "bench-job", JOBS)
    begun = perf_counter()
    with _workers(place, many):
        _until(lambda: _count(place, Job) == 0)
        return JOBS / (perf_counter() - begun)


def _late_timers(place: Place) -> Iterator[tuple[str, str, str]]:
    place, due = copied(place, "timers"), datetime.now(UTC) + SOON
    _begin(place, "bench-timer", TIMERS, at=Variable(due.strftime("%Y-%m-%dT%H:%M:%SZ"), "String"))
    in_time = datetime.now(UTC) < due
    with _workers(place, 1):
        _until(lambda: _count(place, Job) == 0)
    with place.sessions() as session:
        fired = select(func.count(), func.max(History.at)).where(History.operation == "TimerFired")
        late, last = session.execute(fired.where(History.at > due + LATE)).one()
    yield f"timers of {TIMERS:,} due at once that are fired more than a second late", f"{late}", ""
    yield "  the last, seconds after its moment", f"{(last - due).total_seconds():.1f}" if last else "–", ""
    yield "  all were set before their moment", str(in_time), ""


def _beside_many(place: Place) -> Iterator[tuple[str, str, str]]:
    instance, times, known = _started(place), dict[int, float](), 1
    for size in SIZES:
        with place.sessions.begin() as session:
            session.execute(text("SET LOCAL statement_timeout = 0"))
            session.execute(text(FILL), {"many": size - known, "like": instance})
        with place.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
        known = size
        with web(place, "app.wsgi:create_app()") as connection:
            complete = _completer(place, lambda: _open_task(place, instance), connection)
            times[size] = median([complete() for _ in range(COMPLETIONS)][COMPLETIONS // 4 :])
    for size in SIZES[1:]:
        what = f"completion beside {size:,} instances / beside {SIZES[0]}"
        yield what, f"{times[size] / times[SIZES[0]]:.2f}", "at most 1.5"
    place.database.dispose()


def _by_several(place: Place) -> Iterator[tuple[str, str, str]]:
    with web(place, "app.wsgi:create_app()") as first:
        _throughput(place, first.port, 1)  # until then nothing is compiled or planned
        rates = {many: _throughput(place, first.port, many) for many in CLIENTS}
    for many, rate in rates.items():
        yield f"completions a second, {many} clients / one", f"{rate / rates[1]:.2f}", ""
    yield "  one client, completions a second", f"{rates[1]:.0f}", ""
    place.database.dispose()


def _throughput(place: Place, port: int, many: int) -> float:
    """Each client works an instance of its own."""
    headers = {"Authorization": f"Bearer {place.bearer}", "Content-Type": "application/json"}
    own = [_started(place) for _ in range(many)]

    def work(instance: UUID) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(COMPLETIONS):
            _timed(connection, f"/engine-rest/task/{_open_task(place, instance)}/complete", "{}", headers)

    begun = perf_counter()
    with ThreadPoolExecutor(many) as pool:
        list(pool.map(work, own))
    return many * COMPLETIONS / (perf_counter() - begun)


def _begin(place: Place, key: str, many: int, **variables: Variable) -> None:
    for start in range(0, many, 500):
        with place.sessions.begin() as session:
            definition = instances.definition_by_key(session, place.admin, key, TENANT)
            for _ in range(start, min(start + 500, many)):
                instances.start(session, place.admin, definition, variables, datetime.now(UTC))


@contextmanager
def _workers(place: Place, many: int) -> Iterator[Sequence["subprocess.Popen[bytes]"]]:
    environment = {**os.environ, "DATABASE_URL": place.url, "REGLAMENT_HOME": str(place.folder)}
    command = [sys.executable, "-m", "app.cli", "worker"]
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for _ in range(many)]
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait()


def _until(done: Callable[[], bool]) -> None:
    pause = Event()
    while not done():
        pause.wait(0.2)


def _count(place: Place, table: type[Any]) -> int:
    with place.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
