"""What was done to people, roles and organisations, in words: what it was, and each change from what to what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.actions.people.administration import Entry, Operation
from app.actions.people.directory import Choices
from app.web.pages import language, say

NOTHING = "–"
OF_ROLES = (Operation.ROLES, Operation.DEACTIVATED, Operation.REACTIVATED)


@dataclass(frozen=True, slots=True)
class Change:
    """what: a name to be read; before, after: "" is none."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    entry: Entry
    what: str
    changes: Sequence[Change]


def told(entry: Entry, choices: Choices) -> Told:
    """A line of the log as it is read."""
    return Told(entry, say(f"administration-{entry.operation}"), list(_changes(entry, choices)))


def _changes(entry: Entry, choices: Choices) -> Iterator[Change]:
    for name, (old, new) in entry.changes.items():
        if name == "roles":
            yield Change(say("people-held"), _roles(old, choices), _roles(new, choices))
        elif entry.operation == Operation.ROLES:
            place = choices.organisation(name).get(language())
            yield Change(place, _of_place(old, choices), _of_place(new, choices))
        else:
            yield Change(say(f"administration-of-{name}"), _value(old), _value(new))


def _roles(held: Sequence[Sequence[str]], choices: Choices) -> str:
    """(organisation, role) each."""
    lang = language()
    named = (f"{choices.role(role).get(lang)} ({choices.organisation(place).get(lang)})" for place, role in held)
    return ", ".join(named) or NOTHING


def _of_place(held: str | Sequence[str] | None, choices: Choices) -> str:
    """A role, or several."""
    keys = [held] if isinstance(held, str) else held or ()
    return ", ".join(choices.role(key).get(language()) for key in keys) or NOTHING


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return say("administration-yes" if value else "administration-no")
    if isinstance(value, Mapping):
        return str(value.get(language(), NOTHING))
    return NOTHING if value is None or value == "" else str(value)
