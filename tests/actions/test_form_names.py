"""What is said of names in forms that a process never gives a value."""

import json

import pytest

from app import definitions, forms
from app.actions.forms.form_language import FEEL
from app.actions.forms.form_names import strange_names
from app.domain.models.model import Process

APPLY = '<startEvent id="start" camunda:formRef="apply" camunda:formRefBinding="latest"/>'
SCRIPT = '<scriptTask id="set" scriptFormat="juel" camunda:resultVariable="rate"><script>${area}</script></scriptTask>'


def process(work: str, start: str = APPLY) -> Process:
    model = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><message id="paid" name="paid"/>
      <process id="p" isExecutable="true">{start}<sequenceFlow id="f1" sourceRef="start" targetRef="set"/>{work}
      <sequenceFlow id="f2" sourceRef="set" targetRef="ask"/>
      <userTask id="ask" camunda:formRef="decide" camunda:formRefBinding="latest"/>
      <sequenceFlow id="f3" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""
    return definitions.read("p.bpmn", model.encode()).processes[0]


def form(form_id: str, *components: dict[str, object]) -> forms.Form:
    return forms.compile(json.dumps({"type": "default", "id": form_id, "components": components}), FEEL)


FORMS = {
    "apply": form("apply", {"type": "number", "key": "area"}),
    "decide": form(
        "decide",
        {"type": "number", "key": "own"},
        {"type": "textfield", "key": "why", "conditional": {"hide": "=own + area + rate + elsewhere > 1"}},
    ),
}


def test_a_name_that_no_form_or_step_of_the_process_writes_is_warned_of() -> None:
    (found,) = strange_names(process(SCRIPT), FORMS, {})["decide"]
    assert (found.key, found.severity) == ("why", "warning")
    assert found.message["en"].endswith(": elsewhere.")


def test_a_field_of_a_form_that_the_process_does_not_use_is_an_error() -> None:
    other = {"survey": form("survey", {"type": "number", "key": "elsewhere"}, {"type": "number", "key": "rate"})}
    (found,) = strange_names(process(SCRIPT), FORMS | other, {})["decide"]
    assert (found.key, found.severity) == ("why", "error")
    assert found.message["en"].endswith(": elsewhere (survey).")


def test_a_form_that_only_shows_a_field_does_not_write_it() -> None:
    shown = form("apply", {"type": "number", "key": "area"}, {"type": "number", "key": "elsewhere", "disabled": True})
    (found,) = strange_names(process(SCRIPT), FORMS | {"apply": shown}, {})["decide"]
    assert found.message["en"].endswith(": elsewhere (apply).")


def test_a_variable_that_options_come_from_is_a_name_too() -> None:
    choice = form("decide", {"type": "select", "key": "own", "valuesKey": "regions"})
    (found,) = strange_names(process(SCRIPT), FORMS | {"decide": choice}, {})["decide"]
    assert (found.key, found.severity) == ("own", "warning")


def test_what_delegates_are_known_to_write_is_not_strange() -> None:
    work = '<serviceTask id="set" camunda:delegateExpression="${look}"/>'
    assert strange_names(process(work), FORMS, {"look": ("elsewhere", "rate")}) == {}
    (found,) = strange_names(process(work), FORMS, {"look": ("rate",)})["decide"]
    assert found.key == "why"


@pytest.mark.parametrize(
    ("start", "work"),
    [
        ('<startEvent id="start"/>', SCRIPT),
        (APPLY, '<serviceTask id="set" camunda:delegateExpression="${look}"/>'),
        (APPLY, '<serviceTask id="set" camunda:type="external" camunda:topic="t"/>'),
        (APPLY, '<receiveTask id="set" messageRef="paid"/>'),
    ],
)
def test_nothing_is_said_of_a_process_that_takes_in_what_is_not_known(start: str, work: str) -> None:
    assert strange_names(process(work, start), FORMS, {}) == {}


def test_nothing_is_said_where_a_form_is_not_at_hand() -> None:
    assert strange_names(process(SCRIPT), {"decide": FORMS["decide"]}, {}) == {}
