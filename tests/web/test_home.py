"""Where the work of each begins after signing in."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from app.actions.models.seed import DEMO_PASSWORD
from tests.api.models import ONE_TASK

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK, HEAD, EXECUTOR, COMMISSION = (f"{role}.{TENANT}" for role in ("clerk", "head", "executor", "commission"))
MINE, GROUPS, CASES, TEAM, OVERVIEW = "/tasks?view=mine", "/tasks?view=groups", "/cases", "/team", "/team/organisations"


@pytest.fixture
def home(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[[str], str]:
    return lambda person: str(client.get("/", headers=as_user(person)).location)


def test_everybody_begins_with_the_own_work_else_with_that_of_the_groups_or_the_team(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., object],
    start: Callable[..., str],
    home: Callable[[str], str],
    statements: list[str],
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    people = (CLERK, HEAD, EXECUTOR, COMMISSION, f"applicant.{TENANT}", "admin")
    assert [home(person) for person in people] == [GROUPS, TEAM, MINE, MINE, CASES, OVERVIEW]
    [task] = client.get("/engine-rest/task", headers=as_user("admin")).json
    client.post(f"/engine-rest/task/{task['id']}/claim", json={"userId": CLERK}, headers=as_user(CLERK))
    statements.clear()
    assert home(CLERK) == MINE
    assert len(statements) <= 3, "\n".join(statements)


def test_the_list_that_was_looked_at_is_come_back_to_until_one_signs_in_anew(
    client: FlaskClient, as_user: Callable[[str], Headers], home: Callable[[str], str]
) -> None:
    client.get("/tasks?view=all&q=алма", headers=as_user(HEAD))
    assert home(HEAD) == "/tasks"
    answer = client.post("/sign-in", data={"username": HEAD, "password": DEMO_PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert home(HEAD) == TEAM


def test_an_administrator_sees_all_organisations_and_what_leads_on(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., object],
    start: Callable[..., str],
    statements: list[str],
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    statements.clear()
    answer = client.get(OVERVIEW, headers={**as_user("admin"), "Accept-Language": "ru"})
    assert len(statements) <= 3, "\n".join(statements)
    text = unescape(answer.text)
    assert re.findall(r'href="/team/tasks\?organisation=([^&"]+)" aria-label="Открыто, [^"]*: (\d+)"', text) == [
        (TENANT, "1")
    ]
    assert all(f'href="{path}"' in text for path in ("/cases", "/tasks?view=all", "/absences", "/docs/"))
    assert client.get(OVERVIEW, headers=as_user(HEAD)).status_code == 403


def test_a_first_visit_is_no_session_that_has_ended(client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    ended = "Your session has ended"
    assert ended not in client.get("/", headers=english, follow_redirects=True).text
    client.set_cookie("reglament_session", "over")
    assert ended in client.get("/", headers=english, follow_redirects=True).text


def test_the_frame_and_the_settings_say_who_is_signed_in(
    client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    headers = {**as_user(EXECUTOR), "Accept-Language": "ru"}
    for path in ("/cases", "/settings"):
        text = unescape(client.get(path, headers=headers).text)
        assert re.search(rf'title="Управление: Ответственный исполнитель".*<b>{EXECUTOR}</b>', text, re.S)
    assert f"Имя пользователя: {EXECUTOR}" in text
    text = client.get("/cases", headers={**as_user("admin"), "Accept-Language": "ru"}).text
    assert re.search(r'<b>admin</b>\s*<span class="quiet-text">Администратор</span>', text)
