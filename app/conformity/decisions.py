"""What decision tables can answer, as values that a variable can take."""

import json
import re
from collections.abc import Mapping

from app.definitions import decisions
from app.domain.models.decision_table import HitPolicy, Rule, Table
from app.domain.models.work import DecisionCall, DecisionMapping

_WORDS = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = {HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY}
Answers = tuple[object, ...] | None
"""None: not listed."""


def read(name: str, source: bytes) -> dict[str, Answers]:
    """Of each decision of a file; None for one that is no table with a single text as its result."""
    return {key: _answers(one.logic) for key, one in decisions.read(name, source).model.decisions.items()}


def _answers(logic: object) -> Answers:
    if not isinstance(logic, Table) or logic.hit_policy not in _SINGLE or len(logic.outputs) != 1:
        return None
    written = [rule.outputs[0].source.strip() if rule.outputs[0] else "null" for rule in logic.rules]
    default = logic.outputs[0].default
    if not any(map(_always, logic.rules)):
        written.append(default.source.strip() if default else "null")
    if not all(one == "null" or _WORDS.fullmatch(one) for one in written):
        return None
    return tuple(dict.fromkeys(json.loads(one) for one in written))


def _always(rule: Rule) -> bool:
    """Whether the rule takes any input, so that the table has an answer to all."""
    return all(one is None or one.source.strip() == "-" for one in rule.inputs)


def of_call(call: DecisionCall | None, known: Mapping[str, Answers]) -> Answers:
    """What a business rule task can write into its variable."""
    if call is None or call.mapping != DecisionMapping.SINGLE_ENTRY:
        return None
    return known.get(call.decision)
