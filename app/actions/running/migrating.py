"""Instances taken to another version of their process."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.figures import keeping
from app.actions.running import incidents
from app.actions.running.host import CaseHost
from app.actions.running.instances import for_mending, locked_for_mending
from app.actions.running.migration_plans import Plan, Sides, faults, sides
from app.actions.running.moves import Act, record, trace
from app.actions.running.variables import refresh_searchable, write_changed, write_variables
from app.actions.running.waits import await_events, withdraw
from app.domain.models import values
from app.domain.people.access import Actor
from app.domain.terms.calendar import LANGUAGES
from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.migrated_rows import carry_over
from app.store.tables import Instance

log = logging.getLogger(__name__)
OPERATION = "Migrate"
MOST = 500
"""Instances at once."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an instance. error: why nothing was done; unforeseen: nobody knows why, it is in the log."""

    instance_id: UUID
    error: AppError | None = None
    unforeseen: bool = False

    @property
    def done(self) -> bool:
        return self.error is None and not self.unforeseen


@dataclass(frozen=True, slots=True)
class Preview:
    """Where an instance stands, and where it would: those with the same id are the same; disarmed: keys of events that would
    be waited for no longer, armed: of those that would be waited for anew."""

    before: Sequence[engine.Token]
    after: Sequence[engine.Token]
    disarmed: Sequence[str]
    armed: Sequence[str]


def require_sound(session: Session, actor: Actor, plan: Plan) -> Sides:
    """Raises Invalid with everything that is wrong with a plan, Forbidden, NotFound."""
    if not actor.administrator:
        raise Forbidden("only an administrator takes process instances to another version")
    if wrong := faults(session, actor, plan):
        words = {
            lang: "; ".join(
                f"{one.source} → {one.target}: {', '.join(text.get(lang) for text in texts)}" for one, texts in wrong
            )
            for lang in LANGUAGES
        }
        details = [
            {"source": one.source, "target": one.target, "failures": [t.en for t in texts]} for one, texts in wrong
        ]
        raise Invalid(f"the migration plan is not valid: {words['en']}", details=details, words=words)
    return sides(session, actor, plan)


def migrate(session: Session, actor: Actor, plan: Plan, instance_ids: Sequence[UUID], now: datetime) -> list[Result]:
    """Take instances to the other version, each by itself: what cannot be done to one leaves nothing behind and takes nothing
    else with it. Raises Invalid for a plan that is not sound, for no instances and for too many; Forbidden, NotFound.
    """
    if not 0 < len(instance_ids) <= MOST:
        raise Invalid(f"there must be from 1 to {MOST} process instances, not {len(instance_ids)}")
    found = require_sound(session, actor, plan)
    held = queries.held_definition(session, plan.target_id)
    if held is None:
        raise NotFound(f"No matching definition with id {plan.target_id}")
    done = {one: _tried(session, actor, plan, found, one, now) for one in _in_order(session, instance_ids)}
    return [done[one] for one in dict.fromkeys(instance_ids)]


def _in_order(session: Session, instance_ids: Sequence[UUID]) -> list[UUID]:
    """In the order in which all lock cases; what is not there comes last."""
    known = select(Instance.id).where(Instance.id.in_(instance_ids)).order_by(Instance.root_id, Instance.id)
    return list(dict.fromkeys((*session.scalars(known), *instance_ids)))


def _tried(session: Session, actor: Actor, plan: Plan, found: Sides, instance_id: UUID, now: datetime) -> Result:
    try:
        with session.begin_nested():
            _migrate(session, actor, plan, found, instance_id, now)
    except AppError as error:
        return Result(instance_id, error)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("process instance %s", instance_id)
        return Result(instance_id, unforeseen=True)
    return Result(instance_id)


def preview(session: Session, actor: Actor, plan: Plan, instance_id: UUID, now: datetime) -> Preview:
    """What `migrate` would make of an instance. Raises what it would give as its error."""
    found = require_sound(session, actor, plan)
    instance = for_mending(session, actor, instance_id)
    migrated = _migrated(session, actor, plan, found, instance, now)
    armed = [one.key for one in migrated.outcome.timers] + [one.key for one in migrated.outcome.subscriptions]
    return Preview(
        before=engine.tokens(found.old.spec, instance.state or b""),
        after=engine.tokens(found.new.spec, migrated.outcome.state),
        disarmed=sorted(key for _, key in migrated.outcome.disarmed),
        armed=sorted(armed),
    )


def _migrated(
    session: Session, actor: Actor, plan: Plan, found: Sides, instance: Instance, now: datetime
) -> engine.Migrated:
    if instance.definition_id != plan.source_id:
        raise Conflict(
            f"process instance '{instance.id}' is not of '{plan.source_id}', but of '{instance.definition_id}'"
        )
    if instance.state is None:
        raise Conflict(f"process instance '{instance.id}' has not begun yet")
    host = CaseHost(session, instance, now, actor.user_id)
    known = values.plain(instance.variables, instance.types)
    return engine.migrate(found.old.spec, found.new.spec, instance.state, known, plan.nodes(), plan.updated(), host)


def _migrate(session: Session, actor: Actor, plan: Plan, found: Sides, instance_id: UUID, now: datetime) -> None:
    instance = locked_for_mending(session, actor, instance_id)
    if plan.variables:
        write_variables(instance, files.take(session, instance_id, plan.variables))
    migrated = _migrated(session, actor, plan, found, instance, now)
    outcome = migrated.outcome
    withdraw(session, instance, found.old, outcome, now)
    _carry_over(session, instance, plan, migrated)
    write_changed(instance, outcome.variables, outcome.changed, {})
    instance.state, instance.definition_id = outcome.state, plan.target_id
    session.flush()
    keeping.follow(session, instance)
    await_events(session, instance, outcome, now, chain=1)
    if plan.variables or outcome.changed:
        refresh_searchable(session, instance)
    if instance.troubled:
        incidents.settle(session, instance, [token for token, _ in outcome.closed], now)
    activities = [trace(activity) for activity in outcome.activities] or None
    session.add(record(instance.id, Act(actor.user_id, now, OPERATION, data=_data(plan, found)), activities))


def _carry_over(session: Session, instance: Instance, plan: Plan, migrated: engine.Migrated) -> None:
    places = [(one.token, one.node, one.parent) for one in migrated.moved]
    jobs = [(one.token, one.old_name, one.name) for one in migrated.moved if one.old_name != one.name]
    keys = dict.fromkeys((*jobs, *migrated.renamed))  # of an event of its own a token is named like the event
    elements = [(source, target) for source, target in plan.nodes().items() if source != target]
    carry_over(session, instance.id, plan.target_id, places, list(keys), elements)


def _data(plan: Plan, found: Sides) -> Mapping[str, Any]:
    """For history: from which version to which, what stands at another id there, and the names of variables written."""
    facts = {
        "processDefinitionId": [plan.source_id, plan.target_id],
        "version": [found.source.version, found.target.version],
        "mapped": {one.source: one.target for one in plan.mapped if one.source != one.target},
        "variables": sorted(plan.variables),
    }
    return {name: value for name, value in facts.items() if value}
