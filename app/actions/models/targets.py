"""The forms, decisions and called processes to which two versions of a model refer and that are not the same, and what
changed in them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.contents import TABLES
from app.actions.models.sides import Said, Side
from app.definitions import decisions
from app.definitions.decisions.described import described as decisions_described
from app.domain.in_words.part_words import label_of_part, value_of_part
from app.domain.models.difference import Change
from app.domain.models.parts import Part, PartDifference, PartKind, parts_difference
from app.domain.models.references import Bound, Reference, references
from app.domain.terms.calendar import Text
from app.forms.described import described as form_described
from app.store.tables import Deployment, Resource


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A field, a column or a rule that is not as it was; properties: of a changed one."""

    kind: PartKind
    name: Text
    change: Change
    moved: bool
    properties: Sequence[Said]


class Version(NamedTuple):
    """Of a form, a decision or a called process; resource, digest: of its file."""

    id: Any
    number: int
    resource: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class ChangedTarget:
    """Something that the model refers to, by its key and what it is; before, after: its version in each, None: there is
    none. elements: that refer to it in the newer version, or did in the older; parts: of a form or a decision that both
    have."""

    what: Bound
    key: str
    before: int | None
    after: int | None
    elements: Sequence[str]
    parts: Sequence[ChangedPart] = ()


Moment = tuple[Any, UUID]
"""When a version was deployed, and by which deployment."""


def targets(session: Session, before: Side, after: Side, deployed: Sequence[Moment]) -> list[ChangedTarget]:
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
    changed = [target for target in {**new, **old} if _digest(old.get(target)) != _digest(new.get(target))]
    sources = _sources(session, [side.get(target) for side in meant for target in changed if target[0] in _DESCRIBED])
    return [
        ChangedTarget(
            *target,
            _number(old.get(target)),
            _number(new.get(target)),
            _elements(referred[target in new], target),
            _parts(target[0], *(sources.get(_digest(side.get(target))) for side in meant)),
        )
        for target in changed
    ]


def _sources(session: Session, versions: Iterable[Version | None]) -> Mapping[bytes | None, bytes]:
    """Their files by digest."""
    wanted = {one.resource for one in versions if one is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Resource.digest, Resource.content).where(Resource.id.in_(wanted)))
    return {row.digest: row.content for row in rows}


def _parts(what: Bound, before: bytes | None, after: bytes | None) -> list[ChangedPart]:
    """What changed from one file to another; nothing where one of them is not there."""
    if what not in _DESCRIBED or before is None or after is None:
        return []
    found = parts_difference(*(_DESCRIBED[what](source) for source in (before, after)))
    return [ChangedPart(one.part.kind, one.part.name, one.change, one.moved, _said(one)) for one in found]


def _said(one: PartDifference) -> list[Said]:
    return [
        Said(
            each.name,
            label_of_part(one.part.kind, each.name),
            legal=False,
            before=value_of_part(one.part.kind, each.before),
            after=value_of_part(one.part.kind, each.after),
        )
        for each in one.properties
    ]


def _decisions(source: bytes) -> Mapping[str, Part]:
    return decisions_described(decisions.read("decision.dmn", source).model)


_DESCRIBED: Mapping[Bound, Callable[[bytes], Mapping[str, Part]]] = {
    Bound.FORM: form_described,
    Bound.DECISION: _decisions,
}


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
            table.id, table.key, table.version, table.version_tag, table.tenant_id, table.resource_id, Resource.digest,
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
    return None if found is None else Version(found.id, found.version, found.resource_id, found.digest)
