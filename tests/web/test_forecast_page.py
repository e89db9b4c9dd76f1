"""The page of what will be late: numbers, reasons, and how well the past month was foretold."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.figures import forecasting
from app.store.tables import CaseFigure, Foretold
from tests.api.models import bpmn, line, user_task
from tests.api.timed_cases import properties

Headers = dict[str, str]
See = Callable[..., str]
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
HEAD, PAGE = f"head.{TENANT}", "/admin/forecast"
MODEL = bpmn(
    "design-licence",
    properties(total="hours(hours)", totalClause="3")
    + line(
        user_task("work", "Құжаттарды тексеру", attributes='camunda:dueDate="${workingDays(3)}"'),
        user_task("sign", "Қол қою", "head", 'camunda:dueDate="${workingDays(3)}"'),
    ),
)


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> See:
    def run(path: str = PAGE, person: str = HEAD, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def told(deploy: Callable[..., object], start: Callable[..., str], database_engine: Engine) -> list[str]:
    """Four open cases: one with little time for two long steps, two with plenty, one that is late."""
    deploy({"one.bpmn": MODEL})
    given = [("Алма", 5), ("Береке", 4000), ("Гүл", 50), ("Дана", 50)]
    cases = [start("design-licence", applicantName=name, hours=hours) for name, hours in given]
    with Session(database_engine) as session, session.begin():
        now = session.scalars(select(CaseFigure.received_at).order_by(CaseFigure.received_at.desc())).first()
        assert now is not None
        late = update(CaseFigure).where(CaseFigure.id == UUID(cases[2])).values(due_at=now - timedelta(hours=1))
        session.execute(late)
        forecasting.refresh(session, TENANT, now)
    return cases


def numbers(text: str) -> dict[str, str]:
    return {name: n for n, name in re.findall(r'class="card ?\w*"[^>]*><b>([^<]*)</b><span>([^<]*)</span>', text)}


def test_a_head_sees_what_will_be_late_in_his_organisation_and_why(
    see: See, told: list[str], statements: list[str]
) -> None:
    statements.clear()
    text = see()
    assert len(statements) <= 11, statements
    found = numbers(text)
    assert (found["Скорее опоздают"], found["Срок уже истёк"], found["Успевают"]) == ("1", "1", "2")
    assert "Алма" in text
    assert "Береке" not in text
    assert "ещё ни разу не завершали" in text
    assert "по 0 завершённым делам" in text
    assert "Гүл" in see(f"{PAGE}?level=late")
    assert "Береке" in see(f"{PAGE}?level=fine&service=design-licence&step=work")
    assert "Береке" not in see(f"{PAGE}?level=fine&step=sign")
    assert numbers(see(person=f"head.{ELSEWHERE}"))["Срок уже истёк"] == "0"
    see(person=f"clerk.{TENANT}", status=403)
    see(f"{PAGE}?organisation={TENANT}", person=f"head.{ELSEWHERE}", status=404)
    assert "sideways" in see(f"{PAGE}?level=sideways", status=404)
    for lang in ("kk", "en"):
        assert "Алма" in see(lang=lang)


def test_one_case_is_worked_out_anew_for_those_who_answer_for_it(
    see: See, told: list[str], client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    with Session(database_engine) as session, session.begin():
        session.execute(update(CaseFigure).where(CaseFigure.id == UUID(told[1])).values(due_at=CaseFigure.received_at))
    assert client.post(f"{PAGE}/{told[1]}", headers=as_user(f"head.{ELSEWHERE}")).status_code == 404
    assert client.post(f"{PAGE}/{told[1]}?level=late", headers=as_user(HEAD)).status_code == 302
    assert "Береке" in see(f"{PAGE}?level=late")
    assert client.post(PAGE, headers=as_user(HEAD)).status_code == 302
    assert client.post(PAGE, headers=as_user(f"clerk.{TENANT}")).status_code == 403


def test_forecasts_are_held_against_what_came(see: See, told: list[str], database_engine: Engine) -> None:
    assert "Сравнивать пока нечего" in see(f"{PAGE}?service=survey-licence")
    with Session(database_engine) as session, session.begin():
        figures = {str(one.id): one for one in session.scalars(select(CaseFigure))}
        session.query(Foretold).delete()
        session.execute(update(CaseFigure).where(CaseFigure.id == UUID(told[1])).values(ended_at=None))
        chances = [(told[2], 0.9, 0), (told[2], 0.3, 1), (told[2], 0.85, 2), (told[0], 0.6, 1)]
        for case, chance, days in chances:
            figure = figures[case]
            day = (figure.received_at - timedelta(days=days)).date()
            session.add(
                Foretold(
                    day=day,
                    case_id=figure.id,
                    at=figure.received_at,
                    chance=chance,
                    finished=3,
                    afterwards=False,
                    tenant_id=TENANT,
                    service="design-licence",
                )  # fmt: skip
            )
    text = see()
    found = numbers(text)
    assert found["Предупредили, опоздало"] == "2"
    assert found["Не предупредили, опоздало"] == "1"
    assert found["Ещё не решено"] == "1"
    brier = ((1 - 0.9) ** 2 + (1 - 0.3) ** 2 + (1 - 0.85) ** 2) / 3
    assert f"{brier:.3f}".replace(".", ",") in text
    assert "Данных слишком мало (дел: 1)" in text
    links = re.findall(rf'href="({PAGE}/told\?[^"]*)"[^>]*>(?:<b>)?(\d+)<', text)
    assert len(links) >= 6
    for address, n in links:
        assert see(address).count('<th scope="row">') == int(n), address
    see(f"{PAGE}/told?which=nothing", status=404)
