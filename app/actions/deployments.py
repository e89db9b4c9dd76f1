"""Deploy BPMN models and forms: validated whole, all or nothing, new versions only of what changed."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app import definitions, expressions, forms
from app.actions.delegates import DELEGATES
from app.actions.host import DATE_FUNCTIONS
from app.domain.access import Actor
from app.domain.ids import new_id
from app.domain.model import Process
from app.errors import Forbidden, Invalid, ModelRejected
from app.store.tables import Definition, Deployment, FormDefinition, Group, Organisation, Resource

RESOURCE_LIMIT = 100
MODEL_ENDINGS = (".bpmn", ".bpmn20.xml")
KNOWN_FUNCTIONS = frozenset({*DATE_FUNCTIONS, "date", "dateTime"})


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment made; both empty if nothing had changed."""

    deployment: Deployment
    definitions: Sequence[Definition]
    forms: Sequence[FormDefinition]


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a deployment, read."""

    models: Mapping[str, definitions.Model]
    forms: Mapping[str, forms.Form]


def deploy(
    session: Session,
    actor: Actor,
    files: Mapping[str, bytes],
    now: datetime,
    *,
    name: str | None = None,
    source: str | None = None,
    tenant: str | None = None,
    filter_duplicates: bool = False,
    changed_only: bool = False,
) -> Deployed:
    """Deploy files by name. Raises ModelRejected with all findings, Invalid, Forbidden.

    filter_duplicates: if the newest deployment of this name and organisation holds the same bytes, it is given back
    and nothing new is made. changed_only: files that are as they were last deployed under this name are left out; if
    all are, the newest deployment is given back.
    """
    if not actor.administrator:
        raise Forbidden("only an administrator deploys")
    if not files or len(files) > RESOURCE_LIMIT:
        raise Invalid(f"a deployment has from 1 to {RESOURCE_LIMIT} resources, not {len(files)}")
    if tenant is not None and session.get(Organisation, tenant) is None:
        raise Invalid(f"there is no organisation '{tenant}'")
    _lock_versions(session)
    digests = {file: hashlib.sha256(content).digest() for file, content in files.items()}
    if changed_only:
        known = _last_digests(session, name, tenant)
        files = {file: content for file, content in files.items() if known.get(file) != digests[file]}
        if not files and (newest := _newest(session, name, tenant)) is not None:
            return Deployed(newest, (), ())
    if filter_duplicates and (same := _unchanged(session, digests, name, tenant)) is not None:
        return Deployed(same, (), ())
    contents = _checked(session, files, tenant)
    deployment = Deployment(
        id=new_id(), tenant_id=tenant, name=name, source=source, deployed_at=now, deployed_by=actor.user_id
    )
    return _store(session, deployment, files, digests, contents)


def _store(
    session: Session,
    deployment: Deployment,
    files: Mapping[str, bytes],
    digests: Mapping[str, bytes],
    contents: Contents,
) -> Deployed:
    resources = {
        file: Resource(id=new_id(), deployment_id=deployment.id, name=file, content=content, digest=digests[file])
        for file, content in files.items()
    }
    session.add(deployment)
    session.flush()
    session.add_all(resources.values())
    session.flush()
    made = [
        _new_definition(session, process, deployment, resources[file])
        for file, model in contents.models.items()
        for process in model.processes
    ]
    made_forms = [_new_form(session, form.id, deployment, resources[file]) for file, form in contents.forms.items()]
    session.add_all([*made, *made_forms])
    session.flush()
    return Deployed(deployment, made, made_forms)


def _lock_versions(session: Session) -> None:
    """Two deployments at once would count the same next version."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('deployment'))"))


def _newest(session: Session, name: str | None, tenant: str | None) -> Deployment | None:
    return session.scalars(
        select(Deployment)
        .where(Deployment.name.is_not_distinct_from(name), Deployment.tenant_id.is_not_distinct_from(tenant))
        .order_by(Deployment.deployed_at.desc(), Deployment.id.desc())
        .limit(1)
    ).first()


def _last_digests(session: Session, name: str | None, tenant: str | None) -> dict[str, bytes]:
    """Every file that was deployed under this name, as it was last."""
    rows = session.execute(
        select(Resource.name, Resource.digest)
        .ext(distinct_on(Resource.name))
        .join(Deployment, Deployment.id == Resource.deployment_id)
        .where(Deployment.name.is_not_distinct_from(name), Deployment.tenant_id.is_not_distinct_from(tenant))
        .order_by(Resource.name, Deployment.deployed_at.desc(), Deployment.id.desc())
    )
    return {row.name: row.digest for row in rows}


def _unchanged(
    session: Session, digests: Mapping[str, bytes], name: str | None, tenant: str | None
) -> Deployment | None:
    newest = _newest(session, name, tenant)
    if newest is None:
        return None
    rows = session.execute(select(Resource.name, Resource.digest).where(Resource.deployment_id == newest.id))
    return newest if {row.name: row.digest for row in rows} == dict(digests) else None


