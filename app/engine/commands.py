"""What an instance can be told to do, each with what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine.instructions import Instruction, Place
from app.engine.scopes import PROCESS


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a new instance; `step` gets no state with it. node: the start event that has happened; None: the plain one.

    places: where it begins instead, for whom it was begun before if its variables say so.
    """

    node: str | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Complete:
    """Complete the user task, external task or called delegate at `token`.

    Local variables stay with the task, each of the others goes to the nearest scope that has it.
    """

    token: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    local_variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """key: of the event that waits for the moment."""

    token: int
    key: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand a message or a signal to the event with this key, which waits for it at `token`; variables as in `Complete`, and
    those of the event subprocess alone that it begins."""

    token: int
    key: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    local_variables: Mapping[str, Any] = field(default_factory=dict)
    begun_variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Return:
    """The process called at `token` has ended with these variables."""

    token: int
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Raise:
    """The process called at `token` has ended with an error that it did not catch, or the external task there with a
    business error. Each variable goes to the nearest scope that has it."""

    token: int
    error_code: str | None
    message: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Escalate:
    """The process called at `token` has thrown an escalation that it did not catch, and goes on."""

    token: int
    code: str | None


@dataclass(frozen=True, slots=True)
class RunJob:
    """Go on at `token`, which waits for a job."""

    token: int


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The variables of the process were changed from outside: conditions may have become true."""


@dataclass(frozen=True, slots=True)
class SetLocal:
    """Set and remove variables in the scope of `token` itself; each of the others goes to the nearest scope that has it."""

    token: int
    variables: Mapping[str, Any]
    removed: tuple[str, ...] = ()
    others: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Modify:
    """Move tokens by hand; see `moving`."""

    instructions: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the instance now; everything that it waits for is withdrawn."""


Command = (
    Start | Complete | FireTimer | Deliver | Return | Raise | Escalate | RunJob | LookAgain | SetLocal | Modify | Cancel
)


def token_of(command: Command) -> int:
    """Where an instance stands that is given a command."""
    return PROCESS if isinstance(command, Start | LookAgain | Modify | Cancel) else command.token
