"""The state of an instance between two steps: its tokens and inner scopes, without the spec and without the past.

orjson in zstd. A token is [id, parent, name of its element, still waiting at a join, data]; moments in variables are
written as {"$date": ISO 8601}, a dict that has such a key of its own as {"$dict": ...}.
"""

import threading
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState

from app.engine.scopes import PROCESS, Scopes
from app.engine.spec import Spec
from app.engine.values import Host, StepFailed
from app.engine.workflow import CONDITIONS, STARTED, Instance, TokenTask

_LIMIT = 64 * 1024 * 1024
_PLAIN = {str, int, float, bool, type(None)}  # written as they are


class _Zstd(threading.local):
    """One pair for each thread: to make them costs as much as the rest of a small step, to share them is not allowed."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=1)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd = _Zstd()


def fresh(spec: Spec, variables: Mapping[str, Any], host: Host) -> Instance:
    """An instance that has not begun."""
    return _with_root(spec, Scopes(variables, {}), host, next_token=PROCESS + 1)


def restore(spec: Spec, state: bytes, variables: Mapping[str, Any], host: Host) -> Instance:
    """Rebuild the instance that `save` wrote. variables: those of the process."""
    return rebuild(spec, load(state), variables, host)


def rebuild(spec: Spec, content: Mapping[str, Any], variables: Mapping[str, Any], host: Host) -> Instance:
    """The same of what `load` gives."""
    inner = {int(token): _decoded(scope) for token, scope in content["v"].items()}
    instance = _with_root(spec, Scopes(variables, inner), host, content["n"])
    instance.task_tree.internal_data = content["r"]
    if CONDITIONS in content["r"]:
        instance.watching[PROCESS] = instance.task_tree
    for token_id, parent, name, waiting, data in content["t"]:
        element = spec.task_specs[name]
        token = TokenTask(instance, element, instance.tasks[parent], TaskState.STARTED, token_id)
        token.internal_data = data
        if CONDITIONS in data:
            instance.watching[token_id] = token
        if waiting:
            element.wait(token)
    return instance


def load(state: bytes) -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(_zstd.decompressor.decompress(state))
    return content


def _with_root(spec: Spec, scopes: Scopes, host: Host, next_token: int) -> Instance:
    instance = Instance(spec, scopes, host, next_token)
    instance.task_tree = TokenTask(instance, spec.root, None, TaskState.STARTED, PROCESS)
    instance.task_tree.internal_data[STARTED] = instance.begun
    return instance


def save(instance: Instance) -> bytes:
    """Parents come before their children, as they were made, so that `restore` can read in order."""
    tokens = [
        [token.id, token._parent, token.task_spec.name, token.has_state(TaskState.WAITING), token.internal_data]
        for token in instance.tasks.values()
        if token.id != PROCESS
    ]
    try:
        scopes = {str(token): _encoded(scope) for token, scope in instance.scopes.inner.items()}
        root = instance.task_tree.internal_data
        content = orjson.dumps({"n": instance.next_token, "r": root, "t": tokens, "v": scopes})
    except (TypeError, RecursionError) as error:
        raise StepFailed(f"the local variables cannot be kept: {error}") from error
    if len(content) > _LIMIT:
        raise StepFailed(f"the state has {len(content)} bytes, more than the limit of {_LIMIT}")
    return _zstd.compressor.compress(content)


def _encoded(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        plain = {str(name): _encoded(item) for name, item in value.items()}
        return {"$dict": plain} if "$date" in plain or "$dict" in plain else plain
    if isinstance(value, datetime):
        return {"$date": value.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if isinstance(value, dict):
        if "$date" in value:
            return datetime.fromisoformat(value["$date"])
        inside = value.get("$dict", value)
        return {name: _decoded(item) for name, item in inside.items()}
    return value


def scope_of(state: bytes, token: int) -> dict[str, Any]:
    """The variables in the scope of one token itself."""
    scope: dict[str, Any] = _decoded(load(state)["v"].get(str(token), {}))
    return scope


def enclosing(state: bytes, token: int) -> dict[str, Any]:
    """The variables of the token's scope and of the scopes around it, the process left out; the nearest wins."""
    content = load(state)
    parents = {token_id: parent for token_id, parent, *_ in content["t"]}
    found: dict[str, Any] = {}
    at: int | None = token
    while at:
        found = {**_decoded(content["v"].get(str(at), {})), **found}
        at = parents.get(at)
    return found
