"""Decisions: the value of a decision or decision service of a model, for given inputs (DMN 1.5, chapters 6 to 10).

Expressions that have no value are null and leave a warning. A table whose rules break its policy, and an input or a
result of a wrong type, are errors.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.models.decision import Decision, DecisionModel, Service, Variable
from app.expressions.dmn.boxed import callable_of, function, raw
from app.expressions.dmn.results import results
from app.expressions.dmn.run import DecisionError, Evaluation, RuleHit, TableRun, fault, shown
from app.expressions.dmn.types import admit, coerce, named, plain, start
from app.expressions.feel.scope import MISSING, Root, Scope, measure
from app.expressions.feel.values import Exhausted

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

    inputs: what was given, by the names of the input data; given: the same as values of FEEL.
    """

    run: Evaluation
    inputs: Mapping[str, Any]
    given: Scope
    results: dict[str, Any] = field(default_factory=dict)


def evaluate(model: DecisionModel, element_id: str, inputs: Mapping[str, Any], now: datetime | None = None) -> Outcome:
    """Evaluate a decision or a decision service.

    inputs: plain values by the names of the input data (for a service, of its input decisions too). Others are seen
    by all decisions, as process variables are in Camunda 7; what is not given is null. now: aware, for FEEL's `now()`
    and, in its time zone, `today()`.
    Raises DecisionError, also where the evaluation would cost too much; KeyError if the model has no such element.
    """
    run = start(model, now)
    asked = model.decisions.get(element_id) or model.services[element_id]
    run.element_id, run.name = asked.id, asked.name
    given = {" ".join(name.split()): value for name, value in inputs.items()}
    frame = _Frame(run, given, Root(given, run.budget))
    try:
        if isinstance(asked, Decision):
            value = _decision(frame, asked)
        else:
            frame.results = {one: _given(frame, one, model.decisions[one].variable) for one in asked.input_decisions}
            value = _service(frame, asked)
        measure(value, run.budget)
    except Exhausted as limit:
        raise DecisionError("too-costly", f"{run.name}: {limit}", run.element_id) from None
    except RecursionError:
        raise DecisionError("too-deep", f"{run.name}: expressions are nested too deeply", run.element_id) from None
    return Outcome(value, frame.results, tuple(run.tables), tuple(run.warnings))


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


def _variables(frame: _Frame, decision: Decision) -> Scope:
    """What the logic of a decision sees: what was given, and the values of what it requires."""
    run, model = frame.run, frame.run.model
    variables = {}
    for one in decision.inputs:
        variable = model.inputs[one].variable
        variables[variable.name] = _given(frame, one, variable)
    required = [model.decisions[one] for one in decision.decisions]
    for other in required:
        variables.update(_by_output(other, frame.results[other.id]))
    for other in required:
        variables[other.variable.name] = frame.results[other.id]
    return Scope(variables | _functions(run, decision.knowledge), frame.given, run.budget)


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
    run, name = frame.run, variable.name
    value = frame.given.find(name)
    if value is MISSING:
        run.warn(f"the input {name} is not given")
        return None
    if value is None and frame.inputs[name] is not None:
        message = f"{run.name}: the input {name} is not a value that decisions know"
        raise DecisionError("input-type", message, element_id)
    fits, admitted = admit(value, variable.type_ref, run)
    if not fits:
        wanted = f"which is not of the type {named(variable.type_ref, run)}"
        message = f"{run.name}: the input {name} is {shown(value)}, {wanted}"
        raise DecisionError("input-type", message, element_id, (), {name: shown(value)})
    return admitted


def _functions(run: Evaluation, ids: Iterable[str]) -> dict[str, Any]:
    """The functions of knowledge models and decision services by their names; each is made once."""
    model, made = run.model, run.functions
    scopes: dict[str, dict[str, Any]] = {}
    waiting = [one for one in ids if one not in made]
    while waiting:
        one = waiting.pop()
        if one in made:
            continue
        if one in model.services:
            made[one] = _service_function(run, model.services[one])
            continue
        knowledge, scopes[one] = model.knowledge[one], {}
        logic, inner = knowledge.function, Scope(scopes[one], None, run.budget)
        made[one] = None if logic is None else function(knowledge.variable.name, logic, inner, run, one)
        waiting += knowledge.knowledge
    for one, scope in scopes.items():
        scope |= _by_name(run, (other for other in model.knowledge[one].knowledge if other != one))
    return _by_name(run, ids)


def _by_name(run: Evaluation, ids: Iterable[str]) -> dict[str, Any]:
    return {(run.model.knowledge.get(one) or run.model.services[one]).variable.name: run.functions[one] for one in ids}


def _service_function(run: Evaluation, service: Service) -> Any:
    """A service as a function: input data first, then input decisions (DMN 1.5, 10.4)."""
    data = [run.model.inputs[one] for one in service.inputs]
    decisions = [run.model.decisions[one] for one in service.input_decisions]
    parameters = [one.variable for one in data] + [one.variable for one in decisions]

    def body(arguments: Mapping[str, Any]) -> Any:
        results = {one.id: arguments[one.variable.name] for one in decisions}
        return _service(_Frame(run, arguments, Scope(arguments, None, run.budget), results), service)

    typed = tuple((one.name, one.type_ref) for one in parameters)
    return callable_of(service.variable.name, typed, body, run, service.id)


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
