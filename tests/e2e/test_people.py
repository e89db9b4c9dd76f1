"""A day of an administrator: somebody new from a file, his first sign-in, and somebody who leaves."""

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.browser import Look
from tests.e2e.office import Office
from tests.e2e.test_team_and_notices import TENANT, assigned, second_clerk


def test_somebody_comes_from_a_file_and_somebody_leaves(look: Look, office: Office) -> None:
    page, newcomer = look("admin", "ru"), f"new-{uuid4().hex[:6]}"
    page.goto("/admin/people")
    page.get_by_role("link", name="Загрузить из CSV").click()
    lines = f"id;Фамилия;Имя;Организация;Роли\r\n{newcomer};Ахметов;Нұрлан;{TENANT};{{}}\r\n"
    for role, said in (("king", "Роли «king» нет"), ("clerk", "Сотрудник канцелярии")):
        content = lines.format(role).encode("utf-8-sig")
        page.locator("input[type=file]").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Посмотреть, что изменится").click()
        expect(page.locator(".import-plan tbody tr")).to_contain_text(said)
        if role == "king":
            page.get_by_role("link", name="Выбрать другой файл").click()
    page.get_by_role("button", name="Загрузить точно по этому плану").click()
    expect(page.locator("#done")).to_have_text("Файл загружен.")
    page.goto(f"/admin/people?q={newcomer}")
    page.get_by_role("link", name="Нұрлан Ахметов").click()
    page.get_by_role("button", name="Создать ссылку для пароля").click()
    link = urlsplit(page.locator(".once a").get_attribute("href") or "")
    person = look(None, "kk")
    person.goto(f"{link.path}?{link.query}")
    for name in ("password", "again"):
        person.locator(f"[name={name}]").fill("өте ұзын құпиясөз")
    person.locator("button.main").click()
    expect(person.locator("#done")).to_contain_text("енді кіре аласыз")
    person.locator("[name=username]").fill(newcomer)
    person.locator("[name=password]").fill("өте ұзын құпиясөз")
    person.locator("button.main").click()
    expect(person.locator(".me")).to_contain_text("Нұрлан Ахметов")

    leaver = second_clerk(office)
    task = assigned(office, "«Мұра» ЖШС", leaver)
    page.goto(f"/admin/people/{leaver}")
    expect(page.get_by_role("link", name="1 открытая задача")).to_be_visible()
    page.locator("summary", has_text="Отключить учётную запись").click()
    page.locator("#gone select").select_option(label="Нұрлан Ахметов")
    page.locator("#gone textarea").fill("Перешёл в другое ведомство")
    page.locator("#gone button").click()
    expect(page.locator("#done")).to_contain_text("задачи переданы")
    expect(page.locator(".administered")).to_contain_text("Перешёл в другое ведомство")
    assert office("admin", "GET", f"/engine-rest/task/{task}")["assignee"] == newcomer
    page.locator("#gone textarea").fill("Вернулся")
    page.locator("#gone button").click()
    expect(page.locator("#roles")).to_contain_text("Сотрудник канцелярии")
