"""How soon the list in a browser changes when another completes a task."""

import time
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page

from tests.bench.place import TENANT, Place
from tests.e2e.browser import chromium
from tests.e2e.office import Office, serving

ROUNDS = 12
CALM = 2_500
"""Milliseconds between two changes, so that each is told at once: see `local.streams`."""
WATCH = """name => {
  window.gone = new Promise((tell) => {
    const watch = new MutationObserver(() => {
      if (!document.getElementById("list").textContent.includes(name)) tell(Date.now());
    });
    watch.observe(document.getElementById("work"), { childList: true, subtree: true });
  });
}"""


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    place.database.dispose()
    with serving(place.url, place.folder / "live") as office, chromium() as browser:
        context = browser.new_context(base_url=office.address)
        secret = office.cookie(f"clerk.{TENANT}")
        context.add_cookies([{"name": "reglament_session", "value": secret, "url": office.address}])
        keys = [_started(office, number) for number in range(ROUNDS)]
        page = context.new_page()
        page.goto("/tasks?view=groups&q=live")
        times = [_seconds(page, office, key) for key in keys]
    yield "milliseconds from another's completion to the change on my list", f"{median(times) * 1e3:.0f}", ""
    yield "  the slowest", f"{max(times) * 1e3:.0f}", ""


def _started(office: Office, number: int) -> str:
    key = f"LIVE-{number:03}"
    path = f"/engine-rest/process-definition/key/bench-loop/tenant-id/{TENANT}/start"
    office("admin", "POST", path, {"businessKey": key})
    return key


def _seconds(page: Page, office: Office, key: str) -> float:
    """From sending the completion, by which the case ends, until the row is gone."""
    page.locator("#list").get_by_text(key).first.wait_for()
    page.wait_for_timeout(CALM)
    [task] = office.tasks(key)
    page.evaluate(WATCH, key)
    begun = time.time()
    variables = {"enough": {"value": True}}
    office("admin", "POST", f"/engine-rest/task/{task['id']}/complete", {"variables": variables})
    gone: float = page.evaluate("window.gone")
    return gone / 1e3 - begun
