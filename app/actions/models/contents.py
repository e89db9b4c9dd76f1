"""The files of a deployment, read: models, forms and decision tables, and what is wrong in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app import definitions, forms
from app.definitions import decisions
from app.domain.models.decision import Decision
from app.domain.models.references import Bound
from app.store.tables import DecisionDefinition, Definition, FormDefinition

Table = type[Definition] | type[FormDefinition] | type[DecisionDefinition]
TABLES: Mapping[Bound, Table] = {
    Bound.PROCESS: Definition,
    Bound.FORM: FormDefinition,
    Bound.DECISION: DecisionDefinition,
}
MODEL_ENDINGS = (".bpmn", ".bpmn20.xml")
DECISION_ENDINGS = (".dmn", ".dmn11.xml")
FORM_ENDINGS = (".form",)

Entries = list[dict[str, Any]]
"""Findings as the answer to a deployment shows them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a deployment, read, by name; findings: all that is wrong in them, warnings too."""

    models: Mapping[str, definitions.Model]
    forms: Mapping[str, forms.Form]
    tables: Mapping[str, decisions.DecisionFile]
    findings: dict[str, Entries] = field(default_factory=dict)

    @property
    def warnings(self) -> dict[str, Entries]:
        """The findings by file, of those that have some: what does not keep it from being deployed."""
        return {file: entries for file, entries in self.findings.items() if entries}

    @property
    def decisions(self) -> list[tuple[str, Decision]]:
        """Each decision with the name of its file."""
        return [(file, one) for file, table in self.tables.items() for one in table.model.decisions.values()]


def is_named(file: str, endings: tuple[str, ...]) -> bool:
    """Whether a name ends so, in capital or small letters."""
    return file.lower().endswith(endings)
