"""How many instances of which definitions run, and where they stand."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.domain.models.model import node_of
from app.store import listing
from app.store.definition_lists import (
    DEFINITIONS,
    calls_by_called_key,
    external_tasks_by_element,
    failed_jobs,
    open_incidents,
    open_tasks_by_element,
    process_definitions,
    waits_by_element,
    with_running,
)
from app.store.listing import Wanted
from app.store.tables import Definition, EventSubscription, Job

BY_KEY = (("key", False), ("version", False))


def of_definitions(session: Session, tenants: Sequence[str] | None, wanted: Wanted) -> list[tuple[Definition, int]]:
    """The definitions that are wanted of those that are seen, with the number of their running instances."""
    query, rest = process_definitions(replace(wanted, order=wanted.order or BY_KEY), tenants)
    rows = session.execute(listing.page(with_running(query, tenants), DEFINITIONS, rest))
    return [(row, running) for row, running in rows]


Troubles = Mapping[tuple[str, str | None], Mapping[str, int]]
"""How many open incidents of each kind, by definition and element (None: all of them)."""


def incidents(session: Session, tenants: Sequence[str] | None) -> Troubles:
    found: defaultdict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    for definition_id, element, kind, count in session.execute(open_incidents(tenants)):
        for place in {None, element}:
            found[definition_id, place][kind] += count
    return found


def jobs_failed(session: Session, tenants: Sequence[str] | None) -> Mapping[tuple[str, str | None], int]:
    """How many jobs have no tries left, by definition and element (None: all of them)."""
    found: Counter[tuple[str, str | None]] = Counter()
    for definition_id, key, count in session.execute(failed_jobs(tenants)):
        found[definition_id, None] += count
        found[definition_id, node_of(key)] += count
    return found


def of_elements(session: Session, definition_id: str, tenants: Sequence[str] | None) -> Mapping[str, int]:
    """How many running instances wait at each element: for a person, a moment, a message, a worker or a called process.

    Boundary events are no place to stand at. A called process is counted where exactly one call activity names it.
    """
    nodes = model_of(session, definition_id).process.nodes
    counts: Counter[str] = Counter()
    for query in (open_tasks_by_element, external_tasks_by_element):
        for element, count in session.execute(query(definition_id, tenants)):
            counts[element] += count
    for table in (Job, EventSubscription):
        for key, count in session.execute(waits_by_element(table, definition_id, tenants)):
            element = node_of(key)
            if nodes[element].attached_to is None:
                counts[element] += count
    callers = {node.id: node.call.called_element for node in nodes.values() if node.call is not None}
    for key, count in session.execute(calls_by_called_key(definition_id, tenants)) if callers else ():
        elements = [element for element, called in callers.items() if called == key]
        if len(elements) == 1:
            counts[elements[0]] += count
    return counts
