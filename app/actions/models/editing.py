"""Models that are edited in the browser: what the editor begins with, what is wrong so far, and the next version."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import definitions
from app.actions.models import catalogue
from app.actions.models.contents import FORM_ENDINGS, Entries, is_named
from app.actions.models.deployments import deploy, lock_versions
from app.actions.models.examination import examined
from app.actions.models.naming import roles
from app.actions.running.delegates import DELEGATES
from app.delegates import REGISTERED
from app.domain import refusals
from app.domain.models.model import Process
from app.domain.people.access import Actor
from app.domain.people.designers import NOT_A_DESIGNER, designs
from app.domain.terms.calendar import Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.model_lists import newest_version
from app.store.tables import DecisionDefinition, Definition, Deployment, FormDefinition, Resource, User

SOURCE = "web editor"
COMMENT_LIMIT = 1_000
SKELETON = Path(__file__).parent / "skeletons" / "regulation-procedure.bpmn"

UNCHANGED = Text("Ештеңе өзгерген жоқ.", "Ничего не изменилось.", "Nothing has changed.")
ANOTHER_KEY = Text(
    "Файлда «{key}» процесі жоқ: процестің кілті өзгермейді. Басқа кілтпен жаңа модель жасаңыз.",
    "В файле нет процесса «{key}»: ключ процесса не меняется. Для другого ключа создайте новую модель.",
    "There is no process '{key}' in the file: the key of a process stays. Make a new model for another key.",
)
STALE = Text(
    "Сіз өңдеп жатқанда {by} {version}-нұсқаны орналастырды. Сіздің мәтініңіз де, оныкі де сақталған.",
    "Пока вы правили, {by} разместил(а) версию {version}. Оба текста сохранены: и ваш, и новый.",
    "While you were editing, {by} deployed version {version}. Both texts are kept, yours and the other.",
)
TAKEN = Text(
    "Ұйымда «{key}» процесі бар: басқа кілт таңдаңыз немесе соны өңдеңіз.",
    "В организации уже есть процесс «{key}»: выберите другой ключ или измените его.",
    "The organisation has a process '{key}' already: choose another key, or edit that one.",
)
TOO_LONG = Text(
    "Түсініктеме ең көбі {limit} таңбадан тұрады.",
    "Комментарий не длиннее {limit} знаков.",
    "The comment has at most {limit} characters.",
)


@dataclass(frozen=True, slots=True)
class Edited:
    """What somebody has made of a process of an organisation.

    base: the version that it was begun from, None: there was none. xml: None: as in the base. forms: the sources of those
    that were changed, by their ids. over: the version that it follows although somebody else has made it meanwhile.
    """

    key: str
    tenant: str | None
    base: Definition | None
    xml: str | None
    forms: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the elements of a model may name: roles in words, and the ids of the rest, sorted."""

    roles: Mapping[str, Text]
    forms: list[str]
    decisions: list[str]
    processes: list[str]
    delegates: list[str]


def require_designer(actor: Actor, tenant: str | None) -> None:
    """Raises Forbidden."""
    if not designs(actor, tenant):
        raise refusals.of(Forbidden, NOT_A_DESIGNER)


def opened(session: Session, actor: Actor, definition_id: str) -> tuple[Definition, str]:
    """A version to be edited, and its file with a diagram. Raises Forbidden, NotFound."""
    definition = catalogue.version(session, actor, definition_id)
    require_designer(actor, definition.tenant_id)
    source = catalogue.drawn(catalogue.source_of(session, definition))
    return definition, source.decode("utf-8-sig")


def skeleton(session: Session, actor: Actor, tenant: str, key: str, name: str) -> str:
    """The file of a new process. Raises Forbidden; Conflict if the organisation has it already."""
    require_designer(actor, tenant)
    if session.scalars(newest_version(key, tenant)).first() is not None:
        raise refusals.of(Conflict, TAKEN, key=key)
    named = f"id={quoteattr(key)} name={quoteattr(name)}"
    text = SKELETON.read_text().replace('id="process" name="process"', named)
    return text.replace('bpmnElement="process"', f"bpmnElement={quoteattr(key)}")


def choices(session: Session, tenant: str | None) -> Choices:
    """What an organisation has, and what is common to all."""

    def keys(table: type[FormDefinition] | type[DecisionDefinition] | type[Definition]) -> list[str]:
        seen = or_(table.tenant_id.is_(None), table.tenant_id == tenant)
        return sorted(session.scalars(select(table.key).distinct().where(seen)))

    return Choices(
        roles=roles(),
        forms=keys(FormDefinition),
        decisions=keys(DecisionDefinition),
        processes=keys(Definition),
        delegates=sorted({*DELEGATES, *REGISTERED}),
    )


def form_of(session: Session, definition: Definition, key: str) -> str | None:
    """The source of a form as a version knows it: that of its deployment, else the newest; None: there is none."""
    bindings = ("deployment", "latest")
    sources = (queries.bound_form(session, key, definition.tenant_id, one, None, definition.id) for one in bindings)
    found = next(filter(None, sources), None)
    return None if found is None else found.decode("utf-8-sig")


