"""Which processes a process calls by a fixed key."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import expressions
from app.actions.models.models import model_of
from app.domain.models.model import CallActivity
from app.store.tables import Definition


def called_by(session: Session, definition: Definition) -> list[tuple[Definition, list[str]]]:
    """The definitions that would be called if it ran now, each with the ids of the call activities that call it.

    Left out are calls by an expression, and of what is not deployed.
    """
    nodes = model_of(session, definition.id).process.nodes.values()
    calls = [
        (node.id, node.call)
        for node in nodes
        if node.call is not None and not expressions.is_expression(node.call.called_element)
    ]
    seen = or_(Definition.tenant_id == definition.tenant_id, Definition.tenant_id.is_(None))
    rows = session.scalars(
        select(Definition)
        .where(Definition.key.in_({call.called_element for _, call in calls}), seen)
        .order_by(Definition.tenant_id.is_(None), Definition.version.desc())
    ).all()
    found: dict[str, tuple[Definition, list[str]]] = {}
    for activity, call in calls:
        if (called := _meant(rows, call, definition)) is not None:
            found.setdefault(called.id, (called, []))[1].append(activity)
    return list(found.values())


def _meant(rows: Iterable[Definition], call: CallActivity, caller: Definition) -> Definition | None:
    """As `store.queries.bound_definition` finds it. rows: those of the organisation first, the newest first."""
    of_key = (row for row in rows if row.key == call.called_element)
    match call.binding:
        case "deployment":
            return next((row for row in of_key if row.deployment_id == caller.deployment_id), None)
        case "version":
            return next((row for row in of_key if str(row.version) == call.version), None)
        case "versionTag":
            return next((row for row in of_key if row.version_tag == call.version), None)
    return next(of_key, None)
