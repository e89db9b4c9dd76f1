"""What holds for every page: nothing serious for axe-core, nothing wider than the screen, nothing from elsewhere."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Page, Response, ViewportSize, expect
from sqlalchemy.engine import make_url

from tests.e2e import desk
from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office

TENANT = "aktobe-gask"
CLERK, HEAD, EXECUTOR, APPLICANT, DESIGNER = (
    f"{role}.{TENANT}" for role in ("clerk", "head", "executor", "applicant", "designer")
)
APPLICATION = {
    "requestKind": "issue",
    "applicantName": desk.APPLICANT,
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе қ., Әбілқайыр хан даңғ., 40",
    "attachedDocuments": "өтініш",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
ROWS = 200
COPIES = """
INSERT INTO task SELECT (jsonb_populate_record(task, jsonb_build_object('id', uuidv7()))).*
FROM task, generate_series(1, %s) WHERE id = %s
"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6364f8cf500f0003860180035a347d6b0000000049454e44ae426082"
)
NARROWEST = ViewportSize(width=320, height=700)
FIRST_LOAD = 150_000
"""Bytes of the list's first page, as they come over the wire, without the viewers that are loaded when they are needed."""


class Sight(NamedTuple):
    """Something to look at: who opens which page, and what is done there before one looks."""

    person: str | None
    path: str
    done: Callable[[Page], None] = lambda _: None
    status: int = 200


def _form(page: Page) -> None:
    page.locator(".fjs-container").wait_for()


def _unfilled(page: Page) -> None:
    _form(page)
    page.locator("[data-action=complete]").click()
    page.locator("form-view .problem a").first.wait_for()


def _acts(page: Page) -> None:
    page.locator(".acts > summary").click()
    for act in page.locator(".act > summary").all():
        act.click()


def _chosen(page: Page) -> None:
    for number in (0, 1):
        page.locator("[name=task]").nth(number).check()


def _asked(what: str) -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        _chosen(page)
        page.locator(f".bulk [formaction*='/{what}']").click()
        page.locator("fieldset.chosen").wait_for()

    return ask


def _claimed(page: Page) -> None:
    _chosen(page)
    page.locator("#bulk-claim").click()
    page.locator(".results").wait_for()


def _given(page: Page) -> None:
    _chosen(page)
    page.locator("[name=person]").select_option(index=1)
    page.locator(".give button.main").click()
    page.locator(".results").wait_for()


def _menus(page: Page) -> None:
    page.locator(".filters details.more > summary").first.click()


def _kept(page: Page) -> None:
    page.locator(".saved summary").click()
    page.locator(".saved [name=name]").fill("Мерзімі өткен лицензиялар")
    page.locator(".saved button.main").click()
    page.locator(".saved .count").first.wait_for()
    page.goto("/tasks/filters")


def _wrong(page: Page) -> None:
    page.locator("[name=username]").fill(CLERK)
    page.locator("[name=password]").fill("wrong")
    page.locator("button.main").click()
    page.locator("[role=alert]").wait_for()


def _uploaded(page: Page) -> None:
    _form(page)
    name = f"{desk.APPLICANT}.png"
    page.locator("#document-file").set_input_files(
        [
            {"name": name, "mimeType": "image/png", "buffer": PICTURE},
            {"name": "refused.pdf", "mimeType": "application/pdf", "buffer": b"no PDF"},
        ]
    )
    page.locator("#document-list .papers a").first.wait_for()
    page.locator(".arriving [data-state=refused]").wait_for()


def _previewed(page: Page) -> None:
    page.locator("#document-list .papers a").first.click()
    page.locator(".preview").wait_for()


def _played(page: Page) -> None:
    page.locator("#stage button.main").click()
    page.locator("#ways .steps").wait_for()
    page.locator(".sim-wait button").first.click()
    page.locator("#stage table").wait_for()
    page.locator("diagram-view .here").first.wait_for(state="attached")
    for details in page.locator("#stage details > summary").all():
        details.click()


def _drawn(page: Page) -> None:
    page.locator("details:has(diagram-view) > summary").first.click()
    page.locator("diagram-view .djs-shape").first.wait_for(state="attached")


def _picked(page: Page) -> None:
    page.locator("diagram-view .djs-shape[data-element-id=draft]").click()
    page.locator("model-view .element").wait_for()


