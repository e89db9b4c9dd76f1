"""The bell, and the page of a head's team."""

import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.api.models import bpmn
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office
from tests.e2e.test_substitution import APPLICATION, SIGNED, TENANT

PASSWORD = "demo-password"
EVERY_MINUTE = 70_000
"""Milliseconds in which the job of every minute has run."""
LOOP = bpmn(
    "coming-back",
    '<startEvent id="start"/><userTask id="prepare" name="Дайындау" camunda:candidateGroups="clerk"/>'
    '<userTask id="check" name="Тексеру" camunda:candidateGroups="head"/><exclusiveGateway id="good" default="back"/>'
    '<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="prepare"/>'
    '<sequenceFlow id="f2" sourceRef="prepare" targetRef="check"/><sequenceFlow id="f3" sourceRef="check" targetRef="good"/>'
    '<sequenceFlow id="f4" sourceRef="good" targetRef="end"><conditionExpression>${good}</conditionExpression></sequenceFlow>'
    '<sequenceFlow id="back" sourceRef="good" targetRef="prepare"/>',
)
CLERK, HEAD, EXECUTOR = f"clerk.{TENANT}", f"head.{TENANT}", f"executor.{TENANT}"


def assigned(office: Office, applicant: str, person: str = CLERK) -> str:
    """A task that the administrator has given to somebody; gives its id."""
    key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    office("admin", "POST", f"/engine-rest/task/{task['id']}/assignee", {"userId": person})
    found: str = task["id"]
    return found


def second_clerk(office: Office) -> str:
    """Another clerk of the organisation; gives his id."""
    name = f"clerk-{uuid4().hex[:6]}"
    profile = {"id": name, "firstName": "Гүлмира", "lastName": "Тілеуберген"}
    account = {"profile": profile, "credentials": {"password": PASSWORD}}
    office("admin", "POST", "/engine-rest/user/create", account)
    office("admin", "PUT", f"/api/organisations/{TENANT}/members/{name}/clerk")
    office.sign_in(name, PASSWORD)
    return name


