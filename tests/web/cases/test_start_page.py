"""Starting a case from the pages: which services, the form, one case a form."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.web.cases.licence import APPLICANT, AT_THE_PORTAL, CLERK, GIVEN, OPERATOR, PATH, STRANGER, TENANT

Headers = dict[str, str]


def test_a_person_chooses_among_the_services_of_his_organisation(get: Callable[..., str]) -> None:
    assert f'href="{PATH}"' in get("/start")
    assert "signing" not in get("/start"), "people do not start what is only called"
    assert PATH not in get("/start", STRANGER)
    assert PATH in get("/start", "admin")


@pytest.mark.parametrize("words", ["разрешения НА", "ЖЕЛІЛЕРІНЕ", "электр желілері", "grid connection", "192"])
def test_a_service_is_found_in_three_languages(get: Callable[..., str], words: str) -> None:
    assert PATH in get(f"/start?q={words}", lang="kk")


def test_a_service_that_does_not_match_is_not_shown(get: Callable[..., str]) -> None:
    assert PATH not in get("/start?q=жоқ")


def test_what_the_organisation_has_started_lately_comes_first(
    get: Callable[..., str], start: Callable[..., str]
) -> None:
    assert get("/start", "admin").count(PATH) == 1
    start("grid-connection-permit", applicantName="«Алма»")
    assert get("/start", "admin").count(PATH) == 2
    assert get("/start").count(PATH) == 1, "it is all that a clerk may start"


def test_what_comes_by_the_portal_only_stands_apart_for_staff(
    get: Callable[..., str], send: Callable[..., Any]
) -> None:
    text = get("/start")
    assert AT_THE_PORTAL not in text
    assert "Выдача лицензии на проектную деятельность" in text
    assert "Заявления принимают только так: портал «электронного правительства»." in text
    assert "Заявления принимают только так" in get(AT_THE_PORTAL, status=403)
    refused = send(str(uuid4()), GIVEN, path=AT_THE_PORTAL)
    assert (refused.status_code, refused.json["said"][:30]) == (403, "Заявления принимают только так")
    assert AT_THE_PORTAL in get("/start", APPLICANT)
    assert send(str(uuid4()), GIVEN, APPLICANT, AT_THE_PORTAL).status_code == 200


@pytest.mark.parametrize(
    ("person", "channels"),
    [(CLERK, ["office"]), (APPLICANT, ["portal"]), (OPERATOR, ["state_corporation"])],
)
def test_a_person_is_offered_the_channels_that_are_his(
    get: Callable[..., str], send: Callable[..., Any], person: str, channels: list[str]
) -> None:
    field = _components(get(PATH, person))[-1]
    assert [one["value"] for one in field["values"]] == channels
    assert field["defaultValue"] == channels[0]
    others = {"portal", "office", "state_corporation"} - set(channels)
    for other in others:
        refused = send(str(uuid4()), {**GIVEN, "channel": other}, person)
        assert (refused.status_code, refused.json["fields"][0]["field"]) == (400, "channel")
    assert send(str(uuid4()), {**GIVEN, "channel": channels[0]}, person).status_code == 200


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
    return [component["label"] for component in _components(text)]


def _components(text: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    components: list[dict[str, Any]] = json.loads(found[1])["schema"]["components"]
    return components


def test_the_first_step_is_his_who_has_started_the_case(
    get: Callable[..., str], send: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    receipt = get(send(str(uuid4()), GIVEN).json["next"])
    [task] = client.get("/engine-rest/task", headers=as_user("admin")).json
    assert task["assignee"] == CLERK
    assert re.search(rf'<a class="button main" href="/tasks/{task["id"]}">Продолжить: Сұрау</a>', receipt)
    assert "после регистрации заявления" in receipt


def test_nobody_takes_a_step_that_is_of_another_role(
    send: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers], get: Callable[..., str]
) -> None:
    receipt = get(send(str(uuid4()), GIVEN, APPLICANT).json["next"], APPLICANT)
    [task] = client.get("/engine-rest/task", headers=as_user("admin")).json
    assert task["assignee"] is None
    assert "Продолжить" not in receipt


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
