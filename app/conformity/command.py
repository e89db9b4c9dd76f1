"""`reglament check [act|service|file ...] [--json]`: prove that models do what their acts say.

Exit status: 0 without a finding, 1 with one, 2 for wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.conformity.audit import Report, audit
from app.conformity.findings import Finding, Severity
from app.conformity.folder import UnknownTarget
from app.conformity.paths import STARTS, Branch
from app.domain.terms.calendar import LANGUAGES

MODELS = Path(__file__).parents[2] / "bpmn"
PASSED, FAILED, WRONG_USAGE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", nargs="*", help="an act, a service or a .bpmn file; everything, if left out")
    parser.add_argument("--json", action="store_true", help="for other programs")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the findings (en)")
    parser.add_argument("--models", type=Path, default=MODELS, help="the folder of the acts")
    parser.add_argument(
        "--start", type=_moment, action="append", metavar="MOMENT", help="when the cases begin whose paths are timed"
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a moment such as 2026-09-07T10:00+05:00") from None
    if moment.utcoffset() is None or not 2002 <= moment.year <= 2090:
        raise argparse.ArgumentTypeError(f"{text!r} has no time zone, or is not of the years 2002 to 2090")
    return moment


def run(options: argparse.Namespace) -> int:
    """Returns the exit status."""
    try:
        reports = reported(options, options.target)
    except (UnknownTarget, ValueError, OSError) as error:
        print(f"reglament check: {error}", file=sys.stderr)
        return WRONG_USAGE
    if options.json:
        print(json.dumps(document(reports), ensure_ascii=False, indent=2))
    else:
        print("\n".join(told(reports, options.lang)))
    return FAILED if any(report.fails for report in reports) else PASSED


def reported(options: argparse.Namespace, targets: Sequence[str]) -> list[Report]:
    """Reports on all that is meant, everything where no target is given. Raises UnknownTarget, ValueError, OSError."""
    starts = options.start or STARTS
    wanted: Sequence[str | None] = targets or (None,)
    reports = [report for target in wanted for report in audit(options.models, target, starts)]
    if not reports:
        raise UnknownTarget(f"there is no act in {options.models}")
    return reports


def told(reports: Sequence[Report], lang: str) -> Iterator[str]:
    """Reports for people, line by line."""
    for report in reports:
        yield from _lines(report, lang)
    yield _summary(reports)


def document(reports: Iterable[Report]) -> dict[str, Any]:
    """Reports for programs."""
    given = list(reports)
    return {"passed": not any(one.fails for one in given), "reports": [one.to_dict() for one in given]}


def _lines(report: Report, lang: str) -> Iterator[str]:
    title = f"  {report.title.get(lang)}" if report.title else ""
    yield f"{report.service or (report.path.stem if report.path else '')}{title}"
    if report.path is None:
        yield "  no model"
    else:
        yield f"  {report.path}, {report.states} states"
    for check in report.checks:
        yield f"  {check.value:<10} {_outcome([one for one in report.findings if one.check is check])}"
    if report.own:
        yield from _branches("longest paths, the act's own limits taken to their end:", report.own)
        yield from _branches("longest paths, every due date taken to its end:", report.whole)
    for severity, head in ((Severity.FINDING, "findings:"), (Severity.NOTE, "about the act:")):
        listed = [one for one in report.findings if one.severity is severity]
        if listed:
            yield f"  {head}"
            yield from (line for one in listed for line in _finding(one, lang))
    yield ""


def _outcome(listed: list[Finding]) -> str:
    findings = sum(one.severity is Severity.FINDING for one in listed)
    notes = len(listed) - findings
    parts = [f"{findings} finding{'s' * (findings != 1)}"] if findings else ["ok"]
    return ", ".join(parts + ([f"{notes} note{'s' * (notes != 1)}"] if notes else []))


def _branches(head: str, branches: Iterable[Branch]) -> Iterator[str]:
    """A table; branches of several kinds of request that take the same time are one row."""
    yield f"  {head}"
    kinds: dict[tuple[str, ...], list[str]] = {}
    for one in branches:
        total = f"{one.total:%d.%m.%Y %H:%M}" if one.total else "–"
        days = (one.end.date() - one.start.date()).days
        moments = f"{one.start:%d.%m.%Y %H:%M}", f"{one.end:%d.%m.%Y %H:%M}", total
        kinds.setdefault((one.results, *moments, _hours(one.working), f"{days} d"), []).append(one.request_kind or "")
    rows = [("result", "begins", "ends", "total ends", "working time", "calendar", "request"), *_rows(kinds)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _rows(kinds: dict[tuple[str, ...], list[str]]) -> Iterator[tuple[str, ...]]:
    return ((*cells, ", ".join(filter(None, of))) for cells, of in kinds.items())


def _hours(working: timedelta) -> str:
    hours, minutes = divmod(round(working / timedelta(minutes=1)), 60)
    return f"{hours} h {minutes:02} min"


def _finding(one: Finding, lang: str) -> Iterator[str]:
    yield f"    {one.check.value:<10} {one.message[lang]}"
    if one.path:
        yield f"               {' > '.join(one.path)}"


def _summary(reports: Iterable[Report]) -> str:
    given = list(reports)
    models = [one for one in given if one.path is not None]
    said = [finding for one in given for finding in one.findings]
    findings = sum(one.severity is Severity.FINDING for one in said)
    return (
        f"{len(models)} models, {len(given) - len(models)} services without one: "
        f"{findings} findings, {len(said) - findings} notes, {sum(one.states for one in models)} states"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="reglament check", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))
