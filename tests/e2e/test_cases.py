"""Finding cases, the page of one, starting one for somebody who has come, and the receipt."""

import json
import re
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office
from tests.papers import PDF

TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
COUNTER = "energy-supervision-departments"
SERVICE = f"/start/{COUNTER}/electrical-laboratory-accreditation"
AT_THE_COUNTER = f"clerk.{COUNTER}"
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
    page.locator("#whole > summary").click()
    expect(page.locator(".case-main .steps li").first).to_be_visible()
    page.locator(".case-diagram summary").last.click()
    expect(page.locator(".djs-element.here")).to_have_count(1)
    assert serious(page) == []
    page.get_by_role("link", name="Приём и регистрация").click()
    expect(page).to_have_url(re.compile("/tasks/"))


def fill(page: Page, name: str) -> None:
    page.get_by_label("ФИО или наименование").fill(name)
    page.get_by_label("Адрес").fill("Ақтөбе")
    page.get_by_label("Приложенные документы").fill("Өтініш\nДиплом")
    scans = [
        FilePayload(name=one, mimeType="", buffer=PDF + one.encode()) for one in ("Өтініш.pdf", "Диплом (көшірме).pdf")
    ]
    page.locator(".fjs-form-field-filepicker input").set_input_files(scans)
    expect(page.get_by_role("link", name="Диплом (көшірме).pdf")).to_be_visible()
    page.get_by_role("radio", name="Почта").check()


