"""What a form demands of the data that were sent, once it is settled what is hidden and read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.forms.model import Scalar
from app.forms.paths import Branch, Leaf, RowSpecs, Spec, combined, usual_spec
from app.forms.rules import as_length, as_number
from app.forms.settling import Evaluator, Path, Scope, Settled, rows_of
from app.forms.values import Rules

_NAMES = {"min_length": "minLength", "max_length": "maxLength"}


class Demands:
    """Reads limits and options where they depend on data. `known` are the variables of the case."""

    def __init__(self, settled: Settled, known: Mapping[str, object], now: datetime, evaluate: Evaluator) -> None:
        self._settled = settled
        self._known = known
        self._now = now
        self._evaluate = evaluate

    def of(self, root: Branch) -> Spec:
        """What is demanded of the data as a whole. Raises TooCostly."""
        return self._object(root, self._settled.data, (), Scope(self._settled.data))

    def _object(self, branch: Branch, here: Mapping[str, Any], path: Path, scope: Scope) -> Spec:
        return combined([self._part(s, child, here, path, scope) for s, child in branch.children.items()])

    def _part(self, segment: str, child: Leaf | Branch, here: Mapping[str, Any], path: Path, scope: Scope) -> Spec:
        place, state = (*path, segment), self._settled.state
        if place in state.hidden or place in state.locked:
            return None
        if isinstance(child, Leaf):
            return self._leaf(child, scope)
        if not child.is_list:
            inner = here.get(segment)
            return self._object(child, inner if isinstance(inner, Mapping) else {}, place, scope)
        usual = usual_spec(child)
        if not isinstance(usual, RowSpecs):
            return None
        rows = [
            self._object(child, row, (*place, number), scope.of_row(row, number))
            for number, row in rows_of(here, segment)
        ]
        return RowSpecs(tuple(rows), usual.others)

    def _leaf(self, leaf: Leaf, scope: Scope) -> Spec:
        if leaf.entry is None:
            return None
        rules, dynamic = leaf.entry.rules, leaf.dynamic
        if not dynamic.ruling:
            return rules
        for attribute, source in dynamic.limits.items():
            rules = _limited(rules, attribute, self._evaluate(source, self._settled.data, scope)[0].value)
        if dynamic.options_key is not None:
            rules = replace(rules, choices=offered(self._known.get(dynamic.options_key)))
        elif dynamic.options is not None:
            rules = replace(rules, choices=offered(self._evaluate(dynamic.options, self._settled.data, scope)[0].value))
        return replace(rules, not_before=self._now) if dynamic.no_past else rules


def _limited(rules: Rules, attribute: str, value: object) -> Rules:
    """The rules with a limit, as form-js takes it: null is none, what is no number no value can be held against."""
    if attribute == "multiple":
        return replace(rules, multiple=value is True)
    if value is None:
        return rules
    limit, length = as_number(value), as_length(value)
    match attribute:
        case "min" if limit is not None:
            return replace(rules, min=limit)
        case "max" if limit is not None:
            return replace(rules, max=limit)
        case "min_length" if length is not None:
            return replace(rules, min_length=length)
        case "max_length" if length is not None:
            return replace(rules, max_length=length)
    return replace(rules, unreadable=(*rules.unreadable, _NAMES.get(attribute, attribute)))


def offered(options: object) -> tuple[Scalar, ...]:
    """The values of options that come from data: scalars, or objects with a value or at least a label."""
    found: list[Scalar] = []
    for option in options if isinstance(options, list) else []:
        value = option
        if isinstance(option, Mapping):
            value = option.get("value", option.get("label"))
        if isinstance(value, Scalar) and value != "":
            found.append(value)
    return tuple(found)
