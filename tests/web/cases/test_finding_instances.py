"""The search of administrators: what finds what, what it asks of the database, and how its addresses work without a script."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.store import instance_conditions, instance_search_lists
from app.store.tables import Incident, Instance, Task
from tests.web.cases.licence import CLERK, HEAD, OTHER, TENANT

PATH = "/admin/instances"
ALL = {"A", "B", "C", "D", "E"}
"""A: at the first step; B: at the second, late; C: in the called process, with an incident; D: suspended; E: ended."""
COPIES = """
INSERT INTO instance SELECT (jsonb_populate_record(instance, jsonb_build_object('id', id, 'root_id', id, 'business_key', 'N' || n,
    'started_at', started_at - n * interval '1 minute'))).*
FROM (SELECT instance, started_at, uuidv7() AS id, n FROM instance, generate_series(1, 120) n WHERE business_key = 'A') made
"""
TASKS = """
INSERT INTO task
SELECT (jsonb_populate_record(task, jsonb_build_object('id', uuidv7(), 'instance_id', i.id, 'due_at', now()))).*
FROM task, instance i WHERE task.instance_id = :of AND i.business_key LIKE 'N%'
"""


@pytest.fixture
def cases(
    start: Callable[..., str], complete: Callable[..., None], database_engine: Engine, client: FlaskClient, as_user: Any
) -> dict[str, str]:
    """The ids by the keys of ALL; `in C` of what C has called."""
    given: dict[str, dict[str, Any]] = {
        "A": {"applicantName": "«Алма»", "amount": 100, "paidOn": "2026-03-01"},
        "B": {"applicantName": "«Бірлік»", "amount": 2000, "urgent": True},
        "C": {"applicantName": "«Центр 100%»", "amount": 30000, "note": None},
        "D": {"applicantName": "«Дала»", "amount": "100"},
        "E": {"applicantName": "«Енбек»", "applicationNumber": "А-2026-000055", "amount": 7},
    }
    found = {key: start("design-licence", business_key=key, **variables) for key, variables in given.items()}
    for key in ("B", "C", "C"):
        complete(key)
    for _ in range(4):
        complete("E")
    with Session(database_engine) as session, session.begin():
        called = session.query(Instance).where(Instance.super_id == UUID(found["C"])).one()
        found["in C"] = str(called.id)
        late = datetime.now(UTC) - timedelta(days=1)
        session.execute(update(Task).where(Task.instance_id == UUID(found["B"])).values(due_at=late))
        session.add(
            Incident(
                id=new_id(),
                instance_id=called.id,
                created_at=late,
                kind="failedStep",
                element="draft",
                tenant_id=TENANT,
                definition_id=called.definition_id,
                message="no rule matches",
            )
        )
    path = f"/engine-rest/process-instance/{found['D']}/suspended"
    assert client.put(path, json={"suspended": True}, headers=as_user("admin")).status_code == 204
    return found


def found(page: str) -> list[str]:
    """The ids on a page, from above."""
    return re.findall(r'name="instance" value="([^"]+)"', page)


def condition(var: str, op: str, val: str = "", to: str = "", join: str = "and") -> str:
    return f"var={var}&op={op}&val={val}&to={to}&join={join}"


SEARCHES = {
    "": ALL,
    "q=енбек": {"E"},
    "q=А-2026-000055": {"E"},
    "q={B}": {"B"},
    "key=C": {"C"},
    "key=%00": ALL,
    "state=running": {"A", "B", "C", "D"},
    "state=suspended": {"D"},
    "state=ended": {"E"},
    "state=cancelled": set(),
    "state=stuck": {"C"},
    "state=nonsense": ALL,
    "incident=1": {"C"},
    "incident=1&called=1": {"C", "in C"},
    "overdue=1": {"B"},
    "overdue=1&sort=due": {"B"},
    "sort=ended": {"E"},
    "service=design-licence": ALL,
    "service=signing&called=1": {"in C", "in E"},
    "service=signing&called=1&state=running": {"in C"},
    "service=design-licence&step=ask": {"A", "D"},
    "service=design-licence&step=check": {"B"},
    "service=design-licence&step=check&overdue=1": {"B"},
    "service=design-licence&step=sign": {"C"},
    "service=design-licence&step=sign&incident=1": {"C"},
    "service=design-licence&step=sign&overdue=1": set(),
    "service=signing&called=1&step=draft&incident=1": {"in C"},
    "service=design-licence&passed=check&ended_from=2026-01-01": {"E"},
    "service=design-licence&passed=end&state=running": set(),
    "version=nothing": set(),
    "edition=nothing": set(),
    f"organisation={TENANT}&started_from=2026-01-01": ALL,
    f"organisation={OTHER}": set(),
    "started_to=2025-12-31": set(),
    condition("amount", "eq", "100"): {"A", "D"},
    condition("amount", "neq", "100"): {"B", "C", "E"},
    condition("amount", "between", "50", "2000"): {"A", "B"},
    condition("amount", "gt", "2000"): {"C"},
    condition("urgent", "eq", "true"): {"B"},
    condition("note", "exists"): {"C"},
    condition("note", "missing"): ALL - {"C"},
    condition("applicantName", "contains", "100%25"): {"C"},
    condition("applicantName", "contains", "ДАЛА"): {"D"},
    condition("paidOn", "lteq", "2026-03-01"): {"A"},
    condition("paidOn", "gt", "2026-03-01"): set(),
    condition("amount", "eq", "100") + "&" + condition("paidOn", "exists"): {"A"},
    condition("amount", "eq", "100")
    + "&"
    + condition("paidOn", "missing")
    + "&"
    + condition("urgent", "exists", join="or"): {"B", "D"},
    condition("amount", "eq", "7") + "&" + condition("amount", "eq", "2000", join="or"): {"B", "E"},
}


def test_each_search_finds_its_instances_however_it_is_planned(
    cases: dict[str, str], get: Callable[..., str], database_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(database_engine) as session:
        called = session.query(Instance).where(Instance.super_id == UUID(cases["E"])).one()
    names = {one: key for key, one in cases.items()} | {str(called.id): "in E"}
    for many in (instance_conditions.MANY, 0):
        monkeypatch.setattr(instance_conditions, "MANY", many)
        wrong = {}
        planned = (asked for asked in SEARCHES if many or re.search("overdue|incident|step|stuck", asked))
        for asked in planned:
            page = get(f"{PATH}?{asked.format(**cases)}" if "{" in asked else f"{PATH}?{asked}", "admin")
            if (seen := {names[one] for one in found(page)}) != SEARCHES[asked]:
                wrong[asked] = seen
        assert wrong == {}


def test_a_condition_that_no_index_knows_is_looked_for_a_part_at_a_time(
    cases: dict[str, str], get: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_search_lists, "LOOKED_THROUGH", 3)
    page, seen = get(f"{PATH}?{condition('paidOn', 'exists')}", "admin"), []
    assert "просмотрены ближайшие 3" in page
    while address := re.search(r'href="([^"]+)">смотреть дальше', page):
        page = get(address[1], "admin")
        seen += found(page)
    assert seen == [cases["A"]]


@pytest.mark.parametrize(
    "asked", ["", "turned=1", "state=running&service=design-licence&turned=1", "sort=due&called=1"]
)
def test_pages_lead_on_and_back_through_all_of_it(
    cases: dict[str, str], get: Callable[..., str], database_engine: Engine, asked: str
) -> None:
    with Session(database_engine) as session, session.begin():
        session.execute(text(COPIES))
        session.execute(text(TASKS), {"of": cases["A"]})
    page = get(f"{PATH}?{asked}", "admin")
    pages = [found(page)]
    while older := re.search(r'href="([^"]+)" rel="next"', page):
        page = get(older[1], "admin")
        pages.append(found(page))
    assert len(pages) == 3
    assert len({one for ids in pages for one in ids}) == sum(map(len, pages)) >= 121
    for before in reversed(pages[:-1]):
        [newer] = re.findall(r'href="([^"]+)" rel="prev"', page)
        page = get(newer, "admin")
        assert found(page) == before


def test_conditions_are_added_joined_and_taken_away_by_buttons_alone(
    client: FlaskClient, as_user: Callable[[str], dict[str, str]], get: Callable[..., str]
) -> None:
    first = condition("amount", "eq", "7")

    def leads_to(asked: str) -> str:
        answer = client.get(f"{PATH}?{asked}", headers=as_user("admin"))
        assert answer.status_code == 302
        return str(answer.location)

    assert leads_to(f"{condition('', 'eq')}&go=1&service=signing&of=signing") == f"{PATH}?service=signing"
    assert leads_to(f"{first}&add=or") == f"{PATH}?{first}&{condition('', 'eq', join='or')}"
    assert leads_to(f"{first}&{condition('b', 'exists')}&drop=0") == f"{PATH}?{condition('b', 'exists')}"
    assert leads_to("service=signing&of=design-licence&step=ask&version=x&go=1") == f"{PATH}?service=signing"
    page = get(f"{PATH}?{first}&{condition('', 'eq', join='or')}", "admin")
    assert page.count('name="var"') == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("started_from=вчера", "«вчера» — не дата"),
        ("ended_to=2026-02-30", "«2026-02-30» — не дата"),
        (condition("", "eq", "7"), "какой переменной значение «7»"),
        (condition("amount", "eq"), "значение переменной «amount»"),
        (condition("amount", "between", "1"), "значение переменной «amount»"),
        ("q=ал", "три знака"),
        ("q=%25%25%25", "Ничего не найдено"),
        ("after=nonsense&before=9-9", "Экземпляры"),
        (condition("a" * 300, "contains", "%00"), "Напишите значение"),
        (condition("amount", "gt", "1e999999"), "Ничего не найдено"),
        ("&".join([condition("x", "exists")] * 30), "Ничего не найдено"),
    ],
)
def test_what_cannot_be_understood_is_told(get: Callable[..., str], asked: str, told: str) -> None:
    assert told in get(f"{PATH}?{asked}", "admin")


def test_only_administrators_look_there(get: Callable[..., str]) -> None:
    for path in ("", "?state=running", "/map", "/map?service=design-licence&show=took"):
        for person in (CLERK, HEAD):
            get(PATH + path, person, 403)


def test_a_page_takes_few_statements_however_many_it_shows(
    cases: dict[str, str], get: Callable[..., str], database_engine: Engine, statements: list[str]
) -> None:
    for asked, most in (("", 10), ("service=design-licence&overdue=1&incident=1&step=sign", 7)):
        get(f"{PATH}?{asked}", "admin")
        statements.clear()
        get(f"{PATH}?{asked}", "admin")
        assert len(statements) <= most, "\n".join(statements)
    with Session(database_engine) as session, session.begin():
        session.execute(text(COPIES))
    statements.clear()
    get(f"{PATH}?state=running", "admin")
    assert len(statements) <= 10, "\n".join(statements)
