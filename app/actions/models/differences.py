"""Two versions of a process side by side: what changed in the model, and which of its forms and decisions did."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import catalogue
from app.actions.models.contents import TABLES
from app.actions.models.editions import edition_of
from app.actions.models.models import models_of
from app.actions.models.naming import roles, service_title, step_name
from app.definitions import beside, in_language, shapes
from app.domain.acts.editions import Edition
from app.domain.in_words.model_words import LEGAL, label_of, value_in_words
from app.domain.models.difference import PROCESS, Change, Described, Difference, Property, difference
from app.domain.models.model import Process
from app.domain.models.references import Bound, Reference, references
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.tables import Definition, Deployment, Resource


@dataclass(frozen=True, slots=True)
class Said:
    """A property in words. legal: whether the act itself says it; before, after: None where it said or says nothing."""

    name: str
    label: Text
    legal: bool
    before: Text | None
    after: Text | None

    @property
    def sentence(self) -> Text:
        """ "limit 3 working days → 5 working days"."""
        sides = {lang: [_shown(self.before, lang), _shown(self.after, lang)] for lang in LANGUAGES}
        return Text(*(f"{self.label.get(lang)} {' → '.join(sides[lang])}" for lang in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Changed:
    """One element that is not as it was, with its name in both versions, where it is in both."""

    difference: Difference
    name: Text
    properties: Sequence[Said]

    @property
    def legal(self) -> Sequence[Said]:
        return [one for one in self.properties if one.legal]


class Version(NamedTuple):
    """Of a form, a decision or a called process; digest: of its file."""

    id: Any
    number: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class ChangedTarget:
    """Something that the model refers to, by its key and what it is; before, after: its version in each, None: there is
    none. elements: that refer to it in the newer version, or did in the older."""

    what: Bound
    key: str
    before: int | None
    after: int | None
    elements: Sequence[str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions. source: its file."""

    definition: Definition
    source: bytes
    process: Process

    @property
    def edition(self) -> Edition:
        return edition_of(self.definition)


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


def _shown(side: Text | None, lang: str) -> str:
    return "–" if side is None else side.get(lang)


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
        _targets(session, before, after, [(row[1], row[2]) for row in (rows[0], rows[-1])]),
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


Moment = tuple[Any, UUID]
"""When a version was deployed, and by which deployment."""


def _targets(session: Session, before: Side, after: Side, deployed: Sequence[Moment]) -> list[ChangedTarget]:
    """What each version refers to, as it was when the version was deployed."""
    referred = [list(references(side.process)) for side in (before, after)]
    known = {
        what: _versions(session, what, {one.key for one in sum(referred, []) if one.what is what}) for what in Bound
    }
    meant: list[dict[tuple[Bound, str], Version | None]] = [
        {
            (one.what, one.key): _meant(known[one.what].get(one.key, ()), one, side.definition.tenant_id, moment)
            for one in of_side
        }
        for of_side, side, moment in zip(referred, (before, after), deployed, strict=True)
    ]
    old, new = meant
    return [
        ChangedTarget(
            *target, _number(old.get(target)), _number(new.get(target)), _elements(referred[target in new], target)
        )
        for target in {**new, **old}
        if _digest(old.get(target)) != _digest(new.get(target))
    ]


def _elements(referred: Iterable[Reference], target: tuple[Bound, str]) -> list[str]:
    return [one.element for one in referred if (one.what, one.key) == target]


def _number(version: Version | None) -> int | None:
    return None if version is None else version.number


def _digest(version: Version | None) -> bytes | None:
    return None if version is None else version.digest


def _versions(session: Session, what: Bound, keys: Collection[str]) -> Mapping[str, Sequence[Any]]:
    """The versions of what has these keys, the newest first."""
    if not keys:
        return {}
    table = TABLES[what]
    rows = session.execute(
        select(
            table.id, table.key, table.version, table.version_tag, table.tenant_id, Resource.digest,
            Deployment.deployed_at, Deployment.id.label("deployment_id"),
        )
        .join(Resource, Resource.id == table.resource_id)
        .join(Deployment, Deployment.id == table.deployment_id)
        .where(table.key.in_(keys))
        .order_by(table.key, table.version.desc())
    )  # fmt: skip
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _meant(rows: Iterable[Any], reference: Reference, tenant: str | None, moment: Moment) -> Version | None:
    """The version to which a reference was bound when its model was deployed; the newest of then by `latest`."""
    seen = [row for row in rows if row.tenant_id in (tenant, None)]
    if reference.binding == "version":
        seen = [row for row in seen if str(row.version) == reference.version]
    elif reference.binding == "versionTag":
        seen = [row for row in seen if row.version_tag == reference.version]
    else:
        seen = [row for row in seen if (row.deployed_at, row.deployment_id) <= moment]
    found = min(seen, key=lambda row: (row.deployment_id != moment[1], row.tenant_id is None), default=None)
    return None if found is None else Version(found.id, found.version, found.digest)


def drawn(side: Side, lang: str) -> str:
    """The diagram of a version with the names of its elements in one language."""
    names = {node.id: step_name(node).get(lang) for node in side.process.nodes.values() if node.name}
    return in_language(catalogue.drawn(side.source), lang, names)
