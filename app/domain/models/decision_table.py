"""A decision table (DMN 1.5, 8) as plain values, and the texts that stand in its cells."""

from dataclasses import dataclass
from enum import StrEnum

FEEL, JUEL = "feel", "juel"


class HitPolicy(StrEnum):
    """DMN 1.5, 8.2.8 (single hit) and 8.2.9 (multiple hit)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True)
class Text:
    """An expression as written.

    names: the variables in reach, and the names of members that are not plain words; language: FEEL, JUEL or what the
    file says; is_test: unary tests, not an expression; input_name: what the tests know their value by, beside `?`;
    element_id: of the element that holds it, or the nearest around.
    """

    source: str
    names: frozenset[str] = frozenset()
    language: str = FEEL
    is_test: bool = False
    input_name: str | None = None
    element_id: str | None = None
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions. variable: the name of its value in the cells beside `?` (`camunda:inputVariable`).

    is_local: the cells write moments without an offset from UTC, so that the value is taken by the clock of the place.
    """

    id: str | None
    label: str | None
    expression: Text | None
    type_ref: str | None = None
    values: Text | None = None
    variable: str | None = None
    is_local: bool = False

    @property
    def title(self) -> str:
        """What messages call the column."""
        return self.label or (self.expression.source if self.expression else None) or self.id or "-"


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results. values: what is allowed, the first before the next where the policy looks at priority."""

    id: str | None
    name: str | None
    label: str | None = None
    type_ref: str | None = None
    values: Text | None = None
    default: Text | None = None

    @property
    def title(self) -> str:
        """What messages call the column."""
        return self.label or self.name or self.id or "-"


@dataclass(frozen=True, slots=True)
class Rule:
    """number: counted from 1; inputs: None where any value will do; outputs: None where the cell is empty (null)."""

    id: str | None
    number: int
    inputs: tuple[Text | None, ...]
    outputs: tuple[Text | None, ...]
    description: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """hit_policy, aggregation: None if the file names one that does not exist."""

    id: str | None
    hit_policy: HitPolicy | None
    aggregation: Aggregation | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    type_ref: str | None = None
    line: int = 1
