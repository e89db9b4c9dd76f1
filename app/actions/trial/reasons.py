"""Why a step of a simulated case is due when it is."""

from datetime import datetime

from app.actions.terms.explanations import inputs, recounted
from app.actions.trial.host import World
from app.actions.trial.standing import Part, Wait
from app.domain.models import values
from app.domain.models.model import Node
from app.domain.terms.due import Due
from app.domain.terms.explanation import Explanation
from app.domain.terms.reckoning import Reckoned, reckon
from app.domain.terms.term_properties import clock_of_step, term_clause


def why(world: World, part: Part, node: Node, due: datetime | None) -> Explanation | None:
    """The rule of a due date, or of the variable that it was taken from; None if no rule has made it."""
    if due is None:
        return None
    rule = inputs(due) if isinstance(due, Due) else None
    if rule is None:
        written = values.jsonable(due)
        marks = (mark for name, mark in part.types.items() if part.variables.get(name) == written)
        rule = next((mark[2] for mark in marks if isinstance(mark, list) and len(mark) > 2), None)
    return None if rule is None else recounted(world.calendar, rule, term_clause(node.properties)).explanation


def reckoned(world: World, wait: Wait) -> Reckoned | None:
    """The same as it is told, with what was added to the term."""
    if wait.why is None:
        return None
    return reckon(wait.why, world.calendar, clock_of_step(wait.node.properties, world.clock))
