"""Decision tables: which rules match, and what the hit policy makes of them (DMN 1.5, 8.2.8 to 8.2.11).

A table whose rules break its policy has no result at all: it is an error, and never a default or null.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.models.decision_table import Aggregation, HitPolicy, OutputClause, Rule, Table, Text
from app.expressions.dmn.run import CELL, DecisionError, Evaluation, RuleHit, TableRun, shown
from app.expressions.dmn.types import admit, coerce, named
from app.expressions.feel.scope import Scope
from app.expressions.feel.values import kind
from app.expressions.juel.values import LOCAL

_SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
_AGGREGATIONS = {
    Aggregation.SUM: "sum(values)",
    Aggregation.MIN: "min(values)",
    Aggregation.MAX: "max(values)",
    Aggregation.COUNT: "count(values)",
}


@dataclass(slots=True)
class _Work:
    """One evaluation of one table."""

    table: Table
    scope: Scope
    run: Evaluation
    inputs: tuple[tuple[str, Any], ...] = ()

    def error(self, code: str, message: str, rules: tuple[int, ...] = ()) -> DecisionError:
        given = {label: shown(value) for label, value in self.inputs}
        where = ", ".join(f"{label} = {value}" for label, value in given.items())
        return DecisionError(
            code, f"{self.run.name}: {message}" + (f" ({where})" if where else ""), self._id, rules, given
        )

    @property
    def _id(self) -> str | None:
        return self.table.id or self.run.element_id


def evaluate_table(table: Table, scope: Scope, run: Evaluation) -> Any:
    """The result of the table. Raises DecisionError if its policy is broken or an input or output is not allowed."""
    work = _Work(table, scope, run)
    work.inputs = tuple(_inputs(work))
    hits = _hits(work)
    value = _result(work, hits) if hits else _default(work)
    run.tables.append(TableRun(run.element_id, table.id, work.inputs, tuple(hits), value))
    return value


def _inputs(work: _Work) -> Iterator[tuple[str, Any]]:
    """Label and value of each input expression."""
    for clause in work.table.inputs:
        label = clause.title
        given = work.run.value(clause.expression, work.scope)
        fits, value = admit(given, clause.type_ref, work.run)
        if not fits:
            message = (
                f"the input {label} is {shown(given)}, which is not of the type {named(clause.type_ref, work.run)}"
            )
            raise work.error("input-type", message)
        if value is not None and clause.values and not _allowed(work, clause.values, value):
            message = f"the input {label} is {shown(value)}, which is not among {clause.values.source}"
            raise work.error("input-not-allowed", message)
        yield label, _by_the_clock(value, work.run) if clause.is_local else value


def _by_the_clock(value: Any, run: Evaluation) -> Any:
    """A moment without its offset, as clocks show it where `now` is."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    zone = LOCAL if run.budget.now is None else run.budget.now.tzinfo
    return value.astimezone(zone).replace(tzinfo=None)


def _hits(work: _Work) -> list[RuleHit]:
    columns = [
        (label, Scope({"?": value, clause.variable or CELL: value}, work.scope, work.run.budget))
        for clause, (label, value) in zip(work.table.inputs, work.inputs, strict=True)
    ]
    matching = []
    for rule in work.table.rules:
        if all(
            test is None or work.run.holds(test, scope, ("rule", rule.number, label))
            for test, (label, scope) in zip(rule.inputs, columns, strict=False)
        ):
            matching.append(rule)
            if work.table.hit_policy == HitPolicy.FIRST:
                break
    if work.table.hit_policy == HitPolicy.UNIQUE and len(matching) > 1:
        numbers = tuple(rule.number for rule in matching)
        raise work.error("not-unique", f"the rules {_joined(numbers)} match, where only one may", numbers)
    return _by_policy(work, [_hit(work, rule) for rule in matching])


def _hit(work: _Work, rule: Rule) -> RuleHit:
    outputs = {}
    for number, clause in enumerate(work.table.outputs):
        text = rule.outputs[number] if number < len(rule.outputs) else None
        outputs[clause.name or ""] = _output(work, clause, text, rule.number)
    return RuleHit(rule.id, rule.number, outputs)


