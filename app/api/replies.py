"""Answers and inputs in the form of the REST dialect."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

import orjson
from flask import Response, request
from werkzeug.datastructures import FileStorage

from app.domain.models import values
from app.domain.models.values import Variable
from app.errors import Invalid, NotFound

BODY_LIMIT = 21 * 1024 * 1024
"""Bytes of a request's body, at most: a file of 20 MB with what a form puts around it."""


def reply(content: Any, status: int = 200) -> Response:
    """An answer in JSON."""
    return json_text(orjson.dumps(content), status)


def json_text(content: bytes, status: int = 200) -> Response:
    """JSON with exactly `Content-Type: application/json`: with a charset some clients lose what they have locked."""
    answer = Response(content, status=status)
    answer.headers["Content-Type"] = "application/json"
    return answer


def done() -> Response:
    """204: it has happened, there is nothing to say."""
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    return answer


def attachment(name: str, content: bytes | Iterable[bytes]) -> Response:
    """Bytes to be saved under a name, never shown as a page of this site whatever they hold."""
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def identifier(text: str, what: str) -> UUID:
    """An id from a path. Raises NotFound: what is not an id names nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(f"{what} with id {text} does not exist") from None


def variables_in(raw: Any) -> dict[str, Variable]:
    """`{name: {value, type, valueInfo}}` of a body; null is empty. Raises Invalid."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise Invalid("variables must be an object of name to {value, type}")
    return {name: values.parse(name, given) for name, given in raw.items()}


def variables_out(kept: Mapping[str, Any], marks: Mapping[str, Any] | None) -> dict[str, Any]:
    """Kept variables as the dialect shows them."""
    marks = marks or {}
    return {name: values.dump(values.recall(value, marks.get(name))) for name, value in kept.items()}


def changes_in(body: Mapping[str, Any]) -> tuple[dict[str, Variable], list[str]]:
    """The `modifications` and `deletions` of a body: variables to set, and the names of those to remove. Raises Invalid."""
    deletions = body.get("deletions") or []
    if not isinstance(deletions, list) or not all(isinstance(name, str) for name in deletions):
        raise Invalid("deletions must be a list of names")
    return variables_in(body.get("modifications")), deletions


def bytes_in(part: FileStorage) -> bytes:
    """The whole of a part of a form, also when the request is run again."""
    part.seek(0)
    return part.read()


def variable_in_form(name: str) -> Variable:
    """The bytes of the part `data` of a multipart form; its part `valueType` is File or Bytes. Raises Invalid."""
    part, kind = request.files.get("data"), request.form.get("valueType")
    if part is None or kind not in ("File", "Bytes"):
        raise Invalid("a file `data` and a `valueType` of File or Bytes are expected")
    info = {"filename": part.filename, "mimetype": part.mimetype} if kind == "File" else {}
    return values.parse(name, {"value": base64.b64encode(bytes_in(part)).decode(), "type": kind, "valueInfo": info})


def text_in(body: Mapping[str, Any], name: str) -> str | None:
    """A text of a body, or None. Raises Invalid naming it."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{name} must be a text, not {orjson.dumps(value).decode()[:60]}")
    if value is not None and "\0" in value:
        raise Invalid(f"{name} holds a NUL character")
    return value


def needed_text_in(body: Mapping[str, Any], name: str) -> str:
    """A text of a body, perhaps an empty one. Raises Invalid naming it."""
    value = text_in(body, name)
    if value is None:
        raise Invalid(f"{name} must not be null")
    return value


def needed_flag_in(body: Mapping[str, Any], name: str) -> bool:
    """A boolean of a body. Raises Invalid naming it."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise Invalid(f"{name} must be true or false")
    return value


def flag_in(value: Any, name: str, default: bool = False) -> bool:
    """A boolean of a body, query or form: true and false in any writing. Raises Invalid naming it."""
    if value is None or value == "":
        return default
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise Invalid(f"Cannot set query parameter '{name}' to value '{value}': it is neither true nor false")


def texts_in(body: Mapping[str, Any], name: str) -> list[str]:
    """A list of ids, empty if it is not given. Raises Invalid naming it."""
    given = body.get(name) or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Invalid(f"{name} must be a list of ids")
    return given
