"""What can be asked of many: by the dialect's name of the batch, how its JSON is read, and what is done to each.

asked: {} of JSON-able facts, as the functions below write it and read it again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from app.actions.mending import acts
from app.actions.mending.acts import Call, Change

Asked = Mapping[str, Any]
Doing = Callable[[Call, UUID], Change]
SUSPENSION = "instance-update-suspension-state"


@dataclass(frozen=True, slots=True)
class Kind:
    """doing: reads what was asked, once, and gives what is done to each subject."""

    doing: Callable[[Asked], Doing]


def _suspension(asked: Asked) -> Doing:
    return partial(acts.suspend, suspended=asked["suspended"])


KINDS: Mapping[str, Kind] = {
    SUSPENSION: Kind(_suspension),
}
