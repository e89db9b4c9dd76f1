"""Small BPMN files from a terse description, and a run of one, as a caller of the engine sees it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from app import definitions, engine, expressions
from app.domain import values
from app.domain.model import DecisionCall
from app.expressions import feel

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">'
)
PLAIN = {
    "name", "default", "attachedToRef", "cancelActivity", "calledElement", "messageRef", "scriptFormat", "isSequential",
}  # fmt: skip
"""BPMN's own attributes; the others are Camunda's."""
ZONE = timezone(timedelta(hours=5))
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)

Delegate = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Decision = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def node(tag: str, node_id: str, *content: str, **attributes: str) -> str:
    given = "".join(
        f' {name if name in PLAIN else f"camunda:{name}"}="{escape(value)}"' for name, value in attributes.items()
    )
    return f'<{tag} id="{node_id}"{given}>{"".join(content)}</{tag}>'


def start(node_id: str = "start") -> str:
    return node("startEvent", node_id)


def end(node_id: str = "end", definition: str = "") -> str:
    return node("endEvent", node_id, definition)


def user(node_id: str, *content: str, **attributes: str) -> str:
    return node("userTask", node_id, *content, **({"candidateGroups": "clerk"} | attributes))


def script(node_id: str, expression: str, result: str, *content: str, language: str = "juel") -> str:
    body = f"<script>{escape(expression)}</script>"
    return node("scriptTask", node_id, *content, body, scriptFormat=language, resultVariable=result)


def service(node_id: str, *content: str, **attributes: str) -> str:
    return node("serviceTask", node_id, *content, **attributes)


def xor(node_id: str, **attributes: str) -> str:
    return node("exclusiveGateway", node_id, **attributes)


def both(node_id: str) -> str:
    return node("parallelGateway", node_id)


def some(node_id: str, **attributes: str) -> str:
    return node("inclusiveGateway", node_id, **attributes)


def sub(node_id: str, *content: str) -> str:
    return node("subProcess", node_id, *content)


def call(node_id: str, called: str, *mappings: str, **attributes: str) -> str:
    inner = f"<extensionElements>{''.join(mappings)}</extensionElements>" if mappings else ""
    return node("callActivity", node_id, inner, calledElement=called, **attributes)


def parameters(inputs: Mapping[str, str] | None = None, outputs: Mapping[str, str] | None = None) -> str:
    """Camunda's input and output parameters."""
    parts = [
        f'<camunda:inputParameter name="{name}">{escape(v)}</camunda:inputParameter>'
        for name, v in (inputs or {}).items()
    ]
    parts += [
        f'<camunda:outputParameter name="{name}">{escape(v)}</camunda:outputParameter>'
        for name, v in (outputs or {}).items()
    ]
    return f"<extensionElements><camunda:inputOutput>{''.join(parts)}</camunda:inputOutput></extensionElements>"


def multi(*, count: str = "", over: str = "", item: str = "", until: str = "", sequential: bool = False) -> str:
    """Multi-instance by cardinality or over a collection."""
    attributes = f' camunda:collection="{escape(over)}"' if over else ""
    attributes += f' camunda:elementVariable="{item}"' if item else ""
    inner = f"<loopCardinality>{escape(count)}</loopCardinality>" if count else ""
    inner += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    flag = "true" if sequential else "false"
    return f'<multiInstanceLoopCharacteristics isSequential="{flag}"{attributes}>{inner}</multiInstanceLoopCharacteristics>'


def timer(kind: str, time: str) -> str:
    """kind: Date, Duration or Cycle."""
    return f"<timerEventDefinition><time{kind}>{escape(time)}</time{kind}></timerEventDefinition>"


def message(key: str) -> str:
    return f'<messageEventDefinition messageRef="message-{key}"/>'


def error(code: str | None, **variables: str) -> str:
    reference = f' errorRef="error-{code}"' if code else ""
    given = "".join(f' camunda:{name}="{value}"' for name, value in variables.items())
    return f"<errorEventDefinition{reference}{given}/>"


TERMINATE = "<terminateEventDefinition/>"


