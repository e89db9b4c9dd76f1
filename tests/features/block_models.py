"""Block-structured models as BPMN; `reference` says what they do.

A block is a tuple: its kind, then what it is made of. It has no id of its own: its place in the whole is its id.

    ("task",)                           a user task
    ("kept",)                           a user task that another one undoes
    ("pass",)                           a task that is done at once
    ("votes", count, enough, in_turn)   a multi-instance user task that ends after `enough` completions
    ("seq", blocks)                     one after the other
    ("xor", variable, blocks)           the block whose number the variable holds, else the last
    ("and", blocks)
    ("or", blocks)                      each block (the last left out) whose variable x0, x1, .. is positive, else the last
    ("loop", times, block)
    ("sub", times, block)               a subprocess, sequential multi-instance if times > 1
    ("repeat", times, block)            a subprocess with a standard loop
    ("undone", block)                   a subprocess that undoes what was completed in it, at its end
    ("choice", events, blocks)          an event-based gateway; events: timer, message or signal, one a block
    ("bordered", event, stops, block, path)   a subprocess around `block`, at whose border a timer or a message leads to
                                        `path`, interrupting or not
    ("handled", stops, block, path)     a subprocess around `block` with an event subprocess of `path`, begun by a message
    ("escalated", stops, block, path)   a subprocess: `block`, an escalation that is caught at its border and leads to `path`,
                                        a user task
    ("stopped", error, block, path)     a subprocess in which, beside `block`, a user task stands; completed while x0 is 1
                                        it stops the subprocess, by an error caught at it, that leads to `path`, or by
                                        a terminate end
"""

from typing import Any

from tests.features.feature_models import (
    TERMINATE,
    association,
    begun_by,
    both,
    boundary,
    catch,
    compensation,
    end,
    error,
    escalation,
    file,
    flow,
    handler,
    message,
    multi,
    node,
    path,
    script,
    signal,
    some,
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)

Block = tuple[Any, ...]


def bpmn(block: Block) -> bytes:
    return file(start(), end(), _chain(block, "n", "start", "end"))


def _chain(block: Block, at: str, before: str, after: str) -> str:
    entry, leave, xml = _xml(block, at)
    return xml + path(before, entry) + path(leave, after)


def _scope(block: Block, at: str, *more: str, inside: str = "") -> str:
    return sub(at, start(f"{at}s"), end(f"{at}e"), _chain(block, inside or f"{at}_0", f"{at}s", f"{at}e"), *more)


def _with_border(at: str, body: str, event: str, aside: Block, *, stops: bool) -> str:
    """A subprocess around another one with the id `{at}i` and what happens at its border, so that both end together."""
    border = boundary(f"{at}t", f"{at}i", event, interrupting=stops)
    ends = start(f"{at}s") + end(f"{at}e") + end(f"{at}z") + path(f"{at}s", f"{at}i", f"{at}e")
    return sub(at, body, border, ends, _chain(aside, f"{at}_1", f"{at}t", f"{at}z"))


def _event(kind: str, name: str) -> str:
    return {"timer": timer("Duration", "PT1H"), "message": message(name), "signal": signal(name)}[kind]


def _xml(block: Block, at: str) -> tuple[str, str, str]:
    """The nodes at which the block begins and ends, and its XML."""
    begin, finish = f"{at}b", f"{at}f"
    match block:
        case ("task",):
            return at, at, user(at)
        case ("kept",):
            undo = node("userTask", f"{at}k", isForCompensation="true", candidateGroups="clerk")
            return at, at, user(at) + boundary(f"{at}kb", at, compensation()) + undo + association(f"{at}kb", f"{at}k")
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
        case ("undone", inner):
            ends = start(f"{at}s") + throw(f"{at}x", compensation()) + end(f"{at}e") + path(f"{at}x", f"{at}e")
            return at, at, sub(at, ends, _chain(inner, f"{at}_0", f"{at}s", f"{at}x"))
        case ("repeat", times, inner):
            return at, at, _scope(inner, at, f'<standardLoopCharacteristics loopMaximum="{times}"/>')
    return _of_events(block, at)


def _of_events(block: Block, at: str) -> tuple[str, str, str]:
    """As `_xml`, of the blocks in which something is waited for, thrown or stopped."""
    begin, finish = f"{at}b", f"{at}f"
    match block:
        case ("choice", events, blocks):
            xml = node("eventBasedGateway", begin) + xor(finish)
            for number, (event, inner) in enumerate(zip(events, blocks, strict=True)):
                caught = f"{at}c{number}"
                xml += catch(caught, _event(event, caught)) + path(begin, caught)
                xml += _chain(inner, f"{at}_{number}", caught, finish)
            return begin, finish, xml
        case ("bordered", event, stops, inner, aside):
            border = _event(event, f"{at}t")
            return at, at, _with_border(at, _scope(inner, f"{at}i", inside=f"{at}_0"), border, aside, stops=stops)
        case ("escalated", stops, inner, aside):
            inside = start(f"{at}is") + throw(f"{at}x", escalation("E1")) + user(f"{at}u") + end(f"{at}ie")
            inside += path(f"{at}x", f"{at}u", f"{at}ie") + _chain(inner, f"{at}_0", f"{at}is", f"{at}x")
            return at, at, _with_border(at, sub(f"{at}i", inside), escalation("E1"), aside, stops=stops)
        case ("handled", stops, inner, aside):
            begins = begun_by(f"{at}hs", message(f"{at}hs"), interrupting=stops)
            inside = begins + end(f"{at}he") + _chain(aside, f"{at}_1", f"{at}hs", f"{at}he")
            return at, at, _scope(inner, at, handler(f"{at}h", inside))
        case ("stopped", is_error, inner, aside):
            alarm, stop = f"{at}u", f"{at}x"
            inside = start(f"{at}s") + both(begin) + user(alarm) + xor(stop, default=f"{stop}_{at}e") + end(f"{at}e")
            inside += end(f"{at}z", error("E1") if is_error else TERMINATE) + _chain(inner, f"{at}_0", begin, f"{at}e")
            inside += path(f"{at}s", begin, alarm, stop, f"{at}e") + flow(stop, f"{at}z", "${x0 == 1}")
            xml = sub(at, inside) + boundary(f"{at}t", at, error("E1")) + xor(finish) + path(at, finish)
            return at, finish, xml + _chain(aside, f"{at}_1", f"{at}t", finish)
    raise AssertionError(block)
