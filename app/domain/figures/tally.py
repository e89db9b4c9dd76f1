"""Cases added up: what became of them, whether in time, and how long they took."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.figures.buckets import Durations, durations
from app.domain.figures.durations import DAYS
from app.domain.figures.outcomes import DONE, GONE, Outcome
from app.domain.terms.explanation import Rule


@dataclass(slots=True)
class Tally:
    """What is added up. received: that came in; outcomes, in_time, late, without_term: of those that ended. open, open_late,
    open_without_term: of those that are open now, whenever they came in. spreads: buckets of durations by unit, None: in
    working time; sums: of these durations; took: of how many the working time is known."""

    received: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    in_time: int = 0
    late: int = 0
    without_term: int = 0
    open: int = 0
    open_late: int = 0
    open_without_term: int = 0
    sums: Counter[str | None] = field(default_factory=Counter)
    spreads: dict[str | None, Counter[int]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing came in and nothing ended."""
        return not self.received and not self.ended

    @property
    def ended(self) -> int:
        """All that ended, however."""
        return self.outcomes.total()

    @property
    def done(self) -> int:
        """Those that came to their end with a result or at least in the ordinary way."""
        return sum(self.outcomes[one] for one in DONE)

    @property
    def gone(self) -> int:
        """Those that ended without a decision."""
        return sum(self.outcomes[one] for one in GONE)

    @property
    def open_in_time(self) -> int:
        return self.open - self.open_late - self.open_without_term

    @property
    def share_late(self) -> float | None:
        """Of those with a term that came to their end, which part was late, 0 to 1."""
        judged = self.in_time + self.late
        return self.late / judged if judged else None

    @property
    def worked(self) -> Durations:
        return durations(self.sums[None], self.spreads.get(None, {}), days=False)

    @property
    def counted(self) -> Mapping[Rule, Durations]:
        """By unit, the most frequent first."""
        known = sorted((unit for unit in self.spreads if unit), key=lambda unit: -self.spreads[unit].total())
        return {
            Rule(unit): durations(self.sums[unit], self.spreads[unit], days=Rule(unit) in DAYS)
            for unit in known
            if self.spreads[unit].total() > 0
        }

    def receive(self, n: int) -> None:
        self.received += n

    def end(self, outcome: Outcome, n: int, *, in_time: bool | None) -> None:
        """n more have ended so."""
        self.outcomes[outcome] += n
        if outcome in DONE:
            self.judge(n, in_time=in_time)

    def judge(self, n: int, *, in_time: bool | None) -> None:
        if in_time is None:
            self.without_term += n
        elif in_time:
            self.in_time += n
        else:
            self.late += n

    def stand(self, n: int, *, late: bool | None) -> None:
        """n more are open."""
        self.open += n
        if late is None:
            self.open_without_term += n
        elif late:
            self.open_late += n

    def take(self, unit: str | None, buckets: Iterable[int], counts: Iterable[int]) -> None:
        """The durations of more lie in these buckets, of how many in each."""
        spread = self.spreads.setdefault(unit, Counter())
        for bucket, n in zip(buckets, counts, strict=True):
            spread[bucket] += n
