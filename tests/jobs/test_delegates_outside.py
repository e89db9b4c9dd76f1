"""Delegates that reach outside, called by a worker in processes of their own."""

import os
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, text

from app.actions.running import calls
from app.delegates import delegate, load
from app.masking import masked
from tests.features.feature_models import boundary, end, error, file, line, path, service, start, timer, user
from tests.jobs.conftest import Begin, Work, ended, incidents, instance, job, until

ONCE = (
    "<extensionElements><camunda:failedJobRetryTimeCycle>R1/PT1S</camunda:failedJobRetryTimeCycle></extensionElements>"
)
TWICE = ONCE.replace("R1/PT1S", "PT0S")


def called(name: str, *content: str) -> bytes:
    return line(service("ask", *content, delegateExpression=f"${{{name}}}"), user("look"))


def test_a_call_gets_the_variables_and_its_result_goes_into_the_instance(
    database: Engine, begin: Begin, work: Work, tmp_path: Path
) -> None:
    began = begin(called("askBank"), "A-1", amount=21)
    assert instance(database, began).variables == {"amount": 21}
    key = str(job(database, began).id)
    work()
    found = instance(database, began)
    assert found.variables == {"amount": 21, "paid": 42, "for": ["A-1", "aktobe-gask", str(began), "ask"]}
    assert found.ended_at is None
    assert (tmp_path / "calls").read_text().split() == [key]


def test_nothing_is_locked_and_no_transaction_is_open_during_a_call(
    database: Engine, begin: Begin, worker: Callable[[], object], tmp_path: Path
) -> None:
    began = begin(called("hang"))
    worker()
    until((tmp_path / "hanging").exists)
    with database.begin() as connection:
        connection.execute(text("SELECT FROM instance WHERE id = :id FOR UPDATE NOWAIT"), {"id": began})
        caller = (
            "SELECT state FROM pg_stat_activity JOIN pg_locks USING (pid) "
            "WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert connection.scalars(text(caller)).all() == ["idle"]


def test_a_business_error_is_caught_by_the_model(database: Engine, begin: Begin, work: Work) -> None:
    model = file(
        start(), service("ask", delegateExpression="${refuse}"), end(), user("mend"), end("mended"),
        boundary("caught", "ask", error("refused", errorMessageVariable="why")),
        path("start", "ask", "end"), path("caught", "mend", "mended"),
    )  # fmt: skip
    began = begin(model, amount=21)
    work()
    assert instance(database, began).variables == {"amount": 21, "why": "21 is too much"}
    assert incidents(database, began) == []


def test_a_call_that_hangs_is_stopped_and_leaves_no_process(
    database: Engine, begin: Begin, work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGLAMENT_DELEGATE_SECONDS", "1")
    began = begin(called("hang", ONCE))
    work()
    [found] = incidents(database, began)
    assert (found.kind, found.element) == ("failedJob", "ask")
    assert found.message == "hang: it was stopped after 1 seconds without an answer"
    assert not psutil.pid_exists(int((tmp_path / "hanging").read_text()))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("returnNoJson", "returnNoJson: what it returned is no variables that JSON can hold: "
                         "Object of type set is not JSON serializable"),
        ("exit", "exit: its process ended with status 7 and no answer"),
        ("exitSilently", "exitSilently: its process ended with status 0 and no answer"),
        ("quit", "quit: SystemExit: enough"),
        ("returnNamelessly", "variable 'a\ufffd' cannot be kept: it holds a NUL character"),
        ("complainStrangely", "complainStrangely: ValueError: a\ufffdb?"),
        ("returnMuch", "returnMuch: what it returned has 20000027 bytes, more than the limit of 16777216"),
        ("leak", "leak: ConnectionError: https://***@bank.kz answers 401 to ***, password=***"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_a_failure_that_says_so(
    database: Engine, begin: Begin, work: Work, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    monkeypatch.setenv("BANK_TOKEN", "kz-0123456789")
    began = begin(called(name, ONCE))
    work()
    assert [one.message for one in incidents(database, began)] == [message]
    assert (job(database, began).retries, job(database, began).error) == (0, message)


def test_a_failed_call_is_repeated_with_the_same_key(
    database: Engine, begin: Begin, work: Work, tmp_path: Path
) -> None:
    began = begin(called("secondTime", TWICE))
    key = str(job(database, began).id)
    work()
    assert instance(database, began).variables == {"done": True}
    assert (tmp_path / "calls").read_text().split() == [key, key]
    assert incidents(database, began) == []


def test_a_call_whose_worker_is_killed_is_repeated_by_another_with_the_same_key(
    database: Engine, begin: Begin, worker: Callable[[], "psutil.Popen"], tmp_path: Path
) -> None:
    began = begin(called("killWorker"))
    key = str(job(database, began).id)
    assert worker().wait(60) == -9
    worker()
    until(lambda: "done" in instance(database, began).variables)
    assert (tmp_path / "calls").read_text().split() == [key, key]


def test_a_boundary_event_interrupts_a_call_and_what_comes_of_it_later_is_dropped(
    database: Engine, begin: Begin, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLAMENT_DELEGATE_SECONDS", "5")
    model = file(
        start(), service("ask", delegateExpression="${askBank}"), end(), user("mend"), end("late"),
        boundary("slow", "ask", timer("Duration", "PT0S")), path("start", "ask", "end"), path("slow", "mend", "late"),
    )  # fmt: skip
    began = begin(model, amount=1)
    asked = job_of_call(database)
    with database.begin() as connection:  # the timer comes first
        connection.execute(text("UPDATE procrastinate_jobs SET priority = 9 WHERE task_name = 'run_job'"))
    work()
    assert instance(database, began).variables == {"amount": 1}
    assert not ended(database, began)
    assert asked is not None


def job_of_call(database: Engine) -> object:
    with database.begin() as connection:
        return connection.scalar(text("SELECT id FROM job WHERE kind = 'delegate'"))


def test_a_name_that_nobody_has_registered_is_refused_at_deployment(begin: Begin) -> None:
    with pytest.raises(Exception, match='There is no delegate "askNobody"'):
        begin(called("askNobody"))


def test_a_module_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"REGLAMENT_DELEGATES: the module 'tests\.nowhere' cannot be imported"):
        load(["tests.nowhere"])


def test_two_functions_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two delegates are called 'askBank'"):
        delegate("askBank")(lambda _call: None)


def test_the_names_of_the_service_itself_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(calls.REGISTERED, "registerApplication", lambda _call: None)
    with pytest.raises(ValueError, match="'registerApplication' is a delegate of the service itself"):
        calls.load_delegates([])


def test_secrets_are_masked_wherever_they_stand() -> None:
    given = "Authorization: Bearer abc.def; token='x y'; postgresql://u:p@db/x; s3cretvalue; order 12"
    environment = {"API_SECRET": "s3cretvalue", "HOME": "order 12", "DB_PASS": "p"}
    hidden = "Authorization: ***; token=***; postgresql://***@db/x; ***; order 12"
    assert masked(given, environment) == hidden
    assert os.environ.get("API_SECRET") is None