@pytest.mark.parametrize("size", SIZES)
def test_the_bell_rings_by_itself_and_a_notice_leads_to_its_task(look: Look, office: Office, size: str) -> None:
    clerk = second_clerk(office)
    page = look(clerk, lang="ru", size=size)
    page.goto("/cases")
    applicant = f"«Қоңырау {size}» ЖШС"
    task = assigned(office, applicant, clerk)
    expect(page.locator(".bell .count")).to_have_text("1")
    page.get_by_role("link", name="Уведомления").click()
    notice = page.get_by_role("listitem").filter(has_text=applicant)
    expect(notice).to_contain_text("новое")
    assert serious(page) == []
    notice.get_by_role("link", name="Вам поручена задача").click()
    expect(page).to_have_url(re.compile(task))
    expect(page.locator(".bell .count")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_given_to_another_or_has_come_back_is_told_and_leads_on_when_it_is_gone(
    look: Look, office: Office, size: str
) -> None:
    clerk, applicant = second_clerk(office), f"«Қайту {size}» ЖШС"
    office.deploy(LOOP, TENANT)
    key = office.begin("coming-back", TENANT, applicantName=applicant)
    for person, body in ((clerk, {}), (HEAD, {"variables": {"good": {"value": False}}})):
        [task] = office.tasks(key)
        office(person, "POST", f"/engine-rest/task/{task['id']}/claim", {})
        office(person, "POST", f"/engine-rest/task/{task['id']}/complete", body)
    page = look(clerk, lang="ru", size=size)
    page.goto("/notices")
    page.get_by_role("link", name="Выполненный вами шаг открыт снова").click()
    [task] = office.tasks(key)
    expect(page).to_have_url(re.compile(task["id"]))
    for person in (clerk, CLERK):
        office("admin", "POST", f"/engine-rest/task/{task['id']}/assignee", {"userId": person})
    page.goto("/notices")
    expect(page.get_by_role("link", name="Задача с вас снята")).to_be_visible()
    assert serious(page) == []
    office("admin", "POST", f"/engine-rest/task/{task['id']}/complete", {})
    page.goto("/notices")
    page.get_by_role("link", name="Задача с вас снята").click()
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(applicant)
    office("admin", "DELETE", f"/api/organisations/{TENANT}/members/{clerk}/clerk")
    page.goto("/notices")
    page.get_by_role("link", name="Задача с вас снята").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Это дело вам больше не видно")


def test_a_term_that_is_short_and_one_that_is_over_are_told(look: Look, office: Office) -> None:
    clerk, morning = second_clerk(office), datetime(2027, 3, 10, 11, tzinfo=ZoneInfo("Asia/Almaty"))
    with office.at(morning) as stop:
        late = assigned(office, "«Кеш» ЖШС", clerk)
        stop(morning + timedelta(minutes=10))
        soon = assigned(office, "«Жақын» ЖШС", clerk)
        stop(morning + timedelta(minutes=24))  # each has 15 minutes: one a minute left, the other nine minutes late
        page = look(clerk, lang="ru")
        page.goto("/notices")
        expect(page.locator(".bell .count")).to_have_text("4", timeout=EVERY_MINUTE)  # by itself
        for size in SIZES:
            page = look(clerk, lang="ru", size=size)
            for task, told in ((late, "Срок истёк"), (soon, "Срок подходит к концу")):
                page.goto("/notices")
                page.get_by_role("link", name=told).first.click()
                expect(page).to_have_url(re.compile(task))


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
    expect(page.get_by_role("status").filter(has_text="Передана 1 задача")).to_contain_text(applicant)
    expect(page.get_by_label(f"Выбрать: {applicant}")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_the_team_follows_the_work_and_many_are_given_at_once(
    look: Look, office: Office, size: str
) -> None:
    clerk, other, applicant = second_clerk(office), second_clerk(office), f"«Көп {size}» ЖШС"
    page = look(HEAD, lang="ru", size=size)
    page.goto("/team")
    before = page.locator(".numbers .card").first.inner_text()
    tasks = [assigned(office, applicant, clerk) for _ in range(2)]
    expect(page.locator(".numbers .card").first).not_to_have_text(before)  # by itself
    page.goto(f"/team/tasks?organisation={TENANT}&assignee={clerk}")
    expect(page.get_by_label(f"Выбрать: {applicant}")).to_have_count(2)
    page.get_by_role("button", name="Выбрать все").click()
    for box in page.get_by_label(f"Выбрать: {applicant}").all():
        expect(box).to_be_checked()
        box.uncheck()
    page.get_by_label("Кому передать").select_option(other)
    page.get_by_label("Причина").fill("Болезнь")
    page.get_by_role("button", name="Передать показанные 2 задачи").click()
    expect(page.get_by_role("heading", name="Передать 2 показанные задачи?")).to_contain_text("Тілеуберген")
    expect(page.get_by_text("Болезнь")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Да, передать").click()
    expect(page.get_by_role("status").filter(has_text="Переданы 2 задачи")).to_be_visible()
    assert {office("admin", "GET", f"/engine-rest/task/{task}")["assignee"] for task in tasks} == {other}


@pytest.mark.parametrize("size", SIZES)
def test_the_tasks_of_who_has_left_the_role_are_found_by_the_head(look: Look, office: Office, size: str) -> None:
    clerk, applicant = second_clerk(office), f"«Кетті {size}» ЖШС"
    assigned(office, applicant, clerk)
    page = look(HEAD, lang="ru", size=size)
    page.goto("/team")
    office("admin", "DELETE", f"/api/organisations/{TENANT}/members/{clerk}/clerk")
    page.reload()
    page.get_by_role("link", name=re.compile("по своей роли")).click()
    expect(page.get_by_label(f"Выбрать: {applicant}")).to_be_visible()
    assert serious(page) == []


def test_the_page_of_the_team_is_for_those_who_lead_it(look: Look) -> None:
    page = look(CLERK, lang="kk")
    page.goto("/tasks")
    expect(page.get_by_role("link", name="Ұжым")).to_have_count(0)
    page.goto("/team")
    expect(page.get_by_text("Бұл бетті ұйымның басшысы не құрылымдық бөлімше басшысы көреді.")).to_be_visible()


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_an_administrator_begins_with_all_organisations(look: Look, office: Office, size: str, dark: bool) -> None:
    applicant = f"«Барлығы {size}» ЖШС"
    assigned(office, applicant)
    page = look("admin", lang="ru", size=size, dark=dark)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Все организации")
    assert serious(page) == []
    page.locator(f'a[href="/team/tasks?organisation={TENANT}"]').click()
    expect(page.get_by_label(f"Выбрать: {applicant}")).to_be_visible()
