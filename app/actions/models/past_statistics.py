"""What has happened at the elements of a definition, counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions.models import definition_statistics
from app.actions.models.models import model_of
from app.store.activity_lists import ended_by_node
from app.store.reports import incidents_by_element


@dataclass(slots=True)
class Counts:
    """Of one element. finished: of all that have ended, those that were cancelled among them; last: ended without being
    cancelled where no flow goes on."""

    running: int = 0
    finished: int = 0
    cancelled: int = 0
    last: int = 0
    open_incidents: int = 0
    resolved_incidents: int = 0


def of_elements(
    session: Session, definition_id: str, tenants: Sequence[str] | None, *, ended: bool, incidents: bool
) -> dict[str, Counts]:
    """By elements at which something was, what is not asked for 0."""
    found: dict[str, Counts] = defaultdict(Counts)
    for element, running in definition_statistics.of_elements(session, definition_id, tenants).items():
        found[element].running = running
    if ended:
        nodes = model_of(session, definition_id).process.nodes
        for element, finished, cancelled in session.execute(ended_by_node(definition_id, tenants)):
            counts = found[element]
            counts.finished, counts.cancelled = finished, cancelled
            if element in nodes and not nodes[element].outgoing:
                counts.last = finished - cancelled
    if incidents:
        for element, still, resolved in session.execute(incidents_by_element(definition_id, tenants)):
            if element is not None:
                found[element].open_incidents, found[element].resolved_incidents = still, resolved
    return dict(found)
