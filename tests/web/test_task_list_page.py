"""The page of the task list: what it asks of the database, and what its address means."""

import gzip
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from app.actions.list_queries import Wanted

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
        "view=all&assignee=unassigned",
    ):
        assert "Алма" in listed(query), query
    for query in ("view=mine", "view=all&due=overdue", "view=all&role=head", "view=all&service=survey-licence"):
        assert "Алма" not in listed(query), query


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
    for path in ("/tasks?view=all", "/static/reglament.css"):
        plain = client.get(path, headers=as_user(CLERK))
        packed = client.get(path, headers={**as_user(CLERK), "Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
