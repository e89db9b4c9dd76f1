"""Two versions of a process side by side: what changed in the model, and which of its forms and decisions did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import catalogue
from app.actions.models.models import models_of
from app.actions.models.naming import roles, service_title, step_name
from app.actions.models.sides import Said, Side
from app.actions.models.targets import ChangedTarget, targets
from app.definitions import beside, in_language, shapes
from app.domain.in_words.model_words import LEGAL, label_of, value_in_words
from app.domain.models.difference import PROCESS, Change, Described, Difference, Property, difference
from app.domain.models.model import Process
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.tables import Definition, Deployment, Resource


@dataclass(frozen=True, slots=True)
class Changed:
    """One element that is not as it was, with its name in both versions, where it is in both."""

    difference: Difference
    name: Text
    properties: Sequence[Said]

    @property
    def legal(self) -> Sequence[Said]:
        return [one for one in self.properties if one.legal]


@dataclass(frozen=True, slots=True)
class Compared:
    """targets: forms, decisions and called processes that changed."""

    before: Side
    after: Side
    elements: Sequence[Changed]
    targets: Sequence[ChangedTarget]

    @property
    def name(self) -> Text:
        return _process_name(self.after.process)


def compare(session: Session, one: Definition, other: Definition) -> Compared:
    """Two versions, the one that was deployed first as the former."""
    models = models_of(session, {one.id, other.id})
    rows = session.execute(
        select(Definition, Deployment.deployed_at, Deployment.id, Resource.content)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .join(Resource, Resource.id == Definition.resource_id)
        .where(Definition.id.in_({one.id, other.id}))
        .order_by(Deployment.deployed_at, Deployment.id, Definition.version)
    ).all()
    sides = [Side(row[0], row[3], models[row[0].id].process) for row in rows]
    before, after = sides[0], sides[-1]
    old, new = (Described(side.process, shapes(side.source), beside(side.source)) for side in (before, after))
    found = difference(old, new)
    return Compared(
        before,
        after,
        [
            Changed(one, _name_of(one, old if one.change is Change.REMOVED else new), _said(one.properties))
            for one in found
        ],
        targets(session, before, after, [(row[1], row[2]) for row in (rows[0], rows[-1])]),
    )


def versions_like(session: Session, definition: Definition) -> Sequence[Definition]:
    """All versions of a process in its organisation, the newest first."""
    return session.scalars(
        select(Definition)
        .where(Definition.key == definition.key, Definition.tenant_id.is_not_distinct_from(definition.tenant_id))
        .order_by(Definition.version.desc())
    ).all()


def _name_of(changed: Difference, version: Described) -> Text:
    """What an element is called in a version; a flow without a name by its ends."""
    process = version.process
    if changed.kind == PROCESS:
        return _process_name(process)
    for one in version.beside:
        if one.id == changed.element:
            name = one.says.get("name") or one.says.get("text") or one.id
            return Text(name, one.says.get("name.ru", name), one.says.get("name.en", name))
    if (node := process.nodes.get(changed.element)) is not None:
        return step_name(node)
    flow = process.flows[changed.element]
    ends = [step_name(process.nodes[end]) for end in (flow.source, flow.target)]
    return Text(*(flow.name or " → ".join(end.get(lang) for end in ends) for lang in LANGUAGES))


def _process_name(process: Process) -> Text:
    name = process.name or process.id
    ru, en = (process.properties.get(f"name.{lang}", name) for lang in ("ru", "en"))
    return service_title(process.id) or Text(name, ru, en)


def _said(properties: Iterable[Property]) -> list[Said]:
    """Those that the act says first."""
    found = [Said(one.name, label_of(one.name), one.name in LEGAL, *_both(one)) for one in properties]
    return sorted(found, key=lambda one: not one.legal)


def _both(one: Property) -> tuple[Text | None, Text | None]:
    """Before and after in words; where those are the same, as the model has them."""
    before, after = (_words(one.name, value) for value in (one.before, one.after))
    if before != after:
        return before, after
    return _as_written(one.before), _as_written(one.after)


def _as_written(value: str | None) -> Text | None:
    return None if value is None else Text(value, value, value)


def _words(name: str, value: str | None) -> Text | None:
    return None if value is None else Text(*(value_in_words(name, value, lang, roles()) for lang in LANGUAGES))


def drawn(side: Side, lang: str) -> str:
    """The diagram of a version with the names of its elements in one language."""
    names = {node.id: step_name(node).get(lang) for node in side.process.nodes.values() if node.name}
    return in_language(catalogue.drawn(side.source), lang, names)
