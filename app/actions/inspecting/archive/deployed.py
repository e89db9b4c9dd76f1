"""By what a case ran: the versions of models, forms and decisions that it had or could have had, and the edition of its act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app.actions.inspecting.archive.entries import Entry, of_bytes, safe
from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name
from app.actions.models.services import FOLDER, described
from app.domain.acts.clauses import cited
from app.domain.models.values import write_date
from app.domain.terms.calendar import LANGUAGES
from app.store import case_sources
from app.store.tables import DecisionDefinition, Definition, Deployment, FormDefinition, Instance, Resource


@dataclass(frozen=True, slots=True)
class Deployed:
    """files: those of the archive; models: of the processes, by definition; versions: {"kind", "key", "version", ...} of each,
    with its file; edition: of the act, as the models of the case name it."""

    files: list[Entry]
    models: Mapping[str, Model]
    definitions: Mapping[str, Definition]
    versions: list[dict[str, Any]]
    edition: dict[str, Any]


def deployed(session: Session, root: Instance, definition_ids: Sequence[str], until: datetime) -> Deployed:
    """definition_ids: all that instances of the case follow or have followed; until: its end, or now."""
    processes = case_sources.definitions(session, definition_ids)
    models = models_of(session, {definition.id for definition, _, _ in processes})
    files: dict[str, Entry] = {}
    versions = [
        _kept(files, "models", ".bpmn", definition, deployment, resource)
        for definition, deployment, resource in processes
    ]
    for (row, deployment), resource in _referred(session, root, models.values(), processes, until):
        kind, ending = ("forms", ".form") if isinstance(row, FormDefinition) else ("decisions", ".dmn")
        versions.append(_kept(files, kind, ending, row, deployment, resource))
    by_id = {definition.id: definition for definition, _, _ in processes}
    edition = _edition(by_id[root.definition_id], {one.id: models[one.id] for one in by_id.values()})
    act = FOLDER / safe(by_id[root.definition_id].act or "_") / "act.yaml"
    said = [of_bytes("act/edition.json", orjson.dumps(edition, option=orjson.OPT_INDENT_2))]
    if act.is_file():
        said.append(of_bytes("act/act.yaml", act.read_bytes()))
    return Deployed([*files.values(), *said], models, by_id, versions, edition)


def _kept(
    files: dict[str, Entry], kind: str, ending: str, row: Any, deployment: Deployment, resource: Resource
) -> dict[str, Any]:
    path = f"{kind}/{safe(row.tenant_id or 'common')}/{safe(row.key)}-v{row.version}{ending}"
    files[path] = of_bytes(path, resource.content)
    return {
        "kind": {"models": "process", "forms": "form", "decisions": "decision"}[kind],
        "id": str(row.id),
        "key": row.key,
        "version": row.version,
        "versionTag": row.version_tag,
        "tenantId": row.tenant_id,
        "edition": getattr(row, "edition", None),
        "inForceFrom": _day(getattr(row, "in_force_from", None)),
        "inForceUntil": _day(getattr(row, "in_force_until", None)),
        "resource": resource.name,
        "deploymentId": str(deployment.id),
        "deploymentName": deployment.name,
        "deployedAt": write_date(deployment.deployed_at),
        "deployedBy": deployment.deployed_by,
        "file": path,
        "sha256": files[path].sha256,
    }


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _referred(
    session: Session,
    root: Instance,
    models: Any,
    processes: Sequence[tuple[Definition, Deployment, Resource]],
    until: datetime,
) -> Iterator[tuple[tuple[Any, Deployment], Resource]]:
    """The forms and decisions that the models name, in the versions that they can have meant while the case ran."""
    forms, decisions = _named(models)
    found = [
        row
        for table, references in ((FormDefinition, forms), (DecisionDefinition, decisions))
        if references
        for row in _meant(
            case_sources.versions(session, table, references.keys(), root.tenant_id, until),
            references,
            {deployment.id for _, deployment, _ in processes},
            root.started_at,
        )
    ]
    contents = case_sources.resources(session, {row.resource_id for row, _ in found})
    yield from (((row, deployment), contents[row.resource_id]) for row, deployment in found)


Bound = set[str | None]
"""The versions and tags by which something is named; None: the newest."""


def _named(models: Any) -> tuple[dict[str, Bound], dict[str, Bound]]:
    """Forms and decisions by key."""
    forms: dict[str, Bound] = {}
    decisions: dict[str, Bound] = {}
    for model in models:
        process = model.process
        if process.form_ref:
            forms.setdefault(process.form_ref, set()).add(process.form_ref_version)
        for node in process.nodes.values():
            if node.user_task is not None and node.user_task.form_ref:
                forms.setdefault(node.user_task.form_ref, set()).add(node.user_task.form_ref_version)
            if node.decision is not None:
                decisions.setdefault(node.decision.decision, set()).add(node.decision.version)
    return forms, decisions


def _meant(
    rows: Sequence[tuple[Any, Deployment]], references: Mapping[str, Bound], together: set[UUID], started: datetime
) -> list[tuple[Any, Deployment]]:
    """Those that were the newest at the beginning or came later, those of the models' own deployments, those that are named by
    their version or tag."""
    newest: dict[tuple[str, str | None], int] = {}
    for row, deployment in rows:
        if deployment.deployed_at <= started:
            newest[row.key, row.tenant_id] = row.version
    return [
        (row, deployment)
        for row, deployment in rows
        if row.version >= newest.get((row.key, row.tenant_id), 0)
        or row.deployment_id in together
        or references[row.key] & {str(row.version), row.version_tag or str(row.version)}
    ]


def _edition(definition: Definition, models: Mapping[str, Model]) -> dict[str, Any]:
    """The act and its edition as the model of the case names them, and every clause that stands behind an element."""
    known = described(definition.key)
    act = None if known is None else known["act"]
    return {
        "act": definition.act,
        "service": definition.service or definition.key,
        "titles": None if known is None else known["titles"],
        "number": None if act is None else act["number"],
        "date": None if act is None else act["date"],
        "issuer": None if act is None else act["issuer"],
        "edition": definition.edition,
        "inForceFrom": _day(definition.in_force_from),
        "inForceUntil": _day(definition.in_force_until),
        "describedEdition": None if act is None else act["edition"]["name"],
        "clauses": [clause for model in models.values() for clause in _clauses(model)],
    }


def _clauses(model: Model) -> Iterator[dict[str, Any]]:
    for node in model.process.nodes.values():
        clause = node.properties.get("law.clause")
        if clause:
            names = step_name(node)
            yield {
                "process": model.process.id,
                "activityId": node.id,
                "names": {lang: names.get(lang) for lang in LANGUAGES},
                "clause": clause,
                "cited": {lang: cited(clause, lang) for lang in LANGUAGES},
                "limitClause": node.properties.get("law.limitClause"),
                "dueDate": node.user_task.due_date if node.user_task else None,
            }
