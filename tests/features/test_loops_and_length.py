"""Long lives: the state holds what is alive and nothing of the past."""

import pytest

from app import engine
from tests.features.feature_models import end, file, flow, line, path, script, start, user, xor
from tests.features.feature_runs import Run, compiled

RUNS = {
    "Loops by flows, up to a limit that says so": "8.4.13",
}

ROUNDS = 10_000
FLOWS_OF_A_WIDE_JOIN = 20


def loop(*body: str) -> bytes:
    names = [part.split('id="')[1].split('"')[0] for part in body]
    return file(
        start(), xor("again"), *body, xor("enough", default="enough_again"), end(),
        path("start", "again", *names, "enough", "again"), flow("enough", "end", "${n >= limit}"),
    )  # fmt: skip


def test_ten_thousand_rounds_with_a_user_task_leave_the_state_as_small_as_ten() -> None:
    run = Run(loop(user("u"), script("count", "${n + 1}", "n")), n=0, limit=ROUNDS)
    sizes = {}
    for number in range(1, ROUNDS + 1):
        assert run.open == ["u"]
        run.complete("u")
        sizes[number] = len(run.state or b"")
        assert len(run.activities) <= 5
    assert run.ended
    assert sizes[ROUNDS - 1] <= 1.5 * sizes[10]


def test_ten_thousand_rounds_without_waiting_are_one_step() -> None:
    run = Run(loop(script("count", "${n + 1}", "n")), n=0, limit=ROUNDS)
    assert (run.ended, run.variables["n"]) == (True, ROUNDS)
    assert run.left.count("count") == ROUNDS


def test_an_endless_loop_fails_the_step_with_the_limit() -> None:
    with pytest.raises(engine.StepFailed, match="loops without end") as failure:
        Run(loop(script("count", "${0}", "n")), n=0, limit=1)
    assert isinstance(failure.value.details, dict)
    assert str(failure.value.details["limit"]) in str(failure.value)
    assert failure.value.details["activityId"] in ("again", "count", "enough")


def test_a_loop_of_costly_expressions_fails_by_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.run.STEP_SECONDS", 0)
    with pytest.raises(engine.StepFailed, match="took 0 seconds without waiting"):
        Run(loop(script("count", "${n + 1}", "n")), n=0, limit=10)


def test_two_thousand_script_tasks_in_a_row_are_one_step() -> None:
    run = Run(line(*(script(f"s{number}", "${n + 1}", "n") for number in range(2000))), n=0)
    assert (run.ended, run.variables["n"], len(run.left)) == (True, 2000, 2002)


def test_two_thousand_user_tasks_in_a_row_keep_the_state_small() -> None:
    run = Run(compiled(line(*(user(f"u{number}") for number in range(2000)))))
    sizes = []
    for number in range(2000):
        assert run.open == [f"u{number}"]
        run.complete(f"u{number}")
        sizes.append(len(run.state or b""))
    assert run.ended
    assert sizes[-2] <= 1.5 * sizes[10]


def test_a_hundred_open_tokens_complete_in_any_order() -> None:
    names = [f"u{number}" for number in range(100)]
    source = file(
        start(), '<parallelGateway id="split"/>', *(user(name) for name in names), '<parallelGateway id="join"/>', end(),
        flow("start", "split"), *(path("split", name, "join") for name in names), flow("join", "end"),
    )  # fmt: skip
    run = Run(source)
    for name in sorted(names, key=lambda name: name[::-1]):
        assert not run.ended
        run.complete(name)
    assert run.ended


def test_tokens_made_without_end_fail_the_step_before_they_fill_the_memory() -> None:
    bomb = file(
        start(), xor("again"), '<parallelGateway id="split"/>', user("u"), end(), path("start", "again", "split", "again"),
        path("split", "u", "end"),
    )  # fmt: skip
    with pytest.raises(engine.StepFailed, match="makes them without end"):
        Run(bomb)


def test_tokens_brought_to_a_wide_join_without_end_fail_the_step_before_its_time_is_up() -> None:
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="split" targetRef="join"/>' for number in range(FLOWS_OF_A_WIDE_JOIN)
    )
    bomb = file(
        start(), xor("again"), '<parallelGateway id="split"/>', '<parallelGateway id="join"/>', user("u"), end(),
        path("start", "again", "split", "again"), flows, path("split", "u", "join", "end"),
    )  # fmt: skip
    with pytest.raises(engine.StepFailed, match="'join'.*tokens wait for others"):
        Run(bomb)


def test_tokens_brought_to_a_join_without_end_fail_the_step() -> None:
    bomb = file(
        start(), xor("again"), '<parallelGateway id="split"/>', '<parallelGateway id="join"/>', user("u"), end(),
        path("start", "again", "split", "again"), path("split", "join", "end"), path("split", "u", "join"),
    )  # fmt: skip
    with pytest.raises(engine.StepFailed, match="'join'.*tokens wait for others"):
        Run(bomb)
