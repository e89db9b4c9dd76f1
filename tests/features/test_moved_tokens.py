"""Tokens moved by hand: taken out, and begun before, after and between activities."""

from typing import Any

import pytest

from app import engine
from app.engine import Place, Where, Withdraw
from app.errors import AppError, Conflict, Invalid
from tests.features.feature_models import (
    association,
    begun_by,
    both,
    boundary,
    catch,
    compensation,
    end,
    error,
    file,
    first_of,
    flow,
    handler,
    line,
    message,
    multi,
    parameters,
    path,
    script,
    service,
    signal,
    some,
    start,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip
from tests.features.feature_runs import Run

RUNS = {
    "Modification: tokens begun before, after and between activities, and cancelled": "–",
}
REFUSES = {
    "Modification into a repeated activity or an event subprocess that does not run": "–",
}


def before(node: str, **more: Any) -> Place:
    return Place(Where.BEFORE, node, **more)


def inside(*content: str, more: str = "") -> str:
    """A subprocess with a task, an event subprocess begun by a message, and a timer at its border."""
    begins = begun_by("hs", message("hs"), interrupting=False) + user("h") + end("he") + path("hs", "h", "he")
    return (
        sub("sub", more, start("s"), user("in"), *content, end("e"), path("s", "in", "e"), handler("handler", begins))
        + boundary("late", "sub", timer("Duration", "P1D"))
        + flow("late", "end")
    )


IN_SCOPE = file(start(), user("a"), inside(), user("b"), end(), path("start", "a", "sub", "b", "end"))


def test_a_scope_that_does_not_run_is_begun_with_what_it_waits_for_but_not_at_its_start() -> None:
    run = Run(IN_SCOPE).modify(Withdraw("a"), before("in"))
    assert (run.open, run.waits) == (["in"], ["hs", "late"])
    run.modify(before("in"))
    assert (run.open, run.waits) == (["in", "in"], ["hs", "late"])
    assert run.complete("in").open == ["in"]
    assert run.complete("in").open == ["b"]
    assert run.waits == []


def test_a_scope_goes_with_the_last_token_in_it_and_nothing_follows_from_that() -> None:
    run = Run(IN_SCOPE).complete("a")
    run.modify(before("a"), Withdraw("in"))
    assert (run.open, run.waits, run.cancelled) == (["a"], [], ["in", "sub"])
    run.complete("a").modify(before("in"), Withdraw("in", from_before=True))
    assert (run.open, run.waits, run.cancelled) == (["in"], ["hs", "late"], ["in"])


def test_two_of_a_scope_at_once_have_to_be_told_apart() -> None:
    run = Run(IN_SCOPE).modify(before("in"), Place(Where.FLOW, "a_sub"))
    one, two = sorted(task.parent for task in run.tasks.values() if task.node == "in")
    with pytest.raises(Conflict, match="'sub' runs several times"):
        run.modify(before("in"))
    run.modify(before("in", inside=two))
    assert sorted(task.parent for task in run.tasks.values() if task.node == "in") == [one, two, two]
    run.modify(before("in", inside=engine.PROCESS))
    assert len({task.parent for task in run.tasks.values() if task.node == "in"}) == 3


def test_after_an_activity_is_on_its_only_flow_and_conditions_do_not_count() -> None:
    source = file(
        start(), user("a"), user("b"), user("c"), end(), path("start", "a", "b", "end"), flow("b", "c", "${false}"),
        path("c", "end"),
    )  # fmt: skip
    run = Run(source)
    assert run.modify(Place(Where.AFTER, "a")).open == ["a", "b"]
    assert run.modify(Place(Where.FLOW, "b_c")).open == ["a", "b", "c"]
    with pytest.raises(Invalid, match="more than one outgoing"):
        run.modify(Place(Where.AFTER, "b"))
    assert run.modify(Withdraw("a"), Withdraw("b"), Place(Where.AFTER, "c"), Withdraw("c")).ended


@pytest.mark.parametrize("join", [both, some])
def test_a_join_takes_a_token_that_is_put_before_it_for_the_one_that_is_missing(join: Any) -> None:
    source = file(
        start(), both("split"), user("a"), user("b"), join("join"), user("after"), end(), path("start", "split"),
        *(path("split", one, "join") for one in "ab"), path("join", "after", "end"),
    )  # fmt: skip
    for done, lost in ("ab", "ba"):
        assert Run(source).complete(done).modify(Withdraw(lost), before("join")).open == ["after"]
    assert Run(source).complete("b").modify(Withdraw("a"), Place(Where.AFTER, "a")).open == ["after"]
    waiting = Run(source).complete("b")
    if join is some:
        assert waiting.modify(Withdraw("a")).open == ["after"]
    else:
        state = waiting.state
        with pytest.raises(engine.StepFailed, match="tokens that cannot come"):
            waiting.modify(Withdraw("a"))
        assert (waiting.state, waiting.complete("a").open) == (state, ["after"])


def test_parallel_instances_are_added_and_taken_out_and_the_body_ends_with_those_that_are_left() -> None:
    run = Run(line(user("vote", multi(count="2"), name="${loopCounter}/${nrOfInstances}"), user("after")))
    run.modify(before("vote"))
    assert sorted(task.name or "" for task in run.tasks.values()) == ["0/2", "1/2", "2/3"]
    run.modify(Withdraw(token=run.task("vote").token)).complete("vote")
    assert run.open == ["vote"]
    assert run.complete("vote").open == ["after"]
    assert run.modify(Withdraw("after"), before("vote#multiInstanceBody")).open == ["vote", "vote"]
    assert run.modify(before("after"), Withdraw("vote")).open == ["after"]
    assert run.cancelled == ["vote", "vote", "vote#multiInstanceBody"]


def test_one_more_instance_is_begun_in_the_body_that_is_named() -> None:
    run = Run(line(user("a"), user("vote", multi(count="1")))).modify(
        before("vote#multiInstanceBody"), before("vote#multiInstanceBody"), Withdraw("a")
    )
    one, two = sorted(task.parent for task in run.tasks.values())
    with pytest.raises(Conflict, match="say in which"):
        run.modify(before("vote"))
    run.modify(before("vote", inside=two))
    assert sorted(task.parent for task in run.tasks.values()) == [one, two, two]


@pytest.mark.parametrize("repeated", [multi(count="2", sequential=True), multi(count="2")])
def test_a_repeated_activity_that_does_not_run_is_begun_as_a_whole_or_not_at_all(repeated: str) -> None:
    run = Run(file(start(), user("a"), inside(more=repeated), end(), path("start", "a", "sub", "end")))
    for node in ("sub", "in"):
        with pytest.raises(Conflict, match="sub#multiInstanceBody"):
            run.modify(before(node))
    parallel = "true" not in repeated
    assert run.modify(before("sub#multiInstanceBody")).open == ["a", *["in"] * (2 if parallel else 1)]
    if not parallel:
        with pytest.raises(Conflict, match="one after the other"):
            run.modify(before("sub"))


def test_an_event_subprocess_begins_at_its_start_as_if_its_event_had_happened() -> None:
    run = Run(IN_SCOPE).complete("a")
    with pytest.raises(Conflict, match="event subprocess 'handler' is not running"):
        run.modify(before("h"))
    assert run.modify(before("hs", local_variables={"own": 1})).open == ["h", "in"]
    assert engine.visible_variables(run.state or b"", run.token("h"), run.variables) == {"own": 1}
    assert run.modify(before("h")).open == ["h", "h", "in"]
    begins = begun_by("hs", signal("x")) + user("h") + end("he") + path("hs", "h", "he")
    whole = Run(file(start(), user("a"), handler("handler", begins), end(), path("start", "a", "end")))
    assert (whole.modify(before("handler")).open, whole.waits) == (["h"], [])


def test_a_boundary_event_that_interrupts_ends_its_activity() -> None:
    source = file(
        start(), user("a"), boundary("b", "a", timer("Duration", "P1D")), boundary("c", "a", message("m"), interrupting=False),
        user("late"), user("beside"), end(), path("start", "a", "end"), path("b", "late", "end"), path("c", "beside", "end"),
    )  # fmt: skip
    run = Run(source)
    assert run.modify(before("c")).open == ["a", "beside"]
    assert (run.modify(before("b")).open, run.cancelled) == (["beside", "late"], ["a"])
    assert run.modify(before("b")).open == ["beside", "late", "late"]


def test_variables_are_there_before_the_activity_begins() -> None:
    named = {"name": "${own} ${all}", "asyncBefore": "true"}
    run = Run(line(user("a"), user("b", **named)), all="old")
    run.modify(Withdraw("a"), before("b", variables={"all": "new"}, local_variables={"own": "mine"}))
    run.work("b")
    assert (run.task("b").name, run.variables) == ("mine new", {"all": "new"})


def test_jobs_external_tasks_and_waits_are_closed_and_opened() -> None:
    source = line(
        service("work", type="external", topic="t"), catch("c", message("m")), user("u", asyncBefore="true"),
        service("outside", delegateExpression="${fetch}"),
    )  # fmt: skip
    run = Run(source)
    for at, seen in (("c", [0, 1, 0]), ("u", [0, 0, 1]), ("outside", [0, 0, 1]), ("work", [1, 0, 0])):
        here = next(token.node for token in engine.tokens(run.spec, run.state or b""))
        run.modify(Withdraw(here), before(at))
        assert [len(run.external), len(run.subscriptions), len(run.jobs)] == seen


def test_what_follows_an_event_gateway_waits_alone() -> None:
    source = file(
        start(), first_of("first"), catch("t", timer("Duration", "P1D")), catch("m", message("m")), user("a"), end(),
        path("start", "first", "t", "a"), path("first", "m", "a", "end"),
    )  # fmt: skip
    run = Run(source).modify(Withdraw("first"), Place(Where.FLOW, "first_m"))
    assert run.waits == ["m"]
    assert run.deliver("m").open == ["a"]


def test_input_parameters_of_a_scope_that_is_begun_are_computed() -> None:
    source = file(
        start(), user("a"), inside(more=parameters({"x": "${n + 1}"})), end(), path("start", "a", "sub", "end")
    )
    run = Run(source, n=1).modify(before("in"))
    assert engine.visible_variables(run.state or b"", run.token("in"), run.variables)["x"] == 2


@pytest.mark.parametrize(
    ("instruction", "kind", "said"),
    [
        (before("nothing"), Invalid, "no activity 'nothing'"),
        (before("a#multiInstanceBody"), Invalid, "no activity 'a#multiInstanceBody'"),
        (Place(Where.FLOW, "a_b"), Invalid, "no sequence flow 'a_b'"),
        (Place(Where.AFTER, "end"), Invalid, "no outgoing sequence flow"),
        (before("in", inside=99), Conflict, "no running scope around"),
        (before("b", inside=99), Conflict, "no running scope around"),
        (Withdraw("b"), Conflict, "'b' is not active"),
        (Withdraw(token=99), Conflict, "not active"),
        (Withdraw(token=engine.PROCESS), Conflict, "delete it instead"),
        (Withdraw("a"), Conflict, "delete it instead"),
    ],
)
def test_what_the_model_or_the_moment_does_not_allow_is_refused(
    instruction: engine.Instruction, kind: type[AppError], said: str
) -> None:
    run = Run(IN_SCOPE)
    with pytest.raises(kind, match=said):
        run.modify(instruction)


def test_an_instance_begins_where_it_is_told_to() -> None:
    run = Run(IN_SCOPE, None, None, engine.Start(places=(before("in"), before("b"))))
    assert (run.open, run.waits) == (["b", "in"], ["hs", "late"])


def test_who_began_an_instance_stays_who_it_was_when_it_begins_anew() -> None:
    source = IN_SCOPE.replace(b'<startEvent id="start"', b'<startEvent camunda:initiator="starter" id="start"')
    anew = engine.Start(places=(before("b"),))
    assert Run(source, None, None, anew, starter="marat").variables == {"starter": "marat"}
    assert Run(source, None, None, anew).variables == {"starter": "aigul"}


def test_what_was_done_is_undone_where_that_is_begun_by_hand_and_its_handler_is_not() -> None:
    source = file(
        start(), script("do", "${1}", "x"), boundary("c", "do", compensation()), user("undo", isForCompensation="true"),
        association("c", "undo"), user("a"), throw("t", compensation()), end(), path("start", "do", "a", "t", "end"),
    )  # fmt: skip
    run = Run(source)
    for node in ("undo", "c"):
        with pytest.raises(Invalid, match="for compensation"):
            run.modify(before(node))
    assert run.modify(Withdraw("a"), before("t")).open == ["undo"]
    assert run.modify(before("a"), Withdraw("undo")).open == ["a"]
    assert run.cancelled == ["t", "undo"]


def test_an_error_finds_its_way_out_of_a_scope_that_was_begun_in_its_middle() -> None:
    source = file(
        start(), user("a"), sub("sub", start("s"), user("in"), end("e", error("E")), path("s", "in", "e")),
        boundary("caught", "sub", error("E")), user("mend"), end(), path("start", "a", "sub", "end"),
        path("caught", "mend", "end"),
    )  # fmt: skip
    assert Run(source).modify(Withdraw("a"), before("in")).complete("in").open == ["mend"]
