"""Small models that follow editions of an act."""

from tests.actions.beginnings import process
from tests.features.feature_models import end, path, start, user


def law(edition: str | None = None, begins: str | None = None, ends: str | None = None) -> str:
    """The properties of a process."""
    named = {"law.edition": edition, "law.inForceFrom": begins, "law.inForceUntil": ends}
    given = "".join(f'<camunda:property name="{name}" value="{value}"/>' for name, value in named.items() if value)
    return f"<extensionElements><camunda:properties>{given}</camunda:properties></extensionElements>"


def licence(
    edition: str | None = None, begins: str | None = None, ends: str | None = None, step: str = "", key: str = "licence"
) -> bytes:
    """A process with one step, `work`, or the step with that id that is given."""
    content = (start(), step or user("work"), end(), path("start", "work", "end"))
    return process(key, law(edition, begins, ends), *content)
