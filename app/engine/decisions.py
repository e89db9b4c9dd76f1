"""Business rule tasks: a decision is made, and what of its results goes into the result variable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from SpiffWorkflow.task import Task

from app.domain.models.work import DecisionCall, DecisionMapping
from app.engine.elements import ServiceTask, text

ALL_RESULTS = "decisionResult"
"""The local variable in which output parameters find the results, as in Camunda 7."""

Results = Sequence[Mapping[str, Any]]


class BusinessRuleTask(ServiceTask):
    """Makes a decision with the variables that it sees; without one it is a service task."""

    def perform(self, token: Task) -> bool | None:
        if self.node.decision is None:
            return super().perform(token)
        instance = token.workflow
        asked = self._asked(token, self.node.decision)
        try:
            results = instance.host.decide(asked, instance.scopes.view(token))
            value = mapped(results, DecisionMapping(asked.mapping))
        except ValueError as error:
            why = f"decision '{asked.decision}': {error}"
            raise instance.failure(token, why, decision=asked.decision) from error
        if self.node.result_variable is not None:
            instance.scopes.set(token, {self.node.result_variable: value})
        if self.node.outputs:
            instance.scopes.set_local(token, {ALL_RESULTS: [dict(result) for result in results]})
        return True

    def _asked(self, token: Task, call: DecisionCall) -> DecisionCall:
        """The call with its texts evaluated."""
        decision = text(token, call.decision)
        if decision is None:
            raise token.workflow.failure(token, "the decision has no name", call.decision)
        return replace(call, decision=decision, version=text(token, call.version))


def mapped(results: Results, mapping: DecisionMapping) -> Any:
    """What is kept of the results of a decision. Raises ValueError if there are more than the mapping takes.

    No result is null, or an empty list where several would be one.
    """
    if mapping is DecisionMapping.RESULT_LIST:
        return [dict(result) for result in results]
    if mapping is DecisionMapping.COLLECT_ENTRIES:
        names = list(dict.fromkeys(name for result in results for name in result))
        if len(names) > 1:
            raise ValueError(f"{mapping} takes one output, and the results have {', '.join(names)}")
        return [value for result in results for value in result.values()]
    if len(results) > 1:
        raise ValueError(f"{mapping} takes one result, and there are {len(results)}")
    result = dict(results[0]) if results else None
    if result is None or mapping is DecisionMapping.SINGLE_RESULT:
        return result
    if len(result) > 1:
        raise ValueError(f"{mapping} takes one output, and the result has {', '.join(result)}")
    return next(iter(result.values()), None)
