"""Business rule tasks (BPMN 2.0.2, 10.3.3): a decision is made, and what of its results is kept."""

from collections.abc import Mapping
from typing import Any

import pytest

from app import engine
from app.domain.models.work import DecisionCall
from tests.features.feature_models import line, multi, node, parameters, user
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Business rule task (`businessRuleTask`): a decision of DMN": "10.3.3",
}

ONE = [{"fee": 5}]
TWO = [{"fee": 5}, {"fee": 7}]
WIDE = [{"fee": 5, "days": 3}]


def rule(*content: str, **attributes: str) -> str:
    return node("businessRuleTask", "decide", *content, **({"decisionRef": "fee"} | attributes))


def decided(results: list[dict[str, Any]], mapping: str | None = None) -> Any:
    given = {"mapDecisionResult": mapping} if mapping else {}
    run = Run(line(rule(resultVariable="x", **given)), {}, {"fee": lambda variables: results})
    assert run.ended
    return run.variables["x"]


@pytest.mark.parametrize(
    ("mapping", "results", "kept"),
    [
        (None, TWO, TWO),
        ("resultList", [], []),
        ("resultList", WIDE, WIDE),
        ("singleEntry", ONE, 5),
        ("singleEntry", [], None),
        ("singleEntry", [{"fee": None}], None),
        ("singleResult", WIDE, {"fee": 5, "days": 3}),
        ("singleResult", [], None),
        ("collectEntries", TWO, [5, 7]),
        ("collectEntries", ONE, [5]),
        ("collectEntries", [], []),
    ],
)
def test_the_mapping_says_what_of_the_results_is_kept(mapping: str | None, results: list[Any], kept: Any) -> None:
    assert decided(results, mapping) == kept


@pytest.mark.parametrize(
    ("mapping", "results", "why"),
    [
        ("singleEntry", TWO, "one result, and there are 2"),
        ("singleEntry", WIDE, "one output, and the result has fee, days"),
        ("singleResult", TWO, "one result, and there are 2"),
        ("collectEntries", [*ONE, *WIDE], "one output, and the results have fee, days"),
    ],
)
def test_results_that_the_mapping_does_not_take_fail_the_step(mapping: str, results: list[Any], why: str) -> None:
    with pytest.raises(engine.StepFailed, match=f"businessRuleTask 'decide' .*decision 'fee': {mapping} takes {why}"):
        decided(results, mapping)


def test_a_decision_sees_the_variables_of_its_task() -> None:
    def fee(variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{"fee": variables["area"] * variables["rate"]}]

    source = line(rule(parameters({"rate": "${3}"}), resultVariable="x", mapDecisionResult="singleEntry"), user("u"))
    run = Run(source, {}, {"fee": fee}, area=7)
    assert (run.open, run.left, run.variables) == (["u"], ["start", "decide"], {"area": 7, "x": 21})


def test_the_decision_and_its_version_may_be_expressions() -> None:
    attributes = {"decisionRefBinding": "version", "decisionRefVersion": "${1 + 1}", "mapDecisionResult": "singleEntry"}
    source = line(rule(resultVariable="x", **(attributes | {"decisionRef": "${which}"})))
    run = Run(source, {}, {"fee": lambda variables: ONE}, which="fee")
    assert run.world.asked == [DecisionCall("fee", "version", "2", "singleEntry")]


def test_a_decision_without_a_name_fails_the_step() -> None:
    with pytest.raises(engine.StepFailed, match="'decide' .*the decision has no name"):
        Run(line(rule(resultVariable="x", decisionRef="${which}")), which=None)


def test_a_decision_that_fails_names_the_task_itself_and_the_reason() -> None:
    def fee(variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        raise ValueError("the rules 1, 2 match, where only one may")

    with pytest.raises(
        engine.StepFailed, match="'decide' cannot be executed: decision 'fee': the rules 1, 2"
    ) as failed:
        Run(line(rule(resultVariable="x")), {}, {"fee": fee})
    assert isinstance(failed.value.details, dict)
    assert (failed.value.details["activityId"], failed.value.details["decision"]) == ("decide", "fee")


def test_output_parameters_find_all_results() -> None:
    source = line(rule(parameters(None, {"days": "${decisionResult[0].days}"})))
    assert Run(source, {}, {"fee": lambda variables: WIDE}).variables == {"days": 3}


def test_a_decision_is_made_for_each_item_of_a_collection() -> None:
    outputs = parameters(None, {"total": "${total + decisionResult[0].fee}"})
    source = line(rule(outputs, multi(over="areas", item="area")))
    run = Run(source, {}, {"fee": lambda variables: [{"fee": variables["area"] * 2}]}, areas=[1, 2, 3], total=0)
    assert (run.ended, run.variables["total"]) == (True, 12)


def test_without_a_decision_it_runs_a_delegate_or_an_expression() -> None:
    nodes = (
        node("businessRuleTask", "a", delegateExpression="${check}"),
        node("businessRuleTask", "b", expression="${x + 1}", resultVariable="y"),
    )
    assert Run(line(*nodes), {"check": lambda variables: {"x": 1}}).variables == {"x": 1, "y": 2}


def test_an_unknown_decision_is_refused() -> None:
    assert refusals(line(rule(resultVariable="x", decisionRef="fees"))) == ["decision-unknown"]
