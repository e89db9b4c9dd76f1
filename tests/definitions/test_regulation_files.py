"""The models, forms and acts of bpmn/ and forms/, held against each other without running anything."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from app import definitions, expressions, forms
from app.actions.models.surroundings import KNOWN_FUNCTIONS
from app.actions.running.delegates import DELEGATES
from app.conformity import Report, audit
from app.conformity.findings import Severity
from app.definitions import decisions
from app.definitions.decisions.check import check as check_decisions
from app.domain.models.decision_table import Text
from app.domain.models.model import Kind, Process
from app.expressions import dmn

ROOT = Path(__file__).parents[2]
SHARED = "shared"
MODELS = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
TABLES = sorted((ROOT / "bpmn").glob("*/*.dmn"))
FORMS = sorted((ROOT / "forms").glob("*/*.form"))
ACTS = {path.parent.name: yaml.safe_load(path.read_text()) for path in sorted((ROOT / "bpmn").glob("*/act.yaml"))}
ROLES = yaml.safe_load((ROOT / "bpmn" / "roles.yaml").read_text())
LISTS = {"requestKind": "request_kinds", "workKinds": "work_kinds", "refusalGround": "refusal_grounds"}
"""Field of a form: the list of the act that its options are taken from."""
NO_GROUND = "none"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
EDGES = {"sequenceFlow", "messageFlow"}
SHAPES = {kind.value for kind in Kind} | {"participant", "lane"}

of_models = pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
of_forms = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def fault(source: str) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ExpressionError as error:
        return definitions.ExpressionFault(str(error.message), error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    return definitions.ExpressionFault(unknown[0]) if unknown else None


def feel_fault(source: str | Text) -> definitions.ExpressionFault | None:
    found = dmn.fault(source if isinstance(source, Text) else Text(source))
    return None if found is None else definitions.ExpressionFault(*found)


@cache
def model_of(path: Path) -> definitions.Model:
    return definitions.read(path.name, path.read_bytes())


def process_of(path: Path) -> Process:
    (process,) = model_of(path).processes
    return process


def beside(paths: list[Path], path: Path) -> list[Path]:
    """Those that are deployed with a model or before it: of its folder and of the shared one."""
    return [one for one in paths if one.parent.name in (path.parent.name, SHARED)]


@cache
def form_of(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(path.read_text())
    return found


def components(path: Path) -> Iterator[Mapping[str, Any]]:
    waiting = [form_of(path)]
    while waiting:
        for component in waiting.pop().get("components", ()):
            waiting.append(component)
            yield component


def references(process: Process) -> set[str]:
    """The forms that a process shows."""
    named = {node.user_task.form_ref for node in process.nodes.values() if node.user_task} | {process.form_ref}
    return {form for form in named if form}


def forms_of(path: Path) -> Iterator[Path]:
    """The forms that a model and those that it calls show: of its own folder, else the shared one."""
    called = {other.stem: other for other in beside(MODELS, path)}
    wanted, waiting, seen = set(), [path], set()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            process = process_of(model)
            wanted |= references(process)
            waiting += [called[node.call.called_element] for node in process.nodes.values() if node.call]
    return (form for form in beside(FORMS, path) if form.stem in wanted)


def options(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Key and option values of each field of a model's forms that has options."""
    for form in forms_of(path):
        for component in components(form):
            if "values" in component:
                yield component["key"], [option["value"] for option in component["values"]]


def is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def untranslated(component: Mapping[str, Any]) -> Iterator[str]:
    given, rules = component.get("properties", {}), component.get("validate", {})
    wanted = {name: component[name] for name in ("label", "text", "description") if name in component}
    wanted |= {name: component[name] for name in ("dateLabel", "timeLabel") if name in component}
    wanted |= {f"value.{option['value']}": option["label"] for option in component.get("values", ())}
    wanted |= {name: rules[name] for name in ("patternErrorMessage",) if name in rules}
    for name, kk in wanted.items():
        if not is_text(kk):
            yield name
        for language in ("ru", "en"):
            if not is_text(given.get(f"{name}.{language}")):
                yield f"{name}.{language}"


def service_of(path: Path) -> Mapping[str, Any] | None:
    """The service of its act that a model is of; None for a called process."""
    properties = process_of(path).properties
    if "law.service" not in properties:
        return None
    act = ACTS[path.parent.name]
    assert properties["law.act"] == act["act"]["id"] == path.parent.name
    (service,) = [one for one in act["services"] if one["key"] == properties["law.service"] == path.stem]
    assert isinstance(service, dict)
    return service


