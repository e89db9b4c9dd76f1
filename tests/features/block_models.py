"""Block-structured models, twice: as BPMN, and as an interpreter that knows nothing of tokens, gateways and flows.

A block is a tuple: its kind, then what it is made of. It has no id of its own: its place in the whole is its id.

    ("task",)                           a user task
    ("pass",)                           a task that is done at once
    ("votes", count, enough, in_turn)   a multi-instance user task that ends after `enough` completions
    ("seq", blocks)                     one after the other
    ("xor", variable, blocks)           the block whose number the variable holds, else the last
    ("and", blocks)
    ("or", blocks)                      each block (the last left out) whose variable x0, x1, .. is positive, else the last
    ("loop", times, block)
    ("sub", times, block)               a subprocess, sequential multi-instance if times > 1
    ("timed", block, path)              a subprocess around `block`, interrupted by a timer that leads to `path`
    ("stopped", error, block, path)     a subprocess in which, beside `block`, a user task stands; completed while x0 is 1
                                        it stops the subprocess, by an error caught at it, that leads to `path`, or by
                                        a terminate end
"""

from collections.abc import Mapping
from typing import Any

from tests.features.feature_models import (
    TERMINATE,
    both,
    boundary,
    end,
    error,
    file,
    flow,
    multi,
    node,
    path,
    script,
    some,
    start,
    sub,
    timer,
    user,
    xor,
)

Block = tuple[Any, ...]
Live = Any
Happening = tuple[str, str]
"""("complete", id of a user task) or ("fire", id of a boundary timer)."""


def bpmn(block: Block) -> bytes:
    return file(start(), end(), _chain(block, "n", "start", "end"))


def _chain(block: Block, at: str, before: str, after: str) -> str:
    entry, leave, xml = _xml(block, at)
    return xml + path(before, entry) + path(leave, after)


def _scope(block: Block, at: str, *more: str) -> str:
    return sub(at, start(f"{at}s"), end(f"{at}e"), _chain(block, f"{at}_0", f"{at}s", f"{at}e"), *more)


def _xml(block: Block, at: str) -> tuple[str, str, str]:
    """The nodes at which the block begins and ends, and its XML."""
    begin, finish = f"{at}b", f"{at}f"
    match block:
        case ("task",):
            return at, at, user(at)
        case ("pass",):
            return at, at, node("task", at)
        case ("votes", count, enough, in_turn):
            until = f"${{nrOfCompletedInstances >= {enough}}}"
            return at, at, user(at, multi(count=str(count), until=until, sequential=in_turn))
        case ("seq", blocks):
            parts = [_xml(inner, f"{at}_{number}") for number, inner in enumerate(blocks)]
            joints = [path(one[1], two[0]) for one, two in zip(parts, parts[1:], strict=False)]
            return parts[0][0], parts[-1][1], "".join([part[2] for part in parts] + joints)
        case ("xor" | "or" | "and" as kind, *_, blocks):
            split, join = {"and": (both, both), "or": (some, some), "xor": (xor, xor)}[kind]
            xml = join(finish)
            for number, inner in enumerate(blocks):
                entry, leave, content = _xml(inner, f"{at}_{number}")
                condition = {"xor": f"${{{block[1]} == {number}}}", "or": f"${{x{number} > 0}}"}.get(kind)
                last = number == len(blocks) - 1
                xml += content + flow(begin, entry, None if last else condition) + flow(leave, finish)
            default = {} if kind == "and" else {"default": f"{begin}_{entry}"}
            return begin, finish, split(begin, **default) + xml
        case ("loop", times, inner):
            count, check = f"{at}i", f"{at}c"
            xml = script(begin, "${0}", count) + xor(f"{at}a") + script(f"{at}n", f"${{{count} + 1}}", count)
            xml += (
                xor(check, default=f"{check}_{at}a")
                + xor(finish)
                + path(begin, f"{at}a")
                + path(f"{at}n", check, f"{at}a")
            )
            xml += flow(check, finish, f"${{{count} >= {times}}}") + _chain(inner, f"{at}_0", f"{at}a", f"{at}n")
            return begin, finish, xml
        case ("sub", times, inner):
            return at, at, _scope(inner, at, multi(count=str(times), sequential=True) if times > 1 else "")
        case ("timed", inner, aside):
            late = boundary(f"{at}t", at, timer("Duration", "PT1H"))
            xml = _scope(inner, at) + late + xor(finish) + path(at, finish)
            return at, finish, xml + _chain(aside, f"{at}_1", f"{at}t", finish)
        case ("stopped", is_error, inner, aside):
            alarm, stop = f"{at}u", f"{at}x"
            inside = start(f"{at}s") + both(begin) + user(alarm) + xor(stop, default=f"{stop}_{at}e") + end(f"{at}e")
            inside += end(f"{at}z", error("E1") if is_error else TERMINATE) + _chain(inner, f"{at}_0", begin, f"{at}e")
            inside += path(f"{at}s", begin, alarm, stop, f"{at}e") + flow(stop, f"{at}z", "${x0 == 1}")
            xml = sub(at, inside) + boundary(f"{at}t", at, error("E1")) + xor(finish) + path(at, finish)
            return at, finish, xml + _chain(aside, f"{at}_1", f"{at}t", finish)
    raise AssertionError(block)


