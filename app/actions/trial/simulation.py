"""A case that is played through in memory: the engine's own steps on a clock of its own, and nothing is kept of it.

What `running.progress`, `waits` and `delivery` write into rows stands in plain values here: tasks, timers, what is waited
for, calls, messages on their way.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import thread_time
from typing import Any

from app import engine
from app.actions.trial.host import World, host_of
from app.actions.trial.library import Meant, Played
from app.actions.trial.reasons import why
from app.actions.trial.standing import DELEGATE, EXTERNAL, MESSAGE, SIGNAL, TASK, TIMER, WORK, Done, Part, Wait
from app.domain.models.model import EventKind, Node, node_of
from app.errors import Conflict, Invalid

MOVES_LIMIT = 1_000
"""Steps that one command may bring about: also a loop that calls or waits for nothing comes to its end."""
SECONDS = 10
"""Of the processor's time, for all that is done to one case."""
DEPTH = 20


@dataclass
class Simulation:
    """A case as it stands. waits: by case, token and key of the event."""

    world: World
    now: datetime
    began: datetime = field(init=False)
    parts: list[Part] = field(default_factory=list)
    waits: dict[tuple[int, int, str], Wait] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    thrown: list[tuple[int, engine.Thrown]] = field(default_factory=list)
    _moves: deque[tuple[int, engine.Command]] = field(default_factory=deque)
    _moved: int = 0
    _until: float = field(default_factory=lambda: thread_time() + SECONDS)

    def __post_init__(self) -> None:
        self.began = self.now

    def copy(self) -> "Simulation":
        """The same, to try something on."""
        world = replace(self.world, numbers=self.world.numbers.copy())
        parts = [replace(part, walked=list(part.walked)) for part in self.parts]
        return Simulation(
            world, self.now, parts, dict(self.waits), list(self.done), list(self.thrown), _until=self._until
        )

    @property
    def ended(self) -> bool:
        return bool(self.parts) and self.parts[0].ended is not None

    def begin(self, played: Played, variables: Mapping[str, Any], node: str | None = None, key: str = "T-1") -> None:
        """Start the case. node: a start event that has happened. Raises StepFailed, Invalid."""
        self._new(played, variables, key, None, 0)
        self._moves.append((1, engine.Start(node)))
        self._settle()

    def complete(self, wait: Wait, variables: Mapping[str, Any]) -> None:
        """Do a task, an external task or what a delegate outside does. Raises Conflict, StepFailed."""
        self._command(wait, engine.Complete(wait.token, dict(variables)))

    def arrive(self, wait: Wait, variables: Mapping[str, Any]) -> None:
        """A message or a signal comes to where it is waited for."""
        self._command(wait, engine.Deliver(wait.token, wait.key, dict(variables)))

    def fail(self, wait: Wait, code: str) -> None:
        """The work at a wait ends with a business error."""
        self._command(wait, engine.Raise(wait.token, code))

    def set(self, variables: Mapping[str, Any]) -> None:
        """Write variables of the case from outside; conditions may come true."""
        part = self.parts[0]
        part.write({**part.known, **variables}, variables.keys())
        self._command(None, engine.LookAgain())

    def wait_until(self, moment: datetime) -> None:
        """Let the clock run up to a moment, and every timer on the way fire. The clock does not go back."""
        self._fire(lambda due: due <= moment)
        self.now = max(self.now, moment)

    def wait_before(self, moment: datetime) -> None:
        """The same, without the timers that fire at that very moment."""
        self._fire(lambda due: due < moment)
        self.now = max(self.now, moment)

    def _fire(self, comes: Callable[[datetime], bool]) -> None:
        fired = 0
        while (first := self.next_timer()) is not None and first.due is not None and comes(first.due):
            fired += 1
            if fired > MOVES_LIMIT:
                raise _endless()
            self.now = max(self.now, first.due)
            self._moves.append((first.case, engine.FireTimer(first.token, first.key)))
            self._settle()

    def next_timer(self) -> Wait | None:
        """The one that fires first."""
        timers = (wait for wait in self.waits.values() if wait.kind == TIMER and wait.due is not None)
        return min(timers, key=_moment_of, default=None)

    def find(self, case: int, token: int, key: str) -> Wait:
        """Raises Conflict for what is not waited for."""
        found = self.waits.get((case, token, key))
        if found is None:
            raise Conflict(f"process {case} does not wait for '{key}' at token {token}")
        return found

    def tokens(self, part: Part) -> list[engine.Token]:
        """Where a process stands."""
        return [] if part.state is None else engine.tokens(part.played.spec, part.state)

    def _command(self, wait: Wait | None, command: engine.Command) -> None:
        if wait is not None:
            self.find(wait.case, wait.token, wait.key)
        self._moves.append((1 if wait is None else wait.case, command))
        self._settle()

    def _settle(self) -> None:
        """Carry out what has been told and all that follows from it, timers that are overdue included. One that is due at
        this very moment lets go first who is done in time."""
        self._moved = 0
        while True:
            while self._moves:
                number, command = self._moves.popleft()
                self._move(self.parts[number - 1], command)
            self._deliver()
            first = self.next_timer()
            if not self._moves and first is not None and first.due is not None and first.due < self.now:
                self._moves.append((first.case, engine.FireTimer(first.token, first.key)))
            if not self._moves:
                return

    def _move(self, part: Part, command: engine.Command) -> None:
        self._moved += 1
        if self._moved > MOVES_LIMIT or thread_time() > self._until:
            raise _endless()
        if part.ended is not None:
            return
        host = host_of(self.world, part.played, part.number, part.key, self.now)
        try:
            outcome = engine.step(part.played.spec, part.state, part.known, command, host)
        except Conflict:
            if self._moved == 1:
                raise
            return  # what was told first has withdrawn it
        part.write(outcome.variables, outcome.changed)
        part.state = outcome.state
        part.walked += [one.node for one in outcome.activities if not one.cancelled]
        self._close(part, outcome, command)
        self._open(part, outcome)
        self._pass_on(part, outcome)
        if outcome.ended:
            self._finish(part, outcome, command)

    def _close(self, part: Part, outcome: engine.Outcome, command: engine.Command) -> None:
        """Take out what is waited for no longer, and end what was called from there."""
        gone = {token for token, _ in outcome.closed}
        told = engine.token_of(command), command.key if isinstance(command, engine.Deliver | engine.FireTimer) else ""
        if isinstance(command, engine.Deliver) and (wait := self.waits.get((part.number, *told))) is not None:
            self.done.append(Done(wait, self.now, cancelled=False))
        for place, wait in list(self.waits.items()):
            case, token, key = place
            fired = isinstance(command, engine.FireTimer) and (token, key) == told
            if case != part.number:
                continue
            if not (fired or outcome.ended or token in gone or (token, key) in outcome.disarmed):
                continue
            del self.waits[place]
            worked = isinstance(command, engine.Complete | engine.Raise) and token == told[0]
            if wait.kind in WORK or fired:
                self.done.append(Done(wait, self.now, cancelled=not (fired or worked)))
        for child in self.parts:
            number, token = child.caller or (0, 0)
            if number == part.number and token in gone and child.ended is None:
                self._moves.appendleft((child.number, engine.Cancel()))

    def _open(self, part: Part, outcome: engine.Outcome) -> None:
        nodes = part.played.process.nodes
        for task in outcome.tasks:
            role = ", ".join(task.candidate_groups) or task.assignee or ", ".join(task.candidate_users) or None
            self._wait(part, TASK, task.token, nodes[task.node], task.node, role=role, due=task.due)
        for timer in outcome.timers:
            self._wait(part, TIMER, timer.token, nodes[node_of(timer.key)], timer.key, due=timer.due)
        for one in outcome.subscriptions:
            kind = MESSAGE if one.kind is EventKind.MESSAGE else SIGNAL
            self._wait(part, kind, one.token, nodes[node_of(one.key)], one.key, name=one.name)
        for work in outcome.external_tasks:
            self._wait(part, EXTERNAL, work.token, nodes[work.node], work.node, name=work.topic)
        for job in outcome.jobs:
            if job.calls:
                node = nodes[job.node]
                self._wait(part, DELEGATE, job.token, node, job.node, name=node.delegate)
            else:
                self._moves.append((part.number, engine.RunJob(job.token)))
        for token, due in outcome.recounted:
            for place, wait in self.waits.items():
                if place[:2] == (part.number, token) and wait.kind == TASK:
                    self.waits[place] = replace(wait, due=due, why=why(self.world, part, wait.node, due))

    def _wait(self, part: Part, kind: str, token: int, node: Node, key: str, **known: Any) -> None:
        due = known.get("due")
        if due is not None:
            known["why"], known["due"] = why(self.world, part, node, due), due.astimezone(self.world.calendar.tz)
        self.waits[part.number, token, key] = Wait(kind, part.number, token, node, key, self.now, **known)

    def _pass_on(self, part: Part, outcome: engine.Outcome) -> None:
        """What leaves a process: messages and signals, escalations to its caller, calls."""
        for thrown in outcome.thrown:
            if thrown.kind is not EventKind.ESCALATION:
                self.thrown.append((part.number, thrown))
            elif part.caller is not None:
                self._moves.append((part.caller[0], engine.Escalate(part.caller[1], thrown.name)))
        for call in outcome.calls:
            played = self.world.library.process(Meant.by_call(call, part.played, self.began))
            if played is None or part.depth >= DEPTH:
                raise engine.StepFailed(
                    f"callActivity '{call.node}' cannot be executed: there is no process '{call.called_element}'",
                    details={"activityId": call.node, "calledElement": call.called_element},
                )
            child = self._new(played, call.variables, call.business_key, (part.number, call.token), part.depth + 1)
            self._moves.append((child.number, engine.Start()))

    def _new(
        self,
        played: Played,
        variables: Mapping[str, Any],
        key: str | None,
        caller: tuple[int, int] | None,
        depth: int,
    ) -> Part:
        part = Part(len(self.parts) + 1, played, key, caller, depth)
        part.write(variables, variables.keys())
        self.parts.append(part)
        return part

    def _finish(self, part: Part, outcome: engine.Outcome, command: engine.Command) -> None:
        part.ended, part.state = self.now, None
        if outcome.error is not None:
            part.error = outcome.error.error_code or str(outcome.error)
        if part.caller is None or isinstance(command, engine.Cancel):
            return
        number, token = part.caller
        answer: engine.Command = engine.Return(token, part.known)
        if outcome.error is not None:
            answer = engine.Raise(token, outcome.error.error_code, outcome.error.message)
        self._moves.append((number, answer))

    def _deliver(self) -> None:
        """Hand over what was thrown to those processes of the case that wait for it; a message stays until one does."""
        kept = []
        for thrower, thrown in self.thrown:
            waiting = list(self._waiting_for(thrower, thrown))
            if thrown.kind is EventKind.MESSAGE:
                waiting = waiting[:1]
                kept += [] if waiting else [(thrower, thrown)]
            for wait in waiting:
                self._moves.append((wait.case, engine.Deliver(wait.token, wait.key, dict(thrown.variables))))
        self.thrown = kept

    def _waiting_for(self, thrower: int, thrown: engine.Thrown) -> Iterator[Wait]:
        kind = MESSAGE if thrown.kind is EventKind.MESSAGE else SIGNAL
        key = thrown.business_key or self.parts[thrower - 1].key
        for wait in self.waits.values():
            part = self.parts[wait.case - 1]
            meant = kind == SIGNAL or key is None or part.key == key
            if (wait.kind, wait.name) == (kind, thrown.name) and wait.case != thrower and meant:
                yield wait


def _endless() -> Invalid:
    why = f"it takes more than {MOVES_LIMIT} steps or {SECONDS} seconds: it probably loops without end"
    return Invalid(why, details={"limit": MOVES_LIMIT})


def _moment_of(wait: Wait) -> tuple[datetime, int]:
    assert wait.due is not None
    return wait.due, wait.case
