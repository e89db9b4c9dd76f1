"""What of an act on many can be known to be impossible before it is begun."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.actions.mending.acts import Call
from app.actions.mending.kept_instructions import instructions_in, places_in, plan_in
from app.actions.mending.kinds import JOB_RETRIES, MESSAGE, MIGRATION, MODIFICATION, RESTART, RETRY, VARIABLES, Asked
from app.actions.models.models import Model
from app.actions.models.naming import step_name
from app.actions.running import migrating, modifying
from app.actions.running.instances import definition_for
from app.actions.running.job_acts import MOST_RETRIES
from app.actions.running.modifying import require_some
from app.actions.running.variables import unpacked
from app.domain import refusals
from app.domain.models.values import Variable
from app.domain.refusals import batch_refusals as why
from app.domain.refusals import mending_refusals
from app.domain.terms.calendar import LANGUAGES
from app.errors import AppError, Conflict, Invalid
from app.store.batch_lists import places_of
from app.store.tables import Instance

Chosen = Select[Any, Any]
TRIED = 5
"""Instances at which a move is tried: what the model forbids is forbidden in each."""


def require_possible(call: Call, kind: str, asked: Asked, chosen: Chosen) -> None:
    """Raises Invalid for what can be done to none of these, NotFound for what is not there, Conflict, Forbidden."""
    check = _CHECKS.get(kind)
    if check is not None:
        check(call, asked, chosen)


def _modification(call: Call, asked: Asked, chosen: Chosen) -> None:
    """What a model does not allow is Invalid in each instance; what an instance does not at the moment is its own matter."""
    instructions = require_some(instructions_in(asked["instructions"]))
    _no_files(*(one.variables for one in places_in(_placed(asked))))
    if asked["definition"] is not None:
        definition_for(call.session, call.actor, asked["definition"])
    few = chosen.limit(TRIED).subquery()
    for instance_id in call.session.scalars(_running(few, asked["definition"])).all():
        try:
            modifying.preview(call.session, call.actor, instance_id, instructions, call.now)
        except Invalid:
            raise
        except AppError:
            continue
        return


def _running(few: Any, definition_id: str | None) -> Select[Any]:
    query = Instance.__table__.select().with_only_columns(Instance.id).join(few, few.c.subject == Instance.id)
    query = query.where(Instance.ended_at.is_(None), Instance.state.is_not(None))
    return query if definition_id is None else query.where(Instance.definition_id == definition_id)


def _placed(asked: Asked) -> list[Mapping[str, Any]]:
    return [one for one in asked["instructions"] if "variables" in one]


def _migration(call: Call, asked: Asked, chosen: Chosen) -> None:
    plan = plan_in(asked)
    _no_files(plan.variables)
    found = migrating.require_sound(call.session, call.actor, plan)
    if lost := lost_places(call.session, found.old, set(plan.nodes()), chosen, plan.source_id):
        nodes = found.old.process.nodes
        where = {
            lang: ", ".join(f"{step_name(nodes[one]).get(lang)} ({n})" for one, n in lost.items()) for lang in LANGUAGES
        }
        words = {lang: why.TOKENS_LOST.get(lang).format(where=where[lang]) for lang in LANGUAGES}
        raise Invalid(words["en"], details={"lost": lost}, words=words)


def lost_places(
    session: Session, old: Model, mapped: Collection[str], chosen: Chosen, definition_id: str
) -> dict[str, int]:
    """Where instances among these wait, with how many do, of what is mapped to nothing. What waits beside an activity goes
    with that."""
    found = session.execute(places_of(chosen, definition_id)).all()
    nodes = old.process.nodes
    return {
        node: number
        for node, number in found
        if node in nodes and node not in mapped and nodes[node].attached_to is None and not _of_handler(old, node)
    }


def _of_handler(old: Model, node: str) -> bool:
    """Whether it is the start event of an event subprocess, which waits without a token."""
    around = old.process.nodes.get(old.process.nodes[node].parent or "")
    return around is not None and around.event_triggered and not old.process.nodes[node].incoming


def _restart(call: Call, asked: Asked, _: Chosen) -> None:
    places = places_in(asked["instructions"])
    require_some(places)
    _no_files(*(one.variables for one in places))
    definition = definition_for(call.session, call.actor, asked["definition"])
    if definition.suspended:
        raise refusals.of(Conflict, mending_refusals.VERSION_SUSPENDED, None, definition=definition.id)


def _variables(_: Call, asked: Asked, __: Chosen) -> None:
    _no_files(unpacked(asked["variables"]))


def _retries(_: Call, asked: Asked, __: Chosen) -> None:
    if not 0 <= asked["retries"] <= MOST_RETRIES:
        raise refusals.of(Invalid, why.RETRIES, limit=MOST_RETRIES, given=asked["retries"])


def _message(_: Call, asked: Asked, __: Chosen) -> None:
    if not asked["message"]:
        raise refusals.of(Invalid, why.NO_MESSAGE)
    _no_files(unpacked(asked["variables"]))


def _no_files(*given: Mapping[str, Variable]) -> None:
    for variables in given:
        for name, variable in variables.items():
            if variable.type == "File":
                raise refusals.of(Invalid, why.NO_FILES, name=name)


_CHECKS: Mapping[str, Callable[[Call, Asked, Chosen], None]] = {
    MODIFICATION: _modification,
    MIGRATION: _migration,
    RESTART: _restart,
    VARIABLES: _variables,
    MESSAGE: _message,
    JOB_RETRIES: _retries,
    RETRY: _retries,
}
