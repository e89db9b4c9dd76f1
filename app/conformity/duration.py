"""Check 3, as a whole: the longest path of each branch on a calendar, against the total term that the act gives."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.conformity.findings import Check, Finding, Severity, found
from app.conformity.paths import MOST_CASES, Branch, Run
from app.conformity.study import Study
from app.conformity.timing import Late
from app.conformity.wording import same


def against_total(
    study: Study, own: Iterable[Branch], whole: Iterable[Branch], others: Iterable[Finding]
) -> Iterator[Finding]:
    """own: with the act's limits alone; whole: with every due date. others: what was found of the deadlines one by one."""
    service = study.service.key if study.service else None
    is_act = not any(one.check is Check.TIME and one.severity is Severity.FINDING for one in others)
    said: set[tuple[str, str | None]] = set()
    for branch in own:
        if branch.total is not None and branch.end > branch.total:
            said.add((branch.results, branch.request_kind))
            code = "total-too-short" if is_act else "total-exceeded"
            yield found(code, service=service, element=_late_step(branch), note=is_act, **_words(branch))
    for branch in whole:
        key = (branch.results, branch.request_kind)
        if branch.total is not None and branch.end > branch.total and key not in said:
            step = _late_step(branch)
            yield found("total-shared", service=service, element=step, note=True, step=step, **_words(branch))


def unexplored(study: Study, runs: Iterable[Run]) -> Iterator[Finding]:
    """Not all paths were followed: nothing is proved of their time."""
    for one in runs:
        if not one.complete:
            service = study.service.key if study.service else None
            yield found("paths-unexplored", service=service, element=study.net.process.id, about=MOST_CASES)
            return


def begun_too_late(study: Study, runs: Iterable[Run]) -> Iterator[Finding]:
    """Steps whose limit runs from long before them: the steps between, by their own limits, leave them nothing."""
    late: Late = {}
    for one in runs:
        late = one.timing.late | late
    for step, (due, moment) in late.items():
        element = study.pairing.elements.get(step) if study.pairing else None
        yield found(
            "begins-too-late",
            service=study.service.key if study.service else None,
            clause=element.clauses[0] if element else None,
            element=step,
            note=True,
            due=f"{due:%d.%m.%Y %H:%M}",
            moment=f"{moment.astimezone(due.tzinfo):%d.%m.%Y %H:%M}",
        )


def _late_step(branch: Branch) -> str:
    assert branch.total is not None
    return next(step for step, moment in branch.course.done if moment > branch.total)


def _words(branch: Branch) -> dict[str, Any]:
    assert branch.total is not None
    return {
        "branch": same(branch.name),
        "end": f"{branch.end:%d.%m.%Y %H:%M}",
        "total": f"{branch.total:%d.%m.%Y %H:%M}",
    }
