"""The pages as people see them: the real service, in Debian's Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import desk, sights
from tests.e2e.browser import LOCALES, SIZES, Look, chromium
from tests.e2e.office import Office

OF_THE_NETWORK = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED", "htmx:")
"""What the browser says of refusals and of a connection that a test has cut."""
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of a module: while it is open an event loop runs, beside which no other test could run one."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def look(browser: Browser, office: Office) -> Iterator[Look]:
    """Whatever a page says in the console of the browser, a breach of its security policy included, fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(person: str | None, lang: str = "ru", size: str = "desktop", *, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=office.address,
            viewport=SIZES[size],
            locale=LOCALES[lang],
            color_scheme="dark" if dark else "light",
            has_touch=size == "phone",
        )
        contexts.append(context)
        if person is not None:
            secret = office.cookie(person)
            context.add_cookies([{"name": "reglament_session", "value": secret, "url": office.address}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not [one for one in said if not any(words in one for words in OF_THE_NETWORK)]


@pytest.fixture(scope="module")
def deployed(office: Office) -> Office:
    """The service with the model of `desk`."""
    desk.deploy(office)
    return office


@pytest.fixture
def task(deployed: Office) -> str:
    """A task of that model that nobody has."""
    return desk.begin(deployed)


@pytest.fixture(scope="module")
def places(office: Office, office_database: str) -> dict[str, str]:
    """What the addresses of the pages name: see `sights`."""
    return sights.make_places(office, office_database)
