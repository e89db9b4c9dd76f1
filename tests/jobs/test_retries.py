"""Jobs that fail are tried again as the model says, by a real worker; then an incident says why."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.actions.running import instances, job_acts, waits
from app.domain.models.values import Variable
from app.jobs import running
from app.store.tables import History, Instance, Job, Message
from tests.features.feature_models import (
    both,
    boundary,
    catch,
    end,
    file,
    flow,
    line,
    message,
    node,
    path,
    script,
    start,
    timer,
    user,
    xor,
)
from tests.jobs.conftest import ADMIN, Begin, Work, ended, incidents, instance, job


def cycle(text: str) -> str:
    return f"<extensionElements><camunda:failedJobRetryTimeCycle>{text}</camunda:failedJobRetryTimeCycle></extensionElements>"


def sum_later(retries: str = "", **attributes: str) -> bytes:
    """Adds `a` and `b` in a job of its own."""
    adding = script("sum", "${a + b}", "sum", cycle(retries) if retries else "")
    given = "".join(f' camunda:{name}="{value}"' for name, value in {"asyncBefore": "true", **attributes}.items())
    return line(adding.replace('<scriptTask id="sum"', f'<scriptTask id="sum"{given}'), user("look"))


def give(database: Engine, began: object, **variables: int) -> None:
    with Session(database) as session, session.begin():
        given = {name: Variable(value, "Integer") for name, value in variables.items()}
        instances.modify_variables(session, ADMIN, began, given, (), datetime.now(UTC))  # type: ignore[arg-type]


def make_due(database: Engine) -> None:
    """Let the next try be now."""
    with database.begin() as connection:
        connection.execute(text("UPDATE job SET due_at = now() - interval '1 second'"))
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))
    running.wake_overdue_jobs(0)


@pytest.mark.parametrize(
    ("retries", "seconds"),
    [
        ("", [10, 60]),
        ("R3/PT10M", [600, 600]),
        ("PT10S,PT5M, PT1H", [10, 300, 3600]),
        ("${urgent ? 'R2/PT7S' : 'R5/PT1H'}", [7]),
        ("${missing}", [10, 60]),
        ("${membersOf('head')}", [10, 60]),
        ("PT7S,P9000Y", [10, 60]),
    ],
)
def test_a_failed_job_is_tried_again_after_the_waits_of_the_model(
    database: Engine, begin: Begin, work: Work, retries: str, seconds: list[int]
) -> None:
    began = begin(sum_later(retries), a=1, urgent=True)
    for number, pause in enumerate(seconds):
        work()
        failed = job(database, began)
        assert failed.retries == len(seconds) - number
        assert abs(failed.due_at - datetime.now(UTC) - timedelta(seconds=pause)) < timedelta(seconds=6)
        assert incidents(database, began) == []
        make_due(database)
    work()
    failed = job(database, began)
    [found] = incidents(database, began)
    assert (failed.retries, found.kind, found.element, found.cause) == (0, "failedJob", "sum", failed.id)
    assert found.details is not None
    assert (found.details["expression"], found.details["variables"]) == ("${a + b}", ["a", "b"])
    assert instance(database, began).variables == {"a": 1, "urgent": True}


def test_tries_that_were_given_by_hand_are_counted_down(database: Engine, begin: Begin, work: Work) -> None:
    began = begin(sum_later("R2/PT1H"), a=1)
    with Session(database) as session, session.begin():
        job_acts.set_retries(session, ADMIN, job(database, began).id, 9, None, datetime.now(UTC))
    work()
    assert job(database, began).retries == 8


def test_a_job_that_is_mended_goes_on_and_its_incident_ends(database: Engine, begin: Begin, work: Work) -> None:
    began = begin(sum_later("R1/PT1S"), a=1)
    work()
    assert len(incidents(database, began)) == 1
    give(database, began, b=2)
    with database.begin() as connection:
        connection.execute(text("UPDATE job SET retries = 1"))
    with Session(database) as session, session.begin():
        waits.enqueue(session, session.scalars(select(Job)).one(), datetime.now(UTC))
    work()
    assert instance(database, began).variables["sum"] == 3
    assert incidents(database, began) == []
    assert instance(database, began).troubled is False


def test_higher_priorities_come_first(database: Engine, begin: Begin, work: Work) -> None:
    model = sum_later(jobPriority="${urgency}")
    begun = {urgency: begin(None if urgency else model, a=1, b=2, urgency=urgency) for urgency in (0, 50, -5, 7)}
    work()
    with Session(database) as session:
        done = select(History.instance_id).where(History.operation == "JobRun").order_by(History.at, History.id)
        assert list(session.scalars(done)) == [begun[urgency] for urgency in (50, 7, 0, -5)]


def test_a_loop_of_steps_that_each_are_a_job(database: Engine, begin: Begin, work: Work) -> None:
    rounds = 60
    counting = script("count", "${n + 1}", "n").replace(
        "<scriptTask", '<scriptTask camunda:asyncBefore="true" camunda:asyncAfter="true"'
    )
    model = file(
        start(), xor("again"), counting, xor("enough", default="enough_again"), end(),
        path("start", "again", "count", "enough"), flow("enough", "end", f"${{n >= {rounds}}}"), flow("enough", "again"),
    )  # fmt: skip
    began = begin(model, n=0)
    work()
    assert ended(database, began)
    assert instance(database, began).variables == {"n": rounds}
    with Session(database) as session:
        ran = select(History).where(History.operation == "JobRun")
        assert len(session.scalars(ran).all()) == 2 * rounds
        assert session.scalars(select(Job)).all() == []


def test_branches_that_go_on_by_themselves_join(database: Engine, begin: Begin, work: Work) -> None:
    branches = [f"b{number}" for number in range(5)]
    model = file(
        start(), both("split"), both("join"), end(),
        *(script(one, f"${{{number}}}", one).replace("<scriptTask", '<scriptTask camunda:asyncBefore="true"')
          for number, one in enumerate(branches)),
        path("start", "split"), *(path("split", one, "join") for one in branches), path("join", "end"),
    )  # fmt: skip
    began = begin(model)
    work()
    assert instance(database, began).variables == {one: number for number, one in enumerate(branches)}
    assert ended(database, began)


def test_a_cycle_without_a_wait_ends_in_an_incident_that_says_so(database: Engine, begin: Begin, work: Work) -> None:
    endless = node("task", "turn", cycle("R1/PT1S"), asyncBefore="true")
    model = file(
        start(), xor("again"), endless, user("never"), xor("round", default="round_back"), node("task", "back"), end(),
        path("start", "turn", "again", "back", "round"), flow("round", "again"), flow("round", "never", "${false}"),
        path("never", "end"),
    ).replace(b'default="round_back"', b'default="round_again"')  # fmt: skip
    began = begin(model)
    work()
    [found] = incidents(database, began)
    assert "it probably loops without end" in found.message
    assert found.details is not None
    assert found.details["limit"] in (100_000, 8)
    assert job(database, began).retries == 0


STEP = '<task id="turn" camunda:asyncBefore="true"/>'
AGAIN = catch("turn", timer("Duration", "PT0S"))


@pytest.mark.parametrize("turn", [STEP, AGAIN])
def test_a_cycle_of_jobs_without_end_stops_at_a_limit_that_says_so(
    database: Engine, begin: Begin, work: Work, monkeypatch: pytest.MonkeyPatch, turn: str
) -> None:
    monkeypatch.setenv("REGLAMENT_CHAIN_LIMIT", "20")
    model = file(
        start(), xor("again"), turn, xor("round", default="round_again"), end(), path("start", "again", "turn", "round"),
        flow("round", "again"), flow("round", "end", "${stop}"),
    )  # fmt: skip
    began = begin(model, stop=False)
    work()
    [found], stopped = incidents(database, began), job(database, began)
    assert (found.element, found.cause, found.details) == ("turn", stopped.id, {"limit": 20})
    assert "20 jobs and messages have led to each other" in found.message
    assert (stopped.retries, stopped.chain, stopped.error) == (0, 21, found.message)
    with Session(database) as session, session.begin():
        job_acts.set_retries(session, ADMIN, stopped.id, 1, None, datetime.now(UTC))
    work()
    [found], again = incidents(database, began), job(database, began)
    assert (again.retries, again.chain, found.cause) == (0, 21, again.id)
    give(database, began, stop=True)
    with Session(database) as session, session.begin():
        job_acts.execute(session, ADMIN, again.id, datetime.now(UTC))
    assert ended(database, began)
    assert incidents(database, began) == []


def test_processes_that_begin_each_other_without_end_stop_at_the_limit(
    database: Engine, begin: Begin, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLAMENT_CHAIN_LIMIT", "10")
    model = file(
        start(), node("startEvent", "told", message("next")), end("end", message("next")), path("start", "end"),
        path("told", "end"),
    )  # fmt: skip
    begin(model)
    work()
    with Session(database) as session:
        [left] = session.scalars(select(Message))
        assert (left.retries, left.chain, "10 jobs and messages" in (left.error or "")) == (0, 11, True)
        assert len(session.scalars(select(Instance)).all()) == 11


def test_the_incident_of_a_job_ends_with_its_instance(database: Engine, begin: Begin, work: Work) -> None:
    model = file(
        start(), user("work"), end(), script("told", "${x.y.z}", "y"), end("late"),
        boundary("due", "work", timer("Date", "${due}"), interrupting=False),
        path("start", "work", "end"), path("due", "told", "late"),
    )  # fmt: skip
    began = begin(model, due="2026-01-01T00:00:00")
    with database.begin() as connection:
        connection.execute(text("UPDATE job SET retries = 1, error = 'before'"))
    work()
    [found] = incidents(database, began)
    assert (found.kind, found.element, found.details and found.details["activityId"]) == ("failedJob", "due", "told")
    with Session(database) as session, session.begin():
        instances.cancel(session, ADMIN, began, None, datetime.now(UTC))
    assert incidents(database, began) == []
    assert instance(database, began).troubled is False


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ('"a\\u0000b"', "scriptTask 'make' cannot be executed: .* NUL character"),
        ('["a\\u0000b"]', "variables x cannot all be kept: .* NUL character"),
    ],
)
def test_a_text_that_no_row_holds_is_a_failure_of_the_job(
    database: Engine, begin: Begin, work: Work, made: str, why: str
) -> None:
    making = script("make", made, "x", cycle("R1/PT1S"), language="feel")
    began = begin(line(making.replace('<scriptTask id="make"', '<scriptTask id="make" camunda:asyncBefore="true"')))
    work()
    [found] = incidents(database, began)
    assert re.search(why, found.message)