def _output(work: _Work, clause: OutputClause, text: Text | None, rule: int | None) -> Any:
    """The value of an output cell (rule None: of the default entry), of the clause's type and allowed by it."""
    rules = () if rule is None else (rule,)
    place = f"the default output {clause.title}" if rule is None else f"the output {clause.title} of rule {rule}"
    given = work.run.value(text, work.scope, (place,))
    fits, value = coerce(given, clause.type_ref, work.run)
    if not fits:
        raise work.error(
            "output-type", f"{place} is {shown(given)}, not of the type {named(clause.type_ref, work.run)}", rules
        )
    if value is not None and clause.values and not _allowed(work, clause.values, value):
        message = f"{place} is {shown(value)}, which is not among {clause.values.source}"
        raise work.error("output-not-allowed", message, rules)
    return value


def _allowed(work: _Work, values: Text, value: Any) -> bool:
    return work.run.holds(values, Scope({"?": value, CELL: value}, work.scope, work.run.budget))


def _by_policy(work: _Work, hits: list[RuleHit]) -> list[RuleHit]:
    """The hits that count, in the order of the result."""
    policy = work.table.hit_policy
    if policy == HitPolicy.ANY and hits:
        different = [hit for hit in hits if not same(dict(hit.outputs), dict(hits[0].outputs))]
        if different:
            numbers = (hits[0].number, *(hit.number for hit in different))
            raise work.error("any-differs", f"the rules {_joined(numbers)} match with different outputs", numbers)
        return hits[:1]
    if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER) and hits:
        orders = {clause.name or "": _order(work, clause) for clause in work.table.outputs if clause.values}
        if not orders:
            raise work.error("no-output-values", f"the hit policy {policy} needs output values, and there are none")
        ranked = sorted(hits, key=lambda hit: _rank(work, hit, orders))
        return ranked[:1] if policy == HitPolicy.PRIORITY else ranked
    return hits


def _order(work: _Work, clause: OutputClause) -> list[Any]:
    """The output values, the first before the next."""
    assert clause.values is not None
    text = Text(f"[{clause.values.source}]", clause.values.names, element_id=clause.values.element_id)
    value = work.run.value(text, work.scope)
    return value if isinstance(value, list) else []


def _rank(work: _Work, hit: RuleHit, orders: Mapping[str, list[Any]]) -> tuple[int, ...]:
    ranks = []
    for name, order in orders.items():
        rank = next((place for place, value in enumerate(order) if same(value, hit.outputs[name])), None)
        if rank is None:
            message = f"the output {shown(hit.outputs[name])} of rule {hit.number} has no place among the output values"
            raise work.error("output-not-allowed", message, (hit.number,))
        ranks.append(rank)
    return tuple(ranks)


def _result(work: _Work, hits: list[RuleHit]) -> Any:
    table = work.table
    results = [_one(table, hit.outputs) for hit in hits]
    if table.hit_policy in _SINGLE:
        return results[0]
    if table.aggregation is None:
        return results
    value = work.run.apply(_AGGREGATIONS[table.aggregation], values=results)
    if value is None:
        numbers = tuple(hit.number for hit in hits)
        listed = ", ".join(shown(result) for result in results)
        raise work.error("not-aggregated", f"the outputs {listed} have no {table.aggregation}", numbers)
    return value


def _default(work: _Work) -> Any:
    """What the table gives where no rule matches: its default outputs, if it has any, else null (DMN 1.5, 8.2.11)."""
    table = work.table
    if any(clause.default for clause in table.outputs):
        return _one(table, {clause.name or "": _output(work, clause, clause.default, None) for clause in table.outputs})
    if table.aggregation == Aggregation.COUNT:
        return work.run.apply("0")
    where = ", ".join(f"{label} = {shown(value)}" for label, value in work.inputs)
    work.run.warn(f"no rule matches ({where})")
    return None


def _one(table: Table, outputs: Mapping[str, Any]) -> Any:
    return dict(outputs) if len(table.outputs) > 1 else next(iter(outputs.values()), None)


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal and of one kind."""
    if kind(left) != kind(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    return bool(left == right)


def _joined(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