@pytest.fixture(scope="session")
def reports() -> Mapping[Path, Report]:
    """What the conformity check says of each model."""
    found = {report.path: report for report in audit(ROOT / "bpmn", None) if report.path is not None}
    assert set(found) == set(MODELS)
    return found


def test_every_service_of_every_act_is_modelled() -> None:
    services = {(act, service["key"]) for act, content in ACTS.items() for service in content["services"]}
    assert services == {(path.parent.name, path.stem) for path in MODELS if service_of(path)}
    assert len(services) == 19


@of_forms
def test_a_form_compiles_under_the_name_of_its_file(path: Path) -> None:
    assert forms.compile(path.read_bytes()).id == path.stem


@of_forms
def test_every_visible_text_of_a_form_is_in_kazakh_russian_and_english(path: Path) -> None:
    shown = [component for component in components(path) if component["type"] not in ("spacer", "separator")]
    named = ("label", "text", "dateLabel")
    assert [one["id"] for one in shown if not any(name in one for name in named)] == []
    assert {one["id"]: missing for one in shown if (missing := list(untranslated(one)))} == {}


def test_every_form_is_referred_to_and_every_form_referred_to_exists() -> None:
    shown = {form for path in MODELS for form in forms_of(path)}
    assert shown == set(FORMS)
    for path in MODELS:
        assert references(process_of(path)) <= {form.stem for form in beside(FORMS, path)}, path.stem


def test_no_form_of_an_act_bears_the_name_of_a_shared_one() -> None:
    assert len({path.stem for path in FORMS}) == len(FORMS)


@of_models
def test_a_model_has_neither_errors_nor_warnings(path: Path) -> None:
    tables = [decisions.read(one.name, one.read_bytes()) for one in beside(TABLES, path)]
    surroundings = definitions.Surroundings(
        roles=frozenset(ROLES),
        forms=frozenset(form.stem for form in beside(FORMS, path)),
        delegates=frozenset(DELEGATES),
        processes=frozenset(model.stem for model in beside(MODELS, path)),
        check_expression=fault,
        decisions=frozenset(key for table in tables for key in table.model.decisions),
        check_feel=feel_fault,
    )
    assert [process.id for process in model_of(path).processes] == [path.stem]
    assert definitions.check(model_of(path), surroundings) == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_decision_table_has_neither_errors_nor_warnings(path: Path) -> None:
    assert check_decisions(decisions.read(path.name, path.read_bytes()), feel_fault) == []


@of_models
def test_a_model_does_what_its_act_says(reports: Mapping[Path, Report], path: Path) -> None:
    findings = [one for one in reports[path].findings if one.severity is Severity.FINDING]
    assert [one.message["en"] for one in findings] == []


@of_models
def test_every_name_is_in_russian_and_english_too(path: Path) -> None:
    """The steps have them in the act, by their Kazakh names; everything else in its own properties."""
    steps = [step for service in ACTS.get(path.parent.name, {"services": ()})["services"] for step in service["steps"]]
    of_act = {step["kk"] for step in steps if is_text(step["ru"]) and is_text(step["en"])}
    process = process_of(path)
    unknown = [node for node in process.nodes.values() if node.name and node.name not in of_act]
    languages = ("name.ru", "name.en")
    assert [node.id for node in unknown if not all(is_text(node.properties.get(name)) for name in languages)] == []
    service = service_of(path)
    titled = (
        service["title"] if service else {name.removeprefix("name."): process.properties[name] for name in languages}
    )
    assert is_text(process.name)
    assert is_text(titled["ru"])
    assert is_text(titled["en"])


@of_models
def test_the_choices_of_the_forms_are_those_of_the_act(path: Path) -> None:
    service = service_of(path) or {}
    for key, values in options(path):
        if key in LISTS and LISTS[key] in service:
            of_act = service[LISTS[key]]
            assert [value for value in values if value != NO_GROUND] == [one["key"] for one in of_act], key


@of_models
def test_every_element_is_drawn_once(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    named = [element for element in root.iter() if element.tag.startswith(BPMN)]
    for kinds, drawing in ((SHAPES, "BPMNShape"), (EDGES, "BPMNEdge")):
        elements = [element.get("id") for element in named if element.tag.removeprefix(BPMN) in kinds]
        drawn = [shape.get("bpmnElement") for shape in root.iter(f"{BPMNDI}{drawing}")]
        assert sorted(map(str, drawn)) == sorted(map(str, elements))
