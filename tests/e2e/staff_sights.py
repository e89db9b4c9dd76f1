"""The pages of the staff and of designers."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e import desk
from tests.e2e.sights import APPLICANT, CLERK, DESIGNER, EXECUTOR, HEAD, TENANT, Sight

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6364f8cf500f0003860180035a347d6b0000000049454e44ae426082"
)


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


def _palette(page: Page) -> None:
    page.locator(".fjs-palette-field").first.wait_for()


STAFF_SIGHTS = {
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
    "a model to be played": Sight(DESIGNER, "/models/{definition}/simulate"),
    "a model that is played": Sight(DESIGNER, "/models/{definition}/simulate", _played),
    "templates for the Modeler": Sight(DESIGNER, "/models/templates"),
    "what one may not see": Sight(CLERK, "/team", status=403),
    "models": Sight(DESIGNER, "/models"),
    "a model": Sight(DESIGNER, "/models/{model}", _picked),
    "a new model": Sight(DESIGNER, "/models/new"),
    "the editor of a model": Sight(DESIGNER, "/models/{model}/edit", _edited),
    "the editor of a form": Sight(DESIGNER, "/models/{model}/forms/result-draft/edit", _palette),
    "settings": Sight(CLERK, "/settings"),
    "absences": Sight(HEAD, "/absences"),
}
