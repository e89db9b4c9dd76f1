"""How tokens move by themselves, from one rest of the case to the next (BPMN 2.0.2, 13; as the engine does it)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from app.conformity import ends, joins
from app.conformity import tokens as tree
from app.conformity.deciding import FAULT, Deciding, Known
from app.conformity.net import Edge, Net, Step
from app.conformity.tokens import (
    BEGIN,
    ENTER,
    JOIN,
    LEAVE,
    LEFT,
    MULTI,
    SCOPE,
    SPLIT,
    WAIT,
    Path,
    Problem,
    State,
    Token,
    Tokens,
)
from app.conformity.values import ANY, UNSET
from app.conformity.variables import DELEGATES, Writes
from app.domain.models.model import EventKind, Kind

MOST_INSTANCES = 2
"""Of a multi-instance activity: none, one and several (two) are looked at."""
WAITING = {Kind.USER_TASK, Kind.RECEIVE_TASK, Kind.INTERMEDIATE_CATCH_EVENT}


def unhurried() -> bool:
    """There is always time to go on."""
    return True


@dataclass
class Moves:
    """demands: by step, what a case must come to once the step is done.

    watch: told of each task that begins to wait, with its due date and its role. going: asked over and over whether there
    is time to go on. problems: what was found, each with the steps since the rest before it. visited: the steps that a
    token has come to.
    """

    net: Net
    deciding: Deciding
    demands: Mapping[str, str] = field(default_factory=dict)
    watch: Callable[[Step, object, object, State], None] | None = None
    going: Callable[[], bool] = unhurried
    problems: dict[Problem, tuple[str, ...]] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)

    def begin(self) -> State:
        assert self.net.first is not None
        facts = self.deciding.variables
        first = facts.writes[self.net.first]
        known: Known = dict.fromkeys(facts.written & facts.relevant, UNSET)
        known |= dict.fromkeys(facts.inside & facts.relevant, UNSET)
        known = self.deciding.forget(known, (*first.form, *(facts.orphans - facts.inside)))
        return State((Token(self.net.first, ENTER),), now=self.deciding.timing.begin()).with_variables(known)

    def move(self, state: State, path: Path, trace: tuple[str, ...]) -> list[State]:
        """What can come of the first thing that the token at `path` does. trace: the steps since the last rest."""
        following = self._moved(state, path)
        for name, step in sorted(self.deciding.unset):
            self.problems.setdefault(Problem("unset", step, name), ())
        for problem, way in self.problems.items():
            self.problems[problem] = way or trace
        return following

    def _moved(self, state: State, path: Path) -> list[State]:
        token = tree.at(state.tokens, path)
        step = self.net.steps[token.step]
        match token.phase:
            case tree.ENTER:
                return [self._enter(state, path, token, step)]
            case tree.BEGIN:
                return list(self._begin(state, path, token, step))
            case tree.LEAVE:
                return list(self._leave(state, path, token, step))
            case tree.SPLIT:
                return [self._flow(case, path, taken) for case, taken in self._split(state, step)]
            case tree.LEFT:
                return [self._flow(state, path, step.outgoing)]
            case tree.SCOPE:
                return [_put(state, path, token._replace(phase=LEAVE, fired=(), began=""))]
            case tree.MULTI if token.left < 0:
                return self.instances(state, path)
            case tree.MULTI if token.left:
                return [_put(state, path, token._replace(left=token.left - 1, inner=(Token(step.id, BEGIN),)))]
        return [_put(state, path, token._replace(phase=LEFT, fired=(), began=""))]

    def _enter(self, state: State, path: Path, token: Token, step: Step) -> State:
        if step.is_join:
            waiting = token._replace(phase=JOIN)
            scope = tree.scope(state.tokens, path)
            inside = (*(one for place, one in enumerate(scope) if place != path[-1]), waiting)
            if step.kind == Kind.PARALLEL_GATEWAY:
                inside = joins.joined(inside, step) or inside
            return state.with_tokens(tree.with_scope(state.tokens, path, inside))
        if step.is_merge:
            state, path = self._merge(state, path, token, step)
            token = tree.at(state.tokens, path)
        if step.node.loop is None:
            return _put(state, path, token._replace(phase=BEGIN, flow=""))
        return _put(
            state, path, token._replace(phase=MULTI, flow="", left=-1, began=self.deciding.timing.stamp(state.now))
        )

    def _merge(self, state: State, path: Path, token: Token, step: Step) -> tuple[State, Path]:
        """Two tokens of one scope that come by different flows, while both were there, should have been joined.

        So a token that passes leaves its mark on all others that can come here too.
        """
        if any(merge == step.id and flow != token.flow for merge, flow in token.passed):
            self.problems.setdefault(Problem("unsynchronised", step.id), ())
        mark = (step.id, token.flow)
        scope = tree.scope(state.tokens, path)
        marked = [
            one._replace(passed=tuple(sorted({*one.passed, mark})))
            if place != path[-1] and (one.step == step.id or step.id in self.net.following[one.step])
            else one
            for place, one in enumerate(scope)
        ]
        tokens = tree.with_scope(state.tokens, path, tuple(marked))
        return state.with_tokens(tokens), (*path[:-1], tuple(sorted(marked)).index(token))

    def _begin(self, state: State, path: Path, token: Token, step: Step) -> Iterator[State]:
        writes = self.deciding.variables.writes[step.id]
        for begun in self._begun(state, writes, step):
            if step.kind in WAITING or (step.node.call and not step.called):
                yield from self._wait(begun, path, token, step)
            elif step.first is not None:
                inside = (Token(step.first, ENTER),)
                yield _put(
                    begun, path, token._replace(phase=SCOPE, inner=inside, began=self.deciding.timing.stamp(state.now))
                )
            elif step.kind == Kind.END_EVENT:
                yield self._end(begun, path, step)
            elif step.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY):
                yield _put(begun, path, token._replace(phase=SPLIT))
            else:
                yield from self._work(begun, path, token, step)

    def _begun(self, state: State, writes: Writes, step: Step) -> Iterator[State]:
        """The state when the step has been handed what it needs."""
        if not writes.begin and not writes.inside:
            yield state
            return
        inside = (name for name in writes.inside if name in self.deciding.variables.relevant)
        known = dict(state.variables) | dict.fromkeys(inside, UNSET)
        for case in self.deciding.assign(known, writes.begin, state.now, step.id):
            yield state.with_variables(case)

    def _wait(self, state: State, path: Path, token: Token, step: Step) -> Iterator[State]:
        node, timing = step.node, self.deciding.timing
        is_timer = node.event.kind == EventKind.TIMER
        began = timing.stamp(state.now)
        source = node.user_task.due_date if node.user_task else node.event.timer if is_timer else None
        for known, value in self._told(dict(state.variables), source, state, step):
            groups = node.user_task.candidate_groups if node.user_task else None
            for case, role in self._told(known, groups, state, step):
                waiting = state.with_variables(case)
                if self.watch is not None:
                    self.watch(step, value, role, waiting)
                due = timing.timer(step, value, began) if is_timer else timing.due(step.id, value, state.now)
                yield _put(waiting, path, token._replace(phase=WAIT, began=began, due=due))

    def _told(self, known: Known, source: str | None, state: State, step: Step) -> list[tuple[Known, object]]:
        if source is None:
            return [(known, None)]
        return self.deciding.evaluate(known, source, step.frame, state.now, step.id)

    def _work(self, state: State, path: Path, token: Token, step: Step) -> Iterator[State]:
        """What a script, a service or an event that does not wait does; one that can fail does that too."""
        writes = self.deciding.variables.writes[step.id]
        for case in self.deciding.assign(dict(state.variables), writes.work, state.now, step.id):
            known = self.handed_in(case, step)
            if writes.delegate is not None:
                moments = self.deciding.timing.moments(state.now, step.id)
                for name in DELEGATES[writes.delegate]:
                    known = self.deciding.written(known, step.frame + name, moments.get(name, ANY))
            reached = self._noting(ends.of_work(state, step))
            now = self.deciding.timing.worked(step.id, state.now)
            done = state._replace(ends=state.ends | reached, now=now).with_variables(known)
            yield _put(done, path, token._replace(phase=LEAVE))
        for boundary in step.boundaries:
            if self.net.steps[boundary].node.event.kind == EventKind.ERROR:
                yield _put(state, path, Token(boundary, LEAVE, passed=token.passed))

    def _noting(self, found: ends.Reached) -> frozenset[str]:
        if found.problem is not None:
            self.problems.setdefault(found.problem, ())
        return found.ends

    def handed_in(self, known: Known, step: Step) -> Known:
        """The variables after somebody, or something unknown, has written what it may at this step."""
        facts = self.deciding.variables
        writes = facts.writes[step.id]
        return self.deciding.forget(known, (*writes.form, *(facts.orphans if writes.forms_unknown else ())))

    def _leave(self, state: State, path: Path, token: Token, step: Step) -> Iterator[State]:
        writes = self.deciding.variables.writes[step.id]
        done = state.ends | {self.demands[step.id]} if step.id in self.demands else state.ends
        body = tree.at(state.tokens, path[:-1]) if len(path) > 1 else None
        for case in self.deciding.assign(dict(state.variables), writes.end, state.now, step.id):
            gone = state._replace(ends=done).with_variables(case)
            if body is None or body.phase != MULTI or body.step != step.id:
                yield _put(gone, path, token._replace(phase=LEFT))
                continue
            yield gone.with_tokens(tree.put(gone.tokens, path, lambda _: ()))
            if step.node.loop and step.node.loop.completion_condition and (body.left > 0 or len(body.inner) > 1):
                yield _put(gone, path[:-1], body._replace(phase=LEFT, inner=(), fired=(), left=0, began=""))

    def _end(self, state: State, path: Path, step: Step) -> State:
        state = state._replace(ends=state.ends | self._noting(ends.of_end(state, step)))
        if step.node.event.kind == EventKind.TERMINATE:
            return state.with_tokens(tree.with_scope(state.tokens, path, ()))
        if step.node.event.kind == EventKind.ERROR:
            return self._thrown(state, path, step.node.event.code)
        return state.with_tokens(tree.put(state.tokens, path, lambda _: ()))

    def _thrown(self, state: State, path: Path, code: str | None) -> State:
        """An error goes to the nearest activity around it that catches it; uncaught, it ends the case."""
        for depth in range(len(path) - 1, 0, -1):
            host = tree.at(state.tokens, path[:depth])
            for boundary in self.net.steps[host.step].boundaries:
                event = self.net.steps[boundary].node.event
                if event.kind == EventKind.ERROR and event.code in (None, code):
                    return _put(state, path[:depth], Token(boundary, LEAVE, passed=host.passed))
        return state.with_tokens(())

    def _flow(self, state: State, path: Path, taken: tuple[Edge, ...]) -> State:
        def go_on(token: Token) -> Tokens:
            return tuple(Token(edge.target, ENTER, flow=edge.id, passed=token.passed) for edge in taken)

        return state.with_tokens(tree.put(state.tokens, path, go_on))

    def _split(self, state: State, step: Step) -> Iterator[tuple[State, tuple[Edge, ...]]]:
        if step.kind == Kind.PARALLEL_GATEWAY or (len(step.outgoing) == 1 and step.outgoing[0].condition is None):
            yield state, step.outgoing
            return
        cases: list[tuple[Known, tuple[Edge, ...]]] = [(dict(state.variables), ())]
        for edge in step.outgoing:
            if edge.is_default:
                continue
            cases = [one for known, taken in cases for one in self._conditions(state, step, edge, known, taken)]
        default = tuple(edge for edge in step.outgoing if edge.is_default)
        for known, taken in cases:
            if not taken and not default and step.outgoing:
                self.problems.setdefault(Problem("no-way", step.id), ())
            yield state.with_variables(known), taken or default

    def _conditions(
        self, state: State, step: Step, edge: Edge, known: Known, taken: tuple[Edge, ...]
    ) -> Iterator[tuple[Known, tuple[Edge, ...]]]:
        if taken and step.kind == Kind.EXCLUSIVE_GATEWAY:
            yield known, taken
        elif edge.condition is None:
            yield known, (*taken, edge)
        else:
            for case, holds in self.deciding.truth(known, edge.condition, step.frame, state.now, step.id):
                yield case, (*taken, edge) if holds else taken

    def instances(self, state: State, path: Path) -> list[State]:
        """The ways in which a multi-instance activity begins: with no instance, one, or several."""
        token = tree.at(state.tokens, path)
        step = self.net.steps[token.step]
        loop = step.node.loop
        assert loop is not None
        numbers: set[int] = set()
        counted: list[tuple[Known, object]] = [(dict(state.variables), FAULT)]
        if loop.cardinality is not None:
            counted = self.deciding.evaluate(dict(state.variables), loop.cardinality, step.frame, state.now, step.id)
        found = []
        for case, value in counted:
            try:
                numbers = {min(int(str(value)), MOST_INSTANCES)}
            except ValueError:
                numbers = {*range(MOST_INSTANCES + 1)}
            for number in sorted(numbers):
                begun = token._replace(left=number if loop.sequential else 0)
                if not loop.sequential:
                    begun = begun._replace(inner=(Token(step.id, BEGIN),) * number)
                found.append(_put(state.with_variables(case), path, begun))
        return found


def _put(state: State, path: Path, token: Token) -> State:
    return state.with_tokens(tree.put(state.tokens, path, lambda _: (token,)))
