"""Scopes: the process itself, embedded and event subprocesses, transactions, ad-hoc subprocesses (BPMN 2.0.2, 10.3.5)."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.arming import arm
from app.engine.elements import Activity, Element, truth
from app.engine.workflow import PLAN


class Root(Element):
    """The process itself as the outermost scope."""

    def leaves_a_trace(self, token: Task) -> bool:  # noqa: ARG002 - of those that look at it
        return False

    def child_left(self, scope: Task) -> None:
        if not scope._children:
            scope.workflow.completed = True


class SubProcess(Activity):
    """A scope of its own, left when the last token in it has gone. An event subprocess is begun by what its start catches."""

    starts: list[Element]

    def open(self, token: Task) -> None:
        """Let it be there without beginning anything in it."""
        self.take_in(token)
        arm(token)
        token._set_state(TaskState.STARTED)

    def perform(self, token: Task) -> bool | None:
        arm(token)
        for start in self.starts:
            token.workflow.place(start, token)
        return None

    def child_left(self, scope: Task) -> None:
        if not scope._children:
            scope.complete()


class AdHocSubProcess(SubProcess):
    """Activities without an order: each that no flow leads to is begun once (BPMN 2.0.2, 13.3.5)."""

    def open(self, token: Task) -> None:
        """Nothing more is begun by itself either."""
        super().open(token)
        token.internal_data[PLAN] = len(self.starts)

    def perform(self, token: Task) -> bool | None:
        assert self.node.ad_hoc is not None
        arm(token)
        begun = 1 if self.node.ad_hoc.sequential else len(self.starts)
        token.internal_data[PLAN] = begun
        for start in self.starts[:begun]:
            token.workflow.place(start, token)
        return None

    def child_left(self, scope: Task) -> None:
        ad_hoc, instance = self.node.ad_hoc, scope.workflow
        assert ad_hoc is not None
        completed = ad_hoc.completion is not None and truth(scope, ad_hoc.completion, ad_hoc.language)
        if completed and (ad_hoc.cancel_remaining or not scope._children):
            for other in scope.children:
                instance.withdraw(other)
            scope.complete()
        elif not scope._children:
            begun = scope.internal_data[PLAN]
            if begun >= len(self.starts) or completed:  # a migration may have left fewer
                scope.complete()
            else:
                scope.internal_data[PLAN] = begun + 1
                instance.place(self.starts[begun], scope)
