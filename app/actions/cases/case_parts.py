"""The processes of a case, each with a diagram of its own: the case itself, and what it has called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from app.actions.cases.case_search import service_of
from app.actions.models.models import Model
from app.actions.models.naming import step_name
from app.actions.running.instances import instance_for
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store.tables import Definition, Instance
from app.store.trees import members


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the case, with a diagram of its own: the case itself first, then what it has called."""

    instance_id: UUID
    name: Text
    running: bool


def part_of(session: Session, actor: Actor, case_id: UUID, part_id: UUID) -> Instance:
    """A process of a case, for who may see the case. Raises NotFound."""
    root, part = instance_for(session, actor, case_id), session.get(Instance, part_id)
    seen = may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ())
    if part is None or part.root_id != root.id or not seen:
        raise NotFound(f"Process instance with id {part_id} does not exist")
    return part


def processes_of(session: Session, root: Instance) -> tuple[Sequence[Instance], Definition]:
    """The processes of a case, the case itself first, and its definition."""
    tree = members([root.id])
    columns = (Instance.root_id, Instance.super_id, Instance.definition_id, Instance.definition_key, Instance.ended_at)
    found = (
        select(Instance, Definition)
        .join(tree, tree.c.id == Instance.id)
        .join(Definition, Definition.id == Instance.definition_id)
        .order_by(Instance.id != root.id, Instance.started_at, Instance.id)
        .options(load_only(*columns))
    )
    rows = session.execute(found).all()
    return [row[0] for row in rows], rows[0][1]


def parts_of(processes: Sequence[Instance], models: Mapping[str, Model]) -> list[Part]:
    """What is drawn of a case."""
    return [_part(one, processes, models) for one in processes]


def _part(one: Instance, parts: Sequence[Instance], models: Mapping[str, Model]) -> Part:
    """What is called bears the name of the step that calls it."""
    caller = next((other for other in parts if other.id == one.super_id), None)
    if caller is None:
        return Part(one.id, service_of(one), one.ended_at is None)
    nodes = models[caller.definition_id].process.nodes.values()
    calling = next((node for node in nodes if node.call and node.call.called_element == one.definition_key), None)
    name = step_name(calling) if calling is not None else Text(*[one.definition_key] * 3)
    return Part(one.id, name, one.ended_at is None)
