"""What a deployment would say, asked without one."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import FILES, TWO_STEPS, bpmn, line, user_task

Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Validate = Callable[..., Any]
STRANGE = bpmn(
    "strange",
    line(
        user_task(
            "a", "A", groups="nobody-of-these", attributes='camunda:formRef="none" camunda:formRefBinding="latest"'
        )
    ),
).replace('"P10Y"', '"soon"')


@pytest.fixture
def validate(
    client: FlaskClient, as_user: AsUser, nothing_kept: Callable[[], AbstractContextManager[None]]
) -> Validate:
    """Send files (name to content) as a deployment does; nothing must be kept of them."""

    def run(files: dict[str, Any], lang: str = "en", user: str = "admin", **fields: str) -> Any:
        data: dict[str, Any] = {name.replace("_", "-"): value for name, value in fields.items()}
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            data[name] = (BytesIO(text.encode()), name)
        assert client.get("/engine-rest/engine", headers=as_user(user)).status_code == 200  # his address is known now
        with nothing_kept():
            return client.post("/api/validation", data=data, headers={**as_user(user), "Accept-Language": lang})

    return run


def test_files_that_refer_to_each_other_have_nothing_against_them(validate: Validate) -> None:
    assert validate(FILES, tenant_id="aktobe-gask").json == {"deployable": True, "findings": []}


def test_each_fault_is_told_with_its_element_and_place_in_the_language_that_was_asked_for(validate: Validate) -> None:
    told = {lang: validate({"strange.bpmn": STRANGE}, lang).json for lang in ("kk", "ru", "en")}
    assert not told["ru"]["deployable"]
    found = {(one["elementId"], one["code"]): one for one in told["en"]["findings"]}
    assert found.keys() >= {("strange", "time-to-live"), ("a", "form-unknown"), ("a", "role-unknown")}
    assert all(one["file"] == "strange.bpmn" and one["level"] == "error" and one["line"] for one in found.values())
    words = [{one["message"] for one in answer["findings"]} for answer in told.values()]
    assert not words[0] & words[1]
    assert not words[1] & words[2]


def test_one_model_comes_as_xml(client: FlaskClient, as_user: AsUser) -> None:
    answer = client.post("/api/validation", data=TWO_STEPS, headers=as_user("admin"), content_type="application/xml")
    assert answer.json is not None
    assert [(one["elementId"], one["code"]) for one in answer.json["findings"]] == [("register", "form-unknown")]


def test_who_draws_no_models_is_refused_and_told_why(validate: Validate) -> None:
    answer = validate(FILES, "ru", user="clerk.aktobe-gask")
    assert (answer.status_code, "проектировщик" in answer.json["message"]) == (403, True)


def test_a_fault_of_a_form_is_told_with_its_line(validate: Validate) -> None:
    form = json.dumps({**FILES["register.form"], "components": [{"id": "f1", "type": "spinner", "key": "a"}]}, indent=1)
    (found,) = [one for one in validate({"a.form": form}).json["findings"] if one["level"] == "error"]
    assert (found["elementId"], form.splitlines()[found["line"] - 1].strip()) == ("f1", '"id": "f1",')
