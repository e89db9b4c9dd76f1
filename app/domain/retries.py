"""How often a job that failed is tried again, and after which waits (Camunda's failedJobRetryTimeCycle)."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from app.domain import iso8601
from app.domain.iso8601 import Duration

USUAL = (Duration(0, timedelta(seconds=10)), Duration(0, timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Retries:
    """tries: in all, the first included; waits: after the first failure, the second, and so on; the last holds for all more."""

    tries: int
    waits: tuple[Duration, ...]

    def next_try(self, left: int, failed: datetime) -> datetime:
        """When a job that failed at `failed` (aware) is tried again. left: how many tries are left."""
        before = min(max(self.tries - left - 1, 0), len(self.waits) - 1)
        return self.waits[before].after(failed)


USUALLY = Retries(len(USUAL) + 1, USUAL)


def retries(text: str | None, zone: tzinfo) -> Retries:
    """Read `R3/PT10M` (three tries, ten minutes apart), `PT10S, PT5M` (a try after each) or nothing (the usual).

    Raises ValueError.
    """
    if text is None:
        return USUALLY
    if text.strip().startswith("R"):
        cycle = iso8601.cycle(text, zone)
        if cycle.times is None or cycle.start is not None:
            raise ValueError(f"{text!r} does not say how often, as R3/PT10M does")
        return Retries(cycle.times, (cycle.every,))
    waits = tuple(iso8601.duration(part) for part in text.split(","))
    return Retries(len(waits) + 1, waits)
