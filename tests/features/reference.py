"""What a model of blocks does, by an interpreter that knows nothing of tokens, gateways and flows: see `block_models`.

Each block that is going on is an object that tells what it waits for and what an event makes of it.
"""

from collections.abc import Iterator, Mapping, Sequence

from tests.features.block_models import Block
from tests.features.going import Done, Going, Waited


class Task(Going):
    def enter(self) -> None:
        self.own = [self.world.wait("complete", self.at)]


class Kept(Task):
    def happened(self, event: Waited) -> None:
        self.keep(self.at)


class Pass(Going):
    pass


class Votes(Going):
    def enter(self) -> None:
        _, count, self.enough, self.in_turn = self.block
        self.done, self.count = 0, count
        self.own = [self.world.wait("complete", self.at) for _ in range(1 if self.in_turn else count)]

    def happened(self, event: Waited) -> None:
        self.done += 1
        if self.done >= min(self.count, self.enough):
            self.own = []
        elif self.in_turn:
            self.own = [self.world.wait("complete", self.at)]


class Sequence_(Going):
    def enter(self) -> None:
        self.blocks: list[tuple[Block, str]] = list(self.parts())
        self.left(self)

    def parts(self) -> Sequence[tuple[Block, str]]:
        return [(block, f"{self.at}_{number}") for number, block in enumerate(self.block[1])]

    def left(self, inner: Going) -> None:
        while self.blocks and not self.begin(*self.blocks.pop(0)):
            pass


class Repeated(Sequence_):
    """A loop of flows."""

    def parts(self) -> Sequence[tuple[Block, str]]:
        return [(self.block[2], f"{self.at}_0")] * self.block[1]


class RepeatedScope(Repeated):
    """A loop of the activity, or instances one after the other."""

    is_scope = True


class Parted(Going):
    def enter(self) -> None:
        blocks = self.block[-1]
        for number in chosen(self.block, self.world.x):
            self.begin(blocks[number], f"{self.at}_{number}")


def chosen(block: Block, x: Mapping[str, int]) -> list[int]:
    last = len(block[-1]) - 1
    match block[0]:
        case "xor":
            return [x[block[1]] if 0 <= x[block[1]] < last else last]
        case "or":
            return [number for number in range(last) if x[f"x{number}"] > 0] or [last]
    return list(range(last + 1))


class Choice(Going):
    def enter(self) -> None:
        kinds = {"timer": "fire", "message": "deliver", "signal": "deliver"}
        self.own = [self.world.wait(kinds[kind], f"{self.at}c{number}") for number, kind in enumerate(self.block[1])]

    def happened(self, event: Waited) -> None:
        self.own = []
        number = int(event.at.removeprefix(f"{self.at}c"))
        self.begin(self.block[2][number], f"{self.at}_{number}")


class Stopped(Going):
    """What leads on from the error stands beside the scope, and what was done in it is then forgotten."""

    def enter(self) -> None:
        self.begin(self.block[2], f"{self.at}_0")
        self.own = [self.world.wait("complete", f"{self.at}u")]
        self.failed = False

    def kept_in(self, inner: Going) -> list[Done]:
        return super().kept_in(inner) if self.failed else self.done

    def happened(self, event: Waited) -> None:
        if self.world.x["x0"] == 1:
            self.inside = []
            self.failed = self.block[1]
            if self.failed:
                self.begin(self.block[3], f"{self.at}_1")
        self.left(self)

    def left(self, inner: Going) -> None:
        if self.over and not self.failed:
            self.keep(self.done)


class Bordered(Going):
    """At the border of the body something is waited for; what it leads to goes on in the body's place, or beside it."""

    kind = {"timer": "fire", "message": "deliver"}
    is_scope = True

    def enter(self) -> None:
        _, self.event, self.interrupting, body, self.aside = self.block
        self.body: Going | None = None
        self.done_in_body: list[Done] = []
        if self.begin(body, f"{self.at}_0"):
            self.body = self.inside[0]
            self.own = [self.world.wait(self.kind[self.event], f"{self.at}t")]

    def happened(self, event: Waited) -> None:
        if self.interrupting:
            self.inside = []
        elif self.event == "message":
            self.own = [event]
        self.begin(self.aside, f"{self.at}_1")

    def kept_in(self, inner: Going) -> list[Done]:
        return self.done_in_body if inner is self.body else self.done

    def left(self, inner: Going) -> None:
        if inner is self.body:
            self.own = []
            self.done.append(self.done_in_body)


class Handled(Going):
    """In a scope an event subprocess is begun by a message, for as long as the scope is there."""

    is_scope = True

    def enter(self) -> None:
        _, self.interrupting, body, self.aside = self.block
        message = self.world.wait("deliver", f"{self.at}hs")
        self.own = [message] if self.begin(body, f"{self.at}_0") else []
        self.begun: dict[int, list[Done]] = {}

    def happened(self, event: Waited) -> None:
        if self.interrupting:
            self.inside = []
        if self.begin(self.aside, f"{self.at}_1"):
            self.begun[id(self.inside[-1])] = []
        if not self.interrupting and self.inside:
            self.own = [event]

    def kept_in(self, inner: Going) -> list[Done]:
        return self.begun.get(id(inner), self.done)

    def left(self, inner: Going) -> None:
        if id(inner) in self.begun:
            self.done.append(self.begun.pop(id(inner)))
        if not self.inside:
            self.own = []


class Escalated(Going):
    """Behind its body it escalates and has a task; the escalation is caught at its border."""

    is_scope = True

    def enter(self) -> None:
        _, self.interrupting, body, self.aside = self.block
        self.body: Going | None = None
        self.done_in_body: list[Done] = []
        if self.begin(body, f"{self.at}_0"):
            self.body = self.inside[0]
        else:
            self.escalate()

    def escalate(self) -> None:
        if not self.interrupting:
            self.own = [self.world.wait("complete", f"{self.at}u")]
        self.begin(self.aside, f"{self.at}_1")

    def happened(self, event: Waited) -> None:
        self.done.append(self.done_in_body)

    def kept_in(self, inner: Going) -> list[Done]:
        return self.done_in_body if inner is self.body else self.done

    def left(self, inner: Going) -> None:
        if inner is self.body:
            self.escalate()


class Undone(Going):
    """When its body is over, what was done in it is undone, the last of it first."""

    is_scope = True

    def enter(self) -> None:
        if not self.begin(self.block[1], f"{self.at}_0"):
            self.undo()

    def undo(self) -> None:
        self.plan, self.done = list(undoing(self.done)), []
        self.happened(None)

    def happened(self, event: Waited | None) -> None:
        self.own = [self.world.wait("complete", self.plan.pop(0))] if self.plan else []

    def left(self, inner: Going) -> None:
        self.undo()


def undoing(done: list[Done]) -> Iterator[str]:
    """The ids of the tasks that undo."""
    for one in reversed(done):
        yield from undoing(one) if isinstance(one, list) else (f"{one}k",)


BLOCKS: dict[str, type[Going]] = {
    "task": Task, "kept": Kept, "pass": Pass, "votes": Votes, "seq": Sequence_, "xor": Parted, "and": Parted, "or": Parted,
    "loop": Repeated, "sub": RepeatedScope, "repeat": RepeatedScope, "undone": Undone, "choice": Choice,
    "stopped": Stopped, "bordered": Bordered, "handled": Handled, "escalated": Escalated,
}  # fmt: skip
