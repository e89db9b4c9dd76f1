"""Standard loops: an activity again and again, while its condition is true (BPMN 2.0.2, 13.3.6)."""

from typing import Any

from SpiffWorkflow.task import Task

from app.engine.arming import arm
from app.engine.elements import Activity, Element, truth, whole_number
from app.engine.workflow import COUNTERS


class StandardLoop(Element):
    """The body around the rounds; each sees loopCounter, from 0."""

    is_multi_instance_body = True

    def __init__(self, spec: Any, inner: Activity) -> None:
        super().__init__(spec, inner.node, f"{inner.node.id}#multiInstanceBody")
        self.inner = inner
        assert inner.node.standard_loop is not None
        self.loop = inner.node.standard_loop

    def _run_hook(self, my_task: Task) -> bool | None:
        my_task.internal_data[COUNTERS] = 0
        if self.loop.test_before and not self._again(my_task):
            return True
        arm(my_task)
        self._begin(my_task)
        return None

    def _begin(self, token: Task) -> None:
        instance = token.workflow
        inner = instance._new_token(self.inner, token)
        instance.scopes.set_local(inner, {"loopCounter": token.internal_data[COUNTERS]})
        self.inner._update(inner)

    def _again(self, token: Task) -> bool:
        maximum = self._maximum(token)
        if maximum is not None and token.internal_data[COUNTERS] >= maximum:
            return False
        return self.loop.condition is None or truth(token, self.loop.condition, self.loop.language)

    def _maximum(self, token: Task) -> int | None:
        if self.loop.maximum is None:
            return None
        given = token.workflow.evaluate(token, self.loop.maximum)
        maximum = whole_number(given)
        if maximum is None or maximum < 0:
            raise token.workflow.failure(token, f"the loop maximum is {given!r}, not a whole number of at least 0")
        return maximum

    def child_left(self, scope: Task) -> None:
        scope.internal_data[COUNTERS] += 1
        if self._again(scope):
            self._begin(scope)
        else:
            scope.complete()
