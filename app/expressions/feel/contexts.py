"""The context functions of FEEL (DMN 1.4, 10.3.4.10)."""

from typing import Any

from app.expressions.feel.limits import MAX_NESTING
from app.expressions.feel.signatures import costly, entries, items, pure, text
from app.expressions.feel.values import Fault, Run, Signature, describe


def _value(context: Any, key: Any) -> Any:
    found, name = entries(context), text(key)
    if name not in found:
        raise Fault(f"the context has no entry {describe(name)}")
    return found[name]


def _entries(context: Any) -> list[Any]:
    return [{"key": key, "value": value} for key, value in entries(context).items()]


def _context(values: Any) -> dict[str, Any]:
    """Of contexts with a `key` and a `value`; a key may occur once."""
    made: dict[str, Any] = {}
    for item in items(values):
        entry = entries(item)
        if "key" not in entry or "value" not in entry:
            raise Fault("an entry needs a key and a value")
        key = text(entry["key"])
        if key in made:
            raise Fault(f"there are two entries {describe(key)}")
        made[key] = entry["value"]
    return made


def _put(run: Run, context: Any, keys: Any, value: Any) -> dict[str, Any]:
    """With the entry at the key, or at the end of the path of keys."""
    found = entries(context)
    run.spend(len(found))
    if not isinstance(keys, list):
        return {**found, text(keys): value}
    if not 1 <= len(keys) <= MAX_NESTING:
        raise Fault(f"a path has 1 to {MAX_NESTING} keys")
    key = text(keys[0])
    if len(keys) > 1:
        value = _put(run, found.get(key), keys[1:], value)
    return {**found, key: value}


def _merge(run: Run, contexts: Any) -> dict[str, Any]:
    """Of two entries with one key, the later one."""
    made: dict[str, Any] = {}
    for context in items(contexts):
        run.spend(len(entries(context)))
        made |= entries(context)
    return made


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "get value": (pure("m, key", _value), pure("context, key", _value)),
    "get entries": (pure("m", _entries), pure("context", _entries)),
    "context": (pure("entries", _context),),
    "context put": (
        costly("context, keys, value", _put),
        costly("context, key, value", lambda run, context, key, value: _put(run, context, text(key), value)),
    ),
    "context merge": (costly("contexts", _merge),),
}
