"""The named Python functions that a model may call: `camunda:delegateExpression="${registerApplication}"`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.domain import deadlines
from app.domain.calendar import WorkCalendar
from app.store import queries
from app.store.tables import Counter, Instance


@dataclass(frozen=True, slots=True)
class Case:
    """What a delegate knows: the instance, the moment (aware), the provider's calendar, the variables."""

    session: Session
    instance: Instance
    now: datetime
    calendar: WorkCalendar
    variables: Mapping[str, Any]


def register_application(case: Case) -> dict[str, Any]:
    """Number an application by provider and year; fix when it was made and the legal moment of its receipt.

    Terms count from `submittedAt`: each rule minds the working hours itself and can then say what it has passed over.
    `receivedAt` is for people to read. Both are of the millisecond, to which variables are kept: closing time is a bound.
    """
    submitted = case.now.replace(microsecond=case.now.microsecond // 1000 * 1000)
    return {
        "applicationNumber": _next_number(case, "application", "А"),
        "applicationDate": case.now,
        "submittedAt": submitted,
        "receivedAt": deadlines.receipt(case.calendar, submitted),
    }


def issue_document(case: Case) -> dict[str, Any]:
    """Number the resulting document; with `documentValidYears` it also ends its validity."""
    issued: dict[str, Any] = {"documentNumber": _next_number(case, "document", "Қ"), "documentDate": case.now}
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


def _words(value: object) -> str:
    return "" if value is None else str(value).strip()


def _next_number(case: Case, name: str, prefix: str) -> str:
    """Numbers without gaps within a provider and a year of its own time zone, such as `А-2026-000017`."""
    year = case.now.astimezone(case.calendar.tz).year
    row = insert(Counter).values(tenant_id=case.instance.tenant_id or "", name=name, year=year, value=1)
    statement = row.on_conflict_do_update(
        index_elements=[Counter.tenant_id, Counter.name, Counter.year], set_={"value": Counter.value + 1}
    ).returning(Counter.value)
    return f"{prefix}-{year}-{case.session.scalar(statement):06d}"


DELEGATES: dict[str, Callable[[Case], Mapping[str, Any]]] = {
    "registerApplication": register_application,
    "issueDocument": issue_document,
    "findCase": find_case,
}
