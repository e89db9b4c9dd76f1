"""Where a simulated case stands: its processes, what they wait for, and what was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.actions.terms.explanations import inputs
from app.actions.trial.library import Played
from app.domain.models import values
from app.domain.models.model import Node
from app.domain.models.values import Variable
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

    @property
    def known(self) -> dict[str, Any]:
        """Its variables, as expressions read them."""
        return values.plain(self.variables, self.types)

    def write(self, after: Mapping[str, Any], changed: Iterable[str]) -> None:
        """Keep the variables that have changed, with the rule of a moment that one has made."""
        variables, types = dict(self.variables), dict(self.types)
        for name in changed:
            variables[name], mark = values.keep(Variable(after[name], values.infer(after[name])))
            types.pop(name, None)
            rule = inputs(after[name])
            if rule is not None:
                mark = ["Date", {}, rule]
            if mark is not None:
                types[name] = mark
        self.variables, self.types = variables, types
