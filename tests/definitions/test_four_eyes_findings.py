"""What `law.notBy` names is there."""

import pytest

from tests.definitions.bpmn_models import codes, file, findings, flow

USER = '<userTask id="{0}" camunda:candidateGroups="clerk">{1}</userTask>'
CALL = '<callActivity id="call" calledElement="payment"/>'


def kept_from(steps: str) -> str:
    return (
        "<extensionElements><camunda:properties>"
        f'<camunda:property name="law.notBy" value="{steps}"/></camunda:properties></extensionElements>'
    )


def model(steps: str, first: str = USER.format("prepare", ""), other: str = "") -> bytes:
    name = first.split('id="')[1].split('"')[0]
    content = (
        f'<startEvent id="s"/>{first}{USER.format("sign", kept_from(steps))}<endEvent id="e"/>'
        f"{flow('s', name)}{flow(name, 'sign')}{flow('sign', 'e')}"
    )
    return file(f'<process id="p" isExecutable="true">{content}</process>{other}')


def test_steps_of_the_process_may_be_named() -> None:
    assert codes(model("prepare")) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("prepare; chekc", "four-eyes-unknown"),
        ("s", "four-eyes-unknown"),
        ("sign", "four-eyes-itself"),
        (" ; ", "four-eyes-nothing"),
    ],
)
def test_a_step_that_is_not_there_is_found(steps: str, found: str) -> None:
    assert codes(model(steps)) == [(found, "sign")]


def test_a_step_may_be_of_a_process_that_is_called() -> None:
    [found] = findings(model("elsewhere", CALL))
    assert (found.code, found.is_error) == ("four-eyes-elsewhere", False)


def test_only_people_can_be_kept_from_a_step() -> None:
    script = f'<task id="prepare">{kept_from("sign")}</task>'
    assert ("four-eyes-nothing", "prepare") in codes(model("prepare", script))
