"""What the engine may ask of the world: JUEL with our functions, FEEL, decisions, and the delegates registered in code."""

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any, cast

from sqlalchemy.orm import Session

from app import expressions
from app.actions.calendars import calendar_of
from app.actions.decisions import decide, evaluate_feel
from app.actions.delegates import DELEGATES, Case
from app.domain import deadlines, iso8601
from app.domain.calendar import WorkCalendar
from app.domain.model import DecisionCall
from app.store import queries
from app.store.tables import Instance


@dataclass
class CaseHost:
    """The engine's Host for one instance at one moment."""

    session: Session
    instance: Instance
    now: datetime

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_of(self.session, self.instance.tenant_id)

    @property
    def zone(self) -> tzinfo:
        return self.calendar.tz

    @property
    def starter(self) -> str | None:
        return self.instance.started_by

    @cached_property
    def execution(self) -> dict[str, Any]:
        """What models read of the case itself: `${execution.processBusinessKey}`."""
        instance = self.instance
        return {
            "execution": {
                "processBusinessKey": instance.business_key,
                "businessKey": instance.business_key,
                "processInstanceId": str(instance.id),
                "processDefinitionId": instance.definition_id,
                "tenantId": instance.tenant_id,
            }
        }

    @cached_property
    def functions(self) -> dict[str, Callable[..., Any]]:
        return {name: self._bound(function) for name, function in FUNCTIONS.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: function(self, *given)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        if not expressions.is_expression(expression):
            return expression
        try:
            return expressions.compile(expression).evaluate(
                ChainMap(self.execution, cast(MutableMapping[str, Any], variables)), self.functions
            )
        except expressions.ExpressionError as error:
            raise ValueError(error.message) from error

    def feel(self, expression: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
        return evaluate_feel(expression, variables, self.now.astimezone(self.zone))

    def decide(self, asked: DecisionCall, variables: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return decide(self.session, self.instance, asked, variables, self.now.astimezone(self.zone))

    def call(self, delegate: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        found = DELEGATES.get(delegate)
        if found is None:
            raise ValueError(f"no delegate is registered under the name '{delegate}'")
        return found(Case(self.session, self.instance, self.now, self.calendar, variables))


def _day_before(host: CaseHost, n: Any, day: object) -> deadlines.Due:
    if day is None:
        raise ValueError("calendarDaysBefore counts back from a day, and there is none")
    return deadlines.calendar_days_before(host.calendar, n, _moment(host, day))


def _members(host: CaseHost, role: object) -> list[str]:
    if not isinstance(role, str):
        raise ValueError(f"membersOf takes the key of a role, not {role!r}")
    tenant = host.instance.tenant_id
    return [] if tenant is None else queries.holders(host.session, role, tenant)


def _moment(host: CaseHost, given: object) -> datetime:
    if given is None:
        return host.now
    if isinstance(given, str):
        return iso8601.moment(given, host.zone)
    if not isinstance(given, datetime):
        raise ValueError(f"a date is expected, not {given!r}")
    return given


DATE_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "now": lambda host: host.now,
    "receipt": lambda host, at=None: deadlines.receipt(host.calendar, _moment(host, at)),
    "minutes": lambda host, n, start=None: deadlines.minutes(host.calendar, n, _moment(host, start)),
    "hours": lambda host, n, start=None: deadlines.hours(host.calendar, n, _moment(host, start)),
    "workingDays": lambda host, n, start=None: deadlines.working_days(host.calendar, n, _moment(host, start)),
    "calendarDays": lambda host, n, start=None: deadlines.calendar_days(host.calendar, n, _moment(host, start)),
    "calendarDaysBefore": _day_before,
    "endOfDay": lambda host, hour, start=None: deadlines.end_of_day(host.calendar, hour, _moment(host, start)),
}
FUNCTIONS = {**DATE_FUNCTIONS, "membersOf": _members}
"""What expressions may call, by name; each gets the host and the arguments."""
