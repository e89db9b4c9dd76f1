"""A designer's day in the browser: a model drawn from the template, refused, mended, deployed, worked and changed; a newer
version of somebody else; and a connection and a session that end."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import desk
from tests.e2e.browser import Look
from tests.e2e.office import Office

TENANT = "aktobe-gask"
DESIGNER, EXECUTOR = f"designer.{TENANT}", f"executor.{TENANT}"


def choose(page: Page, element: str) -> None:
    """Choose an element on the canvas, by its list of findings or by a click at its edge, where nothing covers it."""
    page.locator(f".djs-shape[data-element-id={element}] .djs-hit").last.click(position={"x": 6, "y": 60})
    expect(page.locator("[data-part=panel] h2")).not_to_be_empty()


def set_field(page: Page, label: str, value: str) -> None:
    field = page.locator("[data-part=panel]").get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")


def deploy(page: Page, comment: str) -> None:
    page.get_by_role("button", name="Разместить…").click()
    page.get_by_label("Что изменилось").fill(comment)
    page.get_by_role("button", name="Разместить", exact=True).click()


def begun(office: Office, key: str) -> str:
    """The business key of a case that the designer has started, as Camunda Modeler starts one."""
    case = f"W-{uuid4().hex[:8]}"
    path = f"/engine-rest/process-definition/key/{key}/tenant-id/{TENANT}/start"
    office(DESIGNER, "POST", path, {"businessKey": case, "variables": {}})
    return case


def test_a_model_from_the_template_is_mended_deployed_worked_and_changed(look: Look, office: Office) -> None:
    page = look(DESIGNER, "ru")
    page.goto("/")
    page.get_by_role("link", name="Новая модель").click()
    page.get_by_label("Название (на казахском)").fill("Куәлік беру")
    page.get_by_label("Ключ").fill("certificate")
    page.get_by_role("button", name="Открыть в редакторе").click()
    found = page.locator("[data-part=findings]")
    expect(found).to_contain_text("Ошибок не найдено")

    choose(page, "prepare")
    page.get_by_label("Роль", exact=True).select_option("")
    expect(found).to_contain_text("Задачу никто не увидит")
    expect(page.locator(".finding-mark")).to_have_text("1")
    deploy(page, "первая")
    expect(page.get_by_role("alert")).to_contain_text("Модель не размещена")
    expect(page.locator("[data-part=panel] .finding")).to_contain_text("Задачу никто не увидит")
    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_label("Роль", exact=True)).to_have_value("executor")
    set_field(page, "Форма", "certificate-draft")
    set_field(page, "Пункт", "5.2")
    expect(found).to_contain_text("certificate-draft")

    page.get_by_role("link", name="Изменить форму").click()
    page.locator(".fjs-palette-field[data-field-type=textfield]").press("Enter")
    expect(page.locator(".fjs-form-field-textfield")).to_have_count(1)
    page.get_by_role("link", name="В редактор модели").click()
    expect(page.locator("[data-part=state]")).to_contain_text("Изменённые формы: certificate-draft")
    expect(found).to_contain_text("Ошибок не найдено")
    deploy(page, "первая редакция")
    expect(page.get_by_role("status").first).to_contain_text("Размещена версия 1")
    expect(page.get_by_role("cell", name="первая редакция")).to_be_visible()
    page.locator("diagram-view .djs-shape[data-element-id=prepare]").click()
    expect(page.locator("model-view .element")).to_contain_text("Ответственный исполнитель")
    expect(page.locator("model-view .element")).to_contain_text("5.2")

    case = begun(office, "certificate")
    worker = look(EXECUTOR, "ru")
    [task] = office.tasks(case)
    worker.goto(f"/tasks/{task['id']}")
    worker.get_by_role("button", name="Взять", exact=True).click()
    worker.locator(".fjs-form-field-textfield input").fill("Жоба дайын")
    worker.get_by_role("button", name="Завершить").click()
    expect(worker.get_by_text("Задача завершена", exact=False).first).to_be_visible()
    [task] = office.tasks(case)
    assert task["taskDefinitionKey"] == "sign"

    page.get_by_role("link", name="Изменить", exact=True).click()
    choose(page, "sign")
    page.get_by_label("Сколько", exact=True).fill("5")
    page.get_by_label("Сколько", exact=True).press("Tab")
    deploy(page, "5 рабочих дней на подписание")
    expect(page.get_by_role("status").first).to_contain_text("Размещена версия 2")
    old = page.get_by_role("row").filter(has=page.get_by_role("link", name="версия 1"))
    expect(old).to_contain_text("первая редакция")
    difference = old.get_by_role("link", name="Отличия")
    expect(difference).to_have_attribute("href", re.compile(r"^/models/\w+/difference\?with=\w+$"))
    [running] = office("admin", "GET", f"/engine-rest/process-instance?businessKey={case}")
    versions = office("admin", "GET", "/engine-rest/process-definition?key=certificate&sortBy=version&sortOrder=asc")
    assert running["definitionId"] == versions[0]["id"]
    difference.click()
    expect(page.get_by_role("main")).to_contain_text("→ 5 рабочих дней")
    page.go_back()
    draw_edition_to_come(page)
    [running] = office("admin", "GET", f"/engine-rest/process-instance?businessKey={begun(office, 'certificate')}")
    assert running["definitionId"] == versions[1]["id"]


def draw_edition_to_come(page: Page) -> None:
    """From the page of a model: it is deployed long before the first day on which it handles applications."""
    page.get_by_role("link", name="Изменить", exact=True).click()
    set_field(page, "Редакция", "2999")
    set_field(page, "Действует с", "2999-01-01")
    deploy(page, "новая редакция")
    expect(page.get_by_role("status").first).to_contain_text("Размещена версия 3")
    expect(page.get_by_role("main")).to_contain_text("редакция 2999")


@pytest.fixture
def model(office: Office) -> str:
    """The id of a model of the designer's organisation, deployed by somebody else."""
    key = f"m-{uuid4().hex[:8]}"
    desk.deploy(office, key)
    [found] = office("admin", "GET", f"/engine-rest/process-definition?key={key}")
    return str(found["id"])


