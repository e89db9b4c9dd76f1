"""What the expressions of a form say of the data that were sent: hidden, read-only and computed fields.

As in the browser, conditions and computed values are found again and again over the data that they leave, until nothing
changes any more.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.forms.model import Case, Language, Outcome
from app.forms.nesting import MAX_ITEMS
from app.forms.paths import Branch, Leaf

MAX_COST = 100_000
"""Evaluations, and values in the variables that they read, for one set of data."""

Path = tuple[str | int, ...]


class TooCostly(Exception):
    """The expressions would take too much computing for the data."""


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: the row around it, the data around that row, and the numbers of the rows from 1."""

    this: Mapping[str, Any]
    parent: Mapping[str, Any] | None = None
    i: tuple[int, ...] = ()

    def of_row(self, row: Mapping[str, Any], number: int) -> Scope:
        around = {"this": self.this, "parent": self.parent, "i": list(self.i), **self.this}
        return Scope(row, around, (*self.i, number + 1))


@dataclass
class State:
    """The places that are hidden or read-only, and the computed values with those that have none, and why."""

    hidden: set[Path] = field(default_factory=set)
    locked: set[Path] = field(default_factory=set)
    computed: dict[Path, object] = field(default_factory=dict)
    failed: dict[Path, str] = field(default_factory=dict)

    def changes(self, other: State) -> set[Path]:
        """The places that differ."""
        paths = self.computed.keys() | other.computed.keys()
        changed = {path for path in paths if self.computed.get(path) != other.computed.get(path)}
        return changed | (self.hidden ^ other.hidden) | (self.locked ^ other.locked)


@dataclass
class Settled:
    """`data` is what expressions see in the end; `unsettled` are the places that never ceased to change."""

    data: dict[str, Any]
    state: State
    unsettled: set[Path]


class Evaluator:
    """Evaluates expressions over data, up to a cost."""

    def __init__(self, language: Language, case: Case) -> None:
        self._language = language
        self._case = case
        self._cost = 0

    def __call__(self, source: str, data: dict[str, Any], scope: Scope) -> tuple[Outcome, bool]:
        """The outcome, and whether it may be null as a value that was read is missing or empty. Raises TooCostly."""
        reads = _reads(data, scope)
        outcome = self._language.evaluate(source, reads, self._case.now)
        self._pay(reads)
        gaps = outcome.value is None and (
            reads.gaps or any(_missing(path, reads) for path in self._language.names(source))
        )
        return outcome, gaps

    def holds(self, source: str, data: dict[str, Any], scope: Scope) -> bool:
        """Whether a condition holds. Raises TooCostly."""
        reads = _reads(data, scope)
        held = self._language.holds(source, reads, self._case.now)
        self._pay(reads)
        return held

    def _pay(self, reads: _Reads) -> None:
        self._cost += 1 + reads.size
        if self._cost > MAX_COST:
            raise TooCostly


