"""The browser of a person, and what axe-core says of a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WHOLE, LIGHT = "chromium", "chromium-headless-shell"
"""Debian's Chromium, and its engine without the windows, which take more of a processor than the pages do."""
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


class Look(Protocol):
    """Opens a browser of a person: `look("clerk.aktobe-gask", lang="kk", size="phone", dark=True)`; None: nobody yet."""

    def __call__(self, person: str | None, lang: str = "ru", size: str = "desktop", *, dark: bool = False) -> Page: ...


@contextmanager
def chromium(program: str = LIGHT) -> Iterator[Browser]:
    """Debian's Chromium for the length of the block, in which an event loop runs: no other can run beside it."""
    with sync_playwright() as playwright:
        found = shutil.which(program)
        assert found is not None, f"apt-get install {program}"
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


def serious(page: Page, *rules: str) -> list[str]:
    """What axe-core finds on the page that is serious or critical, in words. rules: only these; all of them by default."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "(rules) => axe.run({resultTypes: ['violations'], ...rules.length && {runOnly: rules}})", rules
    )
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
