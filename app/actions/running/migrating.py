"""Instances taken to another version of their process."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.running import incidents
from app.actions.running.host import CaseHost
from app.actions.running.instances import for_mending, locked_for_mending
from app.actions.running.migration_plans import Plan, Sides, faults, sides
from app.actions.running.moves import Act, Move, record, stands, trace
from app.actions.running.progress import advance
from app.actions.running.variables import plain, refresh_searchable, write_changed, write_variables
from app.actions.running.waits import await_events, withdraw
from app.domain import refusals
from app.domain.models import values
from app.domain.people.access import Actor
from app.domain.refusals import mending_refusals
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
    be waited for no longer, armed: of those that would be waited for anew; ended: whether it would be over at once."""

    before: Sequence[engine.Token]
    after: Sequence[engine.Token]
    disarmed: Sequence[str]
    armed: Sequence[str]
    ended: bool


def require_sound(session: Session, actor: Actor, plan: Plan) -> Sides:
    """Raises Invalid with everything that is wrong with a plan, Forbidden, NotFound."""
    if not actor.administrator:
        raise refusals.of(Forbidden, mending_refusals.ONLY_ADMINISTRATORS)
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
        words = {lang: mending_refusals.PLAN_NOT_SOUND.get(lang).format(why=said) for lang, said in words.items()}
        raise Invalid(words["en"], details=details, words=words)
    return sides(session, actor, plan)


def migrate(
    session: Session,
    actor: Actor,
    plan: Plan,
    instance_ids: Sequence[UUID],
    now: datetime,
    *,
    annotation: str | None = None,
) -> list[Result]:
    """Take instances to the other version, each by itself: what cannot be done to one leaves nothing behind and takes nothing
    else with it. Raises Invalid for a plan that is not sound, for no instances and for too many; Forbidden, NotFound.

    annotation: why it is done, for history.
    """
    if not 0 < len(instance_ids) <= MOST:
        raise refusals.of(Invalid, mending_refusals.TOO_MANY, None, limit=MOST, given=len(instance_ids))
    found = require_sound(session, actor, plan)
    held = queries.held_definition(session, plan.target_id)
    if held is None:
        raise NotFound(f"No matching definition with id {plan.target_id}")
    act = Act(actor.user_id, now, OPERATION, data=_data(plan, found), annotation=annotation)
    done = {one: _tried(session, actor, plan, found, one, act) for one in _in_order(session, instance_ids)}
    return [done[one] for one in dict.fromkeys(instance_ids)]


def _in_order(session: Session, instance_ids: Sequence[UUID]) -> list[UUID]:
    """In the order in which all lock cases; what is not there comes last."""
    known = select(Instance.id).where(Instance.id.in_(instance_ids)).order_by(Instance.root_id, Instance.id)
    return list(dict.fromkeys((*session.scalars(known), *instance_ids)))


def _tried(session: Session, actor: Actor, plan: Plan, found: Sides, instance_id: UUID, act: Act) -> Result:
    try:
        with session.begin_nested():
            _migrate(session, actor, plan, found, instance_id, act)
    except AppError as error:
        return Result(instance_id, error)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("process instance %s", instance_id)
        return Result(instance_id, unforeseen=True)
    return Result(instance_id)


def preview(session: Session, actor: Actor, plan: Plan, instance_id: UUID, now: datetime) -> Preview:
    """What `migrate` would make of an instance; nothing stays of it. Raises what it would give as its error."""
    found = require_sound(session, actor, plan)
    instance = for_mending(session, actor, instance_id)
    with session.begin_nested() as attempt:
        given = plain(files.set_apart(plan.variables)[0])
        known = {**values.plain(instance.variables, instance.types), **given}
        migrated = _migrated(session, actor, plan, found, instance, known, now)
        outcome, command = migrated.outcome, _command(plan, found, migrated)
        if command is not None:
            host = CaseHost(session, instance, now, actor.user_id)
            outcome = engine.step(found.new.spec, outcome.state, outcome.variables, command, host)
        attempt.rollback()
    armed = [one.key for one in migrated.outcome.timers] + [one.key for one in migrated.outcome.subscriptions]
    return Preview(
        before=engine.tokens(found.old.spec, instance.state or b""),
        after=[] if outcome.ended else engine.tokens(found.new.spec, outcome.state),
        disarmed=sorted(key for _, key in migrated.outcome.disarmed),
        armed=sorted(armed),
        ended=outcome.ended,
    )


def _migrated(
    session: Session,
    actor: Actor,
    plan: Plan,
    found: Sides,
    instance: Instance,
    known: Mapping[str, Any],
    now: datetime,
) -> engine.Migrated:
    """known: the variables of the process."""
    if instance.definition_id != plan.source_id:
        ids = {"id": instance.id, "definition": plan.source_id, "other": instance.definition_id}
        raise refusals.of(Conflict, mending_refusals.OTHER_VERSION, None, **ids)
    if instance.state is None:
        raise refusals.of(Conflict, mending_refusals.NOT_BEGUN, None, id=instance.id)
    host = CaseHost(session, instance, now, actor.user_id)
    return engine.migrate(found.old.spec, found.new.spec, instance.state, known, plan.nodes(), plan.updated(), host)


def _migrate(session: Session, actor: Actor, plan: Plan, found: Sides, instance_id: UUID, act: Act) -> None:
    instance, now = locked_for_mending(session, actor, instance_id), act.at
    written = write_variables(instance, files.take(session, instance_id, plan.variables)) if plan.variables else {}
    migrated = _migrated(session, actor, plan, found, instance, values.plain(instance.variables, instance.types), now)
    outcome = migrated.outcome
    at = [stands(found.old.spec, instance.state), stands(found.new.spec, outcome.state)]
    withdraw(session, instance, found.old, outcome, now)
    _carry_over(session, instance, plan, migrated)
    write_changed(instance, outcome.variables, outcome.changed, {})
    instance.state, instance.definition_id = outcome.state, plan.target_id
    session.flush()
    await_events(session, instance, outcome, now, chain=1)
    if plan.variables or outcome.changed:
        refresh_searchable(session, instance)
    if instance.troubled:
        incidents.settle(session, instance, [token for token, _ in outcome.closed], now)
    activities = [trace(activity) for activity in outcome.activities] or None
    session.add(record(instance.id, replace(act, data={**(act.data or {}), "activities": at}), activities))
    _go_on(session, instance, _command(plan, found, migrated), replace(act, operation="ModifyVariable", data=written))


def _command(plan: Plan, found: Sides, migrated: engine.Migrated) -> engine.Command | None:
    """How the new version is to look at what came with the plan, or at what may happen in it at once."""
    if plan.variables and found.new.reacts:
        return engine.LookAgain()
    return engine.Modify(()) if migrated.restless else None


def _go_on(session: Session, instance: Instance, command: engine.Command | None, written: Act) -> None:
    """written: the variables that came with the plan."""
    act = written if isinstance(command, engine.LookAgain) else Act(None, written.at, "JobRun")
    if written.data and act is not written:
        session.add(record(instance.id, written))
    if command is not None:
        advance(session, Move(instance, command, act))


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
