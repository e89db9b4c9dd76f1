"""A model that is changed in one place no longer does what its act says, and the check says just where."""

from pathlib import Path

import pytest

from app.conformity import audit
from tests.conformity.changed import ATTESTATION, LICENCE, Copy

TOO_SHORT = ("sum-shorter", "design-licence")


@pytest.fixture
def licence(tmp_path: Path) -> Copy:
    return Copy(tmp_path, *LICENCE)


@pytest.fixture
def attestation(tmp_path: Path) -> Copy:
    return Copy(tmp_path, *ATTESTATION)


def test_another_amount_is_another_limit(licence: Copy) -> None:
    licence.in_model("minutes(15, submittedAt)", "minutes(10, submittedAt)")
    assert licence.found() == {("limit-other", "accept-documents")}


def test_another_edition_or_other_days_in_force_are_not_those_of_the_act(licence: Copy) -> None:
    licence.change(licence.act, 'edition: {name: "2019-10-18"}', 'edition: {name: "2019-10-18", from: 2019-11-10}')
    licence.in_model('law.edition" value="2019-10-18"', 'law.edition" value="2018-01-01"')
    found = [one.message["en"] for one in licence.report().findings if one.code == "edition-other"]
    assert found == [
        "design-licence: law.edition is 2019-10-18 in the act and 2018-01-01 in the model",
        "design-licence: law.inForceFrom is 2019-11-10 in the act and – in the model",
    ]


def test_another_unit_is_another_limit(licence: Copy) -> None:
    licence.in_model("hours(1)", "workingDays(1)")
    assert licence.found() == {("limit-other", "name-executor")}


def test_a_limit_longer_than_the_act_s_also_passes_the_sum_of_its_steps(licence: Copy) -> None:
    licence.in_model("workingDays(4, submittedAt)", "workingDays(5, submittedAt)", inside="prepare-licence")
    assert licence.found() == {("limit-other", "prepare-licence"), TOO_SHORT}


def test_a_limit_of_another_kind_of_request_is_another_limit(licence: Copy) -> None:
    licence.in_model("details-changed' ? 2 : 4", "category' ? 2 : 4", inside="sign-result")
    assert licence.found() == {("limit-other", "sign-result")}


def test_the_same_term_written_otherwise_is_the_same_limit(licence: Copy) -> None:
    licence.in_model("workingDays(4, submittedAt)", "workingDays(2 + 2, receivedAt)", inside="prepare-licence")
    licence.in_model(
        "workingDays(requestKind == 'details-changed' ? 2 : 4, submittedAt)", "termEndsAt", inside="sign-result"
    )
    assert licence.found() == set()


def test_a_term_from_another_beginning_is_found(licence: Copy) -> None:
    licence.in_model("workingDays(1, checkStartedAt)", "workingDays(1, submittedAt)", inside="check-completeness")
    assert licence.found() == {("begins-other", "check-completeness")}


def test_a_term_that_does_not_run_from_the_application_is_found(licence: Copy) -> None:
    licence.in_model("workingDays(2, submittedAt)", "workingDays(2)", inside="prepare-reissued-licence")
    assert licence.found() == {
        ("begins-other", "prepare-reissued-licence"),
        TOO_SHORT,
    }


def test_a_moment_taken_down_at_another_step_is_another_beginning(attestation: Copy) -> None:
    attestation.in_model("workingDays(5, requestRegisteredAt)", "workingDays(5, submittedAt)")
    assert attestation.found() == {("begins-other", "give-conclusion")}


def test_an_hour_of_the_day_is_compared(attestation: Copy) -> None:
    attestation.in_model("endOfDay('18:30', submittedAt)", "endOfDay('17:00', submittedAt)")
    assert attestation.found() == {("limit-other", "register-by-office")}


def test_a_task_without_the_deadline_that_the_act_gives_is_found(licence: Copy) -> None:
    licence.in_model(' camunda:dueDate="${hours(1)}"', "")
    assert licence.found() == {("due-missing", "name-executor")}


def test_a_limit_that_the_act_does_not_give_needs_its_clause(attestation: Copy) -> None:
    attestation.in_model('<camunda:property name="law.limitClause" value="2-қосымша, 3-тармақ"/>', "", "hold-hearing")
    assert attestation.found() == {("limit-unfounded", "hold-hearing")}


def test_a_limit_of_a_clause_without_one_is_found(attestation: Copy) -> None:
    attestation.in_model(
        '"law.limitClause" value="2-қосымша, 3-тармақ"', '"law.limitClause" value="10"', "hold-hearing"
    )
    assert attestation.found() == {("limit-clause-unknown", "hold-hearing")}


