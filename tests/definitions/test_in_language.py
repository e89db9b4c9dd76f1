"""Diagrams with the names of one language."""

import re
from pathlib import Path

import pytest
from lxml import etree

from app.actions.models.naming import step_name
from app.definitions import in_language, read
from tests.definitions.bpmn_models import process

MODELS = sorted((Path(__file__).parents[2] / "bpmn").glob("*/*.bpmn"))
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
NAMED = (
    '<startEvent id="s" name="Басы"><extensionElements><camunda:properties>'
    '<camunda:property name="name.ru" value="Начало"/></camunda:properties></extensionElements></startEvent>'
    '<endEvent id="e" name="Соңы"/>'
)


def names(source: str) -> dict[str, str]:
    found = etree.fromstring(source.encode()).xpath("//*[@id][@name][local-name() != 'process']")
    return {one.get("id"): one.get("name") for one in found}


def test_an_element_has_the_name_that_is_known_else_the_one_it_brings_else_its_own() -> None:
    source = process(NAMED)
    assert names(in_language(source, "ru", {})) == {"s": "Начало", "e": "Соңы"}
    assert names(in_language(source, "en", {"e": "End"})) == {"s": "Басы", "e": "End"}
    assert names(in_language(source, "kk", {})) == {"s": "Басы", "e": "Соңы"}


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_the_diagrams_of_the_services_have_a_name_in_each_language(path: Path) -> None:
    source = path.read_bytes()
    nodes = [node for one in read(path.name, source).processes for node in one.nodes.values() if node.name]
    for lang in ("ru", "en"):
        shown = names(in_language(source, lang, {node.id: step_name(node).get(lang) for node in nodes}))
        assert shown
        assert {key: name for key, name in shown.items() if KAZAKH.search(name)} == {}


@pytest.mark.parametrize("source", [b"", b"no XML", b"<!DOCTYPE x><x/>"])
def test_what_is_no_bpmn_stays_as_it_is(source: bytes) -> None:
    assert in_language(source, "ru", {}) == source.decode()
