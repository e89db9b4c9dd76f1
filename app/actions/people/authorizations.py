"""What people may do, told in the words of the REST dialect."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.people.people import actor_of
from app.actions.tasks.tasks import task_for
from app.domain.people.access import Actor
from app.domain.people.authorizations import OWN_TASK, Authorization, Resource, allows, authorizations
from app.errors import Forbidden, NotFound
from app.store.listing import uuid_of
from app.store.tables import User


def seen_by(session: Session, actor: Actor) -> list[Authorization]:
    """What everybody may do, and designers; an administrator is told what administrators may as well."""
    if not actor.administrator:
        return authorizations([])
    return authorizations(session.scalars(select(User.id).where(User.administrator).order_by(User.id)))


def is_allowed(
    session: Session, actor: Actor, user_id: str | None, permission: str, resource: Resource, resource_id: str | None
) -> bool:
    """Whether the actor, or another about whom an administrator asks, has a permission: for all of a resource, or for one
    task, organisation or person. Raises Forbidden, NotFound for somebody unknown.
    """
    if user_id not in (None, actor.user_id):
        if not actor.administrator:
            raise Forbidden("only an administrator asks what others may do")
        actor = actor_of(session, user_id or "")
    if allows(actor, permission, resource):
        return resource is not Resource.TENANT or resource_id in (None, "*") or actor.belongs_to(resource_id)
    if resource is Resource.USER:
        return resource_id == actor.user_id and permission == "UPDATE"
    return resource is Resource.TASK and permission in OWN_TASK and _sees_task(session, actor, resource_id)


def _sees_task(session: Session, actor: Actor, task_id: str | None) -> bool:
    known = uuid_of(task_id or "")
    if known is None:
        return False
    try:
        task_for(session, actor, known)
    except NotFound:
        return False
    return True
