"""How long steps took, and which way cases went, in what is over: what a forecast draws its lots from.

Where little was seen, what the model grants is mixed in: a prior as heavy as PRIOR observations, by which a step takes half its
limit in the middle and one in ten takes longer than the limit.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from random import Random
from statistics import NormalDist, median

from app.domain.models.model import EventKind, Kind, Node

PRIOR = 2.0
"""As many observations the model's limit counts for."""
UNSEEN = 0.5
"""As often each way was gone before anybody went it."""
SPREAD = log(2) / NormalDist().inv_cdf(0.9)
WORKDAY = 8 * 3600
"""Seconds of work, where a limit is in days."""
_SECONDS = {
    "workingDays": WORKDAY, "calendarDays": WORKDAY * 5 / 7, "hours": 3600, "minutes": 60, "elapsedMinutes": 20,
}  # fmt: skip
_RULE = re.compile(r"\b(workingDays|calendarDays|hours|minutes|elapsedMinutes)\(([^,()]*)")
_NUMBER = re.compile(r"(?<![\w'.])\d+(?:\.\d+)?")
_UNIT = NormalDist()
Step = tuple[str, str]
"""The key of a process, and an element in it."""


@dataclass(slots=True)
class Seen:
    """What an organisation has seen. durations: working time in seconds, ascending; follows: how often each node came after
    another (after itself: it was left by no event of its border), of one service."""

    durations: Mapping[Step, Sequence[float]]
    follows: Mapping[Step, Counter[str]]
    rng: Random
    _limits: dict[Step, float] = field(default_factory=dict)

    def lasts(self, process: str, node: Node, stood: float) -> float:
        """See `ways.Past`."""
        values = self.durations.get((process, node.id), ())
        passed = bisect_right(values, stood) if stood > 0 else 0
        left = len(values) - passed
        limit = self.limit(process, node)
        weight = PRIOR * _beyond(limit, stood)
        lot = self.rng.random() * (left + weight)
        return values[passed + int(lot)] if lot < left else _drawn(limit, stood, self.rng)

    def chooses(self, process: str, node: str, among: Sequence[str]) -> int:
        """See `ways.Past`."""
        counted = self.follows.get((process, node))
        border = among[0] == node
        if counted is None:
            return 0 if border else self.rng.randrange(len(among))
        weights = [counted[one] + (0.0 if border and place else UNSEEN) for place, one in enumerate(among)]
        lot = self.rng.random() * sum(weights)
        for place, weight in enumerate(weights):
            lot -= weight
            if lot < 0:
                return place
        return len(among) - 1

    def limit(self, process: str, node: Node) -> float:
        """How long the model grants a wait."""
        key = (process, node.id)
        found = self._limits.get(key)
        if found is None:
            found = self._limits[key] = limit_of(node)
        return found

    def usual(self, step: Step) -> float | None:
        """What a step takes in the middle; None: it was never seen."""
        values = self.durations.get(step)
        return median(values) if values else None

    def number(self, step: Step) -> int:
        """How many of a step were seen."""
        return len(self.durations.get(step, ()))


def limit_of(node: Node) -> float:
    """The working time in seconds that the model grants a wait; a working day where it does not say.

    Of a rule with several amounts (`workingDays(reissue ? 2 : 4)`) the largest; rules that begin where others end add up.
    """
    text = node.user_task.due_date if node.user_task is not None else None
    if node.kind is Kind.INTERMEDIATE_CATCH_EVENT and node.event.kind is EventKind.TIMER:
        text = node.event.timer
    total = 0.0
    for rule, amount in _RULE.findall(text or ""):
        numbers = _NUMBER.findall(amount)
        total += max(map(float, numbers), default=0.0) * _SECONDS[rule]
    return total or float(WORKDAY)


def _beyond(limit: float, stood: float) -> float:
    """The chance that a step lasts longer than it has stood, as the prior has it."""
    return 1.0 if stood <= 0 else max(1.0 - _UNIT.cdf(log(stood / (limit / 2)) / SPREAD), 1e-9)


def _drawn(limit: float, stood: float, rng: Random) -> float:
    beyond = _beyond(limit, stood)
    if beyond < 1e-6:
        return stood * (1 + rng.expovariate(5))
    at = max(1.0 - beyond * (1.0 - rng.random()), 1e-12)
    return max(limit / 2 * 2.718281828459045 ** (SPREAD * _UNIT.inv_cdf(min(at, 1 - 1e-12))), stood)
