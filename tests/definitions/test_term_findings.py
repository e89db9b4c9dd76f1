"""What a model says of the terms of its cases is checked when it is deployed."""

import pytest

from tests.definitions.bpmn_models import around, codes, findings

SERVICE = '<serviceTask id="x" camunda:delegateExpression="${{registerApplication}}">{}</serviceTask>'
EXTENDING = '<serviceTask id="x" camunda:delegateExpression="${{extendTerm}}">{}</serviceTask>'
USER = '<userTask id="x" camunda:candidateGroups="clerk">{}</userTask>'
GATEWAY = '<exclusiveGateway id="x">{}</exclusiveGateway>'
EVENT = '<intermediateThrowEvent id="x">{}</intermediateThrowEvent>'
CALL = '<callActivity id="x" calledElement="payment">{}</callActivity>'
SUBPROCESS = (
    '<subProcess id="x">{}<startEvent id="is"/><endEvent id="ie"/>'
    '<sequenceFlow id="is_ie" sourceRef="is" targetRef="ie"/></subProcess>'
)


def properties(**named: str) -> str:
    rows = "".join(f'<camunda:property name="law.{name}" value="{value}"/>' for name, value in named.items())
    return f"<extensionElements><camunda:properties>{rows}</camunda:properties></extensionElements>"


def on_process(**named: str) -> bytes:
    return around(USER.format(""), properties(**named))


def on_step(step: str = USER, **named: str) -> bytes:
    return around(step.format(properties(**named)))


@pytest.mark.parametrize(
    "total",
    [
        "workingDays(10, submittedAt)",
        "${workingDays(10, submittedAt)}",
        "calendarDays(22, workingDays(1, minutes(15, submittedAt)))",
        "requestKind == 'duplicate' ? elapsedMinutes (20, submittedAt) : endOfDay('17:00', submittedAt)",
    ],
)
def test_a_total_of_our_rules_is_in_order(total: str) -> None:
    assert codes(on_process(total=total, totalClause="3")) == []


def test_a_total_that_does_not_parse_is_an_error_with_its_place() -> None:
    (found,) = findings(on_process(total="workingDays(!!)", totalClause="3"))
    assert (found.code, found.element_id, found.is_error) == ("expression-invalid", "p", True)
    assert (found.line, found.element_type) == (1, "process")


@pytest.mark.parametrize("total", ["submittedAt", "10", "", "receipt(submittedAt)", "'workingDays(1)'", "myminutes(1)"])
def test_a_total_without_a_rule_of_terms_is_an_error(total: str) -> None:
    assert codes(on_process(total=total, totalClause="3")) == [("total-not-a-term", "p")]


@pytest.mark.parametrize("clause", [{}, {"totalClause": " "}])
def test_a_total_without_a_clause_is_a_warning(clause: dict[str, str]) -> None:
    (found,) = findings(on_process(total="workingDays(1)", **clause))
    assert (found.code, found.is_error) == ("total-without-clause", False)


@pytest.mark.parametrize("named", [{"totalClause": "3"}, {"extendClause": "16"}])
def test_a_clause_of_nothing_is_a_warning(named: dict[str, str]) -> None:
    (found,) = findings(on_process(**named))
    assert (found.code, found.is_error) == ("term-property-alone", False)


@pytest.mark.parametrize("step", [USER, SERVICE, GATEWAY])
def test_a_total_on_a_step_is_an_error(step: str) -> None:
    assert codes(on_step(step, total="workingDays(1)", totalClause="3")) == [("total-on-step", "x")] * 2


@pytest.mark.parametrize("pause", ["", " ; ", ";"])
def test_a_pause_without_a_clause_is_an_error(pause: str) -> None:
    assert codes(on_process(pause=pause)) == [("pause-without-clause", "p")]
    assert codes(on_step(pause=pause)) == [("pause-without-clause", "x")]


@pytest.mark.parametrize("extend", ["years:1", "elapsedMinutes:5", "10", "", "WorkingDays:10"])
def test_an_unknown_unit_is_an_error(extend: str) -> None:
    assert codes(on_step(extend=extend, extendClause="16")) == [("extend-unit-unknown", "x")]
    assert codes(on_process(extend=extend, extendClause="16")) == [("extend-unit-unknown", "p")]


@pytest.mark.parametrize("amount", ["", "0", "-1", "1.5", "ten", "1 0", "٣", "10001", "10000000000", "1:2"])
def test_an_amount_that_is_no_positive_whole_number_is_an_error(amount: str) -> None:
    assert codes(on_step(extend=f"workingDays:{amount}", extendClause="16")) == [("extend-amount-invalid", "x")]


def test_an_extension_without_a_clause_is_an_error() -> None:
    assert codes(on_process(extend="workingDays:10")) == [("extend-without-clause", "p")]
    assert codes(on_step(extend="workingDays:10")) == [("extend-without-clause", "x")]
    assert codes(on_step(extend="workingDays:10", clause="16")) == []


@pytest.mark.parametrize("step", [SERVICE, GATEWAY, EVENT, CALL, SUBPROCESS])
@pytest.mark.parametrize(
    ("named", "properties_found"),
    [({"pause": "10"}, 1), ({"extend": "workingDays:10", "extendClause": "16"}, 2)],
)
def test_what_stands_where_no_task_opens_never_applies(step: str, named: dict[str, str], properties_found: int) -> None:
    found = findings(on_step(step, **named))
    assert [(one.code, one.element_id) for one in found] == [("term-property-never-applies", "x")] * properties_found
    assert all(one.is_error for one in found)


def test_a_step_that_extends_says_by_how_much() -> None:
    named = {"extend": "workingDays:10", "extendClause": "16"}
    unknown = ("delegate-unknown", "x")  # of the surroundings of these tests
    assert codes(on_step(EXTENDING, **named)) == [unknown]
    assert codes(on_step(EXTENDING)) == [unknown, ("extend-term-without-allowance", "x")]
    assert codes(around(EXTENDING.format(""), properties(**named))) == [unknown]
    assert codes(on_step(EXTENDING, pause="10", **named)) == [unknown, ("term-property-never-applies", "x")]


def test_the_findings_are_told_in_every_language() -> None:
    (found,) = findings(on_step(GATEWAY, pause="10"))
    assert "exclusiveGateway" in found.message["kk"]
    assert found.message["ru"].startswith("law.pause никогда не применится")
    assert found.hint["en"] == "Move it to a user task, or to the process."
