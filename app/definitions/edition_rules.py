"""Rules on the edition of the law that a process follows: its dates are days, in order, and nobody else's."""

from collections.abc import Iterator

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection
from app.domain.acts.editions import EDITION, Edition, edition, overlapping


def edition_rules(inspection: Inspection) -> Iterator[Finding]:
    process = inspection.process
    try:
        own = edition(process.properties)
    except ValueError as error:
        name = str(error)
        yield inspection.at("edition-day", process.id, property=name, text=process.properties[name])
        return
    known = inspection.surroundings.editions.get(process.id, ())
    if own.name is None:
        yield from _unnamed(inspection, own, known)
        return
    if own.begins is not None and own.ends is not None and own.ends <= own.begins:
        yield inspection.at(
            "edition-ends-before", process.id, edition=own.name, begins=_day(own.begins), ends=_day(own.ends)
        )
        return
    other = overlapping(own, known)
    if other is not None:
        yield inspection.at("edition-overlaps", process.id, edition=_cited(own), other=_cited(other))


def _unnamed(inspection: Inspection, own: Edition, known: tuple[Edition, ...]) -> Iterator[Finding]:
    named = [one for one in known if one.name is not None]
    if own.begins is not None or own.ends is not None:
        yield inspection.at("edition-unnamed", inspection.process.id, property=EDITION)
    elif named:
        yield inspection.at(
            "edition-missing", inspection.process.id, property=EDITION, editions=", ".join(map(_cited, named))
        )


def _cited(one: Edition) -> str:
    """Its name and its days, as the model writes them."""
    return f"{one.name} [{_day(one.begins)}, {_day(one.ends)})"


def _day(day: object) -> str:
    return "…" if day is None else str(day)
