"""What a leader is told of the terms of others, and what the case tells of a term that is over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.people import notices
from app.store.tables import Notice, Task
from tests.web.desk import EXECUTOR, HEAD, TENANT, Desk

NOW = datetime.now(UTC)


@pytest.fixture
def late(desk: Desk, database_engine: Engine) -> UUID:
    """The task is overdue and everybody has been told."""
    task = UUID(desk.task)
    with Session(database_engine) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=NOW - timedelta(minutes=5)))
        notices.remind(session, NOW, mail=False)
    return task


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "Ұйымдағы тапсырманың мерзімі өтті"),
        ("ru", "В вашей организации просрочена задача"),
        ("en", "A task of your organisation is overdue"),
    ],
)
@pytest.mark.usefixtures("late")
def test_who_leads_reads_what_is_late_and_comes_to_the_late_tasks_of_the_team(
    client: FlaskClient, as_user: Callable[..., dict[str, str]], database_engine: Engine, lang: str, words: str
) -> None:
    headers = {**as_user(HEAD), "Accept-Language": lang}
    page = unescape(client.get("/notices", headers=headers).text)
    assert words in page
    assert "«Әлем» ЖШС" in page
    with Session(database_engine) as session:
        [notice] = session.scalars(select(Notice.id).where(Notice.user_id == HEAD, Notice.kind == "team-overdue"))
    opened = client.get(f"/notices/{notice}", headers=headers)
    assert opened.location == f"/team/tasks?organisation={TENANT}&late=1"
    assert "B-1" in client.get(opened.location, headers=headers).text


@pytest.mark.parametrize(("lang", "words"), [("kk", "мерзімі өткенін белгіледі"), ("ru", "истёк"), ("en", "is over")])
@pytest.mark.usefixtures("late")
def test_the_case_tells_that_a_term_is_over(desk: Desk, lang: str, words: str) -> None:
    desk.act("claim")
    assert words in desk.see(EXECUTOR, lang)
