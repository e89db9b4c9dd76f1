"""A PDF beside its task, in a browser with all its parts: that of the other modules has no viewer."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import SIZES, WHOLE, Look, chromium
from tests.e2e.office import Office
from tests.e2e.test_documents import CLERK, SCANNING, SCANS, TENANT, add, deploy, file
from tests.papers import PDF


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(WHOLE) as browser:
        yield browser


@pytest.fixture
def scanning(office: Office) -> str:
    """A task of the clerk's with a file field in its form."""
    deploy(office, {"scanning.bpmn": SCANNING, "scans.form": json.dumps(SCANS)})
    [task] = office.tasks(office.begin("scanning", TENANT))
    office(CLERK, "POST", f"/engine-rest/task/{task['id']}/claim", {"userId": CLERK})
    return str(task["id"])


@pytest.mark.parametrize("size", SIZES)
def test_the_pdf_is_shown_by_the_browsers_own_viewer(look: Look, scanning: str, size: str) -> None:
    page = look(CLERK, size=size)
    page.goto(f"/tasks/{scanning}")
    add(page, file("a.pdf", PDF))
    page.get_by_role("link", name="a.pdf", exact=True).click()
    frame = page.locator("iframe.preview").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    assert frame.evaluate("document.querySelector('embed')?.type ?? document.contentType") == "application/pdf"
