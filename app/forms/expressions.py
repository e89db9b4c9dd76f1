"""The expressions of a form while it is compiled: do they read, what do they read, does a computation end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.forms.findings import finding_text
from app.forms.model import FormFinding, Language, Text

MAX_EXPRESSION = 4_000
"""Characters in an expression."""
_SPECIAL = frozenset(("this", "parent", "i", "_this_", "_parent_", "_i_"))


class Owner(NamedTuple):
    """The component that an expression belongs to. `rows`: the paths of the dynamic lists that it stands in."""

    component_id: str | None
    key: str | None
    rows: tuple[str, ...] = ()

    def finding(self, code: str, detail: str | Text) -> FormFinding:
        return FormFinding(self.component_id, self.key, *finding_text(code, detail))


@dataclass(frozen=True)
class Computation:
    """A computed field: its path without indexes, and the paths that its expression reads."""

    path: str
    reads: frozenset[str]
    owner: Owner


class Expressions:
    """Reads sources with a language; without one they are only measured. What is wrong is added to the findings."""

    def __init__(self, language: Language | None, findings: list[FormFinding]) -> None:
        self._language = language
        self._findings = findings
        self.names: dict[str, Owner] = {}
        self._computations: list[Computation] = []

    def read(self, source: str, place: str, owner: Owner, *, condition: bool = False) -> bool:
        """Whether the source can be used; the finding says why not. place: the attribute that it stands in."""
        if len(source) > MAX_EXPRESSION:
            self._findings.append(owner.finding("long_expression", place))
            return False
        if self._language is None:
            return True
        fault = self._language.fault(source, condition=condition)
        if fault is not None:
            why = {language: f"{place}: {words}" for language, words in fault.items()}
            self._findings.append(owner.finding("bad_expression", why))
            return False
        for name in self._language.names(source):
            self.note(name.partition(".")[0], owner)
        return True

    def note(self, variable: str, owner: Owner) -> None:
        """Take note of a variable that a component reads."""
        if variable not in _SPECIAL:
            self.names.setdefault(variable, owner)

    def compute(self, source: str, path: str, owner: Owner) -> None:
        """Take note of a computed field whose source can be used."""
        if self._language is not None:
            reads = frozenset(_absolute(name, owner.rows) for name in self._language.names(source))
            self._computations.append(Computation(path, reads, owner))

    def circles(self) -> Iterator[FormFinding]:
        """A finding for each computed field whose value is needed to compute it."""
        paths = {one.path for one in self._computations}
        needs = {one.path: [path for path in _beginnings(one.reads) if path in paths] for one in self._computations}
        left = _not_settled(needs)
        for one in self._computations:
            circle = _circle(one.path, needs) if one.path in left else []
            if circle:
                yield one.owner.finding("circular", " → ".join(circle))


def strange_names(
    names: Mapping[str, Owner], known: Collection[str], elsewhere: Mapping[str, str]
) -> Iterator[FormFinding]:
    """Findings of the names that nothing known gives a value: an error of one that is a field of another form.

    elsewhere: the ids of the forms that have the fields.
    """
    for name, owner in names.items():
        if name in known:
            continue
        if name in elsewhere:
            yield owner.finding("other_forms_field", f"{name} ({elsewhere[name]})")
        else:
            yield replace(owner.finding("strange_name", name), severity="warning")


def _absolute(name: str, rows: tuple[str, ...]) -> str:
    """The path of a name in the whole data: `this.sum` in the list `rows` is `rows.sum`."""
    parts = name.split(".")
    if parts[0] not in _SPECIAL:
        return name
    depth = len(rows)
    while parts and parts[0] in ("parent", "_parent_", "this", "_this_"):
        depth -= parts.pop(0) in ("parent", "_parent_")
    return ".".join([*rows[max(depth, 0) - 1 : max(depth, 0)], *parts])


def _beginnings(names: Collection[str]) -> Iterator[str]:
    """Paths with which the names begin: the value at `a` is read for `a.b`."""
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _not_settled(needs: Mapping[str, list[str]]) -> set[str]:
    """The fields that are left when those are taken out, again and again, that need nothing which is left."""
    open_needs = {path: len(needed) for path, needed in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for path, needed in needs.items():
        for one in needed:
            needed_by.setdefault(one, []).append(path)
    ready = [path for path, count in open_needs.items() if not count]
    while ready:
        path = ready.pop()
        del open_needs[path]
        for other in needed_by.get(path, ()):
            open_needs[other] -= 1
            if not open_needs[other]:
                ready.append(other)
    return set(open_needs)


def _circle(start: str, needs: Mapping[str, list[str]]) -> list[str]:
    """A way from a field over those that it needs back to it, empty if there is none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        for needed in needs[path]:
            if needed == start:
                way = [path]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return [*reversed(way), start]
            if needed not in came:
                came[needed] = path
                waiting.append(needed)
    return []
