"""Who administers the service: sees every organisation, mends what is stuck, answers for it."""

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.team import led_by
from app.domain.terms.calendar import Text
from app.errors import Forbidden

NOT_AN_ADMINISTRATOR = Text(
    "Бұл бөлім әкімшіге арналған.",
    "Этот раздел для администратора.",
    "this is for an administrator",
)


def require_administrator(actor: Actor) -> None:
    """Raises Forbidden."""
    if not actor.administrator:
        raise refusals.of(Forbidden, NOT_AN_ADMINISTRATOR)


def answerable(actor: Actor) -> list[str] | None:
    """The organisations for whose figures a person answers: those that he leads; None: an administrator, for all.

    Raises Forbidden for whom there is none.
    """
    if actor.administrator:
        return None
    if not (led := led_by(actor)):
        raise refusals.of(Forbidden, NOT_AN_ADMINISTRATOR)
    return led
