"""The story of a case: what staff read of it, what an applicant does, and in which order."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.lists import bulk
from app.actions.people.people import actor_of
from app.domain.models.values import Variable
from app.store.tables import Task
from tests.web.desk import EXECUTOR, OTHER, TENANT, Desk, Headers, in_days

APPLICANT = f"applicant.{TENANT}"


@pytest.fixture
def applied(desk: Desk, start: Callable[..., str], database_engine: Engine) -> tuple[Desk, str]:
    """A desk with the case of an applicant, and that case."""
    case = start("design-licence", user=APPLICANT, applicantName="Әлем")
    with Session(database_engine) as session:
        task = session.scalars(select(Task).where(Task.instance_id == UUID(case))).one()
    return Desk(desk.client, desk.as_user, str(task.id)), case


def story(client: FlaskClient, headers: Headers, case: str) -> str:
    page = unescape(client.get(f"/cases/{case}", headers={**headers, "Accept-Language": "ru"}).text)
    return page[page.index('id="history"') :]


def test_an_applicant_reads_how_his_case_goes_and_not_how_the_office_works(
    applied: tuple[Desk, str], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    desk, case = applied
    desk.act("claim")
    desk.act("comment", message="спросить юриста")
    desk.act("hold", until=in_days(3), reason="юрист в отпуске")
    desk.act("delegate", person=OTHER)
    desk.act("take-back")
    desk.act("pause", reason="заболел эксперт", clause="9")
    desk.act("resume", reason="эксперт здоров")
    assert desk.send({"decision": "refuse", "refusalText": "нет согласования"})[0] == 200
    his, ours = story(client, as_user(APPLICANT), case), story(client, as_user(EXECUTOR), case)
    internal = ("спросить юриста", "юрист в отпуске", "Айгүл", "взял(а)", "заболел эксперт", "нет согласования")
    for said in internal:
        assert said not in his
        assert said in ours
    for said in ("начал(а) дело", "приостановил(а) срок дела", "завершил(а) шаг «Подготовка проекта»"):
        assert said in his
    answers = re.search(r"<dl.*?</dl>", ours, re.DOTALL)
    assert answers is not None
    assert re.findall(r"<d[td]>(.*?)</d[td]>", answers[0]) == ["Нәтиже", "Отказ", "Мәтіні", "нет согласования"]


def test_a_task_that_is_taken_and_completed_at_once_is_told_in_that_order(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    with Session(database_engine) as session, session.begin():
        task = session.get_one(Task, UUID(desk.task))
        given = {"decision": Variable("approve", "String")}
        [outcome] = bulk.complete(session, actor_of(session, EXECUTOR), [task.id], given, datetime.now(UTC))
        assert outcome.done
        case = str(task.instance_id)
    told = story(client, as_user(EXECUTOR), case)
    assert told.index("завершил(а)") < told.index("взял(а)") < told.index("начал(а)"), "the newest first"
