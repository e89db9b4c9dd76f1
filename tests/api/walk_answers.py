"""What a person who knows nothing but a form writes into it, and where the form leaves a choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

FAR, NEAR = timedelta(weeks=5), timedelta(days=1)
"""Days that a form asks for: far enough for every notice that an act demands, and too near for it."""
ID_NUMBERS = {"iin": "900101300126", "bin": "150340054326", "iin-or-bin": "150340054326"}
"""By the format that a field asks for."""
PHONE = "+7 (7132) 21-40-15"
Point = tuple[str, str, str]
"""A question: process, element ("" for its start), key of the field."""


@dataclass(slots=True)
class Choices:
    """Which option each question was answered with, in one walk.

    given: followed first. After it what nobody has answered yet is tried, else the first option; answered: the options
    that were taken in this and all earlier walks.
    """

    given: Sequence[int]
    answered: dict[Point, set[int]]
    taken: list[tuple[Point, int, int]] = field(default_factory=list)

    @classmethod
    def first(cls) -> "Choices":
        """The first option everywhere."""
        return cls([0] * 100, {})

    def choose(self, point: Point, options: int) -> int:
        place, known = len(self.taken), self.answered.setdefault(point, set())
        untried = (one for one in range(options) if one not in known)
        index = self.given[place] if place < len(self.given) else next(untried, 0)
        known.add(index)
        self.taken.append((point, index, options))
        return index

    def others(self) -> Iterator[tuple[list[int], Point, int]]:
        """The beginnings of walks that answer one of the questions of this one as nobody has answered it: the last first."""
        for place in range(len(self.taken) - 1, -1, -1):
            point, _, options = self.taken[place]
            before = [index for _, index, _ in self.taken[:place]]
            yield from ((([*before, one]), point, one) for one in range(options) if one not in self.answered[point])


@dataclass(frozen=True, slots=True)
class Person:
    """Who fills forms at a moment. known: texts to choose from, by the key of the field that asks for them."""

    now: datetime
    known: Mapping[str, list[str]]

    def fill(self, form: Mapping[str, Any], process: str, element: str, choices: Choices) -> dict[str, Any]:
        """The variables to submit: an answer to each required field."""
        filled = {}
        for one in form["components"]:
            if one.get("validate", {}).get("required") and not one.get("disabled"):
                options = self._options(one)
                point = (process, element, one["key"])
                chosen = options[choices.choose(point, len(options)) if len(options) > 1 else 0]
                filled[one["key"]] = {"value": chosen}
        return filled

    def _options(self, one: Mapping[str, Any]) -> list[Any]:
        rules = one["validate"]
        if one["type"] == "checklist":
            return [self.known[one["key"]] if "valuesKey" in one else [one["values"][0]["value"]]]
        if "values" in one:
            return [option["value"] for option in one["values"]]
        if one["type"] == "checkbox":
            return [True]
        if one["type"] == "number":
            return [rules["min"], rules.get("max", rules["min"] * 2)]
        if one["type"] == "datetime":
            return [self._day(one, after) for after in (FAR, NEAR)]
        if one["key"] in self.known:
            return self.known[one["key"]]
        note = PHONE if one["key"].endswith("Phone") else "Жазба"
        return [ID_NUMBERS.get(one.get("properties", {}).get("format"), note)]

    def _day(self, one: Mapping[str, Any], after: timedelta) -> str:
        day = (self.now + after).date()
        return (
            day.isoformat() if one["subtype"] == "date" else datetime.combine(day, time(10)).isoformat("T", "minutes")
        )
