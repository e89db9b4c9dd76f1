"""What is done to one instance, and what of it was different before and is after.

Every act takes a reason, keeps it in history with who did it, and gives its Change: {"before", "after"}, JSON-able facts,
among them "at" (the ids of the elements where tokens are) with the "definition" they are of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.running import instances, suspending
from app.domain.people.access import Actor

Change = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """Who mends, why and when (aware). reason: None where a program has given none."""

    session: Session
    actor: Actor
    reason: str | None
    now: datetime


def suspend(call: Call, instance_id: UUID, suspended: bool) -> Change:
    """Suspend an instance with its tasks and jobs, or activate it. Raises NotFound, Forbidden, Conflict."""
    before = _facts(call, instance_id, "suspended")
    suspending.suspend(call.session, call.actor, instance_id, suspended, call.now, annotation=call.reason)
    return {"before": before, "after": {"suspended": suspended}}


def _facts(call: Call, instance_id: UUID, *names: str) -> Mapping[str, Any]:
    """What an instance is, once it is locked. Raises as `instances.locked_for_mending`."""
    instance = instances.locked_for_mending(call.session, call.actor, instance_id)
    return {name: getattr(instance, name) for name in names}
