"""Who tries models out."""

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.designers import NOT_A_DESIGNER, designed_by, designs
from app.errors import Forbidden


def require_designer(actor: Actor, tenant: str | None) -> None:
    """Whoever may deploy for the organisation or, where none is named, for any: nothing is written. Raises Forbidden.

    A connected system works in the name of an administrator.
    """
    if not (designs(actor, tenant) or (tenant is None and designed_by(actor))):
        raise refusals.of(Forbidden, NOT_A_DESIGNER)
