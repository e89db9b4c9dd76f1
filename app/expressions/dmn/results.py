"""The result of a decision as Camunda 7 hands it on: a list, of a map by the names of the outputs for each rule."""

from typing import Any

from app.domain.models.decision import Decision
from app.domain.models.decision_table import HitPolicy, Table
from app.expressions.dmn.types import plain

_SEVERAL = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})


def results(decision: Decision, value: Any) -> list[dict[str, Any]]:
    """The results of a decision with this value (see `plain`); none where no rule matched and there is no default.

    What is no table has one result, with the name of the decision's variable.
    """
    table = decision.logic
    if not isinstance(table, Table):
        return [{decision.variable.name: plain(value)}]
    if value is None:
        return []
    is_list = table.hit_policy in _SEVERAL and table.aggregation is None and isinstance(value, list)
    names = [output.name or "" for output in table.outputs]
    return [_result(names, plain(one)) for one in (value if is_list else [value])]


def _result(names: list[str], one: Any) -> dict[str, Any]:
    if len(names) > 1 and isinstance(one, dict):
        return one
    return {names[0] if names else "": one}
