"""The element templates for Camunda Modeler."""

import json
import subprocess
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from app.actions.models.naming import FOLDER, roles
from app.actions.trial.beside import files_beside
from app.actions.trial.templates import templates
from app.actions.trial.validation import validate_files

TEMPLATES = FOLDER / "templates"
FORM = FOLDER.parent / "forms" / "shared" / "registration.form"
WRITTEN = {"name": "Қадам", "camunda:formRef": "registration", "law.clause": "5.1", "noticeText": "Хабарлама"}
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
 id="d" targetNamespace="t"><process id="bare" name="Bare" isExecutable="true" camunda:historyTimeToLive="P10Y">
<startEvent id="start" name="Start"><outgoing>a</outgoing></startEvent><sequenceFlow id="a" sourceRef="start" targetRef="step"/>
{step}<sequenceFlow id="b" sourceRef="step" targetRef="end"/><endEvent id="end" name="End"><incoming>b</incoming></endEvent>
</process></definitions>"""


def test_the_files_are_those_that_are_made_of_the_roles_and_delegates() -> None:
    made = templates()
    assert {path.name: path.read_text() for path in TEMPLATES.iterdir()} == made
    (role,) = (one for one in properties(made["regulation-procedure.json"]) if named(one) == "camunda:candidateGroups")
    assert {one["value"] for one in role["choices"]} == roles().keys() - {"system", "designer"}


def test_the_files_fit_the_schema_of_the_modeler() -> None:
    command = ["node", "tests/models/element_templates.mjs", *map(str, sorted(TEMPLATES.glob("*.json")))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert set(map(str, json.loads(done.stdout).values())) == {"[]"}


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_step_that_a_template_was_applied_to_is_deployed_without_a_finding(name: str) -> None:
    form = {str(FORM): FORM.read_bytes()}
    for choice in range(2):
        model = MODEL.format(step=applied(json.loads(templates()[name]), choice))
        found = validate_files(
            {"bare.bpmn": model.encode(), **form}, files_beside([]), datetime(2026, 9, 7, tzinfo=UTC)
        )
        assert dict(found.findings) == {}


def properties(template: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(template)["properties"]
    return found


def named(one: dict[str, Any]) -> str:
    return str(one["binding"]["name"])


def applied(template: dict[str, Any], choice: int) -> str:
    """The element as the Modeler writes it. choice: which of each list, 0 the first, 1 the last; the rest is as WRITTEN."""
    attributes = [f'camunda:modelerTemplate="{template["id"]}" camunda:modelerTemplateVersion="{template["version"]}"']
    extensions, inputs = [], []
    for one in template["properties"]:
        chosen = one["choices"][-choice]["value"] if "choices" in one else None
        value = chosen or one.get("value") or WRITTEN.get(named(one), "")
        match one["binding"]["type"]:
            case "property":
                attributes.append(f"{named(one)}={quoteattr(value)}")
            case "camunda:property":
                extensions.append(f"<camunda:property name={quoteattr(named(one))} value={quoteattr(value)}/>")
            case "camunda:inputParameter":
                inputs.append(f"<camunda:inputParameter name={quoteattr(named(one))}>{value}</camunda:inputParameter>")
    inner = f"<camunda:properties>{''.join(extensions)}</camunda:properties>"
    inner += f"<camunda:inputOutput>{''.join(inputs)}</camunda:inputOutput>" if inputs else ""
    tag = template["elementType"]["value"].removeprefix("bpmn:")
    tag = tag[0].lower() + tag[1:]
    return (
        f'<{tag} id="step" {" ".join(attributes)}><extensionElements>{inner}</extensionElements>'
        f"<incoming>a</incoming><outgoing>b</outgoing></{tag}>"
    )
