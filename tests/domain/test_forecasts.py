"""Ways through a model, drawn from what was seen: how long they take, and the chance that a term is missed."""

from collections import Counter
from random import Random

import pytest

from app import definitions
from app.domain.figures.forecasts import Level, chances, level_of
from app.domain.figures.seen import WORKDAY, Seen, limit_of
from app.domain.figures.ways import Course, Scene, Stand, course
from tests.api.models import bpmn, line, user_task

HOUR = 3600
FORK = bpmn(
    "fork",
    """<startEvent id="start"><outgoing>a</outgoing></startEvent>
    <parallelGateway id="split"><incoming>a</incoming><outgoing>b</outgoing><outgoing>c</outgoing></parallelGateway>
    <userTask id="short"><incoming>b</incoming><outgoing>d</outgoing></userTask>
    <userTask id="long"><incoming>c</incoming><outgoing>e</outgoing></userTask>
    <parallelGateway id="join"><incoming>d</incoming><incoming>e</incoming><outgoing>f</outgoing></parallelGateway>
    <exclusiveGateway id="again" default="h"><incoming>f</incoming><outgoing>g</outgoing><outgoing>h</outgoing></exclusiveGateway>
    <endEvent id="end"><incoming>h</incoming></endEvent>
    <sequenceFlow id="a" sourceRef="start" targetRef="split"/><sequenceFlow id="b" sourceRef="split" targetRef="short"/>
    <sequenceFlow id="c" sourceRef="split" targetRef="long"/><sequenceFlow id="d" sourceRef="short" targetRef="join"/>
    <sequenceFlow id="e" sourceRef="long" targetRef="join"/><sequenceFlow id="f" sourceRef="join" targetRef="again"/>
    <sequenceFlow id="g" sourceRef="again" targetRef="split"><conditionExpression>${x}</conditionExpression></sequenceFlow>
    <sequenceFlow id="h" sourceRef="again" targetRef="end"/>""",
)


def read(source: str) -> Course:
    return course(definitions.read("one.bpmn", source.encode()).processes[0], "one")


LINE = read(bpmn("one", line(user_task("check", "Check"), user_task("sign", "Sign"))))


def seen(durations: dict[str, list[float]], key: str = "one", **follows: Counter[str]) -> Seen:
    """Each duration as often as makes the model's limits count for nothing."""
    many = {(key, step): sorted(values * 5000) for step, values in durations.items()}
    return Seen(many, {(key, node): counts for node, counts in follows.items()}, Random(1))


def test_the_chance_is_the_share_of_ways_that_go_beyond_the_term() -> None:
    past = seen({"check": [1 * HOUR, 5 * HOUR], "sign": [1 * HOUR]})
    found = chances(Scene(LINE, [Stand("check", 0.0, "task")]), past, lambda _: None, 3 * HOUR, {"task": 4 * HOUR})
    assert found.case == pytest.approx(0.5, abs=0.12)
    assert found.steps["task"] == found.case
    assert found.costliest == ("one", "check")
    assert found.cost == pytest.approx(3 * HOUR, rel=0.25)


def test_what_a_step_has_stood_already_counts() -> None:
    past = seen({"check": [1 * HOUR, 5 * HOUR], "sign": [1 * HOUR]})
    found = chances(Scene(LINE, [Stand("check", 2.0 * HOUR)]), past, lambda _: None, 3 * HOUR, {})
    assert found.case == 1.0
    assert found.end == 4 * HOUR


def test_a_term_that_is_over_is_missed_and_one_that_does_not_exist_has_no_chance() -> None:
    scene, past = Scene(LINE, [Stand("sign")]), seen({"sign": [60.0]})
    assert chances(scene, past, lambda _: None, -1.0, {}).case == 1.0
    assert chances(scene, past, lambda _: None, None, {}).case is None
    assert (level_of(None, over=False), level_of(0.1, over=True)) == (Level.UNKNOWN, Level.LATE)


def test_a_join_waits_for_the_longest_way_also_if_one_was_gone_already() -> None:
    fork = read(FORK)
    past = seen({"short": [1 * HOUR], "long": [6 * HOUR]}, "fork", again=Counter(end=10_000))
    both = [Stand("short"), Stand("long", 2.0 * HOUR)]
    assert chances(Scene(fork, both), past, lambda _: None, None, {}).end == 4 * HOUR
    assert chances(Scene(fork, both[1:]), past, lambda _: None, None, {}).end == 4 * HOUR


def test_a_way_that_always_goes_round_comes_to_an_end() -> None:
    past = seen({"short": [1.0], "long": [1.0]}, "fork", again=Counter(split=10_000_000))
    assert chances(Scene(read(FORK), [Stand("short")]), past, lambda _: None, None, {}, paths=5).end < 400


@pytest.mark.parametrize("stood", [0.0, 10.0, 8.0 * HOUR, 900.0 * HOUR])
def test_where_nothing_was_seen_the_limit_is_taken_and_nothing_ends_before_it_has_begun(stood: float) -> None:
    node, past = LINE.process.nodes["check"], Seen({}, {}, Random(3))
    drawn = sorted(past.lasts("one", node, stood) for _ in range(400))
    assert drawn[0] >= stood
    if not stood:
        assert drawn[200] == pytest.approx(WORKDAY / 2, rel=0.2)
        assert drawn[360] == pytest.approx(WORKDAY, rel=0.25)


@pytest.mark.parametrize(
    ("due", "limit"),
    [
        ("${hours(3)}", 3 * HOUR),
        ("${workingDays(kind == 'x' ? 2 : 4, submittedAt)}", 4 * WORKDAY),
        ("${workingDays(1, minutes(15))}", WORKDAY + 900),
        ("${termEndsAt}", WORKDAY),
    ],
)
def test_a_limit_is_read_from_the_rule_of_the_model(due: str, limit: float) -> None:
    node = read(bpmn("one", line(user_task("a", "A", attributes=f'camunda:dueDate="{due}"')))).process.nodes["a"]
    assert limit_of(node) == limit
