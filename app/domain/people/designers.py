"""Who designs the models of an organisation: deploys, edits and tries them."""

from app.domain.people.access import Actor
from app.domain.terms.calendar import Text

DESIGNER = "designer"
"""The role. It opens no case: who holds no other is told of none."""

NOT_A_DESIGNER = Text(
    "Модельдерді ұйымның модельдеушісі (designer рөлі) не әкімші орналастырады және көреді.",
    "Модели размещает и видит проектировщик организации (роль designer) или администратор.",
    "only a designer of the organisation, or an administrator, deploys and sees its models",
)


def designs(actor: Actor, tenant: str | None) -> bool:
    """An administrator everywhere, also what is common to all; a designer in his organisation, and no deputy of his."""
    return actor.administrator or (tenant is not None and DESIGNER in actor.groups_in(tenant))


def designed_by(actor: Actor) -> list[str]:
    """The organisations whose models a person designs by a role of his own, sorted."""
    return sorted(tenant for tenant in actor.tenants if designs(actor, tenant))
