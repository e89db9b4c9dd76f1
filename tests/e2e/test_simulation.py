"""A designer plays a deployed model through in the browser: by the keyboard, back, to its end, and into a failure."""

from playwright.sync_api import Page, expect

from tests.e2e.browser import Look
from tests.e2e.office import Office

TENANT = "aktobe-gask"
DESIGNER = f"designer.{TENANT}"
DEPLOYED = f"/engine-rest/process-definition?key=design-licence&tenantIdIn={TENANT}&latestVersion=true"


def standing(page: Page) -> list[str]:
    """The elements at which tokens stand, on all diagrams."""
    found = page.locator("diagram-view .djs-element.here")
    return [str(one.get_attribute("data-element-id")) for one in found.all()]


def press(page: Page, name: str) -> None:
    """By the keyboard: the button is come to and pressed."""
    button = page.get_by_role("button", name=name).first
    button.focus()
    page.keyboard.press("Enter")


def test_a_model_is_played_to_its_end_back_and_over(look: Look, office: Office) -> None:
    cases = len(office("admin", "GET", "/engine-rest/process-instance"))
    [definition] = office("admin", "GET", DEPLOYED)
    page = look(DESIGNER, "ru")
    page.goto(f"/models/{definition['id']}/simulate")
    page.get_by_label("Момент начала").fill("2026-09-07T10:00")
    page.get_by_role("button", name="Начать").press("Enter")
    expect(page.locator("#ways")).to_contain_text(
        "Самый долгий: 4 рабочих дня, пн 07.09.2026 10:00 – пт 11.09.2026 18:30"
    )
    expect(page.locator("diagram-view .longest").first).to_be_attached()
    expect(page.locator("diagram-view .djs-element.here[data-element-id=make-request]")).to_be_attached()

    press(page, "Выполнить: Да → Приём и регистрация")
    expect(page.locator("#standing")).to_be_focused()
    expect(page.locator(".sim-wait")).to_contain_text("Срок: пн 07.09.2026 10:15")
    page.locator(".sim-wait summary", has_text="Почему в этот день").click()
    expect(page.locator(".sim-wait .steps")).to_contain_text("15 минут")
    page.locator("diagram-view[data-process=licence-procedure]").scroll_into_view_if_needed()
    expect(page.locator("diagram-view .djs-element.here[data-element-id=accept-documents]")).to_be_attached()
    press(page, "На шаг назад")
    expect(page.locator("diagram-view .djs-element.here[data-element-id=make-request]")).to_be_attached()

    press(page, "Выполнить: Нет → Заявление не зарегистрировано")
    expect(page.locator("#standing")).to_have_text("Дело завершено: Заявление не зарегистрировано")
    assert standing(page) == []
    press(page, "На шаг назад")
    press(page, "Выполнить: Да → Приём и регистрация")
    expect(page.locator(".sim-wait h3")).to_contain_text("Приём и регистрация")
    page.get_by_label("До момента").fill("2026-09-08T09:30")
    page.get_by_label("До момента").press("Enter")
    expect(page.locator("#standing")).to_have_text("Сейчас: вт 08.09.2026 09:30")
    expect(page.locator(".sim-wait")).to_contain_text("просрочено")

    page.get_by_role("link", name="Начать заново").click()
    expect(page.get_by_label("Момент начала")).to_be_visible()
    assert len(office("admin", "GET", "/engine-rest/process-instance")) == cases
