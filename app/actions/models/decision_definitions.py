"""Deployed decisions by themselves: found by id or key, and made without a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import decisions
from app.actions.terms.calendars import calendar_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Conflict, Invalid, NotFound
from app.store.decision_lists import newest
from app.store.tables import DecisionDefinition, Resource


def decision_for(session: Session, actor: Actor, decision_id: UUID) -> DecisionDefinition:
    """A decision that the actor may see. Raises NotFound."""
    found = session.get(DecisionDefinition, decision_id)
    if found is None or not actor.belongs_to(found.tenant_id):
        raise NotFound(f"No matching decision definition with id {decision_id}")
    return found


def decision_by_key(session: Session, actor: Actor, key: str, tenant: str | None) -> DecisionDefinition:
    """The newest version of a decision; without `tenant` the common one, else that of the only organisation with it.

    Raises NotFound, Conflict where several organisations have it.
    """
    of_tenant = "" if tenant is None else f" and tenant-id {tenant}"
    seen = session.scalars(newest(key, None if actor.administrator else sorted(actor.tenants))).all()
    by_tenant = {row.tenant_id: row for row in seen}
    found = by_tenant.get(tenant) or by_tenant.get(None)
    if found is None and tenant is None and by_tenant:
        if len(by_tenant) > 1:
            raise Conflict(f"decision '{key}' exists in several organisations: name one with /tenant-id/")
        [found] = seen
    if found is None:
        raise NotFound(f"No matching decision definition with key: {key}{of_tenant}")
    return found


def source_of(session: Session, decision: DecisionDefinition) -> bytes:
    """The file that a decision was deployed in."""
    return session.scalars(select(Resource.content).where(Resource.id == decision.resource_id)).one()


def evaluate(
    session: Session, decision: DecisionDefinition, variables: Mapping[str, Variable], now: datetime
) -> list[dict[str, Any]]:
    """The results for these variables, each by the names of its outputs. Leaves nothing behind. Raises Invalid.

    Days are those of the organisation whose decision it is.
    """
    zone = calendar_of(session, decision.tenant_id).tz
    given = {name: variable.value for name, variable in variables.items()}
    try:
        return decisions.results(
            decisions.deployed(session, decision.resource_id), decision.key, given, now.astimezone(zone)
        )
    except ValueError as error:
        raise Invalid(f"Cannot evaluate decision '{decision.key}': {error}") from error
