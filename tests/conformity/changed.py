"""The acts and models as they lie in the project, copied to a place where a test may change them."""

import re
import shutil
from pathlib import Path

from app.conformity import Report, audit
from app.conformity.findings import Severity

ROOT = Path(__file__).parents[2]
LICENCE = ("aktobe-6435", "design-licence")
ATTESTATION = ("V2000020340", "industrial-safety-attestation")
IN_ONE_PROCESS = Path(__file__).parent / "licence"
"""The licence's procedure drawn in one process, with its forms; that of the project calls another."""


class Copy:
    """A copy of one act's folder and of the shared one, with their forms, and of the roles."""

    def __init__(self, home: Path, act: str, service: str) -> None:
        self.root, self.service = home / "bpmn", service
        for folder in (act, "shared"):
            shutil.copytree(ROOT / "bpmn" / folder, self.root / folder)
            shutil.copytree(ROOT / "forms" / folder, home / "forms" / folder)
        drawn = list(IN_ONE_PROCESS.glob(f"{service}*"))
        for path in drawn:
            shutil.copy(path, home / ("bpmn" if path.suffix == ".bpmn" else "forms") / act)
        shutil.copy(ROOT / "bpmn" / "roles.yaml", self.root)
        self.model = self.root / act / f"{service}.bpmn"
        self.act = self.root / act / "act.yaml"
        if drawn:
            self.change(self.act, "portal_flow: {clause", "intake: {clause")

    def change(self, path: Path, old: str, new: str, inside: str | None = None) -> None:
        """Put `new` for the first `old`; inside: only within the element of this id."""
        text = path.read_text()
        begin, end = 0, len(text)
        if inside is not None:
            begin = text.index(f'id="{inside}"')
            tag = re.findall(r"<([\w:]+)\s[^<>]*\Z", text[:begin])[-1]
            end = text.index(f"</{tag}>", begin)
        at = text.index(old, begin, end)
        path.write_text(text[:at] + new + text[at + len(old) :])

    def in_model(self, old: str, new: str, inside: str | None = None) -> None:
        self.change(self.model, old, new, inside)

    def report(self) -> Report:
        (report,) = audit(self.root, self.service)
        return report

    def found(self) -> set[tuple[str, str | None]]:
        return found(self.report())


def found(report: Report, severity: Severity = Severity.FINDING) -> set[tuple[str, str | None]]:
    """Code and place (element, else clause) of what was found."""
    return {(one.code, one.element or one.clause) for one in report.findings if one.severity is severity}
