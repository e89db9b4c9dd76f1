"""What people do to the clock of a case: it is stopped and goes on, and its terms are extended, where the act allows it.

A case is a process with all that it has called: any of its instances names it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import models_of
from app.actions.running.instances import instance_for
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.actions.tasks.tasks import sees
from app.actions.terms import case_moves
from app.actions.terms.case_moves import RunningCase, require_reason, running_case
from app.actions.terms.case_terms import allowed, allowed_elsewhere, in_milliseconds, tasks_of
from app.domain import refusals
from app.domain.models import values
from app.domain.models.model import EventKind, node_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.refusals import case_refusals
from app.domain.terms.calendar import Text
from app.domain.terms.case_clock import Extension, Pause
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import UNITS
from app.domain.terms.term_properties import EXTEND, PAUSE
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import EventSubscription, Instance, Task
from app.store.trees import members

ROLES = frozenset({"head", "executor"})
"""Who may decide on the clock of a case if a step of it is theirs, beside administrators and the people of the step
that allows it."""
TERM_EXTENDED = "termExtended"
"""The message that a model waits for which has something to do once a term is extended, such as a notice. With it come
`extendedAt`, `extensionReason` and, of days, `extensionDays`."""
_OF_DAYS = (Rule.WORKING_DAYS, Rule.CALENDAR_DAYS)


def seen_case(session: Session, actor: Actor, case_id: UUID, *, lock: bool = False) -> tuple[Instance, list[Task]]:
    """The root of a case with all its tasks, for who may see it (`domain.case_access`). Raises NotFound."""
    root_id = instance_for(session, actor, case_id).root_id
    root = queries.locked_instance(session, root_id) if lock else session.get(Instance, root_id)
    if root is None:
        raise refusals.of(NotFound, case_refusals.CASE_UNKNOWN, case=case_id)
    if not may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ()):
        raise refusals.of(NotFound, case_refusals.CASE_UNKNOWN, case=case_id)
    return root, tasks_of(session, root_id)


def pause(session: Session, actor: Actor, case_id: UUID, reason: str, clause: str, now: datetime) -> Instance:
    """Let the clock of a case stand still, on the ground of a clause that its model names.

    Raises NotFound, Forbidden for who may not decide or where the act knows no pause, Invalid for reason or clause,
    Conflict if the case has ended, is suspended or is paused already.
    """
    case = _case(session, actor, case_id, PAUSE)
    require_reason(reason)
    clause, known = clause.strip(), allowed(session, case.root, case.tasks).pauses
    if not known:
        raise _not_now(session, case, PAUSE, case_refusals.NO_PAUSE, case_refusals.NO_PAUSE_NOW)
    _require(clause, known, case_refusals.PAUSE_CLAUSE)
    if (standing := case.clock.standing) is not None:
        since = {"since": values.jsonable(standing.start)}
        raise refusals.of(Conflict, case_refusals.STANDS_ALREADY, since, case=case_id)
    case_moves.pause(session, case, Pause(now, None, reason.strip(), clause, actor.user_id))
    return case.root


def resume(session: Session, actor: Actor, case_id: UUID, reason: str, now: datetime) -> Instance:
    """Let the clock go on: the terms that run are over later by what passed. Raises as `pause`."""
    case = _case(session, actor, case_id, PAUSE)
    require_reason(reason)
    if case.clock.standing is None:
        raise refusals.of(Conflict, case_refusals.RUNS, case=case_id)
    case_moves.resume(session, case, case.clock.standing, reason.strip(), actor.user_id, now)
    return case.root


def extend(
    session: Session, actor: Actor, case_id: UUID, amount: int, unit: str, reason: str, clause: str, now: datetime
) -> Instance:
    """Add a term to those that run, as much at most as the model allows under the clause. Raises as `pause`.

    unit: minutes, hours, workingDays or calendarDays, as the model has it. What was added before under the clause counts:
    Conflict beyond the limit, also if no term of the case runs any more. Where the case waits for TERM_EXTENDED, it goes
    on there.
    """
    case = _case(session, actor, case_id, EXTEND)
    clause, known = clause.strip(), allowed(session, case.root, case.tasks).extensions
    clauses = tuple(one.clause for one in known)
    if not known:
        raise _not_now(session, case, EXTEND, case_refusals.NO_EXTENSION, case_refusals.NO_EXTENSION_NOW)
    _require(clause, clauses, case_refusals.EXTENSION_CLAUSE)
    if unit not in UNITS:
        raise refusals.of(Invalid, case_refusals.UNIT_UNKNOWN, units=", ".join(sorted(UNITS)))
    made = Extension(in_milliseconds(now), Rule(unit), amount, reason.strip(), clause, actor.user_id)
    if not case_moves.extend(session, case, known, made):
        raise case_moves.nothing_runs(case_id)
    _tell(session, case.root, made, now)
    return case.root


def _tell(session: Session, root: Instance, made: Extension, now: datetime) -> None:
    """Deliver TERM_EXTENDED to each place of the case that waits for it."""
    tree = members([root.id])
    waiting = (
        select(EventSubscription)
        .join(tree, tree.c.id == EventSubscription.instance_id)
        .where(EventSubscription.name == TERM_EXTENDED, EventSubscription.kind == EventKind.MESSAGE)
    )
    given = {"extendedAt": made.at, "extensionReason": made.reason}
    if made.rule in _OF_DAYS:
        given["extensionDays"] = made.amount
    variables = {name: Variable(value, values.infer(value)) for name, value in given.items()}
    for wait in session.scalars(waiting.order_by(EventSubscription.instance_id, EventSubscription.token)).all():
        still = select(EventSubscription.name).where(EventSubscription.id == wait.id)
        instance = queries.locked_instance(session, wait.instance_id)
        if instance is None or session.scalar(still) is None:
            continue  # an earlier delivery has ended it
        act = Act(made.by, now, "Correlate", element=node_of(wait.key), data=kept(variables))
        advance(session, Move(instance, engine.Deliver(wait.token, wait.key, plain(variables)), act, typed=variables))


def _case(session: Session, actor: Actor, case_id: UUID, ground: str) -> RunningCase:
    """The case for who may decide. ground: the property of the step that lets its people do so too.

    Raises NotFound, Forbidden, Conflict.
    """
    root, tasks = seen_case(session, actor, case_id, lock=True)
    if not _may_decide(session, actor, root, [task for task in tasks if task.ended_at is None], ground):
        raise refusals.of(Forbidden, case_refusals.MAY_NOT_DECIDE)
    if root.ended_at is not None:
        raise refusals.of(Conflict, case_refusals.CASE_ENDED, case=case_id)
    if root.suspended:
        raise refusals.of(Conflict, case_refusals.CASE_SUSPENDED, {"state": "suspended"}, case=case_id)
    return running_case(session, root, tasks)


def _may_decide(session: Session, actor: Actor, root: Instance, tasks: Sequence[Task], ground: str) -> bool:
    if actor.administrator:
        return True
    theirs = [task for task in tasks if sees(actor, task)]
    roles = actor.groups if root.tenant_id is None else actor.groups_in(root.tenant_id)
    if theirs and not roles.isdisjoint(ROLES):
        return True
    models = models_of(session, {task.definition_id for task in theirs})
    return any(models[task.definition_id].node(task.element).properties.get(ground) for task in theirs)


def _not_now(session: Session, case: RunningCase, what: str, never: Text, elsewhere: Text) -> Forbidden:
    """That the act does not allow it, with the clauses that do at other steps."""
    places = allowed_elsewhere(session, case.root, case.tasks)[what]
    clauses = list(dict.fromkeys(clause for _, clause in places))
    if not clauses:
        return refusals.of(Forbidden, never)
    return refusals.of(Forbidden, elsewhere, {"clauses": clauses}, clauses="; ".join(clauses))


def _require(clause: str, known: Sequence[str], others: Text) -> None:
    if clause not in known:
        clauses = list(dict.fromkeys(known))
        raise refusals.of(Invalid, others, {"clauses": clauses}, clauses="; ".join(clauses))
