"""The models, forms and acts of bpmn/ and forms/, held against each other without running anything."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from app import definitions, expressions, forms
from app.actions.delegates import DELEGATES
from app.actions.deployments import KNOWN_FUNCTIONS
from app.domain.model import Kind, Process

ROOT = Path(__file__).parents[2]
MODELS = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
FORMS = sorted((ROOT / "forms").glob("*/*.form"))
ROLES = yaml.safe_load((ROOT / "bpmn" / "roles.yaml").read_text())
LISTS = {"requestKind": "request_kinds", "workKinds": "work_kinds", "refusalGround": "refusal_grounds"}
"""Field of a form: the list of the act that its options are taken from."""
NO_GROUND = "none"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
EDGES = {"sequenceFlow", "messageFlow"}
SHAPES = {kind.value for kind in Kind} | {"participant", "lane"}
COMPARISON = re.compile(r"(\w+) == '([^']*)'")

of_models = pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
of_forms = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def fault(source: str) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ExpressionError as error:
        return definitions.ExpressionFault(str(error.message), error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    return definitions.ExpressionFault(unknown[0]) if unknown else None


def process_of(path: Path) -> Process:
    (process,) = definitions.read(path.name, path.read_bytes()).processes
    return process


def service_of(path: Path, process: Process) -> Mapping[str, Any]:
    act = yaml.safe_load((path.parent / "act.yaml").read_text())
    assert process.properties["law.act"] == act["act"]["id"] == path.parent.name
    (service,) = [one for one in act["services"] if one["key"] == process.properties["law.service"]]
    assert isinstance(service, dict)
    return service


def forms_of(path: Path) -> list[Path]:
    """The forms that are deployed with a model and bear its name."""
    return sorted((ROOT / "forms" / path.parent.name).glob(f"{path.stem}-*.form"))


def components(path: Path) -> Iterator[Mapping[str, Any]]:
    waiting = [json.loads(path.read_text())]
    while waiting:
        holder = waiting.pop()
        for component in holder.get("components", ()):
            waiting.append(component)
            yield component


def options(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Key and option values of each field of a model's forms that has options."""
    for form in forms_of(path):
        for component in components(form):
            if "values" in component:
                yield component["key"], [option["value"] for option in component["values"]]


def is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def untranslated(component: Mapping[str, Any]) -> Iterator[str]:
    given = component.get("properties", {})
    wanted = {name: component[name] for name in ("label", "text", "description") if name in component}
    wanted |= {f"value.{option['value']}": option["label"] for option in component.get("values", ())}
    for name, kk in wanted.items():
        if not is_text(kk):
            yield name
        for language in ("ru", "en"):
            if not is_text(given.get(f"{name}.{language}")):
                yield f"{name}.{language}"


def test_there_are_models_and_forms() -> None:
    assert MODELS
    assert FORMS


@of_forms
def test_a_form_compiles_under_the_name_of_its_file(path: Path) -> None:
    assert forms.compile(path.read_bytes()).id == path.stem


@of_forms
def test_every_visible_text_of_a_form_is_in_kazakh_russian_and_english(path: Path) -> None:
    shown = [component for component in components(path) if component["type"] not in ("spacer", "separator")]
    assert [one["id"] for one in shown if "label" not in one and "text" not in one] == []
    assert {one["id"]: missing for one in shown if (missing := list(untranslated(one)))} == {}


@of_models
def test_a_model_has_neither_errors_nor_warnings(path: Path) -> None:
    surroundings = definitions.Surroundings(
        roles=frozenset(ROLES),
        forms=frozenset(form.stem for form in forms_of(path)),
        delegates=frozenset(DELEGATES),
        processes=frozenset({path.stem}),
        check_expression=fault,
    )
    model = definitions.read(path.name, path.read_bytes())
    assert [process.id for process in model.processes] == [path.stem]
    assert definitions.check(model, surroundings) == []


@of_models
def test_a_user_task_is_a_step_of_the_act_done_by_the_role_of_its_lane(path: Path) -> None:
    process = process_of(path)
    of_act = {(step["clause"], step["role"]) for step in service_of(path, process)["steps"]}
    tasks = [node for node in process.nodes.values() if node.user_task]
    assert tasks
    for node in tasks:
        assert node.user_task is not None
        role = node.user_task.candidate_groups
        assert (node.properties.get("law.clause"), role) in of_act, node.id
        assert role is not None
        assert node.lane == ROLES[role]["kk"], node.id


@of_models
def test_a_person_s_task_has_a_deadline_and_says_where_in_the_act_it_comes_from(path: Path) -> None:
    process = process_of(path)
    limited = {(step["clause"], step["role"]) for step in service_of(path, process)["steps"] if "limit" in step}
    for node in process.nodes.values():
        if node.user_task:
            assert node.user_task.due_date, node.id
            own = (node.properties["law.clause"], node.user_task.candidate_groups) in limited
            assert own != ("law.limitClause" in node.properties), node.id


@of_models
def test_every_name_of_a_step_is_in_russian_and_english_too(path: Path) -> None:
    process = process_of(path)
    of_act = {step["kk"] for step in service_of(path, process)["steps"] if step["ru"] and step["en"]}
    unknown = [node for node in process.nodes.values() if node.name and node.name not in of_act]
    languages = ("name.ru", "name.en")
    assert [node.id for node in unknown if not all(node.properties.get(name) for name in languages)] == []


@of_models
def test_the_results_of_the_act_are_the_ends_of_the_model(path: Path) -> None:
    process = process_of(path)
    ends = [node.properties.get("law.result") for node in process.nodes.values() if node.kind is Kind.END_EVENT]
    results = list(service_of(path, process)["results"])
    assert sorted(map(str, ends)) == sorted(results)
    assert [set(values) for key, values in options(path) if key == "resultKind"] == [set(results)]


@of_models
def test_the_choices_of_the_forms_are_those_of_the_act(path: Path) -> None:
    service = service_of(path, process_of(path))
    compared = 0
    for key, values in options(path):
        if key in LISTS:
            of_act = [one["key"] for one in service[LISTS[key]]]
            assert [value for value in values if value != NO_GROUND] == of_act, key
            compared += 1
    assert compared


@of_models
def test_every_value_that_an_expression_compares_with_is_an_option_of_a_form(path: Path) -> None:
    choices: dict[str, set[str]] = {}
    for key, values in options(path):
        choices.setdefault(key, set()).update(values)
    compared = set(COMPARISON.findall(path.read_text()))
    assert compared
    assert [pair for pair in compared if pair[1] not in choices.get(pair[0], ())] == []


def test_every_form_is_referred_to_and_every_form_referred_to_exists() -> None:
    wanted = set()
    for path in MODELS:
        process = process_of(path)
        references = [node.user_task.form_ref for node in process.nodes.values() if node.user_task]
        wanted |= {(path.parent.name, form) for form in (*references, process.form_ref)}
    assert wanted == {(path.parent.name, path.stem) for path in FORMS}


@of_models
def test_every_element_is_drawn_once(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    named = [element for element in root.iter() if element.tag.startswith(BPMN)]
    for kinds, drawing in ((SHAPES, "BPMNShape"), (EDGES, "BPMNEdge")):
        elements = [element.get("id") for element in named if element.tag.removeprefix(BPMN) in kinds]
        drawn = [shape.get("bpmnElement") for shape in root.iter(f"{BPMNDI}{drawing}")]
        assert sorted(map(str, drawn)) == sorted(map(str, elements))
