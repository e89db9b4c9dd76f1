"""Charts as plain shapes, that the templates draw as SVG: bars that also hatching tells apart, scales in round numbers."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.figures.buckets import of_seconds
from app.domain.figures.tally import Tally

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 960, 260, 56, 12, 34
LABELS = 9
"""How many labels fit below, at most."""
BINS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """kind: the class of its look; title: what it says when pointed at."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """ticks: (y, number); labels: (x, text) below; marks: (x, text) of vertical lines."""

    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, int]]
    labels: Sequence[tuple[float, str]]
    marks: Sequence[tuple[float, str]] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


def by_period(names: Sequence[tuple[str, str]], tallies: Sequence[Tally], words: Sequence[str]) -> Chart:
    """Two bars a period: what was received, and beside it what was completed, late on top of in time.

    names: of each period, and what fits below a bar; words: what the three bars are called.
    """
    received, in_time, late = words
    scale = _Scale(max((max(one.received, one.done) for one in tallies), default=0))
    step = (WIDTH - LEFT) / max(len(tallies), 1)
    wide, bars = step * 0.38, []
    for number, ((name, _), tally) in enumerate(zip(names, tallies, strict=True)):
        x = LEFT + step * number + step * 0.1
        bars.append(scale.bar("received", x, wide, 0, tally.received, f"{name}: {received} {tally.received}"))
        within = tally.done - tally.late
        bars.append(scale.bar("in-time", x + wide, wide, 0, within, f"{name}: {in_time} {within}"))
        bars.append(scale.bar("late", x + wide, wide, within, tally.late, f"{name}: {late} {tally.late}"))
    every = -(-len(names) // LABELS) or 1
    labels = [(LEFT + step * (n + 0.5), short) for n, (_, short) in enumerate(names) if n % every == 0]
    return Chart([one for one in bars if one.height > 0], scale.ticks, labels)


def of_durations(tally: Tally, tell: Callable[[float], str]) -> Chart | None:
    """How many took how long in working time, on a logarithmic scale, with the median and both percentiles; None: none did.

    tell: says seconds in words.
    """
    counts, found = tally.spreads.get(None, Counter()), tally.worked
    known = sorted(bucket for bucket, n in counts.items() if n > 0)
    if not known or found.median is None:
        return None
    first, last = known[0], known[-1]
    size = max(-(-(last - first + 1) // BINS), 1)
    bins = [(number, sum(counts[b] for b in group)) for number, group in groupby(known, lambda b: (b - first) // size)]
    number_of = (last - first) // size + 1
    step, scale = (WIDTH - LEFT) / number_of, _Scale(max(n for _, n in bins))
    bars = []
    for number, n in bins:
        begins, ends = (of_seconds(first + size * (number + more)) for more in (0, 1))
        title = f"{tell(begins)} – {tell(ends)}: {n}"
        bars.append(scale.bar("in-time", LEFT + step * number + step * 0.05, step * 0.9, 0, n, title))
    every = -(-number_of // LABELS) or 1
    labels = [(LEFT + step * n, tell(of_seconds(first + size * n))) for n in range(0, number_of, every)]
    return Chart(bars, scale.ticks, labels)


class _Scale:
    """From 0 to a round number not below the largest."""

    def __init__(self, largest: int) -> None:
        power = 10 ** max(len(str(max(largest, 1))) - 1, 0)
        steps = (power // 4 or 1, power // 2 or 1, power)
        self.step = next((one for one in steps if one * 5 >= largest), power * 2)
        self.top = self.step * max(-(-largest // self.step), 1)

    @property
    def ticks(self) -> list[tuple[float, int]]:
        return [(self.y(number), number) for number in range(0, self.top + 1, self.step)]

    def y(self, number: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * number / self.top, 2)

    def bar(self, kind: str, x: float, width: float, begins: int, number: int, title: str) -> Bar:
        high = self.y(begins + number)
        return Bar(kind, round(x, 2), high, round(width, 2), round(self.y(begins) - high, 2), title)
