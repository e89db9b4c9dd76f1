"""Which steps of an act the parts of a sum of terms are, by what the act allows each."""

from collections.abc import Sequence

Limit = tuple[str, object]
"""The unit of a limit, and how much of it."""
Span = tuple[int, int]
"""The first and the last step that a part can be; the same one where no other is possible."""


def steps_of_parts(parts: Sequence[Limit], steps: Sequence[Limit | None]) -> list[Span | None]:
    """Where in the order of the steps each part stands. None: of no step, as what follows the procedure of the act.

    Steps that follow one another without a gap are preferred where there is one such place only.
    """
    for count in range(len(parts), 0, -1):
        found = _placed(parts[:count], steps)
        if found is not None:
            return [*found, *[None] * (len(parts) - count)]
    return [None] * len(parts)


def _placed(parts: Sequence[Limit], steps: Sequence[Limit | None]) -> list[Span] | None:
    rows = [at for at in range(len(steps) - len(parts) + 1) if list(steps[at : at + len(parts)]) == list(parts)]
    if len(rows) == 1:
        return [(at, at) for at in range(rows[0], rows[0] + len(parts))]
    first = _earliest(parts, steps)
    if first is None:
        return None
    mirrored = _earliest(parts[::-1], steps[::-1])
    assert mirrored is not None
    last = [len(steps) - 1 - at for at in reversed(mirrored)]
    return list(zip(first, last, strict=True))


def _earliest(parts: Sequence[Limit], steps: Sequence[Limit | None]) -> list[int] | None:
    found, at = [], 0
    for part in parts:
        while at < len(steps) and steps[at] != part:
            at += 1
        if at == len(steps):
            return None
        found.append(at)
        at += 1
    return found
