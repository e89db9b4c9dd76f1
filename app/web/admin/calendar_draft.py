"""A change of a calendar that is being put together: it stands in the address, nothing is kept until it is made."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import date, time

from app.domain import refusals
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import CalendarDay, DayKind, Text, WorkHours
from app.domain.terms.calendar_edits import Edit
from app.errors import Invalid

LONGEST = 3_000
"""Characters of an address that the draft may take."""
UNPACKED = 50_000


@dataclass(frozen=True, slots=True)
class Draft:
    """version: of the calendar that it changes."""

    version: int
    edit: Edit = Edit()

    @property
    def empty(self) -> bool:
        return self.edit == Edit()

    def with_edit(self, edit: Edit) -> "Draft":
        return replace(self, edit=edit)

    def without(self, day: date) -> "Draft":
        """What it does to a day is left out."""
        put = tuple(row for row in self.edit.put if row.day != day)
        return self.with_edit(
            replace(self.edit, put=put, removed=tuple(one for one in self.edit.removed if one != day))
        )

    @property
    def days(self) -> list[date]:
        """Those that it touches, in order."""
        return sorted({*(row.day for row in self.edit.put), *self.edit.removed})

    def text(self) -> str:
        """As it stands in an address. Raises Invalid if it is too long for that."""
        hours = self.edit.hours
        kept = [
            self.version,
            None if hours is None else [f"{one:%H:%M}" for one in (hours.opens, hours.closes, *(hours.lunch or ()))],
            [_kept(row) for row in self.edit.put],
            [one.isoformat() for one in self.edit.removed],
        ]
        packed = zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9)
        text = urlsafe_b64encode(packed).decode().rstrip("=")
        if len(text) > LONGEST:
            raise refusals.of(Invalid, calendar_refusals.DRAFT_LONG)
        return text


def _kept(row: CalendarDay) -> list[str]:
    hours = [] if row.hours is None else [f"{row.hours.opens:%H:%M}", f"{row.hours.closes:%H:%M}"]
    return [row.day.isoformat(), row.kind.value, row.name.kk, row.name.ru, row.name.en, *hours]


def recalled(text: str) -> Draft:
    """What `text` wrote. Raises Invalid for anything else."""
    try:
        unpacking = zlib.decompressobj()
        packed = urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text) % 4))
        version, hours, put, removed = json.loads(unpacking.decompress(packed, UNPACKED))
        edit = Edit(
            None if hours is None else _hours(*hours),
            tuple(_row(*row) for row in put),
            tuple(date.fromisoformat(one) for one in removed),
        )
        return Draft(int(version), edit)
    except (ValueError, TypeError, zlib.error):
        raise refusals.of(Invalid, calendar_refusals.DRAFT_BROKEN) from None


def _hours(opens: str, closes: str, *lunch: str) -> WorkHours:
    between = (time.fromisoformat(lunch[0]), time.fromisoformat(lunch[1])) if len(lunch) == 2 else None
    return WorkHours(time.fromisoformat(opens), time.fromisoformat(closes), between)


def _row(day: str, kind: str, kk: str, ru: str, en: str, *hours: str) -> CalendarDay:
    return CalendarDay(date.fromisoformat(day), DayKind(kind), Text(kk, ru, en), _hours(*hours) if hours else None)
