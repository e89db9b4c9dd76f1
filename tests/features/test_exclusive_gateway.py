"""XOR (BPMN 2.0.2, 13.4.2): the first true flow in the order of the file, else the default."""

import pytest

from app import engine
from tests.features.feature_models import end, file, flow, line, path, start, user, xor
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Exclusive gateway (`exclusiveGateway`), default flow": "10.6.2, 13.4.2",
    "Condition in JUEL or FEEL": "8.4.13",
    "Process without an end event": "10.5.3",
}


def choice(*conditions: tuple[str, str], default: str | None = None) -> bytes:
    names = [name for name, _ in conditions] + ([default] if default else [])
    gateway = xor("g", default=f"g_{default}") if default else xor("g")
    # the default flow comes first, and must be the last to be taken
    flows = flow("g", default) if default else ""
    flows += "".join(flow("g", name, condition) for name, condition in conditions)
    return file(
        start(), gateway, *(user(name) for name in names), end(), flow("start", "g"), flows,
        *(flow(name, "end") for name in names),
    )  # fmt: skip


@pytest.mark.parametrize(("x", "taken"), [(1, "a"), (2, "b"), (3, "d")])
def test_the_first_true_flow_of_the_file_is_taken_else_the_default(x: int, taken: str) -> None:
    assert Run(choice(("a", "${x < 2}"), ("b", "${x < 3}"), default="d"), x=x).open == [taken]


def test_no_later_condition_is_computed() -> None:
    assert Run(choice(("a", "${true}"), ("b", "${missing.field > 1}"), default="d")).open == ["a"]


def test_without_a_true_condition_and_a_default_the_step_fails_naming_the_gateway() -> None:
    with pytest.raises(engine.StepFailed, match="exclusiveGateway 'g'.*no default") as failure:
        Run(choice(("a", "${x}"), ("b", "${!x && false}")), x=False)
    assert isinstance(failure.value.details, dict)
    assert failure.value.details["activityId"] == "g"


@pytest.mark.parametrize("value", ["yes", "true", 1, 0, None, "", []])
def test_a_condition_is_true_or_false_and_nothing_else(value: object) -> None:
    with pytest.raises(engine.StepFailed, match="not true or false"):
        Run(choice(("a", "${x}"), default="d"), x=value)


def test_an_unknown_variable_in_a_condition_fails_the_step() -> None:
    with pytest.raises(engine.StepFailed, match="missing"):
        Run(choice(("a", "${missing}"), default="d"))


FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"


def in_feel(condition: str, language: str = "feel") -> bytes:
    return file(
        start(), xor("g", default="g_b"), user("a"), user("b"), end(), path("start", "g", "b", "end"),
        flow("g", "a", condition, language=language), flow("a", "end"),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["feel", "FEEL", FEEL, "http://www.omg.org/spec/FEEL/20140401"])
def test_a_condition_may_be_in_feel(language: str) -> None:
    source = in_feel('x in [1..3] and kind = "new"', language)
    assert [Run(source, x=x, kind="new").open for x in (3, 4)] == [["a"], ["b"]]


def test_a_condition_in_feel_that_is_null_fails_the_step_with_the_reason() -> None:
    with pytest.raises(engine.StepFailed, match="not true or false; .*missing"):
        Run(in_feel("missing > 3"))


@pytest.mark.parametrize(
    ("condition", "language", "code"),
    [("x >", "feel", "expression-invalid"), ("x > 1", "groovy", "condition-script"), ("x > 1", "", "condition-not-expression")],
)  # fmt: skip
def test_a_condition_that_is_none_in_its_language_is_refused(condition: str, language: str, code: str) -> None:
    assert code in refusals(in_feel(condition, language))


def test_a_merge_lets_every_token_pass() -> None:
    source = file(
        start(), '<parallelGateway id="split"/>', user("a"), user("b"), xor("merge"), user("after"), end(),
        path("start", "split", "a", "merge", "after", "end"), path("split", "b", "merge"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["after", "after"]
    run.complete("after")
    assert not run.ended
    assert run.complete("after").ended


def test_several_flows_into_a_task_are_a_merge_too() -> None:
    source = file(
        start(), xor("g", default="g_a"), user("a"), user("b"), user("after"), end(),
        path("start", "g", "a", "after", "end"), flow("g", "b", "${x}"), flow("b", "after"),
    )  # fmt: skip
    assert Run(source, x=True).complete("b").open == ["after"]


@pytest.mark.parametrize(
    "condition", ["${__import__('os')}", "${''.class}", "${exit()}", "${x.__class__ == 1}", "${lambda: 1}", "x > 1"]
)
def test_a_condition_never_runs_python(condition: str) -> None:
    source = choice(("a", condition), default="d")
    if not refusals(source):
        with pytest.raises(engine.StepFailed):
            Run(source, x="text")


def test_nodes_may_be_called_start_and_end() -> None:
    source = file(start("Start"), user("Root"), end("End"), path("Start", "Root", "End"))
    run = Run(source).complete("Root")
    assert (run.left, run.ended) == (["Root", "End"], True)


def test_a_flow_without_id_is_a_flow() -> None:
    source = line(user("a"), user("b")).replace(b' id="a_b"', b"").replace(b' id="start_a"', b"")
    assert b"a_b" not in source
    run = Run(source).complete("a")
    assert run.open == ["b"]
    assert run.complete("b").ended


def test_a_process_without_end_event_ends_with_its_last_token() -> None:
    run = Run(file(start(), user("a"), path("start", "a"))).complete("a")
    assert (run.ended, run.error) == (True, None)
