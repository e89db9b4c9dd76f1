"""One direction of the grid: slots that hold shapes, and between them zones in which edges run on tracks."""

from dataclasses import dataclass, field

PITCH = 10
"""Between two tracks."""


@dataclass(slots=True)
class Slot:
    """A column or a row. before, after: how far its shapes reach from its middle line, which is found at `middle`."""

    before: int = 0
    after: int = 0
    start: int = 0

    @property
    def middle(self) -> int:
        return self.start + self.before

    @property
    def length(self) -> int:
        return self.before + self.after

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(slots=True)
class Zone:
    """least: its usual width; margins: kept free at both sides; tracks: how many edges run side by side at most."""

    least: int
    margins: tuple[int, int] = (15, 15)
    tracks: int = 1
    start: int = 0

    @property
    def length(self) -> int:
        return max(self.least, sum(self.margins) + (self.tracks - 1) * PITCH)

    @property
    def end(self) -> int:
        return self.start + self.length

    def lines(self) -> dict[int, int]:
        """Each track with its distance from the middle one."""
        room = self.length - sum(self.margins)
        middle = self.start + self.margins[0] + room // 2
        each_side = max(room, 0) // 2 // PITCH
        return {middle + PITCH * number: PITCH * abs(number) for number in range(-each_side, each_side + 1)}


@dataclass(slots=True)
class Axis:
    """Zones and slots in turn as they follow each other."""

    parts: list[Slot | Zone] = field(default_factory=list)

    def settle(self, start: int) -> int:
        """Put the parts side by side from `start`; where they end."""
        for part in self.parts:
            part.start = start
            start = part.end
        return start

    def lines(self) -> dict[int, int]:
        """Where edges may run, with the distance from the line that is best in its zone."""
        found: dict[int, int] = {}
        for part in self.parts:
            found |= part.lines() if isinstance(part, Zone) else {part.middle: 0}
        return found

    def widen(self, line: int) -> bool:
        """Make room for more edges in the zone of this line; False if it lies in none."""
        for part in self.parts:
            if isinstance(part, Zone) and part.start <= line < part.end:
                part.tracks = max(part.tracks, len(part.lines())) + 2
                return True
        return False