def test_another_total_is_found(attestation: Copy) -> None:
    attestation.in_model('value="workingDays(10, submittedAt)"', 'value="workingDays(12, submittedAt)"')
    assert attestation.found() == {("total-other", "industrial-safety-attestation"), ("term-other", "compute-term")}


def test_the_term_that_the_applicant_sees_is_the_total(licence: Copy) -> None:
    licence.in_model(
        "requestKind == 'details-changed' ? 2 : 4", "requestKind == 'issue' ? 2 : 4", inside="compute-term"
    )
    assert licence.found() == {("term-other", "compute-term")}


def test_a_total_that_is_left_out_is_found(attestation: Copy) -> None:
    attestation.in_model('<camunda:property name="law.total" value="workingDays(10, submittedAt)"/>', "")
    assert attestation.found() == {("total-missing", "industrial-safety-attestation")}


def test_steps_that_do_not_fit_into_the_total_of_their_act_are_a_note(attestation: Copy) -> None:
    attestation.change(attestation.act, "{working_days: 10,", "{working_days: 4,")
    attestation.model.write_text(attestation.model.read_text().replace("workingDays(10,", "workingDays(4,"))
    report = attestation.report()
    assert not report.fails
    assert {one.code for one in report.findings} == {"total-too-short"}


def test_another_role_is_found(licence: Copy) -> None:
    licence.in_model(
        'camunda:candidateGroups="head" camunda:dueDate="${hours',
        'camunda:candidateGroups="executor" camunda:dueDate="${hours',
    )
    assert licence.found() == {("role-other", "name-executor")}


def test_another_lane_is_found(licence: Copy) -> None:
    licence.in_model("<bpmn:flowNodeRef>name-executor</bpmn:flowNodeRef>", "", "lane-head")
    licence.in_model(
        "<bpmn:flowNodeRef>check-completeness</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>name-executor</bpmn:flowNodeRef><bpmn:flowNodeRef>check-completeness</bpmn:flowNodeRef>",
    )
    assert licence.found() == {("lane-other", "name-executor")}


def test_a_step_of_the_system_that_a_person_does_is_found(attestation: Copy) -> None:
    attestation.change(attestation.act, 'clause: "10", role: executor', 'clause: "10", role: system')
    assert attestation.found() == {("system-task", "hold-hearing")}


def test_another_clause_leaves_the_procedure_without_an_element(licence: Copy) -> None:
    licence.in_model('value="5.2"', 'value="5.9"')
    assert licence.found() == {("procedure-uncovered", "5.2"), ("clause-unknown", "name-executor")}


def test_a_task_without_a_clause_is_found(licence: Copy) -> None:
    licence.in_model('<camunda:property name="law.clause" value="5.2"/>', "")
    assert licence.found() == {("procedure-uncovered", "5.2"), ("task-without-clause", "name-executor")}


def test_a_procedure_that_the_act_gains_is_found(licence: Copy) -> None:
    step = '  - {clause: "5.5", role: clerk, kk: Беру, ru: Выдача, en: Deliver}\n  intake: {'
    licence.change(licence.act, "  intake: {", step)
    assert licence.found() == {("procedure-uncovered", "5.5")}


def test_each_of_several_procedures_of_one_clause_needs_its_own_element(licence: Copy) -> None:
    licence.in_model('value="5.3"', 'value="5.4"', inside="prepare-reissued-licence")
    assert ("procedure-uncovered", "5.3") in licence.found()


def test_a_flow_that_is_taken_out_cuts_off_what_is_behind_it(licence: Copy) -> None:
    flow = '<bpmn:sequenceFlow id="which-request-to-prepare-reissued-licence"'
    text = licence.model.read_text()
    begin = text.index(flow)
    end = text.index("</bpmn:sequenceFlow>", begin) + len("</bpmn:sequenceFlow>")
    text = text[:begin] + text[end:]
    licence.model.write_text(
        text.replace("<bpmn:outgoing>which-request-to-prepare-reissued-licence</bpmn:outgoing>", "")
    )
    assert licence.found() >= {("unreachable", "prepare-reissued-licence")}


def test_a_condition_that_no_answer_of_a_form_fulfils_cuts_off_its_branch(licence: Copy) -> None:
    licence.in_model("completeness == 'incomplete'}</bpmn", "completeness == 'incomplet'}</bpmn")
    assert licence.found() == {
        ("never-equal", "documents-complete"),
        ("unreachable", "prepare-incompleteness-refusal"),
    }


def test_an_answer_that_no_form_offers_is_found_where_it_decides_nothing_yet(licence: Copy) -> None:
    licence.in_model("decision == 'refuse'", "decision == 'refused'", inside="set-result-kind")
    assert ("never-equal", "set-result-kind") in licence.found()


