"""Messages, signals and conditions from outside, handed to what waits for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.models.editions import require_in_force
from app.actions.models.models import model_of
from app.actions.running import starting
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.domain.models import values
from app.domain.models.model import EventKind, Kind, node_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, Invalid
from app.store import queries
from app.store.tables import Definition, EventSubscription, Instance, StartEvent

LOOKED_INTO = 5_000
"""Places whose local variables one message may be compared with."""
NOBODY = "No process definition or execution matches the parameters"


@dataclass(frozen=True, slots=True)
class Correlation:
    """What a message is for. tenant, without_tenant: of which organisation, else of any; keys: variables that a process has
    to have, local_keys: those around the place that waits; instance_id: the only instance that is meant, which begins none.
    """

    name: str
    business_key: str | None = None
    instance_id: UUID | None = None
    tenant: str | None = None
    without_tenant: bool = False
    keys: Mapping[str, Variable] = field(default_factory=dict)
    local_keys: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """The variables that come with a message: for the process, for the place alone that receives it, and for what begins
    with it alone: an event subprocess, or the process."""

    variables: Mapping[str, Variable] = field(default_factory=dict)
    local: Mapping[str, Variable] = field(default_factory=dict)
    begun: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Who received a message: an instance, at one of its tokens; None: it has begun with it."""

    instance: Instance
    token: int | None


def correlate(session: Session, actor: Actor, sought: Correlation, brought: Brought, now: datetime) -> Delivered:
    """Deliver a message to the one place that waits for it, else begin the one process that begins with it.

    Raises Forbidden, Invalid when there is none or more than one, Conflict when it has stopped waiting meanwhile, StepFailed.
    """
    require_system(actor)
    found = _waiting(session, sought)
    if len(found) > 1:
        raise Invalid(f"Cannot correlate message '{sought.name}': 2 or more executions match the correlation keys")
    if found:
        delivered = _handed(session, actor, sought, found[0].instance_id, found[0].id, brought, now)
        if delivered is None:
            raise Conflict(f"the process instance no longer waits for message '{sought.name}'")
        return delivered
    known = _starts(session, sought)
    starts = starting.in_force(session, known, sought.tenant, now)
    if known and not starts:
        definition = session.get_one(Definition, known[0].definition_id)
        require_in_force(session, definition, definition.tenant_id or sought.tenant, now)
    if len(starts) != 1:
        why = "2 or more process definitions match" if starts else NOBODY
        raise Invalid(f"Cannot correlate message '{sought.name}': {why}")
    return _begun(session, actor, sought, starts[0], brought, now)


def correlate_all(
    session: Session, actor: Actor, sought: Correlation, brought: Brought, now: datetime
) -> list[Delivered]:
    """Deliver a message to every place that waits for it, and begin every process that begins with it; perhaps none."""
    require_system(actor)
    # their ids alone: rows that are kept are looked through again for each that goes
    places = [(wait.instance_id, wait.id) for wait in _waiting(session, sought, limit=None)]
    found = [_handed(session, actor, sought, *place, brought, now) for place in places]
    starts = starting.in_force(session, _starts(session, sought), sought.tenant, now)
    begun = [_begun(session, actor, sought, start, brought, now) for start in starts]
    return [*(one for one in found if one is not None), *begun]


