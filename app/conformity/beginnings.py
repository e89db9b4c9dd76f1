"""Whether a term of a model is the act's limit, and runs from where the act lets it run."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from app.conformity.net import Step
from app.conformity.study import Due, Study
from app.conformity.values import START, Instant, Term
from app.conformity.variables import REGISTERING
from app.domain.acts.regulation import RECEIPT, SYSTEM, Limit, Procedure

REGISTRATION = re.compile(r"regist|регистр|тірке", re.IGNORECASE)
_END_OF_TERM = re.compile(r"end of the term of (?:item )?(\S+)")
_SHARED = re.compile(r"\b(?:same|together|one term)\b")
_MORE = re.compile(r"\bmore\b")
_WORD = re.compile(r"[a-z]{4,}")
_STEM = 5
_COMMON = {"momen", "date", "time", "when", "after", "from"}
"""Stems that tell no step from another."""
APPLICATION = "application"
"""What a total term runs from."""


class Beginning(Enum):
    SAME = auto()
    OTHER = auto()
    UNPROVED = auto()
    """The act names the moment in words, and nothing in the model shows whether it is that one."""


def compare(study: Study, step: Step, due: Due, begins: str | None, procedure: Procedure | None) -> Beginning:
    base = due.value.base if isinstance(due.value, Term) else None
    if begins is None:
        allowed = _own_beginnings(study, step, due, procedure)
        return Beginning.SAME if isinstance(base, Instant) and base.after in allowed else Beginning.OTHER
    if begins == APPLICATION:
        return Beginning.SAME if is_application(study, base) else Beginning.OTHER
    if begins in RECEIPT:
        return Beginning.SAME if is_application(study, base) else Beginning.OTHER
    if begins.startswith("registration"):
        return Beginning.SAME if isinstance(base, Instant) and _is_registration(study, base) else Beginning.OTHER
    if cited := _END_OF_TERM.search(begins):
        is_same = isinstance(base, Term) and _is_limit_of(study, base, cited[1])
        return Beginning.SAME if is_same else Beginning.OTHER
    if isinstance(base, Instant) and _stems(begins) & _stems(" ".join(_names(study, base))):
        return Beginning.SAME
    return Beginning.UNPROVED


def agrees(value: object, limit: Limit) -> bool:
    """Whether a due date of the model is this limit: the same unit and the same amount."""
    if not isinstance(value, Term):
        return False
    rule = value.rule
    if limit.before_event:
        return rule.lower() == f"{limit.rule.lower()}before" and _equal(value.amount, limit.amount)
    return rule == limit.rule and _equal(value.amount, limit.amount)


def _equal(one: object, other: object) -> bool:
    try:
        return float(str(one)) == float(str(other))
    except ValueError:
        return str(one) == str(other)


def is_application(study: Study, base: object) -> bool:
    """Whether a moment is that of the application: the beginning of the case, or its registration by the system."""
    if not isinstance(base, Instant):
        return False
    step = study.net.steps.get(base.at)
    return base.after == START or (step is not None and step.node.delegate == REGISTERING)


def _is_limit_of(study: Study, term: Term, clause: str) -> bool:
    """Whether a term of the model is the limit of a procedure of this clause."""
    procedures = study.service.of_clause([clause]) if study.service is not None else []
    return any(one.limit is not None and agrees(term, one.limit) for one in procedures)


def _own_beginnings(study: Study, step: Step, due: Due, procedure: Procedure | None) -> set[str]:
    """The events from which the time of a step runs that has a limit of its own.

    A procedure may be several tasks: then its time runs from the first of them for all, as it does for procedures of
    one clause to which the act gives their time together. Where the act gives more time each has its own, and so has
    what is done again and again.
    """
    assert study.pairing is not None
    before = _before(study, step)
    begun = {one.ready for other in before for one in study.dues.get(other, ())}
    earlier = [other for other in before if other not in study.net.following[step.id]]
    note = procedure.note if procedure is not None else ""
    parts = [other for other in earlier if other not in study.pairing.procedures]
    is_part = step.id not in study.pairing.procedures and bool(earlier) and not _MORE.search(note)
    same = [one for other in earlier if (one := study.pairing.procedures.get(other)) and _alike(one, procedure)]
    is_repeated = step.id in study.net.following[step.id]
    if begun and not is_repeated and (parts or is_part or (same and _SHARED.search(note))):
        return begun
    return begun | {due.ready}


def _alike(one: Procedure, other: Procedure | None) -> bool:
    return other is not None and one.limit == other.limit


def _before(study: Study, step: Step) -> list[str]:
    """The tasks of the same clause that can come before it."""
    assert study.pairing is not None
    own = set(study.pairing.elements[step.id].clauses)
    return [
        other.step.id
        for other in study.pairing.elements.values()
        if other.is_task and own & set(other.clauses) and step.id in study.net.following[other.step.id]
    ]


def _is_registration(study: Study, base: Instant) -> bool:
    """Where people register an application, its automatic numbering is not the registration yet."""
    if is_application(study, base) and study.service is not None and study.pairing is not None:
        registering = [one for one in study.service.procedures if REGISTRATION.search(" ".join(one.names.values()))]
        if any(one.role != SYSTEM for one in registering):
            return False
    return any(REGISTRATION.search(name) for name in _names(study, base))


def _names(study: Study, base: Instant) -> Iterator[str]:
    """What the element is called after which, or at which, the moment was taken down."""
    for step_id in (base.after, base.at):
        step = study.net.steps.get(step_id)
        if step is None:
            continue
        yield step.node.name or ""
        yield from (value for name, value in step.node.properties.items() if name.startswith("name."))
        if study.pairing is not None and step_id in study.pairing.procedures:
            yield from study.pairing.procedures[step_id].names.values()


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(words.lower())} - _COMMON
