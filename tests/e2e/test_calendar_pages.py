"""A calendar is changed after a look at what that moves, who is concerned is told, and the term of a case is extended."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import SIZES, Look
from tests.e2e.desk import EXECUTOR, TENANT, begin
from tests.e2e.office import Office

ZONE = ZoneInfo("Asia/Almaty")
WHY = "Постановление № 12 о переносе"


@pytest.fixture
def due(deployed: Office) -> Iterator[tuple[str, datetime]]:
    """A task of the executor, with the day on which it is due; the calendar is as before afterwards."""
    task = begin(deployed)
    at = datetime.fromisoformat(deployed("admin", "GET", f"/engine-rest/task/{task}")["due"]).astimezone(ZONE)
    yield task, at
    path = f"/api/calendars/{TENANT}"
    version = deployed("admin", "GET", path)["version"]
    deployed("admin", "PUT", path, {"version": version, "removed": [at.date().isoformat()]})


def test_a_day_off_is_looked_at_made_and_told(look: Look, due: tuple[str, datetime]) -> None:
    task, at = due
    executor, page = look(EXECUTOR, size="phone"), look("admin")
    executor.goto("/notices")
    page.goto(f"/admin/calendars/{TENANT}?year={at.year}")
    page.get_by_role("link", name="Изменить календарь").click()
    page.get_by_label("День", exact=True).fill(at.date().isoformat())
    page.get_by_label("Что это за день").select_option("holiday")
    page.get_by_role("button", name="Добавить к изменению").click()
    page.get_by_role("link", name="Посмотреть, какие сроки сдвинутся").click()
    group = page.get_by_role("row", name=re.compile("Подготовка проекта результата"))
    expect(group).to_contain_text(f"{at:%d.%m.%Y}")
    group.get_by_role("link").click()
    expect(page.get_by_role("cell", name=re.compile(f"{at:%d.%m.%Y}")).first).to_be_visible()
    page.go_back()
    page.get_by_label("Причина").fill(WHY)
    page.get_by_role("button", name="Внести изменение").click()
    expect(page.get_by_text("Календарь изменён, сроки пересчитаны.")).to_be_visible()
    expect(page.locator("#versions")).to_contain_text(WHY)
    executor.goto("/notices")
    executor.get_by_role("link", name="Календарь изменён: сроки ваших задач сдвинулись").first.click()
    expect(executor.get_by_text(WHY)).to_be_visible()
    executor.locator(f"a[href='/tasks/{task}']").click()
    expect(executor).to_have_url(re.compile(f"/tasks/{task}$"))


@pytest.mark.parametrize("size", SIZES)
def test_a_term_is_extended_by_no_more_than_the_act_allows(look: Look, deployed: Office, size: str) -> None:
    task = begin(deployed)
    case = deployed("admin", "GET", f"/engine-rest/task/{task}")["processInstanceId"]
    page = look("admin", size=size)
    page.goto(f"/admin/instances/{case}/terms/clock")
    expect(page.get_by_text("На нынешнем шаге акт не позволяет приостановить срок.")).to_be_visible()
    page.get_by_label("На сколько").fill("11")
    page.get_by_label("Причина").fill("Дополнительная проверка")
    page.get_by_role("button", name="Продлить срок дела").click()
    expect(page.get_by_role("alert").first).to_contain_text("(16)")
    page.get_by_label("На сколько").fill("3")
    page.get_by_role("button", name="Продлить срок дела").click()
    expect(page.get_by_text("Срок дела продлён.")).to_be_visible()
    expect(page.get_by_text("Дополнительная проверка · admin")).to_be_visible()
    expect(page.get_by_role("combobox")).to_contain_text("осталось 7 рабочих дней")
    page.get_by_text("Почему именно этот срок?").first.click()
    expect(page.locator(".term-bars .steps").first).to_contain_text("3 рабочих дня")
