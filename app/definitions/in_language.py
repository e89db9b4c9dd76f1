"""A diagram as people of one language read it: the names of its elements in that language."""

from collections.abc import Mapping

from lxml import etree

from app.definitions.findings import Finding
from app.definitions.read import properties
from app.definitions.xml import attribute, parse


def in_language(source: bytes, lang: str, names: Mapping[str, str]) -> str:
    """The file with the names in one language. lang: kk, ru or en; names: those known otherwise, by the id of the element.

    An element has its other names in the extension properties `name.ru` and `name.en`; one without keeps its name. What is
    no BPMN is given as it is.
    """
    document = parse(source)
    if isinstance(document, Finding):
        return source.decode("utf-8-sig", errors="replace")
    for element in document.root.iter(etree.Element):
        if element.get("name") is None:
            continue
        name = names.get(attribute(element, "id") or "") or properties(element).get(f"name.{lang}")
        if name:
            element.set("name", name)
    written: bytes = etree.tostring(document.root, encoding="utf-8")
    return written.decode()


def translations(source: bytes) -> dict[str, tuple[str, str, str]]:
    """What the elements of a file are called in kk, ru and en, by their ids; those without other names as they are."""
    document = parse(source)
    if isinstance(document, Finding):
        return {}
    found = {}
    for element in document.root.iter(etree.Element):
        element_id, name = attribute(element, "id"), element.get("name")
        if element_id and name:
            others = properties(element)
            found[element_id] = (str(name), others.get("name.ru") or str(name), others.get("name.en") or str(name))
    return found
