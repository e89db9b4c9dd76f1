"""The pages of administrators, and those that heads share with them."""

from playwright.sync_api import Page

from tests.e2e.sights import CLERK, HEAD, TENANT, Sight

CONDITIONS = "var=applicantName&op=exists&val=&to=&join=and&var=amount&op=between&val=1&to=9&join=or"


def _mapped(page: Page) -> None:
    page.locator("diagram-view .badge").first.wait_for()


def _looked(page: Page) -> None:
    """What would come of it, or why nothing would."""
    if page.locator("[name=at]").count():
        page.locator("[name=at]").select_option(index=1)
    else:
        page.locator("[name=new_name]").fill("note")
    page.locator("[name=look]").click()
    page.locator("#preview, .problem").first.wait_for()


def _many(page: Page) -> None:
    for number in (0, 1):
        page.locator("[name=instance]").nth(number).check()
    page.locator("#mend-many button").click()
    page.locator("#preview").wait_for()


def _where(page: Page) -> None:
    page.locator("diagram-view .tally.tokens").first.wait_for()


def _details(page: Page) -> None:
    for details in page.locator("main details > summary").all():
        details.click()


def _looked_at(page: Page) -> None:
    page.locator("[name=day]").fill("2027-03-02")
    page.locator("[name=kind]").select_option("moved_off")
    page.locator(".calendar-form button.main").click()
    page.locator("#draft a.main").click()
    page.locator("[name=reason]").wait_for()
    for details in page.locator(".calendar details > summary").all():
        details.click()


def _made_a_token(page: Page) -> None:
    page.locator("#tokens [name=name]").fill("Мұрағат бағдарламасы")
    page.locator("#tokens button:not(.quiet)").click()
    page.locator(".once code").wait_for()


def _planned(page: Page) -> None:
    lines = f"id,lastName,organisation,roles\n{CLERK},Оспанова,,\nnew.clerk,Ким,{TENANT},clerk head\nanother,,x,\n"
    page.locator("[name=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.locator("main form button.main").click()
    page.locator(".import-plan").wait_for()


def _refused(page: Page) -> None:
    for name in ("password", "again"):
        page.locator(f"[name={name}]").fill("long enough, as it is")
    page.locator("button.main").click()
    page.locator("[role=alert]").wait_for()


def _proved(page: Page) -> None:
    page.locator(".proof h3").first.wait_for(timeout=60_000)


ADMIN_SIGHTS = {
    "instances": Sight("admin", "/admin/instances"),
    "instances by conditions": Sight("admin", f"/admin/instances?service=design-licence&sort=due&{CONDITIONS}"),
    "no instances": Sight("admin", "/admin/instances?q=nothing-like-it&started_from=today"),
    "where instances stand": Sight("admin", "/admin/instances/map"),
    "where they stand on the diagram": Sight("admin", "/admin/instances/map?service=decisions", _mapped),
    "how long steps took": Sight("admin", "/admin/instances/map?service=portal-application&show=took", _mapped),
    "batches": Sight("admin", "/admin/batches"),
    "a batch": Sight("admin", "/admin/batches/{batch}"),
    "a token to be moved": Sight("admin", "/admin/instances/{case}/move", _looked),
    "a variable to be changed": Sight("admin", "/admin/instances/{case}/change", _looked),
    "a version to be chosen": Sight("admin", "/admin/instances/{case}/migrate"),
    "a case to be ended": Sight("admin", "/admin/instances/{case}/cancel"),
    "many to be mended": Sight("admin", "/admin/instances?state=running", _many),
    "an instance, where it stands": Sight("admin", "/admin/instances/{case}", _where),
    "the way of an instance": Sight("admin", "/admin/instances/{case}/way"),
    "variables of an instance": Sight("admin", "/admin/instances/{case}/variables", _details),
    "what an instance waits for": Sight("admin", "/admin/instances/{case}/waiting"),
    "no incidents of an instance": Sight("admin", "/admin/instances/{case}/incidents"),
    "deadlines of an instance": Sight("admin", "/admin/instances/{case}/terms", _details),
    "people of an instance": Sight("admin", "/admin/instances/{case}/people"),
    "the rows of a history": Sight("admin", "/admin/instances/{case}/history/raw"),
    "people": Sight("admin", "/admin/people"),
    "nobody found": Sight("admin", "/admin/people?q=nothing-like-it"),
    "a person": Sight("admin", f"/admin/people/{CLERK}", _details),
    "a token that was made": Sight("admin", f"/admin/people/{CLERK}", _made_a_token),
    "roles": Sight("admin", "/admin/roles"),
    "a role": Sight("admin", "/admin/roles/clerk"),
    "organisations": Sight("admin", "/admin/organisations"),
    "an organisation": Sight("admin", f"/admin/organisations/{TENANT}"),
    "people to import": Sight("admin", "/admin/import", _details),
    "what an import would do": Sight("admin", "/admin/import", _planned),
    "an invitation": Sight(None, "/invitation?code=x", _refused, 400),
    "what needs an administrator": Sight("admin", "/admin"),
    "acts and services": Sight("admin", "/admin/services"),
    "a service": Sight("admin", "/admin/services/design-licence", _proved),
    "the system": Sight("admin", "/admin/system"),
    "statistics": Sight("admin", "/admin/statistics?by=week"),
    "statistics of a service": Sight(HEAD, "/admin/statistics?service=design-licence"),
    "the cases of a number": Sight("admin", "/admin/statistics/cases?which=received"),
    "the steps of a number": Sight(
        HEAD, "/admin/statistics/steps?process=portal-application&element=make-request&which=completed"
    ),
    "a report to print": Sight("admin", "/admin/statistics/report"),
    "calendars": Sight("admin", "/admin/calendars"),
    "a year of a calendar": Sight("admin", f"/admin/calendars/{TENANT}?year=2026"),
    "a change of a calendar": Sight("admin", f"/admin/calendars/{TENANT}/change?year=2026"),
    "what a change of a calendar moves": Sight("admin", f"/admin/calendars/{TENANT}/change?year=2027", _looked_at),
    "the terms of a case": Sight("admin", "/admin/instances/{case}/terms"),
    "what will be late": Sight("admin", "/admin/forecast"),
    "what is late already": Sight(HEAD, "/admin/forecast?level=late"),
    "what was foretold": Sight("admin", "/admin/forecast/told"),
}
