"""What became of a case, as it is counted."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

REFUSALS = ("refusal", "rejected")
"""Results by which nothing is in force."""
INCOMPLETE = "documents-incomplete"
"""The ground of a refusal where documents are missing; the others are keys of the act, or in the words of who refused."""
LONGEST_GROUND = 200
_RESULT, _GROUND, _INTAKE, _REGISTERED, _NONE = "resultKind", "refusalGround", "intake", "registered", "none"
_CHECKS = ("completeness", "documentCheck")
"""The variables in which our models keep the result, the ground, the outcome of the intake, and the check of the documents."""


class Outcome(StrEnum):
    """granted: with a result that is no refusal; other: it came to its end without one; unregistered: the application was not
    taken in; cancelled: withdrawn or ended from outside; broken: ended by an error that nothing caught."""

    GRANTED = "granted"
    REFUSED = "refused"
    OTHER = "other"
    UNREGISTERED = "unregistered"
    CANCELLED = "cancelled"
    BROKEN = "broken"


DONE = (Outcome.GRANTED, Outcome.REFUSED, Outcome.OTHER)
"""Of which it is asked whether they were in time, and how long they took."""
GONE = (Outcome.UNREGISTERED, Outcome.CANCELLED, Outcome.BROKEN)


def outcome_of(end_state: str | None, variables: Mapping[str, Any]) -> Outcome:
    """That of a case that has ended so, with these variables."""
    if end_state == "EXTERNALLY_TERMINATED":
        return Outcome.CANCELLED
    if end_state != "COMPLETED":
        return Outcome.BROKEN
    if (result := result_of(variables)) is not None:
        return Outcome.REFUSED if result in REFUSALS else Outcome.GRANTED
    return Outcome.OTHER if variables.get(_INTAKE) in (None, _REGISTERED) else Outcome.UNREGISTERED


def result_of(variables: Mapping[str, Any]) -> str | None:
    """The result of the act, by key."""
    found = variables.get(_RESULT)
    return found if isinstance(found, str) and found else None


def ground_of(variables: Mapping[str, Any]) -> str | None:
    """On which ground a case was refused; None: it is told in the text of the refusal alone."""
    named = variables.get(_GROUND)
    if isinstance(named, str) and named.strip() and named != _NONE:
        return " ".join(named.split())[:LONGEST_GROUND]
    return INCOMPLETE if any(variables.get(check) == "incomplete" for check in _CHECKS) else None
