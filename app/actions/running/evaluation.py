"""JUEL in a case: its variables, what it knows of itself, and our functions on days and people."""

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any, Self, cast

from sqlalchemy.orm import Session

from app import expressions
from app.actions.terms.calendars import calendar_of
from app.domain import iso8601, refusals
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.due import Due
from app.domain.terms.explanation import Rule
from app.engine import StepFailed
from app.store import queries
from app.store.tables import Instance


@dataclass
class Evaluation:
    """Expressions of one instance at one moment."""

    session: Session
    instance: Instance
    now: datetime

    def at(self, moment: datetime) -> Self:
        """The same at another moment (aware)."""
        return replace(self, now=moment)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_of(self.session, self.instance.tenant_id)

    @property
    def zone(self) -> tzinfo:
        return self.calendar.tz

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

    def holders(self, role: str) -> list[str]:
        """Who has a role in the organisation of the case, by id."""
        tenant = self.instance.tenant_id
        return [] if tenant is None else queries.holders(self.session, role, tenant)

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


def _members(host: Evaluation, role: object) -> list[str]:
    if not isinstance(role, str):
        raise ValueError(f"membersOf takes the key of a role, not {role!r}")
    tenant = host.instance.tenant_id
    found = host.holders(role)
    if not found:
        details = {"role": role, "tenantId": tenant}
        raise refusals.of(StepFailed, refusals.NOBODY_IN_ROLE, details, role=role, tenant=tenant or "–")
    return found


_NOW = object()
"""Where a function is called without a moment."""


def _moment(host: Evaluation, given: object) -> datetime:
    if given is _NOW:
        return host.now
    if given is None:
        raise ValueError("a term is counted from a moment, and there is none")
    if isinstance(given, str):
        return iso8601.moment(given, host.zone)
    if not isinstance(given, datetime):
        raise ValueError(f"a date is expected, not {given!r}")
    return given


def _counting(rule: Rule) -> Callable[..., Due]:
    return lambda host, amount, start=_NOW: deadlines.count(host.calendar, rule, amount, _moment(host, start))


def _day_before(host: Evaluation, n: Any, day: object) -> Due:
    if day is None:
        raise ValueError("calendarDaysBefore counts back from a day, and there is none")
    return deadlines.calendar_days_before(host.calendar, n, _moment(host, day))


FROM_NOW = (
    Rule.MINUTES,
    Rule.ELAPSED_MINUTES,
    Rule.HOURS,
    Rule.WORKING_DAYS,
    Rule.CALENDAR_DAYS,
    Rule.END_OF_DAY,
)
"""The rules that count from a moment, or else from now."""
DATE_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "now": lambda host: host.now,
    "receipt": lambda host, at=_NOW: deadlines.receipt(host.calendar, _moment(host, at)),
    **{rule.value: _counting(rule) for rule in FROM_NOW},
    "calendarDaysBefore": _day_before,
}
FUNCTIONS = {**DATE_FUNCTIONS, "membersOf": _members}
"""What expressions may call, by name; each gets the host and the arguments."""
