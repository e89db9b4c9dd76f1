"""What a variable can hold while a model is examined without running it.

A value is a plain one (text, number, boolean, None) or stands for what is not known before a case runs: what somebody
gave (`Given`), a moment (`Instant`), a deadline (`Term`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.terms.explanation import Rule

ANY: Final = "\0any"
"""In the place of a value: it may be any of the variable's domain, and is decided when it is first asked for."""
UNSET: Final = "\0unset"
"""In the place of a value: the variable does not exist (yet)."""
START: Final = "start"


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody gave and that no expression of the model compares with."""

    name: str


@dataclass(frozen=True, slots=True)
class GivenMoment(Given):
    """A day or an hour that somebody gave."""


@dataclass(frozen=True, slots=True)
class Instant:
    """The moment at which `after` had just ended (START: the case began), taken down by the element `at`."""

    after: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A call of a date function: the rule by its name, the amount, and the moment from which it runs."""

    rule: str
    amount: object
    base: object


class Undecided(Exception):
    """An expression asks for a variable that may still have any value."""


class Unset(Exception):
    """An expression asks for a variable that does not exist then."""


class View(Mapping[str, object]):
    """The variables as expressions of one frame see them. Reading raises Undecided or Unset, with the full name."""

    def __init__(self, variables: Mapping[str, object], frame: str) -> None:
        self._variables = variables
        self._frame = frame

    def __getitem__(self, name: str) -> object:
        if name == "execution":
            return {}
        full = self._frame + name
        value = self._variables.get(full, ANY)
        if value is ANY:
            raise Undecided(full)
        if value is UNSET:
            raise Unset(full)
        return value

    def __contains__(self, name: object) -> bool:
        value = self._variables.get(f"{self._frame}{name}", ANY)
        if value is ANY:
            raise Undecided(f"{self._frame}{name}")
        return value is not UNSET

    def get(self, name: str, default: object = None) -> object:
        if name not in self:
            return default
        return self[name]

    def __iter__(self) -> Iterator[str]:
        inside = len(self._frame)
        return (name[inside:] for name in self._variables if name.startswith(self._frame))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Recorder(dict[str, Callable[..., object]]):
    """Date functions, of any name, that note how they are called. `now` is the moment of the call."""

    def __init__(self, now: Instant) -> None:
        super().__init__()
        self._now = now

    def get(self, name: str, _default: Any = None) -> Any:
        if name == "now":
            return lambda: self._now
        if name == Rule.RECEIPT:
            return lambda base=None: base if isinstance(base, Instant) else Term(name, None, base or self._now)
        return lambda amount=None, base=None: Term(name, amount, self._now if base is None else base)
