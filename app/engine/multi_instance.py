"""Multi-instance activities, parallel and sequential."""

from typing import Any

from SpiffWorkflow.task import Task

from app.engine.elements import Activity, Element, truth
from app.engine.waiting import arm


class MultiInstance(Element):
    """The body around the instances of a multi-instance activity (BPMN 2.0.2, 13.3.7).

    Its scope holds nrOfInstances, nrOfActiveInstances and nrOfCompletedInstances, each instance's loopCounter and item.
    """

    LIMIT = 10_000
    is_multi_instance_body = True

    def __init__(self, spec: Any, inner: Activity) -> None:
        super().__init__(spec, inner.node, f"{inner.node.id}#multiInstanceBody")
        self.inner = inner
        assert inner.node.loop is not None
        self.loop = inner.node.loop

    def _run_hook(self, my_task: Task) -> bool | None:
        items = self._items(my_task)
        count = len(items)
        my_task.workflow.scopes.set_local(
            my_task, {"nrOfInstances": count, "nrOfCompletedInstances": 0, "nrOfActiveInstances": 0}
        )
        if count == 0:
            return True
        arm(my_task)
        for index in range(1 if self.loop.sequential else count):
            self._begin(my_task, index, items)
        return None

    def _items(self, token: Task) -> list[Any] | range:
        instance = token.workflow
        if self.loop.cardinality is not None:
            count = instance.evaluate(token, self.loop.cardinality)
            if isinstance(count, bool) or not isinstance(count, (int, str)) or not str(count).isdigit():
                raise instance.failure(token, f"the loop cardinality is {count!r}, not a whole number of at least 0")
            items: list[Any] | range = range(int(count))
        else:
            items = instance.evaluate(token, self.loop.collection)
            if not isinstance(items, list):
                raise instance.failure(token, f"{self.loop.collection} is not a list")
        if len(items) > self.LIMIT:
            raise instance.failure(token, f"{len(items)} instances are more than the limit of {self.LIMIT}")
        return items

    def _begin(self, token: Task, index: int, items: list[Any] | range) -> None:
        instance = token.workflow
        local = {"loopCounter": index}
        if self.loop.element_variable is not None:
            local[self.loop.element_variable] = items[index]
        inner = instance._new_token(self.inner, token)
        instance.scopes.set_local(inner, local)
        self._count(token, nrOfActiveInstances=1)
        self.inner._update(inner)

    def _count(self, token: Task, **changes: int) -> dict[str, int]:
        counters = token.workflow.scopes.inner[token.id]
        for name, change in changes.items():
            counters[name] += change
        return counters

    def child_left(self, scope: Task) -> None:
        counters = self._count(scope, nrOfCompletedInstances=1, nrOfActiveInstances=-1)
        done, total = counters["nrOfCompletedInstances"], counters["nrOfInstances"]
        if done < total and not self._satisfied(scope):
            if not self.loop.sequential:
                return
            items = self._items(scope)
            if done < len(items):
                self._begin(scope, done, items)
                return
        for other in scope.children:
            scope.workflow.withdraw(other)
        scope.complete()

    def _satisfied(self, token: Task) -> bool:
        condition = self.loop.completion_condition
        return condition is not None and truth(token, condition)
