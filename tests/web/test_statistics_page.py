"""The page of the statistics: numbers, what is behind them, files, and a report to print."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.store import figures
from tests.api.models import bpmn, line, user_task

Headers = dict[str, str]
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
HEAD, PAGE = f"head.{TENANT}", "/admin/statistics"
MODEL = bpmn(
    "design-licence", line(user_task("work", "Құжаттарды тексеру", attributes='camunda:dueDate="${hours(1)}"'))
)
FORMULA = '=HYPERLINK("https://example.com";"негіз")'


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(path: str = PAGE, person: str = HEAD, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def worked(
    deploy: Callable[..., object], start: Callable[..., str], client: FlaskClient, as_user: Callable[[str], Headers]
) -> list[str]:
    """Five cases: one open, one cancelled, one granted, one refused on a ground, one refused with none. Two had no applicant."""
    deploy({"one.bpmn": MODEL})
    admin = as_user("admin")
    given: list[dict[str, Any]] = [
        {"applicantName": "Алма"},
        {},
        {"resultKind": "issued", "applicantName": "Береке"},
        {"resultKind": "refusal", "refusalGround": FORMULA},
        {"resultKind": "refusal"},
    ]
    cases = [start("design-licence", **variables) for variables in given]
    client.delete(f"/engine-rest/process-instance/{cases[1]}", headers=admin)
    for case in cases[2:]:
        [task] = client.get(f"/engine-rest/task?processInstanceId={case}", headers=admin).json
        answer = client.post(f"/engine-rest/task/{task['id']}/complete", json={}, headers=admin)
        assert answer.status_code == 204
    return cases


def numbers(text: str) -> dict[str, str]:
    return {name: n for n, name in re.findall(r'class="card ?\w*"[^>]*><b>([^<]*)</b><span>([^<]*)</span>', text)}


@pytest.mark.parametrize("folded", [False, True])
def test_a_head_sees_what_came_of_the_cases_of_his_organisation(
    see: Callable[..., str], worked: list[str], database_engine: Engine, statements: list[str], folded: bool
) -> None:
    if folded:
        with Session(database_engine) as session, session.begin():
            figures.fold(session)
    statements.clear()
    found = numbers(see())
    assert len(statements) <= 8, statements
    expected = {"Поступило": "5", "Оказано": "3", "Выдан результат": "1", "Отказано": "2", "Открытые дела": "1"}
    assert {name: found[name] for name in expected} == expected
    assert (found["Отозвано или прекращено"], found["Без общего срока"], found["С опозданием"]) == ("1", "3", "0")
    assert numbers(see(person=f"head.{ELSEWHERE}"))["Поступило"] == "0"
    assert numbers(see(f"{PAGE}?organisation={TENANT}", person="admin"))["Поступило"] == "5"
    see(person=f"clerk.{TENANT}", status=403)
    see(f"{PAGE}?organisation={TENANT}", person=f"head.{ELSEWHERE}", status=404)


def test_every_number_leads_to_a_list_of_as_many(see: Callable[..., str], worked: list[str]) -> None:
    text = see(f"{PAGE}?service=design-licence&by=quarter")
    links = re.findall(rf'href="({PAGE}/(?:cases|steps)\?[^"]*)"[^>]*>(?:<b>)?(\d+)<', text)
    assert len(links) > 15
    for address, n in dict(links).items():
        assert see(address).count('<th scope="row">') == int(n), address
    assert "Алма" in see(f"{PAGE}/cases?which=open")
    assert "Береке" not in see(f"{PAGE}/cases?which=open")
    assert "Береке" in see(f"{PAGE}/steps?process=design-licence&element=work")
    see(f"{PAGE}/cases?which=nothing", status=404)


def test_a_case_that_was_removed_stays_in_its_number_and_its_list(
    see: Callable[..., str], worked: list[str], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    path = f"/engine-rest/process-definition/key/design-licence/tenant-id/{TENANT}?cascade=true"
    assert client.delete(path, headers=as_user("admin")).status_code == 204
    assert numbers(see())["Отказано"] == "2"
    assert see(f"{PAGE}/cases?which=refused").count("удалено по истечении срока хранения") == 2
    assert "work" in see(f"{PAGE}?service=design-licence")


def test_no_text_of_people_is_a_formula_in_a_file(
    client: FlaskClient, as_user: Callable[[str], Headers], worked: list[str]
) -> None:
    headers = {**as_user(HEAD), "Accept-Language": "kk"}
    answer = client.get(f"{PAGE}/statistics.csv?service=design-licence", headers=headers)
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert ["'" + FORMULA, "Жобалау қызметіне лицензия беру", "1"] in rows
    assert ["бас тарту мәтінінде" in cell for row in rows for cell in row[:1]].count(True) == 1
    answer = client.get(f"{PAGE}/statistics.xlsx?service=design-licence", headers=headers)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        texts = unescape(book.read("xl/sharedStrings.xml").decode())
    assert len(sheets) == 5
    assert FORMULA in texts
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("from=2026-02-30", 400, "Укажите день"),
        ("from=2026-03-02&to=2026-03-01", 400, "поменяйте даты"),
        ("from=1990-01-01&to=2026-01-01&by=day", 400, "слишком длинный"),
        ("by=hour", 400, "не делится"),
        ("organisation=nowhere", 404, "nowhere"),
        ("service=%00no'such&from=2026-01-01&to=2026-12-31", 200, "дел нет"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(see: Callable[..., str], query: str, status: int, says: str) -> None:
    assert says in see(f"{PAGE}?{query}", status=status)


def test_the_report_has_the_same_numbers(see: Callable[..., str], worked: list[str]) -> None:
    for lang in ("kk", "ru", "en"):
        assert numbers(see(f"{PAGE}/report", lang=lang)) == numbers(see(lang=lang))


def test_programs_read_the_same(client: FlaskClient, as_user: Callable[[str], Headers], worked: list[str]) -> None:
    found = client.get("/api/statistics?service=design-licence&by=year", headers=as_user(HEAD)).json
    total = found["total"]
    assert (total["received"], total["completed"], total["outcomes"]["refused"], total["open"]["all"]) == (5, 3, 2, 1)
    assert {one["ground"]: one["count"] for one in found["grounds"]} == {None: 1, FORMULA: 1}
    assert (found["steps"][0]["activityId"], found["steps"][0]["inTime"]) == ("work", 3)
    rows = client.get("/api/statistics/cases?which=refused&ground=", headers=as_user(HEAD)).json
    assert [one["processInstanceId"] for one in rows["cases"]] == [worked[4]]
    assert client.get("/api/statistics", headers=as_user(f"clerk.{TENANT}")).status_code == 403


def test_an_address_names_nothing_but_what_is_asked_for(worked: list[str], see: Callable[..., str]) -> None:
    assert worked
    strange = "endpoint=web.entrance.home&_scheme=javascript&_external=1&_method=POST&self=1"
    assert f'href="{PAGE}/cases?{strange}"' in see(f"{PAGE}/cases?{strange}&after=x", person="admin")
    see(f"{PAGE}/steps?{strange}&after=x")
