"""Deploy BPMN models, decision tables and forms: validated whole, all or nothing, new versions only of what changed."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.models.contents import Contents, Entries, Table
from app.actions.models.examination import checked
from app.actions.models.start_events import renew, require_sole
from app.actions.models.surroundings import KNOWN_FUNCTIONS
from app.actions.models.unchanged import Part, parts, unchanged
from app.domain import refusals
from app.domain.acts.editions import edition
from app.domain.ids import new_id
from app.domain.models.decision import Decision
from app.domain.models.model import Process
from app.domain.models.references import Bound
from app.domain.models.retention import days_to_live
from app.domain.people.access import Actor
from app.domain.people.designers import NOT_A_DESIGNER, designs
from app.errors import Forbidden, Invalid
from app.forms import Form
from app.store.tables import DecisionDefinition, Definition, Deployment, FormDefinition, Organisation, Resource

__all__ = ["KNOWN_FUNCTIONS", "Deployed", "deploy", "lock_versions"]

RESOURCE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment made; all empty if nothing had changed. warnings: findings by file."""

    deployment: Deployment
    definitions: Sequence[Definition]
    forms: Sequence[FormDefinition]
    decisions: Sequence[DecisionDefinition] = ()
    warnings: Mapping[str, Entries] = field(default_factory=dict)


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
    comment: str | None = None,
) -> Deployed:
    """Deploy files by name. Raises ModelRejected with all findings, Invalid, also where two processes would begin with the
    same message, Forbidden.

    filter_duplicates: if the newest deployment of this name and organisation holds the same bytes, it is given back
    and nothing new is made; else only what has changed since it was last deployed under this name gets a version.
    changed_only: the files of which nothing has changed are left out too; if that is all, the newest deployment is
    given back. comment: what is said of the change.
    """
    _require_deployable(session, actor, files, tenant)
    lock_versions(session)
    digests = {file: hashlib.sha256(content).digest() for file, content in files.items()}
    known = _last_digests(session, name, tenant) if changed_only else {}
    if changed_only and digests.items() <= known.items() and (newest := _newest(session, name, tenant)) is not None:
        return Deployed(newest, (), ())
    if filter_duplicates and (same := _unchanged(session, digests, name, tenant)) is not None:
        return Deployed(same, (), ())
    contents = checked(session, files, tenant, now)
    made = parts(contents)
    if filter_duplicates or changed_only:
        kept = unchanged(session, contents, digests, name, tenant)
        made = {part: file for part, file in made.items() if part not in kept}
    if changed_only:
        changed = set(made.values())
        files = {file: one for file, one in files.items() if file in changed or known.get(file) != digests[file]}
    deployment = Deployment(
        id=new_id(),
        tenant_id=tenant,
        name=name,
        source=source,
        deployed_at=now,
        deployed_by=actor.user_id,
        comment=comment,
    )
    return _store(session, deployment, files, digests, contents, made)


def _require_deployable(session: Session, actor: Actor, files: Mapping[str, bytes], tenant: str | None) -> None:
    if not designs(actor, tenant):
        raise refusals.of(Forbidden, NOT_A_DESIGNER)
    if not files or len(files) > RESOURCE_LIMIT:
        raise Invalid(f"a deployment has from 1 to {RESOURCE_LIMIT} resources, not {len(files)}")
    if tenant is not None and session.get(Organisation, tenant) is None:
        raise Invalid(f"there is no organisation '{tenant}'")


def _store(
    session: Session,
    deployment: Deployment,
    files: Mapping[str, bytes],
    digests: Mapping[str, bytes],
    contents: Contents,
    new: Collection[Part],
) -> Deployed:
    """new: what gets a version."""
    resources = {
        file: Resource(id=new_id(), deployment_id=deployment.id, name=file, content=content, digest=digests[file])
        for file, content in files.items()
    }
    session.add(deployment)
    session.flush()
    session.add_all(resources.values())
    session.flush()
    made = [
        _new_definition(session, process, deployment, resources[file], len(contents.findings.get(file, ())))
        for file, model in contents.models.items()
        for process in model.processes
        if (Bound.PROCESS, process.id) in new
    ]
    made_forms = [
        _new_form(session, form, deployment, resources[file])
        for file, form in contents.forms.items()
        if (Bound.FORM, form.id) in new
    ]
    made_decisions = [
        _new_decision(session, one, deployment, resources[file])
        for file, one in contents.decisions
        if (Bound.DECISION, one.id) in new
    ]
    session.add_all([*made, *made_forms, *made_decisions])
    session.flush()
    for definition in made:
        renew(session, definition.key, definition.tenant_id, deployment.deployed_at)
    for definition in made:
        require_sole(session, definition)
    return Deployed(deployment, made, made_forms, made_decisions, contents.warnings)


def lock_versions(session: Session) -> None:
    """Until the end of the transaction: two deployments at once would count the same next version."""
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


def _next_version(
    session: Session,
    table: Table,
    key: str,
    tenant: str | None,
) -> int:
    newest = select(func.max(table.version)).where(table.key == key, table.tenant_id.is_not_distinct_from(tenant))
    return (session.scalar(newest) or 0) + 1


def _new_definition(
    session: Session, process: Process, deployment: Deployment, resource: Resource, warnings: int
) -> Definition:
    version = _next_version(session, Definition, process.id, deployment.tenant_id)
    followed = edition(process.properties)
    return Definition(
        id=token_hex(6),
        key=process.id,
        version=version,
        tenant_id=deployment.tenant_id,
        deployment_id=deployment.id,
        resource_id=resource.id,
        resource_name=resource.name,
        name=process.name,
        name_ru=process.properties.get("name.ru"),
        name_en=process.properties.get("name.en"),
        time_to_live=_time_to_live(process),
        version_tag=process.version_tag,
        description=process.documentation,
        form_ref=process.form_ref,
        form_key=process.form_key,
        act=process.properties.get("law.act"),
        service=process.properties.get("law.service"),
        edition=followed.name,
        in_force_from=followed.begins,
        in_force_until=followed.ends,
        startable=process.startable_in_tasklist and process.plain_start is not None,
        suspended=False,
        warnings=warnings,
    )


def _time_to_live(process: Process) -> int | None:
    """Raises Invalid for what is no time: nobody would be told at night that nothing is removed."""
    try:
        return days_to_live(process.history_time_to_live)
    except ValueError as error:
        raise Invalid(f"process '{process.id}': historyTimeToLive cannot be used: {error}") from error


def _new_form(session: Session, form: Form, deployment: Deployment, resource: Resource) -> FormDefinition:
    return FormDefinition(
        id=new_id(),
        key=form.id,
        version=_next_version(session, FormDefinition, form.id, deployment.tenant_id),
        tenant_id=deployment.tenant_id,
        deployment_id=deployment.id,
        resource_id=resource.id,
        version_tag=form.version_tag,
    )


def _new_decision(
    session: Session, decision: Decision, deployment: Deployment, resource: Resource
) -> DecisionDefinition:
    return DecisionDefinition(
        id=new_id(),
        key=decision.id,
        version=_next_version(session, DecisionDefinition, decision.id, deployment.tenant_id),
        tenant_id=deployment.tenant_id,
        deployment_id=deployment.id,
        resource_id=resource.id,
        resource_name=resource.name,
        name=decision.name or None,
        version_tag=decision.version_tag,
    )
