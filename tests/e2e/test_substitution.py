"""Settings, absences and what a deputy sees."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
HEAD, CLERK, EXECUTOR, COMMISSION = (f"{role}.{TENANT}" for role in ("head", "clerk", "executor", "commission"))
APPLICATION = {
    "requestKind": "issue",
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе",
    "attachedDocuments": "өтініш",
    "applicantName": "«Самал» ЖШС",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}


def day(after: int) -> str:
    return (datetime.now(ZoneInfo("Asia/Almaty")).date() + timedelta(days=after)).isoformat()


def absent(office: Office, person: str, deputy: str, first: int, last: int) -> str:
    body = {
        "organisation": TENANT,
        "person": person,
        "deputy": deputy,
        "firstDay": day(first),
        "lastDay": day(last),
        "orderNumber": "12-Ж",
    }
    made: str = office("admin", "POST", "/api/absences", body)["id"]
    return made


def name(office: Office, person: str) -> str:
    user = office(person, "GET", "/api/session")["user"]
    return f"{user['firstName']} {user['lastName']}"


@pytest.mark.parametrize("size", SIZES)
def test_a_person_enters_an_absence_and_calls_it_off(look: Look, office: Office, size: str) -> None:
    page = look(CLERK, lang="ru", size=size)
    page.goto("/tasks")
    page.get_by_role("link", name="Настройки").click()
    page.get_by_label("Кто замещает").select_option(EXECUTOR)
    page.get_by_label("Первый день").fill(day(40))
    page.get_by_label("Последний день").fill(day(30))
    page.get_by_label("Номер приказа").fill("77-Ж")
    page.get_by_role("button", name="Внести отсутствие").click()
    expect(page.get_by_role("alert")).to_have_text("Последний день раньше первого. Проверьте даты.")
    expect(page.get_by_label("Номер приказа")).to_have_value("77-Ж")
    page.get_by_label("Последний день").fill(day(45))
    page.get_by_role("button", name="Внести отсутствие").click()
    row = page.get_by_role("listitem").filter(has_text="77-Ж").first
    expect(row).to_contain_text("предстоит")
    expect(row).to_contain_text(f"Замещает: {name(office, EXECUTOR)}")
    row.get_by_role("button", name="Отменить").click()
    expect(page.get_by_role("listitem").filter(has_text="предстоит")).to_have_count(0)
    assert serious(page) == []


def test_a_head_keeps_the_absences_of_the_staff(look: Look, office: Office) -> None:
    made = absent(office, COMMISSION, EXECUTOR, 60, 61)
    page = look(HEAD, lang="kk", size="phone", dark=True)
    page.goto("/settings")
    page.get_by_role("link", name="Ұйым қызметкерлерінің болмаулары").click()
    page.get_by_label("Кім болмайды").select_option(EXECUTOR)
    page.get_by_label("Орнын басатын қызметкер").select_option(COMMISSION)
    page.get_by_label("Бірінші күні").fill(day(61))
    page.get_by_label("Соңғы күні").fill(day(62))
    page.get_by_label("Бұйрықтың нөмірі").fill("5")
    page.get_by_role("button", name="Болмауды енгізу").click()
    expect(page.get_by_role("alert")).to_contain_text("шеңберге тұйықталады")
    assert serious(page) == []
    office("admin", "POST", f"/api/absences/{made}/end")


def test_nobody_but_the_head_opens_the_absences_of_the_staff(look: Look) -> None:
    page = look(CLERK, lang="en")
    page.goto("/absences")
    expect(page.get_by_text("an absence is entered by the person, the head")).to_be_visible()


def test_a_deputy_sees_for_whom_he_acts_and_works_the_tasks_until_it_is_ended(look: Look, office: Office) -> None:
    key = office.start("design-licence", TENANT, APPLICATION)
    office.complete(key, SIGNED)
    page = look(EXECUTOR, lang="ru")
    page.goto("/tasks?view=groups")
    link = page.get_by_role("link", name="«Самал» ЖШС")
    expect(link).to_have_count(0)
    made = absent(office, CLERK, EXECUTOR, 0, 1)
    page.reload()
    expect(page.get_by_text(f"за {name(office, CLERK)}")).to_be_visible()
    link.click()
    page.get_by_role("button", name="Взять").first.click()
    page.get_by_label("Документы приняты").check()
    page.get_by_role("button", name="Завершить").click()
    expect(page).to_have_url(re.compile(r"/tasks(\?|$)"))
    [done] = [
        one
        for one in office("admin", "GET", f"/engine-rest/history/task?processInstanceBusinessKey={key}&finished=true")
        if one["assignee"] == CLERK
    ]
    assert done["assignee"] == CLERK
    office("admin", "POST", f"/api/absences/{made}/end")
    page.goto("/tasks")
    expect(page.get_by_text(f"за {name(office, CLERK)}")).to_have_count(0)


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_language_and_appearance_are_chosen_in_the_settings(look: Look, size: str, dark: bool) -> None:
    page = look(CLERK, lang="ru", size=size, dark=dark)
    page.goto("/settings")
    page.get_by_role("button", name="Тёмное").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("main").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert serious(page) == []
