"""What a kept filter asks as a task query of the REST dialect, and the other way round where pages have words for it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.actions.lists.list_queries import ALL, GROUPS, HELD, MINE, ORDERS, OVERDUE, UNASSIGNED, Wanted, lasting
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.errors import Invalid
from app.store.tables import SavedFilter
from app.store.task_filters import ORDER

TaskQuery = Mapping[str, Any]
"""Names of the dialect's filters with their values, as JSON has them."""
CURRENT_USER, CURRENT_GROUPS, NOW = "${currentUser()}", "${currentUserGroups()}", "${now()}"
EXPRESSION = "Expression"
_CALL = re.compile(r"\$\{\s*(currentUser|currentUserGroups|now)\(\)\s*\}")
_SORTINGS = {
    name: [{"sortBy": order.key, "sortOrder": "desc" if order.descending else "asc"}]
    for name, order in ORDERS.items()
    if order.key in ORDER
}
_VIEWS = {
    MINE: {f"assignee{EXPRESSION}": CURRENT_USER},
    GROUPS: {f"candidateUser{EXPRESSION}": CURRENT_USER},
    ALL: {},
}


def query_of_kept(row: SavedFilter) -> TaskQuery:
    """As the dialect writes it: of what pages have words for, as much as the dialect has."""
    return _as_dialect(Wanted.of(row.asked)) if row.query is None else row.query


def _as_dialect(wanted: Wanted) -> dict[str, Any]:
    query: dict[str, Any] = _VIEWS[wanted.view] | lasting(wanted)
    if wanted.state == HELD:
        query[f"followUpAfter{EXPRESSION}"] = NOW
    if wanted.due == OVERDUE:
        query[f"dueBefore{EXPRESSION}"] = NOW
    if wanted.sort in _SORTINGS:
        query["sorting"] = _SORTINGS[wanted.sort]
    return query


def wanted_by(query: TaskQuery) -> Wanted | None:
    """What pages ask for the same; None: they have no words for it."""
    views = [view for view, asked in _VIEWS.items() if asked and asked.items() <= query.items()]
    sorts = [name for name, sorting in _SORTINGS.items() if query.get("sorting") == sorting]
    wanted = Wanted.of(
        {
            "view": views[0] if views else ALL,
            "role": query.get("candidateGroup"),
            "service": _only(query.get("serviceIn")),
            "step": query.get("taskDefinitionKey"),
            "organisation": _only(query.get("tenantIdIn")),
            "state": UNASSIGNED if query.get("unassigned") else HELD if f"followUpAfter{EXPRESSION}" in query else "",
            "due": OVERDUE if f"dueBefore{EXPRESSION}" in query else "",
            "sort": sorts[0] if sorts else "",
        }
    )
    return wanted if _as_dialect(wanted) == dict(query) else None


def _only(values: Any) -> Any:
    return values[0] if isinstance(values, list) and len(values) == 1 else ""


def resolved(query: TaskQuery, actor: Actor, now: datetime) -> dict[str, Any]:
    """The query with a value in the place of each expression. Raises Invalid for an expression other than the three."""
    found = {name: value for name, value in query.items() if not name.endswith(EXPRESSION) or value is None}
    for name in query.keys() - found.keys():
        plain = name.removesuffix(EXPRESSION)
        found[plain] = _value(name, query[name], actor, now)
    if isinstance(query.get("orQueries"), list):
        found["orQueries"] = [
            resolved(one, actor, now) if isinstance(one, Mapping) else one for one in query["orQueries"]
        ]
    return found


def _value(name: str, text: Any, actor: Actor, now: datetime) -> Any:
    call = _CALL.fullmatch(text.strip()) if isinstance(text, str) else None
    if call is None:
        raise Invalid(f"{name} must be one of {CURRENT_USER}, {CURRENT_GROUPS}, {NOW}")
    if call[1] == "currentUser":
        return actor.user_id
    return sorted(actor.groups) if call[1] == "currentUserGroups" else write_date(now)
