"""What an administrator begins with: every organisation, and how much it has to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.errors import Forbidden
from app.store.overview import COUNTED, overview

NOT_AN_ADMINISTRATOR = Text(
    "Бұл бетті әкімші ғана көреді.",
    "Эту страницу видит только администратор.",
    "This page is for an administrator.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation: its people, its services, its open tasks, those overdue and those that nobody has.

    Of tasks no more than COUNTED are counted, and one more where there are more.
    """

    id: str
    names: Text
    people: int
    services: int
    open: int
    late: int
    unassigned: int


def places(session: Session, actor: Actor, now: datetime) -> list[Place]:
    """All organisations by id, in one statement. Raises Forbidden for who is no administrator."""
    if not actor.administrator:
        raise refusals.of(Forbidden, NOT_AN_ADMINISTRATOR)
    rows: list[Row[Any]] = list(session.execute(overview(), {"now": now, "most": COUNTED + 1}))
    return [
        Place(row.id, Text(**row.names), row.people, row.services, row.open, row.late, row.unassigned) for row in rows
    ]
