"""Documents of a task: uploaded with progress, looked at, refused with reasons, kept through a lost connection.

The service of this module keeps them in a folder and asks a virus scanner; that of `test_cases` does neither.
"""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.clamd import WORM, Clamd, clamd
from tests.conftest import new_database
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office, serving
from tests.papers import EICAR, PDF, PROGRAM, png

TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
TOO_LARGE = "Файл слишком большой: допускается до 20 МБ."
LARGE = PDF + b"\n" * 2_000_000


SCANNING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="scanning" name="Scan" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="w"/>
<userTask id="w" name="Сканерлеу" camunda:candidateGroups="clerk" camunda:formRef="scans" camunda:formRefBinding="latest"/>
<sequenceFlow id="b" sourceRef="w" targetRef="e"/><endEvent id="e"/></process></definitions>"""
SCANS = {
    "type": "default",
    "id": "scans",
    "components": [
        {
            "type": "filepicker",
            "id": "f",
            "key": "scans",
            "label": "Сканы",
            "multiple": True,
            "validate": {"required": True},
        }
    ],
}


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with clamd() as found:
        yield found


@pytest.fixture(scope="module")
def office(server_url: str, office_template: str, scanner: Clamd) -> Iterator[Office]:
    with (
        TemporaryDirectory(prefix="reglament-") as home,
        new_database(server_url, office_template) as url,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("REGLAMENT_FILES", f"{home}/papers")
        environment.setenv("REGLAMENT_CLAMD", f"{scanner.address[0]}:{scanner.address[1]}")
        with serving(url, Path(home)) as office:
            yield office


def deploy(office: Office, files: Mapping[str, str]) -> None:
    """Deploy files for the organisation."""
    parts = {"deployment-name": "test", "tenant-id": TENANT} | files
    body = "".join(
        f'--part\r\nContent-Disposition: form-data; name="{name}"'
        + (f'; filename="{name}"' if name in files else "")
        + f"\r\n\r\n{content}\r\n"
        for name, content in parts.items()
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=part",
        "Authorization": f"Bearer {office.cookie('admin')}",
    }
    address = f"{office.address}/engine-rest/deployment/create"
    with urllib.request.urlopen(urllib.request.Request(address, f"{body}--part--\r\n".encode(), headers)):
        pass


@pytest.fixture
def task(office: Office) -> str:
    """A task of the clerk's with a file field in its form."""
    deploy(office, {"scanning.bpmn": SCANNING, "scans.form": json.dumps(SCANS)})
    case = office("admin", "POST", f"/engine-rest/process-definition/key/scanning/tenant-id/{TENANT}/start", {})
    [found] = office("admin", "GET", f"/engine-rest/task?processInstanceId={case['id']}")
    office("admin", "POST", f"/engine-rest/task/{found['id']}/claim", {"userId": CLERK})
    return str(found["id"])


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": content}


