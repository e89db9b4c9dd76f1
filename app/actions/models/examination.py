"""The files of a deployment looked through for all that is wrong in them, and refused for what keeps them from running."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import definitions, forms
from app.actions.forms.form_data import read_form
from app.actions.forms.form_names import strange_names
from app.actions.models.contents import DECISION_ENDINGS, FORM_ENDINGS, MODEL_ENDINGS, Contents, Entries, is_named
from app.actions.models.surroundings import around, decision_fault
from app.conformity.variables import DELEGATES as WRITTEN_BY_DELEGATES
from app.definitions import decisions
from app.definitions.decisions.check import check as check_decisions
from app.domain import refusals
from app.domain.models.references import Bound, references
from app.domain.terms.calendar import LANGUAGES
from app.domain.terms.calendar import Text as Words
from app.errors import Invalid, ModelRejected
from app.store.definition_lists import mentioned_forms

MORE = Words(" (тағы {n})", " (и ещё {n})", " (and {n} more)")
TOLD = 10
"""Errors that the message of a refusal names."""


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
        findings[file] = [one.to_dict() for one in check_decisions(table, decision_fault)]
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
