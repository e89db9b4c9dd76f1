"""Numbers and times on the diagram, for administrators: each number leads to a list of as many."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.store.tables import Incident, Instance, Task
from tests.web.cases.licence import OTHER, TENANT

PATH = "/admin/instances/map"


@pytest.fixture
def standing(start: Callable[..., str], complete: Callable[..., None], database_engine: Engine) -> None:
    """Four at the first step, three at the second, two of them late, two in the called process, one of them late, one with
    an incident; two that have ended."""
    ids = {key: start("design-licence", business_key=key) for key in "ABCDEFGHIKL"}
    for key in "EFGHIKL":
        complete(key)
    for key in "HIKL":
        complete(key)
    for key in "KL":
        complete(key)
        complete(key)
    now = datetime.now(UTC)
    with Session(database_engine) as session, session.begin():
        called = {one.super_id: one for one in session.query(Instance).where(Instance.super_id.is_not(None))}
        late = [UUID(ids["E"]), UUID(ids["F"]), called[UUID(ids["H"])].id]
        session.execute(update(Task).where(Task.instance_id.in_(late)).values(due_at=now - timedelta(days=1)))
        long_ago = update(Task).where(Task.element == "ask", Task.ended_at.is_(None))
        session.execute(long_ago.values(created_at=now - timedelta(days=4, minutes=5)))
        troubled = called[UUID(ids["I"])]
        session.add(
            Incident(
                id=new_id(),
                instance_id=troubled.id,
                created_at=now,
                kind="failedStep",
                element="draft",
                tenant_id=TENANT,
                definition_id=troubled.definition_id,
                message="no rule matches",
            )
        )


def rows(page: str) -> dict[str, list[str]]:
    """The cells of the table of elements, without their tags."""
    found = re.findall(r'<tr data-element="([^"]*)".*?</th>(.*?)</tr>', page, re.DOTALL)
    return {
        element: [re.sub("<[^>]*>", "", cell).strip() for cell in re.findall("<td.*?</td>", cells, re.DOTALL)]
        for element, cells in found
    }


def test_what_stands_where_is_counted_and_how_long(standing: None, get: Callable[..., str]) -> None:
    page = get(f"{PATH}?service=design-licence", "admin")
    assert {element: cells[:3] for element, cells in rows(page).items()} == {
        "ask": ["4", "–", "–"],
        "check": ["3", "2", "–"],
        "sign": ["2", "1", "1"],
    }
    assert rows(page)["ask"][3:6] == ["4 дн."] * 3
    assert rows(get(f"{PATH}?service=signing", "admin"))["draft"][:3] == ["2", "1", "1"]
    assert rows(get(f"{PATH}?service=design-licence&organisation={OTHER}", "admin")) == {}


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?service=design-licence",
        "?service=signing&show=waiting",
        "?service=design-licence&show=took",
        "?service=signing&show=took&days=7",
    ],
)
def test_each_number_leads_to_a_list_of_as_many(standing: None, get: Callable[..., str], asked: str) -> None:
    page = get(PATH + asked, "admin")
    numbers = re.findall(r'href="(/admin/instances\?[^"]+)"[^>]*>(?:<b>)?(\d+)', page)
    assert len(numbers) >= 4
    for address, number in numbers:
        listed = re.findall('name="instance"', get(address, "admin"))
        assert (address, len(listed)) == (address, int(number))


def test_how_long_steps_took_in_what_has_ended(
    standing: None, get: Callable[..., str], database_engine: Engine
) -> None:
    took = rows(get(f"{PATH}?service=design-licence&show=took", "admin"))
    assert {element: cells[0] for element, cells in took.items()} == {"ask": "2", "check": "2", "sign": "2"}
    with Session(database_engine) as session, session.begin():
        session.execute(update(Instance).values(ended_at=Instance.ended_at - timedelta(days=50)))
    assert "ничего не окончено" in get(f"{PATH}?service=design-licence&show=took", "admin")
    assert rows(get(f"{PATH}?service=design-licence&show=took&days=90", "admin")).keys() == {"ask", "check", "sign"}


def test_the_diagram_takes_few_statements(standing: None, get: Callable[..., str], statements: list[str]) -> None:
    for asked, most in (("", 4), ("?service=design-licence", 6), ("?service=design-licence&show=took", 7)):
        get(PATH + asked, "admin")
        statements.clear()
        get(PATH + asked, "admin")
        assert len(statements) <= most, "\n".join(statements)


@pytest.mark.parametrize("asked", ["?service=nothing", "?version=nothing", "?service=%00&days=-1&show=x"])
def test_what_is_not_there_leads_to_all_processes(get: Callable[..., str], asked: str) -> None:
    assert "Ничего не выполняется" in get(PATH + asked, "admin")