def add(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Приложить документ").set_input_files(list(files))


@pytest.mark.parametrize("size", SIZES)
def test_a_scan_is_uploaded_looked_at_and_deleted(look: Look, task: str, size: str) -> None:
    page = look(CLERK, size=size)
    page.goto(f"/tasks/{task}")
    add(page, file("Өтініш.pdf", LARGE), file("сурет.png", png(600, 300)))
    papers = page.locator("#document-list li")
    expect(papers).to_have_count(2)
    add(page, file("Өтініш (2).pdf", LARGE))
    expect(page.get_by_role("status").filter(has_text="Этот файл уже есть: «Өтініш.pdf».")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(papers).to_have_count(2)
    assert serious(page) == []
    page.get_by_role("link", name="сурет.png", exact=True).click()
    picture = page.get_by_role("img", name="сурет.png")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 600)
    page.get_by_role("link", name="Вернуться к задаче").click()
    page.get_by_role("link", name="Өтініш.pdf", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать").click()
    assert download.value.suggested_filename == "Өтініш.pdf"
    assert download.value.path().read_bytes() == LARGE
    assert serious(page) == []
    page.get_by_role("link", name="Вернуться к задаче").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Удалить «Өтініш.pdf»").click()
    expect(papers).to_have_count(1)
    page.reload()
    expect(page.get_by_text("удалил(а) документ «Өтініш.pdf»")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_not_taken_is_said_beside_its_name(look: Look, task: str, size: str, tmp_path: Path) -> None:
    page = look(CLERK, size=size, dark=True)
    page.goto(f"/tasks/{task}")
    refused = {
        "ложь.pdf": (PROGRAM, "Файл назван PDF, а внутри – программа."),
        "setup.exe": (PROGRAM, "Такие файлы не принимаются: это программа."),
        "пусто.pdf": (b"", "Файл пуст"),
        "вирус.pdf": (EICAR, "признак вируса"),
        "червь.pdf": (PDF + WORM, "признак вируса"),
    }
    add(page, *(file(name, content) for name, (content, _) in refused.items()))
    with (tmp_path / "большой.pdf").open("wb") as large:
        large.truncate(20 * 1024 * 1024 + 1)
    page.get_by_label("Приложить документ").set_input_files(large.name)
    for name, said in [(name, said) for name, (_, said) in refused.items()] + [("большой.pdf", TOO_LARGE)]:
        line = page.get_by_role("listitem").filter(has_text=name)
        expect(line.get_by_role("alert")).to_contain_text(said)
    assert serious(page) == []
    for name in ("вирус.pdf", "червь.pdf"):
        page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Закрыть").click()
    expect(page.get_by_text("признак вируса")).to_have_count(0)
    expect(page.locator("#document-list li")).to_have_count(0)


@contextmanager
def another_browser(look: Look, office: Office, **settings: Any) -> Iterator[Page]:
    """One of the clerk's in which the console may tell of a lost connection."""
    usual = look(CLERK).context
    assert usual.browser is not None
    with usual.browser.new_context(base_url=office.address, locale="ru-RU", **settings) as context:
        context.add_cookies([{"name": "reglament_session", "value": office.cookie(CLERK), "url": office.address}])
        yield context.new_page()


@pytest.mark.parametrize("size", SIZES)
def test_how_much_of_a_file_has_arrived_is_shown_and_it_can_be_given_up(look: Look, task: str, size: str) -> None:
    held: list[Route] = []
    page = look(CLERK, size=size)
    page.goto(f"/tasks/{task}")
    page.route("**/pieces/2", lambda route: held.append(route))
    add(page, file("большой.pdf", LARGE))
    expect(page.get_by_role("progressbar", name="большой.pdf")).to_have_js_property("value", 52)
    expect(page.get_by_text("52 %")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    held[0].abort()
    page.unroute("**/pieces/2")
    page.reload()
    expect(page.locator("#document-list li")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_scanner_that_does_not_answer_is_named_and_the_file_can_be_sent_again(
    look: Look, task: str, scanner: Clamd, size: str
) -> None:
    page = look(CLERK, size=size)
    page.goto(f"/tasks/{task}")
    scanner.answer = b"Can't allocate memory ERROR\0"
    try:
        add(page, file("a.pdf", PDF))
        expect(page.get_by_role("alert")).to_contain_text("Антивирус не отвечает, поэтому файл не принят.")
    finally:
        scanner.answer = None
    page.get_by_role("button", name="Повторить").click()
    expect(page.get_by_role("link", name="a.pdf", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_an_upload_goes_on_where_a_lost_connection_stopped_it(look: Look, office: Office, task: str, size: str) -> None:
    sent: list[str] = []

    def cut_the_third(route: Route) -> None:
        sent.append(route.request.url.rpartition("/")[2])
        if len(sent) == 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    with another_browser(look, office, viewport=SIZES[size]) as page:
        page.goto(f"/tasks/{task}")
        page.route("**/pieces/*", cut_the_third)
        add(page, file("большой.pdf", LARGE))
        expect(page.get_by_text("Связь прервалась.")).to_be_visible()
        expect(page.get_by_role("link", name="большой.pdf", exact=True)).to_be_visible()
    assert sent == ["0", "1", "2", "2", "3"]


@pytest.mark.parametrize("size", SIZES)
def test_without_scripts_the_same_form_uploads_and_says_what_is_wrong(
    look: Look, office: Office, task: str, size: str
) -> None:
    with another_browser(look, office, java_script_enabled=False, viewport=SIZES[size]) as page:
        page.goto(f"/tasks/{task}")
        add(page, file("a.pdf", PDF))
        page.get_by_role("button", name="Загрузить").click()
        expect(page.get_by_role("link", name="a.pdf", exact=True)).to_be_visible()
        add(page, file("ложь.pdf", PROGRAM))
        page.get_by_role("button", name="Загрузить").click()
        expect(page.get_by_text("Файл назван PDF, а внутри – программа.")).to_be_visible()
        page.get_by_role("link", name="Вернуться к задаче").click()
        expect(page.locator("#document-list li")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_field_of_a_form_keeps_what_was_uploaded(look: Look, office: Office, task: str, size: str) -> None:
    page = look(CLERK, size=size)
    page.goto(f"/tasks/{task}")
    field = page.locator(".fjs-form-field-filepicker")
    page.get_by_role("button", name="Завершить").click()
    expect(field.get_by_text("Поле обязательно.")).to_be_visible()
    field.locator("input").set_input_files([file("a.pdf", PDF), file("b.png", png()), file("ложь.pdf", PROGRAM)])
    expect(field.get_by_role("link", name="a.pdf")).to_be_visible()
    expect(field.get_by_role("link", name="b.png")).to_be_visible()
    field.locator("input").set_input_files(file("тағы.pdf", PDF))
    expect(field.get_by_role("status")).to_have_text("Этот файл уже есть: «a.pdf». Второй раз он не добавлен")
    expect(field.get_by_role("link")).to_have_count(2)
    expect(field.get_by_role("alert")).to_contain_text("Файл назван PDF, а внутри – программа.")
    assert serious(page) == []
    expect(page.get_by_text("Черновик сохранён")).to_be_visible()
    page.reload()
    field.get_by_role("button", name="Убрать «b.png»").click()
    expect(field.get_by_role("link", name="b.png")).to_have_count(0)
    expect(page.locator("#document-list li")).to_have_count(1)
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Задачи")
    query = "/engine-rest/history/variable-instance?variableName=scans&deserializeValues=false"
    kept = [json.loads(one["value"]) for one in office("admin", "GET", query)]
    assert [[(one["filename"], one["mimetype"], one["size"]) for one in files] for files in kept][-1] == [
        ("a.pdf", "application/pdf", len(PDF))
    ]
