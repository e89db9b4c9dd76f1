"""Cases as trees: a process with all that it has called, and what those have called."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import CTE, select

from app.store.tables import Instance


def members(roots: Collection[UUID]) -> CTE:
    """Columns root and id: every instance of the trees of these roots, the roots among them."""
    tree = select(Instance.id.label("root"), Instance.id).where(Instance.id.in_(roots)).cte("tree", recursive=True)
    called = select(tree.c.root, Instance.id).join(tree, Instance.super_id == tree.c.id)
    return tree.union_all(called)
