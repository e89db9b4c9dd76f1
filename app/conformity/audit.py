"""All checks of a model, and what came of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app import definitions
from app.conformity.conflicts import conflicts
from app.conformity.coverage import coverage, occurrence
from app.conformity.duration import STARTS, Branch, against_total, begun_too_late, calendar_of, longest
from app.conformity.findings import Check, Finding, Severity, found
from app.conformity.folder import Subject, subjects
from app.conformity.limits import has_own_limit, limits
from app.conformity.results import results
from app.conformity.roles import roles
from app.conformity.soundness import soundness
from app.conformity.study import study
from app.domain.calendar import Text


@dataclass(frozen=True, slots=True)
class Report:
    """Of one model. path: None where the service has no model. checks: those that could be made.

    states: how many were looked at. own, whole: the longest branches, with the act's limits alone and with every due
    date taken to its end.
    """

    act: str | None
    service: str | None
    title: Text | None
    path: Path | None
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    states: int = 0
    own: tuple[Branch, ...] = ()
    whole: tuple[Branch, ...] = ()

    @property
    def fails(self) -> bool:
        return any(one.severity is Severity.FINDING for one in self.findings)

    def to_dict(self) -> dict[str, Any]:
        return {
            "act": self.act,
            "service": self.service,
            "model": None if self.path is None else str(self.path),
            "checks": [check.value for check in self.checks],
            "states": self.states,
            "findings": [one.to_dict() for one in self.findings],
            "branches": {
                "ownLimits": [one.to_dict() for one in self.own],
                "everyDueDate": [one.to_dict() for one in self.whole],
            },
        }


def audit(root: Path, target: str | None, starts: Iterable[datetime] = STARTS) -> list[Report]:
    """A report for each model that the target means: see `folder.subjects`, also for what is raised."""
    return [report(subject, tuple(starts)) for subject in subjects(root, target)]


def report(subject: Subject, starts: tuple[datetime, ...] = STARTS) -> Report:
    act, service = subject.act, subject.service
    head = (act.id if act else None, service.key if service else subject.unknown, _title(subject), subject.path)
    faults = tuple(_fault(one, head[1]) for one in subject.faults)
    if subject.process is None:
        return Report(*head, checks=(Check.SOUNDNESS,) if faults else (), findings=faults)
    looked = study(subject.process, service, subject.surroundings)
    states = 0 if looked.space is None else len(looked.space.before)
    said = [*faults, *_unknown(subject), *soundness(looked), *roles(looked)]
    if service is None:
        return Report(*head, (Check.ROLE, Check.SOUNDNESS), tuple(_in_order(said)), states)
    said += [*coverage(looked), *occurrence(looked), *limits(looked), *results(looked), *conflicts(looked)]
    own: list[Branch] = []
    whole: list[Branch] = []
    if looked.space is not None and not any(one.check is Check.SOUNDNESS and _fails(one) for one in said):
        calendar = calendar_of(service, starts)
        limited = {step.id for step in looked.net.users() if has_own_limit(looked, step.id)}
        own, late = longest(looked, calendar, starts, limited.__contains__)
        others = {step.id for step in looked.net.users()} - limited
        whole = longest(looked, calendar, starts, lambda _: True)[0] if others else own
        said += [*against_total(looked, own, whole, said), *begun_too_late(looked, late)]
    return Report(*head, tuple(Check), tuple(_in_order(said)), states, tuple(own), tuple(whole))


def _fails(one: Finding) -> bool:
    return one.severity is Severity.FINDING


def _title(subject: Subject) -> Text | None:
    service = subject.service
    if service is None:
        return None
    first = next(iter(service.title.values()))
    return Text(*(service.title.get(language, first) for language in ("kk", "ru", "en")))


def _fault(fault: definitions.Finding, service: str | None) -> Finding:
    """What makes a file unfit to be read is a finding too."""
    return Finding(Check.SOUNDNESS, Severity.FINDING, fault.code, service, None, fault.element_id, fault.message)


def _unknown(subject: Subject) -> Iterator[Finding]:
    if subject.unknown is not None and subject.process is not None:
        yield found("service-unknown", service=subject.unknown, element=subject.process.id, about=subject.unknown)


def _in_order(said: Iterable[Finding]) -> list[Finding]:
    order = list(Check)
    return sorted(said, key=lambda one: (one.severity is Severity.NOTE, order.index(one.check)))
