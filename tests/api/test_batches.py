"""What is asked of many over the REST dialect, and the batches that come of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.features.feature_models import boundary, catch, end, file, flow, message, path, service, timer, user
from tests.features.feature_models import start as begin

CLERK = "clerk.aktobe-gask"
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Ask = Callable[..., TestResponse]
Carried = Callable[[TestResponse], dict[str, Any]]


def steps(decide: str = "decide", *more: str) -> bytes:
    return file(
        begin(), user("check"), user(decide), service("work", type="external", topic="t"), catch("told", message("decision")),
        end(), path("start", "check", decide, "work", "told", "end"),
        boundary("late", "check", timer("Duration", "P1D"), interrupting=False), flow("late", "end"), *more,
    )  # fmt: skip


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """Send a request below /engine-rest."""

    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        return client.open(f"/engine-rest{path}", method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def carried(ask: Ask, carry_out: Callable[[str], None]) -> Carried:
    """A batch that was asked for, carried out: its statistics, else what history has of it."""

    def run(made: TestResponse) -> dict[str, Any]:
        assert made.status_code == 200, made.text
        batch_id = made.json["id"]
        carry_out(batch_id)
        (found,) = ask("GET", f"/batch/statistics?batchId={batch_id}").json or [
            ask("GET", f"/history/batch/{batch_id}").json
        ]
        return dict(found)

    return run


@pytest.fixture
def some(deploy: Deploy, start: Start) -> list[str]:
    deploy({"p.bpmn": steps()})
    return [start("p", amount=number) for number in range(3)]


def test_many_are_suspended_changed_moved_told_and_ended_one_after_the_other(
    some: list[str], ask: Ask, carried: Carried
) -> None:
    by_query = {"processInstanceQuery": {"processDefinitionKey": "p"}}
    (definition,) = {ask("GET", f"/process-instance/{one}").json["definitionId"] for one in some}

    def all_done(path: str, body: dict[str, Any]) -> None:
        found = carried(ask("POST", path, body))
        assert (found["totalJobs"], bool(found.get("endTime"))) == (3, True), found

    all_done("/process-instance/suspended-async", {"suspended": True, **by_query, "annotation": "by order"})
    assert ask("GET", "/process-instance/count?suspended=true").json == {"count": 3}
    all_done("/process-instance/suspended-async", {"suspended": False, "processInstanceIds": some})
    all_done("/process-instance/variables-async", {"variables": {"amount": {"value": 7, "type": "Long"}}, **by_query})
    all_done("/process-instance/job-retries", {"retries": 5, "processInstances": some})
    assert {one["retries"] for one in ask("GET", "/job").json} == {5}
    move = [{"type": "cancel", "activityId": "check"}, {"type": "startBeforeActivity", "activityId": "work"}]
    body = {"processDefinitionId": definition, "instructions": move, "annotation": "by order", **by_query}
    all_done("/modification/executeAsync", body)
    all_done("/external-task/retries-async", {"retries": 4, "processInstanceIds": some, "externalTaskQuery": {}})
    assert [one["retries"] for one in ask("GET", "/external-task").json] == [4] * 3
    move = [{"type": "cancel", "activityId": "work"}, {"type": "startBeforeActivity", "activityId": "told"}]
    for one in some[:2]:
        path = f"/process-instance/{one}/modification-async"
        assert carried(ask("POST", path, {"instructions": move}))["endTime"]
    told = carried(ask("POST", "/process-instance/message-async", {"messageName": "decision", **by_query}))
    assert (told["completedJobs"], told["failedJobs"], told["remainingJobs"]) == (2, 1, 1)
    all_ended = carried(
        ask("POST", "/process-instance/delete", {"processInstanceIds": some, "deleteReason": "by order"})
    )
    assert (all_ended["completedJobs"], all_ended["failedJobs"]) == (1, 2)
    assert ask("GET", f"/history/process-instance/{some[2]}").json["deleteReason"] == "by order"
    at = {"instructions": [{"type": "startBeforeActivity", "activityId": "decide"}]}
    all_done(
        f"/process-definition/{definition}/restart-async", {**at, "historicProcessInstanceQuery": {"finished": True}}
    )
    assert [one["taskDefinitionKey"] for one in ask("GET", "/task").json] == ["decide"] * 3
    why = ask("GET", f"/history/user-operation?processInstanceId={some[0]}&operationType=Suspend").json
    assert [(one["userId"], one["annotation"]) for one in why] == [("admin", "by order")]


def test_a_plan_that_loses_a_token_makes_no_batch_and_one_that_keeps_all_migrates_each(
    some: list[str], ask: Ask, deploy: Deploy, start: Start, carried: Carried
) -> None:
    source = ask("GET", f"/process-instance/{some[0]}").json["definitionId"]
    (made,) = deploy({"p.bpmn": steps("resolve")})["deployedProcessDefinitions"].values()
    task = ask("GET", f"/task?processInstanceId={some[1]}").json[0]["id"]
    assert ask("POST", f"/task/{task}/complete", {}).status_code == 204
    sides = {"sourceProcessDefinitionId": source, "targetProcessDefinitionId": made["id"]}

    def migrated(*pairs: tuple[str, str], ids: list[str]) -> TestResponse:
        mapped = [{"sourceActivityIds": [one], "targetActivityIds": [two]} for one, two in pairs]
        plan = {**sides, "instructions": mapped}
        return ask("POST", "/migration/executeAsync", {"migrationPlan": plan, "processInstanceIds": ids})

    refused = migrated(("check", "check"), ids=some)
    assert (refused.status_code, "decide (1)" in refused.json["message"]) == (400, True), refused.text
    assert ask("GET", "/history/batch").json == []
    assert migrated(("check", "work"), ids=some).status_code == 400
    other = start("p")
    found = carried(migrated(("check", "check"), ("decide", "resolve"), ids=[*some, other]))
    assert (found["completedJobs"], found["failedJobs"]) == (3, 1)
    assert {ask("GET", f"/process-instance/{one}").json["definitionId"] for one in some} == {made["id"]}


REFUSED: list[tuple[str, dict[str, Any], int]] = [
    ("/process-instance/suspended-async", {"suspended": True}, 400),
    ("/process-instance/suspended-async", {"suspended": True, "processInstanceIds": ["no id"]}, 404),
    ("/process-instance/suspended-async", {"processInstanceQuery": {}}, 400),
    ("/process-instance/suspended-async", {"suspended": True, "processInstanceQuery": {"businessKey": "none"}}, 400),
    ("/process-instance/variables-async", {"variables": {"a": {"value": "x", "type": "Long"}}}, 400),
    ("/process-instance/variables-async", {"variables": {"a": {"value": "eA==", "type": "File"}}}, 400),
    ("/process-instance/job-retries", {"retries": -1, "processInstances": []}, 400),
    ("/process-instance/message-async", {}, 400),
    ("/modification/executeAsync", {"instructions": [{"type": "startBeforeActivity", "activityId": "no"}]}, 400),
    ("/process-instance/delete", {"skipSubprocesses": True}, 400),
]


@pytest.mark.parametrize(("path", "body", "status"), REFUSED)
def test_what_can_be_known_to_be_wrong_makes_no_batch(
    some: list[str], ask: Ask, path: str, body: dict[str, Any], status: int, nothing_kept: Callable[[], Any]
) -> None:
    definition = ask("GET", f"/process-instance/{some[0]}").json["definitionId"]
    body = {"processDefinitionId": definition, **body}
    if "suspended" not in path:
        body["processInstanceIds"] = some
    with nothing_kept():
        assert ask("POST", path, body).status_code == status
        assert ask("POST", path, body | {"annotation": "x" * 5_000}).status_code in (400, 404)


def test_a_batch_is_held_up_goes_on_is_stopped_and_forgotten_by_administrators_alone(
    some: list[str], ask: Ask, carried: Carried
) -> None:
    body = {"suspended": True, "processInstanceIds": some}
    assert ask("POST", "/process-instance/suspended-async", body, CLERK).status_code == 403
    batch = ask("POST", "/process-instance/suspended-async", body)
    at = f"/batch/{batch.json['id']}"
    for person in (CLERK, "admin"):
        seen = ask("GET", "/batch", user=person).json
        assert [one["id"] for one in seen] == ([batch.json["id"]] if person == "admin" else [])
    assert ask("GET", at, user=CLERK).status_code == 404
    assert ask("PUT", f"{at}/suspended", {"suspended": True}).status_code == 204
    assert carried(batch)["completedJobs"] == 0
    assert ask("GET", "/batch/count?suspended=true").json == {"count": 1}
    assert ask("DELETE", f"/history{at}").status_code == 409
    assert ask("DELETE", at).status_code == 204
    assert ask("DELETE", f"{at}?cascade=maybe").status_code == 400
    assert ask("PUT", f"{at}/suspended", {"suspended": False}).status_code == 409
    assert ask("GET", "/batch/count").json == {"count": 0}
    assert ask("GET", "/history/batch/count?completed=true").json == {"count": 1}
    assert ask("GET", "/process-instance/count?suspended=true").json == {"count": 0}
    assert ask("DELETE", f"/history{at}").status_code == 204
    assert ask("GET", f"/history{at}").status_code == 404
