"""A list of the REST dialect as routes: filters, order and page come in, rows or their number go out."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.api import filters
from app.api.filters import Filters, Reader
from app.api.replies import json_body, reply
from app.api.transaction import Unit, unit
from app.store.listing import Kind, Listing, Wanted

READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: filters.text,
    Kind.TEXTS: filters.texts,
    Kind.SCALAR: filters.scalar,
    Kind.WHOLE: filters.whole,
    Kind.FLAG: filters.flag,
    Kind.MOMENT: filters.moment,
    Kind.CONDITIONS: filters.conditions,
}
HARMLESS: Mapping[str, Reader] = {"deserializeValues": filters.flag}
"""Parameters that change nothing here: values are never deserialized."""
BESIDE_BODY = Filters(HARMLESS)
Rows = Callable[[Unit, Wanted], list[dict[str, Any]]]
Total = Callable[[Unit, Wanted], int]
Reading = Callable[[Filters], Wanted]


def add_list(blueprint: Blueprint, path: str, listing: Listing, rows: Rows, total: Total, what: str) -> None:
    """GET and POST of `path` give rows, of `path/count` their number. what: the things listed, for people."""
    known = {name: READERS[given.kind] for name, given in listing.filters.items()}
    reading = Filters({**known, **HARMLESS}, listing.unsupported, listing.order.keys())
    name = path.strip("/").replace("-", "_") or "list"
    for method, read in (("GET", from_query), ("POST", from_body)):
        query = method == "GET"
        view = blueprint.doc(
            summary=f"List {what}",
            parameters=reading.described() if query else _PAGING,
            **_ROWS,
            **_body(query, listing),
        )(_rows_view(read, reading, rows))
        blueprint.add_url_rule(path, f"{name}_{method.lower()}", view, methods=[method])
        counting = blueprint.doc(
            summary=f"Count {what}",
            parameters=reading.described(paged=False) if query else [],
            **_COUNT,
            **_body(query, listing),
        )(_total_view(read, reading, total))
        blueprint.add_url_rule(f"{path}/count", f"{name}_count_{method.lower()}", counting, methods=[method])


def _rows_view(read: Reading, reading: Filters, rows: Rows) -> Callable[[], Response]:
    return lambda: reply(rows(unit(), read(reading)))


def _total_view(read: Reading, reading: Filters, total: Total) -> Callable[[], Response]:
    return lambda: reply({"count": total(unit(), read(reading))})


def from_query(reading: Filters) -> Wanted:
    """What the query string asks for. Raises Invalid naming the parameter."""
    return Wanted(reading.of_query(), tuple(reading.order_of_query()), *filters.page())


def from_body(reading: Filters) -> Wanted:
    """What a JSON body asks for; the page is in the query string. Raises Invalid naming the property."""
    BESIDE_BODY.of_query()
    body = json_body()
    return Wanted(reading.of_body(body), tuple(reading.order_of_body(body)), *filters.page())


def answer(schema: Mapping[str, Any], description: str = "OK") -> dict[str, Any]:
    """A successful answer for OpenAPI."""
    return {"responses": {"200": {"description": description, "content": {"application/json": {"schema": schema}}}}}


def taken(properties: Mapping[str, str]) -> dict[str, Any]:
    """A JSON body for OpenAPI. properties: names with their JSON types."""
    fields = {name: {"type": kind, **({"items": {}} if kind == "array" else {})} for name, kind in properties.items()}
    schema = {"type": "object", "properties": fields}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def _body(query: bool, listing: Listing) -> dict[str, Any]:
    kinds = {Kind.TEXTS: "array", Kind.CONDITIONS: "array", Kind.FLAG: "boolean", Kind.WHOLE: "integer"}
    named = {name: kinds.get(given.kind, "string") for name, given in listing.filters.items()}
    return {} if query else taken({**named, "sorting": "array"})


_ROWS = answer({"type": "array", "items": {"type": "object"}})
_COUNT = answer({"type": "object", "properties": {"count": {"type": "integer"}}})
_PAGING = Filters({}).described()
