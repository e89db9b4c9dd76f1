"""The four-eyes rule: a step that nobody may work who did certain other steps of the case."""

from collections.abc import Mapping

NOT_BY = "law.notBy"
"""Extension property of a user task: the ids of those other steps, parted by semicolons."""


def incompatible_steps(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the steps whose people may not work this one, as the model names them."""
    return tuple(filter(None, (one.strip() for one in properties.get(NOT_BY, "").split(";"))))
