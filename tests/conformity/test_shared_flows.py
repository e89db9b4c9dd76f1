"""Each process and condition of the shared flows has its element, and each element its process or condition."""

from pathlib import Path

import pytest

from app.conformity import Report, audit
from tests.conformity.changed import LICENCE, Copy, found


class Flow(Copy):
    """A copy in which a called process of the shared folder is changed."""

    def __init__(self, home: Path, flow: str) -> None:
        super().__init__(home, *LICENCE)
        self.model = self.root / "shared" / f"{flow}.bpmn"
        self.data = self.root / "shared" / "flows.yaml"

    def report(self) -> Report:
        (report,) = audit(self.root, str(self.model))
        return report


@pytest.fixture
def portal(tmp_path: Path) -> Flow:
    return Flow(tmp_path, "portal-application")


@pytest.mark.parametrize(
    ("flow", "number", "element"),
    [
        ("portal-application", "condition 1", "authorisation-confirmed"),
        ("portal-application", "process 2", "refuse-authorisation"),
        ("portal-application", "process 7", "register-application"),
        ("provider-entry", "condition 2", "applicant-found"),
        ("provider-entry", "process 4", "report-no-data"),
    ],
)
def test_a_number_without_an_element_is_found_and_an_element_without_a_number_of_the_flow(
    tmp_path: Path, flow: str, number: str, element: str
) -> None:
    copy = Flow(tmp_path, flow)
    copy.in_model(f'value="{number}"', 'value="process 77"', inside=element)
    findings = copy.found()
    assert findings >= {("flow-uncovered", flow), ("clause-unknown", element)}
    assert {code for code, _ in findings} <= {"flow-uncovered", "clause-unknown", "flow-otherwise"}


@pytest.mark.parametrize(
    ("flow", "element"),
    [("result-delivery", "deliver-at-corporation"), ("state-corporation-intake", "check-documents")],
)
def test_a_step_that_names_its_elements_misses_one_that_is_not_there(tmp_path: Path, flow: str, element: str) -> None:
    copy = Flow(tmp_path, flow)
    copy.model.write_text(
        copy.model.read_text().replace(f'"{element}"', '"renamed"').replace(f">{element}<", ">renamed<")
    )
    assert copy.found() == {("flow-uncovered", element), ("task-without-clause", "renamed")}


def test_what_is_done_elsewhere_has_no_element(portal: Flow) -> None:
    portal.in_model('value="process 7"', 'value="process 7, process 9"', inside="register-application")
    assert portal.found() == {("clause-unknown", "register-application")}


def test_a_condition_that_fails_leads_to_its_refusal(portal: Flow) -> None:
    text = portal.model.read_text()
    refused, confirmed = "refuse-authorisation", "signature-confirmed"
    flows = {f'sourceRef="authorisation-confirmed" targetRef="{one}"' for one in (refused, confirmed)}
    assert all(flow in text for flow in flows)
    portal.in_model(
        f'sourceRef="authorisation-confirmed" targetRef="{refused}"',
        f'sourceRef="authorisation-confirmed" targetRef="{confirmed}"',
    )
    assert ("flow-otherwise", "authorisation-confirmed") in portal.found()


def test_a_refusal_behind_which_an_application_is_registered_is_none(portal: Flow) -> None:
    portal.in_model(
        'sourceRef="refuse-signature" targetRef="signature-refused"',
        'sourceRef="refuse-signature" targetRef="register-application"',
    )
    assert ("flow-otherwise", "signature-confirmed") in portal.found()


def test_who_acts_in_a_flow_is_who_it_says(tmp_path: Path) -> None:
    copy = Flow(tmp_path, "result-delivery")
    copy.in_model('camunda:candidateGroups="corporation_operator"', 'camunda:candidateGroups="clerk"', None)
    assert ("role-other", "note-visit") in copy.found()


def test_the_limit_of_a_flow_is_compared(tmp_path: Path) -> None:
    copy = Flow(tmp_path, "result-delivery")
    copy.in_model("${minutes(15)}", "${minutes(20)}")
    assert copy.found() == {("limit-other", "deliver-at-corporation")}


def test_an_application_is_registered_where_the_flow_says_so(portal: Flow) -> None:
    portal.in_model("${registerApplication}", "${issueDocument}")
    assert portal.found() == {("flow-unregistered", "portal-application")}


def test_a_channel_leads_to_its_own_step(tmp_path: Path) -> None:
    copy = Flow(tmp_path, "result-delivery")
    copy.in_model("deliveryChannel == 'post'", "deliveryChannel == 'mail'")
    assert copy.found() == {("flow-channel", "deliver-by-post")}


def test_a_flow_without_a_model_and_a_model_without_a_flow_are_found(portal: Flow) -> None:
    portal.change(portal.data, "- key: portal-application", "- key: portal-request")
    assert portal.found() == {("flow-unknown", "portal-application")}
    assert {place for one in audit(portal.root, "shared") for place in found(one)} == {
        ("flow-unknown", "portal-application"),
        ("model-missing", "portal-request"),
    }


def test_a_flow_is_checked_by_its_key(portal: Flow) -> None:
    (report,) = audit(portal.root, "portal-application")
    assert report.path == portal.model
    assert [check.value for check in report.checks] == ["coverage", "role", "time", "soundness"]
