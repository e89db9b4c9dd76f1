"""People, roles and organisations as lists."""

from collections.abc import Sequence

from sqlalchemy import exists, false, or_, select, true
from sqlalchemy.orm import aliased

from app.store import listing as by
from app.store.listing import Filter, Kind, Listing, Query
from app.store.tables import Group, Membership, Organisation, User

ROLE = "ROLE"
"""The dialect's type of every group of ours."""
_Colleague = aliased(Membership)


_held = exists().where

USERS = Listing(
    filters={
        "id": by.equal(User.id),
        "idIn": by.among(User.id),
        "firstName": by.equal(User.first_name),
        "firstNameLike": by.like(User.first_name),
        "lastName": by.equal(User.last_name),
        "lastNameLike": by.like(User.last_name),
        "email": by.equal(User.email),
        "emailLike": by.like(User.email),
        "memberOfGroup": Filter(
            Kind.TEXT, lambda group: _held(Membership.user_id == User.id, Membership.group_id == group)
        ),
        "memberOfTenant": Filter(
            Kind.TEXT, lambda tenant: _held(Membership.user_id == User.id, Membership.tenant_id == tenant)
        ),
    },
    order={"userId": User.id, "firstName": User.first_name, "lastName": User.last_name, "email": User.email},
    last=(User.id,),
    unsupported=frozenset({"potentialStarter"}),
)


def users(user_id: str, tenants: Sequence[str] | None) -> Query:
    """(User): oneself and the members of these organisations; None: everybody."""
    if tenants is None:
        return select(User)
    together = exists().where(_Colleague.user_id == User.id, _Colleague.tenant_id.in_(tenants))
    return select(User).where(or_(User.id == user_id, together))


_group_name = Group.names.op("->>")("kk")
GROUPS = Listing(
    filters={
        "id": by.equal(Group.id),
        "idIn": by.among(Group.id),
        "name": by.equal(_group_name),
        "nameLike": by.like(_group_name),
        "type": Filter(Kind.TEXT, lambda text: true() if text == ROLE else false()),
        "member": Filter(Kind.TEXT, lambda user: _held(Membership.group_id == Group.id, Membership.user_id == user)),
        "memberOfTenant": Filter(
            Kind.TEXT, lambda tenant: _held(Membership.group_id == Group.id, Membership.tenant_id == tenant)
        ),
    },
    order={"id": Group.id, "name": _group_name, "type": Group.id},
    last=(Group.id,),
)


def groups() -> Query:
    """(Group): the roles are the same for all."""
    return select(Group)


_tenant_name = Organisation.names.op("->>")("kk")
TENANTS = Listing(
    filters={
        "id": by.equal(Organisation.id),
        "name": by.equal(_tenant_name),
        "nameLike": by.like(_tenant_name),
        "userMember": Filter(
            Kind.TEXT, lambda user: _held(Membership.tenant_id == Organisation.id, Membership.user_id == user)
        ),
        "groupMember": Filter(
            Kind.TEXT, lambda group: _held(Membership.tenant_id == Organisation.id, Membership.group_id == group)
        ),
    },
    order={"id": Organisation.id, "name": _tenant_name},
    last=(Organisation.id,),
    unsupported=frozenset({"includingGroupsOfUser"}),
)


def tenants(visible: Sequence[str] | None) -> Query:
    """(Organisation): those that may be seen; None: all."""
    return select(Organisation) if visible is None else select(Organisation).where(Organisation.id.in_(visible))
