"""The bell, and the page of a head's team."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Look, serious
from tests.e2e.office import Office
from tests.e2e.test_task_list import TENANT, registered

CLERK, HEAD, EXECUTOR = f"clerk.{TENANT}", f"head.{TENANT}", f"executor.{TENANT}"


def assigned(office: Office, applicant: str, person: str = CLERK) -> str:
    """A task that the administrator has given to somebody; gives its id."""
    [task] = office.tasks(registered(office, applicant))
    office("admin", "POST", f"/engine-rest/task/{task['id']}/assignee", {"userId": person})
    found: str = task["id"]
    return found


def second_clerk(office: Office) -> str:
    """Another clerk of the organisation; gives his id."""
    name = f"clerk-{uuid4().hex[:6]}"
    profile = {"id": name, "firstName": "Гүлмира", "lastName": "Тілеуберген"}
    office(
        "admin", "POST", "/engine-rest/user/create", {"profile": profile, "credentials": {"password": "demo-password"}}
    )
    office("admin", "PUT", f"/api/organisations/{TENANT}/members/{name}/clerk")
    return name


def test_the_bell_rings_by_itself_and_a_notice_leads_to_its_task(look: Look, office: Office) -> None:
    page = look(CLERK, lang="ru")
    page.goto("/cases")
    task = assigned(office, "«Қоңырау» ЖШС")
    expect(page.locator(".bell .count")).to_have_text("1")
    page.get_by_role("link", name="Уведомления").click()
    notice = page.get_by_role("listitem").filter(has_text="«Қоңырау» ЖШС")
    expect(notice).to_contain_text("новое")
    assert serious(page) == []
    notice.get_by_role("link", name="Вам поручена задача").click()
    expect(page).to_have_url(re.compile(task))
    expect(page.locator(".bell .count")).to_have_count(0)


@pytest.mark.parametrize(("size", "dark"), [("desktop", True), ("phone", False)])
def test_all_notices_are_marked_as_read(look: Look, office: Office, size: str, dark: bool) -> None:
    assigned(office, "«Оқылған» ЖШС")
    page = look(CLERK, lang="kk", size=size, dark=dark)
    page.goto("/notices")
    expect(page.get_by_text("жаңа", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Бәрін оқылған деп белгілеу").click()
    expect(page.get_by_text("жаңа", exact=True)).to_have_count(0)
    expect(page.locator(".bell .count")).to_have_count(0)
    assert serious(page) == []


def test_who_has_no_notices_is_told_what_they_are(look: Look) -> None:
    page = look(EXECUTOR, lang="en", size="phone")
    page.goto("/notices")
    expect(page.get_by_role("heading", name="No notices")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_a_head_goes_from_a_number_to_its_tasks_and_gives_them_to_another(
    look: Look, office: Office, size: str, dark: bool
) -> None:
    applicant = f"«Жүктеме {size}» ЖШС"
    assigned(office, applicant)
    other = second_clerk(office)
    page = look(HEAD, lang="ru", size=size, dark=dark)
    page.goto("/team")
    assert serious(page) == []
    clerk = office(CLERK, "GET", "/api/session")["user"]
    page.get_by_role("link", name=f"Открыто, {clerk['firstName']} {clerk['lastName']}").click()
    page.get_by_label(f"Выбрать: {applicant}").check()
    assert serious(page) == []
    page.get_by_role("button", name="Передать выбранные").click()
    expect(page.get_by_text("Выберите, кому передать задачи.")).to_be_visible()
    page.get_by_label(f"Выбрать: {applicant}").check()
    page.get_by_label("Кому передать").select_option(other)
    page.get_by_role("button", name="Передать выбранные").click()
    expect(page.get_by_role("status").filter(has_text="Назначено: 1")).to_contain_text(applicant)
    expect(page.get_by_label(f"Выбрать: {applicant}")).to_have_count(0)


def test_the_page_of_the_team_is_for_those_who_lead_it(look: Look) -> None:
    page = look(CLERK, lang="kk")
    page.goto("/tasks")
    expect(page.get_by_role("link", name="Ұжым")).to_have_count(0)
    page.goto("/team")
    expect(page.get_by_text("Бұл бетті ұйымның басшысы не құрылымдық бөлімше басшысы көреді.")).to_be_visible()
