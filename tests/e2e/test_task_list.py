"""The task list: what is on it, how it is searched, and what others do to it."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office
from tests.papers import PDF

pytestmark = pytest.mark.parametrize("size", SIZES)
TENANT = "aktobe-gask"
CLERK, SECOND = f"clerk.{TENANT}", f"clerk-2.{TENANT}"
APPLICATION = {
    "requestKind": "issue",
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе",
    "attachedDocuments": "өтініш",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}


def named(word: str) -> str:
    """A name that no other test has."""
    return f"«{word}» ЖШС {uuid4().hex[:6]}"


def registered(office: Office, applicant: str) -> str:
    """A case that waits for the clerk; gives the id of its task."""
    key = office.start("design-licence", TENANT, {**APPLICATION, "applicantName": applicant})
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    return str(task["id"])


def claim(office: Office, task: str, person: str = CLERK) -> None:
    office("admin", "POST", f"/engine-rest/task/{task}/claim", {"userId": person})


def row(page: Page, applicant: str) -> Locator:
    """Of a table, or a card on a phone."""
    return page.locator("#list tbody tr").filter(has_text=applicant)


def number(page: Page, view: str) -> int:
    return int(page.locator(f"#count-{view}").inner_text().rstrip("+"))


def test_a_row_says_what_matters(look: Look, office: Office, size: str) -> None:
    name = named("Қағаз")
    task = registered(office, name)
    claim(office, task)
    page = look(CLERK, "ru", size)
    page.goto("/tasks?view=mine")
    mine = row(page, name)
    expect(mine).to_contain_text("Приём и регистрация в ИС ГБД «Е-лицензирование»")
    expect(mine).to_contain_text("Выдача лицензии на проектную деятельность")
    expect(mine).to_contain_text("А-20")
    expect(mine.locator("time.term")).to_have_text(re.compile(r"осталось \d+ мин|сегодня до|рабоч"))
    expect(mine).to_contain_text("сегодня")
    office(SECOND, "POST", f"/engine-rest/task/{task}/comment/create", {"message": "Құжат жоқ"})
    expect(mine).to_contain_text("1 комментарий")
    paper = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.request.post(f"/tasks/{task}/documents", multipart={"file": paper})
    expect(mine).to_contain_text("1 документ")


def test_the_views_count_and_change_when_another_works(look: Look, office: Office, size: str) -> None:
    name = named("Алма")
    task = registered(office, name)
    page, other = look(CLERK, "kk", size), look(SECOND, "kk", size)
    page.goto("/tasks?view=groups&q=алма")
    before = number(page, "groups")
    other.goto("/tasks?view=groups&q=алма")
    row(other, name).get_by_role("button", name="Алу").click()
    expect(row(other, name)).to_have_count(0)
    expect(row(page, name)).to_have_count(0)
    expect(page.locator("#count-groups")).to_have_text(str(before - 1))
    own = number(page, "mine")
    office("admin", "POST", f"/engine-rest/task/{task}/assignee", {"userId": CLERK})
    expect(page.locator("#count-mine")).to_have_text(str(own + 1))
    page.get_by_role("link", name="Менікі").click()
    expect(row(page, name)).to_be_visible()


def test_a_new_case_comes_to_the_list_by_itself_and_nothing_that_is_chosen_is_lost(
    look: Look, office: Office, size: str
) -> None:
    first, second = named("Тұрақ"), named("Тұрақ")
    registered(office, first)
    page = look(CLERK, "kk", size)
    page.goto("/tasks?view=groups&q=тұрақ")
    page.get_by_role("checkbox", name=first).check()
    page.get_by_role("link", name=first).focus()
    registered(office, second)
    expect(row(page, second)).to_be_visible()
    expect(page.get_by_role("checkbox", name=first)).to_be_checked()
    expect(page.get_by_role("checkbox", name=second)).not_to_be_checked()
    expect(page.get_by_role("link", name=first)).to_be_focused()


def test_after_a_break_of_the_network_the_list_catches_up(look: Look, office: Office, size: str) -> None:
    gone, stays = named("Үзіліс"), named("Үзіліс")
    task = registered(office, gone)
    page = look(CLERK, "ru", size)
    page.goto("/tasks?view=groups&q=үзіліс")
    expect(row(page, gone)).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()
    claim(office, task, SECOND)
    registered(office, stays)
    expect(row(page, gone)).to_be_visible()
    page.context.set_offline(False)
    expect(row(page, stays)).to_be_visible()
    expect(row(page, gone)).to_have_count(0)
    expect(page.locator(".offline")).to_be_hidden()


def test_words_are_found_in_every_form_and_writing(look: Look, office: Office, size: str) -> None:
    name = named("Әлімхан Құрылыс")
    registered(office, name)
    page = look(CLERK, "kk", size)
    own = name.rpartition(" ")[2]
    for words in ("ҚҰРЫЛЫСТЫҢ", "курылысты әлімханға", "құжаттардан", "Регистрация", "жобалауға"):
        page.goto("/tasks?view=all")
        page.get_by_role("searchbox").fill(f"{words} {own}")
        page.get_by_role("button", name="Іздеу").click()
        expect(row(page, name)).to_be_visible()
    page.get_by_role("searchbox").fill("жоқсөз")
    page.get_by_role("button", name="Іздеу").click()
    expect(page.get_by_text("Сүзгіге сай тапсырма табылмады.")).to_be_visible()
    page.get_by_role("link", name="Сүзгіні алып тастау").last.click()
    expect(page).to_have_url(re.compile(r"/tasks\?view=all$"))
    page.get_by_role("searchbox").fill(f"{own} жоқсөз")
    page.get_by_role("button", name="Іздеу").click()
    page.get_by_role("link", name="Істер арасынан іздеу").click()
    expect(page).to_have_url(re.compile("/cases"))
    expect(page.get_by_role("searchbox")).to_have_value(f"{own} жоқсөз")


def test_the_list_is_sorted_and_filtered(look: Look, office: Office, size: str) -> None:
    last, first = named("Өрлеу"), named("Қайнар")
    held = registered(office, last)
    registered(office, first)
    page = look(CLERK, "ru", size)
    page.goto("/tasks?view=all")
    page.locator(".filters details summary", has_text="Фильтр").first.click()
    page.get_by_label("Порядок").select_option(label="По заявителю")
    page.locator("select[name=service]").select_option(label="Выдача лицензии на проектную деятельность")
    page.get_by_role("button", name="Применить").click()
    expect(page).to_have_url(re.compile("sort=applicant"))
    expect(row(page, first)).to_be_visible()
    names = [one.partition("\n")[0] for one in page.locator("#list .who").all_inner_texts()]
    assert names.index(first) < names.index(last)
    claim(office, held)
    until = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
    office("admin", "PUT", f"/engine-rest/task/{held}", {"followUp": f"{until}T00:00:00.000+0500", "assignee": CLERK})
    page.get_by_role("link", name="Отложены").click()
    expect(row(page, last)).to_contain_text("отложена до")
    expect(row(page, first)).to_have_count(0)
    page.get_by_role("link", name="Отложены").click()
    expect(row(page, first)).to_be_visible()


def test_a_filter_is_kept_for_a_group_with_its_number(look: Look, office: Office, size: str) -> None:
    word = f"сүзгі{uuid4().hex[:4]}"
    registered(office, f"«{word}» ЖШС")
    page, other, stranger = (look(person, "kk", size) for person in (CLERK, SECOND, f"head.{TENANT}"))
    page.goto(f"/tasks?view=all&q={word}")
    page.get_by_text("Сүзгіні сақтау").click()
    page.get_by_label("Сүзгінің аты").fill(word)
    page.get_by_label("Кім көреді").select_option(index=1)
    page.get_by_role("button", name="Сақтау").click()
    other.goto("/tasks?view=mine")
    other.get_by_role("link", name=f"{word} 1").click()
    expect(other.locator("#list tbody tr")).to_have_count(1)
    stranger.goto("/tasks?view=mine")
    expect(stranger.get_by_role("link", name=word)).to_have_count(0)
    page.get_by_role("link", name="Сүзгілерді реттеу").click()
    page.get_by_role("textbox", name="Сүзгінің аты").first.fill(f"{word}-2")
    page.get_by_role("button", name="Атын өзгерту").first.click()
    other.goto("/tasks/filters")
    expect(other.get_by_role("link", name=f"{word}-2")).to_be_visible()
    expect(other.get_by_role("button", name=f"Жою: {word}-2")).to_have_count(0)
    page.get_by_role("button", name=f"Жою: {word}-2").click()
    expect(page.get_by_role("link", name=f"{word}-2")).to_have_count(0)


def test_the_next_free_task_is_claimed_and_opened(look: Look, office: Office, size: str) -> None:
    mark = f"Кезек{uuid4().hex[:4]}"
    taken, free = f"«{mark}» ЖШС 1", f"«{mark}» ЖШС 2"
    claim(office, registered(office, taken), SECOND)
    registered(office, free)
    page = look(CLERK, "en", size)
    page.goto(f"/tasks?view=all&q={mark}")
    page.get_by_role("button", name="Claim the next").click()
    expect(page.get_by_role("main")).to_contain_text(free)
    expect(page.get_by_role("button", name="Complete")).to_be_visible()
    page.goto(f"/tasks?view=all&q={mark}")
    expect(row(page, free)).to_be_visible()
    expect(page.get_by_role("button", name="Claim the next")).to_be_hidden()
    registered(office, f"«{mark}» ЖШС 3")
    expect(page.get_by_role("button", name="Claim the next")).to_be_visible()


def test_the_list_keeps_its_place_after_a_task_is_closed(look: Look, office: Office, size: str) -> None:
    mark = f"Орын{uuid4().hex[:4]}"
    names = [f"«{mark}» ЖШС {place:02}" for place in range(12)]
    for name in names:
        registered(office, name)
    page = look(CLERK, "ru", size)
    page.goto(f"/tasks?view=all&q={mark}&sort=applicant")
    page.get_by_role("link", name=names[9]).click()
    page.get_by_role("button", name="Взять").click()
    page.get_by_label("Документы приняты").check()
    page.get_by_role("button", name="Завершить").click()
    expect(page).to_have_url(re.compile(r"/tasks\?view=all&q=.+&sort=applicant"))
    expect(row(page, names[9])).to_have_count(0)
    expect(page.get_by_role("link", name=names[10])).to_be_focused()
    expect(row(page, names[10])).to_be_in_viewport()


def test_the_list_is_worked_with_the_keyboard_alone(look: Look, office: Office, size: str) -> None:
    mark = f"Кілт{uuid4().hex[:4]}"
    names = [f"«{mark}» ЖШС {place}" for place in range(3)]
    for name in names:
        registered(office, name)
    page = look(CLERK, "en", size)
    page.goto("/tasks?view=all&sort=applicant")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(mark.upper())
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=names[1])).to_be_focused()
    page.keyboard.press("c")
    expect(row(page, names[1])).not_to_contain_text("Claim")
    expect(row(page, names[1]).get_by_role("link")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name=names[1])).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    row(page, names[1]).get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Complete")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_use_the_list(look: Look, office: Office, size: str, dark: bool) -> None:
    name = named("Қолжетімді")
    registered(office, name)
    page = look(CLERK, "kk", size, dark=dark)
    for address in ("/tasks?view=all", "/tasks?view=all&q=жоқсөз", "/tasks/filters"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/tasks?view=all&q=қолжетімді")
    page.get_by_role("checkbox", name=name).check()
    assert serious(page) == []
