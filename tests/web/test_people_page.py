"""People as administrators find and keep them, as pages without a browser."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

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