def _edited(page: Page) -> None:
    page.locator(".djs-shape[data-element-id=draft] .djs-hit").last.click()
    page.locator("[data-part=findings]").locator(".none, .findings").first.wait_for()


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


def _palette(page: Page) -> None:
    page.locator(".fjs-palette-field").first.wait_for()


CONDITIONS = "var=applicantName&op=exists&val=&to=&join=and&var=amount&op=between&val=1&to=9&join=or"


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


SIGHTS = {
    "the door": Sight(None, "/sign-in"),
    "a wrong password": Sight(None, "/sign-in", _wrong, 401),
    "an address that leads nowhere": Sight(None, "/nowhere", status=404),
    "an empty list": Sight(APPLICANT, "/tasks"),
    "a list, its filters": Sight(CLERK, "/tasks?view=groups", _menus),
    "a list of 200": Sight(CLERK, "/tasks?view=all"),
    "its last page, some chosen": Sight(CLERK, "/tasks?view=all&from=150", _chosen),
    "a filter that matches nothing": Sight(CLERK, "/tasks?view=all&q=nothing-like-it"),
    "filters that are kept": Sight(CLERK, "/tasks?view=groups&q={lang}", _kept),
    "many to assign": Sight(CLERK, "/tasks?view=all", _asked("assign")),
    "many to comment": Sight(CLERK, "/tasks?view=groups", _asked("comment")),
    "many to decide": Sight(CLERK, "/tasks?view=groups", _asked("decide")),
    "what became of many": Sight(CLERK, "/tasks?view=groups", _claimed),
    "a task that nobody has": Sight(CLERK, "/tasks/{task}"),
    "a task, what can be done": Sight(EXECUTOR, "/tasks/{decision}", _acts),
    "a task that is not filled in": Sight(EXECUTOR, "/tasks/{decision}", _unfilled),
    "documents of a task": Sight(EXECUTOR, "/tasks/{decision}", _uploaded),
    "a document": Sight(EXECUTOR, "/tasks/{decision}", _previewed),
    "a task with its diagram": Sight(CLERK, "/tasks/{task}", _drawn),
    "a task that is done": Sight(CLERK, "/tasks/{done}"),
    "a task that is not there": Sight(CLERK, "/tasks/00000000-0000-0000-0000-000000000001", status=404),
    "cases": Sight(CLERK, "/cases"),
    "no case": Sight(CLERK, "/cases?q=nothing-like-it"),
    "a case": Sight(CLERK, "/cases/{case}"),
    "a receipt": Sight(CLERK, "/cases/{case}/receipt"),
    "what can be started": Sight(CLERK, "/start"),
    "nothing to start": Sight(CLERK, "/start?q=nothing-like-it"),
    "an application": Sight(CLERK, f"/start/{TENANT}/service-complaint", _form),
    "notices": Sight(EXECUTOR, "/notices"),
    "no notices": Sight(HEAD, "/notices"),
    "a team": Sight(HEAD, "/team"),
    "tasks of a team, some given": Sight(HEAD, "/team/tasks", _given),
    "all organisations": Sight("admin", "/team/organisations"),
    "instances": Sight("admin", "/admin/instances"),
    "instances by conditions": Sight("admin", f"/admin/instances?service=design-licence&sort=due&{CONDITIONS}"),
    "no instances": Sight("admin", "/admin/instances?q=nothing-like-it&started_from=today"),
    "where instances stand": Sight("admin", "/admin/instances/map"),
    "where they stand on the diagram": Sight("admin", "/admin/instances/map?service=decisions", _mapped),
    "how long steps took": Sight("admin", "/admin/instances/map?service=portal-application&show=took", _mapped),
    "a model to be played": Sight(DESIGNER, "/models/{definition}/simulate"),
    "a model that is played": Sight(DESIGNER, "/models/{definition}/simulate", _played),
    "templates for the Modeler": Sight(DESIGNER, "/models/templates"),
    "what one may not see": Sight(CLERK, "/team", status=403),
    "models": Sight(DESIGNER, "/models"),
    "a model": Sight(DESIGNER, "/models/{model}", _picked),
    "a new model": Sight(DESIGNER, "/models/new"),
    "the editor of a model": Sight(DESIGNER, "/models/{model}/edit", _edited),
    "the editor of a form": Sight(DESIGNER, "/models/{model}/forms/result-draft/edit", _palette),
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
    "settings": Sight(CLERK, "/settings"),
    "absences": Sight(HEAD, "/absences"),
    "statistics": Sight("admin", "/admin/statistics?by=week"),
    "statistics of a service": Sight(HEAD, "/admin/statistics?service=design-licence"),
    "the cases of a number": Sight("admin", "/admin/statistics/cases?which=received"),
    "the steps of a number": Sight(
        HEAD, "/admin/statistics/steps?process=portal-application&element=make-request&which=completed"
    ),
    "what will be late": Sight("admin", "/admin/forecast"),
    "what is late already": Sight(HEAD, "/admin/forecast?level=late"),
    "what was foretold": Sight("admin", "/admin/forecast/told"),
    "a report to print": Sight("admin", "/admin/statistics/report"),
    "calendars": Sight("admin", "/admin/calendars"),
    "a year of a calendar": Sight("admin", f"/admin/calendars/{TENANT}?year=2026"),
    "a change of a calendar": Sight("admin", f"/admin/calendars/{TENANT}/change?year=2026"),
    "what a change of a calendar moves": Sight("admin", f"/admin/calendars/{TENANT}/change?year=2027", _looked_at),
    "the terms of a case": Sight("admin", "/admin/instances/{case}/terms"),
}


