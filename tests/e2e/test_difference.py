"""Two versions of a model, in the browser: the diagrams side by side, and a list whose lines show their elements."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import licence_versions
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
KEY = "licence-procedure"


@pytest.fixture(scope="module")
def versions(office: Office) -> list[str]:
    """The ids of two versions; in the newer one a gateway has another id as well, so that one is removed and one added."""
    name = licence_versions.MODEL.name
    first, second = (files[name].decode() for files in (licence_versions.first(), licence_versions.second()))
    found = []
    for source in (first, second.replace("result-prepared", "result-ready")):
        office.deploy(source, TENANT)
        path = f"/engine-rest/process-definition/key/{KEY}/tenant-id/{TENANT}"
        found.append(office("admin", "GET", path)["id"])
    return found


def drawn(page: Page, side: int, element: str) -> Locator:
    return page.locator("diagram-view").nth(side).locator(f"g[data-element-id='{element}']")


@pytest.mark.parametrize("size", SIZES)
def test_a_designer_sees_what_changed_on_both_diagrams_and_in_words(look: Look, versions: list[str], size: str) -> None:
    former, latter = versions
    page = look("admin", size=size, dark=size == "phone")
    page.goto(f"/models/{latter}/difference?with={former}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Что изменилось: Процедуры выдачи лицензии")
    for view in page.locator("diagram-view").all():
        view.scroll_into_view_if_needed()
        view.locator(".djs-shape").first.wait_for()
    marked = {
        (0, "result-prepared"): "removed",
        (1, "result-ready"): "added",
        (0, "prepare-licence"): "changed",
        (1, "prepare-licence"): "changed",
        (1, "result-signed"): "moved",
    }
    for (side, element), change in marked.items():
        assert change in (drawn(page, side, element).get_attribute("class") or "").split()
    law = page.locator(".changes").first
    expect(law).to_contain_text(
        "срок 4 рабочих дня с момента подачи заявления → 5 рабочих дней с момента подачи заявления"
    )
    expect(law).to_contain_text("пункт 5.4 → 6.1")
    expect(law).to_contain_text("роль Сотрудник канцелярии → Руководитель либо его заместитель")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]

    line = law.get_by_role("button", name="Подготовка лицензии либо мотивированного отказа")
    line.focus()
    page.keyboard.press("Enter")
    for side in (0, 1):
        expect(drawn(page, side, "prepare-licence")).to_contain_class("shown")
    expect(drawn(page, 1, "prepare-licence")).to_be_in_viewport()
    page.locator("[data-element=result-ready]").first.click()
    expect(drawn(page, 1, "result-ready")).to_contain_class("shown")
    expect(page.locator("diagram-view").first.locator(".shown")).to_have_count(0)
    page.get_by_role("button", name="Сравнить").click()
    expect(page.locator("diagram-view")).to_have_count(2)
