"""What a case costs in the database, and that a long past costs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from app import definitions, engine, expressions
from app.actions.forms.form_data import FormReference, form_source
from app.actions.models.models import model_of
from app.actions.people import people
from app.actions.running import instances
from app.actions.tasks import completion, tasks
from app.domain.models.values import Variable, parse
from app.forms import compile as compile_form
from app.store.tables import Definition, Instance, Task
from tests.bench.place import LOOP, Place

OF_CASE = "(SELECT id FROM instance WHERE root_id = :id)"
ROWS = ("instance", "task", "history", "job", "event_subscription", "comment", "file")


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    for key in ("bench-seven", "industrial-safety-attestation"):
        tasks_of_case, rows, size = _stored(place, _walked(place, key))
        yield f"rows of a finished {key} with {tasks_of_case} tasks", str(rows), "at most 20"
        yield "  its bytes", str(size), "at most 6144"
    yield "bytes of state and variables of a running design-licence, the largest", str(_running(place)), "at most 2048"
    late, early = _rounds(10_000), _rounds(10)
    yield "time of round 10,000 of a loop / round 10", f"{late.seconds / early.seconds:.2f}", "at most 1.5"
    yield "bytes of state of round 10,000 / round 10", f"{late.size / early.size:.2f}", "at most 1.5"


def _stored(place: Place, case: UUID) -> tuple[int, int, int]:
    """How many tasks, rows and bytes (with row headers, without indexes) a case takes, with what it has called."""
    with place.sessions() as session:
        tasks_of_case = session.scalar(text(f"SELECT count(*) FROM task WHERE instance_id IN {OF_CASE}"), {"id": case})
        rows, size = 0, 0
        for table in ROWS:
            column = "id" if table == "instance" else "instance_id"
            query = f"SELECT count(*), coalesce(sum(pg_column_size(t.*)), 0) FROM {table} t WHERE {column} IN {OF_CASE}"  # noqa: S608
            found = session.execute(text(query), {"id": case}).one()
            rows, size = rows + found[0], size + found[1]
    return tasks_of_case or 0, rows, size


def _answers(source: bytes) -> dict[str, Variable]:
    answers: dict[str, Any] = {}
    for field in compile_form(source).fields:
        if field.fillable and (field.required or field.type == "checkbox"):
            if field.choices:
                first = field.choices[0][0]
                answers[field.key] = [first] if field.type in ("checklist", "taglist") else first
            else:
                answers[field.key] = True if field.type == "checkbox" else "150340054326"
    return {key: parse(key, {"value": value}) for key, value in answers.items()}


def _filled(session: Session, form: FormReference) -> dict[str, Variable]:
    """The required fields of a form; a step without a form sets a decision."""
    if form.key is None:
        return {"decision": parse("decision", {"value": "approve"})}
    return _answers(form_source(session, form))


def _begun(place: Place, key: str) -> UUID:
    now = datetime.now(UTC)
    with place.sessions.begin() as session:
        definition = instances.definition_by_key(session, place.admin, key, None)
        answers = _filled(session, FormReference.of_start(definition, model_of(session, definition.id).process))
        started = instances.submit_start_form(session, place.admin, definition, answers, now, business_key="KZ-2026-1")
        return started.id


def _work(place: Place, case: UUID) -> bool:
    """Claim and complete one task of the case; whether there was one."""
    with place.sessions.begin() as session:
        task = session.scalars(_open_tasks(case)).first()
        if task is None:
            return False
        definition = session.get_one(Definition, task.definition_id)
        answers = _filled(session, FormReference.of_task(definition, tasks.user_task(session, task)))
        named = task.assignee or f"{task.candidate_groups[0]}.{task.tenant_id}"
        worker = people.actor_of(session, named)
        if task.assignee is None:
            tasks.claim(session, worker, task.id, None, datetime.now(UTC))
        completion.submit_form(session, worker, task.id, answers, datetime.now(UTC))
        return True


def _open_tasks(case: UUID) -> Select[tuple[Task]]:
    of_case = select(Instance.id).where(Instance.root_id == case)
    return select(Task).where(Task.instance_id.in_(of_case), Task.ended_at.is_(None))


def _walked(place: Place, key: str) -> UUID:
    case = _begun(place, key)
    while _work(place, case):
        pass
    return case


def _running(place: Place) -> int:
    case, sizes = _begun(place, "design-licence"), [0]
    query = text(
        "SELECT sum(length(state) + pg_column_size(variables) + pg_column_size(types)) FROM instance "
        "WHERE root_id = :id AND ended_at IS NULL"
    )
    while True:
        with place.sessions() as session:
            if session.get_one(Instance, case).ended_at is not None:
                return max(sizes)
            sizes.append(session.scalar(query, {"id": case}) or 0)
        _work(place, case)


@dataclass
class Round:
    seconds: float
    size: int


class BareHost:
    """Expressions alone: no database, no calendar."""

    now = datetime.now(UTC)
    zone = ZoneInfo("Asia/Almaty")

    def evaluate(self, expression: str, variables: Any) -> Any:
        functions = {"workingDays": lambda _days: None}
        return expressions.compile(expression).evaluate(variables, functions)

    def is_outside(self, delegate: str) -> bool:  # noqa: ARG002
        return False

    def call(self, delegate: str, step: str, variables: Any) -> Any:
        raise NotImplementedError(delegate)


def _rounds(count: int, samples: int = 200) -> Round:
    """The step that follows `count` rounds through a user task."""
    process = definitions.read("loop.bpmn", LOOP.encode()).processes[0]
    spec, host = engine.compile(process), BareHost()
    outcome = engine.step(spec, None, {"enough": False}, engine.Start(), host)
    for _ in range(count):
        token = outcome.tasks[0].token
        outcome = engine.step(spec, outcome.state, outcome.variables, engine.Complete(token), host)
    times = []
    for _ in range(samples):
        begun = perf_counter()
        engine.step(spec, outcome.state, outcome.variables, engine.Complete(outcome.tasks[0].token), host)
        times.append(perf_counter() - begun)
    return Round(median(times), len(outcome.state))
