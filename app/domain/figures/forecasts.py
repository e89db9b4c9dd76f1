"""The chance that a term is missed, from many ways that a case can take; and how well such chances foretold what happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.figures.seen import WORKDAY
from app.domain.figures.ways import Called, Past, Scene, Step, draw

PATHS = 200
"""How many ways are drawn of a case: a chance is right to about three parts in a hundred."""
LIKELY, POSSIBLE = 0.5, 0.2


class Level(StrEnum):
    """likely, possible: by the chance, while the term runs; late: it is over; unknown: there is no term."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    FINE = "fine"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Chances:
    """case, step: the chance that the term of the whole and that of the step are missed, None: there is none. end: the
    working time in seconds after which the case ends in the middle; late_end: in nine of ten ways at the latest.
    costliest: the step that takes most of what is left; cost: how long on average."""

    case: float | None
    steps: Mapping[Any, float]
    end: float
    late_end: float
    costliest: Step | None
    cost: float


def chances(
    scene: Scene,
    past: Past,
    called: Called,
    left: float | None,
    steps: Mapping[Any, float],
    paths: int = PATHS,
) -> Chances:
    """left: the working time in seconds until the term of the whole is over, None: it has none; steps: the same of each task
    that has one."""
    ends: list[float] = []
    missed: Counter[object] = Counter()
    spent: Counter[Step] = Counter()
    for _ in range(paths):
        way = draw(scene, past, called)
        ends.append(way.end)
        spent.update(way.spent)
        missed.update(task for task, over in way.first.items() if task in steps and over > steps[task])
    ends.sort()
    costliest = max(spent, key=lambda one: (spent[one], one), default=None)
    return Chances(
        case=None if left is None else _share(sum(end > left for end in ends), paths, over=left <= 0),
        steps={task: _share(missed[task], paths, over=rest <= 0) for task, rest in steps.items()},
        end=ends[paths // 2],
        late_end=ends[paths * 9 // 10],
        costliest=costliest,
        cost=spent[costliest] / paths if costliest is not None else 0.0,
    )


def _share(missed: int, paths: int, *, over: bool) -> float:
    return 1.0 if over else missed / paths


def level_of(chance: float | None, *, over: bool) -> Level:
    """over: whether the term of the whole has passed."""
    if over:
        return Level.LATE
    if chance is None:
        return Level.UNKNOWN
    return Level.LIKELY if chance >= LIKELY else Level.POSSIBLE if chance >= POSSIBLE else Level.FINE


def urgency(chance: float, left: float | None) -> float:
    """By which a list is sorted: the chance, and how close the end of the term is; left: working seconds."""
    days = max(left or 0.0, 0.0) / WORKDAY
    return chance / (1.0 + days / 3)


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of a range of chances (in fifths), of which so many were late. told: the mean of what was told."""

    number: int
    n: int
    late: int
    told: float

    @property
    def came(self) -> float:
        """The share of those that were late."""
        return self.late / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """n: forecasts of which one knows what came; cases: of so many cases. brier: the mean squared error; hits: told late and
    late; alarms: told late, in time; missed: told in time, late; quiet: told in time and in time. open: not decided yet."""

    bins: Sequence[Bin]
    n: int
    cases: int
    brier: float
    hits: int
    alarms: int
    missed: int
    quiet: int
    open: int

    @property
    def constant(self) -> float:
        """The Brier score of whoever always tells the share that was late: the best that a constant can do."""
        share = (self.hits + self.missed) / self.n if self.n else 0.0
        return share * (1 - share)

    @property
    def better(self) -> bool:
        """Whether it clearly beats a constant guess."""
        return self.brier < self.constant * CLEARLY

    @property
    def enough(self) -> bool:
        """Whether there are enough cases to judge by."""
        return self.cases >= ENOUGH


CLEARLY = 0.95
"""Of the score of a constant guess: what is not below it may be chance."""
ENOUGH = 30
"""Cases below which a calibration may be chance."""
