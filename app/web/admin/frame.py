"""The sections of the admin's pages, and who sees which."""

from dataclasses import dataclass

from flask import request

from app.web.pages import leads_team, signed_in


@dataclass(frozen=True, slots=True)
class Section:
    """name: a key of the words, and the last part of the blueprints' names that belong to it; for_heads: of their own
    organisations."""

    name: str
    endpoint: str
    parts: tuple[str, ...] = ()
    for_heads: bool = False

    @property
    def here(self) -> bool:
        """Whether the page that is asked for belongs to it."""
        return (request.blueprint or "").removeprefix("web.") in (self.name, *self.parts)


SECTIONS: tuple[Section, ...] = (
    Section("admin-overview", "web.overview.shown", ("overview",)),
    Section("instances", "web.instances.listed", ("instance", "standing", "mending", "case_terms")),
    Section("batches", "web.batches.listed", ("mending_many",)),
    Section("statistics", "web.statistics.shown", for_heads=True),
    Section("forecast", "web.forecast.listed", for_heads=True),
    Section("calendars", "web.calendars.listed", ("calendar_changes",), for_heads=True),
    Section("people", "web.people.listed", ("person", "roles", "organisations", "people_import")),
    Section("services", "web.services.listed"),
    Section("system", "web.system.shown"),
)
"""In the order in which they stand above each page."""


def sections() -> list[Section]:
    """Those that the person may see; nothing is read for it."""
    me = signed_in()
    if me is None:
        return []
    return [one for one in SECTIONS if me.administrator or (one.for_heads and leads_team())]
