"""Models played through over HTTP, with nothing kept of it."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import FILES, ONE_TASK, TWO_STEPS

Headers = dict[str, str]
AsUser = Callable[[str], Headers]
TWO = {"two.bpmn": TWO_STEPS, "register.form": json.dumps(FILES["register.form"])}
START = "2026-09-07T10:00"
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: AsUser, nothing_kept: Callable[[], AbstractContextManager[None]]) -> Ask:
    def run(body: dict[str, Any], path: str = "", user: str = "admin", lang: str = "en") -> Any:
        headers = {**as_user(user), "Accept-Language": lang}
        assert client.get("/engine-rest/engine", headers=headers).status_code == 200  # his address is known now
        with nothing_kept():
            return client.post(f"/api/simulation{path}", json={"start": START, **body}, headers=headers)

    return run


def step(scene: Any, **more: Any) -> dict[str, Any]:
    (wait,) = scene["waits"]
    return {"do": "complete", "when": "due", **{name: wait[name] for name in ("case", "token", "key")}, **more}


def test_a_deployed_version_is_played_step_by_step_and_back(ask: Ask, deploy: Callable[..., Any]) -> None:
    made = deploy(FILES)
    definition = next(iter(made["deployedProcessDefinitions"]))
    first = ask({"definitionId": definition}, user="designer.aktobe-gask").json
    (wait,) = first["waits"]
    assert (wait["element"], wait["role"], wait["due"]) == ("register", "Office clerk", "2026-09-08T18:30:00+05:00")
    assert "1 working day" in wait["why"]
    second = ask({"definitionId": definition, "commands": [step(first)]}).json
    assert [one["element"] for one in second["waits"]] == ["decide"]
    assert second["now"] == "2026-09-08T18:30:00+05:00"
    assert second["marks"]["twoSteps"]["here"] == ["decide"]
    assert ask({"definitionId": definition, "commands": []}).json == first


def test_files_are_played_before_they_are_deployed(ask: Ask) -> None:
    body = {"files": {**TWO, "one.bpmn": ONE_TASK}, "process": "oneTask"}
    first = ask(body).json
    ended = ask({**body, "commands": [step(first)]}).json
    assert (first["ended"], ended["ended"]) == (False, True)


def test_the_longest_way_is_told_in_the_language_that_is_asked_for(ask: Ask) -> None:
    told = ask({"files": TWO}, "/longest", lang="kk").json
    assert told["ways"][0]["workingDays"] == 1
    assert told["inWords"].startswith("Ең ұзағы: 1 жұмыс күні")


def test_strange_bodies_and_strangers_are_refused(ask: Ask, deploy: Callable[..., Any]) -> None:
    definition = next(iter(deploy(FILES)["deployedProcessDefinitions"]))
    for body in ({}, {"files": {"a": 1}}, {"files": {"a.bpmn": "<"}}, {"definitionId": definition, "commands": ["x"]}):
        assert ask(body).status_code == 400
    assert ask({"definitionId": definition, "start": "never"}).status_code == 400
    assert ask({"definitionId": "none"}).status_code == 404
    assert ask({"definitionId": definition}, user="clerk.aktobe-gask").status_code == 403
    refused = ask({"files": {"a.bpmn": TWO_STEPS}})
    assert (refused.status_code, refused.json["type"]) == (400, "ParseException")
