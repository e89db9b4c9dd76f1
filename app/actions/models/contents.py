"""The files of a deployment, read and checked: models, forms and decision tables, each with what is wrong in it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app import definitions, expressions, forms
from app.actions.forms.form_data import read_form
from app.actions.forms.form_names import strange_names
from app.actions.models.editions import edition_of
from app.actions.models.start_events import beginning, fault
from app.actions.running.delegates import DELEGATES
from app.actions.running.evaluation import FUNCTIONS
from app.conformity.variables import DELEGATES as WRITTEN_BY_DELEGATES
from app.definitions import decisions
from app.definitions.decisions.check import check as check_decisions
from app.delegates import REGISTERED
from app.domain import refusals
from app.domain.acts.editions import Edition
from app.domain.models.decision import Decision
from app.domain.models.decision_table import Text
from app.domain.models.model import Event
from app.domain.models.references import Bound, Reference, references
from app.domain.terms.calendar import LANGUAGES
from app.domain.terms.calendar import Text as Words
from app.errors import Invalid, ModelRejected
from app.expressions import dmn
from app.store.definition_lists import mentioned_forms
from app.store.tables import DecisionDefinition, Definition, FormDefinition, Group

Table = type[Definition] | type[FormDefinition] | type[DecisionDefinition]
TABLES: Mapping[Bound, Table] = {
    Bound.PROCESS: Definition,
    Bound.FORM: FormDefinition,
    Bound.DECISION: DecisionDefinition,
}
MODEL_ENDINGS = (".bpmn", ".bpmn20.xml")
DECISION_ENDINGS = (".dmn", ".dmn11.xml")
FORM_ENDINGS = (".form",)
KNOWN_FUNCTIONS = frozenset({*FUNCTIONS, "date", "dateTime"})

NO_ROLE = Words("'{role}' деген рөл жоқ", "нет роли '{role}'", "there is no role '{role}'")
_MEMBERS = re.compile(r"""\bmembersOf\(\s*(['"])(?P<role>[^'"]*)\1\s*\)""")
MORE = Words(" (тағы {n})", " (и ещё {n})", " (and {n} more)")

TOLD = 10
"""Errors that the message of a refusal names."""

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


def checked(session: Session, files: Mapping[str, bytes], tenant: str | None, now: datetime) -> Contents:
    """Read every file and refuse the deployment with all that is wrong in it. Raises ModelRejected, Invalid."""
    contents = examined(session, files, tenant, now)
    refused = {file: entries for file, entries in contents.findings.items() if any(map(is_error, entries))}
    if refused:
        findings = refused | {file: found for file, found in contents.findings.items() if file in contents.forms}
        words = {language: _summary(findings, language) for language in LANGUAGES}
        raise ModelRejected(words["en"], details={"findings": findings}, words=words)
    return contents


def examined(session: Session, files: Mapping[str, bytes], tenant: str | None, now: datetime) -> Contents:
    """Read every file, and look for all that is wrong in it. Raises Invalid where two files are of one thing."""
    contents = examined_among(files, lambda read: around(session, read, tenant, now))
    for file, unused in _unused_forms(session, contents, tenant):
        contents.findings.setdefault(file, []).append(unused)
    return contents


def examined_among(files: Mapping[str, bytes], surrounding: Callable[[Contents], definitions.Surroundings]) -> Contents:
    """The same, wherever what surrounds the files is known from."""
    models = {file: definitions.read(file, content) for file, content in files.items() if is_named(file, MODEL_ENDINGS)}
    tables = {
        file: decisions.read(file, content) for file, content in files.items() if is_named(file, DECISION_ENDINGS)
    }
    findings: dict[str, Entries] = {}
    read_forms: dict[str, forms.Form] = {}
    for file, content in files.items():
        if is_named(file, FORM_ENDINGS):
            try:
                read_forms[file] = read_form(content)
            except forms.FormRejected as rejected:
                findings[file] = [_form_entry(found, content) for found in rejected.findings]
    contents = Contents(models, read_forms, tables, findings)
    surroundings = surrounding(contents)
    for file, model in models.items():
        findings[file] = [one.to_dict() for one in definitions.check(model, surroundings)]
    for file, table in tables.items():
        findings[file] = [one.to_dict() for one in check_decisions(table, _decision_fault)]
    _refuse_twice(contents)
    for file, strange in _strange_names(contents):
        findings.setdefault(file, []).extend(_form_entry(one, files[file]) for one in strange)
    return contents


def is_error(entry: Mapping[str, Any]) -> bool:
    """Whether what is said keeps the files from being deployed."""
    return bool(entry["severity"] == "error")


def _strange_names(contents: Contents) -> Iterator[tuple[str, list[forms.FormFinding]]]:
    """What is to be said of names in the forms that nothing gives a value, by file."""
    files = {form.id: file for file, form in contents.forms.items()}
    by_id = {form.id: form for form in contents.forms.values()}
    for model in contents.models.values():
        for process in model.processes:
            for form_id, found in strange_names(process, by_id, WRITTEN_BY_DELEGATES).items():
                yield files[form_id], found


def _unused_forms(session: Session, contents: Contents, tenant: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """A warning for each form to which neither the deployment nor any process that the organisation sees refers."""
    processes = [process for model in contents.models.values() for process in model.processes]
    used = {one.key for process in processes for one in references(process) if one.what is Bound.FORM}
    files = {form.id: file for file, form in contents.forms.items() if form.id not in used}
    for form_id in sorted(files.keys() - mentioned_forms(session, list(files), tenant)):
        place = definitions.Place(form_id, None, "form")
        yield files[form_id], definitions.finding("form-unused", place, form=form_id).to_dict()


def _refuse_twice(contents: Contents) -> None:
    for what, keys in (
        ("process", [process.id for model in contents.models.values() for process in model.processes]),
        ("form", [form.id for form in contents.forms.values()]),
        ("decision", [decision.id for _, decision in contents.decisions]),
    ):
        if twice := {key for key in keys if keys.count(key) > 1}:
            details = {what: min(twice)}
            raise refusals.of(Invalid, refusals.STANDS_TWICE, details, what=what, key=min(twice))


def _summary(findings: Mapping[str, Entries], language: str) -> str:
    """The first errors in words, a line each with its file and its element, and how many more there are.

    A program that shows nothing but the message, such as Camunda Modeler in its log, so shows where to mend.
    """
    errors = [(file, one) for file, entries in findings.items() for one in entries if one["severity"] == "error"]
    lines = [f"{file}: {_told(entry, language)}" for file, entry in errors[:TOLD]]
    more = len(errors) - len(lines)
    return "\n".join(lines) + (MORE.get(language).format(n=more) if more else "")


def _told(entry: Mapping[str, Any], language: str) -> str:
    """What is wrong, and with which element: by its name, if it has one, and its id."""
    element, name, words = entry["elementId"], entry["elementName"], entry["message"][language]
    if not element:
        return str(words)
    return f"{words} – {name} ({element})" if name else f"{words} – {element}"


def _form_entry(found: forms.FormFinding, source: bytes) -> dict[str, Any]:
    line, column = _place(found.component_id, source)
    return {
        "severity": found.severity,
        "code": "form",
        "elementId": found.component_id,
        "elementName": found.key,
        "elementType": "form",
        "line": line,
        "column": column,
        "message": found.message,
        "hint": found.hint,
    }


def _place(component_id: str | None, source: bytes) -> tuple[int, int]:
    """Line and column, from 1, at which the id of a component stands in a form; the beginning where it is not to be found."""
    text = source.decode(errors="replace")
    found = None if component_id is None else re.search(rf'"id"\s*:\s*"{re.escape(component_id)}"', text)
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@dataclass(frozen=True, slots=True)
class Known:
    """What is there beside the files: the keys of roles, and of processes, decisions and forms that can be referred to.

    check_beginning, versions, editions: as in `definitions.Surroundings`.
    """

    roles: frozenset[str]
    forms: frozenset[str]
    processes: frozenset[str]
    decisions: frozenset[str]
    check_beginning: Callable[[Event], str | None]
    versions: Mapping[Bound, definitions.Versions] = field(default_factory=dict)
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)


def around(session: Session, contents: Contents, tenant: str | None, now: datetime) -> definitions.Surroundings:
    """What files may refer to in an organisation: each other, and what is deployed there and for all."""
    known = Known(
        roles=frozenset(session.scalars(select(Group.id))),
        forms=_known(session, FormDefinition, tenant),
        processes=_known(session, Definition, tenant),
        decisions=_known(session, DecisionDefinition, tenant),
        check_beginning=lambda event: fault(beginning(session, tenant, now), event),
        versions=_versions(session, contents, tenant),
        editions=_editions(session, tenant, [one.id for model in contents.models.values() for one in model.processes]),
    )
    return surroundings_of(contents, known)


def surroundings_of(contents: Contents, known: Known) -> definitions.Surroundings:
    """What files may refer to: each other, and what is known beside them."""
    processes = (process.id for model in contents.models.values() for process in model.processes)
    return definitions.Surroundings(
        roles=known.roles,
        forms=known.forms.union(form.id for form in contents.forms.values()),
        delegates=frozenset({*DELEGATES, *REGISTERED}),
        processes=known.processes.union(processes),
        check_expression=lambda source: _fault(source, known.roles),
        decisions=known.decisions.union(decision.id for _, decision in contents.decisions),
        check_feel=_feel_fault,
        check_beginning=known.check_beginning,
        outside=frozenset(REGISTERED),
        versions=known.versions,
        editions=known.editions,
    )


def _editions(session: Session, tenant: str | None, keys: Collection[str]) -> dict[str, tuple[Edition, ...]]:
    """Those of the organisation's own processes, by key."""
    rows = session.scalars(
        select(Definition)
        .ext(distinct_on(Definition.key, Definition.edition))
        .where(Definition.key.in_(keys), Definition.tenant_id.is_not_distinct_from(tenant))
        .order_by(Definition.key, Definition.edition, Definition.version.desc())
    )
    return {key: tuple(map(edition_of, found)) for key, found in groupby(rows, lambda row: row.key)}


def _versions(session: Session, contents: Contents, tenant: str | None) -> dict[Bound, definitions.Versions]:
    """Those of what the models bind by number or tag: deployed, or about to be."""
    processes = [process for model in contents.models.values() for process in model.processes]
    named = [one for process in processes for one in references(process) if one.binding in ("version", "versionTag")]
    return {what: _versions_of(session, what, named, contents, tenant) for what in {one.what for one in named}}


def _versions_of(
    session: Session, what: Bound, named: Iterable[Reference], contents: Contents, tenant: str | None
) -> definitions.Versions:
    here: Mapping[Bound, Mapping[str, str | None]] = {
        Bound.PROCESS: {one.id: one.version_tag for model in contents.models.values() for one in model.processes},
        Bound.FORM: {form.id: form.version_tag for form in contents.forms.values()},
        Bound.DECISION: {decision.id: decision.version_tag for _, decision in contents.decisions},
    }
    table, keys = TABLES[what], {one.key for one in named if one.what is what}
    rows = session.execute(
        select(table.key, table.version, table.version_tag, table.tenant_id).where(
            table.key.in_(keys), table.tenant_id.is_(None) | (table.tenant_id == tenant)
        )
    ).all()
    numbers, tags = {(row.key, row.version) for row in rows}, {(row.key, row.version_tag) for row in rows}
    for key, tag in here[what].items():
        numbers.add(
            (key, 1 + max((row.version for row in rows if (row.key, row.tenant_id) == (key, tenant)), default=0))
        )
        tags.add((key, tag))
    return definitions.Versions(frozenset((key, str(number)) for key, number in numbers), frozenset(tags))


def _known(session: Session, table: Table, tenant: str | None) -> frozenset[str]:
    """The keys of earlier deployments that the organisation sees."""
    seen = table.tenant_id.is_(None) | (table.tenant_id == tenant)
    return frozenset(session.scalars(select(table.key).distinct().where(seen)))


def _fault(source: str, roles: Collection[str]) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ParseError as error:
        return definitions.ExpressionFault(error.said, error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    if unknown:
        return definitions.ExpressionFault(expressions.said("function", name=unknown[0]))
    strange = next((found for found in _MEMBERS.finditer(source) if found["role"] not in roles), None)
    if strange is None:
        return None
    words = {language: NO_ROLE.get(language).format(role=strange["role"]) for language in LANGUAGES}
    return definitions.ExpressionFault(words, strange.start("role"))


def _feel_fault(source: str) -> definitions.ExpressionFault | None:
    return _decision_fault(Text(source))


def _decision_fault(text: Text) -> definitions.ExpressionFault | None:
    found = dmn.fault(text)
    return None if found is None else definitions.ExpressionFault(*found)
