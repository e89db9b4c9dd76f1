"""What an installation starts with: roles, organisations and their calendars, read from the acts."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import extract, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.models.acts import ACT, ANY_PROVIDER, load
from app.actions.terms.calendars import keep_version
from app.domain.people.designers import DESIGNER
from app.domain.terms import holidays_kz
from app.domain.terms.calendar import LANGUAGES, STANDARD_HOURS, CalendarDay, WorkHours
from app.errors import Invalid
from app.store.tables import Calendar, CalendarDayRow, Group, Membership, Organisation, User

ZONE = "Asia/Almaty"
YEARS_BEFORE, YEARS_AFTER = 2, 7
WITHOUT_PEOPLE = frozenset({"system"})
"""Roles that nobody holds."""
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKEND = (5, 6)
DEMO_PASSWORD = "demo"  # noqa: S105 - of the demonstration, printed at its start
_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Of a password that everybody is told: to make guessing it slow would only make the start slow."""
FIRST_NAMES = ("Айгүл", "Ерлан", "Динара", "Нұрлан", "Жанар", "Бауыржан", "Сәуле", "Дәурен", "Меруерт", "Қанат", "Әсел")
COLLEAGUES: Mapping[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "aktobe-gask": (
        ("clerk-2", "Ботагөз", "Жұмабаева", ("clerk", "commission_secretary")),
        ("executor-2", "Гүлнар", "Сейітқалиева", ("executor", "commission")),
        ("executor-3", "Мақсат", "Нұрмағамбетов", ("executor",)),
        ("executor-4", "Ирина", "Ковалёва", ("executor", "complaint_officer")),
        ("head-2", "Сәкен", "Досмұхамедов", ("head", "commission")),
    ),
    "industrial-safety-committee": (
        ("clerk-2", "Алия", "Есенова", ("clerk",)),
        ("executor-2", "Тимур", "Садықов", ("executor",)),
        ("executor-3", "Ұлбосын", "Құлмұхамбетова", ("executor", "complaint_officer")),
        ("territorial_officer-2", "Ерболат", "Қайырбеков", ("territorial_officer",)),
    ),
    "energy-supervision-committee": (
        ("executor-2", "Раушан", "Әбдіғалиева", ("executor", "commission")),
        ("commission-2", "Виктор", "Ли", ("commission",)),
        ("commission-3", "Жаннат", "Молдағалиева", ("commission", "commission_secretary")),
    ),
}
"""By organisation, who shares its work: the beginning of the id, first and last name, roles."""
LAST_NAMES = ("Оспан", "Ахмет", "Жүніс", "Сәрсен", "Байжан", "Төлеген", "Қасым", "Әлімхан", "Бекен", "Сейдахмет")


def seed(session: Session, acts_dir: Path, now: datetime, demo: bool) -> None:
    """Add what is missing and follow the names of the acts; calendars that exist keep what people changed in them.

    acts_dir: holds roles.yaml and a folder an act with its act.yaml. demo: also a user for each role, designers too, in each
    organisation, `<role>.<organisation>`, and `admin`, all with the password DEMO_PASSWORD. Raises Invalid for an
    act that cannot be used.
    """
    roles = load(acts_dir / "roles.yaml")
    services = [service for path in sorted(acts_dir.glob(f"*/{ACT}")) for service in load(path)["services"]]
    providers = _providers(services)
    _put_names(session, Group, roles)
    _put_names(session, Organisation, providers)
    hours = _hours(services)
    for provider in providers:
        _ensure_calendar(session, provider, *hours.get(provider, (STANDARD_HOURS, WEEKEND)))
        _ensure_days(session, provider, now.astimezone(ZoneInfo(ZONE)).year)
        keep_version(session, provider)
    if demo:
        working = [role for role in roles if role not in WITHOUT_PEOPLE | {DESIGNER}]
        _ensure_people(session, working, list(providers))
        if DESIGNER in roles:
            _ensure_designers(session, list(providers))


def _providers(services: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, str]]:
    """Names by key; an act names a provider in full once and by its key alone afterwards."""
    found: dict[str, Mapping[str, str]] = {}
    for provider in (service["provider"] for service in services):
        if provider["key"] != ANY_PROVIDER and (provider["key"] not in found or "kk" in provider):
            found[provider["key"]] = provider
    if unnamed := [key for key, names in found.items() if not set(LANGUAGES) <= names.keys()]:
        raise Invalid(f"no act names these providers in {', '.join(LANGUAGES)}: {', '.join(unnamed)}")
    return found


