"""Starting a case from the pages: which services, the form, one case a form, the receipt."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.web.test_cases_page import APPLICANT, CLERK, FORM, MODEL, SIGNING, STRANGER, TENANT

Headers = dict[str, str]
GIVEN = {"applicantName": "«Алма» ЖШС", "applicantIdNumber": "180540012343"}
PATH = f"/start/{TENANT}/design-licence"


@pytest.fixture(autouse=True)
def model(deploy: Callable[..., object]) -> None:
    deploy({"signing.bpmn": SIGNING, "design-licence.bpmn": MODEL, "application.form": FORM})


@pytest.fixture
def get(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(path: str, person: str = CLERK, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def send(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., Any]:
    """Send a form; gives the answer."""

    def run(form: str, data: Any, person: str = CLERK) -> Any:
        headers = {**as_user(person), "Accept": "application/json", "Accept-Language": "ru"}
        return client.post(f"{PATH}/{form}", json=data, headers=headers)

    return run


def test_a_person_chooses_among_the_services_of_his_organisation(get: Callable[..., str]) -> None:
    assert f'href="{PATH}"' in get("/start")
    assert "signing" not in get("/start"), "people do not start what is only called"
    assert PATH not in get("/start", STRANGER)
    assert PATH in get("/start", "admin")


@pytest.mark.parametrize("words", ["лицензии НА", "ЖОБАЛАУ", "жобалау қызмет", "Design licence", "436"])
def test_a_service_is_found_in_three_languages(get: Callable[..., str], words: str) -> None:
    assert PATH in get(f"/start?q={words}", lang="kk")


def test_a_service_that_does_not_match_is_not_shown(get: Callable[..., str]) -> None:
    assert PATH not in get("/start?q=жоқ")


def test_what_the_organisation_has_started_lately_comes_first(
    get: Callable[..., str], start: Callable[..., str]
) -> None:
    assert get("/start").count(PATH) == 1
    start("design-licence", applicantName="«Алма»")
    assert get("/start").count(PATH) == 2


def test_the_choice_takes_six_statements_and_the_form_nine(get: Callable[..., str], statements: list[str]) -> None:
    get("/start")
    statements.clear()
    get("/start")
    assert len(statements) <= 6, "\n".join(statements)
    get(PATH)
    statements.clear()
    get(PATH)
    assert len(statements) <= 9, "\n".join(statements)


def test_the_form_is_in_the_language_of_the_person(get: Callable[..., str]) -> None:
    assert [_labels(get(PATH, lang=lang))[0] for lang in ("kk", "ru", "en")] == ["Атауы", "Наименование", "Name"]
    get(PATH, STRANGER, 404)
    get(f"/start/{TENANT}/signing", status=404)


def _labels(text: str) -> list[str]:
    found = re.search(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return [component["label"] for component in json.loads(found[1])["schema"]["components"]]


def test_each_form_that_is_opened_has_a_key_of_its_own(get: Callable[..., str]) -> None:
    keys = {re.search(rf'data-complete="{PATH}/([^"]+)"', get(PATH))[1] for _ in range(2)}  # type: ignore[index]
    assert len(keys) == 2


def test_a_form_that_is_sent_twice_starts_one_case(
    get: Callable[..., str], send: Callable[..., Any], as_user: Callable[[str], Headers], client: FlaskClient
) -> None:
    form = str(uuid4())
    first, second = send(form, GIVEN), send(form, GIVEN)
    assert first.status_code == second.status_code == 200
    assert first.json["next"] == second.json["next"]
    assert client.get("/engine-rest/process-instance/count", headers=as_user("admin")).json == {"count": 1}
    assert send(form, GIVEN, APPLICANT).status_code == 404
    send(str(uuid4()), GIVEN)
    assert client.get("/engine-rest/process-instance/count", headers=as_user("admin")).json == {"count": 2}


def test_a_double_click_starts_one_case(
    client: FlaskClient, as_user: Callable[[str], Headers], together: Callable[..., list[int]]
) -> None:
    request = (f"{PATH}/{uuid4()}", GIVEN, {**as_user(CLERK), "Accept": "application/json"})
    assert together(request, request, request) == [200, 200, 200]
    assert client.get("/engine-rest/process-instance/count", headers=as_user("admin")).json == {"count": 1}


def test_what_is_wrong_is_said_by_field_and_the_form_may_be_sent_again(send: Callable[..., Any]) -> None:
    form = str(uuid4())
    answer = send(form, {"applicantIdNumber": "1"})
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json["fields"]] == ["applicantName"]
    assert send(form, GIVEN).status_code == 200


@pytest.mark.parametrize("data", [[], "text", 7])
def test_a_form_that_was_tampered_with_is_refused(send: Callable[..., Any], data: Any) -> None:
    assert send(str(uuid4()), data).status_code == 400


def test_nobody_starts_a_case_of_another_organisation(send: Callable[..., Any]) -> None:
    assert send(str(uuid4()), GIVEN, STRANGER).status_code == 404


def test_a_script_whose_session_has_ended_is_told_so(client: FlaskClient) -> None:
    answer = client.post(f"{PATH}/{uuid4()}", json=GIVEN, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["fields"]) == (401, [])


def test_the_receipt_names_what_was_received_in_kazakh_and_russian(
    get: Callable[..., str], send: Callable[..., Any], statements: list[str]
) -> None:
    path = send(str(uuid4()), {**GIVEN, "attachedDocuments": "Өтініш;\n\nДиплом"}).json["next"]
    get(path)
    statements.clear()
    text = get(path, lang="en")
    assert len(statements) <= 10, "\n".join(statements)
    for words in ("Өтініштің қабылданғаны туралы қолхат", "Расписка о приёме заявления", "«Алма» ЖШС", "180540012343"):
        assert words in text
    for words in ("Жобалау қызметіне лицензия беру", "Выдача лицензии на проектную деятельность", "K-"):
        assert words in text
    assert re.findall("<li>([^<]+)</li>", text) == ["Өтініш", "Диплом"]
    assert f"<td>{CLERK}<span" in text


def test_nobody_has_received_what_an_applicant_has_sent_himself(
    get: Callable[..., str], send: Callable[..., Any]
) -> None:
    path = send(str(uuid4()), GIVEN, APPLICANT).json["next"]
    assert APPLICANT not in get(path, APPLICANT)
