"""`/engine-rest/filter`: filters of the task list that people keep, the same that the pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.lists import saved_filters, task_lists
from app.actions.lists.filter_queries import query_of_kept, resolved
from app.actions.lists.list_queries import Wanted as Asked
from app.actions.lists.list_queries import query_of
from app.actions.terms.calendars import DEFAULT
from app.api import filters, task_list
from app.api.listing import filters_of, from_query
from app.api.openapi import COUNT, DONE, OBJECT, ROWS, asked, taken
from app.api.replies import done, flag_in, identifier, needed_text_in, reply, text_in
from app.errors import Forbidden, Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.filter_lists import KEPT, TASK, kept
from app.store.tables import SavedFilter, Task
from app.store.task_lists import Order, Query

blueprint = Blueprint("filter", __name__, url_prefix="/engine-rest/filter", description="Filters of the task list")
NUMBER = "itemCount"
FILTERS = filters_of(KEPT, {NUMBER: filters.flag})
FILTER = taken(
    {"resourceType": "string", "name": "string", "owner": "string", "query": "object", "properties": "object"}
)
COUNTED = 10_000
"""Tasks that a filter passes are counted so far beside it."""


def _rows(u: Unit, found: Sequence[SavedFilter], numbered: bool) -> list[dict[str, Any]]:
    numbers: Sequence[int | None] = [None] * len(found)
    if numbered and found:
        queries = [_query(u, row, {}) for row in found]
        numbers = task_lists.count_up_to(u.session, u.actor, queries, COUNTED)
    return [
        {
            "id": str(row.id),
            "resourceType": TASK,
            "name": row.name,
            "owner": row.user_id,
            "query": query_of_kept(row),
            "properties": row.properties or {},
            NUMBER: number,
        }
        for row, number in zip(found, numbers, strict=True)
    ]


def _query(u: Unit, row: SavedFilter, body: Mapping[str, Any]) -> Query:
    """What a filter asks, its parts replaced by those of a body. Raises Invalid."""
    more = task_list.query_of(body)
    if row.query is None:
        query = query_of(Asked.of(row.asked), u.actor, u.now, DEFAULT.tz)
    else:
        query = task_list.query_of(resolved(row.query, u.actor, u.now))
    return replace(query, values={**query.values, **more.values}, alternatives=query.alternatives + more.alternatives)


def _orders(row: SavedFilter, body: Mapping[str, Any]) -> list[Order]:
    given = task_list.orders_of(body)
    return given or task_list.orders_of(query_of_kept(row))


def _filter(u: Unit, filter_id: str) -> SavedFilter:
    return saved_filters.filter_for(u.session, u.actor, identifier(filter_id, "Filter"))


@blueprint.get("")
@blueprint.doc(parameters=FILTERS.described(), **ROWS)
def list_filters() -> Response:
    """One's own filters, and those shared with one's groups."""
    u, wanted = unit(), from_query(FILTERS)
    found = u.session.scalars(listing.page(kept(u.actor.user_id, u.actor.memberships), KEPT, wanted)).all()
    return reply(_rows(u, found, bool(wanted.values.get(NUMBER))))


@blueprint.get("/count")
@blueprint.doc(parameters=FILTERS.described(paged=False), **COUNT)
def count_filters() -> Response:
    """How many there are."""
    u, wanted = unit(), from_query(FILTERS)
    return reply({"count": listing.total(u.session, kept(u.actor.user_id, u.actor.memberships), KEPT, wanted)})


@blueprint.post("/create")
@blueprint.doc(**FILTER, **OBJECT)
def create() -> Response:
    """Keep a task query under a name, for oneself."""
    u, body = unit(), json_body()
    name, query = needed_text_in(body, "name"), _given_query(u, body) or {}
    made = saved_filters.keep_query(u.session, u.actor, name, query, _object(body, "properties") or {}, u.now)
    return reply(_rows(u, [made], numbered=False)[0])


def _given_query(u: Unit, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The query of a body, which can be run. Raises Invalid, Forbidden for another owner."""
    if text_in(body, "resourceType") not in (None, TASK):
        raise Invalid(f"resourceType must be {TASK}: nothing else is filtered")
    if text_in(body, "owner") not in (None, "", u.actor.user_id):
        raise Forbidden("a filter is kept for oneself only")
    query = _object(body, "query")
    if query is not None:
        task_list.query_of(resolved(query, u.actor, u.now))
        task_list.orders_of(query)
    return query


def _object(body: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise Invalid(f"{name} must be an object")
    return value


@blueprint.get("/<filter_id>")
@blueprint.doc(parameters=[asked(NUMBER, "boolean")], **OBJECT)
def get(filter_id: str) -> Response:
    """One filter."""
    u = unit()
    numbered = flag_in(request.args.get(NUMBER), NUMBER)
    return reply(_rows(u, [_filter(u, filter_id)], numbered)[0])


@blueprint.put("/<filter_id>")
@blueprint.doc(**FILTER, **DONE)
def update(filter_id: str) -> Response:
    """Change a filter of one's own; what is not given stays."""
    u, body = unit(), json_body()
    wanted = identifier(filter_id, "Filter")
    query, properties = _given_query(u, body), _object(body, "properties")
    saved_filters.change(u.session, u.actor, wanted, text_in(body, "name"), query, properties)
    return done()


@blueprint.delete("/<filter_id>")
@blueprint.doc(**DONE)
def delete(filter_id: str) -> Response:
    """Take a filter of one's own away."""
    u = unit()
    saved_filters.remove(u.session, u.actor, identifier(filter_id, "Filter"))
    return done()


@blueprint.route("/<filter_id>/list", methods=["GET", "POST"])
@blueprint.doc(parameters=filters.Filters({}).described(), **ROWS)
def execute(filter_id: str) -> Response:
    """The tasks that pass, narrowed and ordered by the body of a POST."""
    u, body = unit(), _extension()
    return reply(task_list.rows_of(u, _tasks(u, _filter(u, filter_id), body, *filters.page())))


@blueprint.route("/<filter_id>/singleResult", methods=["GET", "POST"])
@blueprint.doc(**OBJECT)
def single_result(filter_id: str) -> Response:
    """The only task that passes; 204 for none, 400 for several."""
    u, body = unit(), _extension()
    found = _tasks(u, _filter(u, filter_id), body, 0, 2)
    if len(found) > 1:
        raise Invalid("The filter returns more than one task")
    return reply(task_list.rows_of(u, found)[0]) if found else done()


@blueprint.route("/<filter_id>/count", methods=["GET", "POST"])
@blueprint.doc(**COUNT)
def count(filter_id: str) -> Response:
    """How many tasks pass."""
    u, body = unit(), _extension()
    return reply({"count": task_lists.count_tasks(u.session, u.actor, _query(u, _filter(u, filter_id), body))})


def _extension() -> dict[str, Any]:
    return json_body() if request.method == "POST" else {}


def _tasks(u: Unit, row: SavedFilter, body: Mapping[str, Any], first: int, limit: int) -> list[Task]:
    orders = _orders(row, body)
    return task_lists.list_tasks(u.session, u.actor, _query(u, row, body), orders, first, limit)
