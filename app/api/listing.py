"""A list of the REST dialect as routes: filters, order and page come in, rows or their number go out."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.api import filters
from app.api.filters import Filters, Reader
from app.api.openapi import COUNT, ROWS, taken
from app.api.replies import reply
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.listing import Filter, Kind, Listing, Wanted

READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: filters.text,
    Kind.TEXTS: filters.texts,
    Kind.SCALAR: filters.scalar,
    Kind.WHOLE: filters.whole,
    Kind.FLAG: filters.flag,
    Kind.MOMENT: filters.moment,
    Kind.CONDITIONS: filters.conditions,
    Kind.BOUNDS: filters.bounds,
}
HARMLESS: Mapping[str, Reader] = {"deserializeValues": filters.flag}
"""Parameters that change nothing here: values are never deserialized."""
BESIDE_BODY = Filters(HARMLESS)
Rows = Callable[[Unit, Wanted], list[dict[str, Any]]]
Total = Callable[[Unit, Wanted], int]
Reading = Callable[[Filters], Wanted]


def add_list(blueprint: Blueprint, path: str, listing: Listing, rows: Rows, total: Total, what: str) -> None:
    """GET and POST of `path` give rows, of `path/count` their number. what: the things listed, for people."""
    reading = filters_of(listing, HARMLESS)
    name = path.strip("/").replace("-", "_") or "list"
    for method, read in (("GET", from_query), ("POST", from_body)):
        query = method == "GET"
        view = blueprint.doc(
            summary=f"List {what}",
            parameters=reading.described() if query else _PAGING,
            **ROWS,
            **_body(query, listing),
        )(_rows_view(read, reading, rows))
        blueprint.add_url_rule(path, f"{name}_{method.lower()}", view, methods=[method])
        counting = blueprint.doc(
            summary=f"Count {what}",
            parameters=reading.described(paged=False) if query else [],
            **COUNT,
            **_body(query, listing),
        )(_total_view(read, reading, total))
        blueprint.add_url_rule(f"{path}/count", f"{name}_count_{method.lower()}", counting, methods=[method])


def filters_of(listing: Listing, beside: Mapping[str, Reader] = {}) -> Filters:
    """How the filters of a list are read. beside: parameters that are taken and filter nothing."""
    known = {name: READERS[given.kind] for name, given in listing.filters.items()}
    return Filters({**known, **beside}, listing.unsupported, listing.order.keys())


def _rows_view(read: Reading, reading: Filters, rows: Rows) -> Callable[[], Response]:
    return lambda: reply(rows(unit(), read(reading)))


def _total_view(read: Reading, reading: Filters, total: Total) -> Callable[[], Response]:
    return lambda: reply({"count": total(unit(), read(reading))})


def from_query(reading: Filters) -> Wanted:
    """What the query string asks for. Raises Invalid naming the parameter."""
    return Wanted(reading.of_query(), tuple(reading.order_of_query()), *filters.page())


def from_object(listing: Listing, given: object) -> Wanted:
    """What a query within a JSON body asks for, by which something is done. Raises Invalid, also for a property that it does
    not have: what it would not keep out would be acted on."""
    if not isinstance(given, dict):
        raise Invalid("a query must be an object")
    known = {*listing.filters, *listing.unsupported, "sorting"}
    if unknown := sorted(given.keys() - known):
        raise Invalid(f"a query has no property '{unknown[0]}'")
    return Wanted(filters_of(listing).of_body(given))


def from_body(reading: Filters) -> Wanted:
    """What a JSON body asks for; the page is in the query string. Raises Invalid naming the property."""
    BESIDE_BODY.of_query()
    body = json_body()
    return Wanted(reading.of_body(body), tuple(reading.order_of_body(body)), *filters.page())


def json_types(known: Mapping[str, Filter]) -> dict[str, str]:
    """The JSON type of each filter in a body."""
    kinds = {
        Kind.TEXTS: "array",
        Kind.CONDITIONS: "array",
        Kind.BOUNDS: "array",
        Kind.FLAG: "boolean",
        Kind.WHOLE: "integer",
    }
    return {name: kinds.get(given.kind, "string") for name, given in known.items()}


def _body(query: bool, listing: Listing) -> dict[str, Any]:
    return {} if query else taken({**json_types(listing.filters), "sorting": "array"})


_PAGING = Filters({}).described()
