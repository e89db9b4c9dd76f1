"""Nobody works a step of a case that the model keeps from those who did certain other steps (`domain.four_eyes`)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import model_of
from app.domain import absence_refusals, refusals
from app.domain.four_eyes import incompatible_steps
from app.errors import Forbidden
from app.store.tables import Instance, Task, User
from app.store.trees import members


def barred(session: Session, task: Task, instance: Instance) -> frozenset[str]:
    """Who may not work a task: who completed one of those steps anywhere in the case, and for whom a deputy did.

    No statement for a step that the model keeps from nobody.
    """
    steps = incompatible_steps(model_of(session, task.definition_id).node(task.element).properties)
    if not steps:
        return frozenset()
    tree = members([instance.root_id])
    done = (
        select(Task.assignee, Task.completed_by)
        .join(tree, tree.c.id == Task.instance_id)
        .where(Task.element.in_(steps), Task.end_reason == "completed")
    )
    return frozenset(person for row in session.execute(done) for person in row if person is not None)


def require_other_hands(session: Session, task: Task, instance: Instance, people: Collection[str | None]) -> None:
    """Raises Forbidden when one of these people may not work the task; administrators are no exception."""
    if found := sorted(barred(session, task, instance).intersection(filter(None, people))):
        raise refused(session, found[0])


def refused(session: Session, user_id: str) -> Forbidden:
    """The refusal of a person who is barred."""
    user = session.get(User, user_id)
    names = () if user is None else filter(None, (user.first_name, user.last_name))
    person = " ".join(names) or user_id
    return refusals.of(Forbidden, absence_refusals.FOUR_EYES, {"barred": user_id}, person=person)
