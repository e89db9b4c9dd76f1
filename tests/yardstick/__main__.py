"""How much of BPMN runs, by others' measure: `BETSY=<folder> python -m tests.yardstick [cases] [broken] [reasons]`.

The folder is a clone of github.com/uniba-dsg/betsy (LGPL 3): its models and test cases stay there, are read, and are
translated to what runs here. Deploys and runs them over the REST dialect. Prints how many of the cases pass by group,
which fail and why, how many of its models that break a rule of BPMN are refused, and which are not.
"""

import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.yardstick.betsy_cases import MODELS, Case, broken_models, cases
from tests.yardstick.betsy_models import translated
from tests.yardstick.office import Office, Refused, opened

SECONDS = 90
DEADLOCK = "waits for tokens that cannot come"


@dataclass
class Run:
    case: Case
    tenant: str
    refused: Refused | None = None
    failed: str | None = None
    stuck: bool = False


def main() -> int:
    betsy = Path(os.environ["BETSY"])
    runs = [Run(case, f"case-{number}") for number, case in enumerate(cases(betsy))]
    broken = {f"broken-{number}": file for number, file in enumerate(broken_models(betsy))}
    tenants = [*(run.tenant for run in runs), *broken]
    with tempfile.TemporaryDirectory(prefix="reglament-") as folder, opened(Path(folder) / "home", tenants) as office:
        if "broken" not in sys.argv:
            _cases(office, betsy, runs)
        if "cases" not in sys.argv:
            _broken(office, broken)
    return 0


def _cases(office: Office, betsy: Path, runs: list[Run]) -> None:
    for run in runs:
        _begin(office, betsy, run)
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


def _begin(office: Office, betsy: Path, run: Run) -> None:
    case = run.case
    file = betsy / MODELS / case.group / f"{case.model}.bpmn"
    try:
        office.deploy(run.tenant, file.name, translated(file))
    except Refused as refused:
        run.refused = refused
        return
    given = {"trace": "", "integerVariable": case.integer} | ({} if case.text is None else {"test": case.text})
    try:
        if case.beside:
            office.start(run.tenant, "ParallelProcess", {})
        office.start(run.tenant, case.model, given)
    except Refused as failed:
        run.failed = str(failed)


def _seen(office: Office, run: Run, *, parallel: bool) -> tuple[str, ...]:
    """As betsy counts it: an error counts once, in general where the case expects one in general."""
    if run.refused is not None:
        return ("ERROR",) if run.case.expected == ("ERROR",) else ("ERROR_deployment",)
    lines, incidents = office.logged(run.tenant)
    run.stuck = any(DEADLOCK in message for message in incidents)
    errors = [] if run.failed is None else [run.failed]
    errors += [message for message in incidents if DEADLOCK not in message]
    if errors:
        lines.append("ERROR" if "ERROR" in run.case.expected else "ERROR_runtime")
        run.failed = errors[0]
    if parallel:
        lines.append("EXECUTION_parallel")
    if "MARKER_exists" not in run.case.expected:
        lines = [line for line in lines if line != "MARKER_exists"]
    return tuple(sorted(lines))


def _why(run: Run) -> str:
    said = [_findings(run.refused)] if run.refused is not None else []
    return "".join(f"; {one}" for one in (*said, run.failed) if one is not None)


def _findings(refused: Refused) -> str:
    findings = [one for entries in refused.body.get("findings", {}).values() for one in entries]
    return "refused: " + (", ".join(f"{one['code']} at {one['elementId']}" for one in findings) or str(refused))


def _broken(office: Office, models: dict[str, Path]) -> None:
    """Each model by itself; what it calls is not there."""
    taken = []
    for tenant, file in models.items():
        try:
            office.deploy(tenant, file.name, file.read_bytes())
        except Refused as refused:
            if "reasons" in sys.argv:
                print(f"{file.name}; {_findings(refused)}")
        else:
            taken.append(file.name)
            print(f"TAKEN {file.name}")
    print(f"of {len(models)} models that break a rule {len(models) - len(taken)} are refused")


if __name__ == "__main__":
    sys.exit(main())
