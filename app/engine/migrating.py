"""An instance taken from one version of its process to another: its tokens keep their numbers, scopes and moments.

A mapping says by source node at which node of the new version its token stands. What is waited for at a border or in an
event subprocess goes along where its event is mapped too; else it ends, and what the new version has beside it begins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.domain import refusals
from app.domain.models.model import Node, node_of
from app.domain.refusals import misfits
from app.domain.refusals import moving_refusals as why
from app.domain.terms.calendar import LANGUAGES, Text
from app.engine import state as saved
from app.engine.arming import awaited, wait_for
from app.engine.elements import Element
from app.engine.fitting import filled, misfit
from app.engine.run import outcome_of
from app.engine.scopes import PROCESS
from app.engine.spec import ROOT, Spec
from app.engine.subprocesses import SubProcess
from app.engine.throwing import ThrowEvent
from app.engine.values import Activity, Host, Outcome
from app.engine.workflow import (
    ARRIVED_BY,
    CONDITIONS,
    DONE,
    PASSED,
    PLAN,
    STARTED,
    SUBSCRIPTIONS,
    TIMERS,
    Instance,
)
from app.errors import Conflict

_AWAITED = (TIMERS, SUBSCRIPTIONS, CONDITIONS)


@dataclass(frozen=True, slots=True)
class Moved:
    """A token that stands at another node now, or in another scope. name: of its element, the key of a job there."""

    token: int
    old_name: str
    name: str
    node: str
    parent: int


@dataclass(frozen=True, slots=True)
class Migrated:
    """outcome: as of a step; moved: every token that was there before and is still; renamed: (token, old key, new key) of
    events that go on being waited for under another key; restless: whether a condition or a join may let it go on at once."""

    outcome: Outcome
    moved: list[Moved]
    renamed: list[tuple[int, str, str]]
    restless: bool


def migrate(
    old: Spec,
    new: Spec,
    state: bytes,
    variables: Mapping[str, Any],
    mapping: Mapping[str, str],
    updated: frozenset[str],
    host: Host,
) -> Migrated:
    """mapping: target nodes by source nodes; updated: source nodes of which the event is waited for anew, as the new version
    has it. Raises Conflict naming the activity if a token would be lost or cannot stand where it should; then nothing
    happened.
    """
    return _Migration(old, new, mapping, updated).of(saved.load(state), variables, host)


@dataclass
class _Migration:
    old: Spec
    new: Spec
    mapping: Mapping[str, str]
    updated: frozenset[str]
    tokens: list[list[Any]] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    renamed: list[tuple[int, str, str]] = field(default_factory=list)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    dissolved: list[tuple[int, int, Element, dict[str, Any]]] = field(default_factory=list)
    around: dict[int, int] = field(default_factory=lambda: {PROCESS: PROCESS})
    elements: dict[int, Element] = field(default_factory=dict)
    opened: dict[tuple[int, str], int] = field(default_factory=dict)
    awaited_anew: dict[int, list[str]] = field(default_factory=dict)
    interrupted: set[int] = field(default_factory=set)

    def of(self, content: dict[str, Any], variables: Mapping[str, Any], host: Host) -> Migrated:
        self.next_token, self.begun = content["n"], host.now.timestamp()
        self.elements[PROCESS] = self.new.root
        scopes = {parent for _, parent, *_ in content["t"]}
        self.interrupted = {
            parent for _, parent, name, *_ in content["t"] if self._interrupts(self.old.task_specs[name])
        }
        self._carry(PROCESS, self.old.root, self.new.root, content["r"])
        for token, parent, name, waiting, data in content["t"]:
            self._move(token, parent, self.old.task_specs[name], waiting, data, is_scope=token in scopes)
        before = {PROCESS, *(token for token, *_ in content["t"])}
        content = {**content, "n": self.next_token, "t": self.tokens}
        instance = saved.rebuild(self.new, content, variables, host)
        self._dissolve(instance)
        for scope in self.opened.values():
            instance.tasks[scope].task_spec.open(instance.tasks[scope])
        for token, keys in self.awaited_anew.items():
            _wait_anew(instance, token, keys)
        instance.disarmed += self.dropped
        restless = bool(instance.watching or instance.arrivals)
        return Migrated(outcome_of(instance, before, []), self.moved, self.renamed, restless)

    def _move(
        self, token: int, parent: int, element: Element, waiting: bool, data: dict[str, Any], *, is_scope: bool
    ) -> None:
        node, around = element.node, self.around[parent]
        if node.id not in self.mapping:
            if not is_scope or type(element) is not SubProcess or self.old.entry[node.id] is not element:
                raise refusals.of(Conflict, why.TOKEN_LOST, _at(node), id=node.id, name=node.name or node.id)
            self.around[token] = around
            self.dissolved.append((token, parent, element, data))
            return
        target = self._target(element)
        scope = around if self._stays(parent, element) else self._scope(around, target.node, node)
        self._carry(token, element, target, data)
        self.tokens.append([token, scope, target.name, waiting, data])
        self.around[token], self.elements[token] = token, target
        self.moved.append(Moved(token, element.name, target.name, target.node.id, scope))

    def _target(self, element: Element) -> Element:
        node = element.node
        target_id = self.mapping[node.id]
        reason = misfit(self.old, node.id, self.new, target_id)
        target = self.new.task_specs.get(target_id + element.name.removeprefix(node.id))
        if reason is None and (target is None or type(target) is not type(element)):
            reason = filled(misfits.OTHER_WAIT, target=target_id, element=element.name)
        if reason is not None or target is None:
            raise self._unfit(node, target_id, reason or misfits.NO_TARGET)
        return target

    def _unfit(self, node: Node, target_id: str, reason: Text) -> Conflict:
        words = {
            lang: why.NO_SUCH_WAIT.get(lang).format(
                id=node.id, name=node.name or node.id, target=target_id, why=reason.get(lang)
            )
            for lang in LANGUAGES
        }
        return Conflict(words["en"], details={**_at(node), "targetActivityId": target_id}, words=words)

    def _stays(self, parent: int, element: Element) -> bool:
        """Whether a token stands in no scope of the model: it is an instance of the body around it, or undoes something."""
        if parent == PROCESS or parent not in self.elements:
            return False
        around = self.elements[parent]
        return isinstance(around, ThrowEvent) or (
            around.is_multi_instance_body and around.node.id == self.mapping[element.node.id]
        )

    def _scope(self, around: int, target: Node, node: Node) -> int:
        """The token of the scope that the target stands in, inside the one that its source stood in, or begun anew there."""
        inside = self.elements[around]
        outermost = None if inside.name == ROOT else inside.node.id
        chain, parent = [], target.parent
        while parent != outermost:
            if parent is None:
                raise self._unfit(node, target.id, filled(misfits.NOT_INSIDE, target=target.id, scope=outermost))
            chain.append(parent)
            parent = self.new.process.nodes[parent].parent
        for scope in reversed(chain):
            element = self.new.task_specs[scope]
            if element.node.event_triggered or self.new.entry[scope] is not element:
                raise self._unfit(node, target.id, filled(misfits.NOT_RUNNING, scope=scope))
            if (around, scope) not in self.opened:
                self.opened[around, scope] = self.next_token
                self.tokens.append([self.next_token, around, scope, False, {STARTED: self.begun}])
                self.elements[self.next_token] = element
                self.next_token += 1
            around = self.opened[around, scope]
        return around

    def _carry(self, token: int, source: Element, target: Element, data: dict[str, Any]) -> None:
        """Write what a token knows in the words of the new version, and note what it waits for anew."""
        offered = {key for _, key, _ in awaited(target)}
        anew = sorted(self._new_ones(token, source, target))
        for kind in _AWAITED:
            if kind in data:
                data[kind] = dict(self._carried(token, data[kind], offered, anew))
        if anew:
            self.awaited_anew[token] = sorted(anew)
        if ARRIVED_BY in data:
            data[ARRIVED_BY] = self._flow(source.node, target.node, data[ARRIVED_BY])
        if DONE in data:
            data[DONE] = [self._done(entry) for entry in data[DONE]]
        if isinstance(data.get(PLAN), list):
            data[PLAN] = [self._done(entry) for entry in data[PLAN]]
        if PASSED in data:
            data[PASSED] = dict(self._passed(data[PASSED]))

    def _new_ones(self, token: int, source: Element, target: Element) -> Iterator[str]:
        """Events that only the new version has there; a scope that was interrupted from within waits for no more of these."""
        images = self._images(source)
        for element, key, _ in awaited(target):
            if node_of(key) not in images and not (token in self.interrupted and element in target.handlers):
                yield key

    def _interrupts(self, element: Element) -> bool:
        """Whether it is an event subprocess that has ended all else in its scope."""
        node = element.node
        return node.event_triggered and any(start.node.interrupting for start in self.old.starts_in(node.id))

    def _images(self, source: Element) -> set[str]:
        return {self.mapping[one] for one in {node_of(key) for _, key, _ in awaited(source)} if one in self.mapping}

    def _carried(
        self, token: int, waits: Mapping[str, Any], offered: set[str], anew: list[str]
    ) -> Iterator[tuple[str, Any]]:
        for key, value in waits.items():
            node_id = node_of(key)
            new_key = self.mapping.get(node_id, "") + key.removeprefix(node_id)
            if new_key in offered and node_id not in self.updated:
                if new_key != key:
                    self.renamed.append((token, key, new_key))
                yield new_key, value
                continue
            self.dropped.append((token, key))
            if new_key in offered:
                anew.append(new_key)

    def _flow(self, source: Node, target: Node, flow_id: str) -> str:
        """The flow into a join by which a token that waits there has come."""
        if flow_id in target.incoming:
            return flow_id
        came_from = self.old.process.flows[flow_id].source
        flows = [
            one
            for one in target.incoming
            if self.new.process.flows[one].source == self.mapping.get(came_from, came_from)
        ]
        if len(flows) != 1:
            raise self._unfit(source, target.id, filled(misfits.NO_FLOW, flow=flow_id))
        return flows[0]

    def _done(self, entry: list[Any]) -> list[Any]:
        """What is remembered to be undone, or what undoes it."""
        name, variables, inside = entry
        element = self.old.task_specs[name]
        target = self.mapping.get(element.node.id, element.node.id) + name.removeprefix(element.node.id)
        if target not in self.new.task_specs:
            raise refusals.of(
                Conflict,
                why.TOKEN_LOST,
                _at(element.node),
                id=element.node.id,
                name=element.node.name or element.node.id,
            )
        return [target, variables, [self._done(one) for one in inside]]

    def _passed(self, passed: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
        for gateway, flows in passed.items():
            target = self.new.process.nodes.get(self.mapping.get(gateway, gateway))
            source = self.old.process.nodes[gateway]
            if target is not None:
                yield target.id, [self._flow(source, target, flow) for flow in flows]

    def _dissolve(self, instance: Instance) -> None:
        """Scopes that the new version does not have: what is in them stands in those around, with its variables, and what
        was done in them is undone there."""
        for token, parent, element, data in self.dissolved:
            around = instance.tasks[self.around[token]]
            if done := [self._done(entry) for entry in data.get(DONE, ())]:
                around.internal_data[DONE] = [*around.internal_data.get(DONE, ()), *done]
            for name, value in instance.scopes.inner.pop(token, {}).items():
                if name not in instance.scopes.view(around):
                    instance.scopes.set(around, {name: value})
            instance.closed.append((token, element.node.id))
            begun = datetime.fromtimestamp(data[STARTED], tz=UTC)
            instance.activities.append(Activity(token, element.name, parent, begun, instance.host.now, cancelled=True))


def _wait_anew(instance: Instance, token_id: int, keys: list[str]) -> None:
    token = instance.tasks[token_id]
    for element, key, event in awaited(token.task_spec):
        if key in keys:
            wait_for(token, element, key, event)


def _at(node: Node) -> dict[str, Any]:
    return {"activityId": node.id, "activityName": node.name}