def require_system(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator or a connected system sends messages")


def _waiting(session: Session, sought: Correlation, limit: int | None = 2) -> Sequence[EventSubscription]:
    """With local keys the places are looked at one by one. Raises Invalid where there are too many."""
    if not sought.local_keys:
        return session.scalars(_query(sought).limit(limit)).all()
    found = session.scalars(_query(sought).limit(LOOKED_INTO + 1)).all()
    if len(found) > LOOKED_INTO:
        raise Invalid(
            f"Cannot correlate message '{sought.name}': more than {LOOKED_INTO} executions wait for it; "
            "give its businessKey or correlationKeys beside the localCorrelationKeys"
        )
    instances = select(Instance).where(Instance.id.in_({wait.instance_id for wait in found}))
    by_id = {instance.id: instance for instance in session.scalars(instances)}
    return [wait for wait in found if _has_local(by_id[wait.instance_id], wait.token, sought.local_keys)]


def _query(sought: Correlation) -> Select[EventSubscription]:
    query = (
        select(EventSubscription)
        .join(Instance, Instance.id == EventSubscription.instance_id)
        .where(
            EventSubscription.name == sought.name,
            EventSubscription.kind == EventKind.MESSAGE,
            Instance.suspended.is_(False),
        )
        .order_by(EventSubscription.id)
    )
    if sought.business_key is not None:
        query = query.where(Instance.business_key == sought.business_key)
    if sought.instance_id is not None:
        query = query.where(Instance.id == sought.instance_id)
    if sought.tenant is not None:
        query = query.where(EventSubscription.tenant_id == sought.tenant)
    if sought.without_tenant:
        query = query.where(EventSubscription.tenant_id.is_(None))
    if sought.keys:
        query = query.where(Instance.variables.contains(kept(sought.keys)))
    return query


def _has_local(instance: Instance, token: int, keys: Mapping[str, Variable]) -> bool:
    """Whether the scopes around a token have these values; right in the process they are those of the process."""
    if instance.state is None:
        return False
    seen = engine.visible_variables(instance.state, token, {})
    if engine.stands_in_process(instance.state, token):
        seen = {**values.plain(instance.variables, instance.types), **seen}
    return all(name in seen and seen[name] == variable.value for name, variable in keys.items())


def _handed(
    session: Session,
    actor: Actor,
    sought: Correlation,
    instance_id: UUID,
    wait_id: UUID,
    brought: Brought,
    now: datetime,
) -> Delivered | None:
    """None where it is waited for no longer, or not for this."""
    instance = queries.locked_instance(session, instance_id)
    wait = session.scalar(_query(sought).where(EventSubscription.id == wait_id))
    if instance is None or wait is None:
        return None
    if sought.local_keys and not _has_local(instance, wait.token, sought.local_keys):
        return None
    token = wait.token
    hand_over(session, instance, wait, brought, Act(actor.user_id, now, "Correlate", element=node_of(wait.key)))
    return Delivered(instance, token)


def hand_over(session: Session, instance: Instance, wait: EventSubscription, brought: Brought, act: Act) -> None:
    """Let happen what a locked instance waits for. Raises Invalid for variables of what does not begin, Conflict, StepFailed."""
    if brought.begun:
        _require_beginning(session, instance, wait)
    variables = files.take(session, instance.id, brought.variables)
    local = files.take(session, instance.id, brought.local)
    begun = files.take(session, instance.id, brought.begun)
    command = engine.Deliver(wait.token, wait.key, plain(variables), plain(local), plain(begun))
    data = kept({**variables, **local, **begun})
    told = Act(act.user_id, act.at, act.operation, element=act.element, data=data)
    advance(session, Move(instance, command, told, typed=variables))


def _require_beginning(session: Session, instance: Instance, wait: EventSubscription) -> None:
    node = model_of(session, instance.definition_id).node(node_of(wait.key))
    if node.kind is not Kind.START_EVENT or node.all_of:
        raise Invalid(f"Cannot set processVariablesToTriggeredScope: no event subprocess begins at '{node.id}'")


def _starts(session: Session, sought: Correlation) -> Sequence[StartEvent]:
    if sought.instance_id is not None:
        return ()
    anywhere = sought.tenant is None and not sought.without_tenant
    return starting.message_starts(session, sought.name, sought.tenant, anywhere=anywhere)


def _begun(
    session: Session, actor: Actor, sought: Correlation, start: StartEvent, brought: Brought, now: datetime
) -> Delivered:
    variables = {**brought.variables, **brought.local, **brought.begun}
    key, tenant = sought.business_key, sought.tenant
    instance = starting.begin(session, start, variables, key, now, tenant=tenant, user_id=actor.user_id)
    return Delivered(instance, None)


def evaluate_conditions(
    session: Session,
    actor: Actor,
    sought: Correlation,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    definition_id: str | None = None,
) -> list[Instance]:
    """Begin every process whose condition these variables meet; one that cannot be computed of them is not met.

    sought: its business key and its organisation. Raises Forbidden, StepFailed.
    """
    require_system(actor)
    anywhere = sought.tenant is None and not sought.without_tenant
    begun = []
    for start in starting.starts(session, EventKind.CONDITIONAL, None, sought.tenant, now, anywhere=anywhere):
        if definition_id is not None and start.definition_id != definition_id:
            continue
        event = dict(model_of(session, start.definition_id).process.beginnings())[start.key]
        if starting.is_met(session, event, start.tenant_id or sought.tenant, plain(variables), now):
            begun.append(_begun(session, actor, sought, start, Brought(variables), now).instance)
    return begun
