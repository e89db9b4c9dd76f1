"""What changed from one version of a model to another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.domain.in_words.model_words import kind_of
from app.domain.in_words.term_expressions import term_in_words
from app.domain.models.difference import Beside, Change, Described, Difference, Property, difference
from app.domain.models.model import CallActivity, Event, EventKind, Flow, Handover, Kind, Loop, Node, Process, TimerKind
from app.domain.models.work import DecisionCall, UserTask

TASK = UserTask(candidate_groups="clerk", due_date="${workingDays(3)}", form_ref="paper")
STEP = Node("step", Kind.USER_TASK, "Step", user_task=TASK, properties={"law.clause": "12"})
NODES = (Node("start", Kind.START_EVENT), STEP, Node("end", Kind.END_EVENT))
FLOWS = (Flow("a", "start", "step"), Flow("b", "step", "end"))
SHAPES = {"start": (0.0, 0.0, 36.0, 36.0), "step": (100.0, 0.0, 100.0, 80.0), "end": (300.0, 0.0, 36.0, 36.0)}


def described(*nodes: Node, flows: tuple[Flow, ...] = FLOWS, shapes: Any = None, **process: Any) -> Described:
    whole = Process("p", "P", {one.id: one for one in nodes or NODES}, {one.id: one for one in flows}, **process)
    return Described(whole, shapes or SHAPES)


def with_step(**changes: Any) -> Described:
    return described(NODES[0], replace(STEP, **changes), NODES[2])


def test_a_version_does_not_differ_from_itself() -> None:
    assert difference(described(), described()) == []


def test_a_changed_term_clause_and_role_are_told_of_their_step() -> None:
    task = replace(TASK, due_date="${workingDays(5)}", candidate_groups="head")
    assert difference(described(), with_step(user_task=task, properties={"law.clause": "14"})) == [
        Difference(
            "step",
            "userTask",
            Change.CHANGED,
            properties=(
                Property("user_task.candidate_groups", "clerk", "head"),
                Property("user_task.due_date", "${workingDays(3)}", "${workingDays(5)}"),
                Property("law.clause", "12", "14"),
            ),
        )
    ]


def test_elements_are_added_removed_and_moved() -> None:
    check = Node("check", Kind.SERVICE_TASK)
    flows = (Flow("a", "start", "check"), Flow("c", "check", "end"))
    shapes = {**SHAPES, "check": SHAPES["step"], "end": (300.0, 90.0, 36.0, 36.0)}
    found = difference(described(), described(NODES[0], check, NODES[2], flows=flows, shapes=shapes))
    assert [(one.element, one.kind, one.change.value) for one in found] == [
        ("check", "serviceTask", "added"),
        ("end", "endEvent", "moved"),
        ("a", "sequenceFlow", "changed"),
        ("c", "sequenceFlow", "added"),
        ("step", "userTask", "removed"),
        ("b", "sequenceFlow", "removed"),
    ]


def test_what_stands_beside_the_flow_is_compared_too_but_lanes_may_grow() -> None:
    boxes = {**SHAPES, "lane": (0.0, 0.0, 500.0, 100.0), "note": (0.0, 200.0, 50.0, 50.0)}
    before = replace(
        described(shapes=boxes), beside=(Beside("lane", "lane", {}), Beside("note", "textAnnotation", {"text": "a"}))
    )
    after = replace(before, beside=(Beside("lane", "lane", {}), Beside("note", "textAnnotation", {"text": "b"})),
                    shapes={**boxes, "lane": (0.0, 0.0, 500.0, 200.0)})  # fmt: skip
    (found,) = difference(before, after)
    assert (found.element, found.kind, found.properties) == ("note", "textAnnotation", (Property("text", "a", "b"),))


def test_a_drawing_that_was_shifted_as_a_whole_has_not_moved() -> None:
    shifted = {name: (left + 40, top - 20, width, height) for name, (left, top, width, height) in SHAPES.items()}
    assert difference(described(), described(shapes=shifted)) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("documentation", lambda step: replace(step, documentation="why")),
        ("inputs", lambda step: replace(step, inputs=(Handover("a", "${b}"),))),
        ("loop.collection", lambda step: replace(step, loop=Loop(False, collection="members"))),
        ("call.version", lambda step: replace(step, call=CallActivity("p", "version", "2"))),
        ("decision.mapping", lambda step: replace(step, decision=DecisionCall("d", mapping="singleEntry"))),
        ("event.timer", lambda step: replace(step, event=Event(EventKind.TIMER, TimerKind.DURATION, "PT1H"))),
        ("also", lambda step: replace(step, also=(Event(EventKind.SIGNAL, name="s"),))),
        ("user_task.form_ref", lambda step: replace(step, user_task=replace(TASK, form_ref="other"))),
        ("kind", lambda step: replace(step, kind=Kind.MANUAL_TASK)),
        ("async_before", lambda step: replace(step, async_before=True)),
    ],
)
def test_no_property_changes_unseen(name: str, change: Callable[[Node], Node]) -> None:
    (found,) = difference(described(), described(NODES[0], change(STEP), NODES[2]))
    assert name in [one.name for one in found.properties]


def test_the_condition_of_a_flow_and_the_edition_of_the_process_are_seen() -> None:
    flows = (FLOWS[0], replace(FLOWS[1], condition="${ok}"))
    process, flow = difference(described(), described(flows=flows, properties={"law.edition": "2026"}))
    assert (process.element, process.kind, process.properties) == (
        "p",
        "process",
        (Property("law.edition", None, "2026"),),
    )
    assert (flow.element, flow.properties) == ("b", (Property("condition", None, "${ok}"),))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("${workingDays(3, submittedAt)}", "3 working days from the application"),
        ("calendarDays(22, workingDays(1, submittedAt))", "1 working day from the application, then 22 calendar days"),
        ("${hours(1, checkStartedAt)}", "1 hour of working time (from checkStartedAt)"),
        ("${endOfDay('17:00')}", "by 17:00"),
        ("${deadline}", "as the variable deadline says"),
        ("PT1H30M", "1 hour 30 minutes"),
        ("P1Y", None),
        ("${workingDays(kind == 'a?b:c' ? 2 : 4)}", "2 working days or 4 working days (by the data of the case)"),
        (
            "k == 1 ? (workingDays(2)) : k == 2 ? null : minutes(n, hours(3.5, submittedAt))",
            "2 working days; or 3.5 hours of working time from the application, then n minutes of working time "
            "(by the data of the case)",
        ),
        ("${a ? workingDays(1)}", None),
        ("${" + "workingDays(1, " * 900 + "submittedAt" + ")" * 900 + "}", None),
        ("${endOfDay('99:00')}", None),
    ],
)
def test_a_due_date_is_told_as_a_term(expression: str, words: str | None) -> None:
    assert term_in_words(expression, "en") == words


def test_every_kind_of_element_has_a_name() -> None:
    beside = ("participant", "lane", "messageFlow", "textAnnotation", "association", "dataObjectReference", "group")
    assert all(kind_of(kind).kk for kind in (*Kind, *beside, "dataStoreReference", "process", "sequenceFlow"))
