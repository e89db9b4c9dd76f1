from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.actions.running import activities
from tests.api.models import ONE_TASK, PLAIN_FILES, SEVERAL, bpmn, line, user_task

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK, HEAD = "admin", "clerk.aktobe-gask", "head.aktobe-gask"
STRANGER = "clerk.industrial-safety-committee"
HISTORY = "/engine-rest/history"


@pytest.fixture
def ask(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    """The JSON of a GET below /history, for an administrator unless told otherwise."""

    def run(path: str, user: str = ADMIN, status: int = 200) -> Any:
        answer = client.get(f"{HISTORY}/{path}", headers=as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    return run


@pytest.fixture
def decided(client: FlaskClient, as_user: Headers, deploy: Any, start: Any) -> str:
    """A case in which the clerk has claimed and completed the first of two tasks."""
    deploy(PLAIN_FILES)
    instance_id: str = start("twoSteps", business_key="case-1", applicant="Ayan", pages=3)
    tasks = client.get(f"/engine-rest/task?processInstanceId={instance_id}", headers=as_user(CLERK)).json
    task_id = tasks[0]["id"]
    for command, body in (("claim", {"userId": CLERK}), ("complete", {"variables": {"accepted": {"value": True}}})):
        answer = client.post(f"/engine-rest/task/{task_id}/{command}", json=body, headers=as_user(CLERK))
        assert answer.status_code == 204, answer.text
    return instance_id


def test_running_and_ended_instances_are_listed_with_their_state(ask: Any, decided: str) -> None:
    (row,) = ask("process-instance?processDefinitionKey=twoSteps")
    assert row["id"] == decided
    assert row["state"] == "ACTIVE"
    assert row["businessKey"] == "case-1"
    assert row["startActivityId"] == "start"
    assert row["startUserId"] == ADMIN
    assert row["processDefinitionName"] == "Two steps"
    assert (row["endTime"], row["durationInMillis"], row["removalTime"]) == (None, None, None)
    assert ask("process-instance?finished=true") == []
    assert ask("process-instance/count?unfinished=true") == {"count": 1}


def test_one_instance_is_read_by_its_id_by_its_organisation_alone(ask: Any, decided: str) -> None:
    assert ask(f"process-instance/{decided}", CLERK)["id"] == decided
    assert ask(f"process-instance/{decided}", STRANGER, 404)["type"] == "InvalidRequestException"
    assert ask("process-instance/nothing", ADMIN, 404)["message"]


@pytest.mark.parametrize(
    "noun", ["process-instance", "task", "activity-instance", "variable-instance", "user-operation"]
)
def test_the_history_of_other_organisations_is_not_there(ask: Any, decided: str, noun: str) -> None:
    assert ask(noun, CLERK)
    assert ask(noun, STRANGER) == []
    assert ask(f"{noun}/count", STRANGER) == {"count": 0}


@pytest.mark.parametrize(
    "noun", ["process-instance", "task", "activity-instance", "variable-instance", "user-operation"]
)
def test_a_post_asks_the_same_as_a_get(
    client: FlaskClient, as_user: Headers, ask: Any, decided: str, noun: str
) -> None:
    body = {"processInstanceId": decided, "page": 1, "unknown": "ignored"}
    answer = client.post(f"{HISTORY}/{noun}", json=body, headers=as_user(ADMIN))
    assert answer.json == ask(f"{noun}?processInstanceId={decided}")
    counted = client.post(f"{HISTORY}/{noun}/count", json=body, headers=as_user(ADMIN))
    assert counted.json == {"count": len(answer.json)}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("process-instance?sortBy=colour&sortOrder=asc", "Cannot set query parameter 'sortBy' to value 'colour'"),
        ("process-instance?colour=red", "Unknown query parameter 'colour'"),
        ("process-instance?withJobsRetrying=true", "query parameter 'withJobsRetrying' is not supported"),
        ("task?startedAfter=yesterday", "startedAfter"),
        ("activity-instance?maxResults=many", "maxResults"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(ask: Any, query: str, message: str) -> None:
    refused = ask(query, ADMIN, 400)
    assert refused["type"] == "InvalidRequestException"
    assert message in refused["message"]


def test_an_id_that_is_none_finds_nothing(ask: Any, decided: str) -> None:
    assert ask("process-instance?processInstanceId=nothing") == []
    assert ask("activity-instance?executionId=nothing") == []


def test_instances_are_found_by_their_variables_and_executed_activities(ask: Any, decided: str) -> None:
    assert len(ask("process-instance?variables=applicant_eq_Ayan")) == 1
    assert ask("process-instance?variables=pages_gt_3") == []
    assert len(ask("process-instance?executedActivityIdIn=register,other")) == 1
    assert ask("process-instance?executedActivityIdIn=decide") == []


def test_tasks_stay_in_history_after_their_completion(ask: Any, decided: str) -> None:
    done, open_ = ask("task?sortBy=startTime&sortOrder=asc")
    assert (done["taskDefinitionKey"], done["taskState"], done["deleteReason"]) == (
        "register",
        "Completed",
        "completed",
    )
    assert done["assignee"] == CLERK
    assert done["duration"] >= 0
    assert done["executionId"].startswith(decided + ":")
    assert (open_["taskDefinitionKey"], open_["endTime"], open_["deleteReason"]) == ("decide", None, None)
    assert [row["taskDefinitionKey"] for row in ask("task?finished=true")] == ["register"]
    assert [row["taskDefinitionKey"] for row in ask(f"task?taskAssignee={CLERK}")] == ["register"]


def test_activities_tell_the_whole_way_with_names_and_types(ask: Any, decided: str) -> None:
    rows = ask(f"activity-instance?processInstanceId={decided}&sortBy=occurrence&sortOrder=asc")
    assert [(row["activityId"], row["activityType"]) for row in rows] == [
        ("start", "startEvent"), ("register", "userTask"), ("decide", "userTask")
    ]  # fmt: skip
    register, decide = rows[1:]
    assert register["activityName"] == "Register the application"
    assert register["assignee"] == CLERK
    assert register["taskId"]
    assert register["parentActivityInstanceId"] == decided
    assert register["endTime"] is not None
    assert register["canceled"] is False
    assert (decide["endTime"], decide["durationInMillis"]) == (None, None)
    assert decide["startTime"] == register["endTime"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("finished=true", ["start", "register"]),
        ("unfinished=true", ["decide"]),
        ("activityType=userTask", ["register", "decide"]),
        ("activityType=startEvent", ["start"]),
        ("activityName=Decide", ["decide"]),
        (f"taskAssignee={CLERK}", ["register"]),
        ("canceled=true", []),
        ("startedBefore=2020-01-01T00:00:00.000%2B0000", []),
    ],
)
def test_activities_are_narrowed(ask: Any, decided: str, query: str, found: list[str]) -> None:
    rows = ask(f"activity-instance?sortBy=occurrence&sortOrder=asc&{query}")
    assert [row["activityId"] for row in rows] == found
    assert ask(f"activity-instance/count?{query}") == {"count": len(found)}


def test_a_list_that_would_look_into_too_many_running_instances_asks_to_be_narrowed(
    ask: Any, deploy: Any, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    ids = [start("oneTask") for _ in range(3)]
    monkeypatch.setattr(activities, "OPEN_LIMIT", 2)
    assert "more than 2 running instances" in ask("activity-instance", ADMIN, 400)["message"]
    assert len(ask(f"activity-instance?processInstanceId={ids[0]}")) == 2
    assert len(ask("activity-instance?finished=true")) == 3
    assert len(ask("activity-instance?activityType=userTask&unfinished=true")) == 3


def test_one_activity_is_read_by_its_id(ask: Any, decided: str) -> None:
    row = ask("activity-instance?activityId=register")[0]
    assert ask(f"activity-instance/{row['id']}") == row
    assert ask(f"activity-instance/{decided}:999", ADMIN, 404)


def test_a_cancelled_case_shows_what_was_cancelled(
    client: FlaskClient, as_user: Headers, ask: Any, deploy: Any, start: Any
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    instance_id = start("oneTask")
    answer = client.delete(f"/engine-rest/process-instance/{instance_id}", headers=as_user(ADMIN))
    assert answer.status_code == 204, answer.text
    (row,) = ask(f"activity-instance?processInstanceId={instance_id}&canceled=true")
    assert row["activityId"] == "work"
    assert ask(f"process-instance/{instance_id}")["state"] == "EXTERNALLY_TERMINATED"
    assert [row["taskState"] for row in ask("task")] == ["Deleted"]
    assert [row["operationType"] for row in ask("user-operation?sortBy=timestamp&sortOrder=asc")] == [
        "Create",
        "Delete",
    ]


def test_the_instances_of_a_multi_instance_task_are_inside_its_body(ask: Any, deploy: Any, start: Any) -> None:
    deploy({"several.bpmn": SEVERAL})
    instance_id = start("several", members=["a", "b"])
    rows = ask(f"activity-instance?processInstanceId={instance_id}&unfinished=true&sortBy=occurrence&sortOrder=asc")
    body, first, second = rows
    assert (body["activityId"], body["activityType"]) == ("vote#multiInstanceBody", "multiInstanceBody")
    assert {first["parentActivityInstanceId"], second["parentActivityInstanceId"]} == {body["id"]}
    assert [row["activityId"] for row in ask("activity-instance?activityType=multiInstanceBody")] == [
        body["activityId"]
    ]


def test_a_called_process_is_named_by_the_activity_that_called_it(ask: Any, deploy: Any, start: Any) -> None:
    caller = bpmn("caller", line('callActivity|call|calledElement="oneTask" name="Call"'))
    deploy({"caller.bpmn": caller, "one.bpmn": ONE_TASK})
    instance_id = start("caller")
    (row,) = ask(f"activity-instance?processInstanceId={instance_id}&activityType=callActivity")
    (called,) = ask(f"process-instance?superProcessInstanceId={instance_id}")
    assert row["calledProcessInstanceId"] == called["id"]
    assert called["rootProcessInstanceId"] == instance_id
    assert [row["processInstanceId"] for row in ask("user-operation?operationType=Create")] == [instance_id]


def test_variables_are_listed_typed(ask: Any, deploy: Any, start: Any) -> None:
    deploy({"one.bpmn": ONE_TASK})
    values = {"text": "a", "whole": 5, "large": 2**40, "half": 0.5, "truth": True, "none": None, "list": [1]}
    instance_id = start("oneTask", **values)
    rows = ask("variable-instance?sortBy=variableName&sortOrder=asc")
    assert {row["name"]: row["type"] for row in rows} == {
        "text": "String", "whole": "Integer", "large": "Long", "half": "Double", "truth": "Boolean", "none": "Null",
        "list": "Json",
    }  # fmt: skip
    for row in rows:
        assert [found["name"] for found in ask(f"variable-instance?variableTypeIn={row['type']}")] == [row["name"]]
    assert [row["name"] for row in ask("variable-instance?variableNameLike=t%25")] == ["text", "truth"]
    text = ask(f"variable-instance/{instance_id}:text")
    assert (text["value"], text["processInstanceId"], text["state"]) == ("a", instance_id, "CREATED")
    assert ask(f"variable-instance/{instance_id}:nothing", ADMIN, 404)


@pytest.mark.parametrize(("value", "name"), [("a", "text"), (5, "whole"), (0.5, "half"), (True, "truth")])
def test_a_body_asks_for_the_value_of_a_variable_as_it_is(
    client: FlaskClient, as_user: Headers, deploy: Any, start: Any, value: Any, name: str
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask", text="a", whole=5, half=0.5, truth=True)
    answer = client.post(f"{HISTORY}/variable-instance", json={"variableValue": value}, headers=as_user(ADMIN))
    assert [row["name"] for row in answer.json] == [name]


@pytest.mark.parametrize("path", ["process-instance", "task/count"])
def test_a_filter_in_the_address_of_a_post_is_a_bad_request(client: FlaskClient, as_user: Headers, path: str) -> None:
    answer = client.post(f"{HISTORY}/{path}?finished=true", json={}, headers=as_user(ADMIN))
    assert answer.status_code == 400
    assert "finished" in answer.json["message"]


def test_the_operation_log_has_an_entry_for_each_changed_property(ask: Any, decided: str) -> None:
    rows = ask("user-operation?sortBy=timestamp&sortOrder=asc")
    assert [(row["operationType"], row["entityType"], row["property"], row["orgValue"], row["newValue"]) for row in rows] == [
        ("Create", "ProcessInstance", "processDefinitionId", None, rows[0]["processDefinitionId"]),
        ("Claim", "Task", "assignee", None, CLERK),
        ("Complete", "Task", "delete", "false", "true"),
    ]  # fmt: skip
    assert [row["userId"] for row in rows] == [ADMIN, CLERK, CLERK]
    assert {row["processInstanceId"] for row in rows} == {decided}
    assert all(row["annotation"] is None and row["onBehalfOf"] is None for row in rows)
    assert [row["property"] for row in ask(f"user-operation?userId={CLERK}&property=assignee")] == ["assignee"]
    assert ask("user-operation/count?entityType=Task") == {"count": 2}
    assert ask(f"user-operation?taskId={rows[1]['taskId']}&operationType=Claim")[0]["id"] == rows[1]["id"]


def test_a_new_candidate_is_an_identity_link_in_the_log(
    client: FlaskClient, as_user: Headers, ask: Any, deploy: Any, start: Any
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    path = f"/engine-rest/task/{ask('task')[0]['id']}/identity-links"
    body = {"groupId": "head", "type": "candidate"}
    assert client.post(path, json=body, headers=as_user(ADMIN)).status_code == 204
    assert client.post(f"{path}/delete", json=body, headers=as_user(ADMIN)).status_code == 204
    rows = ask("user-operation?entityType=IdentityLink&sortBy=timestamp&sortOrder=asc")
    assert [(row["operationType"], row["property"], row["orgValue"], row["newValue"]) for row in rows] == [
        ("AddGroupLink", "candidate", None, "head"), ("DeleteGroupLink", "candidate", "head", None)
    ]  # fmt: skip


def test_who_acted_for_another_is_told(
    client: FlaskClient, as_user: Headers, ask: Any, deploy: Any, start: Any
) -> None:
    deploy({"one.bpmn": bpmn("oneTask", line(user_task("work", "Work", attributes=f'camunda:assignee="{CLERK}"')))})
    start("oneTask")
    task_id = ask("task")[0]["id"]
    assert client.post(f"/engine-rest/task/{task_id}/complete", json={}, headers=as_user(ADMIN)).status_code == 204
    (row,) = ask("user-operation?operationType=Complete")
    assert (row["userId"], row["onBehalfOf"]) == (ADMIN, CLERK)


def test_pages_follow_each_other(ask: Any, deploy: Any, start: Any) -> None:
    deploy({"one.bpmn": ONE_TASK})
    ids = [start("oneTask") for _ in range(3)]
    pages = [ask(f"process-instance?sortBy=definitionKey&sortOrder=asc&firstResult={at}&maxResults=2") for at in (0, 2)]
    assert [row["id"] for page in pages for row in page] == sorted(ids)
    assert ask("process-instance?maxResults=0") == []
