"""An administrator at the page of an instance: every section leads on without scripts, and the archive comes to the disk."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import desk
from tests.e2e.browser import Look
from tests.e2e.office import Office


@pytest.fixture
def case(office: Office) -> str:
    """The id of a case with an open task."""
    desk.deploy(office)
    task = desk.begin(office, claimed=False)
    found: str = office("admin", "GET", f"/engine-rest/task/{task}")["processInstanceId"]
    return found


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_instance_is_walked_through_section_by_section_and_taken_out(
    look: Look, case: str, size: str, tmp_path: Path
) -> None:
    page = look("admin", "ru", size)
    page.goto(f"/admin/instances/{case}")
    parts = page.locator("nav.parts a")
    for number in range(parts.count()):
        parts.nth(number).click()
        expect(parts.nth(number)).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    _value_followed(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Архив дела (ZIP)").click()
    saved = tmp_path / loading.value.suggested_filename
    loading.value.save_as(saved)
    with zipfile.ZipFile(saved) as archive:
        assert archive.testzip() is None
        assert {"case.pdf", "case.json", "SHA256SUMS", "README.txt"} < set(archive.namelist())


def _value_followed(page: Page) -> None:
    """From a variable to how it was set."""
    page.locator("nav.parts a", has_text="Переменные").click()
    name = page.locator(".values a").first
    sought = name.inner_text()
    name.click()
    expect(page.get_by_role("heading", name=f"Как менялась «{sought}»")).to_be_visible()
