"""Hardened XML parsing: the one door through which a file from outside comes in.

A document type declaration is refused before anything is expanded, nothing is fetched, and size, depth, number of
elements, and number and length of attributes have limits.
"""

import re
from dataclasses import dataclass
from typing import cast

from lxml import etree

from app.definitions.findings import Finding, Place, finding

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
MODELER = "http://camunda.org/schema/modeler/1.0"

MAX_BYTES = 5_000_000
MAX_ELEMENTS = 50_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 200
MAX_ATTRIBUTE = 10_000

Element = etree._Element

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(<[^/!?])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """positions: line and column, from 1, where the start tag of each element begins."""

    root: Element
    positions: dict[Element, tuple[int, int]]

    def place(self, element: Element) -> Place:
        line, column = self.positions[element]
        return Place(attribute(element, "id"), attribute(element, "name"), local(element), line, column)


def parse(source: bytes) -> Document | Finding:
    """The document, or the one reason why it is refused."""
    if len(source) > MAX_BYTES:
        return finding("xml-too-large", Place(), limit=MAX_BYTES)
    # Without its zero bytes, markup reads the same in UTF-8, UTF-16 and UTF-32.
    plain = source.replace(b"\0", b"")
    if declared := _DECLARATION.search(plain):
        before = plain[: declared.start()]
        place = Place(line=before.count(b"\n") + 1, column=len(before) - before.rfind(b"\n"))
        return finding("xml-doctype", place)
    try:
        root = etree.fromstring(source, _parser())
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        place = Place(line=max(line, 1), column=max(column, 1))
        reason = (fault.msg or "").partition(", line ")[0].strip()
        if reason.startswith("Excessive depth"):
            return finding("xml-too-deep", place, limit=MAX_DEPTH)
        return finding("xml-malformed", place, reason=reason)
    tree = root.getroottree()
    # An encoding that hides the declaration from the scan above does not hide it from the parser.
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        return finding("xml-doctype", Place())
    return _within_limits(root) or Document(root, _positions(source, root))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        dtd_validation=False,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _within_limits(root: Element) -> Finding | None:
    count, depth = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count, depth = count + 1, depth + 1
        place = Place(element.get("id"), element.get("name"), local(element), _line(element))
        if count > MAX_ELEMENTS:
            return finding("xml-too-many-elements", place, limit=MAX_ELEMENTS)
        if depth > MAX_DEPTH:
            return finding("xml-too-deep", place, limit=MAX_DEPTH)
        if len(element.attrib) > MAX_ATTRIBUTES:
            return finding("xml-too-many-attributes", place, limit=MAX_ATTRIBUTES)
        for name, value in element.attrib.items():
            if len(value) > MAX_ATTRIBUTE:
                return finding("xml-attribute-too-long", place, attribute=str(name), limit=MAX_ATTRIBUTE)
    return None


def _line(element: Element) -> int:
    return cast("int | None", element.sourceline) or 1


def _positions(source: bytes, root: Element) -> dict[Element, tuple[int, int]]:
    """Found in the text, because libxml2 knows only the line where a start tag ends, and no column."""
    elements = list(root.iter())
    try:
        text = source.decode(root.getroottree().docinfo.encoding or "utf-8").lstrip("\ufeff")
    except (LookupError, UnicodeDecodeError):
        text = ""
    offsets = [found.start() for found in _TAG.finditer(text) if found.group(1)]
    if len(offsets) != len(elements):
        return {element: (_line(element), 1) for element in elements}
    positions, line, line_start, last = {}, 1, 0, 0
    for element, offset in zip(elements, offsets, strict=True):
        if breaks := text.count("\n", last, offset):
            line += breaks
            line_start = text.rfind("\n", last, offset) + 1
        last = offset
        positions[element] = (line, offset - line_start + 1)
    return positions


def local(element: Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def namespace(element: Element) -> str | None:
    return etree.QName(element).namespace


def attribute(element: Element, name: str) -> str | None:
    """A BPMN attribute without the spaces around it; None if absent or empty."""
    return (element.get(name) or "").strip() or None


def flag(element: Element, name: str, default: bool) -> bool:
    """A BPMN attribute of the type boolean (XML Schema); `default` if it is absent or neither true nor false."""
    value = attribute(element, name) or ""
    return {"true": True, "1": True, "false": False, "0": False}.get(value, default)


def camunda(element: Element, name: str) -> str | None:
    """An attribute of the Camunda namespace without the spaces around it; None if absent or empty."""
    return attribute(element, f"{{{CAMUNDA}}}{name}")


def children(element: Element, name: str) -> list[Element]:
    """The direct BPMN children of this name."""
    return element.findall(f"{{{BPMN}}}{name}")


def child(element: Element, name: str) -> Element | None:
    return element.find(f"{{{BPMN}}}{name}")


def extensions(element: Element, name: str) -> list[Element]:
    """The Camunda extension elements of this name that stand directly at `element`."""
    return element.findall(f"{{{BPMN}}}extensionElements/{{{CAMUNDA}}}{name}")


def text(element: Element | None) -> str | None:
    """The text without the spaces around it; None if there is no element or no text."""
    return None if element is None else (element.text or "").strip() or None
