"""Completing a task: over HTTP, against a bare insert and against SpiffWorkflow as it comes; and its SQL statements."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from uuid import UUID

from lxml import etree
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser
from SpiffWorkflow.camunda.serializer.config import CAMUNDA_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import event, select

from app.actions.people import people
from app.actions.running import instances
from app.actions.tasks import completion
from app.domain.models.values import Variable
from app.store.tables import Task
from tests.bench.place import ACTS, Place, web

ROUNDS = 400
WARM = 40
ACT, SERVICE = "V1900019603", "attestation-centre-accreditation"
"""A service whose first steps are in its own process."""
APPLICATION = {"requestKind": "issue", "applicantName": "«Жоба» ЖШС", "applicantIdNumber": "180540012343"}


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    instance = _started(place)
    with web(place, "app.wsgi:create_app()") as ours, web(place, "bare:app") as bare:
        complete = _completer(place, lambda: _open_task(place, instance), ours)
        mine, theirs = _in_turn(complete, _inserter(instance, bare))
        accreditation = _completer(place, _accreditations(place), ours)
        served, raw = _in_turn(accreditation, _raw_accreditation())
    yield "complete a task over HTTP / bare Flask insert and commit", f"{mine / theirs:.2f}", "at most 3"
    yield "  (milliseconds)", f"{mine * 1e3:.2f} / {theirs * 1e3:.2f}", ""
    yield f"the same on {SERVICE} / SpiffWorkflow's restore + step + save alone", f"{served / raw:.2f}", "at most 5"
    yield "  (milliseconds)", f"{served * 1e3:.2f} / {raw * 1e3:.2f}", ""
    yield "SQL statements a completion, authentication included", str(_statements(place, instance)), "at most 8"


def _accreditations(place: Place) -> Callable[[], UUID]:
    """The first tasks of that many cases of the service."""
    variables = {name: Variable(value, "String") for name, value in APPLICATION.items()}
    with place.sessions.begin() as session:
        definition = instances.definition_by_key(session, place.admin, SERVICE, None)
        begun = [
            instances.start(session, place.admin, definition, variables, datetime.now(UTC)).id
            for _ in range(ROUNDS + WARM)
        ]
        session.flush()
        waiting = list(session.scalars(select(Task.id).where(Task.instance_id.in_(begun))))
    return waiting.pop


def _raw_accreditation() -> Callable[[], float]:
    """The same step of the same model by SpiffWorkflow as it comes: restored from JSON, completed, saved as JSON.

    No database, no HTTP; its conditions as Python, its automatic steps as empty tasks, since it knows neither.
    """
    text = (ACTS / ACT / f"{SERVICE}.bpmn").read_text()
    text = re.sub(r"\$\{(.*?)\}", r"\1", text)
    text = re.sub(r"<(/?)bpmn:(serviceTask|scriptTask|callActivity)", r"<\1bpmn:task", text)
    parser = CamundaParser()
    parser.add_bpmn_xml(etree.fromstring(text.encode()), filename=f"{SERVICE}.bpmn")
    workflow = BpmnWorkflow(parser.get_spec(SERVICE))
    workflow.task_tree.data.update(APPLICATION)
    workflow.do_engine_steps()
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CAMUNDA_CONFIG))
    saved = serializer.serialize_json(workflow)

    def once() -> float:
        begun = perf_counter()
        restored = serializer.deserialize_json(saved)
        restored.get_next_task(state=TaskState.READY, manual=True).run()
        restored.do_engine_steps()
        serializer.serialize_json(restored)
        return perf_counter() - begun

    return once


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


def _completer(place: Place, next_task: Callable[[], UUID], connection: HTTPConnection) -> Callable[[], float]:
    headers = {"Authorization": f"Bearer {place.bearer}", "Content-Type": "application/json"}
    body = json.dumps({"variables": {"decision": {"value": "approve", "type": "String"}}})

    def once() -> float:
        return _timed(connection, f"/engine-rest/task/{next_task()}/complete", body, headers)

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


def _statements(place: Place, instance: UUID) -> int:
    seen: list[str] = []
    task = _open_task(place, instance)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(place.database, "before_cursor_execute", note)
    with place.sessions.begin() as session:
        actor = people.by_secret(session, place.bearer, datetime.now(UTC), timedelta(hours=1))
        completion.complete(session, actor, task, {"decision": Variable("refuse", "String")}, datetime.now(UTC))
    event.remove(place.database, "before_cursor_execute", note)
    return len(seen)
