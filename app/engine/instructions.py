"""How an instance is moved by hand: what is taken out of it, and where it begins anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Where(StrEnum):
    """Of a new token, in the words of the REST dialect."""

    BEFORE = "startBeforeActivity"
    AFTER = "startAfterActivity"
    FLOW = "startTransition"


@dataclass(frozen=True, slots=True)
class Place:
    """Put a new token before or after the node `at`, or on the sequence flow `at`.

    A node may be meant as the body of all its instances, with `#multiInstanceBody` behind its id. inside: the token of a
    scope around it; the scopes between them are begun anew. Without it the token comes into the scope that runs, or into
    a new one. variables go where `Complete` writes them, local_variables stay with the token.
    """

    where: Where
    at: str
    inside: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    local_variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take out what stands at the node `at`, or the token `token`, with all inside it and the scopes that are empty then.

    from_before: leave what earlier instructions have begun there.
    """

    at: str | None = None
    token: int | None = None
    from_before: bool = False


Instruction = Place | Withdraw
