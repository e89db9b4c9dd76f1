"""Our rights in the words of the REST dialect: what roles and organisations give is no list of grants, but can be told as one.

What somebody may do holds within his organisations, which the dialect looks after apart from authorizations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.domain.people.access import Actor
from app.domain.people.designers import DESIGNER

ALL, READ, ANY = "ALL", "READ", "*"
PERMISSIONS = frozenset(
    {
        ALL, "NONE", READ, "UPDATE", "CREATE", "DELETE", "ACCESS", "READ_TASK", "UPDATE_TASK", "CREATE_INSTANCE",
        "READ_INSTANCE", "UPDATE_INSTANCE", "DELETE_INSTANCE", "MIGRATE_INSTANCE", "READ_HISTORY", "DELETE_HISTORY",
        "UPDATE_HISTORY", "TASK_WORK", "TASK_ASSIGN", "UPDATE_VARIABLE", "READ_VARIABLE", "READ_HISTORY_VARIABLE",
        "READ_TASK_VARIABLE", "UPDATE_TASK_VARIABLE", "READ_INSTANCE_VARIABLE", "UPDATE_INSTANCE_VARIABLE", "RETRY_JOB",
        "SUSPEND", "SUSPEND_INSTANCE",
    }
)  # fmt: skip
"""The dialect's permissions, whatever they are given for."""


class Kind(IntEnum):
    """Of an authorization."""

    GLOBAL = 0
    GRANT = 1
    REVOKE = 2


class Resource(IntEnum):
    """What permissions are given for."""

    APPLICATION = 0
    USER = 1
    GROUP = 2
    GROUP_MEMBERSHIP = 3
    AUTHORIZATION = 4
    FILTER = 5
    PROCESS_DEFINITION = 6
    TASK = 7
    PROCESS_INSTANCE = 8
    DEPLOYMENT = 9
    DECISION_DEFINITION = 10
    TENANT = 11
    TENANT_MEMBERSHIP = 12
    BATCH = 13
    DECISION_REQUIREMENTS_DEFINITION = 14
    REPORT = 15
    DASHBOARD = 16
    OPERATION_LOG_CATEGORY = 17
    OPTIMIZE = 18
    HISTORIC_TASK = 19
    HISTORIC_PROCESS_INSTANCE = 20
    SYSTEM = 21


EVERYBODY: Mapping[Resource, tuple[str, ...]] = {
    Resource.APPLICATION: ("ACCESS",),
    Resource.USER: (READ,),
    Resource.GROUP: (READ,),
    Resource.FILTER: ("CREATE",),
    Resource.PROCESS_DEFINITION: (READ, "CREATE_INSTANCE", "READ_INSTANCE", "READ_INSTANCE_VARIABLE", "READ_HISTORY"),
    Resource.PROCESS_INSTANCE: (READ, "CREATE"),
    Resource.DEPLOYMENT: (READ,),
    Resource.DECISION_DEFINITION: (READ, "CREATE_INSTANCE"),
    Resource.TENANT: (READ,),
    Resource.OPERATION_LOG_CATEGORY: (READ,),
    Resource.HISTORIC_TASK: (READ,),
    Resource.HISTORIC_PROCESS_INSTANCE: (READ,),
}
ADMINISTRATORS: Mapping[Resource, tuple[str, ...]] = {
    **dict.fromkeys(EVERYBODY, (ALL,)),
    Resource.TENANT: (READ,),
    Resource.AUTHORIZATION: (READ,),
    Resource.TENANT_MEMBERSHIP: (ALL,),
    Resource.TASK: (ALL,),
    Resource.SYSTEM: (READ,),
}
"""Organisations come with the acts, rights with the roles."""
DESIGNERS: Mapping[Resource, tuple[str, ...]] = {Resource.DEPLOYMENT: ("CREATE",)}
OWN_TASK = frozenset({READ, "UPDATE", "TASK_WORK", "TASK_ASSIGN", "READ_VARIABLE", "UPDATE_VARIABLE"})
"""What may be done with a task that one sees."""


@dataclass(frozen=True, slots=True)
class Authorization:
    """permissions of one user, of ANY, or of who holds a role, for all of a resource."""

    kind: Kind
    user_id: str | None
    resource: Resource
    permissions: tuple[str, ...]
    group_id: str | None = None

    @property
    def id(self) -> str:
        return f"{self.resource.value}:{self.user_id or self.group_id}"


def authorizations(administrators: Iterable[str]) -> list[Authorization]:
    """What everybody may do, what designers may, and what each of these administrators may."""
    found = [Authorization(Kind.GLOBAL, ANY, resource, given) for resource, given in EVERYBODY.items()]
    found += [Authorization(Kind.GRANT, None, resource, given, DESIGNER) for resource, given in DESIGNERS.items()]
    for user_id in administrators:
        found += [Authorization(Kind.GRANT, user_id, resource, given) for resource, given in ADMINISTRATORS.items()]
    return found


def allows(actor: Actor, permission: str, resource: Resource) -> bool:
    """Whether somebody has a permission for all of a resource."""
    given = EVERYBODY.get(resource, ())
    if actor.administrator:
        given += ADMINISTRATORS.get(resource, ())
    if DESIGNER in actor.groups:
        given += DESIGNERS.get(resource, ())
    return permission == "NONE" or permission in given or ALL in given
