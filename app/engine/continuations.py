"""Where a token waits for a job before it enters an element or leaves it (Camunda's asyncBefore and asyncAfter)."""

from typing import Any

from SpiffWorkflow.task import Task

from app.engine.elements import Element
from app.engine.values import OpenedJob
from app.engine.waiting import priority_of
from app.engine.workflow import ARRIVED_BY, HAPPENED


class Continuation(Element):
    """Opens a job, and goes on when it is run."""

    def _run_hook(self, my_task: Task) -> bool | None:
        priority = priority_of(my_task, self.node.job_priority, 0)
        my_task.workflow.opened_jobs.append(OpenedJob(my_task.id, self.name, priority))
        return None

    def leaves_a_trace(self, token: Task) -> bool:  # noqa: ARG002 - of those that look at it
        return False


class Before(Continuation):
    def __init__(self, spec: Any, inner: Element) -> None:
        super().__init__(spec, inner.node, f"{inner.node.id}#asyncBefore")
        self.inner = inner
        self.counts_arrivals = inner.counts_arrivals

    def _on_complete_hook(self, my_task: Task) -> None:
        instance = my_task.workflow
        if HAPPENED in my_task.internal_data:
            instance.place_happened(self.inner, my_task.parent)
        else:
            arrived_by = my_task.internal_data.get(ARRIVED_BY)
            placed = instance.place(self.inner, my_task.parent, arrived_by=arrived_by)
            instance.scopes.set_local(placed, instance.scopes.inner.get(my_task.id, {}))


class After(Continuation):
    def __init__(self, spec: Any, inner: Element) -> None:
        super().__init__(spec, inner.node, f"{inner.node.id}#asyncAfter")
        self.inner = inner

    def _on_complete_hook(self, my_task: Task) -> None:
        self.inner.leave(my_task)
