"""All checks of a model, and what came of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app import definitions
from app.conformity.conflicts import conflicts
from app.conformity.coverage import coverage, occurrence
from app.conformity.duration import against_total, begun_too_late, unexplored
from app.conformity.extensions import extensions
from app.conformity.findings import Check, Finding, Severity, found
from app.conformity.flows import flows
from app.conformity.folder import Subject, subjects
from app.conformity.limits import has_own_limit, held, limits
from app.conformity.paths import STARTS, Branch, Run, branches, calendar_of, longest, run
from app.conformity.results import results
from app.conformity.roles import roles
from app.conformity.soundness import soundness
from app.conformity.study import Study, study
from app.conformity.timing import Calendared
from app.conformity.unmodelled import unmodelled
from app.conformity.whole import given, sums
from app.domain.acts.editions import EDITION, IN_FORCE_FROM, IN_FORCE_UNTIL
from app.domain.acts.regulation import Service
from app.domain.terms.calendar import Text


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
    head = (
        act.id if act else None,
        service.key if service else subject.unknown or subject.flow,
        _title(subject),
        subject.path,
    )
    faults = tuple(_fault(one, head[1]) for one in subject.faults)
    if subject.process is None and subject.path is None:
        missing = found("model-missing", service=head[1], element=head[1] or subject.flow)
        return Report(*head, checks=(Check.COVERAGE,), findings=(missing,))
    if subject.process is None:
        return Report(*head, checks=(Check.SOUNDNESS,), findings=faults)
    looked = study(subject.process, service, subject.surroundings)
    states = 0 if looked.space is None else len(looked.space.before)
    said = [*faults, *_unknown(subject), *_edition(subject), *soundness(looked)]
    if any(unmodelled(looked.net)):
        return Report(*head, (Check.SOUNDNESS,), tuple(_in_order(said)))
    said += roles(looked)
    if service is None and subject.flows:
        said += flows(looked, subject.flows)
        return Report(*head, (Check.COVERAGE, Check.ROLE, Check.TIME, Check.SOUNDNESS), tuple(_in_order(said)), states)
    if service is None:
        return Report(*head, (Check.ROLE, Check.SOUNDNESS), tuple(_in_order(said)), states)
    said += [
        *coverage(looked),
        *occurrence(looked),
        *limits(looked),
        *extensions(looked),
        *results(looked),
        *conflicts(looked),
    ]
    timed = _Timed()
    if looked.space is not None and not any(one.check is Check.SOUNDNESS and _fails(one) for one in said):
        timed = _time(looked, service, starts, said)
        said += timed.findings
    return Report(*head, tuple(Check), tuple(_in_order(said)), states, timed.own, timed.whole)


@dataclass(frozen=True, slots=True)
class _Timed:
    """What came of the paths on a calendar; own, whole: as in `Report`."""

    own: tuple[Branch, ...] = ()
    whole: tuple[Branch, ...] = ()
    findings: tuple[Finding, ...] = ()


def _time(study: Study, service: Service, starts: tuple[datetime, ...], others: list[Finding]) -> _Timed:
    """others: what was found of the deadlines one by one."""
    calendar, timers = calendar_of(service, starts), held(study)
    limited = {step.id for step in study.net.users() if has_own_limit(study, step.id)}

    def runs(counts: Callable[[str], bool]) -> list[Run]:
        return [run(study, Calendared(calendar, start, counts, timers)) for start in starts]

    made = runs(limited.__contains__)
    ends = [(one, list(branches(study, one))) for one in made]
    own = whole = longest(branch for _, ended in ends for branch in ended)
    all_made = made
    if any(step.id not in limited for step in study.net.users()):
        all_made = runs(lambda _: True)
        whole = longest(branch for one in all_made for branch in branches(study, one))
    said = [*unexplored(study, [*made, *all_made]), *begun_too_late(study, made)]
    if service.total is None:
        said += [*_once(one for each, ended in ends for one in sums(study, each, ended)), *given(study)]
    else:
        said += against_total(study, own, whole, others)
    return _Timed(tuple(own), tuple(whole), tuple(said))


def _once(said: Iterable[Finding]) -> Iterator[Finding]:
    """The same is found from each start; the first is told."""
    known = set()
    for one in said:
        if (one.code, one.path) not in known:
            known.add((one.code, one.path))
            yield one


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


def _edition(subject: Subject) -> Iterator[Finding]:
    """A service's model follows the edition that its act describes, on the same days."""
    if subject.process is None or subject.service is None or subject.act is None or subject.act.edition.name is None:
        return
    names, known = (EDITION, IN_FORCE_FROM, IN_FORCE_UNTIL), subject.act.edition
    for name, day in zip(names, (known.name, known.begins, known.ends), strict=True):
        act, model = str(day or "–"), subject.process.properties.get(name) or "–"
        if act != model:
            yield found("edition-other", element=subject.process.id, about=name, act=act, model=model)


def _in_order(said: Iterable[Finding]) -> list[Finding]:
    order = list(Check)
    return sorted(said, key=lambda one: (one.severity is Severity.NOTE, order.index(one.check)))
