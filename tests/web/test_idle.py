"""A browser in which the person does nothing for an hour is signed out; what its pages ask by themselves is nothing done."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.config import read
from app.store.tables import AccessToken

CLERK = "clerk.aktobe-gask"
BY_ITSELF = ({"HX-Request": "true"}, {"Accept": "text/event-stream"})


@pytest.fixture
def browser(client: FlaskClient) -> FlaskClient:
    """Somebody has signed in."""
    answer = client.post("/sign-in", data={"username": CLERK, "password": "demo"})
    assert answer.status_code == 303
    return client


def ago(engine: Engine, minutes: float) -> datetime:
    """The person was here last so long ago."""
    seen = datetime.now(UTC) - timedelta(minutes=minutes)
    with Session(engine) as session, session.begin():
        session.execute(update(AccessToken).values(seen_at=seen))
    return seen


def seen(engine: Engine) -> datetime:
    with Session(engine) as session:
        return session.scalars(select(AccessToken.seen_at)).one()


def test_after_an_idle_hour_the_person_signs_in_again(browser: FlaskClient, database_engine: Engine) -> None:
    ago(database_engine, 59)
    assert browser.get("/tasks?view=mine").status_code == 200
    ago(database_engine, 61)
    answer = browser.get("/tasks?view=mine", headers={"Accept": "text/html"})
    assert (answer.status_code, "/sign-in" in (answer.location or "")) == (302, True)
    assert browser.post("/tasks/next").status_code in (302, 401)
    assert seen(database_engine) < datetime.now(UTC) - timedelta(minutes=60), "what comes too late prolongs nothing"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_person_opens_and_sends_prolongs_the_session_of_all_his_tabs(
    browser: FlaskClient, database_engine: Engine, method: str
) -> None:
    before = ago(database_engine, 50)
    browser.open("/tasks?view=mine" if method == "GET" else "/tasks/next", method=method)
    assert seen(database_engine) > before + timedelta(minutes=49)


@pytest.mark.parametrize("headers", BY_ITSELF, ids=["a part of a page", "the events"])
def test_what_a_page_asks_by_itself_is_answered_and_prolongs_nothing(
    browser: FlaskClient, database_engine: Engine, headers: dict[str, str]
) -> None:
    before = ago(database_engine, 50)
    assert browser.get("/notices/unread", headers=headers).status_code == 200
    assert seen(database_engine) == before
    ago(database_engine, 61)
    assert browser.get("/notices/unread", headers=headers).status_code in (302, 401)


def test_it_is_noted_once_a_minute_and_in_no_statement_more(
    browser: FlaskClient, database_engine: Engine, statements: list[str]
) -> None:
    lately = ago(database_engine, 0.5)
    statements.clear()
    browser.get("/notices/unread")
    assert seen(database_engine) == lately
    written = len(statements)
    before = ago(database_engine, 2)
    statements.clear()
    browser.get("/notices/unread")
    assert seen(database_engine) > before
    assert len(statements) == written


def test_a_program_with_a_token_may_be_idle(browser: FlaskClient, database_engine: Engine) -> None:
    token = browser.post("/api/token").json
    assert token is not None
    ago(database_engine, 600)
    other = browser.application.test_client()
    assert other.get("/api/session", headers={"Authorization": f"Bearer {token['token']}"}).status_code == 200
    assert browser.get("/api/session").status_code == 401


def test_the_settings_say_how_long() -> None:
    assert read({}).idle == timedelta(hours=1)
    assert read({"REGLAMENT_IDLE_MINUTES": "15"}).idle == timedelta(minutes=15)
    with pytest.raises(ValueError, match="REGLAMENT_IDLE_MINUTES"):
        read({"REGLAMENT_IDLE_MINUTES": "0"})
