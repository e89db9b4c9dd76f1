"""The tree of a form's data: who holds which path, and the schema that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, fields

from app.forms.model import Field, Text
from app.forms.nesting import Group, Ignored, Rows, schema_of
from app.forms.values import Entry


@dataclass
class Leaf:
    """A data component. `entry` is None where the value is not the person's to give."""

    field: Field
    entry: Entry | None
    pattern_text: Text | None = None


@dataclass
class Branch:
    """An object, or the rows of a dynamic list; only components inside of a list may hold paths in it."""

    children: dict[str, Leaf | Branch] = field(default_factory=dict)
    closed: bool = False
    is_list: bool = False
    label: Text | None = None
    component_id: str | None = None

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


def schema_for(branch: Branch) -> Schema:
    """The schema of an object's data; parts where nothing is the person's to give are ignored whole."""
    return schema_of({segment: _field_for(segment, child) for segment, child in branch.children.items()})


def _field_for(segment: str, child: Leaf | Branch) -> fields.Field[Any]:
    if isinstance(child, Leaf):
        return child.entry or Ignored(segment)
    if not _takes_data(child):
        return Ignored(segment)
    return Rows(schema_for(child), segment) if child.is_list else Group(schema_for(child), segment)


def _takes_data(branch: Branch) -> bool:
    return any(
        child.entry is not None if isinstance(child, Leaf) else _takes_data(child) for child in branch.children.values()
    )
