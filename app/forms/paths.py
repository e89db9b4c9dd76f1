"""The tree of a form's data: who holds which path, and the schema that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from marshmallow import Schema, fields

from app.forms.model import Field, Text
from app.forms.nesting import Group, Ignored, Rows, schema_of
from app.forms.values import Entry, Rules


@dataclass(frozen=True)
class Dynamic:
    """The expressions of a data component, without their leading `=`, and the variable that its options are in.

    `hide` holds the conditions of the component and of the groups around it, up to the row that it stands in; `limits`
    is from attributes of `Rules` to expressions.
    """

    hide: tuple[str, ...] = ()
    readonly: str | None = None
    compute: str | None = None
    options: str | None = None
    options_key: str | None = None
    limits: Mapping[str, str] = field(default_factory=dict)
    no_past: bool = False

    @property
    def changing(self) -> bool:
        """Whether what other expressions see of the component depends on the data."""
        return bool(self.hide or self.readonly or self.compute)

    @property
    def ruling(self) -> bool:
        """Whether the component's rules depend on the data or the time."""
        return bool(self.limits or self.options or self.options_key or self.no_past)


@dataclass
class Leaf:
    """A data component. `entry` is None where the value is never the person's to give."""

    field: Field
    entry: Entry | None
    pattern_text: Text | None = None
    dynamic: Dynamic = Dynamic()


@dataclass
class Branch:
    """An object, or the rows of a dynamic list; only components inside of a list may hold paths in it.

    `hide` holds the conditions of a list and of the groups around it.
    """

    children: dict[str, Leaf | Branch] = field(default_factory=dict)
    closed: bool = False
    is_list: bool = False
    label: Text | None = None
    component_id: str | None = None
    hide: tuple[str, ...] = ()

    def find(self, segments: Sequence[str]) -> Leaf | Branch | None:
        """What is at a path without indexes, None if nothing is."""
        node: Leaf | Branch | None = self
        for segment in segments:
            if not isinstance(node, Branch):
                return None
            node = node.children.get(segment)
        return node

    def open(self, segments: Sequence[str]) -> Branch | None:
        """The branch at a path, made if need be; None if the path is another component's."""
        node = self
        for segment in segments:
            child = node.children.setdefault(segment, Branch())
            if isinstance(child, Leaf) or child.closed:
                return None
            node = child
        return node

    def place(self, segments: Sequence[str], child: Leaf | Branch) -> bool:
        """Gives the path to a component alone; False if any part of it is taken."""
        parent = self.open(segments[:-1])
        if parent is None or segments[-1] in parent.children:
            return False
        parent.children[segments[-1]] = child
        return True

    def takes_data(self) -> bool:
        """Whether any of it may be the person's to give."""
        return any(
            child.entry is not None if isinstance(child, Leaf) else child.takes_data()
            for child in self.children.values()
        )


class RowSpecs(NamedTuple):
    """What is demanded of the first rows of a list, and of any other."""

    rows: tuple[Spec, ...]
    others: Spec


Spec = Rules | RowSpecs | tuple[Any, ...] | None
"""What is demanded at a place: of a leaf its rules, of an object the specs of its parts in order; None: it is dropped."""


def usual_spec(node: Leaf | Branch) -> Spec:
    """What is demanded where nothing depends on data."""
    if isinstance(node, Leaf):
        return node.entry.rules if node.entry is not None else None
    parts = combined([usual_spec(child) for child in node.children.values()])
    return RowSpecs((), parts) if node.is_list and parts is not None else parts


def combined(parts: Sequence[Spec]) -> Spec:
    """The spec of an object from those of its parts; one where all is dropped is dropped whole."""
    return tuple(parts) if any(part is not None for part in parts) else None


def root_schema(root: Branch, spec: Spec) -> Schema:
    """The schema of a form's data."""
    return _Schemas().of(root, spec)


class _Schemas:
    """Rows of which the same is demanded share a schema."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Schema] = {}

    def of(self, branch: Branch, spec: Spec) -> Schema:
        key = (id(branch), spec)
        if key not in self._made:
            parts = spec if isinstance(spec, tuple) else (None,) * len(branch.children)
            self._made[key] = schema_of(
                {
                    segment: self.field(segment, child, part)
                    for (segment, child), part in zip(branch.children.items(), parts, strict=True)
                }
            )
        return self._made[key]

    def field(self, segment: str, child: Leaf | Branch, spec: Spec) -> fields.Field[Any]:
        if spec is None:
            return Ignored(segment)
        if isinstance(child, Leaf):
            assert child.entry is not None
            assert isinstance(spec, Rules)
            return child.entry if spec is child.entry.rules else type(child.entry)(spec, segment)
        if isinstance(spec, RowSpecs):
            return Rows(self.row(child, spec), segment)
        return Group(self.of(child, spec), segment)

    def row(self, rows: Branch, specs: RowSpecs) -> Callable[[int], Schema]:
        def at(number: int) -> Schema:
            return self.of(rows, specs.rows[number] if number < len(specs.rows) else specs.others)

        return at
