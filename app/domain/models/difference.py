"""What changed from one version of a process to another: elements, where they are drawn, and what they say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from app.domain.models.model import Event, Flow, Handover, Node, Process

Shape = tuple[float, float, float, float]
"""Left, top, width and height in a diagram."""
FLOW = "sequenceFlow"
PROCESS = "process"
_APART = frozenset({"id", "line", "incoming", "outgoing", "nodes", "flows", "properties"})
"""What tells nothing of an element, or is compared by itself."""
_AROUND = frozenset({"participant", "lane"})
"""What grows with what it holds."""
_EDGE = 1.0
"""By so much a shape may move or grow unseen."""


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a diagram beside the flow: a pool, a lane, a message flow, a note, data. kind: its name in BPMN;
    says: its attributes and texts by name."""

    id: str
    kind: str
    says: Mapping[str, str]


Element = Process | Node | Flow | Beside


@dataclass(frozen=True, slots=True)
class Described:
    """A version: the process, where its elements are drawn, by id, and what stands beside the flow."""

    process: Process
    shapes: Mapping[str, Shape]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """What an element says, before and after; None: it says nothing. name: of the field in `app.domain.models.model`, with
    that of the part around it (`user_task.due_date`), or of an extension property (`law.clause`)."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One element that is not as it was. element: its id; kind: its name in BPMN; moved: whether its place in the diagram
    changed as well; properties: of a changed element."""

    element: str
    kind: str
    change: Change
    moved: bool = False
    properties: tuple[Property, ...] = ()


def difference(before: Described, after: Described) -> list[Difference]:
    """The elements that differ, found again by their ids: the process first, then in the order of the newer version, what it
    has no more at the end."""
    old, new = (dict(_elements(one)) for one in (before, after))
    moved = _moved(before.shapes, after.shapes)
    found = [_compared(key, old.get(key), element, key in moved) for key, element in new.items()]
    gone = [Difference(key, kind_of(element), Change.REMOVED) for key, element in old.items() if key not in new]
    return [one for one in (*found, *gone) if one is not None]


def _elements(one: Described) -> Iterator[tuple[str, Element]]:
    yield "", one.process
    yield from one.process.nodes.items()
    yield from one.process.flows.items()
    yield from ((element.id, element) for element in one.beside)


def kind_of(element: Element) -> str:
    if isinstance(element, Beside):
        return element.kind
    if isinstance(element, Node):
        return element.kind.value
    return FLOW if isinstance(element, Flow) else PROCESS


def _compared(key: str, old: Element | None, new: Element, moved: bool) -> Difference | None:
    kind, place = kind_of(new), key or new.id
    moved = moved and kind not in _AROUND
    if old is None:
        return Difference(place, kind, Change.ADDED)
    said, says = said_by(old), said_by(new)
    changed = tuple(
        Property(name, said.get(name), says.get(name))
        for name in dict.fromkeys((*says, *said))
        if said.get(name) != says.get(name)
    )
    if changed:
        return Difference(place, kind, Change.CHANGED, moved, changed)
    return Difference(place, kind, Change.MOVED, moved=True) if moved else None


def said_by(element: Element) -> dict[str, str]:
    """All that an element says, as text, by the names of Property."""
    if isinstance(element, Beside):
        return dict(element.says)
    own = {} if isinstance(element, Flow) else dict(element.properties)
    return {**dict(_texts(element, "")), **own}


def _texts(part: object, around: str) -> Iterator[tuple[str, str]]:
    """The fields that say something, those of inner parts with the name of the part."""
    for one in fields(part):  # type: ignore[arg-type]  # of the values of a model, all are dataclasses
        value = getattr(part, one.name)
        name = f"{around}{one.name}"
        if one.name in _APART or value is None or value == one.default:
            continue
        if is_dataclass(value):
            yield from _texts(value, f"{name}.")
        elif isinstance(value, tuple):
            yield name, "; ".join(map(_entry, value))
        else:
            yield name, _plain(value)


def _entry(value: object) -> str:
    if isinstance(value, Handover):
        local = " (local)" if value.local else ""
        return "*" + local if value.all_variables else f"{value.target} = {value.source}{local}"
    if isinstance(value, Event):
        return ", ".join(f"{name}: {text}" for name, text in _texts(value, ""))
    return _plain(value)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _moved(before: Mapping[str, Shape], after: Mapping[str, Shape]) -> set[str]:
    """The shapes whose place or size changed; that the whole drawing was shifted does not count."""
    both = before.keys() & after.keys()
    shifts = Counter((round(after[key][0] - before[key][0]), round(after[key][1] - before[key][1])) for key in both)
    (aside, down), _ = shifts.most_common(1)[0] if shifts else ((0, 0), 0)
    return {
        key
        for key in both
        if any(
            abs(new - old - shift) > _EDGE
            for new, old, shift in zip(after[key], before[key], (aside, down, 0, 0), strict=True)
        )
    }
