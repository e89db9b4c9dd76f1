"""An administrator's round: what needs him, the service behind it and its proof, and a failed job tried again."""

import re

import psycopg
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import make_url

from tests.e2e.browser import Look
from tests.e2e.office import Office

FAILED = """INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, args)
VALUES ('outside', 'send_out', 'failed', 7, '{"delivery_id": "00000000-0000-0000-0000-000000000001"}') RETURNING id"""


@pytest.fixture
def failed(office_database: str) -> int:
    """A job that was given up, of a letter that is no more."""
    url = make_url(office_database).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(FAILED).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_number_leads_to_what_has_failed_and_it_is_tried_again(
    look: Look, office: Office, failed: int, size: str
) -> None:
    page = look("admin", "en", size)
    page.goto("/admin")
    page.get_by_role("link", name="jobs failed").click()
    expect(page).to_have_url(re.compile("/admin/system#failed$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("State of the system")
    page.get_by_role("button", name=f"Try again: {failed}").click()
    expect(page.get_by_role("button", name=f"Try again: {failed}")).to_have_count(0)
    _proves(page)


def _proves(page: Page) -> None:
    """By the section above the page to a service, its editions and what is proved of its model."""
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_role("link", name="Licence for design activity").click()
    expect(page.locator(".editions .state-mark").first).to_have_text("in force")
    expect(page.locator(".proof")).to_contain_text("Every procedure and every result of the act", timeout=60_000)
