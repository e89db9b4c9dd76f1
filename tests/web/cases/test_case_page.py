"""The page of a case: what it says, of which processes, and what it asks of the database."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.web.cases.licence import APPLICANT, CLERK, HEAD, TENANT

Headers = dict[str, str]


def test_the_page_of_a_case_says_all_of_it_within_fifteen_statements(
    get: Callable[..., str],
    start: Callable[..., str],
    complete: Callable[..., None],
    statements: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = start(
        "design-licence",
        business_key="B-1",
        applicationNumber="А-2026-000001",
        applicantName="«Алма» ЖШС",
        applicantIdNumber="180540012343",
        secretCode="техникалық",
    )
    complete("B-1")
    complete("B-1")
    get(f"/cases/{case}")
    monkeypatch.setattr("app.actions.models.models._kept", {})  # as a process that meets the models for the first time
    statements.clear()
    text = get(f"/cases/{case}")
    assert len(statements) <= 15, "\n".join(statements)
    for words in ("А-2026-000001", "«Алма» ЖШС", "Наименование", "180540012343", "Выдача лицензии на проектную"):
        assert words in text
    for words in ("в работе", "Проверка документов", "(основание: 5.1)", "завершил(а) шаг", "в срок", "Қол қою"):
        assert words in text
    assert "техникалық" not in text
    assert f'href="/tasks/{UUID(int=0)}'[:13] not in text, "the open step is the executor's"
    assert 'href="/tasks/' in get(f"/cases/{case}", f"executor.{TENANT}")


def test_the_term_of_the_whole_is_told_by_step_with_its_clause_in_the_unit_of_the_law(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("grid-connection-permit", business_key="B-1", applicantName="«Алма»")
    assert 'id="whole"' not in get(f"/cases/{case}"), "nothing can be counted before registration"
    complete("B-1")
    text = get(f"/cases/{case}")
    whole = text.partition('id="whole"')[2].partition("<details>")[0]
    for words in ("пункт 5, процедура 1", "15 минут рабочего времени", "пункт 5, процедура 3", "12 рабочих дней"):
        assert words in whole
    assert re.search("осталось 1[34] рабочих дней", text)
    assert "Версия календаря" not in text


def test_a_result_is_shown_with_its_signer_and_stands_in_the_history(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    get: Callable[..., str],
    start: Callable[..., str],
    complete: Callable[..., None],
) -> None:
    case = start("grid-connection-permit", business_key="B-1", applicantName="«Алма»", resultKind="issued")
    complete("B-1")
    [task] = client.get("/engine-rest/task?processInstanceBusinessKey=B-1", headers=as_user("admin")).json
    client.post(f"/engine-rest/task/{task['id']}/claim", json={"userId": HEAD}, headers=as_user(HEAD))
    given = {"variables": {"headSignature": {"value": True}, "signingNote": {"value": "Толық тексерілді"}}}
    signed = client.post(f"/engine-rest/task/{task['id']}/complete", json=given, headers=as_user(HEAD))
    assert signed.status_code == 204, signed.text
    text = get(f"/cases/{case}", lang="kk")
    card = text.partition(">Нәтиже<")[2].partition("</section>")[0]
    for words in ("Рұқсат", "Қ-20", "Берілген күні", "Қол қойған", HEAD):
        assert words in card
    history = text.partition('id="history"')[2]
    for words in ("нәтижені тіркеді: Рұқсат, № Қ-20", "істі аяқтады: Рұқсат", "Толық тексерілді"):
        assert words in history
    assert history.index("істі аяқтады") < history.index("нәтижені тіркеді") < history.index("қол қойды"), (
        "the last first"
    )


def test_an_applicant_is_not_told_how_the_office_does_its_work(
    client: FlaskClient, as_user: Callable[[str], Headers], get: Callable[..., str], start: Callable[..., str]
) -> None:
    case = start("grid-connection-permit", business_key="B-1", user=APPLICANT, applicantName="«Алма»")
    [task] = client.get("/engine-rest/task?processInstanceBusinessKey=B-1", headers=as_user("admin")).json
    client.post(f"/engine-rest/task/{task['id']}/claim", json={"userId": CLERK}, headers=as_user(CLERK))
    comment = client.post(
        f"/engine-rest/task/{task['id']}/comment/create", json={"message": "ішкі"}, headers=as_user(CLERK)
    )
    assert comment.status_code == 200
    for_staff, for_applicant = get(f"/cases/{case}"), get(f"/cases/{case}", APPLICANT)
    for words in ("ішкі", "взял(а) шаг", "Сроки всех шагов"):
        assert words in for_staff
        assert words not in for_applicant
    assert CLERK not in for_applicant
    listed = get("/cases", APPLICANT)
    assert "«Алма»" in listed
    assert "С просроченным шагом" not in listed
    assert "начал(а) дело" in for_applicant


def test_the_diagrams_are_those_of_the_case_alone(
    client: FlaskClient, as_user: Callable[[str], Headers], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", applicantName="«Алма»")
    complete("B-1")
    other = start("design-licence", business_key="B-2", applicantName="«Бөтен»")
    drawn = client.get(f"/cases/{case}/diagrams/{case}", headers=as_user(CLERK)).json
    assert (drawn["here"], sorted(drawn["walked"])) == (["check"], ["ask", "f1", "f2", "start"])
    assert (
        "Такого дела нет"
        in client.get(f"/cases/{UUID(int=1)}", headers=as_user(CLERK) | {"Accept-Language": "ru"}).text
    )
    assert client.get(f"/cases/{case}/diagrams/{other}", headers=as_user(CLERK)).status_code == 404
    assert client.get(f"/cases/{case}/diagrams/{case}", headers=as_user(HEAD)).status_code == 404


def test_a_complaint_and_the_case_that_it_is_about_lead_to_each_other(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", applicationNumber="А-1", applicantName="«Алма»")
    complaint = start("design-licence", business_key="B-2", applicantName="«Алма»", complainedCaseId=case)
    complete("B-1")
    assert f"/cases/{complaint}" not in get(f"/cases/{case}"), "the complaint is not for the clerk yet"
    complete("B-2")
    assert f"/cases/{complaint}" in get(f"/cases/{case}")
    assert f"/cases/{case}" in get(f"/cases/{complaint}")
