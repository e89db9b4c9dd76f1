"""A decision model (DMN 1.1 to 1.5) as plain values: its requirements graph, boxed expressions and types."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.models.decision_table import Table, Text

MAX_RULES = 2_000
MAX_COLUMNS = 50
MAX_ELEMENTS = 2_000
"""Inputs, decisions, knowledge models, services and types of one file."""
MAX_NAMES = 300
"""In reach of one expression."""

TYPE_SYNONYMS = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "double": "number",
    "long": "integer",
    "any": "Any",
}
"""Names in XML Schema's style, and those of Camunda 7."""
_SINGLE_NAMED = {"string", "boolean", "date", "time", "list", "context", "function", "range"}
BUILT_IN_TYPES = frozenset({*_SINGLE_NAMED, *TYPE_SYNONYMS.values()})


@dataclass(frozen=True, slots=True)
class Literal:
    text: Text | None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A name with a type: a parameter, a binding, an entry of a context."""

    name: str
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """variable: None for the last entry of a context that is its result."""

    variable: Variable | None
    value: "Expression | None"


@dataclass(frozen=True, slots=True)
class Context:
    entries: tuple[Entry, ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Invocation:
    function: "Expression | None"
    bindings: tuple[Entry, ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class FunctionLogic:
    """kind: FEEL; others (Java, PMML) have no value here."""

    parameters: tuple[Variable, ...]
    body: "Expression | None"
    kind: str = "FEEL"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    items: "tuple[Expression | None, ...]"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    columns: tuple[Variable, ...]
    rows: "tuple[tuple[Expression | None, ...], ...]"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: "Expression | None"
    then: "Expression | None"
    otherwise: "Expression | None"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """The items of `source` for which `match` holds; `match` sees the variable `item` and the item's members."""

    source: "Expression | None"
    match: "Expression | None"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Iteration:
    """kind: `for` (body: what is returned), `some` or `every` (body: what is to hold)."""

    kind: str
    variable: Variable
    source: "Expression | None"
    body: "Expression | None"
    type_ref: str | None = None


Expression = (
    Literal | Table | Context | Invocation | FunctionLogic | Listing | Relation | Conditional | Filter | Iteration
)


@dataclass(frozen=True, slots=True)
class ItemType:
    """An item definition. allowed holds for each item of a collection, constraint for the whole (DMN 1.5, 7.3.3)."""

    name: str
    base: str | None = None
    is_collection: bool = False
    components: "tuple[ItemType, ...]" = ()
    allowed: Text | None = None
    constraint: Text | None = None
    is_function: bool = False


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision:
    """inputs, decisions, knowledge: ids of what it requires; variable: the name others know its result by.

    result_names: of the outputs that others know by their own names too, as in Camunda 7.
    """

    id: str
    name: str
    variable: Variable
    logic: Expression | None
    inputs: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    result_names: tuple[str, ...] = ()
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model; knowledge: ids of the others that it requires."""

    id: str
    name: str
    variable: Variable
    function: FunctionLogic | None
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service; all ids. Called as a function its parameters are inputs, then input_decisions."""

    id: str
    name: str
    variable: Variable
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """One file: the elements of its requirements graph by id, its types by name."""

    id: str
    name: str
    namespace: str = ""
    inputs: Mapping[str, InputData] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    types: Mapping[str, ItemType] = field(default_factory=dict)

    def variable(self, element_id: str) -> Variable | None:
        """The name and type that an element of the graph is known by in expressions."""
        groups: tuple[Mapping[str, InputData | Decision | Knowledge | Service], ...] = (
            self.inputs,
            self.decisions,
            self.knowledge,
            self.services,
        )
        return next((group[element_id].variable for group in groups if element_id in group), None)
