"""Where a simulated case stands: its processes, what they wait for, and what was done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.actions.trial.library import Played
from app.domain.models.model import Node
from app.domain.terms.explanation import Explanation

TASK, EXTERNAL, DELEGATE, MESSAGE, SIGNAL, TIMER = "task", "external", "delegate", "message", "signal", "timer"
WORK = (TASK, EXTERNAL, DELEGATE)
"""What somebody does."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What a simulated process waits for. case: its number; key: of the event; role: candidate groups or the assignee.

    name: of a message or signal, the topic or the delegate. why: how the due date was counted, None: by no rule.
    """

    kind: str
    case: int
    token: int
    node: Node
    key: str
    opened: datetime
    role: str | None = None
    due: datetime | None = None
    why: Explanation | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was left, by its work or because something else happened."""

    wait: Wait
    at: datetime
    cancelled: bool


@dataclass(slots=True)
class Part:
    """One process of a simulated case. variables, types: as an instance keeps them. walked: the nodes that were left."""

    number: int
    played: Played
    key: str | None
    caller: tuple[int, int] | None
    depth: int
    state: bytes | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    types: dict[str, Any] = field(default_factory=dict)
    walked: list[str] = field(default_factory=list)
    ended: datetime | None = None
    error: str | None = None
