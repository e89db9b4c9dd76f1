"""What a person chooses to get by e-mail."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import MailServer
from app.domain.people.mail import USUAL, Wishes
from app.domain.people.notices import Kind
from app.store.tables import User

CLERK, HEAD = "clerk.aktobe-gask", "head.aktobe-gask"
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    def run(person: str, form: dict[str, Any] | None = None, lang: str = "en") -> Any:
        headers, path = (
            {**as_user(person), "Accept-Language": lang},
            "/settings" + ("/mail" if form is not None else ""),
        )
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    return run


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a server for letters."""
    server = MailServer("127.0.0.1", 25, False, None, None, "reglament@example.kz")
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mail=server))


def kept(engine: Engine, person: str = CLERK) -> tuple[str | None, Wishes]:
    with Session(engine) as session:
        user = session.get_one(User, person)
        return user.email, Wishes.of(user.mail)


def test_where_no_letters_are_written_nothing_is_to_choose(ask: Ask) -> None:
    assert 'id="mail"' not in ask(CLERK).text


@pytest.mark.usefixtures("mail")
def test_what_is_chosen_is_kept_and_shown(ask: Ask, database_engine: Engine) -> None:
    assert kept(database_engine)[1].kinds == USUAL
    chosen = {"email": " aigul@example.kz ", "letters": "ru", "kind": ["comment", "overdue"]}
    answer = ask(CLERK, chosen)
    assert (answer.status_code, answer.location) == (303, "/settings#mail")
    assert kept(database_engine) == ("aigul@example.kz", Wishes("ru", frozenset({Kind.COMMENT, Kind.OVERDUE})))
    page = ask(CLERK).text
    assert 'value="aigul@example.kz"' in page
    assert [kind.value for kind in Kind if f'value="{kind}" checked' in page] == ["comment", "overdue"]
    assert ask(CLERK, {"email": "", "letters": "en"}).status_code == 303
    assert kept(database_engine) == (None, Wishes("en", frozenset()))


@pytest.mark.usefixtures("mail")
def test_only_who_leads_chooses_what_is_told_of_a_team(ask: Ask) -> None:
    assert ["team-overdue" in ask(person).text for person in (CLERK, HEAD)] == [False, True]


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "changed",
    [
        {"email": "nobody"},
        {"email": "a@b\r\nBcc: c@d"},
        {"email": "@example.kz"},
        {"email": "a" * 300 + "@example.kz"},
        {"letters": "de"},
        {"letters": ""},
        {"kind": ["everything"]},
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    ask: Ask, database_engine: Engine, changed: dict[str, Any], lang: str
) -> None:
    before = kept(database_engine)
    answer = ask(CLERK, {"email": "a@example.kz", "letters": "kk", **changed}, lang)
    assert answer.status_code == 400
    said = unescape(answer.text.partition('role="alert">')[2].partition("<")[0])
    assert said
    assert kept(database_engine) == before
