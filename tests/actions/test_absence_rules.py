"""Who is of the staff, who may be a deputy of whom, how an absence ends, and who is told of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.seed import seed
from app.actions.people import absences
from app.actions.people.absences import Asked
from app.actions.terms.calendars import calendar_of
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Absence, Membership, Notice, User

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
ADMIN = Actor("admin", True, frozenset())
FIRST, LAST = date(2026, 3, 18), date(2026, 3, 20)
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
ACTS = Path(__file__).parents[2] / "bpmn"


@pytest.fixture(autouse=True)
def office(session: Session) -> None:
    """The organisations and the roles, with nobody in them."""
    seed(session, ACTS, NOW, demo=False)


def person(session: Session, name: str, *roles: str, tenant: str = TENANT, called: str | None = None) -> Actor:
    session.add(User(id=name, first_name=called, password_hash="-", administrator=False))
    session.flush()
    session.add_all(Membership(user_id=name, group_id=role, tenant_id=tenant) for role in roles)
    session.flush()
    return Actor(name, False, frozenset((role, tenant) for role in roles))


def entered(session: Session, by: Actor, absent: Actor, deputy: Actor) -> Absence:
    return absences.enter(session, by, Asked(TENANT, absent.user_id, deputy.user_id, FIRST, LAST, "12-Ж"), NOW)


def told(session: Session) -> list[tuple[str, str, str | None]]:
    session.flush()
    rows = session.execute(select(Notice.user_id, Notice.kind, Notice.doer).order_by(Notice.id))
    return [(row.user_id, row.kind, row.doer) for row in rows]


def local(session: Session, day: date, hour: int, minute: int) -> datetime:
    """A moment of the organisation's day."""
    zone = calendar_of(session, TENANT).tz
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def test_the_staff_is_everybody_who_does_more_than_apply_by_name(session: Session) -> None:
    clerk = person(session, "z", "clerk", "applicant", called="Айгүл")
    person(session, "b", "head", "clerk", called="Болат")
    person(session, "a", "corporation_operator", called="Болат")
    person(session, "c", "clerk")
    person(session, "who-applies", "applicant")
    person(session, "elsewhere", "clerk", tenant=ELSEWHERE)
    found = absences.staff(session, clerk, TENANT)
    assert [(one.user_id, one.name, one.groups) for one in found] == [
        ("c", "c", {"clerk"}),
        ("z", "Айгүл", {"clerk"}),
        ("a", "Болат", {"corporation_operator"}),
        ("b", "Болат", {"clerk", "head"}),
    ]
    assert [len(one.roles) for one in found] == [1, 1, 1, 2]
    assert absences.staff(session, ADMIN, TENANT) == found


def test_a_stranger_is_not_told_who_is_of_the_staff(session: Session) -> None:
    stranger = person(session, "elsewhere", "clerk", tenant=ELSEWHERE)
    with pytest.raises(NotFound):
        absences.staff(session, stranger, TENANT)


@pytest.mark.parametrize(
    ("absent", "deputy", "field"),
    [
        (["clerk"], ["head"], None),
        (["clerk"], ["corporation_operator"], "deputy"),
        (["clerk"], ["corporation_operator", "applicant"], "deputy"),
        (["clerk"], ["corporation_operator", "clerk"], None),
        (["clerk"], ["applicant"], "deputy"),
        (["clerk"], ["applicant", "clerk"], None),
        (["clerk"], [], "deputy"),
        (["corporation_operator"], ["corporation_operator"], None),
        (["corporation_operator"], ["clerk"], None),
        (["corporation_operator"], ["applicant"], "deputy"),
        (["applicant"], ["clerk"], "person"),
        (["applicant", "clerk"], ["clerk"], None),
        ([], ["clerk"], "person"),
    ],
)
def test_who_may_be_the_deputy_of_whom(
    session: Session, absent: list[str], deputy: list[str], field: str | None
) -> None:
    away, acting = person(session, "away", *absent), person(session, "acting", *deputy)
    if field is None:
        assert entered(session, ADMIN, away, acting).deputy_id == "acting"
        return
    with pytest.raises(Invalid) as refused:
        entered(session, ADMIN, away, acting)
    assert refused.value.details == {"field": field}


def test_an_absence_is_ended_on_its_last_day_and_not_after_it_nor_twice(session: Session) -> None:
    away, acting = person(session, "away", "clerk"), person(session, "acting", "clerk")
    made = entered(session, away, away, acting)
    with pytest.raises(Conflict):
        absences.end(session, away, made.id, local(session, LAST + timedelta(days=1), 0, 0))
    last = local(session, LAST, 23, 59)
    assert absences.away(session, TENANT, last) == {"away": "acting"}
    absences.end(session, away, made.id, last)
    assert (made.ended_at, made.ended_by) == (last, "away")
    assert absences.away(session, TENANT, last) == {}
    with pytest.raises(Conflict):
        absences.end(session, away, made.id, last)


def test_who_ends_an_absence(session: Session) -> None:
    away, acting = person(session, "away", "clerk"), person(session, "acting", "clerk")
    colleague, head = person(session, "colleague", "clerk"), person(session, "head", "head")
    made = entered(session, away, away, acting)
    with pytest.raises(Forbidden):
        absences.end(session, acting, made.id, NOW)
    with pytest.raises(NotFound):
        absences.end(session, colleague, made.id, NOW)
    assert absences.end(session, head, made.id, NOW).ended_by == "head"


def test_the_deputy_is_told_of_what_others_enter_and_end(session: Session) -> None:
    away, acting = person(session, "away", "clerk"), person(session, "acting", "clerk")
    absences.end(session, ADMIN, entered(session, away, away, acting).id, NOW)
    assert told(session) == [("acting", "deputy", "away"), ("acting", "deputy-ends", "admin")]


def test_a_deputy_is_not_told_of_what_he_enters_and_ends_himself(session: Session) -> None:
    away, head = person(session, "away", "clerk"), person(session, "head", "head")
    absences.end(session, head, entered(session, head, away, head).id, NOW)
    assert told(session) == []
