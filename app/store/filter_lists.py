"""The filters of the task list that somebody is shown."""

from collections.abc import Collection

from sqlalchemy import Select, and_, exists, false, or_, select, true, tuple_

from app.store import listing as by
from app.store.listing import Filter, Kind, Listing
from app.store.tables import Membership, SavedFilter

TASK = "Task"
"""What all of them filter."""
KEPT = Listing(
    filters={
        "filterId": by.identified(SavedFilter.id),
        "resourceType": Filter(Kind.TEXT, lambda text: true() if text == TASK else false()),
        "name": by.equal(SavedFilter.name),
        "nameLike": by.like(SavedFilter.name),
        "owner": by.equal(SavedFilter.user_id),
    },
    order={
        "filterId": SavedFilter.id,
        "resourceType": SavedFilter.id,
        "name": SavedFilter.name,
        "owner": SavedFilter.user_id,
    },
    last=(SavedFilter.name, SavedFilter.id),
)


def kept(user_id: str, memberships: Collection[tuple[str, str]]) -> Select[SavedFilter]:
    """A person's own filters, and those shared with the groups (group, organisation) that he is in.

    Who leaves a group shares nothing with it any more; his filters stay his own.
    """
    own = SavedFilter.user_id == user_id
    group = tuple_(SavedFilter.group_id, SavedFilter.tenant_id)
    still = exists().where(
        Membership.user_id == SavedFilter.user_id, tuple_(Membership.group_id, Membership.tenant_id) == group
    )
    held = sorted(memberships)
    return select(SavedFilter).where(or_(own, and_(group.in_(held), still)) if held else own)
