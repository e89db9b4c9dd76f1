"""An administrator looks where instances stand, follows a number to its list, and narrows that down by a condition."""

import re

from playwright.sync_api import expect

from tests.e2e import desk
from tests.e2e.browser import Look
from tests.e2e.office import Office


def test_a_number_on_the_diagram_leads_to_its_list_which_a_condition_narrows(look: Look, deployed: Office) -> None:
    for _ in range(3):
        desk.begin(deployed, claimed=False)
    page = look("admin", "en")
    page.goto("/admin/instances/map")
    page.locator("tr", has_text="decisions").get_by_role("link").first.click()
    expect(page.locator("table.places tbody tr")).to_have_count(1)
    badge = page.locator("diagram-view .badge.here")
    expect(badge).to_contain_text("3")
    badge.click()
    expect(page.locator("table.instances tbody tr")).to_have_count(3)
    page.get_by_text("By variables").click()
    row = page.locator(".condition")
    row.locator("[name=var]").fill("applicantName")
    row.locator("[name=op]").select_option("exists")
    page.get_by_role("button", name="Another alternative").click()
    expect(row).to_have_count(2)
    row.nth(1).locator("[name=var]").fill("nothing")
    row.nth(1).locator("[name=val]").fill("1")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile("var=applicantName&op=exists&.*join=or"))
    expect(page.locator("table.instances tbody tr")).to_have_count(3)
    row.first.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
