"""What the rules look at: a process, where its elements stand in the file, and what surrounds the deployment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.definitions.findings import Finding, Place, Word, finding
from app.definitions.read import Model
from app.domain.acts.editions import Edition
from app.domain.models.model import Event, Node, Process
from app.domain.models.references import Bound


class ExpressionFault(NamedTuple):
    """Why an expression does not parse. message: one text, or one a language; position: an offset from 0, if known."""

    message: str | Mapping[str, str]
    position: int | None = None


def _no_fault(_: Event) -> None:
    """Nothing is known of the world in which events would be computed."""


def _no_feel(_: str) -> ExpressionFault:
    return ExpressionFault("FEEL is not known here")


@dataclass(frozen=True, slots=True)
class Versions:
    """What can be bound to once the deployment is done: (key, number) and (key, tag)."""

    numbers: frozenset[tuple[str, str]]
    tags: frozenset[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a model may refer to.

    roles: known candidate groups; forms: ids of the forms of this deployment and of earlier ones; delegates: their
    names; processes: keys that can be called, those of this deployment included; decisions: ids of those that can be
    made, likewise; versions: of what is bound by number or tag, not looked at where they are not given; outside: the
    delegates that are waited for; editions: those of each process, as its newest versions say them; check_expression:
    gets a text that holds `${` or `#{` and tells what is wrong with it, or None; check_feel: the same of an expression in
    FEEL; check_beginning: gets an event that begins the process, and tells why its time or its name cannot be computed,
    or None.
    """

    roles: frozenset[str]
    forms: frozenset[str]
    delegates: frozenset[str]
    processes: frozenset[str]
    check_expression: Callable[[str], ExpressionFault | None]
    decisions: frozenset[str] = frozenset()
    check_feel: Callable[[str], ExpressionFault | None] = field(default=_no_feel)
    check_beginning: Callable[[Event], str | None] = field(default=_no_fault)
    outside: frozenset[str] = frozenset()
    versions: Mapping[Bound, Versions] = field(default_factory=dict)
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One process under inspection."""

    process: Process
    model: Model
    surroundings: Surroundings

    def nodes(self) -> Iterator[Node]:
        """The nodes that the engine runs; about the others enough is said already."""
        return (node for node in self.process.nodes.values() if node.id not in self.model.refused)

    def at(self, code: str, element_id: str, **words: Word) -> Finding:
        return finding(code, self.model.places.get(element_id) or Place(element_id), **words)


def has_expression(text: str) -> bool:
    """Whether the text holds an expression, and so has no value before the process runs."""
    return "${" in text or "#{" in text


def is_single_expression(text: str) -> bool:
    """Whether the text is one expression and nothing else, so that its value keeps its type."""
    opened = text.count("${") + text.count("#{")
    return opened == 1 and text.startswith(("${", "#{")) and text.endswith("}")
