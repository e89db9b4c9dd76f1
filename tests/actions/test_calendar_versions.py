"""Every version of a calendar is kept, whether or not a deadline was ever counted with it."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.seed import seed
from app.actions.terms import calendar_changes
from app.domain.people.access import Actor
from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.calendar_edits import Edit
from app.store.tables import Calendar, CalendarVersion

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
FRIDAY = date(2026, 3, 27)


def versions(session: Session) -> list[int]:
    query = select(CalendarVersion.version).where(CalendarVersion.tenant_id == TENANT)
    return list(session.scalars(query.order_by(CalendarVersion.version)))


def test_a_new_calendar_is_kept_with_its_first_version(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    assert versions(session) == [session.get_one(Calendar, TENANT).version]


def test_a_changed_calendar_is_kept_beside_what_it_was(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    first = session.get_one(Calendar, TENANT).version
    closed = CalendarDay(FRIDAY, DayKind.HOLIDAY, Text("а", "б", "c"))
    calendar_changes.change(session, ADMIN, TENANT, first, Edit(put=[closed]), None, NOW)
    session.flush()
    assert versions(session) == [first, first + 1]
    contents = {
        row.version: row.content["days"] for row in session.scalars(select(CalendarVersion)) if row.tenant_id == TENANT
    }
    assert [day[0] for day in contents[first + 1] if day not in contents[first]] == [FRIDAY.isoformat()]
