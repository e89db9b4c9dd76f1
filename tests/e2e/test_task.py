"""One task in the browser: its decision, what is wrong with it, what goes wrong around it, and what else is done with it."""

import json
import re
import urllib.request
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
EXECUTOR = f"executor.{TENANT}"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="decisions" isExecutable="true">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Нәтиженің жобасын дайындау" camunda:candidateGroups="executor"
  camunda:formRef="result-draft" camunda:dueDate="${workingDays(2)}"><extensionElements><camunda:properties>
<camunda:property name="name.ru" value="Подготовка проекта результата"/>
<camunda:property name="name.en" value="Draft of the result"/><camunda:property name="law.clause" value="7"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="draft" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="executor" camunda:formRef="signature">
<extensionElements><camunda:properties><camunda:property name="name.en" value="Signing"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f3" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""


@pytest.fixture(scope="module")
def deployed(office: Office) -> None:
    """A short process with the forms of the real ones."""
    boundary = uuid4().hex
    parts = (
        ("deployment-name", "", "decisions"),
        ("tenant-id", "", TENANT),
        ("data", '; filename="decisions.bpmn"', MODEL),
    )
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n'
        for name, more, content in parts
    )
    request = urllib.request.Request(
        f"{office.address}/engine-rest/deployment/create",
        f"{body}--{boundary}--\r\n".encode(),
        {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Authorization": f"Bearer {office.cookie('admin')}",
        },
    )
    urllib.request.urlopen(request).close()


@pytest.fixture
def task(office: Office, deployed: None) -> str:
    """The id of a task that the executor has: to prepare a result, or to refuse."""
    path = f"/engine-rest/process-definition/key/decisions/tenant-id/{TENANT}/start"
    key = f"D-{uuid4().hex[:8]}"
    office("admin", "POST", path, {"businessKey": key, "variables": {"applicantName": {"value": "«Алма» ЖШС"}}})
    [task] = office.tasks(key)
    office(EXECUTOR, "POST", f"/engine-rest/task/{task['id']}/claim", {"userId": EXECUTOR})
    return str(task["id"])


def refuse(page: Page, task: str) -> None:
    """Fill in a refusal, in English."""
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("The plan of the plot is missing.")


def test_the_button_says_what_is_decided_and_the_field_it_needs_appears(look: Look, task: str) -> None:
    page = look(EXECUTOR, "en")
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


def test_what_is_wrong_is_gathered_above_with_links_to_the_fields(look: Look, task: str) -> None:
    page = look(EXECUTOR, "ru")
    page.goto(f"/tasks/{task}")
    page.get_by_role("button", name="Завершить").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Исправьте эти поля")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Подготовленный результат").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert serious(page) == []


def test_a_case_step_is_done_by_keyboard_alone_and_the_next_is_signed(look: Look, office: Office, task: str) -> None:
    page = look(EXECUTOR, "en")
    page.goto(f"/tasks/{task}")
    expect(page.get_by_role("radio").first).to_be_visible()
    press_until(page, "Tab", "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Reasoned refusal")).to_be_checked()
    press_until(page, "Tab", "form-view textarea")
    page.keyboard.type("No plan of the plot.")
    press_until(page, "Tab", "[data-action=complete]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
    found = office(EXECUTOR, "GET", "/engine-rest/task?taskDefinitionKey=sign&candidateGroup=executor")
    office(EXECUTOR, "POST", f"/engine-rest/task/{found[-1]['id']}/claim", {"userId": EXECUTOR})
    page.goto(f"/tasks/{found[-1]['id']}")
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_visible()
    expect(page.get_by_text("completed “Draft of the result”: Reasoned refusal")).to_be_visible()


def press_until(page: Page, key: str, target: str) -> None:
    """Press a key until an element has the focus."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", target):
            return
    raise AssertionError(f"{target} is not reached by {key}")


def test_a_double_click_completes_once_and_the_way_back_says_it_is_done(look: Look, task: str) -> None:
    page = look(EXECUTOR, "en")
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


def test_who_comes_too_late_keeps_what_was_entered(look: Look, office: Office, task: str) -> None:
    page = look(EXECUTOR, "en")
    refuse(page, task)
    given = {"decision": {"value": "approve"}}
    office("admin", "POST", f"/engine-rest/task/{task}/submit-form", {"variables": given})
    page.get_by_role("button", name="Complete").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This task is done")
    expect(alert).to_contain_text("What you have entered is kept")
    expect(alert.get_by_role("link", name="Open the case")).to_be_visible()
    expect(page.get_by_label("Text of the reasoned refusal")).to_have_value("The plan of the plot is missing.")


def test_a_session_that_ends_takes_nothing_with_it(look: Look, task: str) -> None:
    page = look(EXECUTOR, "en")
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


def test_a_broken_network_is_said_and_what_was_decided_is_sent_when_it_is_back(look: Look, task: str) -> None:
    page = look(EXECUTOR, "en")
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


@pytest.mark.parametrize("size", SIZES)
def test_a_task_is_held_with_a_reason_and_taken_up_again(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    page.get_by_text("Actions").click()
    page.get_by_text("Put on hold").first.click()
    day = datetime.now(ZoneInfo("Asia/Almaty")).date() + timedelta(days=3)
    page.get_by_label("Until which day").fill(day.isoformat())
    page.get_by_role("textbox", name="Reason").fill("Waiting for the akimat")
    page.get_by_role("button", name="Put on hold").click()
    held = page.get_by_text(re.compile("^On hold until"))
    expect(held).to_be_visible()
    expect(page.get_by_text("Waiting for the akimat").first).to_be_visible()
    page.get_by_role("button", name="Take off hold").click()
    expect(held).to_have_count(0)
    expect(page.get_by_text("took “Draft of the result” off hold")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "dark", "lang"), [("desktop", True, "kk"), ("phone", False, "ru"), ("phone", True, "en")]
)
def test_everybody_can_use_the_page(look: Look, task: str, size: str, dark: bool, lang: str) -> None:
    page = look(EXECUTOR, lang, size, dark=dark)
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio").nth(1).check()
    page.locator("details.acts > summary").click()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it does not scroll sideways"


def test_the_diagram_is_moved_by_keyboard_and_told_in_words(look: Look, office: Office) -> None:
    case = {"requestKind": "issue", "applicantIdNumber": "180540012343", "applicantAddress": "Ақтөбе"}
    key = office.start("design-licence", TENANT, {**case, "attachedDocuments": "өтініш", "applicantName": "«Нұр» ЖШС"})
    signed = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
    office.complete(key, signed)
    [found] = office.tasks(key)
    page = look(f"clerk.{TENANT}", "en")
    page.goto(f"/tasks/{found['id']}")
    page.get_by_text("Diagram", exact=True).click()
    drawing = page.get_by_role("group", name="Diagram")
    expect(drawing).to_be_visible()
    before = page.locator(".viewport").get_attribute("transform")
    drawing.focus()
    page.keyboard.press("+")
    expect(page.locator(".viewport")).not_to_have_attribute("transform", before or "")
    page.get_by_role("button", name="Show the whole").click()
    page.get_by_text("The diagram in words").click()
    expect(page.get_by_role("heading", name="Waiting now")).to_be_visible()
    assert serious(page) == []


def test_a_form_that_was_tampered_with_is_refused(look: Look, task: str) -> None:
    page = look(EXECUTOR, "en")
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="The service is given").check()

    def tamper(route: Route) -> None:
        data = {**json.loads(route.request.post_data or "{}"), "isPaid": True}
        route.continue_(post_data=json.dumps(data))

    page.route("**/complete", tamper)
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("alert")).to_contain_text("isPaid")
