"""What is done with a task beside filling it in: by one person, and by two at once, who see each other's work."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import SIZES, Look
from tests.e2e.desk import EXECUTOR, SECOND, SECOND_NAME, begin
from tests.e2e.office import Office
from tests.papers import png

pytestmark = pytest.mark.parametrize("size", SIZES)


def opened(page: Page, task: str, act: str) -> Page:
    """The form of an act, among all that can be done with the task."""
    page.goto(f"/tasks/{task}")
    page.locator("details.acts > summary").click()
    page.locator("details.act > summary", has_text=act).click()
    return page


def give(page: Page, task: str, act: str) -> None:
    opened(page, task, act)
    form = page.locator("details.act[open]")
    form.get_by_label("To whom").select_option(label=SECOND_NAME)
    form.get_by_role("button", name=act).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
    expect(page.get_by_role("status").filter(has_text=SECOND_NAME)).to_be_visible()


def test_a_task_is_claimed_and_released(look: Look, deployed: Office, size: str) -> None:
    task = begin(deployed, claimed=False)
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    expect(page.get_by_text("Claim the task to fill in the form")).to_be_visible()
    page.get_by_role("button", name="Claim", exact=True).click()
    expect(page.get_by_role("radio").first).to_be_visible()
    page.locator("details.acts > summary").click()
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
    page.goto(f"/tasks/{task}")
    expect(page.get_by_text("gave “Draft of the result” back to its group")).to_be_visible()


def test_the_acts_close_on_escape_and_on_a_click_outside(look: Look, task: str, size: str) -> None:
    page = opened(look(EXECUTOR, "en", size), task, "Delegate")
    acts, button = page.locator("details.acts"), page.locator("details.acts > summary")
    person = page.locator("details.act[open]").get_by_label("To whom")
    person.focus()
    page.keyboard.press("Escape")
    expect(acts).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(acts).to_have_attribute("open", "")
    page.locator("details.act[open] > summary").click()
    expect(acts).to_have_attribute("open", "")
    page.get_by_role("heading", level=1).click()
    expect(acts).not_to_have_attribute("open", "")


def test_a_task_is_assigned_for_good(look: Look, task: str, size: str) -> None:
    give(look(EXECUTOR, "en", size), task, "Assign to another")
    theirs = look(SECOND, "en", size)
    theirs.goto(f"/tasks/{task}")
    expect(theirs.get_by_role("radio").first).to_be_visible()
    expect(theirs.get_by_text(f"assigned “Draft of the result” to {SECOND_NAME}")).to_be_visible()


def test_a_delegated_task_comes_back_with_what_was_prepared(look: Look, task: str, size: str) -> None:
    mine, theirs = look(EXECUTOR, "en", size), look(SECOND, "en", size)
    give(mine, task, "Delegate")
    theirs.goto(f"/tasks/{task}")
    theirs.get_by_role("radio", name="Reasoned refusal").check()
    theirs.get_by_label("Text of the reasoned refusal").fill("Prepared for you")
    expect(theirs.get_by_text("Draft kept")).to_be_visible()
    expect(theirs.locator("[data-action=complete]")).to_be_hidden()
    theirs.get_by_role("button", name="Give back to the owner").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Tasks")
    mine.goto(f"/tasks/{task}")
    expect(mine.get_by_label("Text of the reasoned refusal")).to_have_value("Prepared for you")
    expect(mine.get_by_role("button", name="Complete: Reasoned refusal")).to_be_visible()


def test_a_delegated_task_is_taken_back(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    give(page, task, "Delegate")
    page.goto(f"/tasks/{task}")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("radio").first).to_be_visible()
    expect(page.get_by_text(f"took “Draft of the result” back: {SECOND_NAME}")).to_be_visible()


def test_a_task_is_held_with_a_reason_and_taken_up_again(look: Look, task: str, size: str) -> None:
    page = opened(look(EXECUTOR, "en", size), task, "Put on hold")
    day = datetime.now(ZoneInfo("Asia/Almaty")).date() + timedelta(days=3)
    page.get_by_label("Until which day").fill(day.isoformat())
    page.get_by_role("textbox", name="Reason").fill("Waiting for the akimat")
    page.get_by_role("button", name="Put on hold").click()
    held = page.get_by_text(re.compile("^On hold until"))
    expect(held).to_be_visible()
    expect(page.get_by_text("Waiting for the akimat").first).to_be_visible()
    page.get_by_role("button", name="Return to work").click()
    expect(held).to_have_count(0)
    expect(page.get_by_text("returned “Draft of the result” to work")).to_be_visible()


def test_a_term_is_extended_where_the_act_allows_it_and_no_further(look: Look, task: str, size: str) -> None:
    page = opened(look(EXECUTOR, "en", size), task, "Extend the term")
    form = page.locator("details.act[open]")
    expect(form.get_by_label("On the ground of the clause")).to_contain_text("item 16: by 10 working days at most")
    form.get_by_label("By how much").fill("10")
    form.get_by_label("Reason").fill("A second expertise")
    form.get_by_role("button", name="Extend the term").click()
    expect(page.get_by_text("extended the term of the case (item 16)")).to_be_visible()
    opened(page, task, "Extend the term")
    form.get_by_label("By how much").fill("1")
    form.get_by_label("Reason").fill("And a third one")
    form.get_by_role("button", name="Extend the term").click()
    expect(form.get_by_role("alert")).to_contain_text("10 working days in all")
    expect(form.get_by_label("Reason")).to_have_value("And a third one")


def test_a_comment_of_another_and_his_taking_the_task_are_seen_at_once(look: Look, deployed: Office, size: str) -> None:
    task = begin(deployed, claimed=False)
    mine, theirs = look(EXECUTOR, "en", size), look(SECOND, "en", size)
    for page in (mine, theirs):
        page.goto(f"/tasks/{task}")
    theirs.get_by_label("Comment").fill("I have called the applicant")
    theirs.get_by_role("button", name="Add the comment").click()
    expect(mine.get_by_text("I have called the applicant")).to_be_visible()
    theirs.get_by_role("button", name="Claim", exact=True).click()
    expect(theirs.get_by_role("radio").first).to_be_enabled()
    expect(mine.locator("#news")).to_contain_text(f"The task is now with {SECOND_NAME}")
    mine.get_by_role("button", name="Claim", exact=True).click()
    expect(mine.get_by_role("alert")).to_contain_text("already claimed")


def test_a_file_of_another_is_seen_at_once(look: Look, task: str, size: str) -> None:
    theirs, mine = look(SECOND, "en", size), look(EXECUTOR, "en", size)
    for page in (mine, theirs):
        page.goto(f"/tasks/{task}")
    mine.locator("#document-file").set_input_files({"name": "plan.png", "mimeType": "image/png", "buffer": png()})
    expect(mine.get_by_role("link", name="plan.png", exact=True)).to_be_visible()
    expect(theirs.get_by_role("link", name="plan.png", exact=True)).to_be_visible()


def test_what_was_written_for_a_task_that_is_done_by_now_is_not_lost(
    look: Look, deployed: Office, task: str, size: str
) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    page.get_by_label("Comment").fill("A long and thoughtful word")
    given = {"decision": {"value": "approve"}}
    deployed("admin", "POST", f"/engine-rest/task/{task}/submit-form", {"variables": given})
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("This task is done")).to_be_visible()
    expect(page.get_by_text("A long and thoughtful word")).to_be_visible()


def test_what_is_refused_is_told_where_the_person_looks(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "ru", size)
    page.goto(f"/tasks/{task}")
    page.get_by_label("Комментарий").fill("   ")
    page.get_by_role("button", name="Оставить комментарий").click()
    alert = page.get_by_role("alert").filter(has_text="Напишите комментарий")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    page.goto(page.url)
    expect(page).to_have_url(re.compile(f"/tasks/{task}$"))
    page.get_by_label("Комментарий").fill("Звонил")
    page.get_by_role("button", name="Оставить комментарий").click()
    expect(page.get_by_role("status").filter(has_text="Комментарий добавлен.")).to_have_count(1)


def test_what_is_written_to_others_stays_when_the_session_has_ended(look: Look, task: str, size: str) -> None:
    page = look(EXECUTOR, "en", size)
    page.goto(f"/tasks/{task}")
    comment = page.locator("form.comment")
    comment.get_by_role("textbox").fill("Сызба жаңартылды")
    kept = page.context.cookies()
    page.context.clear_cookies()
    comment.get_by_role("button").click()
    expect(comment.get_by_role("alert")).to_contain_text("Your session has ended")
    expect(comment.get_by_role("textbox")).to_have_value("Сызба жаңартылды")
    page.context.add_cookies([one for one in kept if one["name"] == "reglament_session"])  # type: ignore[list-item]
    comment.get_by_role("button").click()
    expect(page.get_by_text("Сызба жаңартылды")).to_be_visible()
