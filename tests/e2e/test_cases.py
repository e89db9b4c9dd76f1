"""Finding cases, the page of one, starting one for somebody who has come, and the receipt."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}


def registered(office: Office, applicant: str, bin_: str) -> str:
    """A case that waits for the clerk; gives its number."""
    application = {
        "requestKind": "issue",
        "applicantName": applicant,
        "applicantIdNumber": bin_,
        "applicantAddress": "Ақтөбе",
        "attachedDocuments": "өтініш",
    }
    key = office.start("design-licence", TENANT, application)
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    variables = office("admin", "GET", f"/engine-rest/task/{task['id']}/variables")
    return str(variables["applicationNumber"]["value"])


@pytest.mark.parametrize("size", SIZES)
def test_a_case_is_found_by_number_applicant_and_bin(look: Look, office: Office, size: str) -> None:
    name, bin_ = f"«Құлагер {size}» ЖШС", {"desktop": "180540000012", "phone": "180540000022"}[size]
    number = registered(office, name, bin_)
    page = look(CLERK, lang="kk", size=size)
    page.goto("/cases")
    for words in (number, f"КУЛАГЕР {size}", bin_):
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("button", name="Іздеу").click()
        expect(page.get_by_role("link", name=name)).to_have_count(1)
    assert serious(page) == []
    page.get_by_role("searchbox").fill("мұндай жоқ")
    page.get_by_role("button", name="Іздеу").click()
    expect(page.get_by_role("heading", name="Іс табылмады")).to_be_visible()


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_the_page_of_a_case_shows_where_it_is(look: Look, office: Office, size: str, dark: bool) -> None:
    name = f"«Ертіс {size}» ЖШС"
    number = registered(office, name, "180540000032")
    page = look(CLERK, lang="ru", size=size, dark=dark)
    page.goto(f"/cases?q={number}")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("в работе").first).to_be_visible()
    page.get_by_text("Почему именно этот срок?").click()
    expect(page.locator(".case-main .steps li").first).to_be_visible()
    page.locator(".case-diagram summary").last.click()
    expect(page.locator(".djs-element.here")).to_have_count(1)
    assert serious(page) == []
    page.get_by_role("link", name="Приём и регистрация").click()
    expect(page).to_have_url(re.compile("/tasks/"))


def fill(page: Page, name: str) -> None:
    page.get_by_label("ФИО или наименование").fill(name)
    page.get_by_label("Адрес").fill("Ақтөбе")
    page.get_by_label("Перечень").fill("Өтініш\nДиплом")
    page.locator(".fjs-form-field-select .fjs-input-group").click()
    page.get_by_text("Выдача лицензии", exact=True).click()


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_starts_a_case_and_prints_the_receipt(look: Look, office: Office, size: str) -> None:
    name = f"«Сарыарқа {size}» ЖШС"
    page = look(CLERK, lang="ru", size=size)
    page.goto("/start?q=проектную")
    assert serious(page) == []
    page.get_by_role("link", name="Выдача лицензии на проектную деятельность").last.click()
    fill(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.get_by_label("ИИН/БИН").fill("12")
    page.get_by_role("button", name="Начать дело").click()
    expect(page.get_by_text("ИИН/БИН состоит из 12 цифр.", exact=True)).to_be_visible()
    expect(page.get_by_text("Черновик сохранён")).to_be_visible()
    page.reload()
    expect(page.get_by_label("ФИО или наименование")).to_have_value(name)
    page.get_by_label("ИИН/БИН").fill("180540000042")
    page.get_by_role("button", name="Начать дело").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Расписка о приёме заявления")
    for words in (name, "180540000042", "Диплом", "Жобалау қызметіне лицензия беру"):
        expect(page.get_by_role("cell", name=words)).to_be_visible()
    assert serious(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Печать")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"/cases?q={name}")
    expect(page.get_by_role("link", name=name)).to_have_count(1)


def test_an_application_that_is_refused_at_once_says_why_beside_the_form(look: Look, office: Office) -> None:
    page = look(CLERK, lang="ru")
    page.goto(f"/start/{TENANT}/service-complaint")
    for label, text in (("Номер дела", "А-2026-999999"), ("ФИО", "Ерлан Ахмет"), ("ИИН/БИН", "180540000042")):
        page.get_by_label(label).fill(text)
    for label in ("Адрес", "Текст жалобы", "Требования"):
        page.get_by_label(label).fill("Ақтөбе")
    for group in page.get_by_role("radiogroup").all() or page.locator(".fjs-form-field-radio").all():
        group.get_by_role("radio").first.check()
    page.get_by_role("button", name="Начать дело").click()
    expect(page.get_by_role("alert")).to_contain_text("Жалоба не принята: дела с таким номером у вас нет")
    expect(page.get_by_label("Номер дела")).to_have_value("А-2026-999999")


def test_nothing_is_lost_when_the_session_ends_while_the_form_is_filled(look: Look, office: Office) -> None:
    page = look(CLERK, lang="ru")
    page.goto(f"/start/{TENANT}/design-licence")
    fill(page, "«Жоғалмас» ЖШС")
    page.get_by_label("ИИН/БИН").fill("180540000042")
    page.context.clear_cookies()
    page.get_by_role("button", name="Начать дело").click()
    page.get_by_label("Имя пользователя").fill(CLERK)
    page.get_by_label("Пароль").fill("demo")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_label("ФИО или наименование")).to_have_value("«Жоғалмас» ЖШС")
    page.get_by_role("button", name="Начать дело").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Расписка о приёме заявления")
