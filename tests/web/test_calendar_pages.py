"""The calendars of the admin's pages: what is seen of them, and a change that is looked at before it is made."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.notifying.events import Told, write_letters
from app.actions.notifying.letters import letter
from app.domain.people.notices import Kind
from app.store.tables import Delivery, Notice, Task, TermMove, User
from tests.api.timed_cases import EXECUTOR, HEAD, TENANT, Cases, off

Headers = dict[str, str]
YEAR = f"/admin/calendars/{TENANT}?year=2026"
CHANGE = f"/admin/calendars/{TENANT}/change"
ELSEWHERE = "head.industrial-safety-committee"
BEFORE, AFTER = "пт 20.03.2026 18:30", "чт 26.03.2026 18:30"
OFF = {"day": "2026-03-19", "kind": "holiday"}
STATEMENTS = {"list": 3, "year": 4, "preview": 10}
"""Sign-in included."""
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    """The status, the words of the page and where it leads."""

    def run(path: str, person: str = "admin", lang: str = "ru", **form: str) -> tuple[int, str, str]:
        headers = {**as_user(person), "Accept-Language": lang}
        answer = client.post(path, data=form, headers=headers) if form else client.get(path, headers=headers)
        return answer.status_code, unescape(answer.text), answer.headers.get("Location", "")

    return run


def draft_of(ask: Ask, **day: str) -> str:
    """The address of a preview of a change of one day."""
    status, text, place = ask(f"{CHANGE}/day?{urlencode({'year': 2026, **day})}")
    assert status == 302, text
    return place.replace("/change?", "/change/preview?").partition("#")[0]


def apply(ask: Ask, preview: str, reason: str) -> tuple[int, str, str]:
    draft = re.search("draft=([^&]+)", preview)
    assert draft is not None
    return ask(f"{CHANGE}?year=2026", draft=draft[1], reason=reason)


def give(client: FlaskClient, as_user: Callable[[str], Headers], engine: Engine, person: str = EXECUTOR) -> None:
    """All open tasks to one person."""
    with Session(engine) as session:
        tasks = session.scalars(select(Task.id).where(Task.ended_at.is_(None))).all()
    for task in tasks:
        path = f"/engine-rest/task/{task}/assignee"
        assert client.post(path, json={"userId": person}, headers=as_user("admin")).status_code == 204


def test_a_year_is_seen_by_administrators_and_by_the_heads_of_its_organisation(ask: Ask) -> None:
    status, text, _ = ask(YEAR)
    assert status == 200
    assert "Наурыз мейрамы" in text
    assert "09:00–18:30, обед 13:00–14:30" in text
    assert "/change" in text
    assert "/change" not in ask(YEAR, HEAD)[1]
    assert [ask(YEAR, ELSEWHERE)[0], ask(YEAR, f"clerk.{TENANT}")[0], ask(CHANGE, HEAD)[0]] == [404, 403, 403]
    assert ask(YEAR.replace("2026", "1999"))[0] == 400


def test_what_is_previewed_is_what_is_done_and_each_holder_is_told_once(
    ask: Ask, cases: Cases, client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    [over, *_] = [cases.hearing() for _ in range(3)]
    give(client, as_user, database_engine)
    cases.at("2026-03-17 10:00")
    preview = draft_of(ask, **OFF)
    _, text, _ = ask(preview)
    assert ("6 сроков" in text, "в 3 делах" in text, BEFORE in text, AFTER in text) == (True, True, True, True)
    step = re.search(r'href="([^"]*moves[^"]*kind=step[^"]*)">3<', text)
    assert step is not None
    rows = ask(step[1])[1]
    assert (rows.count(BEFORE), rows.count(AFTER)) == (3, 3)
    assert cases.terms(over)["whole"]["result"].startswith("2026-03-20")
    assert apply(ask, preview, " ")[0] == 400
    assert apply(ask, preview, "Приказ № 7")[0] == 303
    with Session(database_engine) as session:
        moved = session.execute(select(TermMove.kind, TermMove.before, TermMove.after)).all()
        notices = session.scalars(select(Notice).where(Notice.kind == Kind.CALENDAR)).all()
    assert sorted(row.kind for row in moved) == ["step"] * 3 + ["whole"] * 3
    assert [(one.user_id, one.doer) for one in notices] == [(EXECUTOR, "admin")]
    _, shown, _ = ask(YEAR)
    assert "Приказ № 7" in shown
    assert "сдвинула 6 сроков" in shown
    assert ask(f"/admin/calendars/{TENANT}/versions/2", HEAD)[1].count(AFTER) == 6
    _, _, mine = ask(f"/notices/{notices[0].id}", EXECUTOR)
    assert ask(mine, EXECUTOR)[1].count(AFTER) == 3
    assert ask(mine, HEAD)[0] == 404


def test_the_letter_of_a_change_says_how_many_terms_it_moved(
    ask: Ask, cases: Cases, client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    cases.hearing()
    give(client, as_user, database_engine)
    apply(ask, draft_of(ask, **OFF), "Приказ № 7")
    with Session(database_engine) as session:
        session.get_one(User, EXECUTOR).email = "a@example.kz"
        [notice] = session.scalars(select(Notice).where(Notice.kind == Kind.CALENDAR))
        session.flush()
        told = Told(EXECUTOR, Kind.CALENDAR, TENANT, notice.task_id, None, "admin")
        write_letters(session, [told], notice.at)
        session.flush()
        written = letter(session, session.scalars(select(Delivery)).one(), "http://here")
        assert "Жылжыған мерзім: 1" in written.text
        assert f"http://here/notices/calendar/{notice.task_id}" in written.text
        session.rollback()


def test_a_change_of_a_calendar_that_somebody_changed_meanwhile_is_refused(ask: Ask, cases: Cases) -> None:
    preview = draft_of(ask, **OFF)
    cases.change_calendar(days=[off("2026-03-18")])
    status, text, _ = apply(ask, preview, "Приказ № 7")
    assert status == 409
    assert "Календарь уже изменён другим: его версия 2" in text
    newest = re.search(r'href="([^"]*/change/preview[^"]*)">Показать', text)
    assert newest is not None
    assert apply(ask, newest[1], "Приказ № 7")[0] == 303


def test_terms_that_are_over_do_not_move(ask: Ask, cases: Cases) -> None:
    cases.hearing()
    cases.at("2026-03-27 10:00")
    _, text, _ = ask(draft_of(ask, **OFF))
    assert "Ни один открытый срок не сдвинется" in text
    assert "день уже прошёл" in text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ({"day": "2027-03-19"}, "не относится к 2026 году"),
        ({"day": "19 марта"}, "не дата"),
        ({"kind": "feast"}, "Выберите вид дня"),
        ({"kind": "shortened"}, "Укажите часы сокращённого дня"),
        ({"kind": "shortened", "opens": "17:00", "closes": "09:00"}, "начало должно быть раньше конца"),
        ({"opens": "09:00", "closes": "12:00"}, "У нерабочего дня нет рабочих часов"),
        ({"name_ru": "День города"}, "на всех трёх языках"),
        ({"kind": "as-week"}, "удалять нечего"),
        ({"pair": "2026-03-21"}, "только для перенесённого"),
        ({"kind": "moved_off", "pair": "2026-03-19"}, "задано два правила"),
        ({"day": "2026-01-01", "name_kk": "Жаңа жыл", "name_ru": "Новый год", "name_en": "New Year"}, "менять нечего"),
    ],
)
def test_what_cannot_be_said_of_a_day_is_refused_beside_its_form(ask: Ask, day: dict[str, str], said: str) -> None:
    given = {"year": "2026", **OFF, **day}
    status, text, _ = ask(f"{CHANGE}/day?{urlencode(given)}")
    assert (status, said in text) == (400, True), text
    assert f'value="{given["day"]}"' in text


def test_hours_without_work_in_them_are_refused(ask: Ask) -> None:
    day = {"year": "2026", "opens": "09:00", "closes": "18:00"}
    for given, said in [
        ({"opens": "18:00", "closes": "09:00"}, "начало должно быть раньше конца"),
        ({"lunch_from": "09:00", "lunch_to": "18:00"}, "Обед должен быть внутри"),
        ({"lunch_from": "13:00"}, "и начало, и конец обеда"),
    ]:
        status, text, _ = ask(f"{CHANGE}/hours?{urlencode({**day, **given})}")
        assert (status, said in text) == (400, True), text


def test_two_rules_for_one_day_and_a_damaged_address_are_refused(ask: Ask) -> None:
    draft = re.search("draft=([^&]+)", draft_of(ask, **OFF))
    assert draft is not None
    status, text, _ = ask(f"{CHANGE}/day?{urlencode({'year': 2026, **OFF, 'draft': draft[1]})}")
    assert (status, "задано два правила" in text) == (400, True)
    status, text, _ = ask(f"{CHANGE}/preview?year=2026&draft={draft[1][:20]}")
    assert (status, "Ссылка на изменение повреждена" in text) == (400, True)


def test_a_moved_day_without_its_pair_is_warned_of(ask: Ask) -> None:
    alone = {"day": "2026-06-16", "kind": "moved_off"}
    assert "без пары" in ask(draft_of(ask, **alone))[1]
    assert "без пары" not in ask(draft_of(ask, **alone, pair="2026-06-20"))[1]


def test_the_holidays_of_a_year_without_them_are_proposed(ask: Ask) -> None:
    _, text, _ = ask(YEAR.replace("2026", "2060"))
    link = re.search(r'href="([^"]*/change/holidays[^"]*)"', text)
    assert link is not None
    status, _, place = ask(link[1])
    assert status == 302
    assert "Наурыз мейрамы" in ask(place)[1]


def test_the_pages_of_calendars_take_a_known_number_of_statements(
    ask: Ask, cases: Cases, statements: list[str]
) -> None:
    cases.hearing()
    preview, taken = draft_of(ask, **OFF), {}
    for _ in range(2):
        for name, path in {"list": "/admin/calendars", "year": YEAR, "preview": preview}.items():
            statements.clear()
            assert ask(path)[0] == 200
            taken.setdefault(name, []).append(len(statements))
        for _ in range(3):
            cases.hearing()
    assert {name: counts[1] for name, counts in taken.items()} == STATEMENTS, taken


def test_a_version_beyond_all_numbers_is_not_there(ask: Ask) -> None:
    beyond = "9" * 25
    assert ask(f"{YEAR}&before={beyond}")[0] == 200
    assert ask(f"/admin/calendars/{TENANT}/versions/{beyond}")[0] == 404
