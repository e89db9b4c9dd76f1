"""A block of a model that is going on, in an interpreter that knows nothing of tokens, gateways and flows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tests.features.block_models import Block

Done: TypeAlias = "str | list[Done]"


class Waited(NamedTuple):
    """kind: complete | fire | deliver; at: the id of the node; age: what was waited for first has the smaller one."""

    kind: str
    at: str
    age: int


@dataclass
class World:
    """x: the variables, which whoever completes a task may change; kinds: the interpreter of each kind of block."""

    x: dict[str, int]
    kinds: Mapping[str, type["Going"]]
    opened: int = 0

    def wait(self, kind: str, at: str) -> Waited:
        self.opened += 1
        return Waited(kind, at, self.opened)


@dataclass
class Going:
    """A block that is going on. own: what it waits for itself; inside: the blocks in it that are not over.

    around: the block in which it is; done: what was completed in its scope and can be undone, in order: the ids of tasks,
    and lists of them for scopes that are over.
    """

    world: World
    block: Block
    at: str
    around: "Going | None" = None
    own: list[Waited] = field(default_factory=list)
    inside: list["Going"] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    is_scope = False

    def __post_init__(self) -> None:
        self.enter()

    @property
    def over(self) -> bool:
        return not self.own and not self.inside

    def waits(self) -> list[Waited]:
        return self.own + [one for inner in self.inside for one in inner.waits()]

    def begin(self, block: Block, at: str) -> bool:
        """Begin a block inside; whether it goes on."""
        inner = self.world.kinds[block[0]](self.world, block, at, self)
        if not inner.over:
            self.inside.append(inner)
        return not inner.over

    def kept_in(self, inner: "Going") -> list[Done]:
        """Where it is kept what was done in a block inside: in the nearest scope around it."""
        return self.done if self.is_scope or self.around is None else self.around.kept_in(self)

    def keep(self, done: Done) -> None:
        """Something in this block, or the block as a scope, was completed and can be undone."""
        if self.around is not None:
            self.around.kept_in(self).append(done)

    def happen(self, event: Waited) -> None:
        if event in self.own:
            self.own.remove(event)
            self.happened(event)
            return
        inner = next(one for one in self.inside if event in one.waits())
        inner.happen(event)
        if inner.over and inner in self.inside:
            self.inside.remove(inner)
            if inner.is_scope:
                inner.keep(inner.done)
            self.left(inner)

    def enter(self) -> None:
        """The block is entered."""

    def happened(self, event: Waited) -> None:
        """What the block waited for itself has happened."""

    def left(self, inner: "Going") -> None:
        """A block inside is over."""
