"""The people of a case: who holds a step and who could, and what each of those who had to do with it has done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.inspecting.subjects import Subject
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.naming import role_name, step_name
from app.domain.terms.calendar import Text
from app.store import inspection_lists
from app.store.tables import Task
from app.store.trees import members

MOST = 500
"""Open steps, and people of roles, that are shown."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An open step. holder, owner: by name; roles: who may take it, with the names of those who have the role there;
    people: those who are named themselves."""

    task: Task
    name: Text
    holder: str | None
    owner: str | None
    roles: list[tuple[Text, list[str]]]
    people: list[str]


@dataclass(frozen=True, slots=True)
class Doer:
    """who: by name, None: the system. done: how often under which of the dialect's names."""

    id: str | None
    who: str | None
    instead_of: str | None
    first: datetime
    last: datetime
    done: Mapping[str, int]


def holdings(session: Session, seen: Subject) -> list[Holding]:
    """The open steps of the case, the oldest first."""
    tree = members([seen.root.id])
    found = select(Task).join(tree, tree.c.id == Task.instance_id).where(Task.ended_at.is_(None))
    tasks = session.scalars(found.order_by(Task.created_at, Task.id).limit(MOST)).all()
    if not tasks:
        return []
    models = models_of(session, {one.definition_id for one in tasks})
    roles = _members(session, seen.root.tenant_id, {role for one in tasks for role in one.candidate_groups or ()})
    named = {person for one in tasks for person in (one.assignee, one.owner, *(one.candidate_users or ())) if person}
    people = names_of(session, named)

    def called(person: str | None) -> str | None:
        return None if person is None else people.get(person, person)

    return [
        Holding(
            task=one,
            name=step_name(models[one.definition_id].node(one.element)),
            holder=called(one.assignee),
            owner=called(one.owner),
            roles=[(role_name(role), roles[role]) for role in one.candidate_groups or ()],
            people=[people.get(person, person) for person in one.candidate_users or ()],
        )
        for one in tasks
    ]


def _members(session: Session, tenant: str | None, roles: set[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(inspection_lists.members_of_roles(tenant, roles).limit(MOST)) if roles else ():
        found[row.group_id].append(row.full_name)
    return found


def doers(session: Session, seen: Subject, first: int, limit: int) -> Sequence[Doer]:
    """Who did something in the case, by how much it was."""
    rows = session.execute(inspection_lists.doers(seen.root.id).offset(first).limit(limit)).all()
    people = names_of(session, {one for row in rows for one in (row.user_id, row.on_behalf_of) if one})
    return [
        Doer(
            id=row.user_id,
            who=None if row.user_id is None else people.get(row.user_id, row.user_id),
            instead_of=None if row.on_behalf_of is None else people.get(row.on_behalf_of, row.on_behalf_of),
            first=row.first.astimezone(seen.zone),
            last=row.last.astimezone(seen.zone),
            done=row.done,
        )
        for row in rows
    ]
