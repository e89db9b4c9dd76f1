"""The sections of the admin's pages, and who sees which."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Answer

from app.domain.people.administrators import require_administrator
from app.http.transaction import unit
from app.web.pages import leads_team, signed_in

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


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
    Section("instances", "web.instances.listed", ("instance", "standing", "mending")),
    Section("batches", "web.batches.listed", ("mending_many",)),
    Section("statistics", "web.statistics.shown", for_heads=True),
    Section("forecast", "web.forecast.listed", for_heads=True),
    Section("calendars", "web.calendars.listed", ("calendar_changes",), for_heads=True),
    Section("people", "web.people.listed", ("person", "roles", "organisations", "people_import")),
)
"""In the order in which they stand above each page."""


def sections() -> list[Section]:
    """Those that the person may see; nothing is read for it."""
    me = signed_in()
    if me is None:
        return []
    return [one for one in SECTIONS if me.administrator or (one.for_heads and leads_team())]


@blueprint.get("")
def home() -> Answer:
    """Leads to the first section."""
    seen = sections()
    if not seen:
        require_administrator(unit().actor)
    return redirect(url_for(seen[0].endpoint))