def _put_names(session: Session, table: type[Group | Organisation], rows: Mapping[str, Mapping[str, str]]) -> None:
    for key, names in rows.items():
        values = {"id": key, "names": {language: names[language] for language in LANGUAGES}}
        statement = insert(table).values(values)
        session.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"names": statement.excluded.names})
        )


def _hours(services: Iterable[Mapping[str, Any]]) -> dict[str, tuple[WorkHours, tuple[int, ...]]]:
    """The hours and the weekend of the providers for which an act gives them."""
    found = {}
    for service in services:
        if given := service.get("working_hours"):
            opens, closes, lunch_from, lunch_to = map(
                time.fromisoformat, (given["open"], given["close"], *given["lunch"])
            )
            first, last = map(WEEK.index, given["days"].split("-"))
            weekend = tuple(day for day in range(7) if not first <= day <= last)
            found[service["provider"]["key"]] = (WorkHours(opens, closes, (lunch_from, lunch_to)), weekend)
    return found


def _ensure_calendar(session: Session, provider: str, hours: WorkHours, weekend: Iterable[int]) -> None:
    lunch_from, lunch_to = hours.lunch or (None, None)
    row = {
        "tenant_id": provider,
        "zone": ZONE,
        "opens": hours.opens,
        "closes": hours.closes,
        "lunch_from": lunch_from,
        "lunch_to": lunch_to,
        "weekend": list(weekend),
        "version": 1,
    }
    session.execute(insert(Calendar).values(row).on_conflict_do_nothing())


def _ensure_days(session: Session, provider: str, year: int) -> None:
    """Add the years that have no day yet: a day that someone took away stays away."""
    known = set(
        session.scalars(
            select(extract("year", CalendarDayRow.day)).where(CalendarDayRow.tenant_id == provider).distinct()
        )
    )
    days = [day for day in holidays_kz.seed(year - YEARS_BEFORE, year + YEARS_AFTER) if day.day.year not in known]
    if not days:
        return
    session.execute(insert(CalendarDayRow), [_day_row(provider, day) for day in days])
    if known:
        session.execute(update(Calendar).where(Calendar.tenant_id == provider).values(version=Calendar.version + 1))


def _day_row(provider: str, day: CalendarDay) -> dict[str, Any]:
    return {
        "tenant_id": provider,
        "day": day.day,
        "kind": day.kind.value,
        "names": {language: day.name.get(language) for language in LANGUAGES},
        "opens": day.hours.opens if day.hours else None,
        "closes": day.hours.closes if day.hours else None,
    }


def _ensure_people(session: Session, roles: list[str], providers: list[str]) -> None:
    known = set(session.scalars(select(User.id)))
    if "admin" not in known:
        session.add(User(id="admin", password_hash=_HASHER.hash(DEMO_PASSWORD), administrator=True))
    number = count()
    for provider in providers:
        for role in roles:
            turn = next(number)
            names = FIRST_NAMES[turn % len(FIRST_NAMES)], LAST_NAMES[turn % len(LAST_NAMES)]
            _ensure_person(session, known, provider, role, names, (role,))
        for login, first, last, held in COLLEAGUES.get(provider, ()):
            _ensure_person(session, known, provider, login, (first, last), [role for role in held if role in roles])
    session.flush()


def _ensure_designers(session: Session, providers: list[str]) -> None:
    known = set(session.scalars(select(User.id)))
    for turn, provider in enumerate(providers):
        names = FIRST_NAMES[turn % len(FIRST_NAMES)], LAST_NAMES[-1 - turn % len(LAST_NAMES)]
        _ensure_person(session, known, provider, DESIGNER, names, (DESIGNER,))
    session.flush()


def _ensure_person(
    session: Session, known: Collection[str], provider: str, login: str, names: tuple[str, str], roles: Iterable[str]
) -> None:
    user_id = f"{login}.{provider}"
    if user_id in known:
        return
    first, last = names
    password = _HASHER.hash(DEMO_PASSWORD)
    session.add(User(id=user_id, first_name=first, last_name=last, password_hash=password, administrator=False))
    session.flush()
    session.add_all(Membership(user_id=user_id, tenant_id=provider, group_id=role) for role in roles)
