"""Every page of the staff and of designers."""

import re

import pytest
from playwright.sync_api import Response, expect

from tests.e2e.browser import Look
from tests.e2e.sights import CLERK
from tests.e2e.soundness import faults
from tests.e2e.staff_sights import STAFF_SIGHTS

FIRST_LOAD = 150_000
"""Bytes of the list's first page, as they come over the wire, without the viewers that are loaded when they are needed."""


@pytest.mark.parametrize(("lang", "size", "dark"), [("kk", "phone", True), ("ru", "desktop", False)])
def test_every_page_is_sound(look: Look, places: dict[str, str], lang: str, size: str, dark: bool) -> None:
    assert faults(look, STAFF_SIGHTS, places, lang, size, dark=dark) == {}


@pytest.mark.parametrize("name", [name for name, sight in STAFF_SIGHTS.items() if sight.status != 200])
def test_a_page_that_tells_a_failure_has_its_status(look: Look, places: dict[str, str], name: str) -> None:
    sight = STAFF_SIGHTS[name]
    page = look(sight.person, "ru")
    answers: list[Response] = []
    page.on("response", lambda answer: answer.request.is_navigation_request() and answers.append(answer))
    page.goto(sight.path.format(**places))
    sight.done(page)
    assert answers[-1].status == sight.status


def test_an_address_that_only_takes_what_is_sent_leads_to_the_page_beside_it(
    look: Look, places: dict[str, str]
) -> None:
    page = look(CLERK, "en")
    page.goto(f"/tasks/{places['task']}/hold")
    expect(page).to_have_url(re.compile(f"/tasks/{places['task']}$"))
    page.goto("/look")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_the_first_load_of_the_list_is_small(look: Look, places: dict[str, str]) -> None:
    page = look(CLERK)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/tasks?view=groups")
    sizes = {
        answer.url: answer.request.sizes()["responseBodySize"] for answer in answers if "/events" not in answer.url
    }
    assert sum(sizes.values()) < FIRST_LOAD, sizes
