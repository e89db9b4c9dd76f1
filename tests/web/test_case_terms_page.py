"""The terms of a case on the admin's pages: seen on one scale, held up, let go on and extended as far as the act allows."""

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.api.timed_cases import HEAD, Cases, due, step

Headers = dict[str, str]
Ask = Callable[..., tuple[int, str]]
STATEMENTS = 8
"""Sign-in included."""


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    """The status and the words of the page of a case, or of what is done there."""

    def run(case: str, act: str = "/clock", person: str = "admin", **form: str) -> tuple[int, str]:
        path, headers = f"/admin/instances/{case}/terms{act}", {**as_user(person), "Accept-Language": "ru"}
        answer = client.post(path, data=form, headers=headers) if form else client.get(path, headers=headers)
        return answer.status_code, unescape(answer.text)

    return run


def test_a_pause_takes_the_working_time_that_passed_and_stands_on_the_scale(ask: Ask, cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    assert ask(case, "/pause", clause="10", reason="Слушание")[0] == 303
    cases.at("2026-03-17 12:00")
    _, text = ask(case)
    assert "Слушание" in text
    assert '<rect class="pause-part"' in text
    assert ask(case, "/pause", clause="10", reason="Ещё раз")[0] == 409
    assert ask(case, "/resume", reason="Слушание прошло")[0] == 303
    found = cases.terms(case)
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-26 11:00"
    text = ask(case)[1]
    assert text.count(">26.03.2026 11:00</time>") == 2
    assert "Почему именно этот срок?" in text


def test_an_extension_is_told_with_what_its_clause_still_leaves(ask: Ask, cases: Cases) -> None:
    case = cases.hearing()
    extension = {"allowance": "workingDays|16", "reason": "Дополнительная проверка"}
    assert "всего 3 рабочих дня, осталось 3 рабочих дня" in ask(case)[1]
    status, text = ask(case, "/extend", **extension, amount="4")
    assert (status, "основанию (16)" in text, "Дополнительная проверка" in text) == (400, True, True)
    assert ask(case, "/extend", **extension, amount="2")[0] == 303
    assert "осталось 1 рабочий день" in ask(case)[1]
    status, text = ask(case, "/extend", **extension, amount="2")
    assert (status, "основанию (16)" in text) == (409, True)
    assert ask(case, "/extend", **extension, amount="1")[0] == 303
    assert "Всё продление, которое позволяет акт, использовано" in ask(case)[1]


def test_what_the_act_does_not_allow_now_is_refused_with_the_clauses_that_allow_it(ask: Ask, cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    case = cases.start()
    _, text = ask(case)
    assert "На нынешнем шаге акт не позволяет приостановить срок" in text
    assert "Hold the hearing (пункт 10)" in text
    status, text = ask(case, "/pause", clause="10", reason="Слушание")
    assert (status, "по пунктам и на их шагах: 10; 73-бап" in text) == (400, True)
    status, text = ask(case, "/extend", allowance="workingDays|16", amount="1", reason="Проверка")
    assert (status, "по пунктам и на их шагах: 16" in text) == (400, True)


def test_a_reason_is_asked_for_and_others_than_administrators_are_refused(ask: Ask, cases: Cases) -> None:
    case = cases.hearing()
    assert ask(case, "/pause", clause="10", reason=" ")[0] == 400
    assert [ask(case, person=HEAD)[0], ask(case, "/pause", HEAD, clause="10", reason="да")[0]] == [403, 403]
    assert ask("00000000-0000-0000-0000-000000000001")[0] == 404


def test_the_page_takes_a_known_number_of_statements(ask: Ask, cases: Cases, statements: list[str]) -> None:
    case, short = cases.hearing(), cases.start()
    taken = []
    for one in (short, case, case):
        statements.clear()
        assert ask(one)[0] == 200
        taken.append(len(statements))
    assert max(taken) == STATEMENTS, taken
