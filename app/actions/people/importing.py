"""People from a file: the plan first, then exactly that plan in one transaction, or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.models.seed import WITHOUT_PEOPLE
from app.actions.people.administration import Kind, Operation
from app.actions.people.import_plan import PROFILE, Known, Outcome, Plan, Present, plan
from app.actions.people.import_reading import EMAIL, FIRST, ID, LANGUAGE, LAST, ROLES, Line, lines_of
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.refusals import import_refusals as words
from app.errors import Conflict, NotFound
from app.store import rights
from app.store.rows import as_table, rows_of
from app.store.tables import Administration, Group, Membership, Organisation, PeopleImport, User

KEPT = timedelta(days=1)
"""How long a file waits to be applied."""
NAME_LIMIT = 200
ATTRIBUTES = {LAST: "last_name", FIRST: "first_name", EMAIL: "email", LANGUAGE: "language"}


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, and who was added by it: they have no password yet."""

    plan: Plan
    added: Sequence[str]


def dry_run(session: Session, actor: Actor, content: bytes) -> Plan:
    """What a file would do now. Raises Forbidden, Invalid."""
    require_administrator(actor)
    lines = lines_of(content)
    return plan(lines, _present(session, lines), content)


def apply(session: Session, actor: Actor, content: bytes, fingerprint: str, name: str) -> Applied:
    """Do what a file does, as its plan with this fingerprint showed it: all of it or nothing.

    name: of the file, for the log. Raises Forbidden, Invalid; Conflict where it would do anything else by now, does nothing,
    or has lines that are refused.
    """
    require_administrator(actor)
    lines = lines_of(content)
    ids = sorted({line.cells[ID] for line in lines})
    session.execute(select(User.id).where(User.id.in_(ids)).order_by(User.id).with_for_update()).all()
    made = plan(lines, _present(session, lines), content)
    if made.fingerprint != fingerprint:
        raise refusals.of(Conflict, words.CHANGED, {"fingerprint": made.fingerprint})
    if refused := made.counts[Outcome.REFUSED]:
        raise refusals.of(Conflict, words.REFUSED_LINES, number=refused)
    if made.counts[Outcome.LEFT] == len(made.lines):
        raise refusals.of(Conflict, words.NOTHING)
    _write_people(session, made)
    _write_roles(session, made)
    _note(session, actor, made, name)
    rights.note_people(session, {one.user_id for one in made.lines if one.outcome is not Outcome.LEFT})
    return Applied(made, made.added)


def _present(session: Session, lines: Collection[Line]) -> Present:
    """In four statements."""
    ids = sorted({line.cells[ID] for line in lines})
    low = sorted({one.lower() for one in ids})
    people, alike = {}, {}
    named = func.lower(User.id).in_(low)
    for user in session.execute(select(*_COLUMNS, User.deactivated_at.is_not(None).label("gone")).where(named)):
        values = {name: getattr(user, attribute) or "" for name, attribute in ATTRIBUTES.items()}
        people[user.id] = Known(values, user.gone)
        alike[user.id.lower()] = user.id
    held: dict[tuple[str, str], set[str]] = {}
    memberships = select(Membership.user_id, Membership.tenant_id, Membership.group_id)
    for one in session.execute(memberships.where(Membership.user_id.in_(people))):
        held.setdefault((one.user_id, one.tenant_id), set()).add(one.group_id)
    return Present(
        people,
        {place: frozenset(roles) for place, roles in held.items()},
        alike,
        set(session.scalars(select(Organisation.id))),
        set(session.scalars(select(Group.id).where(Group.id.not_in(WITHOUT_PEOPLE)))),
    )


_COLUMNS = (User.id, User.last_name, User.first_name, User.email, User.language)