def inspect(session: Session, actor: Actor, edited: Edited, now: datetime) -> dict[str, Entries]:
    """What is wrong so far, by file. Raises Forbidden, Invalid."""
    require_designer(actor, edited.tenant)
    return examined(session, _files(session, edited), edited.tenant, now).findings


def save(session: Session, actor: Actor, edited: Edited, now: datetime) -> Definition:
    """Deploy it as the next version; gives the newest then.

    Raises Forbidden, Invalid, ModelRejected; Conflict if another version was deployed meanwhile, `details["newest"]`
    being its id.
    """
    require_designer(actor, edited.tenant)
    if len(edited.comment) > COMMENT_LIMIT:
        raise refusals.of(Invalid, TOO_LONG, limit=COMMENT_LIMIT)
    lock_versions(session)
    _require_newest(session, edited)
    files = _files(session, edited)
    if edited.base is not None and _is_deployed(session, edited.base, files):
        raise refusals.of(Invalid, UNCHANGED)
    bound = _bound(session, edited.base, files)
    deploy(
        session,
        actor,
        bound | files,
        now,
        name=edited.key,
        source=SOURCE,
        tenant=edited.tenant,
        comment=edited.comment.strip() or None,
    )
    return session.scalars(newest_version(edited.key, edited.tenant)).one()


def _require_newest(session: Session, edited: Edited) -> None:
    newest = session.scalars(newest_version(edited.key, edited.tenant)).first()
    known = {one for one in (edited.base.id if edited.base else None, edited.over) if one}
    if newest is None or newest.id in known:
        return
    deployment = session.get_one(Deployment, newest.deployment_id)
    author = session.get(User, deployment.deployed_by) if deployment.deployed_by else None
    by = author.full_name if author else deployment.deployed_by or "?"
    raise refusals.of(Conflict, STALE, {"newest": newest.id}, by=by, version=newest.version)


def _files(session: Session, edited: Edited) -> dict[str, bytes]:
    """The model and the changed forms by the names of their files. Raises Invalid for a file without the process."""
    if edited.xml is None and edited.base is not None:
        source = catalogue.source_of(session, edited.base)
    else:
        source = (edited.xml or "").encode()
    name = edited.base.resource_name if edited.base else f"{edited.key}.bpmn"
    model = definitions.read(name, source)
    if model.processes and edited.key not in {process.id for process in model.processes}:
        raise refusals.of(Invalid, ANOTHER_KEY, key=edited.key)
    return {name: source} | {f"{key}.form": form.encode() for key, form in edited.forms.items()}


def _is_deployed(session: Session, base: Definition, files: Mapping[str, bytes]) -> bool:
    """Whether all of it is as the base has it."""
    if any(is_named(file, FORM_ENDINGS) for file in files):
        return False
    return files[base.resource_name] == catalogue.source_of(session, base)


def _bound(session: Session, base: Definition | None, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the base's deployment that the model binds to its own: they must come with it again."""
    if base is None:
        return {}
    forms, decisions, called = set(), set(), set()
    for process in definitions.read(base.resource_name, files[base.resource_name]).processes:
        forms |= set(_forms(process))
        for node in process.nodes.values():
            if node.decision is not None and node.decision.binding == "deployment":
                decisions.add(node.decision.decision)
            if node.call is not None and node.call.binding == "deployment":
                called.add(node.call.called_element)
    wanted = [
        select(table.resource_id).where(table.deployment_id == base.deployment_id, table.key.in_(keys))
        for table, keys in ((FormDefinition, forms), (DecisionDefinition, decisions), (Definition, called))
        if keys
    ]
    if not wanted:
        return {}
    found = session.execute(
        select(Resource.name, Resource.content).where(or_(*(Resource.id.in_(one) for one in wanted)))
    )
    changed = {_form_id(source) for file, source in files.items() if is_named(file, FORM_ENDINGS)}
    return {
        row.name: row.content
        for row in found
        if not (is_named(row.name, FORM_ENDINGS) and _form_id(row.content) in changed)
    }


def _forms(process: Process) -> Iterable[str]:
    """The forms that are bound to the deployment of the process."""
    if process.form_ref and process.form_ref_binding == "deployment":
        yield process.form_ref
    for node in process.nodes.values():
        work = node.user_task
        if work is not None and work.form_ref and work.form_ref_binding == "deployment":
            yield work.form_ref


def _form_id(source: bytes) -> Any:
    try:
        form = json.loads(source)
    except ValueError:
        return None
    return form.get("id") if isinstance(form, dict) else None


def require_base(session: Session, actor: Actor, definition_id: str) -> Definition:
    """The version that is edited. Raises Forbidden, NotFound."""
    definition = catalogue.version(session, actor, definition_id)
    require_designer(actor, definition.tenant_id)
    return definition


def require_organisation(session: Session, actor: Actor, tenant: str) -> None:
    """Raises Forbidden, NotFound."""
    require_designer(actor, tenant)
    if tenant not in catalogue.organisations(session, actor):
        raise NotFound(f"there is no organisation '{tenant}'")
