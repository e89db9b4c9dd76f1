"""The files of a deployment, read and checked: models, forms and decision tables, each with what is wrong in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions, expressions, forms
from app.actions.delegates import DELEGATES
from app.actions.form_data import read_form
from app.actions.form_names import strange_names
from app.actions.host import FUNCTIONS
from app.conformity.variables import DELEGATES as WRITTEN_BY_DELEGATES
from app.definitions import decisions
from app.definitions.decisions.check import check as check_decisions
from app.domain.decision import Decision, Text
from app.errors import Invalid, ModelRejected
from app.expressions import dmn
from app.store.tables import DecisionDefinition, Definition, FormDefinition, Group

MODEL_ENDINGS = (".bpmn", ".bpmn20.xml")
DECISION_ENDINGS = (".dmn", ".dmn11.xml")
KNOWN_FUNCTIONS = frozenset({*FUNCTIONS, "date", "dateTime"})

Entries = list[dict[str, object]]
"""Findings as the answer to a deployment shows them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a deployment, read, by name."""

    models: Mapping[str, definitions.Model]
    forms: Mapping[str, forms.Form]
    tables: Mapping[str, decisions.DecisionFile]

    @property
    def decisions(self) -> list[tuple[str, Decision]]:
        """Each decision with the name of its file."""
        return [(file, one) for file, table in self.tables.items() for one in table.model.decisions.values()]


def checked(session: Session, files: Mapping[str, bytes], tenant: str | None) -> Contents:
    """Read every file and refuse the deployment with all that is wrong in it. Raises ModelRejected, Invalid."""
    models = {file: definitions.read(file, content) for file, content in files.items() if file.endswith(MODEL_ENDINGS)}
    tables = {file: decisions.read(file, content) for file, content in files.items() if file.endswith(DECISION_ENDINGS)}
    findings: dict[str, Entries] = {}
    read_forms: dict[str, forms.Form] = {}
    for file, content in files.items():
        if file.endswith(".form"):
            try:
                read_forms[file] = read_form(content)
            except forms.FormRejected as rejected:
                findings[file] = [_form_entry(found) for found in rejected.findings]
    contents = Contents(models, read_forms, tables)
    surroundings = _surroundings(session, contents, tenant)
    for file, model in models.items():
        findings |= _refusing(file, definitions.check(model, surroundings))
    for file, table in tables.items():
        findings |= _refusing(file, check_decisions(table, _decision_fault))
    _refuse_twice(contents)
    if findings:
        for file, entries in _strange_names(contents):
            findings.setdefault(file, []).extend(entries)
        raise ModelRejected(_summary(findings), details={"findings": findings})
    return contents


def _refusing(file: str, found: Iterable[definitions.Finding]) -> dict[str, Entries]:
    """What is found in a file, if it cannot be deployed."""
    entries = [one.to_dict() for one in found]
    return {file: entries} if any(entry["severity"] == "error" for entry in entries) else {}


def _strange_names(contents: Contents) -> Iterator[tuple[str, Entries]]:
    """Warnings of names in the forms that nothing gives a value, by file."""
    files = {form.id: file for file, form in contents.forms.items()}
    by_id = {form.id: form for form in contents.forms.values()}
    for model in contents.models.values():
        for process in model.processes:
            for form_id, found in strange_names(process, by_id, WRITTEN_BY_DELEGATES).items():
                yield files[form_id], [_form_entry(one) for one in found]


def _refuse_twice(contents: Contents) -> None:
    for what, keys in (
        ("process", [process.id for model in contents.models.values() for process in model.processes]),
        ("form", [form.id for form in contents.forms.values()]),
        ("decision", [decision.id for _, decision in contents.decisions]),
    ):
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise Invalid(f"the {what} '{min(twice)}' stands in two files of the deployment")


def _summary(findings: Mapping[str, Entries]) -> str:
    """The first finding in words, and how many more there are."""
    file, entries = next(iter(findings.items()))
    first = next((entry for entry in entries if entry["severity"] == "error"), entries[0])
    total = sum(len(entries) for entries in findings.values())
    message = first["message"]
    words = message["en"] if isinstance(message, dict) else message
    more = f" (and {total - 1} more)" if total > 1 else ""
    return f"{file}: {words}{more}"


def _form_entry(found: forms.FormFinding) -> dict[str, object]:
    return {
        "severity": found.severity,
        "code": "form",
        "elementId": found.component_id,
        "elementName": found.key,
        "elementType": "form",
        "line": 0,
        "column": 0,
        "message": found.message,
        "hint": found.hint,
    }


def _surroundings(session: Session, contents: Contents, tenant: str | None) -> definitions.Surroundings:
    models = contents.models.values()
    return definitions.Surroundings(
        roles=frozenset(session.scalars(select(Group.id))),
        forms=_known(session, FormDefinition, tenant, (form.id for form in contents.forms.values())),
        delegates=frozenset(DELEGATES),
        processes=_known(session, Definition, tenant, (process.id for model in models for process in model.processes)),
        check_expression=_fault,
        decisions=_known(session, DecisionDefinition, tenant, (decision.id for _, decision in contents.decisions)),
        check_feel=_feel_fault,
    )


def _known(
    session: Session,
    table: type[Definition] | type[FormDefinition] | type[DecisionDefinition],
    tenant: str | None,
    here: Iterable[str],
) -> frozenset[str]:
    """The keys of this deployment and of earlier ones that the organisation sees."""
    seen = table.tenant_id.is_(None) | (table.tenant_id == tenant)
    return frozenset(here) | frozenset(session.scalars(select(table.key).distinct().where(seen)))


def _fault(source: str) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ExpressionError as error:
        return definitions.ExpressionFault(str(error.message), error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    return definitions.ExpressionFault(f"there is no function '{unknown[0]}'") if unknown else None


def _feel_fault(source: str) -> definitions.ExpressionFault | None:
    return _decision_fault(Text(source))


def _decision_fault(text: Text) -> definitions.ExpressionFault | None:
    found = dmn.fault(text)
    return None if found is None else definitions.ExpressionFault(*found)
