"""What a head does with what will be late, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.models import bpmn, line, user_task
from tests.api.timed_cases import properties
from tests.e2e.browser import SIZES, Look
from tests.e2e.office import Office

TENANT = "industrial-safety-committee"
HEAD = f"head.{TENANT}"
SOON = 60_000
"""Milliseconds in which the worker has foretold the cases."""
MODEL = bpmn(
    "soon-late",
    properties(total="minutes(30)", totalClause="3")
    + line(
        user_task("weigh", "Салмақтау", attributes='camunda:dueDate="${workingDays(3)}"'), user_task("sign", "Қол қою")
    ),
)


@pytest.mark.parametrize("size", SIZES)
def test_a_head_goes_from_the_numbers_to_the_case_that_will_be_late(look: Look, office: Office, size: str) -> None:
    applicant = f"«Үлгермес {size}» ЖШС"
    office.deploy(MODEL, TENANT)
    office.begin("soon-late", TENANT, applicantName=applicant)
    page = look(HEAD, "en", size)
    page.goto("/admin/forecast?service=soon-late")
    page.get_by_role("button", name="Work out all anew").click()
    case = page.locator(".expected .case", has_text=applicant)
    expect(case).to_be_visible(timeout=SOON)
    expect(case.locator(".why")).to_contain_text("was never finished before")
    expect(case.locator(".chance b")).to_have_text(re.compile(r"^([5-9]\d|100)(\.\d)? %$"))
    page.locator(".numbers a", has_text="Will likely be late").click()
    expect(page.get_by_role("heading", level=2, name="Will likely be late")).to_be_visible()
    case.get_by_role("button", name="Work out anew").click()
    expect(page).to_have_url(re.compile(r"level=likely.*#case-"))
    case.get_by_role("link", name="Give it to another").click()
    expect(page.locator("main")).to_contain_text(applicant)
