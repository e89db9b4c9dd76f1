"""What a request brings in JSON."""

from typing import Any

import orjson
from flask import request

from app.errors import Invalid

DEPTH_LIMIT = 100
"""Levels of lists and objects in a body, at most."""


def json_body() -> dict[str, Any]:
    """The JSON object of the request, whatever its content type says; an empty body is an empty object. Raises Invalid."""
    raw = request.get_data(cache=True)
    return json_object(raw) if raw.strip() else {}


def json_object(raw: bytes | str) -> dict[str, Any]:
    """An object in JSON. Raises Invalid."""
    try:
        content = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid(f"Cannot parse JSON: {error}") from error
    if not isinstance(content, dict):
        raise Invalid("a JSON object is expected")
    _require_shallow(content)
    return content


def _require_shallow(content: dict[str, Any]) -> None:
    """Raises Invalid for what is nested so deep that the stack would end before it."""
    level: list[Any] = [content]
    for _ in range(DEPTH_LIMIT):
        lists = [item.values() if isinstance(item, dict) else item for item in level]
        level = [inner for items in lists for inner in items if isinstance(inner, dict | list)]
        if not level:
            return
    raise Invalid(f"the JSON is nested deeper than {DEPTH_LIMIT} levels")
