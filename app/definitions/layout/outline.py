"""How far black-box pools reach to the left and right, and the messages that go by outside of all pools between.

A message between two black boxes that are no neighbours is an upright line outside: its two pools reach further than
those between. A black box between an element and another pool ends before the message of these two.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from app.definitions.layout import wording
from app.definitions.layout.model import Box, Drawing, Edge, Link, Point, Pool

_BESIDE_POOL = 40
"""Between the pools and the first message outside of them."""
_AIR = 16
_OFF_MESSAGE = 45
_OFF_ELEMENT = 40
_NARROWEST = 200
_MANY = 100_000
"""Black boxes times messages, above which all are as wide as the diagram."""


def outline(drawing: Drawing, pools: Sequence[Pool], messages: Sequence[Edge]) -> list[Edge]:
    """Set the frames of the black boxes in the drawing, and the paths of the messages outside, which are given back."""
    black = {pool.id: number for number, pool in enumerate(pools) if pool.id and not pool.scope}
    place = _places(pools, drawing)
    for name, number in black.items() if len(black) * len(messages) <= _MANY else ():
        _trim(name, number, drawing, messages, place)
    far = [edge for edge in messages if _is_far(edge, black)]
    follows = relays(messages, pools)
    middle = (max(frame.right for frame in drawing.frames.values()) // 2) if drawing.frames else 0
    outer = (0, 2 * middle)
    for edge in sorted(far, key=lambda one: abs(black[one.source] - black[one.target])):
        width = wording.label_size(edge.name)[0]
        end = _element(follows.get(edge.id), drawing)
        right = end is not None and end.middle.x > middle
        x = outer[1] + _BESIDE_POOL if right else outer[0] - _BESIDE_POOL
        reach = x + width + _AIR if right else x - width - _AIR
        outer = (outer[0], reach) if right else (reach, outer[1])
        for name in (edge.source, edge.target):
            frame = drawing.frames[name]
            drawing.frames[name] = frame._replace(left=min(frame.left, reach), right=max(frame.right, reach))
        _join(edge, x, drawing)
    return far


def relays(messages: Sequence[Edge], pools: Sequence[Pool]) -> dict[str, Edge]:
    """For messages between black boxes, that of an element which is handed on with it, or which hands it on.

    The pool between is the one with fewer partners; of equal ones that which comes later in the messages.
    """
    partners: dict[str, set[str]] = {pool.id: set() for pool in pools if pool.id and not pool.scope}
    first: dict[str, int] = {}
    for edge in messages:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            first.setdefault(end, len(first))
            if end in partners:
                partners[end].add(other if other in partners else "")
    elements = _elements(messages, partners)
    found = {}
    for number, edge in enumerate(messages):
        if edge.source in partners and edge.target in partners:
            ends = sorted((edge.source, edge.target), key=lambda one: (len(partners[one]), -first[one]))
            gets = {pool: pool == edge.target for pool in ends}
            chains = (_relay(number, elements.get((pool, gets[pool]), []), sends=gets[pool]) for pool in ends)
            if (relay := next((one for one in chains if one is not None), None)) is not None:
                found[edge.id] = messages[relay]
    return found


def _elements(messages: Sequence[Edge], black: Mapping[str, object]) -> dict[tuple[str, bool], list[int]]:
    """For each black box, and whether it sends (then these come later than what it gets), its messages with elements."""
    found: dict[tuple[str, bool], list[int]] = {}
    for number, edge in enumerate(messages):
        for pool, other, sends in ((edge.source, edge.target, True), (edge.target, edge.source, False)):
            if pool in black and other not in black:
                found.setdefault((pool, sends), []).append(number if sends else -number)
    return {key: sorted(numbers) for key, numbers in found.items()}


def _relay(number: int, numbers: list[int], *, sends: bool) -> int | None:
    """The nearest in the file: what the pool sends on comes after what it gets."""
    if not numbers:
        return None
    at = bisect_left(numbers, number if sends else -number)
    return abs(numbers[at] if at < len(numbers) else numbers[at - 1])


def _places(pools: Sequence[Pool], drawing: Drawing) -> dict[str, int]:
    """For each pool, and each element by the pool that it stands in, the place from above."""
    found = {pool.id: number for number, pool in enumerate(pools) if pool.id}
    frames = [(drawing.frames[pool.id], number) for number, pool in enumerate(pools) if pool.id and pool.scope]
    for frame, number in frames:
        found |= dict.fromkeys((name for name, box in drawing.boxes.items() if frame.holds(box)), number)
    return found


def _is_far(edge: Edge, black: Mapping[str, int]) -> bool:
    ends = (edge.source, edge.target)
    return edge.link is Link.MESSAGE and all(end in black for end in ends) and abs(black[ends[0]] - black[ends[1]]) > 1


def _element(edge: Edge | None, drawing: Drawing) -> Box | None:
    ends = (edge.source, edge.target) if edge else ()
    return next((drawing.boxes[end] for end in ends if end in drawing.boxes), None)


def _trim(name: str, number: int, drawing: Drawing, messages: Sequence[Edge], place: Mapping[str, int]) -> None:
    """End the pool before the messages of elements that would cross it, where its own allow it."""
    own = [box for edge in messages if name in (edge.source, edge.target) if (box := _element(edge, drawing))]
    if not own:
        return
    first, last = min(own, key=lambda box: box.middle.x), max(own, key=lambda box: box.middle.x)
    frame = drawing.frames[name]
    for box in _passing(number, drawing, messages, place):
        x = box.middle.x
        if x <= first.middle.x:
            frame = frame._replace(left=max(frame.left, _edge(x, first.left, first.middle.x)))
        elif x >= last.middle.x:
            frame = frame._replace(right=min(frame.right, -_edge(-x, -last.right, -last.middle.x)))
    if frame.width >= _NARROWEST:
        drawing.frames[name] = frame


def _passing(number: int, drawing: Drawing, messages: Sequence[Edge], place: Mapping[str, int]) -> Iterator[Box]:
    for edge in messages:
        box = _element(edge, drawing)
        if box and edge.source in place and edge.target in place:
            low, high = sorted((place[edge.source], place[edge.target]))
            if low < number < high:
                yield box


def _edge(passing: int, border: int, middle: int) -> int:
    """The left end of a pool between a message at `passing` and its first element; mirrored, the right end."""
    if passing + _OFF_MESSAGE <= middle - _OFF_ELEMENT // 2:
        return max(passing + _OFF_MESSAGE, border - _OFF_ELEMENT)
    return (passing + middle) // 2


def _join(edge: Edge, x: int, drawing: Drawing) -> None:
    one, two = drawing.frames[edge.source], drawing.frames[edge.target]
    down = one.top < two.top
    ends = (one.bottom, two.top) if down else (one.top, two.bottom)
    drawing.paths[edge.id] = [Point(x, ends[0]), Point(x, ends[1])]
