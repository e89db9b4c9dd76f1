"""The same done to many tasks of the list at once."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import desk
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.desk import EXECUTOR, SECOND, SECOND_NAME, TENANT
from tests.e2e.office import Office
from tests.papers import PDF

pytestmark = pytest.mark.parametrize("size", SIZES)
SCANNING = "scanning"


@pytest.fixture(scope="module")
def deployed(office: Office) -> Office:
    desk.deploy(office)
    desk.deploy(office, SCANNING, "provider-entry-documents")
    return office


def started(office: Office, word: str, count: int, key: str = "decisions") -> tuple[str, list[str]]:
    """Cases that wait for an executor; gives a word to find them by, and the names of the applicants."""
    mark = uuid4().hex[:6]
    names = [f"«{word}» ЖШС {mark}-{number}" for number in range(1, count + 1)]
    for name in names:
        path = f"/engine-rest/process-definition/key/{key}/tenant-id/{TENANT}/start"
        office("admin", "POST", path, {"businessKey": name, "variables": {"applicantName": {"value": name}}})
    return mark, names


def task_of(office: Office, name: str) -> str:
    [task] = office("admin", "POST", "/engine-rest/task", {"processInstanceBusinessKey": name})
    return str(task["id"])


def choose_all(page: Page, mark: str, names: list[str]) -> None:
    page.goto(f"/tasks?view=all&q={mark}&sort=applicant")
    page.get_by_role("checkbox", name=names[0]).check()
    page.locator("[data-select-all]").click()
    for name in names:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()


def test_many_are_claimed_and_what_failed_stays_chosen(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Ағаш", 3)
    page = look(EXECUTOR, "kk", size)
    choose_all(page, mark, names)
    expect(page.get_by_text("Таңдалды: 3")).to_be_visible()
    taken = task_of(deployed, names[1])
    deployed("admin", "POST", f"/engine-rest/task/{taken}/claim", {"userId": SECOND})
    expect(page.locator("#list tbody tr").filter(has_text=names[1])).to_contain_text(SECOND_NAME)
    expect(page.get_by_role("checkbox", name=names[1])).to_be_checked()
    page.get_by_role("group", name="Таңдалғандарға").get_by_role("button", name="Алу", exact=True).click()
    result = page.get_by_role("region", name="Нәтиже")
    expect(result).to_contain_text("Алынды: 2")
    expect(result).to_contain_text("Орындалмады: 1")
    expect(result.get_by_role("listitem").first).to_contain_text(names[1])
    expect(result.get_by_role("listitem").first).to_contain_text("Тапсырманы басқа адам алып қойған.")
    expect(page.get_by_role("checkbox", name=names[1])).to_be_checked()
    expect(page.get_by_role("checkbox", name=names[0])).not_to_be_checked()
    assert serious(page) == []


def test_many_are_given_to_a_colleague(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Бұлақ", 2)
    page = look(EXECUTOR, "ru", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Назначить").click()
    page.get_by_role("button", name="Отмена").click()
    for name in names:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    page.get_by_role("button", name="Назначить").click()
    assert serious(page) == []
    page.get_by_label("Кому").select_option(SECOND)
    page.get_by_role("button", name="Назначить").click()
    expect(page.get_by_text("Назначено: 2")).to_be_visible()
    for name in names:
        expect(page.locator("#list tbody tr").filter(has_text=name)).to_contain_text(SECOND_NAME)


def test_many_get_the_same_comment(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Дала", 2)
    page = look(EXECUTOR, "en", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Comment").click()
    assert serious(page) == []
    page.get_by_label("One comment on all of them").fill("Жоспар жоқ")
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_text("Commented: 2")).to_be_visible()
    for name in names:
        expect(page.locator("#list tbody tr").filter(has_text=name)).to_contain_text("1 comment")


def test_many_are_decided_and_signed_with_one_form(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Егін", 3)
    page = look(EXECUTOR, "en", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Decide alike").click()
    expect(page.get_by_role("group", name="Chosen tasks").get_by_role("checkbox")).to_have_count(3)
    taken = task_of(deployed, names[0])
    deployed("admin", "POST", f"/engine-rest/task/{taken}/claim", {"userId": SECOND})
    page.get_by_role("button", name="Complete all").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("The plan of the plot is missing.")
    assert serious(page) == []
    page.get_by_role("button", name="Complete all").click()
    result = page.get_by_role("region", name="Result")
    expect(result).to_contain_text("Completed: 2")
    expect(result.get_by_role("listitem").first).to_contain_text(names[0])
    expect(page).to_have_url(re.compile(rf"/tasks\?view=all&q={mark}"))
    expect(page.get_by_role("checkbox", name=names[0])).to_be_checked()
    choose_all(page, mark, names[1:])
    page.get_by_role("checkbox", name=names[0]).uncheck()
    page.get_by_role("button", name="Decide alike").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign all")
    page.get_by_role("checkbox", name="sign").check()
    page.get_by_role("button", name="Sign all").click()
    expect(page.get_by_text("Completed: 2")).to_be_visible()
    for name in names[1:]:
        expect(page.locator("#list tbody tr").filter(has_text=name)).to_have_count(0)


def test_different_documents_are_signed_kind_by_kind(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Гүлзар", 3)
    refusal = {"decision": {"value": "refuse"}, "refusalText": {"value": "Жоспар жоқ"}}
    for name, given in zip(names, ({"decision": {"value": "approve"}}, refusal, refusal), strict=True):
        task = task_of(deployed, name)
        deployed(EXECUTOR, "POST", f"/engine-rest/task/{task}/claim", {"userId": EXECUTOR})
        deployed(EXECUTOR, "POST", f"/engine-rest/task/{task}/submit-form", {"variables": given})
    page = look(EXECUTOR, "ru", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Решить одинаково").click()
    expect(page.get_by_text("Каждый вид подписывается отдельно")).to_be_visible()
    refusals = page.get_by_role("form", name="Мотивированный отказ")
    expect(refusals.get_by_role("checkbox")).to_have_count(2)
    expect(refusals.get_by_role("link", name=f"Посмотреть: {names[1]}")).to_be_visible()
    refusals.get_by_text("Сведения").first.click()
    expect(refusals.get_by_text("Жоспар жоқ").first).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    refusals.get_by_role("button", name="К подписанию 2 документов").click()
    expect(page.get_by_role("definition").filter(has_text="Мотивированный отказ")).to_be_visible()
    page.get_by_role("checkbox", name="Подписываю документ").check()
    assert serious(page) == []
    page.get_by_role("button", name="Подписать все").click()
    expect(page.get_by_text("Завершено: 2")).to_be_visible()
    expect(page.get_by_role("checkbox", name=names[0])).to_be_checked()
    expect(page.locator("#list tbody tr")).to_have_count(1)


def test_one_file_is_given_to_many_cases(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Жазық", 2, SCANNING)
    page = look(EXECUTOR, "en", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Decide alike").click()
    page.get_by_role("checkbox", name="brought on paper").check()
    page.get_by_label("Documents scanned").fill("Хаттама")
    page.locator("input[type=file]").set_input_files(
        {"name": "Хаттама.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("link", name="Хаттама.pdf")).to_be_visible()
    page.get_by_role("button", name="Complete all").click()
    expect(page.get_by_text("Completed: 2")).to_be_visible()
    for name in names:
        expect(page.locator("#list tbody tr").filter(has_text=name)).to_contain_text("1 document")


def test_nothing_entered_is_lost_with_the_network_or_the_session(look: Look, deployed: Office, size: str) -> None:
    mark, names = started(deployed, "Үміт", 2)
    page = look(EXECUTOR, "en", size)
    choose_all(page, mark, names)
    page.get_by_role("button", name="Comment").click()
    page.get_by_label("One comment on all of them").fill("Жоспар жоқ")
    page.context.set_offline(True)
    page.get_by_role("button", name="Comment").click()
    expect(page.locator(".offline")).to_be_visible()
    page.context.set_offline(False)
    kept = page.context.cookies()
    page.context.clear_cookies()
    with page.expect_response(lambda one: one.url.endswith("/notices/unread") and one.status == 401):
        page.evaluate("document.body.dispatchEvent(new Event('changed'))")
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    page.context.add_cookies([one for one in kept if one["name"] == "reglament_session"])  # type: ignore[list-item]
    expect(page.get_by_label("One comment on all of them")).to_have_value("Жоспар жоқ")
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_text("Commented: 2")).to_be_visible()
