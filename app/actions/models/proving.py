"""Whether a version that was deployed does what its act says: `reglament check` of the files that were deployed with it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import catalogue
from app.actions.models.contents import Entries
from app.actions.models.examination import examined
from app.actions.models.models import model_of
from app.actions.models.naming import step_name
from app.actions.models.services import FOLDER
from app.conformity.audit import Report, audit
from app.conformity.findings import Check, Finding, Severity
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.store.tables import Definition, Resource

KEPT = 64
"""Versions whose proof is kept in a process: it takes seconds, and what was deployed does not change."""
_kept: OrderedDict[str, Report] = OrderedDict()
_proving = Lock()


@dataclass(frozen=True, slots=True)
class Proof:
    """Of one version. entries: what a deployment would say today; names: of elements, by id."""

    definition: Definition
    report: Report
    entries: Entries
    names: Mapping[str, Text]

    @property
    def lacking(self) -> Sequence[Finding]:
        """What the act demands and the model has not: procedures without an element, results that are not reached."""
        return [one for one in self._failing if one.check in (Check.COVERAGE, Check.RESULTS)]

    @property
    def otherwise(self) -> Mapping[str | None, Sequence[Finding]]:
        """What the model does otherwise than the act says, by element."""
        found: dict[str | None, list[Finding]] = {}
        for one in self._failing:
            if one.check not in (Check.COVERAGE, Check.RESULTS):
                found.setdefault(one.element, []).append(one)
        return found

    @property
    def notes(self) -> Sequence[Finding]:
        return [one for one in self.report.findings if one.severity is Severity.NOTE]

    @property
    def _failing(self) -> Sequence[Finding]:
        return [one for one in self.report.findings if one.severity is Severity.FINDING]


def prove(session: Session, actor: Actor, definition_id: str, now: datetime) -> Proof:
    """Of a version; the first time it takes seconds. Raises Forbidden, NotFound."""
    require_administrator(actor)
    definition = catalogue.version(session, actor, definition_id)
    nodes = model_of(session, definition.id).process.nodes.values()
    source = catalogue.source_of(session, definition)
    found = examined(session, {definition.resource_name: source}, definition.tenant_id, now).findings
    return Proof(
        definition=definition,
        report=_report(session, definition),
        entries=[entry for entries in found.values() for entry in entries],
        names={node.id: step_name(node) for node in nodes},
    )


def _report(session: Session, definition: Definition) -> Report:
    """One at a time: it takes all of a processor."""
    with _proving:
        if definition.id not in _kept:
            rows = session.execute(
                select(Resource.name, Resource.content).where(Resource.deployment_id == definition.deployment_id)
            )
            _kept[definition.id] = _audited(definition, {row.name: row.content for row in rows})
            if len(_kept) > KEPT:
                _kept.popitem(last=False)
        return _kept[definition.id]


def _audited(definition: Definition, files: Mapping[str, bytes]) -> Report:
    """As the command looks at a file: what lies beside it comes before what its act has."""
    with TemporaryDirectory(prefix="reglament-") as folder:
        for name, content in files.items():
            (Path(folder) / Path(name).name).write_bytes(content)
        reports = audit(FOLDER, str(Path(folder) / Path(definition.resource_name).name))
    return next((one for one in reports if one.service == definition.key), reports[0])
