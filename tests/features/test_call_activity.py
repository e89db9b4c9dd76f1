"""Call activities (BPMN 2.0.2, 10.3.6): another process as a step; its caller starts it and hands back what it gives."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    boundary,
    call,
    end,
    error,
    file,
    flow,
    line,
    node,
    parameters,
    path,
    start,
    timer,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Call activity (`callActivity`): a process with its variables, bound to a version": "10.3.6, 13.3.4",
}

IN, OUT = "<camunda:in {}/>".format, "<camunda:out {}/>".format


def called(*mappings: str, **attributes: str) -> bytes:
    return line(call("pay", "payment", *mappings, **attributes), user("after"))


def only(run: Run) -> engine.OpenedCall:
    (opened,) = run.calls.values()
    return opened


def test_it_tells_what_to_start_and_with_what() -> None:
    mappings = (
        IN('source="amount" target="sum"'), IN('sourceExpression="${amount * 2}" target="twice"'),
        IN('businessKey="${number}"'),
    )  # fmt: skip
    run = Run(
        called(*mappings, calledElementBinding="version", calledElementVersion="${2 + 1}"), amount=5, number="A-1"
    )
    opened = only(run)
    assert (opened.called_element, opened.binding, opened.version, opened.business_key) == (
        "payment",
        "version",
        "3",
        "A-1",
    )
    assert opened.variables == {"sum": 5, "twice": 10}


@pytest.mark.parametrize(("binding", "version"), [("version", "3"), ("versionTag", "spring")])
def test_its_version_is_the_one_that_its_binding_means(binding: str, version: str) -> None:
    given = {"calledElementVersion": "3", "calledElementVersionTag": "spring"}
    opened = only(Run(called(calledElementBinding=binding, **given)))
    assert (opened.binding, opened.version) == (binding, version)


def test_without_mappings_nothing_goes_in_or_out() -> None:
    run = Run(called(), amount=5)
    assert only(run).variables == {}
    run.step(engine.Return(only(run).token, {"amount": 7, "x": 1}))
    assert (run.open, run.variables) == (["after"], {"amount": 5})


def test_all_variables_may_go_in_and_out() -> None:
    run = Run(called(IN('variables="all"'), OUT('variables="all"')), amount=5)
    assert only(run).variables == {"amount": 5}
    run.step(engine.Return(only(run).token, {"amount": 7, "x": 1}))
    assert run.variables == {"amount": 7, "x": 1}


def test_out_mappings_are_computed_over_the_variables_of_the_called_process() -> None:
    mappings = (OUT('source="receipt" target="number"'), OUT('sourceExpression="${sum + 1}" target="total"'))
    run = Run(called(*mappings), sum=100)
    run.step(engine.Return(only(run).token, {"receipt": "R-1", "sum": 1}))
    assert run.variables == {"sum": 100, "number": "R-1", "total": 2}


def test_a_variable_that_is_missing_goes_in_and_out_as_null() -> None:
    run = Run(called(IN('source="amount" target="sum"'), OUT('source="receipt" target="number"')), number="old")
    assert only(run).variables == {"sum": None}
    run.step(engine.Return(only(run).token, {}))
    assert (run.open, run.variables) == (["after"], {"number": None})


def test_an_out_expression_over_what_is_missing_fails_the_step_and_the_call_stays_open() -> None:
    run = Run(called(OUT('sourceExpression="${receipt}" target="number"')))
    with pytest.raises(engine.StepFailed, match="callActivity 'pay'"):
        run.step(engine.Return(only(run).token, {}))
    assert run.step(engine.Return(only(run).token, {"receipt": 1})).open == ["after"]


def test_local_mappings_see_and_set_only_the_variables_of_the_call_activity() -> None:
    extension = parameters({"own": "${1}"}, {"handed": "${back * 2}"})
    inner = extension.replace("</extensionElements>", IN('variables="all" local="true"') + OUT(
        'source="x" target="back" local="true"') + "</extensionElements>")  # fmt: skip
    run = Run(line(node("callActivity", "pay", inner, calledElement="payment")), amount=5)
    assert only(run).variables == {"own": 1}
    run.step(engine.Return(only(run).token, {"x": 21}))
    assert (run.ended, run.variables) == (True, {"amount": 5, "handed": 42})


def test_an_empty_business_key_is_none_and_an_empty_process_fails_the_step() -> None:
    assert only(Run(called(IN('businessKey="${key}"')), key=None)).business_key is None
    with pytest.raises(engine.StepFailed, match="has no name"):
        Run(line(call("pay", "${which}")), which=None)


def test_an_unknown_process_is_refused_but_an_expression_is_not() -> None:
    assert refusals(line(call("pay", "nothing"))) == ["process-unknown"]
    assert only(Run(line(call("pay", "${which}")), which="payment")).called_element == "payment"


def caught(code: str | None) -> bytes:
    return file(
        start(), call("pay", "payment"), boundary("failed", "pay", error(code, errorMessageVariable="why")), user("mend"),
        end(), path("start", "pay", "end"), path("failed", "mend", "end"),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["E1", None])
def test_an_error_of_the_called_process_is_caught_at_the_call_activity(code: str | None) -> None:
    run = Run(caught(code))
    run.step(engine.Raise(only(run).token, "E1", "no money"))
    assert (run.open, run.calls, run.variables) == (["mend"], {}, {"why": "no money"})


def test_an_error_that_nobody_catches_ends_the_caller_with_it() -> None:
    run = Run(caught("E2"))
    run.step(engine.Raise(only(run).token, "E1"))
    assert run.ended
    assert run.error is not None


def test_a_second_return_is_a_conflict() -> None:
    run = Run(called())
    token = only(run).token
    run.step(engine.Return(token, {}))
    for command in (engine.Return(token, {}), engine.Raise(token, "E1"), engine.Return(run.token("after"), {})):
        with pytest.raises(Conflict):
            run.step(command)


def test_an_interrupted_call_is_closed() -> None:
    source = file(
        start(), call("pay", "payment"), boundary("late", "pay", timer("Duration", "PT1H")), end(),
        path("start", "pay", "end"), flow("late", "end"),
    )  # fmt: skip
    run = Run(source)
    token = only(run).token
    run.fire("late")
    assert token in run.closed
    assert (run.ended, run.calls) == (True, {})


def test_a_cancelled_caller_closes_its_call() -> None:
    run = Run(called())
    token = only(run).token
    run.step(engine.Cancel())
    assert (run.ended, token in run.closed) == (True, True)
