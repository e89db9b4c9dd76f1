"""Who leads the work of an organisation: sees all its tasks, and gives them to those who may work them."""

from app.domain.people.access import Actor

LEADERS = frozenset({"head", "unit_head"})


def leads_work(actor: Actor, tenant: str | None) -> bool:
    """An administrator everywhere, a leader in his organisation; not who is only a deputy of a leader."""
    return actor.administrator or (tenant is not None and not LEADERS.isdisjoint(actor.groups_in(tenant)))


def led_by(actor: Actor) -> list[str]:
    """The organisations whose work a person leads by a role of his own, sorted."""
    return sorted(tenant for tenant in actor.tenants if not LEADERS.isdisjoint(actor.groups_in(tenant)))
