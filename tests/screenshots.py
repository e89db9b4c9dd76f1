"""`make screenshots`: the pictures of the README, of the office of the demonstration in Debian's Chromium."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize

from app.actions.models.acts import deploy_acts
from app.actions.models.seed import DEMO_PASSWORD, seed
from app.demo import office
from app.domain.people.access import Actor
from app.local import migrations, postgres
from app.store import session as store
from tests.e2e.browser import LOCALES, chromium
from tests.e2e.office import serving

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())
HEAD, EXECUTOR = "head.aktobe-gask", "executor.aktobe-gask"
LANGUAGE = "ru"


def main() -> None:
    """Write docs/task-list.png and docs/task.png, from a database of its own that is thrown away."""
    DOCS.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="reglament-") as folder, postgres.serving(Path(folder) / "database") as server:
        url = postgres.ensure_database(server)
        migrations.upgrade(url)
        _fill(url)
        with serving(url, Path(folder) / "service") as service, chromium() as browser:
            _photograph(browser, service.address)


def _fill(url: str) -> None:
    database, now = store.engine(url), datetime.now(UTC)
    maker = store.sessions(database)
    with maker.begin() as session:
        seed(session, ROOT / "bpmn", now, demo=True)
        deploy_acts(session, OPERATOR, ROOT / "bpmn", now)
    office.fill(maker, now)
    database.dispose()


def _photograph(browser: Browser, address: str) -> None:
    page = _signed_in(browser, address, HEAD)
    page.goto("/tasks?view=groups")
    _keep(page, "task-list")
    page = _signed_in(browser, address, EXECUTOR)
    page.goto("/tasks?view=mine")
    page.locator("tbody a").last.click()
    page.locator("form-view input").first.wait_for()
    _keep(page, "task")


def _signed_in(browser: Browser, address: str, person: str) -> Page:
    size = ViewportSize(width=1366, height=768)
    page = browser.new_page(base_url=address, viewport=size, locale=LOCALES[LANGUAGE])
    page.goto("/sign-in")
    page.fill("[name=username]", person)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=DOCS / f"{name}.png")
    print(DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
