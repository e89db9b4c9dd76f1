"""The task list: what is on it, and what others do to it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
APPLICATION = {
    "requestKind": "issue",
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе",
    "attachedDocuments": "өтініш",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}


def registered(office: Office, applicant: str) -> str:
    """A case that waits for the clerk; gives its business key."""
    key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
    office.complete(key, SIGNED)
    return key


def row(page: Page, applicant: str) -> Locator:
    return page.get_by_role("row").filter(has_text=applicant)


def test_a_task_that_another_claims_leaves_the_list_by_itself(look: Look, office: Office) -> None:
    key = registered(office, "«Алма» ЖШС")
    page = look("clerk.aktobe-gask", lang="kk")
    page.goto("/tasks?view=groups")
    alma = row(page, "«Алма» ЖШС")
    expect(alma).to_be_visible()
    [task] = office.tasks(key)
    office("admin", "POST", f"/engine-rest/task/{task['id']}/claim", {"userId": f"clerk.{TENANT}"})
    expect(alma).to_have_count(0)
    page.get_by_role("link", name="Менікі").click()
    expect(row(page, "«Алма» ЖШС")).to_be_visible()


def test_a_task_is_claimed_filled_in_and_completed(look: Look, office: Office) -> None:
    registered(office, "«Мерей» ЖШС")
    page = look("clerk.aktobe-gask", lang="ru")
    page.goto("/tasks?view=groups")
    page.get_by_role("link", name="«Мерей» ЖШС").click()
    page.get_by_role("button", name="Взять").click()
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_text("Поле обязательно.", exact=True)).to_be_visible()
    page.get_by_label("Документы приняты").check()
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Задачи")
    expect(page.get_by_text("«Мерей» ЖШС")).to_have_count(0)


def test_what_was_entered_is_kept_when_the_page_is_left(look: Look, office: Office) -> None:
    registered(office, "«Бәйтерек» ЖШС")
    page = look("clerk.aktobe-gask", lang="en")
    page.goto("/tasks?view=groups")
    page.get_by_role("link", name="«Бәйтерек» ЖШС").click()
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("checkbox", name="documents").check()
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name="documents")).to_be_checked()


def test_many_are_decided_with_one_form_and_it_is_said_of_each_what_became_of_it(look: Look, office: Office) -> None:
    names = [f"«Топ» ЖШС {number}" for number in (1, 2, 3)]
    keys = [registered(office, name) for name in names]
    page = look("clerk.aktobe-gask", lang="ru")
    page.goto("/tasks?view=groups&q=топ")
    page.get_by_role("checkbox", name=names[0]).click()
    page.get_by_role("checkbox", name=names[2]).click(modifiers=["Shift"])
    expect(page.get_by_text("Выбрано: 3")).to_be_visible()
    page.get_by_role("button", name="Решить одинаково").click()
    [taken] = office.tasks(keys[1])
    office("admin", "POST", f"/engine-rest/task/{taken['id']}/claim", {"userId": "admin"})
    page.get_by_label("Документы приняты").check()
    page.get_by_role("button", name="Завершить все").click()
    expect(page.get_by_text("Завершено: 2")).to_be_visible()
    expect(page.get_by_role("region", name="Результат").get_by_role("listitem").first).to_contain_text(names[1])
    expect(page).to_have_url(re.compile(r"/tasks\?view=groups&q="))
    page.goto("/tasks?view=all&q=топ 2")
    expect(row(page, names[1])).to_be_visible()


def test_a_choice_that_partly_fails_keeps_what_failed(look: Look, office: Office) -> None:
    names = [f"«Ағаш» ЖШС {number}" for number in (1, 2)]
    keys = [registered(office, name) for name in names]
    page = look("clerk.aktobe-gask", lang="kk")
    page.goto("/tasks?view=all&q=ағаш")
    page.get_by_role("checkbox", name="Беттегінің бәрін таңдау").click()
    [taken] = office.tasks(keys[0])
    office("admin", "POST", f"/engine-rest/task/{taken['id']}/claim", {"userId": "admin"})
    expect(row(page, names[0])).not_to_contain_text("Алу")
    expect(page.get_by_role("checkbox", name=names[0])).to_be_checked()
    page.get_by_role("group", name="Таңдалғандарға").get_by_role("button", name="Алу").click()
    expect(page.get_by_text("Орындалмады: 1")).to_be_visible()
    expect(page.get_by_text("Тапсырманы басқа адам алып қойған.")).to_be_visible()
    expect(page.get_by_role("checkbox", name=names[0])).to_be_checked()
    expect(page.get_by_role("checkbox", name=names[1])).not_to_be_checked()
    expect(page.get_by_role("link", name="Менікі")).to_contain_text(re.compile(r"\d"))


def test_the_list_is_worked_with_the_keyboard_alone_and_keeps_its_place(look: Look, office: Office) -> None:
    names = [f"«Кілт» ЖШС {number}" for number in (1, 2, 3)]
    for name in names:
        registered(office, name)
    page = look("clerk.aktobe-gask", lang="en")
    page.goto("/tasks?view=all")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("КІЛТ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=names[1])).to_be_focused()
    page.keyboard.press("c")
    expect(row(page, names[1])).not_to_contain_text("Claim")
    expect(row(page, names[1]).get_by_role("link")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name=names[1])).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    row(page, names[1]).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="documents").check()
    page.get_by_role("button", name="Complete").click()
    expect(page).to_have_url(re.compile(r"/tasks\?view=all&q="))
    expect(row(page, names[1])).to_have_count(0)
    expect(page.get_by_role("link", name=names[2])).to_be_focused()


def test_what_is_chosen_stays_so_when_the_list_changes_by_itself(look: Look, office: Office) -> None:
    registered(office, "«Тұрақ» ЖШС 1")
    page = look("clerk.aktobe-gask", lang="kk")
    page.goto("/tasks?view=groups&q=тұрақ")
    page.get_by_role("checkbox", name="«Тұрақ» ЖШС 1").check()
    page.get_by_role("link", name="«Тұрақ» ЖШС 1").focus()
    registered(office, "«Тұрақ» ЖШС 2")
    expect(row(page, "«Тұрақ» ЖШС 2")).to_be_visible()
    expect(page.get_by_role("checkbox", name="«Тұрақ» ЖШС 1")).to_be_checked()
    expect(page.get_by_role("checkbox", name="«Тұрақ» ЖШС 2")).not_to_be_checked()
    expect(page.get_by_role("link", name="«Тұрақ» ЖШС 1")).to_be_focused()


def test_a_filter_is_kept_under_a_name_with_its_number(look: Look, office: Office) -> None:
    registered(office, "«Сүзгі» ЖШС")
    page = look("clerk.aktobe-gask", lang="kk")
    page.goto("/tasks?view=all&q=сүзгі")
    page.get_by_text("Сүзгіні сақтау").click()
    page.get_by_label("Сүзгінің аты").fill("Менің сүзгім")
    page.get_by_role("button", name="Сақтау").click()
    page.get_by_role("link", name="Барлығы").click()
    page.get_by_role("link", name="Менің сүзгім 1").click()
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_use_the_list(look: Look, office: Office, size: str, dark: bool) -> None:
    registered(office, "«Қолжетімді» ЖШС")
    page = look("clerk.aktobe-gask", lang="kk", size=size, dark=dark)
    for address in ("/tasks?view=all", "/tasks?view=all&q=жоқсөз", "/tasks/filters"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/tasks?view=all")
    page.get_by_role("checkbox", name="«Қолжетімді» ЖШС").first.check()
    assert serious(page) == []
    for name in ("Тағайындау", "Түсініктеме", "Бірдей шешу"):
        page.goto("/tasks?view=all&q=қолжетімді")
        page.get_by_role("checkbox", name="«Қолжетімді» ЖШС").first.check()
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("group", name="Таңдалған тапсырмалар")).to_be_visible()
        assert serious(page) == []
