"""The pages as people see them: the real service on a database of its own, in Debian's Chromium."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.actions.models.acts import deploy_acts
from app.actions.models.seed import seed
from app.domain.people.access import Actor
from app.store import session as store
from tests.conftest import new_database
from tests.e2e import desk
from tests.e2e.browser import LOCALES, SIZES, SWITCHES, Look
from tests.e2e.office import Office, serving

ROOT = Path(__file__).parents[2]
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())
OF_THE_NETWORK = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED", "htmx:")
"""What the browser says of refusals and of a connection that a test has cut."""
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def office_template(server_url: str, template: str) -> Iterator[str]:
    """The name of a database with the demo people and all models, to be copied."""
    with new_database(server_url, template) as url:
        database, now = store.engine(url), datetime.now(UTC)
        with Session(database) as session, session.begin():
            seed(session, ROOT / "bpmn", now, demo=True)
            deploy_acts(session, OPERATOR, ROOT / "bpmn", now)
        database.dispose()
        yield make_url(url).database or ""


@pytest.fixture(scope="module")
def office_database(server_url: str, office_template: str) -> Iterator[str]:
    """The URL of a database of this module alone, with the demo people and all models."""
    with new_database(server_url, office_template) as url:
        yield url


@pytest.fixture(scope="module")
def office(office_database: str) -> Iterator[Office]:
    """The service on the database of this module."""
    with TemporaryDirectory(prefix="reglament-") as home, serving(office_database, Path(home)) as office:
        yield office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of a module: while it is open an event loop runs, beside which no other test could run one."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        assert found is not None, "apt-get install chromium"
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


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
