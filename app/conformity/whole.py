"""Check 3, where the act gives no total: the term of the whole is the sum of its steps, on the longest path.

What this proves, for each kind of request and each start. Read at the end of a path, the total is not over before that path
is; each total that the paths come to is the end of the longest of those that come to it, and each term that it adds up ends
when a step of that path does. Read at the registration, when what is not known yet is null, the total is not over before any
path is, and is the end of the longest. Only the act's own limits take time here, and each step is done once: nobody adds a
second round to the sum beforehand.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from app.conformity.deciding import Deciding
from app.conformity.extensions import made
from app.conformity.findings import Finding, found
from app.conformity.paths import Branch, Opening, Run
from app.conformity.study import Study
from app.conformity.timing import Calendared, Traced
from app.conformity.values import GivenMoment
from app.conformity.variables import names
from app.domain.acts.regulation import Limit
from app.domain.terms.calendar import WorkCalendar


def sums(study: Study, run: Run, branches: Iterable[Branch]) -> Iterator[Finding]:
    """branches: of `run`, all of them."""
    service = study.service.key if study.service else None
    branches = list(branches)
    cases = [one for one in branches if one.course.opening is not None and one.course.rounds == 1]
    if study.total is None:
        yield from _missing(study, service, branches)
        return
    usual = []
    for one in cases:
        extension = made(study.net, one.course)
        if extension is None:
            usual.append(one)
        else:
            yield from _extended(study, run.timing, one, extension)
    if not usual:
        yield found("sum-unproved", service=service, element=study.net.process.id)
    for at in sorted({opening.at for opening in map(_opening, usual)}):
        yield from _of_moment(study, run.timing.calendar, [one for one in usual if _opening(one).at == at])


def _extended(study: Study, timing: Calendared, branch: Branch, extension: Limit) -> Iterator[Finding]:
    """Extending a case moves its total by itself: the total does not count it, but has to hold with it."""
    if branch.total is None:
        yield _finding(study, timing.calendar, "sum-unread", branch, None, branch.end)
        return
    total = timing.after(extension, branch.total)
    if branch.end > total:
        yield _finding(study, timing.calendar, "sum-shorter", branch, total, branch.end)


def given(study: Study) -> Iterator[Finding]:
    """The total that counts from a day that people set: how it goes on from there is not proved."""
    for name in sorted(names(study.total, "")):
        written = any(name in writes.form for writes in study.variables.writes.values())
        if written and any(isinstance(value, GivenMoment) for value in study.variables.domains.get(name, ())):
            service = study.service.key if study.service else None
            yield found("sum-of-given", service=service, element=study.net.process.id, about=name, note=True)


def _opening(branch: Branch) -> Opening:
    assert branch.course.opening is not None
    return branch.course.opening


def _missing(study: Study, service: str | None, branches: Iterable[Branch]) -> Iterator[Finding]:
    longest = max((one for one in branches if one.course.rounds == 1), key=_end, default=None)
    if longest is not None:
        yield found(
            "sum-missing",
            service=service,
            element=study.net.process.id,
            path=_steps(longest),
            branch=longest.name,
            start=_words(longest.start),
            end=_words(longest.end),
        )


def _of_moment(study: Study, calendar: WorkCalendar, cases: list[Branch]) -> list[Finding]:
    """cases: registered at the same moment. A case of no kind in particular is one of every kind."""
    kinds: list[str | None] = [*sorted({one.request_kind for one in cases if one.request_kind is not None})]
    said = []
    for kind in kinds or [None]:
        mine = [one for one in cases if one.request_kind in (kind, None)]
        said += list(_at_ends(study, calendar, mine)) or list(_at_opening(study, calendar, mine, {kind}))
    if kinds and not said:
        said += _at_opening(study, calendar, cases, set())
    return said


def _at_ends(study: Study, calendar: WorkCalendar, cases: list[Branch]) -> Iterator[Finding]:
    unread = next((one for one in cases if one.total is None), None)
    if unread is not None:
        yield _finding(study, calendar, "sum-unread", unread, None, unread.end)
        return
    late = max(cases, key=lambda one: one.late)
    if late.total is not None and late.end > late.total:
        yield _finding(study, calendar, "sum-shorter", late, late.total, late.end)
        return
    for total in sorted({one.total for one in cases if one.total is not None}, reverse=True):
        alike = [one for one in cases if one.total == total]
        farthest = max(alike, key=_end)
        if farthest.end < total:
            yield _finding(study, calendar, "sum-longer", farthest, total, farthest.end)
            return
        longest = [one for one in alike if one.end == total]
        if all(_beside(study, calendar, one) for one in longest):
            inner = _beside(study, calendar, farthest)
            yield _finding(study, calendar, "sum-other", farthest, min(inner), farthest.end)
            return


def _at_opening(study: Study, calendar: WorkCalendar, cases: list[Branch], kinds: set[str | None]) -> Iterator[Finding]:
    """kinds: of the totals that are compared; none: where the kind is not known at the registration."""
    farthest = max(cases, key=_end)
    greatest: datetime | None = None
    for one in cases:
        totals = [total for kind, total in _opening(one).totals if (kind in kinds if kinds else kind is None)]
        known = [total for total in totals if total is not None]
        if len(known) < len(totals):
            yield _finding(study, calendar, "sum-unread-at-registration", one, None, one.end)
            return
        if known and max(known) < one.end:
            yield _finding(study, calendar, "sum-shorter-at-registration", one, max(known), one.end)
            return
        greatest = max([*known, *([greatest] if greatest else [])], default=None)
    if greatest is not None and greatest > farthest.end:
        yield _finding(study, calendar, "sum-longer-at-registration", farthest, greatest, farthest.end)


def _finding(
    study: Study, calendar: WorkCalendar, code: str, branch: Branch, total: datetime | None, end: datetime
) -> Finding:
    return found(
        code,
        service=study.service.key if study.service else None,
        element=study.net.process.id,
        path=_steps(branch),
        branch=branch.name,
        start=_words(branch.start),
        end=_words(end.astimezone(calendar.tz)),
        total=_words(total.astimezone(calendar.tz)) if total is not None else "–",
        step=_differing(study, calendar, branch),
    )


def _differing(study: Study, calendar: WorkCalendar, branch: Branch) -> str:
    """The first step after the registration that takes time and that the total does not end a term with; else the last."""
    reached = _inner(study, calendar, branch)
    before, last = _opening(branch).at, "–"
    for step, moment in branch.course.done:
        if moment > before:
            last = step
            if moment not in reached:
                return step
        before = max(before, moment)
    return last


def _inner(study: Study, calendar: WorkCalendar, branch: Branch) -> set[datetime]:
    """The moments at which the terms end that the total adds up at the end of a path."""
    timing = Traced(calendar, branch.start)
    assert study.total is not None
    Deciding(study.variables, timing).total(dict(branch.known), study.total, branch.start, "")
    return timing.reached


def _beside(study: Study, calendar: WorkCalendar, branch: Branch) -> set[datetime]:
    """Those of `_inner` at which nothing on the path ends."""
    return _inner(study, calendar, branch) - {moment for _, moment in branch.course.done} - {branch.end}


def _end(branch: Branch) -> datetime:
    return branch.end


def _steps(branch: Branch) -> tuple[str, ...]:
    return tuple(step for step, _ in branch.course.done)


def _words(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"
