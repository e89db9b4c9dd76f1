"""Messages (BPMN 2.0.2, 10.5.1): intermediate catch, receive task, boundary; each catcher waits for itself."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    both,
    boundary,
    catch,
    end,
    file,
    line,
    message,
    multi,
    node,
    path,
    start,
    sub,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Message catch event (`intermediateCatchEvent`)": "10.5.4",
    "Receive task (`receiveTask`)": "10.3.3",
    "Message boundary event (`boundaryEvent`), interrupting or not": "10.5.4, 13.5.3",
}


def test_a_catch_event_waits_for_its_message_and_takes_the_variables() -> None:
    run = Run(line(catch("wait", message("paid")), user("after")))
    assert [one.name for one in run.subscriptions.values()] == ["paid"]
    run.deliver("wait", amount=5)
    assert (run.open, run.variables, run.subscriptions) == (["after"], {"amount": 5}, {})


def test_a_receive_task_waits_for_its_message() -> None:
    run = Run(line(node("receiveTask", "wait", messageRef="message-paid"), user("after")))
    assert run.deliver("wait").open == ["after"]


def test_a_receive_task_without_message_is_refused() -> None:
    assert refusals(line(node("receiveTask", "wait"))) == ["message-missing"]


def test_a_message_name_may_hold_expressions() -> None:
    source = file(
        start(), catch("wait", message("paid")), end(), path("start", "wait", "end"), names={"paid": "paid-${number}"}
    )
    assert [one.name for one in Run(source, number=7).subscriptions.values()] == ["paid-7"]


def test_a_message_name_that_is_nothing_fails_the_step() -> None:
    source = file(
        start(), catch("wait", message("paid")), end(), path("start", "wait", "end"), names={"paid": "${name}"}
    )
    for name in (None, ""):
        with pytest.raises(engine.StepFailed, match="has no name"):
            Run(source, name=name)


def test_two_catchers_of_one_message_are_released_each_for_itself() -> None:
    source = file(
        start(), both("split"), catch("one", message("paid")), catch("two", message("paid")), user("a"), user("b"), end(),
        path("start", "split", "one", "a", "end"), path("split", "two", "b", "end"),
    )  # fmt: skip
    run = Run(source).deliver("two")
    assert (run.open, [one.key for one in run.subscriptions.values()]) == (["b"], ["one"])
    assert run.deliver("one").open == ["a", "b"]


def test_a_message_that_is_no_longer_awaited_is_a_conflict() -> None:
    run = Run(line(catch("wait", message("paid")), user("after")))
    token = run.token("wait")
    run.deliver("wait")
    with pytest.raises(Conflict):
        run.step(engine.Deliver(token, "wait"))
    with pytest.raises(Conflict, match="no longer waits"):
        run.step(engine.Deliver(run.token("after"), "after"))


def bounded(*, interrupting: bool) -> bytes:
    return file(
        start(), user("u"), boundary("ask", "u", message("ask"), interrupting=interrupting), user("answer"), end(),
        end("answered"), path("start", "u", "end"), path("ask", "answer", "answered"),
    )  # fmt: skip


def test_an_interrupting_boundary_message_withdraws_the_task() -> None:
    run = Run(bounded(interrupting=True)).deliver("ask")
    assert (run.open, run.cancelled, run.subscriptions) == (["answer"], ["u"], {})


def test_a_non_interrupting_boundary_message_comes_as_often_as_it_is_sent() -> None:
    run = Run(bounded(interrupting=False))
    size = len(run.state or b"")
    for number in range(1, 6):
        run.deliver("ask", number=number)
        assert run.open == ["answer"] * number + ["u"]
    for _ in range(5):
        run.complete("answer")
    assert run.open == ["u"]
    assert len(run.state or b"") <= size + 10
    assert run.complete("u").ended


def test_what_a_non_interrupting_message_began_outlives_the_task_that_it_came_to() -> None:
    run = Run(bounded(interrupting=False)).deliver("ask", days=3).deliver("ask", days=5)
    token = run.token("u")
    run.complete("u")
    assert (run.open, run.ended, run.subscriptions) == (["answer", "answer"], False, {})
    with pytest.raises(Conflict):
        run.step(engine.Deliver(token, "ask"))
    assert run.variables == {"days": 5}
    assert (run.complete("answer").ended, run.complete("answer").ended) == (False, True)


@pytest.mark.parametrize("sequential", [True, False])
def test_a_non_interrupting_message_comes_once_for_all_instances_of_a_task(sequential: bool) -> None:
    source = file(
        start(), user("u", multi(count="2", sequential=sequential)), boundary("ask", "u", message("ask"), interrupting=False),
        user("answer"), end(), end("answered"), path("start", "u", "end"), path("ask", "answer", "answered"),
    )  # fmt: skip
    run = Run(source).deliver("ask").complete("u").deliver("ask")
    assert run.open == ["answer", "answer", "u"]
    assert (run.complete("u").subscriptions, run.open) == ({}, ["answer", "answer"])


def test_a_catch_event_cannot_be_completed_like_a_task() -> None:
    run = Run(line(catch("wait", message("paid"))))
    for command in (engine.Complete(run.token("wait")), engine.Return(run.token("wait"), {})):
        with pytest.raises(Conflict):
            run.step(command)


def test_a_message_in_one_subprocess_instance_leaves_the_others_waiting() -> None:
    inside = (start("s"), catch("wait", message("paid")), end("e"), path("s", "wait", "e"), multi(count="3"))
    run = Run(file(start(), sub("box", *inside), end(), path("start", "box", "end")))
    assert len(run.subscriptions) == 3
    run.deliver("wait").deliver("wait")
    assert (len(run.subscriptions), run.ended) == (1, False)
    assert run.deliver("wait").ended
