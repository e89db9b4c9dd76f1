"""The state of an instance between two steps: its tokens and inner scopes, without the spec and without the past.

orjson in zstd. A token is [id, parent, name of its element, still waiting at a join, data]; moments in variables are
written as {"$date": ISO 8601}, a dict that has such a key of its own as {"$dict": ...}.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.scopes import PROCESS, Scopes
from app.engine.spec import Spec
from app.engine.values import Host, StepFailed
from app.engine.workflow import Instance

_LEVEL = 1
_LIMIT = 64 * 1024 * 1024


def fresh(spec: Spec, variables: dict[str, Any], host: Host) -> Instance:
    """An instance that has not begun."""
    return _with_root(spec, Scopes(variables, {}), host, next_token=PROCESS + 1)


def restore(spec: Spec, state: bytes, variables: dict[str, Any], host: Host) -> Instance:
    """Rebuild the instance that `save` wrote. variables: those of the process."""
    content = load(state)
    inner = {int(token): _decoded(scope) for token, scope in content["v"].items()}
    instance = _with_root(spec, Scopes(variables, inner), host, content["n"])
    for token_id, parent, name, waiting, data in content["t"]:
        element = spec.task_specs[name]
        state_now = TaskState.WAITING if waiting else TaskState.STARTED
        token = Task(instance, element, instance.tasks[parent], state=state_now, id=token_id)
        token.internal_data = data
    return instance


def load(state: bytes) -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state, max_output_size=_LIMIT))
    return content


def _with_root(spec: Spec, scopes: Scopes, host: Host, next_token: int) -> Instance:
    instance = Instance(spec, scopes, host, next_token)
    instance.task_tree = Task(instance, spec.root, state=TaskState.STARTED, id=PROCESS)
    return instance


def save(instance: Instance) -> bytes:
    """Parents come before their children, so that `restore` can read in order."""
    tokens = []
    queue = list(instance.task_tree.children)
    for token in queue:
        queue.extend(token.children)
        waiting = token.has_state(TaskState.WAITING)
        tokens.append([token.id, token._parent, token.task_spec.name, waiting, token.internal_data])
    try:
        scopes = {str(token): _encoded(scope) for token, scope in instance.scopes.inner.items()}
        content = orjson.dumps({"n": instance.next_token, "t": tokens, "v": scopes})
    except (TypeError, RecursionError) as error:
        raise StepFailed(f"the local variables cannot be kept: {error}") from error
    if len(content) > _LIMIT:
        raise StepFailed(f"the state has {len(content)} bytes, more than the limit of {_LIMIT}")
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def _encoded(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$date": value.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, dict):
        plain = {str(name): _encoded(item) for name, item in value.items()}
        return {"$dict": plain} if {"$date", "$dict"} & plain.keys() else plain
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"$date"}:
            return datetime.fromisoformat(value["$date"])
        inside = value["$dict"] if value.keys() == {"$dict"} else value
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
