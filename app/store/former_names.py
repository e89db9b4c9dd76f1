"""What steps were called in the versions of their process that a case was taken away from."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, CTE, Select, Text, func, literal, select, true
from sqlalchemy import cast as as_type

from app.store.tables import History
from app.store.tables.record import MIGRATE


def names_of(steps: Collection[str], tree: CTE) -> Select[Any]:
    """The ids of steps and all that were mapped to them in an instance of `tree` (see `trees.members`)."""
    asked = select(func.unnest(as_type(literal(list(steps), ARRAY(Text)), ARRAY(Text))).label("element"))
    named = asked.cte("named", recursive=True)
    mapped = func.json_each_text(History.data["mapped"]).table_valued("key", "value", name="mapped")
    former = (
        select(mapped.c.key)
        .select_from(History)
        .join(mapped, true())
        .join(named, named.c.element == mapped.c.value)
        .where(History.instance_id.in_(select(tree.c.id)), History.operation == MIGRATE)
    )
    every = named.union(former)
    return select(every.c.element)
