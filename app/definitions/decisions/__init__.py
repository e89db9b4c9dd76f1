"""From a DMN file (1.1 to 1.5, with Camunda 7's extensions) to a decision model as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.definitions.decisions.boxed import expression_of, function_of
from app.definitions.decisions.findings import finding
from app.definitions.decisions.xml import (
    NAMESPACES,
    Reading,
    camunda,
    element_children,
    is_named,
    is_plain,
    kid,
    kids,
    language_of,
    name_of,
    plain_type,
    type_ref,
    written,
)
from app.definitions.findings import Finding, Place
from app.definitions.xml import Element, attribute, flag, local, namespace, parse, text
from app.domain.models.decision import (
    MAX_ELEMENTS,
    MAX_NAMES,
    Decision,
    DecisionModel,
    InputData,
    ItemType,
    Knowledge,
    Service,
    Variable,
)

GRAPH = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
_MEMBERS = ("itemComponent", "output", "column")
MAX_ID = 255


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """One file. model: complete only if no finding is an error; places: where its elements begin, by id."""

    resource: str
    model: DecisionModel
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def read(name: str, source: bytes) -> DecisionFile:
    """Read a file. Never raises for bad content: what is wrong comes as findings, in document order."""
    empty = DecisionModel("", "")
    document = parse(source)
    if isinstance(document, Finding):
        return DecisionFile(name, empty, (document,))
    root = document.root
    if namespace(root) not in NAMESPACES or local(root) != "definitions":
        return DecisionFile(name, empty, (finding("not-dmn", document.place(root)),))
    reading = Reading(document, language_of(root))
    found = [element for element in element_children(root) if is_named(element, "itemDefinition", *GRAPH)]
    if len(found) > MAX_ELEMENTS:
        reading.report("decision-model-too-large", root, limit=MAX_ELEMENTS)
        return DecisionFile(name, empty, tuple(reading.findings))
    if not kids(root, "decision"):
        reading.report("no-decision", root)
    for element in kids(root, "import"):
        origin = name_of(element) or attribute(element, "locationURI") or attribute(element, "namespace") or "?"
        reading.report("import-not-supported", element, name=origin)
    _ids(root, reading)
    _names(found, reading)
    model = _Reader(root, reading).model()
    findings = sorted(reading.findings, key=lambda one: (one.line, one.column))
    return DecisionFile(name, model, tuple(findings), reading.places)


def _ids(root: Element, reading: Reading) -> None:
    """Ids are unique in the whole file; an element of the graph without one is known by its name."""
    for element in root.iter(f"{{{namespace(root)}}}*"):
        element_id = attribute(element, "id")
        if element_id is None:
            if is_named(element, *GRAPH) and element.getparent() is root:
                reading.report("decision-id-missing", element, name=name_of(element) or "")
            continue
        if element_id in reading.places:
            reading.report("decision-id-duplicate", element, id=element_id)
        if len(element_id) > MAX_ID:
            reading.report("decision-id-too-long", element, limit=MAX_ID)
        reading.places.setdefault(element_id, reading.document.place(element))


def _names(elements: list[Element], reading: Reading) -> None:
    """The names of the graph's elements, by which expressions know them, and those of the types are each unique
    (DMN 1.5, 6.3.2).
    """
    seen: set[tuple[bool, str]] = set()
    for element in elements:
        name = name_of(kid(element, "variable")) or name_of(element)
        key = (is_named(element, "itemDefinition"), name or "")
        if name_of(element) is None or name is None:
            reading.report("decision-name-missing", element)
        elif key in seen:
            reading.report("decision-name-duplicate", element, name=name)
        seen.add(key)


class _Reader:
    """Reads the elements of one file, knowing the names of all of them."""

    def __init__(self, root: Element, reading: Reading) -> None:
        self.root, self.reading = root, reading
        self.namespace = attribute(root, "namespace") or ""
        self.graph = {
            element_id: element
            for element in element_children(root)
            if is_named(element, *GRAPH) and (element_id := attribute(element, "id") or name_of(element))
        }
        self.members = frozenset(name for name in _member_names(root) if name and not is_plain(name))
        if len(self.members) > MAX_NAMES:
            reading.report_once("too-many-names", root, limit=MAX_NAMES)
            self.members = frozenset()

    def model(self) -> DecisionModel:
        root = self.root
        return DecisionModel(
            id=attribute(root, "id") or "",
            name=name_of(root) or "",
            namespace=self.namespace,
            inputs={one: InputData(one, *self._named(element)) for one, element in self._all("inputData")},
            decisions={one: self._decision(one, element) for one, element in self._all("decision")},
            knowledge={one: self._knowledge(one, element) for one, element in self._all("businessKnowledgeModel")},
            services={one: self._service(one, element) for one, element in self._all("decisionService")},
            types={one.name: one for element in kids(root, "itemDefinition") for one in [self._type(element)]},
        )

    def _all(self, tag: str) -> Iterator[tuple[str, Element]]:
        return ((one, element) for one, element in self.graph.items() if is_named(element, tag))

    def _named(self, element: Element) -> tuple[str, Variable]:
        """The element's name, and the variable that carries its value."""
        inner = kid(element, "variable")
        name = name_of(element) or ""
        return name, Variable(name_of(inner) or name, type_ref(inner))

    def _decision(self, element_id: str, element: Element) -> Decision:
        name, variable = self._named(element)
        inputs = self._required(element, "informationRequirement", "requiredInput", "inputData")
        decisions = self._required(element, "informationRequirement", "requiredDecision", "decision")
        knowledge = self._knowledge_of(element)
        logic = expression_of(element, self.reading, self._reach(*inputs, *decisions, *knowledge))
        if logic is None:
            self.reading.report("decision-without-logic", element)
        return Decision(
            element_id,
            name,
            variable,
            logic,
            inputs,
            decisions,
            knowledge,
            _result_names(element),
            camunda(element, "versionTag"),
        )

    def _knowledge(self, element_id: str, element: Element) -> Knowledge:
        name, variable = self._named(element)
        knowledge = self._knowledge_of(element)
        logic = kid(element, "encapsulatedLogic")
        reach = self._reach(*knowledge, element_id)
        function = None if logic is None else function_of(logic, self.reading, reach)
        if function is None:
            self.reading.report("decision-without-logic", element)
        return Knowledge(element_id, name, variable, function, knowledge)

    def _service(self, element_id: str, element: Element) -> Service:
        name, variable = self._named(element)
        outputs = self._references(kids(element, "outputDecision"), "decision")
        if not outputs:
            self.reading.report("service-without-output", element)
        return Service(
            element_id,
            name,
            variable,
            outputs,
            self._references(kids(element, "encapsulatedDecision"), "decision"),
            self._references(kids(element, "inputDecision"), "decision"),
            self._references(kids(element, "inputData"), "inputData"),
        )

    def _type(self, element: Element) -> ItemType:
        base = plain_type(text(kid(element, "typeRef")))
        names = self.members
        return ItemType(
            name_of(element) or "",
            base,
            flag(element, "isCollection", default=False),
            tuple(self._type(component) for component in kids(element, "itemComponent")),
            written(kid(element, "allowedValues"), self.reading, names, is_test=True),
            written(kid(element, "typeConstraint"), self.reading, names, is_test=True),
            kid(element, "functionItem") is not None,
        )

    def _knowledge_of(self, element: Element) -> tuple[str, ...]:
        kinds = ("businessKnowledgeModel", "decisionService")
        return self._required(element, "knowledgeRequirement", "requiredKnowledge", *kinds)

    def _required(self, element: Element, requirement: str, target: str, *kinds: str) -> tuple[str, ...]:
        holders = kids(element, requirement)
        return self._references([found for holder in holders for found in kids(holder, target)], *kinds)

    def _references(self, elements: list[Element], *kinds: str) -> tuple[str, ...]:
        """The ids that the elements refer to; reported if there is no element of such a kind in this file."""
        ids: dict[str, None] = {}
        for element in elements:
            href = attribute(element, "href") or ""
            where, _, target = href.rpartition("#")
            known = self.graph.get(target)
            if where not in ("", self.namespace) or known is None or not is_named(known, *kinds):
                self.reading.report("requirement-unknown", element, reference=href)
            else:
                ids[target] = None
        return tuple(ids)

    def _reach(self, *ids: str) -> frozenset[str]:
        """The names that these elements give to an expression, and the names of members."""
        names = {self._named(self.graph[one])[1].name for one in ids}
        spread = {name for one in ids for name in _result_names(self.graph[one])}
        return self.members | names | spread


def _result_names(element: Element) -> tuple[str, ...]:
    """The names by which Camunda 7 hands on the results of a table that has no variable of its own."""
    table = kid(element, "decisionTable")
    if table is None or kid(element, "variable") is not None:
        return ()
    return tuple(name for output in kids(table, "output") if (name := name_of(output)))


def _member_names(root: Element) -> Iterator[str]:
    """Names of parts of values: components of types, results of tables, columns, entries of contexts."""
    for tag in _MEMBERS:
        for element in root.iter(f"{{{namespace(root)}}}{tag}"):
            yield name_of(element) or ""
    for entry in root.iter(f"{{{namespace(root)}}}contextEntry"):
        yield name_of(kid(entry, "variable")) or ""
