"""Which element of a model is which procedure of its act."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.conformity.net import Net, Step
from app.domain.acts.clauses_of_acts import clauses
from app.domain.acts.regulation import Procedure, Service
from app.domain.models.model import Kind

CLAUSE = "law.clause"


@dataclass(frozen=True, slots=True)
class Element:
    """A step with clauses. own: it names them itself, not the call around it. role: of a person's task."""

    step: Step
    clauses: tuple[str, ...]
    own: bool
    role: str | None

    @property
    def is_task(self) -> bool:
        return self.step.kind == Kind.USER_TASK

    def can_be(self, procedure: Procedure) -> bool:
        """Whether it is the kind of element for it: a person's step is a task or a call with tasks inside."""
        return (self.is_task or self.step.called is not None) == procedure.of_person or self.step.called is not None


@dataclass(frozen=True, slots=True)
class Pairing:
    """elements: all that name clauses, by step; procedures: by step; elements_of: by the procedure's number."""

    elements: Mapping[str, Element]
    procedures: Mapping[str, Procedure]
    elements_of: Mapping[int, str]

    def candidates(self, element: Element, service: Service) -> list[Procedure]:
        """The procedures that the element can be: the one it is paired with, else all of its clauses and role."""
        if element.step.id in self.procedures:
            return [self.procedures[element.step.id]]
        found = service.of_clause(element.clauses)
        return [one for one in found if one.role == element.role] or found


def elements(net: Net) -> dict[str, Element]:
    """Those of the process itself that name clauses, and each task inside a call, which stands for what the call names.

    What a called process says of itself is numbered by the flow that it is, not by the act.
    """
    found: dict[str, Element] = {}
    for step in net.steps.values():
        call = net.call_around(step)
        named = (call or step).node.properties.get(CLAUSE)
        if named is not None and (call is None or step.kind == Kind.USER_TASK):
            found[step.id] = Element(step, clauses(named), call is None, role_of(step))
    return found


def role_of(step: Step) -> str | None:
    return step.node.user_task.candidate_groups if step.node.user_task else None


def pair(net: Net, service: Service) -> Pairing:
    """An element for each procedure: the one that agrees in most, and no element for two of them.

    What decides, in this order: clause and name and role; clause and name; clause and role; clause alone.
    """
    known = elements(net)
    chosen: dict[int, str] = {}
    for rule in (_named_and_played, _named, _played, _fitting, _of_clause):
        taken = set(chosen.values())
        open_elements = [one for one in known.values() if one.step.id not in taken]
        open_procedures = [one for one in service.procedures if one.number not in chosen]
        chosen |= _matched(open_procedures, open_elements, rule)
    by_number = {one.number: one for one in service.procedures}
    procedures = {step: by_number[number] for number, step in chosen.items()}
    return Pairing(known, procedures, chosen)


def _of_clause(element: Element, procedure: Procedure) -> bool:
    return bool(set(element.clauses) & set(clauses(procedure.clause)))


def _fitting(element: Element, procedure: Procedure) -> bool:
    return _of_clause(element, procedure) and element.can_be(procedure)


def _played(element: Element, procedure: Procedure) -> bool:
    return _fitting(element, procedure) and (element.role == procedure.role or not procedure.of_person)


def _named(element: Element, procedure: Procedure) -> bool:
    return _fitting(element, procedure) and element.step.node.name == procedure.names.get("kk")


def _named_and_played(element: Element, procedure: Procedure) -> bool:
    return _named(element, procedure) and _played(element, procedure)


def _matched(
    procedures: Iterable[Procedure], open_elements: list[Element], rule: Callable[[Element, Procedure], bool]
) -> dict[int, str]:
    """As many pairs as possible, by augmenting paths (Kuhn); procedures and elements in their order."""
    owner: dict[str, Procedure] = {}

    def place(procedure: Procedure, tried: set[str]) -> bool:
        for element in _possible(procedure, open_elements, rule):
            if element in tried:
                continue
            tried.add(element)
            if element not in owner or place(owner[element], tried):
                owner[element] = procedure
                return True
        return False

    for procedure in procedures:
        place(procedure, set())
    return {procedure.number: element for element, procedure in owner.items()}


def _possible(
    procedure: Procedure, open_elements: list[Element], rule: Callable[[Element, Procedure], bool]
) -> Iterator[str]:
    return (one.step.id for one in open_elements if rule(one, procedure))
