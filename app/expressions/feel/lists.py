"""The boolean, list and sort functions of FEEL (DMN 1.4, 10.3.4.2, 10.3.4.4 and 10.3.4.11)."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cmp_to_key, reduce
from typing import Any

from app.expressions.feel.invocation import invoke
from app.expressions.feel.operators import add, divide, order, same, subtract
from app.expressions.feel.signatures import costly, items, number, pure, spread, whole
from app.expressions.feel.values import CONTEXT, Fault, Function, Run, Signature, decimal, describe, limited


def _not(value: Any) -> bool:
    if isinstance(value, bool):
        return not value
    raise Fault(f"{describe(value)} is not a boolean")


def _decided(decisive: bool) -> Callable[..., bool]:
    """`any` and `all`: true or false where one item decides, null where another one is not a boolean."""

    def decide(run: Run, *values: Any) -> bool:
        found = spread(run, values)
        if any(item is decisive for item in found):
            return decisive
        for item in found:
            if not isinstance(item, bool):
                raise Fault(f"{describe(item)} is not a boolean")
        return not decisive

    return decide


def _numbers(run: Run, values: tuple[Any, ...]) -> list[Decimal]:
    return [number(item) for item in spread(run, values)]


def _least(sign: int) -> Callable[..., Any]:
    """`min` and `max`; of no items null."""

    def choose(run: Run, *values: Any) -> Any:
        found = spread(run, values)
        if not found:
            return None
        best = found[0]
        order(best, best)
        for item in found[1:]:
            if order(item, best) == sign:
                best = item
        return best

    return choose


def _sum(run: Run, *values: Any) -> Any:
    """Of numbers or of durations; of no items null."""
    found = spread(run, values)
    if not found:
        return None
    for item in found:
        if isinstance(item, str):
            raise Fault("strings have no sum")
        subtract(item, item)
    return reduce(add, found)


def _mean(run: Run, *values: Any) -> Any:
    found = spread(run, values)
    return None if not found else divide(_sum(run, found), Decimal(len(found)))


def _product(run: Run, *values: Any) -> Decimal | None:
    found = _numbers(run, values)
    return reduce(lambda one, other: decimal(CONTEXT.multiply, one, other), found) if found else None


def _median(run: Run, *values: Any) -> Decimal | None:
    found = sorted(_numbers(run, values))
    if not found:
        return None
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return decimal(CONTEXT.divide, decimal(CONTEXT.add, found[middle - 1], found[middle]), Decimal(2))


def _deviation(run: Run, *values: Any) -> Decimal:
    """The standard deviation of a sample."""
    found = _numbers(run, values)
    if len(found) < 2:
        raise Fault("a standard deviation needs two numbers")
    mean = _mean(run, found)
    squares = [decimal(CONTEXT.power, decimal(CONTEXT.subtract, item, mean), Decimal(2)) for item in found]
    return decimal(CONTEXT.sqrt, decimal(CONTEXT.divide, reduce(add, squares), Decimal(len(found) - 1)))


def _mode(run: Run, *values: Any) -> list[Decimal]:
    """The most frequent numbers, ascending."""
    counts: dict[Decimal, int] = {}
    for item in _numbers(run, values):
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)


def _contains(run: Run, values: Any, element: Any) -> bool:
    return any(same(item, element, run) for item in items(values))


def _index_of(run: Run, values: Any, match: Any) -> list[Decimal]:
    return [Decimal(at) for at, item in enumerate(items(values), 1) if same(item, match, run)]


def _place(values: list[Any], position: Any) -> int:
    """Of a position that counts from 1, or from -1 at the end."""
    at = whole(position)
    if at == 0 or abs(at) > len(values):
        raise Fault(f"the list of {len(values)} has no position {at}")
    return at - 1 if at > 0 else len(values) + at


def _sublist(values: Any, start: Any, length: Any = None) -> list[Any]:
    found = items(values)
    at = _place(found, start)
    size = len(found) - at if length is None else whole(length)
    if size < 1 or at + size > len(found):
        raise Fault(f"the list of {len(found)} has no {size} items from there")
    return found[at : at + size]


def _append(values: Any, *added: Any) -> list[Any]:
    return limited([*items(values), *added])


def _concatenate(run: Run, *lists: Any) -> list[Any]:
    found: list[Any] = []
    for values in lists:
        run.spend(len(found))
        found = limited(found + items(values))
    return found


def _insert(values: Any, position: Any, item: Any) -> list[Any]:
    found = items(values)
    at = _place(found, position)
    return limited([*found[:at], item, *found[at:]])


def _remove(values: Any, position: Any) -> list[Any]:
    found = items(values)
    at = _place(found, position)
    return [*found[:at], *found[at + 1 :]]


def _replaced(run: Run, values: Any, match: Any, item: Any) -> list[Any]:
    """At a position, or wherever the function `match(item, newItem)` is true."""
    found = items(values)
    if not isinstance(match, Function):
        at = _place(found, match)
        return [*found[:at], item, *found[at + 1 :]]
    replaced = []
    for old in found:
        matched = invoke(match, [old, item], (), run)
        if not isinstance(matched, bool):
            raise Fault(f"the function gave {describe(matched)} instead of a boolean")
        replaced.append(item if matched else old)
    return replaced


def _distinct(run: Run, values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for item in values:
        if not any(same(item, other, run) for other in found):
            found.append(item)
    return found


def _flatten(run: Run, values: Any) -> list[Any]:
    flat: list[Any] = []
    waiting = [items(values)]
    while waiting:
        run.spend(1)
        item = waiting.pop()
        if isinstance(item, list):
            run.spend(len(item))
            waiting.extend(reversed(item))
        else:
            flat.append(item)
            limited(flat)
    return flat


def _sort(run: Run, values: Any, precedes: Any = None) -> list[Any]:
    """By the function `precedes(x, y)`, else ascending; the order of equals is kept."""
    found = items(values)
    if precedes is None:
        run.spend(len(found) * 20)
        return sorted(found, key=cmp_to_key(order))
    if not isinstance(precedes, Function):
        raise Fault(f"expected a function, not {describe(precedes)}")

    def compare(left: Any, right: Any) -> int:
        found = invoke(precedes, [left, right], (), run)
        if not isinstance(found, bool):
            raise Fault(f"the function gave {describe(found)} instead of a boolean")
        return -found

    return sorted(found, key=cmp_to_key(compare))


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "not": (pure("negand", _not),),
    "all": (costly("list*", _decided(False)),),
    "any": (costly("list*", _decided(True)),),
    "list contains": (costly("list, element", _contains),),
    "count": (pure("list", lambda values: Decimal(len(items(values)))),),
    "min": (costly("list*", _least(-1)),),
    "max": (costly("list*", _least(1)),),
    "sum": (costly("list*", _sum),),
    "mean": (costly("list*", _mean),),
    "product": (costly("list*", _product),),
    "median": (costly("list*", _median),),
    "stddev": (costly("list*", _deviation),),
    "mode": (costly("list*", _mode),),
    "sublist": (pure("list, start position, length?", _sublist),),
    "append": (pure("list, item*", _append),),
    "concatenate": (costly("list*", _concatenate),),
    "union": (costly("list*", lambda run, *lists: _distinct(run, _concatenate(run, *lists))),),
    "insert before": (pure("list, position, newItem", _insert),),
    "remove": (pure("list, position", _remove),),
    "list replace": (
        costly("list, position, newItem", _replaced),
        costly("list, match, newItem", _replaced),
    ),
    "reverse": (pure("list", lambda values: items(values)[::-1]),),
    "index of": (costly("list, match", _index_of),),
    "distinct values": (costly("list", lambda run, values: _distinct(run, items(values))),),
    "flatten": (costly("list", _flatten),),
    "sort": (costly("list, precedes?", _sort),),
}
