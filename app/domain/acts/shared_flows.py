"""Flows that the acts repeat, as data: what is done in each, by whom, and what happens where a condition fails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.acts.regulation import Limit, limit

_NUMBER = re.compile(r"(?:process|condition) [0-9]+")


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One process or condition. number: as models cite it. otherwise: the process of a condition that fails.

    elements: the ids of those that do it, where it has no number; elsewhere: what does it instead of this flow.
    channel: the only one by which a result goes this way; registers: whether the application gets its number there.
    """

    number: str
    what: str
    roles: frozenset[str]
    otherwise: str | None = None
    limit: Limit | None = None
    elements: tuple[str, ...] = ()
    elsewhere: str | None = None
    channel: str | None = None
    registers: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """key: the id of the process."""

    key: str
    title: Mapping[str, str]
    steps: tuple[FlowStep, ...]


def flows(data: Mapping[str, Any]) -> tuple[Flow, ...]:
    """Those of a file's data. Raises ValueError for a part that is missing or cannot be understood."""
    try:
        return tuple(_flow(one) for one in data["flows"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the flows are not in the known form: {error!r}") from error


def _flow(data: Mapping[str, Any]) -> Flow:
    return Flow(data["key"], dict(data["title"]), tuple(_step(one, data["roles"]) for one in data["steps"]))


def _step(data: Mapping[str, Any], roles: list[str]) -> FlowStep:
    given, otherwise = data.get("limit"), data.get("otherwise")
    failing = None if otherwise is None else _NUMBER.match(otherwise)
    if otherwise is not None and failing is None:
        raise ValueError(f"a condition that fails leads to a process with a number, not to {otherwise!r}")
    return FlowStep(
        number=str(data["n"]),
        what=str(data["what"]),
        roles=frozenset(data.get("roles", roles)),
        otherwise=failing[0] if failing else None,
        limit=limit(given) if isinstance(given, Mapping) else None,
        elements=tuple(data.get("elements", ())),
        elsewhere=data.get("elsewhere"),
        channel=data.get("channel"),
        registers=bool(data.get("registers")),
    )
