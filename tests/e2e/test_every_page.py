"""What holds for every page: nothing serious for axe-core, nothing wider than the screen, nothing from elsewhere."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from tests.e2e.browser import LOCALES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
CLERK, HEAD = f"clerk.{TENANT}", f"head.{TENANT}"
LONG = "«Қазақстан Республикасының құрылыс саласындағы жобалау-іздестіру жұмыстарын үйлестіру орталығы» ЖШС"
APPLICATION = {
    "requestKind": "issue",
    "applicantName": LONG,
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе қ., Әбілқайыр хан даңғ., 40",
    "attachedDocuments": "өтініш",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
PAGES = {
    "/sign-in": None,
    "/tasks?view=groups": CLERK,
    "/tasks?view=all": HEAD,
    "/tasks?view=all&q=nothing-like-it": CLERK,
    "/tasks/{task}": CLERK,
    "/tasks/00000000-0000-0000-0000-000000000001": CLERK,
    "/cases": CLERK,
    "/cases/{case}": CLERK,
    "/start": CLERK,
    "/start/aktobe-gask/design-licence": CLERK,
    "/notices": CLERK,
    "/team": HEAD,
    "/settings": CLERK,
    "/absences": HEAD,
    "/team/tasks": HEAD,
    "/cases/{case}/receipt": CLERK,
    "/nowhere": CLERK,
}
"""Who opens which."""
FIRST_LOAD = 150_000
"""Bytes of the list's first page, as they come over the wire, without the viewers that are loaded when they are needed."""


@pytest.fixture(scope="module")
def places(office: Office) -> dict[str, str]:
    """The ids of a case and of its task, which the clerk has claimed."""
    key = office.start("design-licence", TENANT, APPLICATION)
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    office(CLERK, "POST", f"/engine-rest/task/{task['id']}/claim", {})
    [case] = office(
        "admin",
        "GET",
        f"/engine-rest/history/process-instance?processInstanceBusinessKey={key}&rootProcessInstances=true",
    )
    return {"task": task["id"], "case": case["id"]}


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """The addresses of other sites that a page has asked."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("phone", True)])
def test_every_page_is_sound(
    look: Look, office: Office, places: dict[str, str], elsewhere: list[str], lang: str, size: str, dark: bool
) -> None:
    opened = {person: look(person, lang, size, dark=dark) for person in dict.fromkeys(PAGES.values())}
    host = urlsplit(office.address).netloc
    for page in opened.values():
        page.on("request", lambda sent: urlsplit(sent.url).netloc in ("", host) or elsewhere.append(sent.url))
    faults = {}
    for path, person in PAGES.items():
        page = opened[person]
        page.goto(path.format(**places))
        page.wait_for_load_state("networkidle" if path == "/sign-in" else "load")
        if found := [*serious(page), *too_wide(page)]:
            faults[path] = found
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("h1").count() == 1, path
    assert faults == {}


def too_wide(page: Page) -> list[str]:
    width = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    return [f"{width} px wider than the screen"] if width > 0 else []


def test_the_first_load_of_the_list_is_small(look: Look, places: dict[str, str]) -> None:
    page = look(CLERK)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/tasks?view=groups")
    sizes = {
        answer.url: answer.request.sizes()["responseBodySize"] for answer in answers if "/events" not in answer.url
    }
    assert sum(sizes.values()) < FIRST_LOAD, sizes
