"""An administrator mends one case on the diagram, and many as a batch that moves by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import desk
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

KEY, TENANT = "mended", desk.TENANT
WHY = "По решению суда"


def deployed(office: Office, model: str) -> str:
    office.deploy(model, TENANT)
    found = office("admin", "GET", f"/engine-rest/process-definition/key/{KEY}/tenant-id/{TENANT}")
    return str(found["id"])


@pytest.fixture(scope="module")
def cases(office: Office) -> list[str]:
    """The ids of instances of the older of two versions, in which the first step has another id."""
    old = desk.MODEL.format(key=KEY, form="result-draft")
    first = deployed(office, old)
    begin = f"/engine-rest/process-definition/{first}/start"
    found = [office("admin", "POST", begin, {"businessKey": f"M-{n}", "variables": {}})["id"] for n in range(6)]
    deployed(office, old.replace('"draft"', '"prepare"'))
    return found


def sound(page: Page, size: str) -> None:
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]


@pytest.mark.parametrize(("size", "number"), [("desktop", 0), ("phone", 1)])
def test_a_token_is_moved_on_the_diagram(look: Look, office: Office, cases: list[str], size: str, number: int) -> None:
    page = look("admin", size=size, dark=size == "phone")
    page.goto(f"/admin/instances/{cases[number]}/move")
    page.locator("[name=token]").check()
    page.locator("diagram-view").scroll_into_view_if_needed()
    page.locator("diagram-view .djs-shape").first.wait_for(state="attached")
    page.locator("diagram-view .djs-shape[data-element-id=sign] .djs-hit").last.click(force=True)
    expect(page.locator("select[name=at]")).to_have_value("sign")
    page.locator("[name=reason]").fill(WHY)
    page.locator("[name=look]").click()
    expect(page.locator("#preview")).to_contain_text("Подготовка проекта результата")
    page.locator("diagram-view").scroll_into_view_if_needed()
    page.locator("diagram-view .djs-shape.come[data-element-id=sign]").wait_for(state="attached")
    page.locator("diagram-view .djs-shape.gone[data-element-id=draft]").wait_for(state="attached")
    sound(page, size)
    page.locator("[name=do]").click()
    expect(page.locator("#done")).to_contain_text("Было: «Подготовка проекта результата»")
    [task] = office("admin", "GET", f"/engine-rest/task?processInstanceId={cases[number]}")
    assert task["taskDefinitionKey"] == "sign"


@pytest.mark.parametrize(("size", "numbers"), [("desktop", (2, 3)), ("phone", (4, 5))])
def test_many_are_migrated_as_a_batch_that_moves_by_itself(
    look: Look, office: Office, cases: list[str], size: str, numbers: tuple[int, int]
) -> None:
    page = look("admin", size=size, dark=size == "phone")
    page.goto(f"/admin/instances?service={KEY}&state=running")
    for number in numbers:
        page.locator(f"[name=instance][value='{cases[number]}']").check()
    page.locator("#mend-many [name=what]").select_option("migrate")
    page.locator("#mend-many button").click()
    page.locator("[name=to]").select_option(index=1)
    page.locator("[name=look]").click()
    expect(page.locator("tr", has=page.locator("[name='map.draft']"))).to_contain_text("тот же пункт акта")
    expect(page.locator("#preview tbody tr")).to_have_count(2)
    sound(page, size)
    page.locator("[name=reason]").fill(WHY)
    page.locator("[name=do]").click()
    page.wait_for_url(re.compile("/admin/batches/.{36}$"))
    expect(page.locator(".batch-state .state-mark")).to_have_text("Выполнено")
    assert page.locator("progress").evaluate("(one) => [one.value, one.max]") == [2, 2]
    sound(page, size)
    page.reload()
    expect(page.locator("#batch")).to_contain_text(WHY)
    tasks = [office("admin", "GET", f"/engine-rest/task?processInstanceId={cases[one]}") for one in numbers]
    assert [one["taskDefinitionKey"] for (one,) in tasks] == ["prepare", "prepare"]
