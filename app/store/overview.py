"""Every organisation with the numbers of what it has: one statement, which reads no more of the tasks than it says."""

from sqlalchemy import TextClause, bindparam, text

from app.store.tables.base import Moment

COUNTED = 999
"""Further than this tasks are not counted."""
_OPEN = (
    "SELECT count(*) FROM (SELECT FROM task WHERE tenant_id = organisation.id AND ended_at IS NULL {} LIMIT :most) AS t"
)


def overview() -> TextClause:
    """(id, names, people, services, open, late, unassigned) by id. now: aware; most: tasks that are counted at most."""
    numbers = {
        "people": "SELECT count(DISTINCT user_id) FROM membership WHERE tenant_id = organisation.id "
        "AND group_id <> 'applicant'",
        "services": "SELECT count(DISTINCT key) FROM definition WHERE tenant_id = organisation.id",
        "open": _OPEN.format(""),
        "late": _OPEN.format("AND due_at < :now AND due_at < least(:now, stands_since)"),
        "unassigned": _OPEN.format("AND assignee IS NULL"),
    }
    columns = ", ".join(f"({query}) AS {name}" for name, query in numbers.items())
    found = f"SELECT id, names, {columns} FROM organisation ORDER BY id"  # noqa: S608 - of the words above alone
    return text(found).bindparams(bindparam("now", type_=Moment))
