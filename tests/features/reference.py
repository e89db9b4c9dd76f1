"""What a model of blocks does, by an interpreter that knows nothing of tokens, gateways and flows: see `block_models`.

Each block that is going on is an object that tells what it waits for and what an event makes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.features.block_models import Block


class Waited(NamedTuple):
    """kind: complete | fire | deliver; at: the id of the node; age: what was waited for first has the smaller one."""

    kind: str
    at: str
    age: int


@dataclass
class World:
    """x: the variables, which whoever completes a task may change."""

    x: dict[str, int]
    opened: int = 0

    def wait(self, kind: str, at: str) -> Waited:
        self.opened += 1
        return Waited(kind, at, self.opened)


@dataclass
class Going:
    """A block that is going on. own: what it waits for itself; inside: the blocks in it that are not over."""

    world: World
    block: Block
    at: str
    own: list[Waited] = field(default_factory=list)
    inside: list["Going"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.enter()

    @property
    def over(self) -> bool:
        return not self.own and not self.inside

    def waits(self) -> list[Waited]:
        return self.own + [one for inner in self.inside for one in inner.waits()]

    def begin(self, block: Block, at: str) -> bool:
        """Begin a block inside; whether it goes on."""
        inner = BLOCKS[block[0]](self.world, block, at)
        if not inner.over:
            self.inside.append(inner)
        return not inner.over

    def happen(self, event: Waited) -> None:
        if event in self.own:
            self.own.remove(event)
            self.happened(event)
            return
        inner = next(one for one in self.inside if event in one.waits())
        inner.happen(event)
        if inner.over and inner in self.inside:
            self.inside.remove(inner)
            self.left(inner)

    def enter(self) -> None:
        """The block is entered."""

    def happened(self, event: Waited) -> None:
        """What the block waited for itself has happened."""

    def left(self, inner: "Going") -> None:
        """A block inside is over."""


class Task(Going):
    def enter(self) -> None:
        self.own = [self.world.wait("complete", self.at)]


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
    """A loop of flows, a loop of the activity, or instances one after the other."""

    def parts(self) -> Sequence[tuple[Block, str]]:
        return [(self.block[2], f"{self.at}_0")] * self.block[1]


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
    def enter(self) -> None:
        self.begin(self.block[2], f"{self.at}_0")
        self.own = [self.world.wait("complete", f"{self.at}u")]

    def happened(self, event: Waited) -> None:
        if self.world.x["x0"] == 1:
            self.inside = []
            if self.block[1]:
                self.begin(self.block[3], f"{self.at}_1")


class Bordered(Going):
    """At the border of the body something is waited for; what it leads to goes on in the body's place, or beside it."""

    kind = {"timer": "fire", "message": "deliver"}

    def enter(self) -> None:
        _, self.event, self.interrupting, body, self.aside = self.block
        self.body: Going | None = None
        if self.begin(body, f"{self.at}_0"):
            self.body = self.inside[0]
            self.own = [self.world.wait(self.kind[self.event], f"{self.at}t")]

    def happened(self, event: Waited) -> None:
        if self.interrupting:
            self.inside = []
        elif self.event == "message":
            self.own = [event]
        self.begin(self.aside, f"{self.at}_1")

    def left(self, inner: Going) -> None:
        if inner is self.body:
            self.own = []


class Handled(Going):
    """In a scope an event subprocess is begun by a message, for as long as the scope is there."""

    def enter(self) -> None:
        _, self.interrupting, body, self.aside = self.block
        self.message = self.world.wait("deliver", f"{self.at}hs")
        self.own = [self.message] if self.begin(body, f"{self.at}_0") else []

    def happened(self, event: Waited) -> None:
        if self.interrupting:
            self.inside = []
        going = self.begin(self.aside, f"{self.at}_1")
        if not self.interrupting and (going or self.inside):
            self.own = [event]

    def left(self, inner: Going) -> None:
        if not self.inside:
            self.own = []


class Escalated(Going):
    """Behind its body it escalates and has a task; the escalation is caught at its border."""

    def enter(self) -> None:
        _, self.interrupting, body, self.aside = self.block
        self.body: Going | None = None
        if self.begin(body, f"{self.at}_0"):
            self.body = self.inside[0]
        else:
            self.escalate()

    def escalate(self) -> None:
        if not self.interrupting:
            self.own = [self.world.wait("complete", f"{self.at}u")]
        self.begin(self.aside, f"{self.at}_1")

    def left(self, inner: Going) -> None:
        if inner is self.body:
            self.escalate()


BLOCKS: dict[str, type[Going]] = {
    "task": Task, "pass": Pass, "votes": Votes, "seq": Sequence_, "xor": Parted, "and": Parted, "or": Parted,
    "loop": Repeated, "sub": Repeated, "repeat": Repeated, "choice": Choice, "stopped": Stopped, "bordered": Bordered,
    "handled": Handled, "escalated": Escalated,
}  # fmt: skip
