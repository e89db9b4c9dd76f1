"""What the filters of the task list can be set to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.lists import worklist
from app.actions.models.models import Model, models_of
from app.actions.models.naming import role_name, roles, services, step_name
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.store.tables import Definition

DEPTH = 3
"""How deep processes that call each other are looked into for steps."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Texts by key. steps: of the chosen service, by element; organisations: empty for who belongs to one alone."""

    services: dict[str, Text]
    steps: dict[str, Text]
    roles: dict[str, Text]
    organisations: dict[str, Text]


def choices(session: Session, actor: Actor, service: str) -> Choices:
    """Those that make a difference to the actor."""
    newest = _newest(session, actor)
    held = sorted(actor.groups) if not actor.administrator else sorted(roles())
    several = actor.administrator or len(actor.tenants) > 1
    return Choices(
        services={key: title for key, title in services().items() if key in newest},
        steps=_steps(session, newest, service),
        roles={key: role_name(key) for key in held} if len(held) > 1 else {},
        organisations=worklist.organisations(session, None if actor.administrator else actor.tenants)
        if several
        else {},
    )


def _newest(session: Session, actor: Actor) -> dict[str, list[str]]:
    """The newest version of each process that the actor may see, by key: an id an organisation."""
    found = (
        select(Definition.key, Definition.id)
        .ext(distinct_on(Definition.tenant_id, Definition.key))
        .order_by(Definition.tenant_id, Definition.key, Definition.version.desc())
    )
    if not actor.administrator:
        found = found.where(or_(Definition.tenant_id.in_(actor.tenants), Definition.tenant_id.is_(None)))
    newest: dict[str, list[str]] = {}
    for row in session.execute(found):
        newest.setdefault(row.key, []).append(row.id)
    return newest


def _steps(session: Session, newest: dict[str, list[str]], service: str) -> dict[str, Text]:
    """The user tasks of a process and of those that it calls."""
    found: dict[str, Text] = {}
    wanted, seen = newest.get(service, [])[:1], set[str]()
    for _ in range(DEPTH):
        if not wanted:
            break
        seen.update(wanted)
        models = models_of(session, wanted).values()
        for model in models:
            found |= {node.id: step_name(node) for node in model.process.nodes.values() if node.user_task is not None}
        wanted = [one for key in _called(models) for one in newest.get(key, [])[:1] if one not in seen]
    return found


def _called(models: Iterable[Model]) -> Sequence[str]:
    return sorted(
        {node.call.called_element for model in models for node in model.process.nodes.values() if node.call is not None}
    )
