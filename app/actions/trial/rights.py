"""Who tries models out."""

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.errors import Forbidden

DESIGNER = "designer"
"""The role of those who draw models."""
NOT_A_DESIGNER = Text(
    "Модельдерді әкімші немесе процесс жобалаушысы ғана сынайды.",
    "Модели проверяют только администратор и проектировщик процессов.",
    "only an administrator or a designer tries models out",
)


def may_design(actor: Actor) -> bool:
    return actor.administrator or DESIGNER in actor.groups


def require_designer(actor: Actor) -> None:
    """Raises Forbidden. A connected system works in the name of an administrator."""
    if not may_design(actor):
        raise refusals.of(Forbidden, NOT_A_DESIGNER)
