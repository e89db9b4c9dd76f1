"""What all readers of a DMN file need: its namespaces, its elements, and a place for what is found in it."""

import re
from dataclasses import dataclass, field, replace

from app.definitions.decisions.findings import finding
from app.definitions.findings import Finding, Place, Word
from app.definitions.xml import Document, Element, attribute, local, namespace, text
from app.domain.models.decision import MAX_NAMES, Variable
from app.domain.models.decision_table import FEEL, JUEL, Text

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
"""DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""
_CAMUNDA = "http://camunda.org/schema/1.0/dmn"

MAX_TEXT = 10_000
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(slots=True)
class Reading:
    """What was found while reading one file. language: of the expressions that name none."""

    document: Document
    language: str = FEEL
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def report(self, code: str, element: Element, **words: Word) -> None:
        self.findings.append(finding(code, self.place(element), **words))

    def report_once(self, code: str, element: Element, **words: Word) -> None:
        """Report what would be found again in all that follows."""
        if all(one.code != code for one in self.findings):
            self.report(code, element, **words)

    def place(self, element: Element) -> Place:
        """Where the element begins, in the name of the nearest element around it that has an id."""
        own = self.document.place(element)
        holder: Element | None = element
        while holder is not None and attribute(holder, "id") is None:
            holder = holder.getparent()
        if holder is None or holder is element:
            return own
        return replace(self.document.place(holder), line=own.line, column=own.column)


def kids(element: Element, name: str) -> list[Element]:
    """The direct DMN children of this name."""
    return element.findall(f"{{{namespace(element)}}}{name}")


def kid(element: Element | None, name: str) -> Element | None:
    return None if element is None else element.find(f"{{{namespace(element)}}}{name}")


def name_of(element: Element | None, attribute_name: str = "name") -> str | None:
    """A name with single spaces between its words; None if absent or empty."""
    given = None if element is None else attribute(element, attribute_name)
    return " ".join(given.split()) if given else None


def camunda(element: Element, name: str) -> str | None:
    """An attribute of Camunda's namespace for decisions; None if absent or empty."""
    return attribute(element, f"{{{_CAMUNDA}}}{name}")


def is_plain(name: str) -> bool:
    """Whether the name is one word of letters, digits and underscores, so that FEEL needs no help to find its end."""
    return _PLAIN_NAME.fullmatch(name) is not None


def type_ref(element: Element | None) -> str | None:
    """A type's name without the prefix of FEEL's own types (DMN 1.1 writes `feel:string`)."""
    given = None if element is None else attribute(element, "typeRef")
    return plain_type(given)


def plain_type(given: str | None) -> str | None:
    return given.removeprefix("feel:").strip() or None if given else None


def variable(element: Element | None) -> Variable:
    return Variable(name_of(element) or "", type_ref(element))


def written(
    element: Element | None,
    reading: Reading,
    names: frozenset[str],
    language: str | None = None,
    *,
    is_test: bool = False,
    input_name: str | None = None,
) -> Text | None:
    """The text of a literal expression or of unary tests; None where nothing is written."""
    source = text(kid(element, "text"))
    if element is None or source is None:
        return None
    if len(names) > MAX_NAMES:
        reading.report_once("too-many-names", element, limit=MAX_NAMES)
        return None
    if len(source) > MAX_TEXT:
        reading.report("text-too-long", element, limit=MAX_TEXT)
        return None
    place = reading.place(element)
    given = attribute(element, "expressionLanguage")
    return Text(
        source=source,
        names=names,
        language=_language(given) if given else language or reading.language,
        is_test=is_test,
        input_name=input_name,
        element_id=place.element_id,
        line=place.line,
        column=place.column,
    )


def language_of(root: Element) -> str:
    given = attribute(root, "expressionLanguage")
    return _language(given) if given else FEEL


def _language(given: str) -> str:
    """FEEL for its namespaces in any edition, JUEL for itself, else what is given."""
    lowered = given.lower()
    if "feel" in lowered.rstrip("/").rsplit("/", 1)[-1]:
        return FEEL
    return JUEL if lowered == "juel" else given


def element_children(element: Element) -> list[Element]:
    return [inner for inner in element if namespace(inner) == namespace(element)]


def is_named(element: Element, *names: str) -> bool:
    return local(element) in names
