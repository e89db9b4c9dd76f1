"""Service, send, script, manual and plain tasks: done at once, by a delegate or by an expression."""

from collections.abc import Mapping
from typing import Any

import pytest

from app import engine
from tests.features.feature_models import (
    boundary,
    end,
    error,
    file,
    line,
    node,
    parameters,
    path,
    script,
    service,
    start,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Service task (`serviceTask`): delegate or expression": "10.3.3",
    "Script task (`scriptTask`) in JUEL or FEEL": "10.3.3",
    "Manual task and task without a kind (`manualTask`, `task`)": "10.3.3",
}


def test_a_delegate_sees_the_variables_and_sets_what_it_gives_back() -> None:
    def register(variables: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": f"A-{variables['year']}", "hidden": variables["local"]}

    source = line(service("s", parameters({"local": "${year - 1}"}), delegateExpression="${register}"), user("u"))
    run = Run(source, {"register": register}, year=2026)
    assert (run.left, run.variables) == (["start", "s"], {"year": 2026, "number": "A-2026", "hidden": 2025})


def test_an_expression_becomes_the_result_variable_or_is_lost() -> None:
    run = Run(line(service("a", expression="${x + 1}", resultVariable="y"), service("b", expression="${x}")), x=1)
    assert (run.ended, run.variables) == (True, {"x": 1, "y": 2})


def test_send_manual_and_plain_tasks_pass_at_once() -> None:
    nodes = (
        node("sendTask", "send", delegateExpression="${notify}"),
        node("manualTask", "hand"),
        node("task", "plain"),
    )
    run = Run(line(*nodes), {"notify": lambda variables: {}})
    assert run.left == ["start", "send", "hand", "plain", "end"]


def test_a_script_keeps_the_kind_of_its_value() -> None:
    run = Run(line(script("s", "${amount * 1.12}", "total"), script("t", "${total > 100}", "large")), amount=100)
    assert run.variables == {"amount": 100, "total": 112, "large": True}


def test_a_script_in_feel_sees_the_variables_and_needs_no_braces() -> None:
    source = line(script("s", "sum(for one in prices return one * 2)", "total", language="feel"))
    assert Run(source, prices=[1, 2.5]).variables["total"] == 7


def test_a_script_in_feel_without_a_value_is_null() -> None:
    assert Run(line(script("s", "missing.part", "x", language="FEEL"))).variables == {"x": None}


def test_a_script_in_feel_that_does_not_parse_is_refused() -> None:
    assert refusals(line(script("s", "1 +", "x", language="feel"))) == ["expression-invalid"]


@pytest.mark.parametrize("language", ["python", "javascript", "groovy"])
def test_a_script_in_a_general_language_is_refused(language: str) -> None:
    given = node("scriptTask", "s", "<script>1</script>", scriptFormat=language, resultVariable="x")
    assert "script-language" in refusals(line(given))


def test_a_delegate_that_fails_names_the_task_and_itself() -> None:
    def check(variables: Mapping[str, Any]) -> dict[str, Any]:
        raise ValueError("the register does not answer")

    with pytest.raises(engine.StepFailed, match="'s'.*check: the register does not answer"):
        Run(line(service("s", delegateExpression="${check}")), {"check": check})


def test_a_business_error_of_a_delegate_is_caught_at_its_task() -> None:
    def check(variables: Mapping[str, Any]) -> dict[str, Any]:
        raise engine.BpmnError("DEBT", "there are debts")

    caught = error("DEBT", errorCodeVariable="code", errorMessageVariable="why")
    source = file(
        start(), service("s", delegateExpression="${check}"), boundary("b", "s", caught), user("pay"), end(),
        path("start", "s", "end"), path("b", "pay", "end"),
    )  # fmt: skip
    run = Run(source, {"check": check})
    assert (run.open, run.left, run.cancelled) == (["pay"], ["start", "b"], ["s"])
    assert run.variables == {"code": "DEBT", "why": "there are debts"}


def test_an_uncaught_business_error_of_a_delegate_ends_the_instance() -> None:
    def check(variables: Mapping[str, Any]) -> dict[str, Any]:
        raise engine.BpmnError("DEBT")

    run = Run(line(user("u"), service("s", delegateExpression="${check}")), {"check": check})
    run.complete("u")
    assert run.ended
    assert run.error is not None
    assert run.error.error_code == "DEBT"


def test_an_unknown_delegate_is_refused() -> None:
    assert refusals(line(service("s", delegateExpression="${os}"))) == ["delegate-unknown"]