def _write_people(session: Session, made: Plan) -> None:
    """Those who are new, without a password, and the others as they are now. Raises Conflict for who came meanwhile."""
    rows = [
        {"id": user_id, **{ATTRIBUTES[name]: values[name] or None for name in PROFILE}}
        for user_id, values in made.people.items()
    ]
    added = set(made.added)
    if new := [row | {"password_hash": ""} for row in rows if row["id"] in added]:
        names, given = rows_of(User, new)
        come = insert(User).from_select(names, given).on_conflict_do_nothing().returning(User.id)
        if len(session.scalars(come).all()) < len(new):
            raise refusals.of(Conflict, words.CHANGED)
    if old := [row for row in rows if row["id"] not in added]:
        now = as_table(User, list(old[0]), old)
        changes = {getattr(User, name): now.c[name] for name in ATTRIBUTES.values()}
        session.execute(
            update(User).where(User.id == now.c.id).values(changes).execution_options(synchronize_session=False)
        )


def _write_roles(session: Session, made: Plan) -> None:
    names = ("user_id", "tenant_id", "group_id")
    if made.taken:
        taken = as_table(Membership, names, [dict(zip(names, one, strict=True)) for one in made.taken])
        mine = tuple_(Membership.user_id, Membership.tenant_id, Membership.group_id)
        gone = delete(Membership).where(mine.in_(select(*(taken.c[name] for name in names))))
        session.execute(gone.execution_options(synchronize_session=False))
    if made.given:
        given = [dict(zip(names, one, strict=True)) for one in made.given]
        session.execute(insert(Membership).from_select(*rows_of(Membership, given)).on_conflict_do_nothing())


def _note(session: Session, actor: Actor, made: Plan, name: str) -> None:
    """A line of the log for each line that does something."""
    lines = [one for one in made.lines if one.outcome in (Outcome.CREATED, Outcome.CHANGED)]
    rows = [
        {
            "user_id": actor.user_id,
            "operation": (Operation.ADDED if one.outcome is Outcome.CREATED else Operation.PROFILE).value,
            "kind": Kind.PERSON.value,
            "subject": one.user_id,
            "reason": f"CSV: {name[:NAME_LIMIT]}, {one.number}",
            "data": {what: _logged(what, one.organisation, old, new) for what, old, new in one.changes} or None,
        }
        for one in lines
    ]
    session.execute(insert(Administration).from_select(*rows_of(Administration, rows)))


def _logged(what: str, organisation: str, old: str, new: str) -> list[Any]:
    if what != ROLES:
        return [old or None, new]
    return [[[organisation, role] for role in roles.split()] for roles in (old, new)]


def keep(session: Session, actor: Actor, name: str, content: bytes, at: datetime) -> PeopleImport:
    """Keep a file that can be read until it is applied; what has waited for too long goes. Raises Forbidden, Invalid."""
    require_administrator(actor)
    lines_of(content)
    over = PeopleImport.applied_at.is_(None), PeopleImport.created_at < at - KEPT
    session.execute(delete(PeopleImport).where(*over))
    made = PeopleImport(
        id=new_id(), created_at=at, user_id=actor.user_id, name=name[:NAME_LIMIT] or "CSV", content=content, added=[]
    )
    session.add(made)
    session.flush()
    return made


def kept(session: Session, actor: Actor, import_id: UUID) -> PeopleImport:
    """A file that was kept. Raises Forbidden, NotFound."""
    require_administrator(actor)
    found = session.get(PeopleImport, import_id)
    if found is None:
        raise refusals.of(NotFound, words.UNKNOWN)
    return found


def apply_kept(session: Session, actor: Actor, import_id: UUID, fingerprint: str, at: datetime) -> Applied:
    """As `apply`, once. Raises as that, and NotFound."""
    require_administrator(actor)
    found = session.scalar(select(PeopleImport).where(PeopleImport.id == import_id).with_for_update())
    if found is None:
        raise refusals.of(NotFound, words.UNKNOWN)
    if found.content is None:
        raise refusals.of(Conflict, words.APPLIED)
    applied = apply(session, actor, found.content, fingerprint, found.name)
    found.content, found.applied_at, found.added = None, at, list(applied.added)
    session.flush()
    return applied
