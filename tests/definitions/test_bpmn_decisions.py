"""Business rule tasks in a model: what is read of them, and what is wrong with them."""

from collections.abc import Sequence

import pytest

from app.domain.models.model import Kind
from app.domain.models.work import DecisionCall
from tests.definitions.bpmn_models import around, codes, node

DELEGATE = 'camunda:delegateExpression="${registerApplication}"'


def rule(attributes: str) -> bytes:
    return around(f'<businessRuleTask id="x" {attributes}/>')


def service(attributes: str) -> bytes:
    return around(f'<serviceTask id="x" {attributes}/>')


CASES: list[tuple[bytes, Sequence[tuple[str, str | None]]]] = [
    (rule('camunda:decisionRef="fee" camunda:resultVariable="a"'), []),
    (rule('camunda:decisionRef="fee" camunda:resultVariable="a" camunda:mapDecisionResult="collectEntries"'), []),
    (rule('camunda:decisionRef="${which}" camunda:resultVariable="a"'), []),
    (rule('camunda:decisionRef="${!!}" camunda:resultVariable="a"'), [("expression-invalid", "x")]),
    (rule('camunda:decisionRef="fees" camunda:resultVariable="a"'), [("decision-unknown", "x")]),
    (rule('camunda:decisionRef="fee"'), [("decision-without-result", "x")]),
    (rule('camunda:decisionRef="fee" camunda:resultVariable="a" camunda:mapDecisionResult="first"'),
     [("decision-mapping-invalid", "x")]),
    *[
        (rule(f'camunda:decisionRef="fee" camunda:resultVariable="a" camunda:decisionRefBinding="{binding}"'), found)
        for binding, found in (
            ("deployment", []),
            ("version", [("binding-invalid", "x")]),
            ('version" camunda:decisionRefVersion="two', [("binding-invalid", "x")]),
            ('version" camunda:decisionRefVersion="2', []),
            ("versionTag", [("binding-invalid", "x")]),
            ('versionTag" camunda:decisionRefVersionTag="spring', []),
            ("newest", [("binding-invalid", "x")]),
        )
    ],
    (rule(""), [("decision-missing", "x")]),
    (rule(DELEGATE), []),
    (rule(f'camunda:decisionRef="fee" camunda:resultVariable="a" {DELEGATE}'), [("service-task-several", "x")]),
    (rule('camunda:decisionRef="fee" camunda:resultVariable="a" camunda:decisionRefTenantId="t"'),
     [("attribute-not-supported", "x")]),
    (service(f'{DELEGATE} camunda:decisionRef="fee"'), [("attribute-not-supported", "x")]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_findings(source: bytes, expected: Sequence[tuple[str, str | None]]) -> None:
    assert sorted(codes(source)) == sorted(expected)


def test_a_decision_is_kept_with_its_binding_and_mapping() -> None:
    found = node(
        rule(
            'camunda:decisionRef="fee" camunda:decisionRefBinding="versionTag" camunda:decisionRefVersionTag="spring" '
            'camunda:decisionRefVersion="3" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="a"'
        )
    )
    assert found.decision == DecisionCall("fee", "versionTag", "spring", "singleEntry")
    assert (found.kind, found.result_variable) == (Kind.BUSINESS_RULE_TASK, "a")


def test_without_more_the_newest_decision_gives_all_its_results() -> None:
    assert node(rule('camunda:decisionRef="fee"')).decision == DecisionCall("fee", "latest", None, "resultList")


def test_without_a_decision_it_is_a_service_task() -> None:
    found = node(rule(DELEGATE))
    assert (found.decision, found.delegate) == (None, "registerApplication")


def test_outputs_take_the_result_where_there_is_no_result_variable() -> None:
    mapping = '<camunda:outputParameter name="a">${decisionResult}</camunda:outputParameter>'
    inner = f"<extensionElements><camunda:inputOutput>{mapping}</camunda:inputOutput></extensionElements>"
    assert codes(around(f'<businessRuleTask id="x" camunda:decisionRef="fee">{inner}</businessRuleTask>')) == []
