"""What a model says of the terms of a case, in extension properties.

`law.total` (an expression that gives a date by one of our rules, or rules in each other: the sum of terms) and
`law.totalClause` stand on the process. `law.pause` (clauses, parted by ;), `law.extend` ("workingDays:10", the most that
may be added in all) and `law.extendClause` (else `law.clause`) stand on the process, or on a step of people for as long as
that is open; `law.extend` also on a service task that extends by `extendTerm`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.terms import terms
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import UNITS

TOTAL, TOTAL_CLAUSE = "law.total", "law.totalClause"
PAUSE, EXTEND, EXTEND_CLAUSE = "law.pause", "law.extend", "law.extendClause"
EXTEND_TERM = "extendTerm"
"""The delegate of a step that extends the terms of its case."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """By how much, at most, a clause lets terms be extended."""

    rule: Rule
    amount: int
    clause: str


def term_clause(properties: Mapping[str, str]) -> str | None:
    """The clause that gives the term of a step: its `law.limitClause` where another one than its own does."""
    return properties.get("law.limitClause") or properties.get("law.clause")


def clock_of_step(properties: Mapping[str, str], clock: Clock) -> Clock:
    """What of the clock of its case counts for a step.

    An extension does not move the term that its own clause gives to another step than the one that may be extended: that of
    the notice of it.
    """
    if EXTEND in properties:
        return clock
    clause = term_clause(properties)
    return replace(clock, extensions=tuple(one for one in clock.extensions if one.clause != clause))


def pauses(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The clauses that let the clock stand still."""
    return tuple(filter(None, (clause.strip() for clause in properties.get(PAUSE, "").split(";"))))


def extend_clause(properties: Mapping[str, str]) -> str:
    """That of `law.extend`, empty if there is none."""
    return (properties.get(EXTEND_CLAUSE) or properties.get("law.clause") or "").strip()


def extend_unit(properties: Mapping[str, str]) -> Rule | None:
    """The unit of `law.extend`; None if terms cannot be extended in it."""
    unit = properties.get(EXTEND, "").partition(":")[0].strip()
    return Rule(unit) if unit in UNITS else None


def extend_amount(properties: Mapping[str, str]) -> int | None:
    """The amount of `law.extend`; None if it is not a whole number of at least 1, or longer than a term may be."""
    number = properties.get(EXTEND, "").partition(":")[2].strip()
    unit = extend_unit(properties)
    if unit is None or not number.isascii() or not number.isdigit() or len(number) > 9 or not int(number):
        return None
    try:
        terms.amount(unit, int(number))
    except ValueError:
        return None
    return int(number)


def allowance(properties: Mapping[str, str]) -> Allowance | None:
    """What `law.extend` allows; None if that is not said, or not to be read."""
    unit, amount, clause = extend_unit(properties), extend_amount(properties), extend_clause(properties)
    return None if unit is None or amount is None or not clause else Allowance(unit, amount, clause)
