"""A term that a change of the calendar moves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class MovedKind(StrEnum):
    WHOLE = "whole"
    STEP = "step"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Move:
    """kind: of what it is the term. root: the case; id: of the task, of the timer's job, or of the case again; instance: that
    in which it is. element: of the step or the timer, None of the whole. holder: who has the task.

    rule: its inputs with the new version, as `actions.terms.explanations` has them; None of the whole.
    """

    kind: MovedKind
    root: UUID
    instance: UUID
    id: UUID
    definition_id: str
    element: str | None
    holder: str | None
    rule: list[Any] | None
    before: datetime
    after: datetime
