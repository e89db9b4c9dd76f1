"""One task in the browser: its form and what is known beside it, what is wrong in it, and what goes wrong around it."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.desk import APPLICANT, EXECUTOR, SECOND_NAME, TENANT, begin, deploy, refuse
from tests.e2e.office import Office

pytestmark = pytest.mark.parametrize("size", SIZES)


def test_beside_the_form_stands_what_is_known_of_the_case_and_of_the_step(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "ru", size)
    page.goto(f"/tasks/{task}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Подготовка проекта результата")
    expect(page.locator("dd", has_text=APPLICANT)).to_be_visible()
    expect(page.locator("dd", has_text="2 рабочих дня")).to_be_visible()
    expect(page.locator("dd", has_text="пункт 5, процедура 7")).to_be_visible()
    expect(page.locator(".marks .term")).to_contain_text("осталось")
    page.get_by_text("Почему именно этот срок?").click()
    expect(page.get_by_text("день начала срока")).to_be_visible()
    page.get_by_text("Кто может выполнить").click()
    expect(page.get_by_role("listitem").filter(has_text=SECOND_NAME)).to_be_visible()
    expect(page.get_by_text("взял(а) шаг «Подготовка проекта результата»")).to_be_visible()


def test_the_button_says_what_is_decided_and_the_field_it_needs_appears(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    text = page.get_by_label("Text of the reasoned refusal")
    expect(page.get_by_role("radiogroup", name="Prepared result")).to_be_visible()
    expect(text).to_have_count(0)
    expect(page.get_by_role("button", name="Complete", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Reasoned refusal").check()
    expect(text).to_be_visible()
    expect(page.get_by_role("button", name="Complete: Reasoned refusal")).to_be_visible()
    page.get_by_role("radio", name="The service is given").check()
    expect(text).to_have_count(0)


def test_what_is_wrong_is_gathered_above_with_links_to_the_fields(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "ru", size)
    page.goto(f"/tasks/{task}")
    page.get_by_role("button", name="Завершить").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Исправьте эти поля")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Подготовленный результат").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert serious(page) == []
    page.get_by_role("radio").first.check()
    expect(alert).to_be_hidden()


def test_a_form_is_seen_before_the_task_is_claimed_and_focused_after(look: Look, deployed: Office, size: str) -> None:
    page = look(EXECUTOR, "ru", size)
    page.goto(f"/tasks/{begin(deployed, claimed=False)}")
    expect(page.get_by_role("radiogroup", name="Подготовленный результат")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_disabled()
    page.get_by_role("button", name="Взять", exact=True).press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Задача у вас.")).to_be_visible()


def test_nothing_is_missing_before_the_form_is_sent(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").focus()
    page.get_by_role("button", name="Complete: Reasoned refusal").focus()
    expect(page.locator(".fjs-has-errors")).to_have_count(0)
    page.get_by_role("button", name="Complete: Reasoned refusal").press("Enter")
    expect(page.locator(".fjs-has-errors")).to_have_count(1)


def test_what_was_entered_is_read_in_the_history_and_completing_is_said(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "ru", size)
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="Мотивированный отказ").check()
    page.get_by_label("Текст мотивированного отказа").fill("Нет согласования с акиматом")
    page.get_by_role("button", name="Завершить: Мотивированный отказ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Задачи")
    said = page.get_by_role("status").filter(has_text="Задача завершена:")
    expect(said).to_contain_text("«Подготовка проекта результата»")
    assert serious(page) == []
    page.reload()
    expect(said).to_have_count(0)
    page.goto(f"/tasks/{task}")
    page.get_by_role("link", name="Открыть дело").click()
    history = page.locator("#history")
    history.get_by_text("Что внесено").click()
    expect(history.get_by_text("Нет согласования с акиматом")).to_be_visible()
    assert serious(page) == []


def test_a_draft_is_kept_by_itself_also_when_it_is_not_complete(
    look: Look, deployed: Office, task: str, size: str
) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    kept = page.get_by_text("Draft kept")
    expect(page.get_by_role("radio").first).to_be_visible()
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("n")
    expect(kept).to_be_visible()
    page.wait_for_function("!Object.keys(localStorage).some((one) => one.startsWith('reglament-form/'))")
    elsewhere = look(EXECUTOR, "en", size)
    elsewhere.goto(f"/tasks/{task}")
    expect(elsewhere.get_by_label("Text of the reasoned refusal")).to_have_value("n")
    expect(elsewhere.get_by_text("Draft kept")).to_have_count(0)


def test_a_double_click_completes_once_and_the_way_back_says_it_is_done(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/complete") else None)
    refuse(page, task)
    page.get_by_role("button", name="Complete").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
    assert len(sent) == 1
    page.go_back()
    expect(page.get_by_text("You have done this task")).to_be_visible()
    expect(page.get_by_text("Decision: Reasoned refusal")).to_be_visible()
    page.get_by_role("link", name="Open the case").click()
    expect(page).to_have_url(re.compile("/cases/"))


def test_who_comes_too_late_keeps_what_was_entered(look: Look, deployed: Office, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    refuse(page, task)
    given = {"decision": {"value": "approve"}}
    deployed("admin", "POST", f"/engine-rest/task/{task}/submit-form", {"variables": given})
    expect(page.locator("#news")).to_contain_text("This task is done")
    page.get_by_role("button", name="Complete").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("What you have entered is kept")
    expect(alert.get_by_role("link", name="Open the case")).to_be_visible()
    expect(page.get_by_label("Text of the reasoned refusal")).to_have_value("The plan of the plot is missing.")


def test_a_session_that_ends_takes_nothing_with_it(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    expect(page.get_by_role("radio").first).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("Written after the end")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Your session has ended")
    alert.get_by_role("link", name="Sign in and come back").click()
    page.get_by_label("User name").fill(EXECUTOR)
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(f"/tasks/{task}"))
    expect(page.get_by_label("Text of the reasoned refusal")).to_have_value("Written after the end")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_label("Text of the reasoned refusal")).to_have_value("Written after the end")


def test_what_is_entered_without_a_network_is_kept_and_sent_when_it_is_back(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    expect(page.get_by_role("radio").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("No connection to the server")).to_be_visible()
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("Written in the dark")
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("alert")).to_contain_text("it is sent by itself")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_an_answer_that_is_lost_is_asked_for_again(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    refuse(page, task)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    broken: list[Route] = []

    def lose_the_answer(route: Route) -> None:
        """The server has done it, and nobody hears of it."""
        if broken:
            route.continue_()
            return
        broken.append(route)
        route.fetch()
        route.fulfill(status=502, body="Bad gateway")

    page.route("**/complete", lose_the_answer)
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("alert")).to_contain_text("it is sent by itself")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_a_form_that_was_tampered_with_is_refused(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="The service is given").check()

    def tamper(route: Route) -> None:
        data = {**json.loads(route.request.post_data or "{}"), "isPaid": True}
        route.continue_(post_data=json.dumps(data))

    page.route("**/complete", tamper)
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("alert")).to_contain_text("isPaid")


def test_a_task_that_never_was_says_so_and_leads_on(look: Look, deployed: Office, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto("/tasks/00000000-0000-0000-0000-000000000001")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.get_by_role("link", name="Back to the tasks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_the_diagram_is_moved_by_keyboard_and_told_in_words(look: Look, office: Office, size: str) -> None:
    task = waiting_for_the_clerk(office)
    page = look(f"clerk.{TENANT}", "en", size)
    page.goto(f"/tasks/{task}")
    page.get_by_text("Diagram", exact=True).click()
    drawing = page.get_by_role("group", name="Diagram")
    expect(drawing).to_be_visible()
    expect(page.locator(".djs-element.here")).to_have_count(1)
    assert page.locator(".djs-element.walked").count() > 0
    before = page.locator(".viewport").get_attribute("transform")
    drawing.focus()
    page.keyboard.press("+")
    expect(page.locator(".viewport")).not_to_have_attribute("transform", before or "")
    page.get_by_role("button", name="Show the whole").click()
    page.get_by_text("The diagram in words").click()
    expect(page.get_by_role("heading", name="Waiting now")).to_be_visible()
    assert serious(page) == []


def waiting_for_the_clerk(office: Office) -> str:
    case = {"requestKind": "issue", "applicantIdNumber": "180540012343", "applicantAddress": "Ақтөбе"}
    key = office.start("design-licence", TENANT, {**case, "attachedDocuments": "өтініш", "applicantName": "«Нұр» ЖШС"})
    office.complete(key, {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True})
    [task] = office.tasks(key)
    return str(task["id"])


def test_grounds_of_a_refusal_are_chosen_from_the_acts_list_with_their_clauses(
    look: Look, office: Office, size: str
) -> None:
    committee = "industrial-safety-committee"
    deploy(office, "grounds", "industrial-safety-attestation-result-choice", committee)
    page = look(f"executor.{committee}", "ru", size)
    page.goto(f"/tasks/{begin(office, 'grounds', committee)}")
    grounds = page.get_by_role("radiogroup", name="Основание для отказа").get_by_role("radio")
    expect(grounds).to_have_count(5)
    for clause in ("9.1", "9.2", "9.3", "9.4"):
        expect(page.locator(".choice-card b", has_text=clause)).to_be_visible()
    page.locator(".choice-card", has_text="9.2").click()
    expect(page.get_by_role("button", name=re.compile("Завершить: 9.2"))).to_be_visible()
    assert serious(page) == []
    assert narrow(page)


def narrow(page: Page) -> bool:
    """Whether it does not scroll sideways."""
    found: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return found


@pytest.mark.parametrize(("dark", "lang"), [(True, "kk"), (False, "ru"), (True, "en")])
def test_everybody_can_use_the_page(look: Look, task: str, size: str, dark: bool, lang: str) -> None:
    page = look(EXECUTOR, lang, size, dark=dark)
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio").nth(1).check()
    page.locator("details.acts > summary").click()
    assert serious(page) == []
    assert narrow(page)