class _Reads(Mapping[str, Any]):
    """Variables that measure what is read of them."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names
        self.size = 0
        self.gaps = False

    def __getitem__(self, name: str) -> Any:
        value = self._names[name]
        waiting = [value]
        while waiting:
            item = waiting.pop()
            self.size += 1
            self.gaps = self.gaps or item is None or item == "" or item == []
            if isinstance(item, Mapping):
                waiting.extend(item.values())
            elif isinstance(item, list):
                waiting.extend(item)
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _reads(data: dict[str, Any], scope: Scope) -> _Reads:
    special: dict[str, Any] = {"this": scope.this, "parent": scope.parent, "i": list(scope.i)}
    return _Reads(ChainMap({f"_{name}_": value for name, value in special.items()}, data, special))


def _missing(path: str, names: Mapping[str, Any]) -> bool:
    value: Any = names
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return False
        value = value.get(part)
    return value is None


def settle(root: Branch, sent: Mapping[str, object], case: Case, evaluate: Evaluator) -> Settled:
    """What holds for the data that were sent. Raises TooCostly."""
    state = State()
    for _ in range(_expressions(root) + 2):
        data = {**case.variables, **_seen(root, sent, case.variables, (), state)}
        after = _Round(data, evaluate).state_of(root)
        changed = after.changes(state)
        state = after
        if not changed:
            break
    return Settled(data, state, changed)


def _expressions(branch: Branch) -> int:
    return sum(
        bool(child.dynamic.changing) if isinstance(child, Leaf) else bool(child.hide) + _expressions(child)
        for child in branch.children.values()
    )


def _seen(
    branch: Branch, sent: Mapping[str, Any], known: Mapping[str, Any], path: Path, state: State
) -> dict[str, Any]:
    """The data of an object as expressions see them: of what is not the person's to give, what is known already."""
    seen: dict[str, Any] = {}
    for segment, child in branch.children.items():
        here, before = (*path, segment), known.get(segment)
        dropped = here in state.hidden or here in state.locked
        if isinstance(child, Leaf):
            seen[segment] = _seen_leaf(child, here, sent, before, state, dropped)
        elif child.is_list:
            if dropped or segment not in sent or not child.takes_data():
                seen[segment] = before
                continue
            given = sent[segment]
            rows = given[:MAX_ITEMS] if isinstance(given, list) else []
            seen[segment] = [_seen(child, _object(row), {}, (*here, number), state) for number, row in enumerate(rows)]
        else:
            inner = _object(before)
            seen[segment] = {**inner, **_seen(child, _object(sent.get(segment)), inner, here, state)}
    return seen


def _seen_leaf(leaf: Leaf, path: Path, sent: Mapping[str, Any], before: object, state: State, dropped: bool) -> object:
    if leaf.dynamic.compute is not None and not dropped:
        return state.computed.get(path)
    if leaf.entry is None or dropped:
        return before
    segment = path[-1]
    if segment in sent:
        return leaf.entry.known(sent[str(segment)])
    return before if before is not None else leaf.entry.known(None)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


@dataclass
class _Round:
    """One look at all conditions and computed fields over the same data."""

    data: dict[str, Any]
    evaluate: Evaluator
    state: State = field(default_factory=State)

    def state_of(self, root: Branch) -> State:
        self.branch(root, self.data, (), Scope(self.data))
        return self.state

    def any_holds(self, sources: tuple[str, ...], scope: Scope) -> bool:
        return any(self.evaluate.holds(source, self.data, scope) for source in sources)

    def branch(self, branch: Branch, here: Mapping[str, Any], path: Path, scope: Scope) -> None:
        for segment, child in branch.children.items():
            place = (*path, segment)
            if isinstance(child, Leaf):
                self.leaf(child, place, scope)
            elif not child.is_list:
                self.branch(child, _object(here.get(segment)), place, scope)
            elif self.any_holds(child.hide, scope):
                self.state.hidden.add(place)
            elif child.takes_data():
                for number, row in rows_of(here, segment):
                    self.branch(child, row, (*place, number), scope.of_row(row, number))

    def leaf(self, leaf: Leaf, path: Path, scope: Scope) -> None:
        dynamic = leaf.dynamic
        if self.any_holds(dynamic.hide, scope):
            self.state.hidden.add(path)
            return
        if dynamic.readonly is not None and self.evaluate.holds(dynamic.readonly, self.data, scope):
            self.state.locked.add(path)
        if dynamic.compute is not None:
            outcome, gaps = self.evaluate(dynamic.compute, self.data, scope)
            self.state.computed[path] = outcome.value
            if outcome.value is None and outcome.faults and not gaps:
                self.state.failed[path] = outcome.faults[-1]


def rows_of(data: Mapping[str, Any], segment: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a dynamic list in data that expressions see, numbered from 0."""
    rows = data.get(segment)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        yield number, _object(row)
