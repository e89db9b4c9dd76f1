"""Every answer of the dialect is held against its structure, which `answers.json` has by operation and status.

All that is declared is there, if only as null, and of its type; what an answer has besides is its own affair.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PREFIXES = ("/engine-rest/engine/default/", "/engine-rest/")
JSON = "application/json"
STRUCTURES: dict[str, Any] = json.loads(Path(__file__).with_name("answers.json").read_text())
ERRORS = {"ParseException": "ParseExceptionDto", "AuthorizationException": "AuthorizationExceptionDto"}
"""The structures of refusals by their `type`; all others are an ExceptionDto."""
checked: set[str] = set()
"""The operations of which an answer in JSON that is not empty has been held against its structure."""


class CheckedClient(FlaskClient):
    """A client to which every answer of the dialect is what its structure says."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        check(answer)
        return answer


def check(answer: TestResponse) -> None:
    """AssertionError, with operation and place, when an answer of the dialect is not as it is declared."""
    operation = _operation(answer.request.method, answer.request.path)
    if operation is None:
        return
    said, declared, status = (
        f"{operation} {answer.status}",
        STRUCTURES["operations"][operation],
        str(answer.status_code),
    )
    assert status in declared or answer.status_code >= 400 or not answer.data, f"{said} is not declared"
    otherwise = answer.content_type in STRUCTURES["otherwise"].get(operation, ())
    if answer.status_code < 400 and (declared.get(status) is None or otherwise):
        return
    assert answer.headers["Content-Type"] == JSON, f"{said}: {answer.headers['Content-Type']}"
    content = json.loads(answer.data)
    structure = declared[status] if answer.status_code < 400 else _error(content)
    for error in _validator(json.dumps(structure)).iter_errors(content):
        raise AssertionError(f"{said}: {'/'.join(map(str, error.instance_path))}: {error.message}")
    if answer.status_code < 400 and content not in ([], {}):
        checked.add(operation)


def _error(content: Any) -> dict[str, str]:
    return {"$ref": f"#/schemas/{ERRORS.get(content['type'], 'ExceptionDto')}"}


@cache
def _validator(structure: str) -> Any:
    return jsonschema_rs.validator_for(json.loads(structure) | {"schemas": STRUCTURES["schemas"]})


def _operation(method: str, path: str) -> str | None:
    """That of a request, of several the one with the most words of its path; None when it is not the dialect's."""
    prefix = next((one for one in PREFIXES if path.startswith(one)), None)
    if prefix is None:
        return None
    words = path.removeprefix(prefix).split("/")
    fitting = [
        one
        for one in _templates().get((method, len(words)), ())
        if all(known.startswith("{") or known == word for known, word in zip(one, words, strict=True))
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda one: sum(known.startswith("{") for known in one))
    return f"{method} /{'/'.join(best)}"


@cache
def _templates() -> dict[tuple[str, int], list[list[str]]]:
    """The paths by method and number of words."""
    found: dict[tuple[str, int], list[list[str]]] = {}
    for operation in STRUCTURES["operations"]:
        method, path = operation.split()
        words = path.removeprefix("/").split("/")
        found.setdefault((method, len(words)), []).append(words)
    return found
