"""What a search of instances may be narrowed to: organisations, services, their editions, versions and steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.models.naming import step_name, title_of
from app.domain.models.model import Kind
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.store.instance_search_lists import newest_versions, versions_of_process
from app.store.tables import Definition, Organisation

NEVER_STOOD_AT = frozenset(
    {Kind.START_EVENT, Kind.END_EVENT, Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY}
)
"""Where no token stays but for an incident."""
LISTED = 200
"""Versions of a process that are offered, the newest."""


@dataclass(frozen=True)
class Choices:
    """services: of which there are versions, by the key of the process; version: that is chosen, "" for all; versions: of the
    chosen service; shown: the version that is chosen, else the newest; steps: of that, by id; calls: the keys of the processes
    that are called at some of them."""

    services: Mapping[str, Text]
    organisations: Mapping[str, Text]
    service: str
    version: str
    versions: Sequence[Definition]
    shown: Definition | None
    steps: Mapping[str, Text]
    calls: Mapping[str, str]

    @cached_property
    def editions(self) -> list[str]:
        return list(dict.fromkeys(one.edition for one in self.versions if one.edition))

    @property
    def chosen(self) -> list[str]:
        """The versions that are meant: the one, or all."""
        return [self.version] if self.version else [one.id for one in self.versions]

    def definitions(self, version: str, edition: str, *, each: bool) -> tuple[str, ...] | None:
        """The ids of the versions that are meant, None: all that the service alone tells, unless each has to be named."""
        if version:
            return (version,)
        if edition or (each and self.service):
            return tuple(one.id for one in self.versions if not edition or one.edition == edition)
        return None


def choices(session: Session, actor: Actor, service: str, version: str, organisation: str) -> Choices:
    """For a service, else for that of a version. Raises Forbidden."""
    require_administrator(actor)
    named = session.get(Definition, version) if version else None
    named = named if named is not None and service in ("", named.key) else None
    service = named.key if named is not None else service
    versions = list(session.scalars(versions_of_process(service, LISTED))) if service else []
    shown = named or next((one for one in versions if organisation in ("", one.tenant_id)), None)
    nodes = [] if shown is None else list(model_of(session, shown.id).process.nodes.values())
    rows = session.execute(select(Organisation.id, Organisation.names).order_by(Organisation.id))
    return Choices(
        services={one.key: title_of(one) for one in session.scalars(newest_versions())},
        organisations={row.id: Text(**row.names) for row in rows},
        service=service,
        version="" if named is None else named.id,
        versions=versions,
        shown=shown,
        steps={
            node.id: step_name(node) for node in nodes if node.attached_to is None and node.kind not in NEVER_STOOD_AT
        },
        calls={node.id: node.call.called_element for node in nodes if node.call is not None},
    )
