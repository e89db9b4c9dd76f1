"""How moments are told while a net is examined: by what they follow on, or by a calendar."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from app.conformity.net import Step
from app.conformity.values import START, Instant, Recorder
from app.domain import iso8601
from app.domain.acts.regulation import Limit
from app.domain.models.model import TimerKind
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.explanation import Rule

Late = dict[str, tuple[datetime, datetime]]
"""By step, a due date that is over before the task can begin, and the moment when it can."""
_MOMENTS = ("documentDate", "extendedAt")
Functions = Mapping[str, Callable[..., object]]
SUBMISSION = ("applicationDate", "submittedAt", "receivedAt")
"""What is taken down at the registration."""


class Timing(Protocol):
    def begin(self) -> object:
        """The moment at which a case begins."""

    def functions(self, now: object, step: str, /) -> Functions:
        """The date functions, called at `step` at the moment `now`."""

    def moments(self, now: object, step: str, /) -> Mapping[str, object]:
        """The moments among what delegates write, by variable."""

    def event(self, now: object, step: str, due: str, /) -> object:
        """The moment at which the work of `step` ends, which was to be done by `due`."""

    def stamp(self, now: object, /) -> str:
        """The moment as tokens keep it: ISO 8601 in UTC, "" if time does not count."""

    def due(self, step: str, value: object, now: object, /) -> str:
        """When a task with this due date is done; as `stamp`."""

    def timer(self, step: Step, value: object, began: str, /) -> str:
        """When a timer fires that began to run then; as `stamp`."""

    def worked(self, step: str, now: object, /) -> object:
        """The moment at which something is done that waits for nobody."""


class Symbolic:
    """Moments are the events that they follow on; nothing is due."""

    def begin(self) -> object:
        return START

    def functions(self, now: object, step: str) -> Functions:
        return Recorder(Instant(str(now), step))

    def moments(self, now: object, step: str) -> Mapping[str, object]:
        return dict.fromkeys((*SUBMISSION, *_MOMENTS), Instant(str(now), step))

    def event(self, _now: object, step: str, _due: str) -> object:
        return step

    def stamp(self, _now: object) -> str:
        return ""

    def due(self, _step: str, _value: object, _now: object) -> str:
        return ""

    def timer(self, _step: Step, _value: object, _began: str) -> str:
        return ""

    def worked(self, _step: str, now: object) -> object:
        return now


class Calendared:
    """Each task is done at the moment when it is due; one without a due date, and any other wait, takes no time.

    counts: whether a task takes its time; one that does not is done at once. held: what has the limit of an automatic
    step, a timer or the work itself, with that limit, which it takes to its end. late: by step, the due date of a
    task that was over before the task could begin, and that moment.
    """

    def __init__(
        self,
        calendar: WorkCalendar,
        start: datetime,
        counts: Callable[[str], bool],
        held: Mapping[str, Limit] | None = None,
    ) -> None:
        self.calendar = calendar
        self.start = start
        self.counts = counts
        self.held = held or {}
        self.late: Late = {}

    def begin(self) -> object:
        return self.start

    def functions(self, now: object, _step: str) -> Functions:
        moment = _moment(now)
        calendar = self.calendar

        def bound(rule: Callable[..., datetime]) -> Callable[..., object]:
            return lambda amount, base=None: rule(calendar, amount, _moment(moment if base is None else base))

        return {
            "now": lambda: moment,
            Rule.RECEIPT: lambda base=None: deadlines.receipt(calendar, _moment(moment if base is None else base)),
            Rule.MINUTES: bound(deadlines.minutes),
            Rule.ELAPSED_MINUTES: bound(deadlines.elapsed_minutes),
            Rule.HOURS: bound(deadlines.hours),
            Rule.WORKING_DAYS: bound(deadlines.working_days),
            Rule.CALENDAR_DAYS: bound(deadlines.calendar_days),
            Rule.CALENDAR_DAYS_BEFORE: bound(deadlines.calendar_days_before),
            Rule.END_OF_DAY: bound(deadlines.end_of_day),
        }

    def after(self, limit: Limit, moment: datetime) -> datetime:
        """When a limit is over that runs from a moment."""
        return _moment(self.functions(moment, "")[limit.rule](limit.amount))

    def moments(self, now: object, _step: str) -> Mapping[str, object]:
        moment = _moment(now)
        received = deadlines.receipt(self.calendar, moment).moment
        return dict.fromkeys((*SUBMISSION, *_MOMENTS), moment) | {"receivedAt": received}

    def event(self, now: object, _step: str, due: str) -> object:
        return max(_moment(now), datetime.fromisoformat(due)) if due else now

    def stamp(self, now: object) -> str:
        return written(_moment(now))

    def due(self, step: str, value: object, now: object) -> str:
        moment = _moment(now)
        if not isinstance(value, datetime) or not self.counts(step):
            return written(moment)
        if value < moment:
            self.late.setdefault(step, (value, moment))
        return written(value)

    def timer(self, step: Step, value: object, began: str) -> str:
        moment = datetime.fromisoformat(began)
        event = step.node.event
        if (limit := self.held.get(step.id)) is not None:
            return written(self.after(limit, moment))
        try:
            if event.timer_kind == TimerKind.DURATION:
                return written(iso8601.duration(str(value)).after(moment))
            if event.timer_kind == TimerKind.DATE:
                return written(value if isinstance(value, datetime) else iso8601.moment(str(value), self.calendar.tz))
            if event.timer_kind == TimerKind.CYCLE:
                return written(iso8601.cycle(str(value), self.calendar.tz).every.after(moment))
        except ValueError:
            pass
        return written(moment)

    def worked(self, step: str, now: object) -> object:
        limit = self.held.get(step)
        return now if limit is None else self.after(limit, _moment(now))


class Traced(Calendared):
    """Where nothing takes time. reached: the moments that date functions came to."""

    def __init__(self, calendar: WorkCalendar, start: datetime) -> None:
        super().__init__(calendar, start, lambda _: False)
        self.reached: set[datetime] = set()

    def functions(self, now: object, step: str) -> Functions:
        return {name: self._noting(rule) for name, rule in super().functions(now, step).items()}

    def _noting(self, rule: Callable[..., object]) -> Callable[..., object]:
        def noting(*arguments: object) -> object:
            moment = rule(*arguments)
            if isinstance(moment, datetime):
                self.reached.add(moment)
            return moment

        return noting


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise ValueError("the moment is not known before a case runs")
    return value


def written(moment: datetime) -> str:
    """In the form in which later moments sort after earlier ones."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
