"""Multi-instance activities, parallel and sequential."""

from typing import Any

from SpiffWorkflow.task import Task

from app.engine.arming import arm
from app.engine.elements import Activity, Element, truth, whole_number
from app.engine.workflow import COUNTERS

_COUNTED = ("nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances")


class MultiInstance(Element):
    """The body around the instances of a multi-instance activity (BPMN 2.0.2, 13.3.7).

    Its scope shows nrOfInstances, nrOfActiveInstances and nrOfCompletedInstances; that of each instance holds
    loopCounter and item. The counting itself is the token's own: a variable that a task writes does not disturb it.
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
        my_task.internal_data[COUNTERS] = dict.fromkeys(_COUNTED, 0)
        self._count(my_task, nrOfInstances=count)
        if count == 0:
            return True
        arm(my_task)
        for index in range(1 if self.loop.sequential else count):
            self._begin(my_task, index, items)
        return None

    def _items(self, token: Task) -> list[Any] | range:
        instance = token.workflow
        if self.loop.cardinality is not None:
            given = instance.evaluate(token, self.loop.cardinality)
            count = whole_number(given)
            if count is None or count < 0:
                raise instance.failure(token, f"the loop cardinality is {given!r}, not a whole number of at least 0")
            items: list[Any] | range = range(min(count, self.LIMIT + 1))
        else:
            items = self._collection(token)
            if not isinstance(items, list):
                raise instance.failure(token, f"{self.loop.collection} is not a list")
        if len(items) > self.LIMIT:
            raise instance.failure(token, f"there are more instances than the limit of {self.LIMIT}")
        return items

    def _collection(self, token: Task) -> Any:
        source = self.loop.collection or ""
        if source.isidentifier():
            return token.workflow.scopes.view(token).get(source)
        return token.workflow.evaluate(token, source)

    def _begin(self, token: Task, index: int, items: list[Any] | range) -> None:
        local = {"loopCounter": index}
        if self.loop.element_variable is not None:
            local[self.loop.element_variable] = items[index]
        self._begin_with(token, local)

    def _begin_with(self, token: Task, local: dict[str, Any]) -> Task:
        instance = token.workflow
        inner: Task = instance._new_token(self.inner, token)
        instance.scopes.set_local(inner, local)
        self._count(token, nrOfActiveInstances=1)
        self.inner._update(inner)
        return inner

    def add_instance(self, token: Task) -> Task:
        """Begin one more beside those that run, without an item of the collection."""
        index = token.internal_data[COUNTERS]["nrOfInstances"]
        self._count(token, nrOfInstances=1)
        return self._begin_with(token, {"loopCounter": index})

    def child_withdrawn(self, scope: Task) -> None:
        self._count(scope, nrOfInstances=-1, nrOfActiveInstances=-1)

    def _count(self, token: Task, **changes: int) -> dict[str, int]:
        counters: dict[str, int] = token.internal_data[COUNTERS]
        for name, change in changes.items():
            counters[name] += change
        token.workflow.scopes.set_local(token, counters)
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
