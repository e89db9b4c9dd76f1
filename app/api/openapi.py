"""What routes take and answer, as OpenAPI describes it: for `blueprint.doc(...)`."""

from collections.abc import Mapping
from typing import Any


def answer(schema: Mapping[str, Any], description: str = "OK") -> dict[str, Any]:
    """A successful answer in JSON."""
    return {"responses": {"200": {"description": description, "content": {"application/json": {"schema": schema}}}}}


def taken(properties: Mapping[str, str]) -> dict[str, Any]:
    """A body in JSON. properties: names with their JSON types."""
    fields = {name: {"type": kind, **({"items": {}} if kind == "array" else {})} for name, kind in properties.items()}
    schema = {"type": "object", "properties": fields}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def asked(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """A parameter of the query string; `more` as OpenAPI has it, `enum` what it may be."""
    choices = {"enum": list(more.pop("enum"))} if "enum" in more else {}
    return {"in": "query", "name": name, "schema": {"type": kind, **choices}, **more}


OBJECT = answer({"type": "object"})
ROWS = answer({"type": "array", "items": {"type": "object"}})
COUNT = answer({"type": "object", "properties": {"count": {"type": "integer"}}})
WHY = {"annotation": "string"}
"""Of a body: why something is done, for history."""
DONE: dict[str, Any] = {"responses": {"204": {"description": "done"}}}
