"""A run of a small BPMN file, as a caller of the engine sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from app import definitions, engine, expressions
from app.domain.models import values
from app.domain.models.work import DecisionCall
from app.expressions import feel

ZONE = timezone(timedelta(hours=5))
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)

Delegate = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Decision = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]

SURROUNDINGS = definitions.Surroundings(
    roles=frozenset({"clerk", "head"}),
    forms=frozenset(),
    delegates=frozenset({"register", "check", "notify", "fetch"}),
    processes=frozenset({"payment"}),
    check_expression=lambda source: _fault(source),
    decisions=frozenset({"fee"}),
    check_feel=lambda source: _feel_fault(source),
    outside=frozenset({"fetch"}),
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

    asked: the decisions that were asked for, with their texts evaluated; outside: the delegates that jobs call.
    """

    now: datetime = MONDAY
    zone: tzinfo = ZONE
    starter: str | None = "aigul"
    delegates: dict[str, Delegate] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    asked: list[DecisionCall] = field(default_factory=list)
    outside: set[str] = field(default_factory=lambda: {"fetch"})

    def at(self, moment: datetime) -> "World":
        return replace(self, now=moment)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        if not expressions.is_expression(expression):
            return expression
        try:
            return expressions.compile(expression).evaluate(variables, {"now": lambda: self.now})
        except expressions.ExpressionError as fault:
            raise ValueError(fault.message) from fault

    def is_outside(self, delegate: str) -> bool:
        return delegate in self.outside

    def call(self, delegate: str, step: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
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
        start: engine.Start | None = None,
        /,
        **variables: Any,
    ) -> None:
        self.spec = source if isinstance(source, engine.Spec) else compiled(source)
        self.world = World(delegates=dict(delegates or {}), decisions=dict(decisions or {}))
        self.variables: dict[str, Any] = variables
        self.state: bytes | None = None
        self.tasks: dict[int, engine.OpenedTask] = {}
        self.timers: dict[tuple[int, str], engine.OpenedTimer] = {}
        self.subscriptions: dict[tuple[int, str], engine.OpenedSubscription] = {}
        self.jobs: dict[int, engine.OpenedJob] = {}
        self.external: dict[int, engine.OpenedExternalTask] = {}
        self.thrown: list[engine.Thrown] = []
        self.calls: dict[int, engine.OpenedCall] = {}
        self.step(start or engine.Start())

    def step(self, command: engine.Command) -> "Run":
        return self._take(engine.step(self.spec, self.state, self.variables, command, self.world))

    def modify(self, *instructions: engine.Instruction) -> "Run":
        return self.step(engine.Modify(instructions))

    def migrate(
        self, source: bytes | engine.Spec, mapping: Mapping[str, str] | None = None, *, updated: Sequence[str] = ()
    ) -> engine.Migrated:
        """Go on with another version. mapping: without it every node is mapped to the one of the same id."""
        assert self.state is not None
        new = source if isinstance(source, engine.Spec) else compiled(source)
        if mapping is None:
            mapping = {one: one for one in self.spec.process.nodes if one in new.process.nodes}
        done = engine.migrate(self.spec, new, self.state, self.variables, mapping, frozenset(updated), self.world)
        self.spec = new
        for one in done.moved:
            if one.token in self.tasks:
                self.tasks[one.token] = replace(self.tasks[one.token], node=one.node, parent=one.parent)
            for waiting in (self.calls, self.external):
                if one.token in waiting:
                    waiting[one.token] = replace(waiting[one.token], node=one.node)
            if one.token in self.jobs:
                self.jobs[one.token] = replace(self.jobs[one.token], node=one.name)
        for awaited in (self.timers, self.subscriptions):
            kept = [
                ((token, key), awaited.pop((token, old))) for token, old, key in done.renamed if (token, old) in awaited
            ]
            awaited.update({at: replace(one, key=at[1]) for at, one in kept})
        self._take(done.outcome)
        return done

    def _take(self, outcome: engine.Outcome) -> "Run":
        self.state, self.ended, self.error = outcome.state, outcome.ended, outcome.error
        self.failed_at = outcome.failed_at
        self.variables = _kept(outcome.variables)
        self.closed = {token for token, _ in outcome.closed}
        self.activities = outcome.activities
        self.left = [one.node for one in outcome.activities if not one.cancelled]
        self.cancelled = sorted(one.node for one in outcome.activities if one.cancelled)
        self.tasks = self._standing(self.tasks) | {task.token: task for task in outcome.tasks}
        self.calls = self._standing(self.calls) | {call.token: call for call in outcome.calls}
        self.jobs = self._standing(self.jobs) | {job.token: job for job in outcome.jobs}
        self.external = self._standing(self.external) | {task.token: task for task in outcome.external_tasks}
        self.timers = self._awaited(self.timers, outcome) | {(one.token, one.key): one for one in outcome.timers}
        opened = {(one.token, one.key): one for one in outcome.subscriptions}
        self.subscriptions = self._awaited(self.subscriptions, outcome) | opened
        self.thrown = outcome.thrown
        self._tells_all_that_waits(outcome)
        return self

    def _standing(self, waiting: dict[int, Any]) -> dict[int, Any]:
        return {token: one for token, one in waiting.items() if token not in self.closed}

    def _awaited(self, waiting: dict[tuple[int, str], Any], outcome: engine.Outcome) -> dict[tuple[int, str], Any]:
        gone = set(outcome.disarmed)
        if outcome.ended:
            return {}
        return {key: one for key, one in waiting.items() if key[0] not in self.closed and key not in gone}

    def _tells_all_that_waits(self, outcome: engine.Outcome) -> None:
        """What the outcomes tell, added up, is what the state holds."""
        standing = {token.id for token in engine.tokens(self.spec, outcome.state)}
        assert bool(standing) is not outcome.ended
        told = {*self.tasks, *self.calls, *self.jobs, *self.external}
        told |= {key[0] for key in (*self.timers, *self.subscriptions)} - {engine.PROCESS}
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
        return min((one for one in self.timers.values() if one.key == node_id), key=lambda one: one.token)

    def fire(self, node_id: str) -> "Run":
        """Fire the timer of the node when it is due."""
        found = self.timer(node_id)
        self.world.now = max(self.world.now, found.due)
        del self.timers[found.token, found.key]
        return self.step(engine.FireTimer(found.token, found.key))

    def deliver(self, node_id: str, **variables: Any) -> "Run":
        found = min((one for one in self.subscriptions.values() if one.key == node_id), key=lambda one: one.token)
        return self.step(engine.Deliver(found.token, found.key, variables))

    def work(self, node_id: str) -> "Run":
        """Run the oldest job at a node."""
        name = f"{node_id}#"
        return self.step(engine.RunJob(min(job.token for job in self.jobs.values() if job.node.startswith(name))))

    @property
    def waits(self) -> list[str]:
        """What is waited for beside the tasks, sorted: keys of timers, messages and signals."""
        return sorted(key for _, key in (*self.timers, *self.subscriptions))


def _kept(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as they come back from where they are kept."""
    kept = {name: values.keep(values.Variable(value, values.infer(value))) for name, value in variables.items()}
    return {name: values.recall(value, mark).value for name, (value, mark) in kept.items()}
