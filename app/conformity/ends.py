"""What a case has come to: words that a state collects on its way."""

from typing import NamedTuple

from app.conformity.net import Step
from app.conformity.tokens import Problem, State
from app.conformity.values import UNSET
from app.conformity.variables import EXTENDING, ISSUING, REGISTERING

REGISTERED = "registered"
"""The application has its number."""
DOCUMENTED = "documented"
"""The document has its number."""
EXTENDED_AT = "extended:"
"""Before the step that says by how much its term was extended."""
_OF_DELEGATE = {REGISTERING: REGISTERED, ISSUING: DOCUMENTED}


class Reached(NamedTuple):
    """problem: what is wrong with coming to it."""

    ends: frozenset[str] = frozenset()
    problem: Problem | None = None


def of_work(state: State, step: Step) -> Reached:
    """What the work of a delegate makes of a case; the case itself gets its number once."""
    delegate = step.node.delegate
    if delegate == EXTENDING:
        return Reached(frozenset({f"{EXTENDED_AT}{step.id}"}))
    reached = _OF_DELEGATE.get(delegate or "")
    if reached is None:
        return Reached()
    again = reached == REGISTERED and reached in state.ends and not step.frame
    return Reached(frozenset({reached}), Problem("registered-again", step.id) if again else None)


def of_end(state: State, step: Step) -> Reached:
    """What an end of the process itself says that the case has come to."""
    if "/" in step.id:
        return Reached()
    result = step.node.properties.get("law.result")
    if result is None:
        return Reached(frozenset({f"end:{step.id}"})) if step.scope is None else Reached()
    prepared = dict(state.variables).get("resultKind")
    other = isinstance(prepared, str) and prepared not in (result, UNSET)
    return Reached(frozenset({f"result:{result}"}), Problem("result-other", step.id, str(prepared)) if other else None)
