"""Which processes a process calls by a fixed key."""

from sqlalchemy.orm import Session

from app import expressions
from app.actions.models.models import model_of
from app.store import queries
from app.store.tables import Definition


def called_by(session: Session, definition: Definition) -> list[tuple[Definition, list[str]]]:
    """The definitions that would be called if it ran now, each with the ids of the call activities that call it.

    Left out are calls by an expression, and of what is not deployed.
    """
    nodes = model_of(session, definition.id).process.nodes.values()
    calls = {
        node.id: (node.call.called_element, definition.tenant_id, node.call.binding, node.call.version)
        for node in nodes
        if node.call is not None and not expressions.is_expression(node.call.called_element)
    }
    meant = queries.bound_definitions(session, list(calls.values()), definition.id)
    found: dict[str, tuple[Definition, list[str]]] = {}
    for number, activity in enumerate(calls):
        if (called := meant.get(number)) is not None:
            found.setdefault(called.id, (called, []))[1].append(activity)
    return list(found.values())
