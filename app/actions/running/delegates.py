"""The named Python functions that a model may call: `camunda:delegateExpression="${registerApplication}"`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.terms.case_moves import extend, nothing_runs, running_case
from app.actions.terms.case_terms import in_milliseconds
from app.domain import refusals
from app.domain.refusals import case_refusals
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Extension
from app.domain.terms.term_properties import EXTEND_TERM, allowance
from app.errors import Conflict, Invalid
from app.store import queries
from app.store.tables import Counter, Instance


@dataclass(frozen=True, slots=True)
class Case:
    """What a delegate knows: the instance, the step (its id), the moment (aware), the provider's calendar, the variables.

    user_id: who moves the instance, None: nobody, as when a timer fires.
    """

    session: Session
    instance: Instance
    step: str
    user_id: str | None
    now: datetime
    calendar: WorkCalendar
    variables: Mapping[str, Any]

    def next_number(self, name: str, prefix: str) -> str:
        """Numbers without gaps within a provider and a year of its own time zone, such as `А-2026-000017`."""
        year = self.now.astimezone(self.calendar.tz).year
        row = insert(Counter).values(tenant_id=self.instance.tenant_id or "", name=name, year=year, value=1)
        statement = row.on_conflict_do_update(
            index_elements=[Counter.tenant_id, Counter.name, Counter.year], set_={"value": Counter.value + 1}
        ).returning(Counter.value)
        return f"{prefix}-{year}-{self.session.scalar(statement):06d}"


def register_application(case: Case) -> dict[str, Any]:
    """Number an application by provider and year; fix when it was made and the legal moment of its receipt.

    Terms count from `submittedAt`: each rule minds the working hours itself and can then say what it has passed over.
    `receivedAt` is for people to read. Both are of the millisecond, to which variables are kept: closing time is a bound.
    """
    submitted = case.now.replace(microsecond=case.now.microsecond // 1000 * 1000)
    return {
        "applicationNumber": case.next_number("application", "А"),
        "applicationDate": case.now,
        "submittedAt": submitted,
        "receivedAt": deadlines.receipt(case.calendar, submitted),
    }


def issue_document(case: Case) -> dict[str, Any]:
    """Number the resulting document; with `documentValidYears` it also ends its validity."""
    issued: dict[str, Any] = {"documentNumber": case.next_number("document", "Қ"), "documentDate": case.now}
    years = case.variables.get("documentValidYears")
    if years is not None:
        local = case.now.astimezone(case.calendar.tz)
        day = 28 if (local.month, local.day) == (2, 29) else local.day
        issued["validUntil"] = local.replace(year=local.year + int(years), day=day)
    return issued


def find_case(case: Case) -> dict[str, Any]:
    """Find the case that a complaint is about, by its `complaintCaseNumber` and the complainant's `applicantIdNumber`.

    A case of somebody else is not found: the answer tells nobody that it exists.
    """
    number, person = (_words(case.variables.get(name)) for name in ("complaintCaseNumber", "applicantIdNumber"))
    found = None
    if number and person:
        found = queries.case_of_person(case.session, case.instance.tenant_id, number, person)
    if found is None:
        return {"caseFound": False, "complainedCaseId": None, "complainedCaseTitle": None}
    case_id, key, name = found
    return {"caseFound": True, "complainedCaseId": str(case_id), "complainedCaseTitle": f"{number}, {name or key}"}


def extend_term(case: Case) -> dict[str, Any]:
    """Add `extensionDays` to the terms of the case that run, for `extensionReason`; says when in `extendedAt`.

    As much at most as `law.extend` of the step, or else of its process, allows, with what was added before under its
    clause. Raises Invalid with the reason in words.
    """
    process = model_of(case.session, case.instance.definition_id).process
    root = case.instance
    if root.root_id != root.id:
        root = queries.locked_instance(case.session, root.root_id) or root
    whole = model_of(case.session, root.definition_id).process
    said = (process.nodes[case.step].properties, process.properties, whole.properties)
    found = next(filter(None, map(allowance, said)), None)
    if found is None:
        raise refusals.of(Invalid, case_refusals.NO_ALLOWANCE, step=case.step)
    days, reason = case.variables.get("extensionDays"), _words(case.variables.get("extensionReason"))
    made = Extension(in_milliseconds(case.now), found.rule, _whole(days), reason, found.clause, case.user_id)
    running = running_case(case.session, root)
    try:
        if not extend(case.session, running, [found], made) and running.whole is not None:
            raise nothing_runs(root.id)
    except Conflict as refused:  # the state of the case is as it should be: it is the answer that has to be mended
        raise Invalid(refused.message, details=refused.details, words=refused.words) from refused
    return {"extendedAt": made.at}


def _whole(value: object) -> int:
    """A number without fraction, 0 for what is none."""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool) or not isfinite(value):
        return 0
    return int(value) if value == int(value) else 0


def _words(value: object) -> str:
    return "" if value is None else str(value).strip()


DELEGATES: dict[str, Callable[[Case], Mapping[str, Any]]] = {
    "registerApplication": register_application,
    "issueDocument": issue_document,
    "findCase": find_case,
    EXTEND_TERM: extend_term,
}
