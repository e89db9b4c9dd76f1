"""Tells whoever listens to the database whose rights a transaction has changed, when it is committed.

What still goes by the old ones, such as a connection that was opened with them, is to end. The day of an organisation
changes the rights of deputies as well: nobody writes anything then, so nobody is told (see `actions.people.rights_last`).
"""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy.orm import Session, UOWTransaction

from app.store.changes import LONGEST, TELL
from app.store.tables import Absence, AccessToken, Membership, User

_KEY = "people of other rights"


def note_rights(session: Session, _flush: UOWTransaction, _instances: Any = None) -> None:
    """Remember whose memberships, account, deputies or sessions are written now."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Absence):
            note_people(session, [row.deputy_id])
        elif isinstance(row, User):
            note_people(session, [row.id])
        elif isinstance(row, Membership) or (isinstance(row, AccessToken) and row in session.deleted):
            note_people(session, [row.user_id])


def note_people(session: Session, people: Iterable[str]) -> None:
    """Remember people whose rights a statement changes without loading them."""
    session.info.setdefault(_KEY, set()).update(people)


def tell(session: Session) -> None:
    """Tell all of it, as part of the transaction; of too many to name, that it may be anybody."""
    if people := session.info.pop(_KEY, None):
        payload = orjson.dumps({"rights": sorted(people)})
        payload = payload if len(payload) < LONGEST else orjson.dumps({"rights": None})
        session.execute(TELL, {"payload": payload.decode()})


def forget(session: Session) -> None:
    """What is rolled back is not told."""
    if not session.in_nested_transaction():
        session.info.pop(_KEY, None)