def test_a_step_under_a_condition_that_every_path_goes_through_is_found(attestation: Copy) -> None:
    attestation.in_model("conclusion == 'complies' &amp;&amp; refusalGround == 'none'}</b", "false}</b")
    assert ("condition-ignored", "hold-hearing") in attestation.found()


def test_a_way_round_a_step_that_the_act_always_has_is_found(attestation: Copy) -> None:
    way = 'id="register-by-office-to-name-executor" sourceRef="register-by-office" targetRef="'
    attestation.in_model(f"{way}name-executor", f"{way}request-department")
    assert attestation.found() >= {("unreachable", "name-executor")}
    gateway = '<bpmn:exclusiveGateway id="by-whom" default="by-whom-to-name-executor"/>'
    flows = '<bpmn:sequenceFlow id="by-whom-to-name-executor" sourceRef="by-whom" targetRef="name-executor"/>'
    flows += '<bpmn:sequenceFlow id="by-whom-to-request" sourceRef="by-whom" targetRef="request-department">'
    flows += "<bpmn:conditionExpression>${conclusion == 'complies'}</bpmn:conditionExpression></bpmn:sequenceFlow>"
    attestation.in_model(f"{way}request-department", f"{way}by-whom")
    attestation.in_model("</bpmn:process>", f"{gateway}{flows}</bpmn:process>")
    assert ("procedure-skipped", "name-executor") in attestation.found()


def test_steps_that_share_their_time_have_it_from_the_first_of_them(licence: Copy) -> None:
    shared = "workingDays(1, checkStartedAt)"
    licence.in_model(shared, "workingDays(1)", inside="prepare-incompleteness-refusal")
    assert licence.found() == {
        ("begins-other", "prepare-incompleteness-refusal"),
        TOO_SHORT,
    }


def test_a_condition_turned_round_brings_the_wrong_result(licence: Copy) -> None:
    licence.in_model("completeness == 'incomplete' ||", "completeness == 'complete' ||", inside="set-result-kind")
    findings = licence.found()
    assert ("result-against-procedure", "prepare-incompleteness-refusal") in findings
    assert {code for code, _ in findings} == {"result-against-procedure", "unset"}


def test_swapped_results_are_found(attestation: Copy) -> None:
    attestation.in_model('"law.result" value="issued"', '"law.result" value="refusal"', inside="certificate-issued")
    attestation.in_model('"law.result" value="refusal"', '"law.result" value="issued"', inside="refusal-sent")
    assert attestation.found() == {("result-other", "certificate-issued"), ("result-other", "refusal-sent")}


def test_a_result_that_the_act_does_not_know_is_found(attestation: Copy) -> None:
    attestation.in_model('"law.result" value="refusal"', '"law.result" value="returned"', inside="refusal-sent")
    assert {code for code, _ in attestation.found()} == {"result-unknown", "result-other", "result-unreached"}


def test_an_end_without_a_result_is_found(attestation: Copy) -> None:
    attestation.in_model('<camunda:property name="law.result" value="refusal"/>', "", inside="refusal-sent")
    assert attestation.found() == {("result-missing", "refusal-sent"), ("result-unreached", None)}


def test_a_parallel_split_into_an_exclusive_join_is_found(attestation: Copy) -> None:
    text = attestation.model.read_text()
    begin, end = text.index('<bpmn:exclusiveGateway id="ground-found"'), text.index('<bpmn:userTask id="hold-hearing"')
    split = text[begin:end].replace("exclusiveGateway", "parallelGateway")
    attestation.model.write_text(text[:begin] + split + text[end:])
    assert ("unsynchronised", "certificate-due") in attestation.found()


def test_a_parallel_join_of_branches_of_which_one_is_taken_is_a_deadlock(attestation: Copy) -> None:
    text = attestation.model.read_text()
    begin, end = (
        text.index('<bpmn:exclusiveGateway id="result-drawn-up"'),
        text.index('<bpmn:scriptTask id="set-result-kind"'),
    )
    join = text[begin:end].replace("exclusiveGateway", "parallelGateway")
    attestation.model.write_text(text[:begin] + join + text[end:])
    deadlock = next(one for one in attestation.report().findings if one.code == "deadlock")
    assert deadlock.element == "result-drawn-up"
    assert deadlock.path[0] == "application-received"
    assert deadlock.path[-1] == "result-drawn-up"


def test_a_service_that_the_act_does_not_know_is_found(licence: Copy) -> None:
    licence.in_model('"law.service" value="design-licence"', '"law.service" value="designing-licence"')
    report = next(one for one in audit(licence.root, str(licence.model)))
    assert ("service-unknown", "design-licence") in {(one.code, one.element) for one in report.findings}
