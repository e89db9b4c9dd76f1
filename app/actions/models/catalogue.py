"""The models as their designers see them: every process with its newest version, and one version with what is in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions
from app.actions.models.contents import Entries
from app.actions.models.examination import examined
from app.actions.models.models import model_of
from app.actions.models.naming import role_name, services, step_name, title_of
from app.definitions.layout import lay_out
from app.domain import refusals
from app.domain.in_words.term_expressions import term_in_words
from app.domain.models.model import Node, Process
from app.domain.people.access import Actor
from app.domain.people.designers import NOT_A_DESIGNER, designed_by, designs
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.term_properties import term_clause
from app.errors import Forbidden, ModelRejected, NotFound
from app.store import model_lists
from app.store.tables import Definition, Deployment, Organisation, Resource

SHOWN = 50
"""Versions of a process that its page lists."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest version of a process. by: who deployed it, None: nobody knows; running: see `store.model_lists`."""

    definition: Definition
    title: Text
    deployed_at: datetime
    by: str | None
    running: int


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a model and what the law and the people see of it: the role, the limit and how the model writes it, the
    clause, the form, and whatever else it does."""

    id: str
    kind: str
    name: Text
    role: Text | None
    limit: Text | None
    limit_written: str | None
    clause: str | None
    limit_clause: str | None
    form: str | None
    does: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One version. edits: whether the actor may make the next one; findings: of its file, as they are today; versions: as
    `store.model_lists.versions` gives them."""

    definition: Definition
    title: Text
    organisation: Text | None
    process: Process
    steps: Sequence[Step]
    findings: Entries
    versions: Sequence[Any]
    edits: bool

    @property
    def is_newest(self) -> bool:
        return not self.versions or self.versions[0].id == self.definition.id


def tenants_of(actor: Actor) -> list[str] | None:
    """The organisations whose models a person sees beside those common to all; None: every one. Raises Forbidden."""
    if actor.administrator:
        return None
    found = designed_by(actor)
    if not found:
        raise refusals.of(Forbidden, NOT_A_DESIGNER)
    return found


def listed(session: Session, actor: Actor, text: str, first: int, limit: int) -> list[Listed]:
    """The models whose name, key, tag or service holds a text, in one statement. Raises Forbidden."""
    sought = text.casefold()
    keys = [
        key
        for key, title in services().items()
        if sought and any(sought in title.get(lang).casefold() for lang in LANGUAGES)
    ]
    rows = model_lists.newest(session, tenants_of(actor), text, keys, first, limit)
    return [Listed(definition, title_of(definition), at, by, running) for definition, at, by, running in rows]


def organisations(session: Session, actor: Actor) -> dict[str, Text]:
    """The organisations for which a person may deploy, by id. Raises Forbidden."""
    tenants = tenants_of(actor)
    if tenants is not None:
        return {tenant: actor.profile.organisations[tenant] for tenant in tenants}
    rows = session.execute(select(Organisation.id, Organisation.names).order_by(Organisation.id))
    return {row.id: Text(**row.names) for row in rows}


def version(session: Session, actor: Actor, definition_id: str) -> Definition:
    """A version that a designer may see. Raises Forbidden, NotFound."""
    tenants = tenants_of(actor)
    found = None if "\0" in definition_id else session.get(Definition, definition_id)
    if found is None or not (tenants is None or found.tenant_id is None or found.tenant_id in tenants):
        raise NotFound(f"No matching process definition with id {definition_id}")
    return found


def source_of(session: Session, definition: Definition) -> bytes:
    """The BPMN file of a version, as it was deployed."""
    return session.scalars(select(Resource.content).where(Resource.id == definition.resource_id)).one()


def drawn(source: bytes) -> bytes:
    """The file with a diagram, which is made where it has none."""
    if b"BPMNDiagram" in source:
        return source
    try:
        return lay_out(source)
    except ModelRejected:
        return source


def shown(session: Session, actor: Actor, definition_id: str, now: datetime) -> Shown:
    """One version with its elements, findings and sisters. Raises Forbidden, NotFound."""
    definition = version(session, actor, definition_id)
    source, process = source_of(session, definition), model_of(session, definition.id).process
    found = examined(session, {definition.resource_name: source}, definition.tenant_id, now).findings
    organisation = None if definition.tenant_id is None else session.get_one(Organisation, definition.tenant_id)
    return Shown(
        definition=definition,
        title=title_of(definition),
        organisation=None if organisation is None else Text(**organisation.names),
        process=process,
        steps=list(_steps(process)),
        findings=[entry for entries in found.values() for entry in entries],
        versions=model_lists.versions(session, definition, tenants_of(actor), SHOWN),
        edits=designs(actor, definition.tenant_id),
    )


def diagram(session: Session, actor: Actor, definition_id: str, lang: str) -> str:
    """The file with its diagram and its names in one language. Raises Forbidden, NotFound."""
    definition = version(session, actor, definition_id)
    nodes = model_of(session, definition.id).process.nodes.values()
    names = {node.id: step_name(node).get(lang) for node in nodes if node.name}
    return definitions.in_language(drawn(source_of(session, definition)), lang, names)


def of_deployment(session: Session, deployment_id: UUID) -> str | None:
    """The first process that a deployment has made, by its id."""
    made = select(Definition.id).where(Definition.deployment_id == deployment_id).order_by(Definition.key).limit(1)
    return session.scalar(made.join(Deployment, Deployment.id == Definition.deployment_id))


def _steps(process: Process) -> Iterator[Step]:
    for node in process.nodes.values():
        work = node.user_task
        properties: Mapping[str, str] = node.properties
        clause = properties.get("law.clause")
        form = (work and (work.form_ref or work.form_key)) or (
            process.form_ref if node is process.plain_start else None
        )
        limit = (work.due_date if work else None) or node.event.timer
        yield Step(
            id=node.id,
            kind=node.kind.value,
            name=step_name(node),
            role=_role(work.candidate_groups) if work else None,
            limit=Text(*(term_in_words(limit, lang) or limit for lang in LANGUAGES)) if limit else None,
            limit_written=limit,
            clause=clause,
            limit_clause=of_limit if (of_limit := term_clause(properties)) != clause else None,
            form=form or None,
            does=_does(node),
        )


def _role(groups: str | None) -> Text | None:
    """The roles of a step in words; an expression stays as it is."""
    if not groups:
        return None
    names = [role_name(one.strip()) for one in groups.split(",")] if "{" not in groups else [Text(*[groups] * 3)]
    return Text(*(", ".join(name.get(lang) for name in names) for lang in LANGUAGES))


def _does(node: Node) -> str | None:
    """What an element calls: a delegate, a topic, a process, a decision, a message or a signal."""
    if node.external is not None:
        return node.external.topic
    if node.call is not None:
        return node.call.called_element
    if node.decision is not None:
        return node.decision.decision
    return node.delegate or node.expression or node.event.name or node.event.condition
