"""Finding cases: who sees which, by which words, and what it asks of the database."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.store.tables import Instance, Task
from tests.web.cases.licence import APPLICANT, CLERK, HEAD, STRANGER, TENANT

Headers = dict[str, str]


def names(text: str) -> list[str]:
    """The applicants on a list, from above."""
    return re.findall(r'class="who"><a [^>]*>([^<]+)</a>', text)


@pytest.mark.parametrize(
    "words",
    [
        *("МҰНАЙ", "мунай газ", "жшс Газ", "180540012343", "80540", "B-77", "А-2026-000077", "а-2026", "A-2026-000077"),
        *("мұнайдың", "K-2026-000020", "Қ-2026-000020", "жобалау мұнай", "проектную газ"),
    ],
)
def test_a_case_is_found_by_number_key_applicant_and_bin_in_any_case_and_folding(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], words: str
) -> None:
    found = {"applicantName": "«Мұнай-Газ» ЖШС", "applicantIdNumber": "180540012343"}
    found |= {"applicationNumber": "А-2026-000077", "documentNumber": "Қ-2026-000020"}
    start("design-licence", business_key="B-77", **found)
    start("design-licence", business_key="B-78", applicantName="«Көктем»", applicantIdNumber="990140000007")
    complete("B-77")
    complete("B-78")
    assert names(get(f"/cases?q={words}")) == ["«Мұнай-Газ» ЖШС"]


def test_what_a_step_changes_is_found_from_then_on(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Бұрынғы»")
    complete("B-1", applicantName="«Кейінгі»")
    assert names(get("/cases?q=бұрын")) == []
    assert names(get("/cases?q=КЕЙІН")) == ["«Кейінгі»"]


@pytest.mark.parametrize("words", ["жоқ нәрсе", "%%%", "_____", "'; --", "\\", "%00жоқ%00", "алма&service=%00x"])
def test_words_that_nothing_has_find_nothing(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], words: str
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Алма»")
    complete("B-1")
    assert names(get(f"/cases?q={words}")) == []


def test_the_title_of_the_service_finds_its_cases(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Алма»")
    complete("B-1")
    for words in ("жобалау", "ЛИЦЕНЗИИ на проектную", "design"):
        assert names(get(f"/cases?q={words}")) == ["«Алма»"]
    assert names(get("/cases?q=лабораторий")) == []


def test_only_the_services_of_the_organisation_are_offered(get: Callable[..., str]) -> None:
    offered = re.findall(r'<option value="([^"]+)"', get("/cases"))
    assert "design-licence" in offered
    assert "service-complaint" in offered
    assert "energy-saving-accreditation" not in offered
    assert 'value="energy-saving-accreditation"' in get("/cases", "admin")


def test_one_or_two_letters_are_too_few(get: Callable[..., str]) -> None:
    assert "три знака" in get("/cases?q=ал")


def test_who_may_see_a_case_is_the_same_for_the_list_and_the_page(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None]
) -> None:
    case = start("design-licence", business_key="B-1", user=APPLICANT, applicantName="«Алма»")

    def seen() -> set[str]:
        people = [f"{role}.{TENANT}" for role in ("applicant", "clerk", "executor", "head", "commission")]
        listed = {one for one in (*people, STRANGER, "admin") if names(get("/cases", one))}
        for one in (*people, STRANGER, "admin"):
            get(f"/cases/{case}", one, 200 if one in listed else 404)
            get(f"/cases/{case}/receipt", one, 200 if one in listed else 404)
        return listed

    assert seen() == {APPLICANT, "admin"}
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, "admin"}
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, f"executor.{TENANT}", "admin"}
    complete("B-1")
    complete("B-1")
    assert seen() == {APPLICANT, CLERK, f"executor.{TENANT}", HEAD, "admin"}


def test_an_applicant_sees_the_cases_that_he_has_started_or_is_assigned_in_alone(
    get: Callable[..., str], start: Callable[..., str], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    start("design-licence", business_key="B-1", user=APPLICANT, applicantName="«Өзінікі»")
    start("design-licence", business_key="B-2", applicantName="«Біреудікі»")
    assert names(get("/cases", APPLICANT)) == ["«Өзінікі»"]
    [task] = client.get("/engine-rest/task?processInstanceBusinessKey=B-2", headers=as_user("admin")).json
    body = {"userId": APPLICANT}
    assert (
        client.post(f"/engine-rest/task/{task['id']}/claim", json=body, headers=as_user(APPLICANT)).status_code == 204
    )
    assert names(get("/cases", APPLICANT)) == ["«Біреудікі»", "«Өзінікі»"]


def test_nobody_sees_cases_of_another_organisation(get: Callable[..., str], start: Callable[..., str]) -> None:
    start("design-licence", applicantName="«Алма»")
    assert names(get("/cases", STRANGER)) == []


def test_cases_are_filtered_by_service_state_and_lateness(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], database_engine: Engine
) -> None:
    for number, name in enumerate(("«Жүріп жатыр»", "«Кешіккен»", "«Тоқтаған»")):
        start("design-licence", business_key=f"B-{number}", applicantName=name)
        complete(f"B-{number}")
    with Session(database_engine) as session, session.begin():
        late = session.query(Instance).filter_by(business_key="B-1").one()
        session.execute(update(Task).where(Task.instance_id == late.id).values(due_at=late.started_at))
        ended = session.query(Instance).filter_by(business_key="B-2").one()
        ended.ended_at, ended.end_state = late.started_at, "EXTERNALLY_TERMINATED"
    assert names(get("/cases?overdue=1")) == ["«Кешіккен»"]
    assert names(get("/cases?state=terminated")) == ["«Тоқтаған»"]
    assert names(get("/cases?state=running")) == ["«Кешіккен»", "«Жүріп жатыр»"]
    assert names(get("/cases?state=ended")) == []
    assert len(names(get("/cases?service=design-licence&state=nonsense"))) == 3
    assert names(get("/cases?service=survey-licence")) == []


def test_a_paused_case_is_late_only_if_it_was_when_its_clock_stopped(
    get: Callable[..., str], start: Callable[..., str], complete: Callable[..., None], database_engine: Engine
) -> None:
    start("design-licence", business_key="B-1", applicantName="«Тұр»")
    complete("B-1")
    with Session(database_engine) as session, session.begin():
        case = session.query(Instance).filter_by(business_key="B-1").one()
        begun = case.started_at
        stood = {"due_at": begun, "stands_since": begun - timedelta(seconds=1)}
        session.execute(update(Task).where(Task.instance_id == case.id).values(**stood))
    assert names(get("/cases?overdue=1")) == []
    with Session(database_engine) as session, session.begin():
        case = session.query(Instance).filter_by(business_key="B-1").one()
        session.execute(
            update(Task).where(Task.instance_id == case.id).values(stands_since=begun + timedelta(seconds=1))
        )
    assert names(get("/cases?overdue=1")) == ["«Тұр»"]


def test_pages_follow_one_another_both_ways_without_a_gap(
    get: Callable[..., str], start: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.cases.PAGE", 3)
    for number in range(8):
        start("design-licence", applicantName=f"№{number}")
    shown, page, pages = [], get("/cases", "admin"), 0
    while True:
        shown += names(page)
        pages += 1
        following = re.search(r'href="([^"]+)" rel="next"', page)
        if following is None:
            break
        page = get(following[1], "admin")
    assert shown == [f"№{number}" for number in range(7, -1, -1)]
    assert pages == 3
    back = re.search(r'href="([^"]+)" rel="prev"', page)
    assert back is not None
    assert names(get(back[1], "admin")) == ["№4", "№3", "№2"]
    assert names(get("/cases?before=nonsense&after=1-2", "admin")) == ["№7", "№6", "№5"]


@pytest.mark.parametrize("person", [CLERK, "admin"])
def test_a_page_of_cases_takes_seven_statements_however_long_it_is(
    get: Callable[..., str],
    start: Callable[..., str],
    complete: Callable[..., None],
    statements: list[str],
    person: str,
) -> None:
    for number in range(6):
        start("design-licence", business_key=f"B-{number}", applicantName=f"Өтініш {number}")
        complete(f"B-{number}")
    get("/cases", person)
    statements.clear()
    assert len(names(get("/cases?q=өтініш&state=running", person))) == 6
    assert len(statements) <= 7, "\n".join(statements)
