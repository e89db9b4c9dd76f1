"""Signing in and out; the language."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import SIZES, Look, serious
from tests.e2e.office import Office
from tests.e2e.test_substitution import APPLICATION, SIGNED


@pytest.mark.parametrize("size", SIZES)
def test_a_person_signs_in_sees_the_tasks_and_signs_out(look: Look, size: str) -> None:
    page = look(None, lang="ru", size=size)
    page.goto("/tasks?view=groups")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Имя пользователя").fill("clerk.aktobe-gask")
    page.get_by_label("Пароль").fill("demo")
    page.get_by_role("button", name="Войти").click()
    expect(page).to_have_url(re.compile(r"/tasks\?view=groups"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Задачи")
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_label("Пароль")).to_be_visible()
    page.goto("/tasks")
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("clerk", r"/tasks\?view=groups"),
        ("executor", r"/tasks\?view=mine"),
        ("commission", r"/tasks\?view=mine"),
        ("head", "/team"),
        ("admin", "/team/organisations"),
    ],
)
def test_each_begins_with_the_own_work(look: Look, office: Office, size: str, role: str, begins: str) -> None:
    tenant = "aktobe-gask"
    if role == "clerk":
        key = office.start("design-licence", tenant, APPLICATION)
        office.complete(key, SIGNED)
    page = look(None, lang="kk", size=size)
    page.goto("/sign-in")
    page.get_by_label("Пайдаланушы аты").fill(role if role == "admin" else f"{role}.{tenant}")
    page.get_by_label("Құпиясөз").fill("demo")
    page.get_by_role("button", name="Кіру").click()
    expect(page).to_have_url(re.compile(f"{begins}$"))
    assert serious(page) == []


def test_a_wrong_password_is_said_and_the_name_kept(look: Look) -> None:
    page = look(None, lang="en")
    page.goto("/sign-in")
    page.get_by_label("User name").fill("clerk.aktobe-gask")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The user name or the password is wrong.")
    expect(page.get_by_label("User name")).to_have_value("clerk.aktobe-gask")


def test_the_chosen_language_stays(look: Look) -> None:
    page = look("clerk.aktobe-gask", lang="ru")
    page.goto("/tasks")
    page.get_by_role("button", name="KK").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Тапсырмалар")
    page.goto("/tasks?view=all")
    expect(page.get_by_role("heading", level=1)).to_have_text("Тапсырмалар")


@pytest.mark.parametrize("size", SIZES)
def test_the_language_that_is_chosen_at_the_door_stays(look: Look, size: str) -> None:
    page = look(None, lang="en", size=size)
    page.goto("/sign-in")
    page.get_by_role("button", name="KK").click()
    page.get_by_label("Пайдаланушы аты").fill("clerk.aktobe-gask")
    page.get_by_label("Құпиясөз").fill("demo")
    page.get_by_role("button", name="Кіру").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Тапсырмалар")


def test_nobody_is_sent_elsewhere_after_signing_in(look: Look) -> None:
    page = look(None, lang="en")
    page.goto("/sign-in?next=//elsewhere.example/tasks")
    page.get_by_label("User name").fill("clerk.aktobe-gask")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