def _checked(session: Session, files: Mapping[str, bytes], tenant: str | None) -> Contents:
    """Read every file and refuse the deployment with all that is wrong in it."""
    models = {file: definitions.read(file, content) for file, content in files.items() if file.endswith(MODEL_ENDINGS)}
    findings: dict[str, list[dict[str, object]]] = {}
    read_forms: dict[str, forms.Form] = {}
    for file, content in files.items():
        if file.endswith(".form"):
            try:
                read_forms[file] = forms.compile(content)
            except forms.FormRejected as rejected:
                findings[file] = [_form_finding(found) for found in rejected.findings]
    surroundings = _surroundings(session, models.values(), read_forms.values(), tenant)
    for file, model in models.items():
        found = [_model_finding(found) for found in definitions.check(model, surroundings)]
        if any(entry["severity"] == "error" for entry in found):
            findings[file] = found
    _refuse_twice(models, read_forms)
    if findings:
        raise ModelRejected(_summary(findings), details={"findings": findings})
    return Contents(models, read_forms)


def _refuse_twice(models: Mapping[str, definitions.Model], read_forms: Mapping[str, forms.Form]) -> None:
    for what, keys in (
        ("process", [process.id for model in models.values() for process in model.processes]),
        ("form", [form.id for form in read_forms.values()]),
    ):
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise Invalid(f"the {what} '{min(twice)}' stands in two files of the deployment")


def _summary(findings: Mapping[str, list[dict[str, object]]]) -> str:
    """The first finding in words, and how many more there are."""
    file, entries = next(iter(findings.items()))
    first = next((entry for entry in entries if entry["severity"] == "error"), entries[0])
    total = sum(len(entries) for entries in findings.values())
    message = first["message"]
    words = message["en"] if isinstance(message, dict) else message
    more = f" (and {total - 1} more)" if total > 1 else ""
    return f"{file}: {words}{more}"


def _model_finding(found: definitions.Finding) -> dict[str, object]:
    return {
        "severity": found.severity,
        "code": found.code,
        "elementId": found.element_id,
        "elementName": found.element_name,
        "elementType": found.element_type,
        "line": found.line,
        "column": found.column,
        "message": found.message,
        "hint": found.hint,
    }


def _form_finding(found: forms.FormFinding) -> dict[str, object]:
    return {
        "severity": "error",
        "code": "form",
        "elementId": found.component_id,
        "elementName": found.key,
        "elementType": "form",
        "line": 0,
        "column": 0,
        "message": found.message,
        "hint": found.hint,
    }


def _surroundings(
    session: Session, models: Collection[definitions.Model], read_forms: Collection[forms.Form], tenant: str | None
) -> definitions.Surroundings:
    here = FormDefinition.tenant_id.is_(None) | (FormDefinition.tenant_id == tenant)
    there = Definition.tenant_id.is_(None) | (Definition.tenant_id == tenant)
    return definitions.Surroundings(
        roles=frozenset(session.scalars(select(Group.id))),
        forms=frozenset(form.id for form in read_forms)
        | frozenset(session.scalars(select(FormDefinition.key).distinct().where(here))),
        delegates=frozenset(DELEGATES),
        processes=frozenset(process.id for model in models for process in model.processes)
        | frozenset(session.scalars(select(Definition.key).distinct().where(there))),
        check_expression=_fault,
    )


def _fault(source: str) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ExpressionError as error:
        return definitions.ExpressionFault(str(error.message), error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    return definitions.ExpressionFault(f"there is no function '{unknown[0]}'") if unknown else None


def _next_version(
    session: Session, table: type[Definition] | type[FormDefinition], key: str, tenant: str | None
) -> int:
    newest = select(func.max(table.version)).where(table.key == key, table.tenant_id.is_not_distinct_from(tenant))
    return (session.scalar(newest) or 0) + 1


def _new_definition(session: Session, process: Process, deployment: Deployment, resource: Resource) -> Definition:
    version = _next_version(session, Definition, process.id, deployment.tenant_id)
    return Definition(
        id=token_hex(6),
        key=process.id,
        version=version,
        tenant_id=deployment.tenant_id,
        deployment_id=deployment.id,
        resource_id=resource.id,
        resource_name=resource.name,
        name=process.name,
        version_tag=process.version_tag,
        description=process.documentation,
        form_ref=process.form_ref,
        form_key=process.form_key,
        act=process.properties.get("law.act"),
        service=process.properties.get("law.service"),
        startable=process.startable_in_tasklist,
        suspended=False,
    )


def _new_form(session: Session, key: str, deployment: Deployment, resource: Resource) -> FormDefinition:
    return FormDefinition(
        id=new_id(),
        key=key,
        version=_next_version(session, FormDefinition, key, deployment.tenant_id),
        tenant_id=deployment.tenant_id,
        deployment_id=deployment.id,
        resource_id=resource.id,
    )
