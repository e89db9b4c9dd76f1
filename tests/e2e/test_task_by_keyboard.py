"""A whole case by keyboard alone: signing in, the list, the tasks of five people, signing out, until it is ended."""

from playwright.sync_api import Page, expect

from tests.e2e.browser import Look
from tests.e2e.desk import EXECUTOR, begin, deploy
from tests.e2e.office import Office

TENANT = "aktobe-gask"
APPLICANT = "«Пернетақта» ЖШС"
APPLICATION = {
    "applicantName": APPLICANT,
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе",
    "attachedDocuments": "құжаттар",
}
FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const marked = (part) => {
    const look = getComputedStyle(part);
    return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none';
  };
  const label = one.labels?.[0];
  return {
    name: (one.getAttribute('aria-label') ?? label?.textContent ?? one.textContent).trim().replace(/\\s+/g, ' '),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    marked: [one, label, one.closest('.fjs-input-group')].some((part) => part && marked(part)),
    tag: one.tagName,
  };
}"""
"""What has the focus, whether it is on the screen, and whether it, its label or the frame around it is marked."""


class Keys:
    """A person with a keyboard. Every stop on the way must be on the screen and show that it has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, name: str, key: str = "Tab") -> None:
        """Press a key until what is called so has the focus."""
        way = []
        for _ in range(90):
            self.press(key)
            stop = self.page.evaluate(FOCUSED)
            if stop["tag"] == "BODY":
                continue
            assert stop["seen"], f"not on the screen: {stop}"
            assert stop["marked"], f"does not show the focus: {stop}"
            way.append(stop["name"])
            if name in stop["name"]:
                return
        raise AssertionError(f"«{name}» is not reached by {key}: {way}")

    def sign_in(self, person: str) -> None:
        self.page.goto("/")
        expect(self.page.get_by_label("Имя пользователя")).to_be_focused()
        self.page.keyboard.type(person)
        self.to("Пароль")
        self.page.keyboard.type("demo")
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Задачи")

    def claim(self) -> None:
        """Take the task from the list of the groups: there it is no more."""
        self.in_list("Моих групп")
        self.press("c")
        expect(self.page.locator("tbody tr", has_text=APPLICANT)).to_have_count(0)
        self.open_task()

    def open_task(self) -> None:
        self.in_list("Мои")
        self.press("Enter")
        expect(self.page.locator("form-view .fjs-form")).to_be_visible()

    def in_list(self, view: str) -> None:
        """Go to the task in a list."""
        self.to(view)
        self.press("Enter")
        expect(self.page.locator(".views [aria-current]")).to_contain_text(view)
        expect(self.page.locator("tbody tr", has_text=APPLICANT)).to_have_count(1)
        self.to(APPLICANT)

    def tick(self, name: str) -> None:
        self.to(name)
        self.press("Space")

    def complete(self, button: str, then: str = "Задачи") -> None:
        """then: the heading of the page after it."""
        self.to(button)
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)

    def sign_out(self) -> None:
        self.to("Выйти")
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Вход в систему")


def test_a_case_is_done_by_keyboard_alone(look: Look, office: Office) -> None:
    key = office.start("project-management-accreditation", TENANT, APPLICATION)
    keys = Keys(look(None, "ru"))

    keys.sign_in(f"applicant.{TENANT}")
    keys.open_task()
    for answer in ("Данные достоверны", "Действительно", "Удостоверяю запрос"):
        keys.tick(answer)
    keys.complete("Завершить", "Расписка о приёме заявления")
    keys.sign_out()

    keys.sign_in(f"clerk.{TENANT}")
    keys.claim()
    keys.tick("Документы приняты")
    keys.complete("Завершить")
    keys.sign_out()

    keys.sign_in(f"head.{TENANT}")
    keys.claim()
    keys.to("Ответственный исполнитель")
    keys.page.keyboard.type("Жанар")
    keys.press("Enter")
    keys.complete("Завершить")
    keys.sign_out()

    keys.sign_in(f"executor.{TENANT}")
    keys.open_task()
    keys.tick("Соответствует")
    keys.to("Обоснование решения")
    keys.page.keyboard.type("Требования выполнены")
    keys.complete("Завершить: Соответствует")
    keys.sign_out()

    keys.sign_in(f"head.{TENANT}")
    keys.claim()
    keys.tick("Подписываю документ")
    keys.complete("Подписать")

    assert office.tasks(key) == []
    [case] = office(
        "admin",
        "GET",
        f"/engine-rest/history/process-instance?processInstanceBusinessKey={key}&rootProcessInstances=true",
    )
    assert case["state"] == "COMPLETED"


def test_what_is_wrong_is_found_and_mended_by_keyboard(look: Look, office: Office) -> None:
    deploy(office)
    page = look(EXECUTOR, "ru")
    page.goto(f"/tasks/{begin(office)}")
    keys = Keys(page)
    expect(page.get_by_role("radio").first).to_be_visible()
    keys.tick("Услуга оказывается")
    keys.press("ArrowDown")
    keys.to("Завершить: Мотивированный отказ")
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    keys.to("Текст мотивированного отказа")
    keys.press("Enter")
    expect(page.get_by_label("Текст мотивированного отказа")).to_be_focused()
    page.keyboard.type("Нет плана участка")
    keys.complete("Завершить")
    assert page.evaluate('document.querySelectorAll(\'[tabindex]:not([tabindex="0"], [tabindex="-1"])\').length') == 0