def enter(block: Block, at: str, x: Mapping[str, int]) -> Live:
    """What is going on in the block once it is entered; None: it is over already."""
    match block:
        case ("task",):
            return True
        case ("pass",):
            return None
        case ("votes", *_):
            return 0
        case ("seq", _):
            return _go_on(block, at, 0, x)
        case ("xor", variable, blocks):
            chosen = x[variable] if 0 <= x[variable] < len(blocks) - 1 else len(blocks) - 1
            return _enter_some(block, at, [chosen], x)
        case ("and", blocks):
            return _enter_some(block, at, list(range(len(blocks))), x)
        case ("or", blocks):
            last = len(blocks) - 1
            return _enter_some(block, at, [number for number in range(last) if x[f"x{number}"] > 0] or [last], x)
        case ("loop" | "sub", *_):
            return _repeat(block, at, 0, x)
        case ("timed", inner, _):
            live = enter(inner, f"{at}_0", x)
            return None if live is None else (0, live)
        case ("stopped", _, inner, _):
            return (0, (enter(inner, f"{at}_0", x), True))
    raise AssertionError(block)


def _go_on(block: Block, at: str, number: int, x: Mapping[str, int]) -> Live:
    for position in range(number, len(block[1])):
        live = enter(block[1][position], f"{at}_{position}", x)
        if live is not None:
            return position, live
    return None


def _enter_some(block: Block, at: str, chosen: list[int], x: Mapping[str, int]) -> Live:
    lives = {number: enter(block[-1][number], f"{at}_{number}", x) for number in chosen}
    return {number: live for number, live in lives.items() if live is not None} or None


def _repeat(block: Block, at: str, done: int, x: Mapping[str, int]) -> Live:
    for number in range(done, block[1]):
        live = enter(block[2], f"{at}_0", x)
        if live is not None:
            return number, live
    return None


def possible(block: Block, at: str, live: Live) -> list[Happening]:
    """What can happen next; the same happening as often as it can."""
    match block:
        case ("task",):
            return [("complete", at)]
        case ("votes", count, _, in_turn):
            return [("complete", at)] * (1 if in_turn else count - live)
        case ("seq", blocks):
            return possible(blocks[live[0]], f"{at}_{live[0]}", live[1])
        case ("xor" | "and" | "or", *_, blocks):
            return [one for number, inner in live.items() for one in possible(blocks[number], f"{at}_{number}", inner)]
        case ("loop" | "sub", _, inner):
            return possible(inner, f"{at}_0", live[1])
        case ("timed", *inner):
            timers = [("fire", f"{at}t")] if live[0] == 0 else []
            return timers + possible(inner[live[0]], f"{at}_{live[0]}", live[1])
        case ("stopped", _, inner, aside):
            if live[0] == 1:
                return possible(aside, f"{at}_1", live[1])
            body, alarm = live[1]
            mine = [("complete", f"{at}u")] if alarm else []
            return mine + ([] if body is None else possible(inner, f"{at}_0", body))
    raise AssertionError(block)


def happen(block: Block, at: str, live: Live, event: Happening, x: Mapping[str, int]) -> Live:
    """What goes on in the block after the event; None: it is over. The event must be possible."""
    match block:
        case ("task",):
            return None
        case ("votes", count, enough, _):
            return None if live + 1 >= min(count, enough) else live + 1
        case ("seq", blocks):
            inner = happen(blocks[live[0]], f"{at}_{live[0]}", live[1], event, x)
            return _go_on(block, at, live[0] + 1, x) if inner is None else (live[0], inner)
        case ("xor" | "and" | "or", *_, blocks):
            for number, inner in live.items():
                if event in possible(blocks[number], f"{at}_{number}", inner):
                    after = happen(blocks[number], f"{at}_{number}", inner, event, x)
                    rest = {other: one for other, one in live.items() if other != number}
                    return (rest if after is None else {**live, number: after}) or None
        case ("loop" | "sub", _, inner):
            after = happen(inner, f"{at}_0", live[1], event, x)
            return _repeat(block, at, live[0] + 1, x) if after is None else (live[0], after)
        case ("timed", *inner):
            if event == ("fire", f"{at}t"):
                return _aside(inner[1], at, x)
            after = happen(inner[live[0]], f"{at}_{live[0]}", live[1], event, x)
            return None if after is None else (live[0], after)
        case ("stopped", is_error, inner, aside):
            return _stopped(is_error, inner, aside, at, live, event, x)
    raise AssertionError((block, event))


def _aside(aside: Block, at: str, x: Mapping[str, int]) -> Live:
    live = enter(aside, f"{at}_1", x)
    return None if live is None else (1, live)


def _stopped(
    is_error: bool, inner: Block, aside: Block, at: str, live: Live, event: Happening, x: Mapping[str, int]
) -> Live:
    if live[0] == 1:
        after = happen(aside, f"{at}_1", live[1], event, x)
        return None if after is None else (1, after)
    body, alarm = live[1]
    if event == ("complete", f"{at}u"):
        if x["x0"] == 1:
            return _aside(aside, at, x) if is_error else None
        alarm = False
    else:
        body = happen(inner, f"{at}_0", body, event, x)
    return (0, (body, alarm)) if alarm or body is not None else None
