"""A walk over everything inside a process: what the engine does not run is found here, whatever the element means."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.definitions import supported
from app.definitions.findings import Finding, Place, Word, finding
from app.definitions.xml import BPMN, CAMUNDA, Document, Element, attribute, local, namespace

MAX_SUBPROCESS_DEPTH = 20
_HOLDERS = {"definitions", "process", *supported.SCOPES}


@dataclass(slots=True)
class Reading:
    """What was found while reading one file.

    refused: ids of nodes that the engine does not run, so that no further rule applies to them.
    """

    document: Document
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def report(self, code: str, element: Element, **words: Word) -> None:
        """Add a finding where `element` begins, in the name of the flow element or process that it is or belongs to."""
        place = self.document.place(element)
        owner = self.document.place(_owner(element))
        self.findings.append(finding(code, replace(owner, line=place.line, column=place.column), **words))

    def report_refused(self, element: Element) -> None:
        name = local(element)
        self.report("element-not-supported", element, label=name, advice=supported.advice(name))


def _owner(element: Element) -> Element:
    holder = element.getparent()
    while holder is not None and local(holder) not in _HOLDERS:
        element, holder = holder, holder.getparent()
    return element


def survey(process: Element, reading: Reading) -> None:
    """Report every element, attribute and extension in `process` that is not supported."""
    _attributes(process, reading)
    for element in _walk(process, reading, 0):
        if namespace(element) == CAMUNDA:
            _extension(element, reading)
        else:
            _attributes(element, reading)


def _walk(element: Element, reading: Reading, depth: int) -> Iterator[Element]:
    """Supported BPMN elements and the Camunda elements right in an extensionElements, in document order."""
    for inner in element:
        if namespace(inner) == CAMUNDA and local(element) == "extensionElements":
            yield inner
        elif namespace(inner) == BPMN and _is_run(inner, reading):
            subprocess = local(inner) in supported.SCOPES
            if subprocess and depth == MAX_SUBPROCESS_DEPTH:
                _refuse(inner, reading)
                reading.report("subprocess-too-deep", inner, limit=MAX_SUBPROCESS_DEPTH)
                continue
            yield inner
            yield from _walk(inner, reading, depth + subprocess)


def _is_run(element: Element, reading: Reading) -> bool:
    """Whether to look into the element; if it is not supported, that is reported."""
    name = local(element)
    if name in supported.ELEMENTS_READ:
        return True
    if name in supported.ELEMENTS_DRAWN or supported.is_event_definition(name):
        return False
    if name in supported.DATA_ASSOCIATIONS and not any(local(inner) in supported.DATA_MOVES for inner in element):
        return False
    _refuse(element, reading)
    reading.report_refused(element)
    return False


def _refuse(element: Element, reading: Reading) -> None:
    if element_id := attribute(element, "id"):
        reading.refused.add(element_id)


def _attributes(element: Element, reading: Reading) -> None:
    owner = supported.GLOBAL_TASKS.get(local(element), local(element))
    for key, value in element.attrib.items():
        key = str(key)
        if key in supported.PLAIN_ATTRIBUTES and value != supported.PLAIN_ATTRIBUTES[key]:
            reading.report("attribute-not-supported", element, attribute=key, advice=supported.advice(key))
        if not key.startswith(f"{{{CAMUNDA}}}"):
            continue
        name = key.removeprefix(f"{{{CAMUNDA}}}")
        if owner in supported.ATTRIBUTES_READ.get(name, ()) or name in supported.ATTRIBUTES_HARMLESS:
            continue
        if name in supported.ATTRIBUTES_REFUSED:
            if value != "false":
                shown = f"camunda:{name}"
                reading.report("attribute-not-supported", element, attribute=shown, advice=supported.advice(name))
        else:
            reading.report("attribute-ignored", element, attribute=f"camunda:{name}")


def _extension(element: Element, reading: Reading) -> None:
    """Reported at the element that carries the extension, since an extension has no id."""
    name = local(element)
    holder = element.getparent()
    owner = None if holder is None else holder.getparent()
    if owner is None:
        return
    allowed = supported.EXTENSIONS_READ.get(name, set())
    if allowed is not None and local(owner) not in allowed:
        advice = supported.advice(name)
        reading.report("extension-not-supported", owner, extension=f"camunda:{name}", advice=advice)
