"""The page of the task list: what it asks of the database, and what its address means."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.lists import worklist
from app.actions.lists.list_queries import Wanted
from app.domain.ids import new_id
from app.store.tables import Comment, Document, Task
from app.web.pages import say

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Құжаттарды тексеру" camunda:candidateGroups="clerk">
<extensionElements><camunda:properties><camunda:property name="name.ru" value="Проверка документов"/>
<camunda:property name="name.en" value="Check of documents"/></camunda:properties></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""


@pytest.fixture
def listed(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    """The text of a list, in Kazakh unless another language is asked for."""

    def run(query: str, person: str = CLERK, lang: str = "kk") -> str:
        answer = client.get(f"/tasks?{query}", headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture(autouse=True)
def model(deploy: Callable[..., object]) -> None:
    deploy({"design-licence.bpmn": MODEL})


@pytest.mark.parametrize("person", [CLERK, "admin"])
def test_a_page_takes_ten_statements_however_long_it_is(
    listed: Callable[..., str], start: Callable[..., str], statements: list[str], person: str
) -> None:
    for number in range(12):
        start("design-licence", applicantName=f"Өтініш {number}")
    listed("view=all", person)
    statements.clear()
    text = listed("view=all&q=құжат&service=design-licence", person)
    assert text.count('name="task"') == 12
    assert len(statements) <= 10, "\n".join(statements)


@pytest.mark.parametrize(
    "words",
    [
        "ҚҰРЫЛЫС",
        "құрылыс",
        "курылыс",
        "әлімхан",
        "АЛИМХАН",
        "ТЕКСЕРУ",
        "проверка",
        "CHECK",
        "проектную",
        "Жобалау",
        "b-17 жоба",
        "құжатты",
        "құрылыстың",
        "ҚҰЖАТТАРМЕН",
    ],
)
def test_words_are_found_in_any_case_language_and_keyboard(
    listed: Callable[..., str], start: Callable[..., str], words: str
) -> None:
    start("design-licence", business_key="B-17", applicantName="«Әлімхан Құрылыс» ЖШС")
    assert "«Әлімхан Құрылыс» ЖШС" in listed(f"view=all&q={words}")
    assert "«Әлімхан Құрылыс» ЖШС" not in listed(f"view=all&q={words} жоқсөз")


def test_filters_leave_out_what_does_not_pass(listed: Callable[..., str], start: Callable[..., str]) -> None:
    start("design-licence", applicantName="Алма")
    for query in (
        "view=all",
        "view=groups",
        "view=all&step=ask&service=design-licence",
        "view=all&state=unassigned",
    ):
        assert "Алма" in listed(query), query
    for query in (
        "view=mine",
        "view=all&due=overdue",
        "view=all&role=head",
        "view=all&service=survey-licence",
        "view=all&state=held",
    ):
        assert "Алма" not in listed(query), query


def test_what_is_on_hold_is_found_until_its_day(
    listed: Callable[..., str], start: Callable[..., str], database_engine: Engine
) -> None:
    for name, until in (("Алма", timedelta(days=3)), ("Бәйтерек", timedelta(days=-3)), ("Жеті", None)):
        start("design-licence", applicantName=name)
        with Session(database_engine) as session, session.begin():
            held = None if until is None else datetime.now(UTC) + until
            session.execute(update(Task).where(Task.applicant == name).values(follow_up_at=held))
    text = listed("view=all&state=held")
    assert "Алма" in text
    assert "Бәйтерек" not in text
    assert "Жеті" not in text


def test_applicants_are_in_the_order_of_the_alphabet(listed: Callable[..., str], start: Callable[..., str]) -> None:
    names = ["Азат", "«Алма» ЖШС", "алтын", "Әлем", "Бек", "Қазына", "Лама", "Өрлеу", "Пана", "Ырыс", "Ізгі", "Юрта"]
    for name in (*reversed(names), None):
        start("design-licence", applicantName=name) if name else start("design-licence", business_key="Z-1")
    text = listed("view=all&sort=applicant")
    places = [text.index(f">{name}<") for name in (*names, "Z-1")]
    assert places == sorted(places)


def test_documents_are_counted_as_the_case_shows_them(
    listed: Callable[..., str], start: Callable[..., str], database_engine: Engine
) -> None:
    start("design-licence", applicantName="Алма")
    with Session(database_engine) as session, session.begin():
        task = session.scalars(select(Task).where(Task.applicant == "Алма")).one()
        for digest in (b"a" * 32, b"b" * 32, None):
            paper = {"name": "a.pdf", "size": 1, "added_by": CLERK, "added_at": task.created_at, "digest": digest}
            session.add(Document(id=new_id(), instance_id=task.instance_id, **paper))
        session.add(
            Comment(id=new_id(), instance_id=task.instance_id, task_id=task.id, at=task.created_at, message="?")
        )
    text = listed("view=all")
    assert "2 құжат" in text
    assert "1 түсініктеме" in text


def test_past_its_end_the_list_begins_anew(listed: Callable[..., str], start: Callable[..., str]) -> None:
    start("design-licence", applicantName="Алма")
    assert "Алма" in listed("view=all&from=9950")


def test_another_organisation_sees_nothing_of_it(listed: Callable[..., str], start: Callable[..., str]) -> None:
    start("design-licence", applicantName="Алма")
    assert "Алма" not in listed("view=all", "clerk.industrial-safety-committee")


def test_the_list_that_was_left_is_the_one_that_one_comes_back_to(
    client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    client.get("/tasks?view=all&due=week&q=құрылыс", headers=as_user(CLERK))
    client.get("/tasks?view=mine", headers={**as_user(CLERK), "HX-Request": "true"})
    answer = client.get("/tasks", headers=as_user(CLERK))
    assert answer.status_code == 302
    assert answer.location == "/tasks?view=all&due=week&q=%D2%9B%D2%B1%D1%80%D1%8B%D0%BB%D1%8B%D1%81"


@pytest.mark.parametrize(
    ("came", "words"),
    [
        ("2026-03-13 10:00+05", {"kk": "1 жұмыс күні", "ru": "1 рабочий день", "en": "1 working day"}),
        ("2026-03-14 10:00+05", {"kk": "0 жұмыс күні", "ru": "0 рабочих дней", "en": "0 working days"}),
        ("2026-03-15 00:30+05", {"kk": "бүгін", "ru": "сегодня", "en": "today"}),
        ("2026-03-03 10:00+05", {"kk": "8 жұмыс күні", "ru": "8 рабочих дней", "en": "8 working days"}),
    ],
)
def test_waiting_is_counted_in_working_days_from_the_day_it_came(
    start: Callable[..., str], app: Flask, database_engine: Engine, came: str, words: dict[str, str]
) -> None:
    """Seen on a Sunday."""
    start("design-licence", applicantName="Алма")
    sunday = datetime(2026, 3, 15, 18, tzinfo=ZoneInfo("Asia/Almaty"))
    with Session(database_engine) as session:
        task = session.scalars(select(Task)).one()
        task.created_at = datetime.fromisoformat(came)
        [row] = worklist.rows(session, [task], sunday)
    for lang, said in words.items():
        with app.test_request_context(headers={"Accept-Language": lang}):
            assert (say("waiting-today") if row.waiting is None else say("waiting", n=row.waiting)) == said


def test_a_search_that_finds_no_task_leads_to_the_cases(listed: Callable[..., str]) -> None:
    for lang, words in (("kk", "Істер арасынан іздеу"), ("ru", "Искать среди дел"), ("en", "Search the cases for")):
        text = listed("view=all&q=А-2026 <b>{n}", lang=lang)
        assert words in text
        assert 'href="/cases?q=%D0%90-2026+%3Cb%3E%7Bn%7D"' in text
    assert "Search the cases" not in listed("view=all&due=overdue", lang="en")


def test_the_next_is_offered_where_there_is_something_to_take(
    client: FlaskClient, as_user: Callable[[str], Headers], start: Callable[..., str], listed: Callable[..., str]
) -> None:
    hidden = re.compile(r'<form id="next"[^>]* hidden>')
    assert hidden.search(listed("view=mine"))
    start("design-licence", applicantName="Алма")
    assert not hidden.search(listed("view=mine"))
    assert hidden.search(listed("view=all&q=жоқсөз"))
    assert client.post("/tasks/next?view=mine", headers=as_user(CLERK)).status_code == 303
    assert hidden.search(listed("view=mine"))


def test_what_is_not_known_is_not_asked() -> None:
    asked = Wanted.of({"view": "x", "due": "never", "sort": "1", "step": "without-service", "q": "a\0b" * 200})
    assert asked == Wanted(q=("ab" * 200)[:200])
    assert Wanted.of(asked.to_dict()) == asked


def test_the_next_free_task_is_claimed_and_opened(
    client: FlaskClient, as_user: Callable[[str], Headers], start: Callable[..., str], listed: Callable[..., str]
) -> None:
    start("design-licence", applicantName="Алма")
    answer = client.post("/tasks/next?view=mine", headers=as_user(CLERK))
    assert answer.status_code == 303
    UUID(answer.location.rsplit("/", 1)[1])
    assert "Алма" in listed("view=mine")
    again = client.post("/tasks/next?view=groups", headers={**as_user(CLERK), "Accept-Language": "kk"})
    assert "бос тапсырма қалмады" in again.text


def test_a_choice_of_none_is_said_in_the_list(client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    answer = client.post("/tasks/bulk/claim?view=all", headers={**as_user(CLERK), "Accept-Language": "kk"})
    assert answer.status_code == 200
    assert "Ешбір тапсырма таңдалмаған." in answer.text


def test_a_filter_is_kept_shared_renamed_and_deleted(
    client: FlaskClient, as_user: Callable[[str], Headers], listed: Callable[..., str]
) -> None:
    kept = {"name": "Кешіккендер", "shared": f"clerk@{TENANT}"}
    assert client.post("/tasks/filters?view=all&due=overdue", data=kept, headers=as_user(CLERK)).status_code == 303
    assert "Кешіккендер" in listed("view=mine")
    assert "Кешіккендер" not in listed("view=mine", f"head.{TENANT}")
    page = unescape(client.get("/tasks/filters", headers=as_user(CLERK)).text)
    filter_id = page.split('/name"')[0].rsplit("/", 1)[1]
    client.post(f"/tasks/filters/{filter_id}/name", data={"name": "Асығыс"}, headers=as_user(CLERK))
    assert "Асығыс" in listed("view=mine")
    client.post(f"/tasks/filters/{filter_id}/delete", headers=as_user(CLERK))
    assert "Асығыс" not in listed("view=mine")


def test_pages_and_files_are_compressed_for_browsers_that_take_it(
    client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    for path in ("/tasks?view=all", "/static/built/reglament.css"):
        plain = client.get(path, headers=as_user(CLERK))
        packed = client.get(path, headers={**as_user(CLERK), "Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