@pytest.fixture(scope="module")
def places(office: Office, office_database: str) -> dict[str, str]:
    """The ids of a case, of its task that 200 others are like, of one that is done, and of one with a decision to take."""
    key = office.start("design-licence", TENANT, APPLICATION)
    [done] = office.tasks(key)
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    desk.deploy(office)
    decision = desk.begin(office, claimed=False)
    office("admin", "POST", f"/engine-rest/task/{decision}/assignee", {"userId": EXECUTOR})
    of_key = f"/engine-rest/history/process-instance?processInstanceBusinessKey={key}&rootProcessInstances=true"
    [case] = office("admin", "GET", of_key)
    with psycopg.connect(
        make_url(office_database).render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute(COPIES, (ROWS, task["id"]))
    [model] = office("admin", "GET", "/engine-rest/process-definition?key=decisions")
    deployed = f"/engine-rest/process-definition?key=design-licence&tenantIdIn={TENANT}&latestVersion=true"
    [definition] = office("admin", "GET", deployed)
    found = {"task": task, "case": case, "done": done, "model": model, "definition": definition}
    change = {"variables": {"note": {"value": "x"}}, "processInstanceIds": [case["id"], str(UUID(int=1))]}
    found["batch"] = office("admin", "POST", "/engine-rest/process-instance/variables-async", change)
    return {**{name: one["id"] for name, one in found.items()}, "decision": decision}


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """The addresses of other sites that a page has asked."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.mark.parametrize(("lang", "size", "dark"), [("kk", "phone", True), ("ru", "desktop", False)])
def test_every_page_is_sound(
    look: Look, office: Office, places: dict[str, str], elsewhere: list[str], lang: str, size: str, dark: bool
) -> None:
    """All rules in one size and look, the contrast of colours in the others, the width in each."""
    people = dict.fromkeys(sight.person for sight in SIGHTS.values())
    opened = {person: look(person, lang, size, dark=dark) for person in people}
    host = urlsplit(office.address).netloc
    for page in opened.values():
        page.emulate_media(reduced_motion="reduce")
        page.on("request", lambda sent: urlsplit(sent.url).netloc in ("", host) or elsewhere.append(sent.url))
    faults = {}
    for name, sight in SIGHTS.items():
        page = opened[sight.person]
        page.goto(sight.path.format(**places, lang=lang))
        sight.done(page)
        other = "desktop" if size == "phone" else "phone"
        found = [*unclear(page), *serious(page), *too_wide(page), *seen_otherwise(page, other, dark=not dark)]
        if found:
            faults[name] = found
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme="dark" if dark else "light")
    assert faults == {}


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


@pytest.mark.parametrize("name", [name for name, sight in SIGHTS.items() if sight.status != 200])
def test_a_page_that_tells_a_failure_has_its_status(look: Look, places: dict[str, str], name: str) -> None:
    sight = SIGHTS[name]
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
