"""Decision tables of a DMN file (DMN 1.5, chapter 8) as plain values; their shape is checked while reading."""

from dataclasses import replace

from app.definitions.decisions.cells import cell
from app.definitions.decisions.xml import Reading, camunda, kid, kids, name_of, type_ref, written
from app.definitions.xml import Element, attribute, text
from app.domain.models.decision import MAX_COLUMNS, MAX_RULES
from app.domain.models.decision_table import Aggregation, HitPolicy, InputClause, OutputClause, Rule, Table, Text

_ANY = "-"


def table(element: Element, reading: Reading, names: frozenset[str]) -> Table:
    inputs = tuple(_input(clause, reading, names) for clause in kids(element, "input"))
    outputs = tuple(_output(clause, reading, names) for clause in kids(element, "output"))
    rows = kids(element, "rule")
    if len(rows) > MAX_RULES:
        reading.report("table-too-long", element, limit=MAX_RULES)
        rows = []
    if len(inputs) + len(outputs) > MAX_COLUMNS:
        reading.report("table-too-wide", element, limit=MAX_COLUMNS)
        rows = []
    if not outputs:
        reading.report("table-without-output", element)
    if len(outputs) > 1:
        _output_names(element, outputs, reading)
    columns = [(variable, names | {variable}) for clause in inputs for variable in [clause.variable or "cellInput"]]
    rules = [_rule(row, number, columns, len(outputs), reading, names) for number, row in enumerate(rows, start=1)]
    inputs = tuple(
        _timed(clause, [rule.inputs[place] for rule in rules if place < len(rule.inputs)])
        for place, clause in enumerate(inputs)
    )
    policy, aggregation = _policy(element, len(outputs), reading)
    return Table(
        attribute(element, "id"),
        policy,
        aggregation,
        inputs,
        outputs,
        tuple(rules),
        type_ref(element),
        reading.document.place(element).line,
    )


def _policy(element: Element, outputs: int, reading: Reading) -> tuple[HitPolicy | None, Aggregation | None]:
    named = " ".join((attribute(element, "hitPolicy") or HitPolicy.UNIQUE).split())
    policy = HitPolicy(named) if named in set(HitPolicy) else None
    if policy is None:
        reading.report("hit-policy-unknown", element, policy=named, known=", ".join(HitPolicy))
    applied = attribute(element, "aggregation")
    if applied is None:
        return policy, None
    aggregation = Aggregation(applied) if applied in set(Aggregation) else None
    if aggregation is None:
        reading.report("aggregation-unknown", element, aggregation=applied, known=", ".join(Aggregation))
        return None, None
    if policy not in (HitPolicy.COLLECT, None):
        reading.report("aggregation-without-collect", element, aggregation=applied)
        return policy, None
    if outputs > 1:
        reading.report("aggregation-several-outputs", element, aggregation=applied)
    return policy, aggregation


def _input(clause: Element, reading: Reading, names: frozenset[str]) -> InputClause:
    inner = kid(clause, "inputExpression")
    expression = written(inner, reading, names)
    if expression is None:
        reading.report("input-expression-missing", clause)
    return InputClause(
        attribute(clause, "id"),
        attribute(clause, "label"),
        expression,
        type_ref(inner),
        written(kid(clause, "inputValues"), reading, names, is_test=True),
        camunda(clause, "inputVariable"),
    )


def _timed(clause: InputClause, tests: list[Text | None]) -> InputClause:
    """A column of moments in Camunda 7's way: its type `date` is a date and time, and the Modeler writes no offset."""
    kinds = {found.kind for found in map(cell, tests) if found is not None and found.kind is not None}
    if not kinds or not kinds <= {"moment", "local moment"}:
        return clause
    type_ref = "dateTime" if clause.type_ref == "date" else clause.type_ref
    return replace(clause, type_ref=type_ref, is_local=kinds == {"local moment"})


def _output(clause: Element, reading: Reading, names: frozenset[str]) -> OutputClause:
    return OutputClause(
        attribute(clause, "id"),
        name_of(clause),
        attribute(clause, "label"),
        type_ref(clause),
        written(kid(clause, "outputValues"), reading, names, is_test=True),
        written(kid(clause, "defaultOutputEntry"), reading, names),
    )


def _output_names(element: Element, outputs: tuple[OutputClause, ...], reading: Reading) -> None:
    """Several results make a context, so each has a name of its own."""
    seen = set()
    for clause, output in zip(kids(element, "output"), outputs, strict=True):
        if output.name is None:
            reading.report("output-name-missing", clause)
        elif output.name in seen:
            reading.report("output-name-duplicate", clause, name=output.name)
        seen.add(output.name)


def _rule(
    row: Element,
    number: int,
    columns: list[tuple[str, frozenset[str]]],
    outputs: int,
    reading: Reading,
    names: frozenset[str],
) -> Rule:
    """columns: of each column of conditions the name of its value, and all names in reach."""
    entries, results = kids(row, "inputEntry"), kids(row, "outputEntry")
    for code, found, expected in (
        ("rule-inputs", len(entries), len(columns)),
        ("rule-outputs", len(results), outputs),
    ):
        if found != expected:
            reading.report(code, row, rule=number, found=found, expected=expected)
    conditions = tuple(_condition(entry, reading, *column) for entry, column in zip(entries, columns, strict=False))
    return Rule(
        attribute(row, "id"),
        number,
        conditions,
        tuple(written(result, reading, names) for result in results[:outputs]),
        text(kid(row, "description")),
        reading.document.place(row).line,
    )


def _condition(entry: Element, reading: Reading, variable: str, names: frozenset[str]) -> Text | None:
    test = written(entry, reading, names, is_test=True, input_name=variable)
    return None if test is None or test.source == _ANY else test
