"""Completing a task: over HTTP, against a bare insert and against SpiffWorkflow as it comes; and its SQL statements."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from uuid import UUID

from lxml import etree
from place import LOOP, Place, web
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser
from SpiffWorkflow.camunda.serializer.config import CAMUNDA_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import event, select

from app.actions import instances, people, tasks
from app.domain.values import Variable
from app.store.tables import Task

ROUNDS = 400
WARM = 40


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    instance = _started(place)
    with web(place, "app.wsgi:create_app()") as ours, web(place, "bare:app") as bare:
        complete = _completer(place, instance, ours)
        insert = _inserter(instance, bare)
        mine, theirs = _in_turn(complete, insert)
    yield "complete a task over HTTP / bare Flask insert and commit", f"{mine / theirs:.2f}", "at most 3"
    yield "  (milliseconds)", f"{mine * 1e3:.2f} / {theirs * 1e3:.2f}", ""
    raw = _spiff()
    yield "complete a task over HTTP / SpiffWorkflow's restore + step + save alone", f"{mine / raw:.2f}", "at most 5"
    yield "  (milliseconds)", f"{mine * 1e3:.2f} / {raw * 1e3:.2f}", ""
    yield "SQL statements a completion, authentication included", str(_statements(place, instance)), "at most 8"


def _started(place: Place) -> UUID:
    with place.sessions.begin() as session:
        definition = instances.definition_by_key(session, place.admin, "bench-loop", None)
        variables = {"enough": Variable(False, "Boolean")}
        return instances.start(session, place.admin, definition, variables, datetime.now(UTC), business_key="b").id


def _in_turn(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, measured alternately, so that a noisy moment falls on both."""
    pairs = [(first(), second()) for _ in range(ROUNDS + WARM)][WARM:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _open_task(place: Place, instance: UUID) -> UUID:
    with place.sessions() as session:
        return session.scalars(select(Task.id).where(Task.instance_id == instance, Task.ended_at.is_(None))).one()


def _completer(place: Place, instance: UUID, connection: HTTPConnection) -> Callable[[], float]:
    headers = {"Authorization": f"Bearer {place.bearer}", "Content-Type": "application/json"}
    body = json.dumps({"variables": {"decision": {"value": "approve", "type": "String"}}})

    def once() -> float:
        path = f"/engine-rest/task/{_open_task(place, instance)}/complete"
        return _timed(connection, path, body, headers)

    return once


def _inserter(instance: UUID, connection: HTTPConnection) -> Callable[[], float]:
    return lambda: _timed(connection, f"/{instance}", "", {})


def _timed(connection: HTTPConnection, path: str, body: str, headers: dict[str, str]) -> float:
    begun = perf_counter()
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    taken = perf_counter() - begun
    if answer.status != 204:
        raise RuntimeError(f"{path}: {answer.status} {content!r}")
    return taken


def _spiff() -> float:
    """The same model, restored from JSON, one task completed, saved as JSON; no database, no HTTP."""
    text = re.sub(r"\$\{(.*?)\}", r"\1", LOOP).replace("workingDays(2)", "''")
    parser = CamundaParser()
    parser.add_bpmn_xml(etree.fromstring(text.encode()), filename="loop.bpmn")
    workflow = BpmnWorkflow(parser.get_spec("bench-loop"))
    workflow.task_tree.data["enough"] = False
    workflow.do_engine_steps()
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CAMUNDA_CONFIG))
    saved = serializer.serialize_json(workflow)
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        restored = serializer.deserialize_json(saved)
        task = restored.get_next_task(state=TaskState.READY, manual=True)
        task.data["decision"] = "approve"
        task.run()
        restored.do_engine_steps()
        serializer.serialize_json(restored)
        times.append(perf_counter() - begun)
    return median(times)


def _statements(place: Place, instance: UUID) -> int:
    seen: list[str] = []
    task = _open_task(place, instance)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(place.database, "before_cursor_execute", note)
    with place.sessions.begin() as session:
        actor = people.by_secret(session, place.bearer, datetime.now(UTC))
        tasks.complete(session, actor, task, {"decision": Variable("refuse", "String")}, datetime.now(UTC))
    event.remove(place.database, "before_cursor_execute", note)
    return len(seen)
