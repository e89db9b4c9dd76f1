"""Decisions: the value of a decision or decision service of a model, for given inputs (DMN 1.5, chapters 6 to 10).

Expressions that have no value are null and leave a warning. A table whose rules break its policy, and an input or a
result of a wrong type, are errors.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.decision import Decision, DecisionModel, Service, Variable
from app.expressions.dmn.boxed import callable_of, function, raw
from app.expressions.dmn.results import results
from app.expressions.dmn.run import DecisionError, Evaluation, RuleHit, TableRun, fault, shown
from app.expressions.dmn.types import admit, coerce, named, plain, start

__all__ = ["DecisionError", "Outcome", "RuleHit", "TableRun", "evaluate", "fault", "plain", "results"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: of the decision, as a FEEL value; decisions: the values of all decisions that it needed, by id.

    tables: each decision table in the order in which they were done; warnings: what had no value, and where.
    """

    value: Any
    decisions: Mapping[str, Any]
    tables: tuple[TableRun, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Frame:
    """One requirements graph at work: of the whole model, or of one call of a decision service.

    strange: names of what was given and is no value of FEEL.
    """

    run: Evaluation
    given: dict[str, Any]
    results: dict[str, Any] = field(default_factory=dict)
    strange: frozenset[str] = frozenset()


def evaluate(model: DecisionModel, element_id: str, inputs: Mapping[str, Any], now: datetime | None = None) -> Outcome:
    """Evaluate a decision or a decision service.

    inputs: plain values by the names of the input data (for a service, of its input decisions too). Others are seen
    by all decisions, as process variables are in Camunda 7; what is not given is null. now: aware, for FEEL's `now()`
    and, in its time zone, `today()`.
    Raises DecisionError; KeyError if the model has no such element.
    """
    run = start(model, now)
    asked = model.decisions.get(element_id) or model.services[element_id]
    run.element_id, run.name = asked.id, asked.name
    frame = _frame(run, inputs)
    try:
        if isinstance(asked, Decision):
            value = _decision(frame, asked)
        else:
            frame.results = {one: _given(frame, one, model.decisions[one].variable) for one in asked.input_decisions}
            value = _service(frame, asked)
    except RecursionError:
        raise DecisionError("too-deep", f"{run.name}: expressions are nested too deeply", run.element_id) from None
    return Outcome(value, frame.results, tuple(run.tables), tuple(run.warnings))


def _frame(run: Evaluation, inputs: Mapping[str, Any]) -> _Frame:
    given = {}
    strange = set()
    for key, value in inputs.items():
        name = " ".join(key.split())
        given[name] = run.from_outside(value)
        if value is not None and given[name] is None:
            strange.add(name)
    return _Frame(run, given, strange=frozenset(strange))


def _decision(frame: _Frame, decision: Decision) -> Any:
    """The value of a decision, after those of the decisions that it requires, each evaluated once."""
    for one in _in_order(frame, decision):
        frame.results[one.id] = _own_value(frame, one)
    return frame.results[decision.id]


def _in_order(frame: _Frame, decision: Decision) -> list[Decision]:
    """The decision and those that it requires and that have no value yet, each after its own requirements."""
    model = frame.run.model
    order: dict[str, Decision] = {}
    path: dict[str, Iterator[str]] = {}
    following: str | None = None if decision.id in frame.results else decision.id
    while True:
        if following is not None:
            if following in path:
                names = " → ".join(model.decisions[one].name for one in [*path, following])
                raise DecisionError("requirement-cycle", f"the decisions require each other: {names}", following)
            path[following] = iter(model.decisions[following].decisions)
        if not path:
            return list(order.values())
        at = next(reversed(path))
        following = next((one for one in path[at] if one not in order and one not in frame.results), None)
        if following is None:
            order[at] = model.decisions[at]
            del path[at]


def _own_value(frame: _Frame, decision: Decision) -> Any:
    run = frame.run
    before = run.enter(decision.id, decision.name)
    variables = _variables(frame, decision)
    if decision.logic is None:
        run.warn("there is no decision logic")
    value = raw(decision.logic, variables, run)
    for type_ref in (None if decision.logic is None else decision.logic.type_ref, decision.variable.type_ref):
        fits, typed = coerce(value, type_ref, run)
        if not fits:
            message = f"{decision.name}: the result is {shown(value)}, which is not of the type {named(type_ref, run)}"
            raise DecisionError("output-type", message, decision.id)
        value = typed
    run.leave(before)
    return value


def _variables(frame: _Frame, decision: Decision) -> dict[str, Any]:
    """What the logic of a decision sees: what was given, and the values of what it requires."""
    model = frame.run.model
    variables = dict(frame.given)
    for one in decision.inputs:
        variable = model.inputs[one].variable
        variables[variable.name] = _given(frame, one, variable)
    required = [model.decisions[one] for one in decision.decisions]
    for other in required:
        variables.update(_by_output(other, frame.results[other.id]))
    for other in required:
        variables[other.variable.name] = frame.results[other.id]
    for one in decision.knowledge:
        _add_knowledge(frame, one, variables)
    return variables


def _by_output(decision: Decision, value: Any) -> dict[str, Any]:
    """The results of a table by the names of its outputs; of several rules as lists."""
    names = decision.result_names
    rows = value if isinstance(value, list) else [value]
    if not names:
        return {}
    if len(names) == 1:
        return {names[0]: value}
    columns = {name: [row.get(name) for row in rows if isinstance(row, dict)] for name in names}
    if isinstance(value, list):
        return dict(columns)
    return {name: column[0] if column else None for name, column in columns.items()}


def _given(frame: _Frame, element_id: str, variable: Variable) -> Any:
    run = frame.run
    if variable.name not in frame.given:
        run.warn(f"the input {variable.name} is not given")
        return None
    value = frame.given[variable.name]
    fits, admitted = admit(value, variable.type_ref, run)
    if variable.name in frame.strange:
        message = f"the input {variable.name} is not a value that decisions know"
        raise DecisionError("input-type", f"{run.name}: {message}", element_id)
    if not fits:
        message = (
            f"the input {variable.name} is {shown(value)}, which is not of the type {named(variable.type_ref, run)}"
        )
        raise DecisionError("input-type", f"{run.name}: {message}", element_id, (), {variable.name: shown(value)})
    return admitted


def _add_knowledge(frame: _Frame, element_id: str, variables: dict[str, Any]) -> None:
    """Put the function of a knowledge model or decision service among the variables."""
    model, run = frame.run.model, frame.run
    if service := model.services.get(element_id):
        variables[service.variable.name] = _service_function(frame, service)
        return
    knowledge = model.knowledge[element_id]
    if knowledge.function is None:
        variables[knowledge.variable.name] = None
        return
    scope: dict[str, Any] = {}
    before = run.enter(knowledge.id, knowledge.name)
    for one in knowledge.knowledge:
        if one != element_id:
            _add_knowledge(frame, one, scope)
    made = function(knowledge.variable.name, knowledge.function, scope, run, knowledge.id)
    run.leave(before)
    variables[knowledge.variable.name] = made


def _service_function(frame: _Frame, service: Service) -> Any:
    """A service as a function: input data first, then input decisions (DMN 1.5, 10.4)."""
    model = frame.run.model
    data = [model.inputs[one] for one in service.inputs]
    decisions = [model.decisions[one] for one in service.input_decisions]
    parameters = [one.variable for one in data] + [one.variable for one in decisions]

    def body(arguments: Mapping[str, Any]) -> Any:
        results = {one.id: arguments[one.variable.name] for one in decisions}
        return _service(_Frame(frame.run, dict(arguments), results), service)

    typed = tuple((one.name, one.type_ref) for one in parameters)
    return callable_of(service.variable.name, typed, body, frame.run, service.id)


def _service(frame: _Frame, service: Service) -> Any:
    """The value of the only output decision, or a context of all."""
    decisions = [frame.run.model.decisions[one] for one in service.outputs]
    values = {one.variable.name: _decision(frame, one) for one in decisions}
    value = next(iter(values.values())) if len(values) == 1 else values
    fits, typed = coerce(value, service.variable.type_ref, frame.run)
    if not fits:
        type_ref = named(service.variable.type_ref, frame.run)
        message = f"{service.name}: the result is {shown(value)}, which is not of the type {type_ref}"
        raise DecisionError("output-type", message, service.id)
    return typed
