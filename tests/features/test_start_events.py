"""Processes that begin by themselves (BPMN 2.0.2, 10.5.2), receive tasks and gateways that do so, and send tasks."""

import pytest

from app import definitions, engine
from app.domain.models.model import EventKind
from tests.features.feature_models import (
    catch,
    conditional,
    end,
    file,
    first_of,
    line,
    message,
    multi,
    node,
    path,
    signal,
    start,
    sub,
    timer,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Message, signal, timer, conditional start event": "10.5.2",
    "Receive task and event-based gateway that begin a process": "10.3.3, 10.6.6",
    "Send task (`sendTask`)": "10.3.3",
}
REFUSES = {
    "Event-based gateway that begins a process with all of its events (`eventGatewayType`)": "10.6.6",
}

MESSAGE, SIGNAL, TIMER = message("asked"), signal("opened"), timer("Cycle", "R/P1D")
CONDITION = conditional("${level > 3}")
IN = '<extensionElements><camunda:in source="amount" target="paid"/></extensionElements>'


def begun(node_id: str, definition: str = "") -> str:
    return node("startEvent", node_id, definition)


def receive(node_id: str, name: str, *content: str, **attributes: str) -> str:
    return node("receiveTask", node_id, *content, messageRef=f"message-{name}", **attributes)


def two_ways(second: str) -> bytes:
    """A plain start to `by-hand`, another one to `by-itself`."""
    return file(
        start(), begun("other", second), user("by-hand"), user("by-itself"), end(), end("f"),
        path("start", "by-hand", "end"), path("other", "by-itself", "f"),
    )  # fmt: skip


def beginnings(source: bytes) -> list[tuple[str, str]]:
    (process,) = definitions.read("p.bpmn", source).processes
    return [(key, str(event.kind)) for key, event in process.beginnings()]


@pytest.mark.parametrize("definition", [MESSAGE, SIGNAL, TIMER, CONDITION])
def test_a_process_begins_at_the_start_event_that_has_happened(definition: str) -> None:
    source = two_ways(definition)
    run = Run(source, None, None, engine.Start("other"), level=5)
    assert (run.open, run.left, run.waits) == (["by-itself"], ["other"], [])


@pytest.mark.parametrize("definition", [MESSAGE, SIGNAL, TIMER, CONDITION])
def test_a_process_that_is_begun_by_hand_begins_at_its_plain_start_event_alone(definition: str) -> None:
    assert Run(two_ways(definition), level=5).open == ["by-hand"]


def test_a_process_without_a_plain_start_event_is_not_begun_by_hand() -> None:
    source = file(begun("s", MESSAGE), user("u"), end(), path("s", "u", "end"))
    with pytest.raises(engine.StepFailed, match="no default start activity"):
        Run(source)
    assert Run(source, None, None, engine.Start("s")).open == ["u"]


def test_every_event_that_begins_a_process_is_known_by_its_key() -> None:
    source = file(
        start(), begun("s", MESSAGE + SIGNAL), begun("t", TIMER), end(), path("start", "end"), path("s", "end"),
        path("t", "end"),
    )  # fmt: skip
    assert beginnings(source) == [("s", "message"), ("s:1", "signal"), ("t", "timer")]


@pytest.mark.parametrize("attributes", [{}, {"asyncBefore": "true"}])
def test_a_receive_task_that_instantiates_begins_the_process_and_waits_no_more(attributes: dict[str, str]) -> None:
    source = file(receive("r", "asked", instantiate="true", **attributes), user("u"), end(), path("r", "u", "end"))
    assert beginnings(source) == [("r", "message")]
    run = Run(source, None, None, engine.Start("r"))
    if attributes:
        run.work("r")
    assert (run.open, run.waits) == (["u"], [])


def test_a_gateway_that_instantiates_begins_the_process_with_the_first_of_its_events() -> None:
    source = file(
        first_of("g", instantiate="true"), catch("c", signal("opened")), receive("r", "asked"), user("u"), user("v"),
        end(), end("f"), path("g", "c", "u", "end"), path("g", "r", "v", "f"),
    )  # fmt: skip
    assert beginnings(source) == [("c", "signal"), ("r", "message")]
    assert Run(source, None, None, engine.Start("r")).open == ["v"]
    run = Run(source, None, None, engine.Start("c"))
    assert (run.open, run.waits) == (["u"], [])


def test_a_send_task_throws_its_message_with_what_it_is_given() -> None:
    run = Run(line(node("sendTask", "s", IN, messageRef="message-paid")), amount=5, other=1)
    assert [(one.kind, one.name, dict(one.variables)) for one in run.thrown] == [
        (EventKind.MESSAGE, "paid", {"paid": 5})
    ]
    assert run.ended


def test_a_send_task_that_is_repeated_throws_once_a_round() -> None:
    task = node("sendTask", "s", multi(count="3"), messageRef="message-paid")
    assert [one.name for one in Run(line(task)).thrown] == ["paid"] * 3


def test_a_send_task_that_says_how_it_sends_does_that_instead() -> None:
    task = node("sendTask", "s", messageRef="message-paid", delegateExpression="${notify}")
    run = Run(line(task), {"notify": lambda _: {"told": True}})
    assert (run.thrown, run.variables) == ([], {"told": True})


def test_what_a_message_brings_for_its_receiver_alone_stays_there() -> None:
    output = '<camunda:outputParameter name="kept">${own}</camunda:outputParameter>'
    mapping = f"<extensionElements><camunda:inputOutput>{output}</camunda:inputOutput></extensionElements>"
    run = Run(line(receive("r", "asked", mapping), user("u")))
    run.step(engine.Deliver(run.token("r"), "r", {"amount": 1}, {"own": 2}))
    assert (run.open, run.variables) == (["u"], {"amount": 1, "kept": 2})


INSIDE = sub("box", begun("i", MESSAGE), end("j"), path("i", "j"))


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (file(start("a"), start("b"), end(), path("a", "end"), path("b", "end")), ["several-start-events"]),
        (file(begun("a", MESSAGE), begun("b", MESSAGE), end(), path("a", "end"), path("b", "end")),
         ["message-start-duplicate"]),
        (file(node("startEvent", "a", MESSAGE + SIGNAL, parallelMultiple="true"), end(), path("a", "end")),
         ["start-event-all-of"]),
        (file(begun("a", '<errorEventDefinition/>'), end(), path("a", "end")), ["event-not-supported"]),
        (file(start(), INSIDE, end(), path("start", "box", "end")), ["event-not-supported"]),
        (file(begun("a", timer("Cycle", "every day")), end(), path("a", "end")), ["timer-invalid"]),
        (file(start(), receive("r", "asked", instantiate="true"), end(), path("start", "r", "end")),
         ["instantiates-in-flow"]),
        (file(receive("r", "asked", multi(count="2"), instantiate="true"), end(), path("r", "end")),
         ["multi-instance-not-supported", "instantiates-in-flow"]),
        (file(first_of("g", instantiate="true"), catch("t", timer("Duration", "P1D")), end(), path("g", "t", "end")),
         ["instantiating-gateway-target"]),
        (file(first_of("g", instantiate="true", eventGatewayType="Parallel"), catch("c", MESSAGE), end(),
              path("g", "c", "end")), ["attribute-not-supported"]),
    ],
)  # fmt: skip
def test_a_beginning_that_cannot_be_run_as_drawn_is_refused(source: bytes, codes: list[str]) -> None:
    assert sorted(refusals(source)) == sorted(codes)