def test_a_stale_save_keeps_both_texts(look: Look, office: Office, model: str) -> None:
    page = look(DESIGNER, "ru")
    page.goto(f"/models/{model}/edit")
    choose(page, "draft")
    set_field(page, "Название на русском", "Моя правка")
    expect(page.locator("[data-part=state]")).to_contain_text("Изменения сохранены")
    key = office("admin", "GET", f"/engine-rest/process-definition/{model}")["key"]
    desk.deploy(office, key, form="signature")
    deploy(page, "моя")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("разместил(а) версию 2")
    with page.expect_download() as downloaded:
        dialog.get_by_role("link", name="Скачать мою").click()
    assert "Моя правка" in Path(downloaded.value.path()).read_text()
    newest = office("admin", "GET", f"/engine-rest/process-definition?key={key}&latestVersion=true")[0]["id"]
    theirs, difference = (dialog.get_by_role("link", name=name) for name in ("Посмотреть их", "Чем она"))
    expect(theirs).to_have_attribute("href", f"/models/{newest}")
    expect(difference).to_have_attribute("href", f"/models/{model}/difference?with={newest}")
    dialog.get_by_role("button", name="Разместить мою после неё").click()
    expect(page.get_by_role("status").first).to_contain_text("Размещена версия 3")


def test_nothing_is_lost_with_the_connection_and_the_session(look: Look, model: str) -> None:
    page = look(DESIGNER, "ru")
    # news from the server would tell of the ended session before the button does
    page.route("**/events*", lambda route: route.abort("internetdisconnected"))
    page.goto(f"/models/{model}/edit")
    choose(page, "draft")
    page.context.set_offline(True)
    set_field(page, "Название на русском", "Без связи")
    expect(page.locator("[data-part=state]")).to_contain_text("Изменения сохранены")
    deploy(page, "")
    expect(page.get_by_role("dialog")).to_contain_text("Нет связи: ничего не размещено и ничего не потеряно")
    page.context.set_offline(False)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="Разместить", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Сеанс закончился")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()
    choose(page, "draft")
    expect(page.get_by_label("Название на русском")).to_have_value("Без связи")
    deploy(page, "")
    expect(page.get_by_role("status").first).to_contain_text("Размещена версия 2")
