"""The settings and the absences of the staff, as pages without a browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app.domain.terms.calendar import LANGUAGES

TENANT = "aktobe-gask"
HEAD, CLERK, EXECUTOR = (f"{role}.{TENANT}" for role in ("head", "clerk", "executor"))
Ask = Callable[..., Any]


def day(after: int) -> str:
    return (datetime.now(ZoneInfo("Asia/Almaty")).date() + timedelta(days=after)).isoformat()


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """`ask(person, path, form, lang)`: GET, or POST with a form."""

    def run(person: str, path: str, form: dict[str, str] | None = None, lang: str = "en") -> Any:
        headers = {**as_user(person), "Accept-Language": lang}
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    return run


@pytest.fixture
def form() -> dict[str, str]:
    return {
        "organisation": TENANT,
        "deputy": EXECUTOR,
        "first": day(3),
        "last": day(5),
        "order": "12-Ж",
    }


def test_what_was_entered_is_shown_to_the_person_and_the_head(ask: Ask, form: dict[str, str]) -> None:
    assert ask(CLERK, "/settings/absences", form).status_code == 303
    assert ask(HEAD, "/absences", {**form, "person": HEAD, "order": "13-Ж"}).status_code == 303
    own, staff = ask(CLERK, "/settings").text, ask(HEAD, "/absences").text
    assert ("№" in own, "12-Ж" in own, "13-Ж" in own) == (False, True, False)
    assert ("12-Ж" in staff, "13-Ж" in staff) == (True, True)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"first": ""}, 400),
        ({"last": "soon"}, 400),
        ({"last": day(1)}, 400),
        ({"first": "2020-01-01"}, 400),
        ({"order": " "}, 400),
        ({"last": day(800)}, 400),
        ({"order": " № 118-Ө\0 от 20.11.2026\n"}, 303),
        ({"order": "5\nb"}, 400),
        ({"order": "№№№"}, 400),
        ({"order": "5" * 61}, 400),
        ({"deputy": f"corporation_operator.{TENANT}"}, 400),
        ({"deputy": CLERK}, 400),
        ({"deputy": f"applicant.{TENANT}"}, 400),
        ({"deputy": "clerk.industrial-safety-committee"}, 400),
        ({"deputy": "\0"}, 400),
    ],
)
def test_what_is_refused_is_said_in_the_language_of_the_person_and_kept(
    ask: Ask, form: dict[str, str], changed: dict[str, str], status: int, lang: str
) -> None:
    answer = ask(CLERK, "/settings/absences", {**form, **changed}, lang)
    assert answer.status_code == status
    if status == 400:
        said = unescape(answer.text.partition('role="alert">')[2].partition("<")[0])
        assert said
        assert said.isascii() == (lang == "en")
        assert f'value="{form["order"]}"' in answer.text or "order" in changed


def test_nobody_enters_for_another_but_the_head(ask: Ask, form: dict[str, str]) -> None:
    assert ask(CLERK, "/absences", {**form, "person": HEAD}).status_code == 403
    assert ask(CLERK, "/absences").status_code == 403
    foreign = {**form, "organisation": "industrial-safety-committee"}
    assert ask(HEAD, "/absences", {**foreign, "person": CLERK}).status_code == 403


def test_a_person_of_no_organisation_is_told_so(ask: Ask) -> None:
    assert "You are on the staff of no organisation" in ask("admin", "/settings").text


@pytest.mark.parametrize(("person", "path"), [(CLERK, "/settings"), (HEAD, "/absences"), ("admin", "/absences")])
def test_a_page_takes_eight_statements_at_most(
    ask: Ask, form: dict[str, str], statements: list[str], person: str, path: str
) -> None:
    for number in range(4):
        days = {"first": day(10 * number), "last": day(10 * number + 1)}
        assert ask(CLERK, "/settings/absences", {**form, **days}).status_code == 303
    statements.clear()
    assert ask(person, path).status_code == 200
    assert len(statements) <= 8, "\n".join(statements)


def test_the_frame_says_for_whom_a_deputy_acts_without_a_statement_more(
    ask: Ask, form: dict[str, str], statements: list[str]
) -> None:
    def page() -> tuple[str, int]:
        statements.clear()
        return unescape(ask(EXECUTOR, "/tasks", None, "ru").text), len(statements)

    page()
    before, counted = page()
    assert ask(HEAD, "/absences", {**form, "person": HEAD, "first": day(0), "last": day(1)}).status_code == 303
    after, again = page()
    assert again == counted
    assert (f"замещаю: {HEAD}" in before, f"замещаю: {HEAD}" in after) == (False, True)
