"""Settings, absences and what a deputy sees."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.api.models import bpmn, line, user_task
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
HEAD, CLERK, EXECUTOR, COMMISSION, UNIT_HEAD = (
    f"{role}.{TENANT}" for role in ("head", "clerk", "executor", "commission", "unit_head")
)
ZONE = ZoneInfo("Asia/Almaty")
APPLICATION = {
    "requestKind": "issue",
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе",
    "attachedDocuments": "өтініш",
    "applicantName": "«Самал» ЖШС",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
NOT_BY = (
    "<extensionElements><camunda:properties>"
    '<camunda:property name="law.notBy" value="prepare"/>'
    "</camunda:properties></extensionElements>"
)
FOUR_EYES = bpmn(
    "four-eyes",
    line(
        user_task("prepare", "Дайындау", groups="executor"),
        user_task("sign", "Бекіту", groups="head", children=NOT_BY),
    ),
)
"""What one has prepared another signs."""


def day(after: int) -> str:
    return (datetime.now(ZONE).date() + timedelta(days=after)).isoformat()


@contextmanager
def absence(office: Office, person: str, deputy: str, first: str, last: str) -> Iterator[None]:
    """Somebody is absent, and no longer after the block."""
    body = {
        "organisation": TENANT,
        "person": person,
        "deputy": deputy,
        "firstDay": first,
        "lastDay": last,
        "orderNumber": "12-Ж",
    }
    made = office("admin", "POST", "/api/absences", body)["id"]
    yield
    office("admin", "POST", f"/api/absences/{made}/end")


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
    page.get_by_label("Номер и дата приказа").fill("77-Ж")
    page.get_by_role("button", name="Внести отсутствие").click()
    expect(page.get_by_role("alert")).to_have_text("Последний день раньше первого. Проверьте даты.")
    expect(page.get_by_label("Номер и дата приказа")).to_have_value("77-Ж")
    page.get_by_label("Последний день").fill(day(45))
    page.get_by_role("button", name="Внести отсутствие").click()
    row = page.get_by_role("listitem").filter(has_text="77-Ж").first
    expect(row).to_contain_text("предстоит")
    expect(row).to_contain_text(f"Замещает: {name(office, EXECUTOR)}")
    expect(row).to_contain_text("приказ № 77-Ж")
    row.get_by_role("button", name="Отменить").click()
    expect(page.get_by_role("listitem").filter(has_text="предстоит")).to_have_count(0)
    assert serious(page) == []


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_a_head_keeps_the_absences_of_the_staff_and_makes_no_circle(
    look: Look, office: Office, size: str, dark: bool
) -> None:
    with absence(office, COMMISSION, EXECUTOR, day(60), day(61)):
        page = look(HEAD, lang="kk", size=size, dark=dark)
        page.goto("/settings")
        page.get_by_role("link", name="Ұйым қызметкерлерінің жұмыста болмауы").click()
        page.get_by_label("Кім жұмыста болмайды").select_option(EXECUTOR)
        page.get_by_label("Алмастыратын қызметкер").select_option(COMMISSION)
        page.get_by_label("Бірінші күні").fill(day(61))
        page.get_by_label("Соңғы күні").fill(day(62))
        page.get_by_label("Бұйрықтың нөмірі мен күні").fill("5")
        page.get_by_role("button", name="Жұмыста болмауды тіркеу").click()
        expect(page.get_by_role("alert")).to_contain_text("шеңберге тұйықталады")
        assert serious(page) == []


def test_nobody_but_the_head_opens_the_absences_of_the_staff(look: Look) -> None:
    page = look(CLERK, lang="en")
    page.goto("/absences")
    expect(page.get_by_text("an absence is entered by the person, the head")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_deputy_works_the_tasks_and_history_names_both(look: Look, office: Office, size: str) -> None:
    applicant = f"«Самал {size}» ЖШС"
    key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
    office.complete(key, SIGNED)
    absent, deputy = name(office, CLERK), name(office, EXECUTOR)
    page = look(EXECUTOR, lang="ru", size=size)
    page.goto("/tasks?view=groups")
    link = page.get_by_role("link", name=applicant)
    expect(link).to_have_count(0)
    with absence(office, CLERK, EXECUTOR, day(0), day(1)):
        expect(link).to_be_visible()  # by itself
        page.reload()
        expect(page.get_by_text(f"замещаю: {absent}")).to_be_visible()
        link.click()
        page.get_by_role("button", name="Взять").first.click()
        page.get_by_label("Документы приняты").check()
        page.get_by_role("button", name="Завершить").click()
        expect(page).to_have_url(re.compile(r"/tasks(\?|$)"))
        page.goto(f"/cases?q={key}")
        page.get_by_role("link", name=applicant).first.click()
        entry = page.get_by_role("listitem").filter(has_text=f"{deputy} (за {absent}, приказ № 12-Ж) завершил").first
        expect(entry).to_be_visible()
        expect(page.locator(".case-terms td").filter(has_text=f"{deputy} (за {absent})")).to_be_visible()
    page.goto("/tasks")
    expect(page.get_by_text(f"замещаю: {absent}")).to_have_count(0)


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_the_absent_is_told_who_acts_for_him_and_the_deputy_is_told_by_a_notice(
    look: Look, office: Office, size: str, dark: bool
) -> None:
    absent, deputy = (look(person, lang="ru", size=size, dark=dark) for person in (UNIT_HEAD, COMMISSION))
    with absence(office, UNIT_HEAD, COMMISSION, day(0), day(1)):
        absent.goto("/tasks")
        expect(absent.get_by_role("link", name="Вы отсутствуете до")).to_contain_text(
            f"вас замещает {name(office, COMMISSION)}"
        )
        assert serious(absent) == []
        deputy.goto("/notices")
        notice = deputy.get_by_role("listitem").filter(has_text="Вас назначили заместителем").first
        expect(notice).to_contain_text(name(office, UNIT_HEAD))
        assert serious(deputy) == []
        notice.get_by_role("link").click()
        expect(deputy.get_by_role("heading", name="Кого я замещаю")).to_be_visible()
        assert serious(deputy) == []
    absent.goto("/tasks")
    expect(absent.get_by_role("link", name="Вы отсутствуете до")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_says_who_is_signed_in(look: Look, office: Office, size: str) -> None:
    page = look(CLERK, lang="en", size=size)
    page.goto("/cases")
    expect(page.get_by_role("banner")).to_contain_text(name(office, CLERK))
    page.goto("/settings")
    expect(page.get_by_role("main")).to_contain_text(f"User name: {CLERK}")


@pytest.mark.parametrize("size", SIZES)
def test_what_the_absent_may_not_do_the_deputy_may_not(look: Look, office: Office, size: str) -> None:
    office.deploy(FOUR_EYES, TENANT)
    key = office.begin("four-eyes", TENANT, applicantName=f"«Алыс {size}» ЖШС")
    [task] = office.tasks(key)
    with absence(office, CLERK, COMMISSION, day(0), day(1)):
        page = look(COMMISSION, lang="en", size=size)
        page.goto(f"/tasks/{task['id']}")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    with absence(office, HEAD, COMMISSION, day(0), day(1)):
        page.goto("/tasks")
        expect(page.get_by_text(f"acting for {name(office, HEAD)}")).to_be_visible()
        for path in ("/team", "/absences"):
            page.goto(path)
            expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("Team|Absences"))


@pytest.mark.parametrize("size", SIZES)
def test_nobody_signs_as_a_deputy_what_he_has_prepared(look: Look, office: Office, size: str) -> None:
    office.deploy(FOUR_EYES, TENANT)
    applicant = f"«Төрт көз {size}» ЖШС"
    key = office.begin("four-eyes", TENANT, applicantName=applicant)
    [task] = office.tasks(key)
    for what in ("claim", "complete"):
        office(EXECUTOR, "POST", f"/engine-rest/task/{task['id']}/{what}", {})
    with absence(office, HEAD, EXECUTOR, day(0), day(1)):
        page = look(EXECUTOR, lang="ru", size=size)
        page.goto("/tasks?view=groups")
        page.get_by_role("link", name=applicant).click()
        page.get_by_role("button", name="Взять").first.click()
        expect(page.get_by_text(f"{name(office, EXECUTOR)} уже готовил(а) решение по этому делу").first).to_be_visible()
        assert office.tasks(key)[0]["assignee"] is None


@pytest.mark.parametrize("size", SIZES)
def test_at_midnight_the_open_list_of_a_deputy_becomes_his_own_again(look: Look, office: Office, size: str) -> None:
    today = datetime(2027, 3, 10, tzinfo=ZONE)
    with office.at(today + timedelta(hours=11)) as stop:
        applicant = f"«Түн ортасы {size}» ЖШС"
        key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
        office.complete(key, SIGNED)
        with absence(office, CLERK, UNIT_HEAD, "2027-03-11", "2027-03-11"):
            link = (page := look(UNIT_HEAD, lang="kk", size=size)).get_by_role("link", name=applicant)
            for evening, seen in ((today, 0), (today + timedelta(days=1), 1)):
                stop(evening + timedelta(hours=23, minutes=59, seconds=59))
                page.goto("/tasks?view=groups")
                expect(link).to_have_count(seen)
                stop(evening + timedelta(hours=24))
                expect(link).to_have_count(1 - seen)
            stop(today + timedelta(hours=11))


@pytest.mark.parametrize("size", SIZES)
def test_who_is_given_a_role_sees_its_tasks_at_once_and_no_longer_when_it_is_taken(
    look: Look, office: Office, size: str
) -> None:
    applicant = f"«Рөл {size}» ЖШС"
    key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
    office.complete(key, SIGNED)
    page = look(COMMISSION, lang="ru", size=size)
    page.goto("/tasks?view=groups")
    link = page.get_by_role("link", name=applicant)
    expect(link).to_have_count(0)
    for method, seen in (("PUT", 1), ("DELETE", 0)):
        office("admin", method, f"/api/organisations/{TENANT}/members/{COMMISSION}/clerk")
        expect(link).to_have_count(seen)


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_language_and_appearance_are_chosen_in_the_settings(look: Look, size: str, dark: bool) -> None:
    page = look(CLERK, lang="ru", size=size, dark=dark)
    page.goto("/settings")
    page.get_by_role("button", name="Тёмное").click()
    expect(page.get_by_role("button", name="Тёмное")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("main").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert serious(page) == []