def boundary(node_id: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    return node(
        "boundaryEvent", node_id, definition, attachedToRef=host, cancelActivity="true" if interrupting else "false"
    )


def catch(node_id: str, definition: str) -> str:
    return node("intermediateCatchEvent", node_id, definition)


def path(*nodes: str) -> str:
    """Sequence flows from each node to the next."""
    return "".join(flow(source, target) for source, target in zip(nodes, nodes[1:], strict=False))


def flow(source: str, target: str, condition: str | None = None, *, language: str = "") -> str:
    """A sequence flow with the id `source_target`."""
    given = f' language="{language}"' if language else ""
    inner = f"<conditionExpression{given}>{escape(condition)}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def file(*content: str, names: Mapping[str, str] | None = None) -> bytes:
    """One process. A message is named by its key unless `names` says otherwise; an error has its key as code."""
    body = "".join(content)
    outside = "".join(
        f'<message id="message-{key}" name="{escape((names or {}).get(key, key))}"/>'
        for key in sorted(set(re.findall(r'messageRef="message-([\w-]+)"', body)))
    )
    outside += "".join(
        f'<error id="error-{key}" errorCode="{key}"/>'
        for key in sorted(set(re.findall(r'errorRef="error-([\w-]+)"', body)))
    )
    return f'{HEAD}{outside}<process id="p" isExecutable="true">{body}</process></definitions>'.encode()


def line(*nodes: str) -> bytes:
    """start, the nodes one after the other, end."""
    ids = [re.findall(r'id="([^"]+)"', given)[0] for given in nodes]
    return file(start(), *nodes, end(), path("start", *ids, "end"))


SURROUNDINGS = definitions.Surroundings(
    roles=frozenset({"clerk", "head"}),
    forms=frozenset(),
    delegates=frozenset({"register", "check", "notify"}),
    processes=frozenset({"payment"}),
    check_expression=lambda source: _fault(source),
    decisions=frozenset({"fee"}),
    check_feel=lambda source: _feel_fault(source),
)


def _fault(source: str) -> definitions.ExpressionFault | None:
    try:
        expressions.compile(source)
    except expressions.ExpressionError as fault:
        return definitions.ExpressionFault(str(fault.message), fault.position)
    return None


def _feel_fault(source: str) -> definitions.ExpressionFault | None:
    try:
        feel.compile(source)
    except feel.FeelError as fault:
        return definitions.ExpressionFault(str(fault))
    return None


def refusals(source: bytes) -> list[str]:
    """The codes of the errors for which a deployment of the file is refused."""
    return [one.code for one in definitions.check(definitions.read("p.bpmn", source), SURROUNDINGS) if one.is_error]


def compiled(source: bytes) -> engine.Spec:
    assert refusals(source) == []
    (process,) = definitions.read("p.bpmn", source).processes
    return engine.compile(process)


@dataclass
class World:
    """The engine's Host: JUEL, FEEL, a clock that tests set, delegates and decisions by name.

    asked: the decisions that were asked for, with their texts evaluated.
    """

    now: datetime = MONDAY
    zone: tzinfo = ZONE
    starter: str | None = "aigul"
    delegates: dict[str, Delegate] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    asked: list[DecisionCall] = field(default_factory=list)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        if not expressions.is_expression(expression):
            return expression
        try:
            return expressions.compile(expression).evaluate(variables, {"now": lambda: self.now})
        except expressions.ExpressionError as fault:
            raise ValueError(fault.message) from fault

    def call(self, delegate: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.delegates[delegate](variables)

    def feel(self, expression: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
        result = feel.compile(expression).evaluate(variables, now=self.now)
        return result.value, result.warnings

    def decide(self, asked: DecisionCall, variables: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        self.asked.append(asked)
        return self.decisions[asked.decision](variables)


class Run:
    """An instance that is started at once; every command passes on the bytes and the kept variables of the last step.

    left: the ids of the nodes that were left in the last step, in order, and cancelled: those that were interrupted.
    """

    def __init__(
        self,
        source: bytes | engine.Spec,
        delegates: Mapping[str, Delegate] | None = None,
        decisions: Mapping[str, Decision] | None = None,
        /,
        **variables: Any,
    ) -> None:
        self.spec = source if isinstance(source, engine.Spec) else compiled(source)
        self.world = World(delegates=dict(delegates or {}), decisions=dict(decisions or {}))
        self.variables: dict[str, Any] = variables
        self.state: bytes | None = None
        self.tasks: dict[int, engine.OpenedTask] = {}
        self.timers: dict[tuple[int, str], engine.OpenedTimer] = {}
        self.messages: dict[tuple[int, str], engine.OpenedMessage] = {}
        self.calls: dict[int, engine.OpenedCall] = {}
        self.step(engine.Start())

    def step(self, command: engine.Command) -> "Run":
        outcome = engine.step(self.spec, self.state, self.variables, command, self.world)
        self.state, self.ended, self.error = outcome.state, outcome.ended, outcome.error
        self.variables = _kept(outcome.variables)
        self.closed = {token for token, _ in outcome.closed}
        self.activities = outcome.activities
        self.left = [one.node for one in outcome.activities if not one.cancelled]
        self.cancelled = sorted(one.node for one in outcome.activities if one.cancelled)
        self.tasks = self._standing(self.tasks) | {task.token: task for task in outcome.tasks}
        self.calls = self._standing(self.calls) | {call.token: call for call in outcome.calls}
        self.timers = {key: one for key, one in self.timers.items() if key[0] not in self.closed}
        self.timers |= {(one.token, one.node): one for one in outcome.timers}
        self.messages = {key: one for key, one in self.messages.items() if key[0] not in self.closed}
        self.messages |= {(one.token, one.node): one for one in outcome.messages}
        self._tells_all_that_waits(outcome)
        return self

    def _standing(self, waiting: dict[int, Any]) -> dict[int, Any]:
        return {token: one for token, one in waiting.items() if token not in self.closed}

    def _tells_all_that_waits(self, outcome: engine.Outcome) -> None:
        """What the outcomes tell, added up, is what the state holds."""
        standing = {token.id for token in engine.tokens(self.spec, outcome.state)}
        assert bool(standing) is not outcome.ended
        told = {*self.tasks, *self.calls, *(key[0] for key in (*self.timers, *self.messages))}
        assert told <= standing
        assert set(outcome.still_open) | {task.token for task in outcome.tasks} == set(self.tasks)

    @property
    def open(self) -> list[str]:
        """The nodes of the open user tasks, sorted."""
        return sorted(task.node for task in self.tasks.values())

    def token(self, node_id: str) -> int:
        """The oldest token at a node."""
        assert self.state is not None
        found = (token.id for token in engine.tokens(self.spec, self.state) if token.node == node_id)
        return min(token for token in found)

    def task(self, node_id: str) -> engine.OpenedTask:
        return min((task for task in self.tasks.values() if task.node == node_id), key=lambda task: task.token)

    def complete(self, node_id: str, **variables: Any) -> "Run":
        """Complete the oldest open task of the node."""
        return self.step(engine.Complete(self.task(node_id).token, variables))

    def timer(self, node_id: str) -> engine.OpenedTimer:
        return min((one for one in self.timers.values() if one.node == node_id), key=lambda one: one.token)

    def fire(self, node_id: str) -> "Run":
        """Fire the timer of the node when it is due."""
        found = self.timer(node_id)
        self.world.now = max(self.world.now, found.due)
        del self.timers[found.token, found.node]
        return self.step(engine.FireTimer(found.token, found.node))

    def deliver(self, node_id: str, **variables: Any) -> "Run":
        found = min((one for one in self.messages.values() if one.node == node_id), key=lambda one: one.token)
        return self.step(engine.Deliver(found.token, found.node, variables))


def _kept(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as they come back from where they are kept."""
    kept = {name: values.keep(values.Variable(value, values.infer(value))) for name, value in variables.items()}
    return {name: values.recall(value, mark).value for name, (value, mark) in kept.items()}