def refused(page: Page) -> None:
    """Choose a file that no office takes."""
    wrong = FilePayload(name="setup.exe", mimeType="", buffer=b"MZ" + bytes(200))
    page.locator(".fjs-form-field-filepicker input").set_input_files(wrong)
    expect(page.locator(".arriving [data-state=refused]")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_starts_a_case_enters_it_and_prints_the_receipt(look: Look, size: str) -> None:
    name = f"«Сарыарқа {size}» ЖШС"
    page = look(AT_THE_COUNTER, lang="ru", size=size)
    page.goto("/start?q=лабораторий")
    assert serious(page) == []
    page.get_by_role("link", name="Аккредитация электрических лабораторий").last.click()
    expect(page.get_by_role("radio", name="Канцелярия услугодателя").first).to_be_checked()
    fill(page, name)
    refused(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.get_by_label("ИИН/БИН").fill("12")
    page.get_by_label("Телефон").fill("нет")
    page.get_by_role("button", name="Начать дело").click()
    wrong = ("ИИН/БИН состоит из 12 цифр.", "Телефон: от 6 до 15 цифр, например +7 701 123 45 67.")
    for words in wrong:
        expect(page.locator(".fjs-form-field-error").get_by_text(words, exact=True)).to_be_visible()
    expect(page.locator("form-view [role=alert] li")).to_have_text(wrong)
    page.get_by_label("Телефон").fill("8 (7132) 21-40-15")
    expect(page.get_by_text("Черновик сохранён")).to_be_visible()
    page.reload()
    expect(page.get_by_label("ФИО или наименование")).to_have_value(name)
    page.get_by_label("ИИН/БИН").fill("180540000042")
    refused(page)
    page.get_by_role("button", name="Начать дело").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Расписка о приёме заявления")
    for words in (name, "180540000042", "Электрлік зертханаларды аккредиттеу"):
        expect(page.get_by_role("cell", name=words)).to_be_visible()
    expect(page.locator("article li")).to_have_text(["Өтініш", "Диплом", "Өтініш.pdf", "Диплом (көшірме).pdf"])
    expect(page.get_by_text("Всего: 2", exact=True)).to_have_count(2)
    assert serious(page) == []
    page.get_by_role("link", name="Продолжить: Ввод данных").click()
    page.get_by_label("Услуга выбрана").check()
    page.get_by_role("radio", name="Услугополучатель найден").check()
    page.get_by_role("button", name="Завершить").click()
    page.get_by_label("Документы представлены на бумаге").check()
    page.get_by_label("Отсканированные и прикреплённые").fill("Өтініш")
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("status").filter(has_text="Распечатайте расписку")).to_be_visible()
    expect(page.get_by_role("row", name="Номер заявления")).to_contain_text("А-20")
    expect(page.get_by_role("row", name="День выдачи результата")).to_contain_text(
        re.compile(r"\d\d\.\d\d\.20\d\d\s*$")
    )
    assert serious(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Печать")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen")
    page.get_by_role("link", name="К делу").click()
    expect(page.get_by_text("приложил(а) к заявлению документы: Өтініш.pdf, Диплом (көшірме).pdf")).to_be_visible()
    page.get_by_role("link", name="Диплом (көшірме).pdf", exact=True).first.click()
    expect(page.locator("iframe.preview")).to_be_visible()
    page.get_by_role("link", name="К делу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize("size", SIZES)
def test_what_comes_by_the_portal_only_is_not_started_at_the_counter(look: Look, size: str) -> None:
    page = look(CLERK, lang="kk", size=size)
    page.goto("/start")
    apart = page.locator("section", has=page.get_by_role("heading", name="Осы жерде басталмайтын қызметтер"))
    expect(apart.get_by_text("Жобалау қызметіне лицензия беру")).to_be_visible()
    expect(apart.get_by_role("link")).to_have_count(0)
    assert serious(page) == []
    page.goto(f"/start/{TENANT}/design-licence")
    expect(page.get_by_text("тек осылай қабылдайды: «электрондық үкімет» порталы")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_typed_while_a_file_arrives_is_kept(look: Look, size: str) -> None:
    held: list[Route] = []
    page = look(AT_THE_COUNTER, lang="ru", size=size)
    page.goto(SERVICE)
    page.route("**/arrived", lambda route: held.append(route))
    scan = FilePayload(name="Өтініш.pdf", mimeType="", buffer=PDF)
    page.locator(".fjs-form-field-filepicker input").set_input_files(scan)
    expect(page.get_by_text("Проверяется")).to_be_visible()
    page.get_by_label("Адрес").press_sequentially("Ақтөбе қаласы")
    held[0].continue_()
    expect(page.get_by_role("link", name="Өтініш.pdf")).to_be_visible()
    expect(page.get_by_label("Адрес")).to_have_value("Ақтөбе қаласы")


def tampered(route: Route, changed: dict[str, Any]) -> None:
    route.continue_(post_data=json.dumps(route.request.post_data_json | changed))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_changed_on_the_way_is_refused_beside_its_field(look: Look, size: str) -> None:
    page = look(AT_THE_COUNTER, lang="ru", size=size)
    page.goto(SERVICE)
    fill(page, f"«Бұрмалау {size}» ЖШС")
    page.get_by_label("ИИН/БИН").fill("180540000042")
    sent = f"**{SERVICE}/*"

    for changed, said in (
        ({"applicantIdNumber": "1"}, "«ИИН/БИН» состоит ровно из 12 цифр."),
        ({"applicationNumber": "А-2026-1"}, "В этой форме нет поля «applicationNumber»."),
        ({"channel": "portal"}, "Вы можете подать или принять заявление только так: канцелярия услугодателя."),
        ({"documentCopies": [str(UUID(int=1))]}, "Файла больше нет"),
    ):
        page.route(sent, partial(tampered, changed=changed))
        page.get_by_role("button", name="Начать дело").click()
        expect(page.get_by_role("alert")).to_contain_text(said)
        page.unroute(sent)
    page.get_by_role("button", name="Начать дело").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Расписка о приёме заявления")
    expect(page.get_by_text("А-2026-1", exact=True)).to_have_count(0)


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
    page = look(AT_THE_COUNTER, lang="ru")
    page.goto(SERVICE)
    fill(page, "«Жоғалмас» ЖШС")
    page.get_by_label("ИИН/БИН").fill("180540000042")
    page.context.clear_cookies()
    page.get_by_role("button", name="Начать дело").click()
    page.get_by_label("Имя пользователя").fill(AT_THE_COUNTER)
    page.get_by_label("Пароль").fill("demo")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_label("ФИО или наименование")).to_have_value("«Жоғалмас» ЖШС")
    page.get_by_role("button", name="Начать дело").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Расписка о приёме заявления")
