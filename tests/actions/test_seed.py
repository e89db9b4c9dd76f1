from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.actions.models.seed import DEMO_PASSWORD, seed
from app.actions.people.passwords import verify_password
from app.errors import Invalid
from app.store.tables import Calendar, CalendarDayRow, Group, Membership, Organisation, User

NOW = datetime(2025, 6, 2, 5, 0, tzinfo=UTC)
ROLES = """
applicant: {kk: Алушы, ru: Получатель, en: Applicant}
clerk: {kk: Кеңсе, ru: Канцелярия, en: Clerk}
head: {kk: Басшы, ru: Руководитель, en: Head}
system: {kk: Жүйе, ru: Система, en: System}
"""
FIRST_ACT = """
services:
- key: one
  provider: &named {key: committee, kk: Комитет, ru: Комитет, en: Committee}
- key: two
  provider: *named
"""
SECOND_ACT = """
services:
- key: three
  provider: {key: committee}
- key: four
  provider: {key: department, kk: Департамент, ru: Департамент, en: Department}
  working_hours: {days: Mon-Sat, open: "08:30", close: "17:00", lunch: ["12:00", "13:00"]}
- key: complaint
  provider: {key: any, en: whoever is complained of}
"""


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    (tmp_path / "roles.yaml").write_text(ROLES)
    for name, text in {"a": FIRST_ACT, "b": SECOND_ACT}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "act.yaml").write_text(text)
    return tmp_path


def test_roles_and_the_named_providers_are_there_with_names_in_three_languages(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=False)
    assert set(session.scalars(select(Group.id))) == {"applicant", "clerk", "head", "system"}
    assert {row.id: row.names for row in session.scalars(select(Organisation))} == {
        "committee": {"kk": "Комитет", "ru": "Комитет", "en": "Committee"},
        "department": {"kk": "Департамент", "ru": "Департамент", "en": "Department"},
    }


def test_nobody_can_sign_in_unless_it_is_a_demonstration(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=False)
    assert session.scalars(select(User.id)).all() == []


def test_the_demonstration_has_a_person_for_each_role_in_each_organisation(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=True)
    assert set(session.scalars(select(User.id))) == {
        "admin",
        "applicant.committee", "clerk.committee", "head.committee",
        "applicant.department", "clerk.department", "head.department",
    }  # fmt: skip
    membership = session.scalars(select(Membership).where(Membership.user_id == "head.department")).one()
    assert (membership.group_id, membership.tenant_id) == ("head", "department")
    administrators = session.scalars(select(User).where(User.administrator)).all()
    assert [user.id for user in administrators] == ["admin"]
    assert verify_password(administrators[0].password_hash, DEMO_PASSWORD)


def test_no_two_people_share_a_hash(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=True)
    hashes = session.scalars(select(User.password_hash)).all()
    assert len(set(hashes)) == len(hashes) == 7


def test_calendars_follow_the_act_or_else_the_standard_day(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=False)
    committee, department = (session.get_one(Calendar, key) for key in ("committee", "department"))
    assert (committee.opens, committee.closes, committee.weekend) == (time(9), time(18, 30), [5, 6])
    assert (committee.lunch_from, committee.lunch_to) == (time(13), time(14, 30))
    assert (department.opens, department.closes, department.weekend) == (time(8, 30), time(17), [6])
    assert (department.lunch_from, department.lunch_to) == (time(12), time(13))


def test_holidays_are_known_for_the_two_years_before_and_the_seven_after(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=False)
    first, last = session.execute(select(func.min(CalendarDayRow.day), func.max(CalendarDayRow.day))).one()
    assert (first.year, last.year) == (2023, 2032)
    independence = session.get_one(CalendarDayRow, ("committee", date(2025, 12, 16)))
    assert independence.kind == "holiday"
    assert independence.names["en"] == "Independence Day"


def test_the_next_start_adds_nothing_and_undoes_no_edit(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=True)
    session.get_one(Calendar, "committee").opens = time(8)
    session.get_one(User, "admin").password_hash = "another"
    session.flush()
    session.execute(delete(CalendarDayRow).where(CalendarDayRow.day == date(2025, 12, 16)))
    tables = (Group, Organisation, Calendar, CalendarDayRow, User, Membership)
    before = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    seed(session, acts, NOW, demo=True)
    session.expire_all()
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == before
    assert session.get_one(Calendar, "committee").opens == time(8)
    assert session.get_one(Calendar, "committee").version == 1
    assert session.get_one(User, "admin").password_hash == "another"


def test_a_start_in_the_next_year_adds_that_year_and_a_version_of_the_calendar(session: Session, acts: Path) -> None:
    seed(session, acts, NOW, demo=False)
    seed(session, acts, NOW.replace(year=2026), demo=False)
    session.expire_all()
    assert session.scalar(select(func.max(CalendarDayRow.day))).year == 2033  # type: ignore[union-attr]
    assert session.get_one(Calendar, "committee").version == 2


def test_a_provider_that_no_act_names_is_refused(session: Session, acts: Path) -> None:
    (acts / "a" / "act.yaml").write_text("services: [{key: one, provider: {key: nameless}}]")
    with pytest.raises(Invalid, match="nameless"):
        seed(session, acts, NOW, demo=False)
