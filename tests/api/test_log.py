"""What is logged: every line with its request, person and case, and none with a secret."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import log
from tests.api.models import bpmn
from tests.logged import Logged, lines

__all__ = ["lines"]
Headers = dict[str, str]
MODEL = bpmn(
    "design-licence",
    '<startEvent id="s"/><userTask id="work" name="Work" camunda:candidateGroups="clerk"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
)
IIN, WRONG = "850101300019", "a-wrong-password"


def test_a_walk_is_told_by_case_and_person_and_tells_no_secret(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., Any],
    lines: Logged,
) -> None:
    deploy({"one.bpmn": MODEL})
    client.post("/api/session", json={"username": "clerk.aktobe-gask", "password": WRONG})
    secret = client.post("/api/token", headers=as_user("clerk.aktobe-gask")).json["token"]
    clerk = {"Authorization": f"Bearer {secret}", "X-Request-ID": "walk-of-a-test"}
    variables = {"applicantIdNumber": {"value": IIN}, "applicationNumber": {"value": "А-7"}}
    started = client.post(
        "/engine-rest/process-definition/key/design-licence/tenant-id/aktobe-gask/start",
        json={"variables": variables, "businessKey": IIN},
        headers=clerk,
    )
    instance = started.json["id"]
    assert started.headers["X-Request-ID"] == "walk-of-a-test"
    [task] = client.get(f"/engine-rest/task?processInstanceId={instance}", headers=clerk).json
    client.post(f"/engine-rest/task/{task['id']}/claim", json={"userId": "clerk.aktobe-gask"}, headers=clerk)
    client.post(f"/engine-rest/task/{task['id']}/complete", json={}, headers=clerk)
    client.get(f"/engine-rest/task?nameLike={IIN}&secret={secret}", headers=clerk)
    wrong = f"password=given {IIN} postgresql://me:hidden@host/db\nDETAIL: Key (iin)=(Айгүл)"
    with log.scope(case=IIN):
        try:
            raise ValueError(wrong)
        except ValueError:
            logging.getLogger("app.test").exception("token: %s", secret)
    told = lines()
    text = json.dumps(told, ensure_ascii=False)
    for hidden in (IIN, secret, WRONG, "given", "hidden", "Айгүл"):
        assert hidden not in text
    [completed] = [one for one in told if one.get("route", "").endswith("/<task_id>/complete")]
    assert (completed["instance"], completed["case"], completed["person"]) == (instance, "А-7", "clerk.aktobe-gask")
    assert (completed["request"], completed["status"], completed["level"]) == ("walk-of-a-test", "204", "INFO")
    assert completed["time"].endswith("+00:00")


@pytest.mark.parametrize("given", ["", "short", "a" * 65, IIN, "a line\nmore", "слово-слово"])
def test_a_strange_id_of_a_request_is_replaced(client: FlaskClient, given: str) -> None:
    from app.http.watching import request_id

    assert request_id(given) != given
    assert len(client.get("/live").headers["X-Request-ID"]) == 32
