"""What holds for every page: nothing serious for axe-core, nothing wider than the screen, nothing from elsewhere."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.sync_api import Page, ViewportSize

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.sights import Sight

NARROWEST = ViewportSize(width=320, height=700)


def faults(
    look: Look, sights: Mapping[str, Sight], places: Mapping[str, str], lang: str, size: str, *, dark: bool
) -> dict[str, list[str]]:
    """By page: all rules in one size and look, the contrast of colours in the others, the width in each, and the addresses of
    other sites that it has asked."""
    opened = {
        person: look(person, lang, size, dark=dark) for person in dict.fromkeys(one.person for one in sights.values())
    }
    asked: list[str] = []
    for page in opened.values():
        page.emulate_media(reduced_motion="reduce")
        page.on("request", lambda sent: asked.append(sent.url))
    found = {}
    other = "desktop" if size == "phone" else "phone"
    for name, sight in sights.items():
        page = opened[sight.person]
        page.goto(sight.path.format(**places, lang=lang))
        sight.done(page)
        host = urlsplit(page.url).netloc
        wrong = [*unclear(page), *serious(page), *too_wide(page), *seen_otherwise(page, other, dark=not dark)]
        wrong += [url for url in asked if urlsplit(url).netloc not in ("", host)]
        if wrong:
            found[name] = wrong
        asked.clear()
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme="dark" if dark else "light")
    return found


def unclear(page: Page) -> list[str]:
    """What a page lacks that says in which language it is, and where one is."""
    lacking = []
    if page.locator("h1").count() != 1:
        lacking.append(f"{page.locator('h1').count()} first headings")
    if not re.fullmatch(r".+ · \w+", page.title()):
        lacking.append(f"the title {page.title()!r}")
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => +one.tagName[1])")
    if any(after - before > 1 for before, after in zip(levels, levels[1:], strict=False)):
        lacking.append(f"headings of levels {levels}")
    return lacking


def seen_otherwise(page: Page, size: str, *, dark: bool) -> list[str]:
    """What is wrong in another size and look, and on the narrowest screen."""
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme="dark" if dark else "light")
    found = [*serious(page, "color-contrast"), *too_wide(page)]
    page.set_viewport_size(NARROWEST)
    return found + too_wide(page)


def too_wide(page: Page) -> list[str]:
    width, over = page.evaluate(
        "[innerWidth, document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth]"
    )
    return [f"{over} px wider than {width} px"] if over > 0 else []
