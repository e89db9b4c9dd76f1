"""People as administrators find and keep them, as pages without a browser."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.actions.people import people
from app.actions.people.guessing import ATTEMPTS
from tests.api.models import ONE_TASK

TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
See = Callable[..., str]


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> See:
    """`see(path, person, status, lang, form)`: what a page says; POST with a form."""

    def run(path: str, person: str = "admin", status: int = 200, lang: str = "ru", form: Any = None) -> str:
        headers = {**as_user(person), "Accept-Language": lang}
        answer = client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


def test_people_are_found_by_name_role_and_state(see: See, statements: list[str]) -> None:
    people._verified.clear()  # what this process has checked before is not seen as signing in
    see("/admin/people", CLERK, 403)
    assert CLERK in see("/admin/people?q=clerk")
    statements.clear()
    assert f"/admin/people/{CLERK}" in see(f"/admin/people?q=CLERK&organisation={TENANT}&role=clerk")
    assert len(statements) == 5, statements
    assert "Никого не найдено" in see(f"/admin/people?q=clerk%25&organisation={TENANT}")
    assert "/admin/people/admin" not in see("/admin/people?q=admin&state=never")
    assert f"head.{TENANT}" in see("/admin/people?q=head&state=never")
    assert "Никого не найдено" in see("/admin/people?state=locked")


def test_one_person_with_all_that_he_holds_takes_a_known_number_of_statements(
    see: See, deploy: Any, start: Callable[..., str], statements: list[str]
) -> None:
    see(f"/admin/people/{CLERK}", CLERK, 403)
    see("/admin/people/nobody", status=404)
    assert "Открытых задач нет" in see(f"/admin/people/{CLERK}")
    statements.clear()
    see(f"/admin/people/{CLERK}")
    assert len(statements) == 10, statements


def test_a_file_is_shown_then_done_then_its_people_choose_their_passwords(
    client: FlaskClient, as_user: Callable[[str], dict[str, str]], see: See
) -> None:
    admin = {**as_user("admin"), "Accept-Language": "ru"}

    def upload(content: bytes) -> Any:
        return client.post("/admin/import", data={"file": (BytesIO(content), "люди.csv")}, headers=admin)

    wrong = upload("id;Фамилия\nx;Ли\n".encode("cp1251"))
    assert (wrong.status_code, "Windows-1251" in wrong.text, "CSV UTF-8" in wrong.text) == (400, True, True)
    made = upload(f"id;Фамилия;Организация;Роли\n{CLERK};Ли;;\nmarat;=Ким;{TENANT};clerk\n".encode())
    shown = see(made.location)
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', shown)
    assert fingerprint is not None
    see(made.location, form={"fingerprint": "0" * 64}, status=409)
    see(made.location, CLERK, form={"fingerprint": fingerprint[1]}, status=403)
    see(made.location, form={"fingerprint": fingerprint[1]}, status=303)
    assert "Добавлен 1 человек" in see(made.location)
    see(made.location, form={"fingerprint": fingerprint[1]})
    [_, [name, called, _, link, _]] = list(
        csv.reader(see(f"{made.location}/invitations", form={}).splitlines(), delimiter=";")
    )
    assert (name, called) == ("marat", "'=Ким")
    code = link.partition("code=")[2]
    for chosen, status in (("short", 400), ("a long enough password", 303), ("a long enough password", 400)):
        given = {"code": code, "password": chosen, "again": chosen}
        assert client.post("/invitation", data=given).status_code == status, chosen
    signed = client.post("/sign-in", data={"username": "marat", "password": "a long enough password"})
    assert signed.status_code == 303
    assert len(see(f"{made.location}/invitations", form={}).splitlines()) == 1


def test_roles_and_organisations_are_kept_with_a_log_that_never_tells_the_secret(
    see: See, statements: list[str]
) -> None:
    for path in ("/admin/roles", "/admin/roles/clerk", "/admin/organisations", f"/admin/organisations/{TENANT}"):
        see(path, CLERK, 403)
        see(path)
    see("/admin/roles", form={"id": "два слова", "kk": "а"}, status=400)
    see("/admin/roles", form={"id": "lawyer", "kk": "Заңгер", "ru": "Юрист"}, status=303)
    see("/admin/roles/lawyer", form={"kk": "Заңгер", "ru": "Правовед"}, status=303)
    assert "Юрист → Правовед" in see("/admin/roles/lawyer")
    see(f"/admin/people/{CLERK}/role", form={"organisation": TENANT, "role": "lawyer"}, status=303)
    see("/admin/roles/lawyer/remove", form={}, status=409)
    see(f"/admin/people/{CLERK}/take", form={"organisation": TENANT, "role": "lawyer"}, status=303)
    see("/admin/roles/lawyer/remove", form={}, status=303)
    see("/admin/roles/clerk/remove", form={}, status=409)
    path, secret = f"/admin/organisations/{TENANT}", "s" * 40
    settled = {"percent": "30", "webhookUrl": "https://edo.example.kz/events", "webhookSecret": secret}
    assert "от 1 до 90" in see(path, form={**settled, "percent": "95"}, status=400)
    see(path, form=settled, status=303)
    see(path, form={**settled, "percent": "25", "webhookSecret": ""}, status=303)
    statements.clear()
    shown = see(path)
    assert ("30 → 25" in shown, secret in shown) == (True, False)
    assert len(statements) == 7, statements
    statements.clear()
    see("/admin/roles")
    see("/admin/organisations")
    assert len(statements) == 4, statements


def test_who_is_deactivated_gets_in_no_more_and_somebody_else_has_his_tasks(
    client: FlaskClient, see: See, as_user: Callable[[str], dict[str, str]], deploy: Any, start: Any
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    [task] = client.get("/engine-rest/task", headers=as_user(CLERK)).json
    assert client.post(f"/engine-rest/task/{task['id']}/claim", json={}, headers=as_user(CLERK)).status_code == 204
    assert client.delete(f"/engine-rest/user/{CLERK}", headers=as_user("admin")).status_code == 409
    page = f"/admin/people/{CLERK}"
    made = see(f"{page}/token", form={"name": "робот", "days": "30"})
    [secret] = re.findall(r"<code>([\w-]+)</code>", made)
    assert secret not in see(page)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/session", headers=bearer).json["user"]["id"] == CLERK
    see(f"{page}/deactivate", form={"reason": " "}, status=400)
    heir = {f"heir.{TENANT}": f"applicant.{TENANT}", "reason": "Ушёл"}
    assert "не передать" in see(f"{page}/deactivate", form=heir, status=409)
    assert client.get("/api/session", headers=bearer).status_code == 200
    see(f"{page}/deactivate", form={**heir, f"heir.{TENANT}": ""}, status=303)
    for headers in (bearer, as_user(CLERK)):
        assert client.get("/api/session", headers=headers).status_code == 401
    assert client.get(f"/engine-rest/task/{task['id']}", headers=as_user("admin")).json["assignee"] is None
    assert "Ушёл" in see(page)
    see(f"{page}/role", form={"organisation": TENANT, "role": "clerk"}, status=409)
    see(f"{page}/reactivate", form={"reason": "Вернулся"}, status=303)
    assert client.get("/api/session", headers=as_user(CLERK)).json["organisations"] == {TENANT: ["clerk"]}


def test_somebody_is_left_who_administers(
    client: FlaskClient, see: See, as_user: Callable[[str], dict[str, str]]
) -> None:
    for act, given in (("deactivate", {}), ("administrator", {"take": "1"}), ("password", {})):
        see(f"/admin/people/admin/{act}", form={"reason": "x", **given}, status=409)
    see(f"/admin/people/{CLERK}/administrator", form={"reason": "x", "give": "1"}, status=303)
    invited = see("/admin/people/admin/password", CLERK, form={"reason": "забыл"})
    assert "/invitation?code=" in invited
    assert client.get("/api/session", headers=as_user("admin")).status_code == 401
    for act, given in (("deactivate", {}), ("administrator", {"take": "1"})):
        see(f"/admin/people/admin/{act}", CLERK, form={"reason": "x", **given}, status=303)
    see(f"/admin/people/{CLERK}/administrator", CLERK, form={"reason": "x", "take": "1"}, status=409)


def test_who_was_refused_for_wrong_passwords_is_found_and_let_in_again(client: FlaskClient, see: See) -> None:
    person = f"oversight_officer.{TENANT}"
    for _ in range(ATTEMPTS):
        client.post("/sign-in", data={"username": person, "password": "wrong"})
    right = {"username": person, "password": "demo"}
    assert client.post("/sign-in", data=right).status_code == 429
    found = see("/admin/people?state=locked")
    assert (f"/admin/people/{person}" in found, f"/admin/people/head.{TENANT}" in found) == (True, False)
    see(f"/admin/people/{person}/unlock", form={}, status=303)
    assert client.post("/sign-in", data=right).status_code == 303
    assert "Вход открыт" in see(f"/admin/people/{person}")
