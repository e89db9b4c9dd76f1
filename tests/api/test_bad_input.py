"""Input that no client of good will sends: refused with the dialect's error, never with an internal one."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import bpmn, line, user_task

Headers = Callable[[str], dict[str, str]]
DEEP = "[" * 200 + "]" * 200
START = "/engine-rest/process-definition/key/computes/tenant-id/aktobe-gask/start"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/engine-rest/history/process-instance", "variables"),
        ("/engine-rest/process-instance/count", "businessKey"),
        ("/engine-rest/task", "processVariables"),
        ("/engine-rest/identity/verify", "username"),
    ],
)
def test_json_nested_too_deep_is_refused(client: FlaskClient, as_user: Headers, path: str, field: str) -> None:
    answer = client.post(path, headers=as_user("admin"), data=f'{{"{field}": {DEEP}}}')
    assert answer.status_code == 400
    assert answer.json["type"] == "InvalidRequestException"
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("expression", "status"), [("x * 10", 200), ("1e300", 200), ("1e200 * 1e200", 400)])
def test_a_computed_number_is_kept_as_a_double_or_refused(
    client: FlaskClient, as_user: Headers, deploy: Any, expression: str, status: int
) -> None:
    script = f"<script>${{{expression}}}</script>"
    step = f'scriptTask|compute|scriptFormat="juel" camunda:resultVariable="y"|{script}'
    deploy({"computes.bpmn": bpmn("computes", line(step, user_task("work", "Work")))})
    body = {"variables": {"x": {"value": 2**63 - 1, "type": "Long"}}, "withVariablesInReturn": True}
    answer = client.post(START, headers=as_user("admin"), json=body)
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json["variables"]["y"]["type"] == "Double"
