"""How much of BPMN runs, by others' measure: `BETSY=<folder> python -m tests.yardstick [cases] [broken] [reasons]`.

The folder is a clone of github.com/uniba-dsg/betsy (LGPL 3): its models and test cases stay there, are read, and are
translated to what runs here. Prints how many of the cases pass by group, which fail and why, and how many of its models
that break a rule of BPMN are refused.
"""

import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError, ModelRejected
from tests.yardstick.betsy_cases import MODELS, Case, broken_models, cases
from tests.yardstick.betsy_models import translated
from tests.yardstick.office import Office, opened

SECONDS = 90
DEADLOCK = "waits for tokens that cannot come"


@dataclass
class Run:
    case: Case
    tenant: str
    refused: AppError | None = None
    failed: AppError | None = None
    stuck: bool = False


def main() -> int:
    betsy = Path(os.environ["BETSY"])
    with tempfile.TemporaryDirectory(prefix="reglament-") as folder, opened(Path(folder) / "home") as office:
        if "broken" not in sys.argv:
            _cases(office, betsy)
        if "cases" not in sys.argv:
            _broken(office, betsy)
    return 0


def _cases(office: Office, betsy: Path) -> None:
    runs = [_begun(office, betsy, Run(case, f"case-{number}")) for number, case in enumerate(cases(betsy))]
    took = office.settle(SECONDS)
    passed, of, stuck = Counter[str](), Counter[str](), 0
    for run in runs:
        of[run.case.group] += 1
        own = [(begin, end) for begin, end, tenant in took if tenant == run.tenant]
        parallel = len(own) > 1 and max(begin for begin, _ in own) < min(end for _, end in own)
        seen = _seen(office, run, parallel=parallel)
        if seen == run.case.expected:
            passed[run.case.group] += 1
            stuck += run.stuck
        else:
            print(f"FAILED {run.case.name}: expected {' '.join(run.case.expected)}; seen {' '.join(seen)}{_why(run)}")
    for group, number in of.items():
        print(f"{group:<12} {passed[group]:>4} of {number}")
    print(f"passed       {passed.total():>4} of {of.total()}; {stuck} of them stand still as drawn, with an incident")


def _begun(office: Office, betsy: Path, run: Run) -> Run:
    case = run.case
    file = betsy / MODELS / case.group / f"{case.model}.bpmn"
    run.refused = office.deploy(run.tenant, file.name, translated(file))
    if run.refused is None and case.beside:
        run.failed = office.start(run.tenant, "ParallelProcess", {})
    if run.refused is None and run.failed is None:
        given = {"trace": "", "integerVariable": case.integer} | ({} if case.text is None else {"test": case.text})
        run.failed = office.start(run.tenant, case.model, given)
    return run


def _seen(office: Office, run: Run, *, parallel: bool) -> tuple[str, ...]:
    """As betsy counts it: an error counts once, in general where the case expects one in general."""
    if run.refused is not None:
        return ("ERROR",) if run.case.expected == ("ERROR",) else ("ERROR_deployment",)
    lines, incidents = office.logged(run.tenant)
    run.stuck = any(DEADLOCK in message for message in incidents)
    errors = [str(run.failed)] if run.failed is not None else []
    errors += [message for message in incidents if DEADLOCK not in message]
    if errors:
        lines.append("ERROR" if "ERROR" in run.case.expected else "ERROR_runtime")
        run.failed = run.failed or AppError(errors[0])
    if parallel:
        lines.append("EXECUTION_parallel")
    if "MARKER_exists" not in run.case.expected:
        lines = [line for line in lines if line != "MARKER_exists"]
    return tuple(sorted(lines))


def _why(run: Run) -> str:
    if isinstance(run.refused, ModelRejected):
        findings = (one for entries in run.refused.details["findings"].values() for one in entries)
        return "; refused: " + ", ".join(f"{one['code']} at {one['elementId']}" for one in findings)
    return "".join(f"; {one}" for one in (run.refused, run.failed) if one is not None)


def _broken(office: Office, betsy: Path) -> None:
    """Each model by itself; what it calls is not there."""
    refused, taken = 0, []
    files = broken_models(betsy)
    for number, file in enumerate(files):
        why = office.deploy(f"broken-{number}", file.name, file.read_bytes())
        refused += why is not None
        if why is None:
            taken.append(file.name)
        elif "reasons" in sys.argv:
            print(f"{file.name}{_why(Run(Case('', '', 0, ()), '', why))}")
    for name in taken:
        print(f"TAKEN {name}")
    print(f"of {len(files)} models that break a rule {refused} are refused")


if __name__ == "__main__":
    sys.exit(main())
