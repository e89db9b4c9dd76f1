"""People as administrators find and keep them, as pages without a browser."""

from collections.abc import Callable
from html import unescape
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
