"""What a search of instances may be narrowed to: organisations, services, their editions, versions and steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.cases.diagrams import NO_STEPS
from app.actions.models.models import model_of
from app.actions.models.naming import services, step_name
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.store.instance_search_lists import versions_of_process, with_processes
from app.store.tables import Definition, Organisation

LISTED = 200
"""Versions of a process that are offered, the newest."""


@dataclass(frozen=True)
class Choices:
    """services: of which there are versions, by the key of the process; versions: of the chosen one; steps: of its newest
    version, or of the one that is chosen, by id."""

    services: Mapping[str, Text]
    organisations: Mapping[str, Text]
    service: str
    versions: Sequence[Definition]
    steps: Mapping[str, Text]

    @cached_property
    def editions(self) -> list[str]:
        return list(dict.fromkeys(one.edition for one in self.versions if one.edition))

    def definitions(self, version: str, edition: str, *, called: bool) -> tuple[str, ...] | None:
        """The ids of the versions that are meant, None: all that the service alone tells."""
        if version:
            return (version,)
        if edition or (called and self.service):
            return tuple(one.id for one in self.versions if not edition or one.edition == edition)
        return None


def choices(session: Session, actor: Actor, service: str, version: str, organisation: str) -> Choices:
    """For a service, else for that of a version. Raises Forbidden."""
    require_administrator(actor)
    named = session.get(Definition, version) if version else None
    service = named.key if named is not None else service
    titles = services()
    versions = list(session.scalars(versions_of_process(service, LISTED))) if service else []
    shown = named or next((one for one in versions if organisation in ("", one.tenant_id)), None)
    rows = session.execute(select(Organisation.id, Organisation.names).order_by(Organisation.id))
    return Choices(
        services={key: titles.get(key) or Text(*[name or key] * 3) for key, name in session.execute(with_processes())},
        organisations={row.id: Text(**row.names) for row in rows},
        service=service,
        versions=versions,
        steps={} if shown is None else _steps(session, shown.id),
    )


def _steps(session: Session, definition_id: str) -> dict[str, Text]:
    """What a token may stand at, by id."""
    nodes = model_of(session, definition_id).process.nodes.values()
    return {node.id: step_name(node) for node in nodes if node.attached_to is None and node.kind not in NO_STEPS}
