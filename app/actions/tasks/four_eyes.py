"""Who may not work a step of a case: who did certain other steps (`domain.four_eyes`), or has a word in it already
(`domain.personal`)."""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, and_, or_, select
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.domain import refusals
from app.domain.people.four_eyes import incompatible_steps
from app.domain.people.personal import ONE_VOICE, personal_loop
from app.domain.refusals import absence_refusals
from app.domain.terms.calendar import Text
from app.errors import Forbidden
from app.store.former_names import names_of
from app.store.tables import Instance, Task, User
from app.store.trees import members


def barred(session: Session, task: Task, instance: Instance) -> frozenset[str]:
    """Who may not work a task: who completed one of those steps anywhere in the case, and for whom a deputy did; also under
    the name that the step had in a version which the case has left.

    No statement for a step that the model keeps from nobody.
    """
    steps = incompatible_steps(model_of(session, task.definition_id).node(task.element).properties)
    if not steps:
        return frozenset()
    tree = members([instance.root_id])
    done = (
        select(Task.assignee, Task.completed_by)
        .join(tree, tree.c.id == Task.instance_id)
        .where(Task.element.in_(names_of(steps, tree)), Task.end_reason == "completed")
    )
    return frozenset(person for row in session.execute(done) for person in row if person is not None)


def is_personal(session: Session, task: Task) -> bool:
    """Whether a task is of one person alone, who does not hand it on."""
    return personal_loop(model_of(session, task.definition_id).process.nodes, task.element) is not None


def heard(session: Session, task: Task) -> frozenset[str]:
    """Who has, or has had, another instance of a personal step in the same round; no statement for any other step."""
    asked = heard_in(session, task)
    return frozenset() if asked is None else frozenset(session.scalars(asked))


def heard_in(session: Session, task: Task) -> CompoundSelect[str | None] | None:
    """The question that gives them; None: the step is not personal.

    The instances of a parallel round begin together, so that what ended before is of an earlier one.
    """
    loop = personal_loop(model_of(session, task.definition_id).process.nodes, task.element)
    if loop is None:
        return None
    completed = Task.end_reason == "completed"
    if not loop.sequential:
        completed = and_(completed, Task.ended_at >= task.created_at)
    others = and_(
        Task.instance_id == task.instance_id,
        Task.element.in_(names_of([task.element], members([task.instance_id]))),
        Task.id != task.id,
        or_(Task.ended_at.is_(None), completed),
    )
    had, done = (select(who).where(others, who.is_not(None)) for who in (Task.assignee, Task.completed_by))
    return had.union(done)


def kept_out(session: Session, task: Task, instance: Instance) -> frozenset[str]:
    """To whom a task is not given, whatever role he has."""
    return barred(session, task, instance) | heard(session, task)


def require_other_hands(session: Session, task: Task, instance: Instance, people: Collection[str | None]) -> None:
    """Raises Forbidden when one of these people may not work the task; administrators are no exception."""
    if found := sorted(barred(session, task, instance).intersection(filter(None, people))):
        raise _refused(session, absence_refusals.FOUR_EYES, found[0])


def require_one_voice(session: Session, task: Task, person: str) -> None:
    """Raises Forbidden when a person has a word in the step already, by another instance of it."""
    if person in heard(session, task):
        raise _refused(session, ONE_VOICE, person)


def _refused(session: Session, why: Text, user_id: str) -> Forbidden:
    user = session.get(User, user_id)
    return refusals.of(Forbidden, why, {"barred": user_id}, person=user_id if user is None else user.full_name)
