"""Compensation: what a scope remembers of the activities that it has completed, and how they are undone.

A scope keeps, in the order of completion, for each activity that can be compensated for
[name of its element, its local variables, what is remembered inside it].
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.task import Task

from app.engine.elements import Element
from app.engine.workflow import DONE, PLAN

Remembered = list[Any]


def begin(token: Task, scope: Task, activity: str | None) -> bool:
    """Undo what `scope` remembers, or one activity of it, inside the token. Whether there is nothing to do."""
    remembered = scope.internal_data.get(DONE, [])
    elements = token.workflow.spec.task_specs
    undone = [entry for entry in remembered if activity in (None, elements[entry[0]].node.id)]
    scope.internal_data[DONE] = [entry for entry in remembered if entry not in undone]
    token.internal_data[PLAN] = list(_handlers(elements, undone))
    return go_on(token)


def knows(scope: Task, activity: str | None) -> bool:
    """Whether there is something to undo in a scope."""
    elements = scope.workflow.spec.task_specs
    return any(activity in (None, elements[entry[0]].node.id) for entry in scope.internal_data.get(DONE, []))


def go_on(token: Task) -> bool:
    """Begin the next handler inside the token. Whether there is none left."""
    plan, instance = token.internal_data[PLAN], token.workflow
    if not plan:
        return True
    handler, variables, inside = plan.pop(0)
    placed = instance._new_token(instance.spec.entry[handler], token)
    placed.internal_data[DONE] = inside
    instance.scopes.set_local(placed, variables)
    placed.task_spec._update(placed)
    return False


def _handlers(elements: dict[str, Element], remembered: list[Remembered]) -> Iterator[Remembered]:
    """The handlers with the variables that they see, the last completed activity first."""
    for activity, variables, inside in reversed(remembered):
        handler = elements[activity].compensation
        if handler is not None:
            yield [handler, variables, inside]
        else:
            for inner, own, rest in _handlers(elements, inside):
                yield [inner, {**variables, **own}, rest]
