"""Tokens moved by hand over the REST dialect, instances begun anew, several suspended at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import engine
from app.actions.people.people import actor_of
from app.actions.running import modifying
from app.actions.running.modifying import Placement
from app.store.tables import EventSubscription, ExternalTask, History, Instance, Job
from tests.api.models import ONE_TASK, bpmn, line, user_task
from tests.features.feature_models import (
    both,
    boundary,
    call,
    catch,
    end,
    file,
    flow,
    message,
    path,
    service,
    sub,
    timer,
    user,
)  # fmt: skip
from tests.features.feature_models import (
    start as begin,
)

BASE = "/engine-rest/process-instance"
STEPS = bpmn("steps", line(user_task("a", "First"), user_task("b", "Second"), user_task("c", "Third")))
ALL_THAT_WAITS = file(
    begin(), both("part"), end(), path("start", "part"),
    sub(
        "inner", begin("s"), both("split"), end("e"), path("s", "split"),
        service("work", type="external", topic="t"), catch("told", message("m")), call("called", "oneTask"),
        *(path("split", one, "e") for one in ("work", "told", "called")),
    ),
    boundary("late", "inner", timer("Duration", "P1D")), flow("late", "end"), path("part", "inner", "end"),
    user("other"), path("part", "other", "end"),
)  # fmt: skip
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """Send a request below /engine-rest."""

    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        return client.open(f"/engine-rest{path}", method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def tasks(ask: Ask) -> Callable[[str], list[str]]:
    """The open tasks of an instance, by their activities."""
    return lambda instance: sorted(
        one["taskDefinitionKey"] for one in ask("GET", f"/task?processInstanceId={instance}").json
    )


def to(activity: str, kind: str = "startBeforeActivity", **more: Any) -> dict[str, Any]:
    return {"type": kind, "activityId": activity, **more}


def test_a_token_is_moved_and_history_says_who_did_it_and_why(
    deploy: Deploy, start: Start, ask: Ask, tasks: Callable[[str], list[str]]
) -> None:
    deploy({"steps.bpmn": STEPS})
    case = start("steps")
    given = {"n": {"value": 5, "type": "Integer"}, "own": {"value": "x", "type": "String", "local": True}}
    body = {"instructions": [to("a", "cancel"), to("b", variables=given)], "annotation": "by order of the court"}
    assert ask("POST", f"/process-instance/{case}/modification", body).status_code == 204
    assert tasks(case) == ["b"]
    assert ask("GET", f"/process-instance/{case}/variables").json == {
        "n": {"type": "Integer", "value": 5, "valueInfo": {}}
    }
    (task,) = ask("GET", f"/task?processInstanceId={case}").json
    assert ask("GET", f"/task/{task['id']}/localVariables").json["own"]["value"] == "x"
    (entry,) = ask("GET", f"/history/user-operation?processInstanceId={case}&operationType=ModifyProcessInstance").json
    assert (entry["userId"], entry["annotation"]) == ("admin", "by order of the court")
    assert (entry["property"], entry["orgValue"], entry["newValue"]) == ("activities", '{"a": 1}', '{"b": 1}')
    (left,) = ask("GET", f"/history/activity-instance?processInstanceId={case}&activityId=a").json
    assert left["canceled"] is True
    body = {
        "instructions": [{"type": "cancel", "activityInstanceId": task["executionId"]}, to("b", "startAfterActivity")]
    }
    assert ask("POST", f"/process-instance/{case}/modification", body).status_code == 204
    assert tasks(case) == ["c"]


REFUSED: list[tuple[Any, int, str]] = [
    ([to("c"), to("nothing")], 400, "there is no activity 'nothing'"),
    ([to("c"), to("b", "cancel")], 409, "activity 'b' is not active"),
    ([to("a", "cancel")], 409, "nothing would be left"),
    ([to("end", "startAfterActivity")], 400, "no outgoing sequence flow"),
    ([{"type": "startTransition", "activityId": "a"}], 400, "transitionId"),
    ([{"type": "startTransition", "transitionId": "no"}], 400, "there is no sequence flow 'no'"),
    ([to("a", "cancel", activityInstanceId="x")], 400, "one of"),
    ([{"type": "cancel", "activityInstanceId": "x:1"}], 400, "no activity instance"),
    ([to("b", ancestorActivityInstanceId="{case}:000002")], 409, "no running scope around"),
    ([to("a", "jump")], 400, "jump"),
    ([to("b", variables={"f": {"value": "aGk=", "type": "File", "local": True}})], 400, "not of a task"),
    ([], 400, "instructions"),
    ("a", 400, "instructions"),
]


def test_what_cannot_be_is_refused_and_leaves_nothing_behind(
    deploy: Deploy, start: Start, ask: Ask, nothing_kept: Callable[[], Any]
) -> None:
    deploy({"steps.bpmn": STEPS})
    case = start("steps")
    with nothing_kept():
        for instructions, status, said in REFUSED:
            given = orjson.loads(orjson.dumps(instructions).replace(b"{case}", case.encode()))
            answer = ask("POST", f"/process-instance/{case}/modification", {"instructions": given})
            assert (answer.status_code, said in answer.json["message"]) == (status, True), answer.text


def test_only_administrators_move_tokens(deploy: Deploy, start: Start, ask: Ask) -> None:
    deploy({"steps.bpmn": STEPS})
    case, body = start("steps"), {"instructions": [to("b")]}
    for user_id, status in (("head.aktobe-gask", 403), ("head.industrial-safety-committee", 404)):
        assert ask("POST", f"/process-instance/{case}/modification", body, user_id).status_code == status


def test_what_waits_is_closed_with_its_scope_and_opened_with_a_new_one(
    deploy: Deploy, start: Start, ask: Ask, database_engine: Engine
) -> None:
    deploy({"all.bpmn": ALL_THAT_WAITS, "one.bpmn": ONE_TASK})
    case = start("p")

    def waiting() -> list[int]:
        with Session(database_engine) as session:
            counts = [
                session.scalar(select(func.count()).select_from(table).where(table.instance_id == UUID(case)))
                for table in (Job, EventSubscription, ExternalTask)
            ]
            called = (Instance.super_id == UUID(case), Instance.ended_at.is_(None))
            return [*counts, session.scalar(select(func.count(Instance.id)).where(*called))]

    def modify(*instructions: Any) -> None:
        answer = ask("POST", f"/process-instance/{case}/modification", {"instructions": instructions})
        assert answer.status_code == 204, answer.text

    assert waiting() == [1, 1, 1, 1]
    modify(to("inner", "cancel"))
    assert waiting() == [0, 0, 0, 0]
    modify(to("told"), to("called"))
    assert waiting() == [1, 1, 0, 1]
    modify(to("told", "cancel"), to("called", "cancel"), to("inner"))
    assert waiting() == [1, 1, 1, 1]


def test_a_preview_shows_where_it_would_stand_and_leaves_nothing(
    deploy: Deploy, start: Start, database_engine: Engine, nothing_kept: Callable[[], Any]
) -> None:
    deploy({"all.bpmn": ALL_THAT_WAITS, "one.bpmn": ONE_TASK})
    case = UUID(start("p"))
    with nothing_kept(), Session(database_engine) as session, session.begin():
        told = [engine.Withdraw("inner"), Placement(engine.Where.FLOW, "part_inner", None, {}, {})]
        found = modifying.preview(session, actor_of(session, "admin"), case, told, datetime.now(UTC))
    before, after = ({one.id: one.node for one in tokens} for tokens in (found.before, found.after))
    assert sorted(before.values()) == sorted(after.values())
    assert [after[token] for token in before.keys() & after.keys()] == ["other"]
    assert not found.ended


def test_several_are_moved_together_or_not_at_all(
    deploy: Deploy, start: Start, ask: Ask, tasks: Callable[[str], list[str]]
) -> None:
    deploy({"steps.bpmn": STEPS})
    one, two = start("steps"), start("steps")
    body = {"processInstanceIds": [one, two], "instructions": [to("a", "cancel"), to("c")]}
    assert ask("POST", f"/process-instance/{two}/modification", {"instructions": [to("a", "cancel"), to("b")]})
    refused = ask("POST", "/modification/execute", body)
    assert (refused.status_code, refused.json["details"]["processInstanceId"], tasks(one)) == (409, two, ["a"])
    body["instructions"][0]["activityId"] = "b"
    assert ask("POST", f"/process-instance/{one}/modification", {"instructions": [to("a", "cancel"), to("b")]})
    assert ask("POST", "/modification/execute", body).status_code == 204
    assert (tasks(one), tasks(two)) == (["c"], ["c"])


def test_an_ended_instance_begins_anew_from_a_step_with_its_last_variables(
    deploy: Deploy, start: Start, ask: Ask, tasks: Callable[[str], list[str]], database_engine: Engine
) -> None:
    deploy({"steps.bpmn": STEPS})
    case = start("steps", business_key="k", user="clerk.aktobe-gask", n=1)
    restart = f"/process-definition/{ask('GET', f'/process-instance/{case}').json['definitionId']}/restart"
    body = {"processInstanceIds": [case], "instructions": [to("c")]}
    assert ask("POST", restart, body).status_code == 409
    assert ask("PUT", f"/process-instance/{case}/variables/n", {"value": 7, "type": "Long"}).status_code == 204
    assert ask("DELETE", f"/process-instance/{case}").status_code == 204
    assert ask("POST", restart, body, "head.aktobe-gask").status_code == 403
    assert ask("POST", restart, body | {"instructions": [to("a", "cancel")]}).status_code == 400
    body["instructions"][0]["variables"] = {
        "scan": {"value": "aGk=", "type": "File", "valueInfo": {"filename": "a.txt"}}
    }
    assert ask("POST", restart, body | {"annotation": "by order of the court"}).status_code == 204
    (new,) = ask("GET", "/process-instance?processDefinitionKey=steps").json
    assert (new["businessKey"], tasks(new["id"])) == ("k", ["c"])
    assert ask("GET", f"/process-instance/{new['id']}/variables/n").json == {
        "type": "Long",
        "value": 7,
        "valueInfo": {},
    }
    assert ask("GET", f"/process-instance/{new['id']}/variables/scan/data").data == b"hi"
    with Session(database_engine) as session:
        old_viewers, viewers = (session.get_one(Instance, UUID(one)).viewers for one in (case, new["id"]))
        assert {*old_viewers} < {*viewers}
    for instance in (case, new["id"]):
        query = f"/history/user-operation?processInstanceId={instance}&operationType=RestartProcessInstance"
        (entry,) = ask("GET", query).json
        assert (entry["annotation"], entry["orgValue"], entry["newValue"]) == ("by order of the court", case, new["id"])


ACTS: list[tuple[str, str, Any]] = [
    ("PUT", "/process-instance/{case}/suspended", {"suspended": True}),
    ("PUT", "/process-instance/suspended", {"suspended": False, "processInstanceIds": ["{case}"]}),
    (
        "PUT",
        "/process-definition/key/p/tenant-id/aktobe-gask/suspended",
        {"suspended": True, "includeProcessInstances": True},
    ),
    ("PUT", "/job/{job}/suspended", {"suspended": False}),
    ("PUT", "/job/suspended", {"suspended": False, "processInstanceId": "{case}"}),
    ("PUT", "/job/{job}/retries", {"retries": 2}),
    ("POST", "/job/retries", {"retries": 2, "jobIds": ["{job}"]}),
    ("PUT", "/job/{job}/duedate", {"duedate": "2030-01-01T00:00:00.000+0500"}),
    ("PUT", "/job/{job}/priority", {"priority": 2}),
    ("PUT", "/external-task/{task}/retries", {"retries": 2}),
    ("PUT", "/external-task/retries", {"retries": 2, "externalTaskIds": ["{task}"]}),
    ("PUT", "/external-task/{task}/priority", {"priority": 2}),
    ("PUT", "/process-instance/{case}/variables/n", {"value": 1, "type": "Integer"}),
    ("POST", "/process-instance/{case}/variables", {"deletions": ["n"]}),
]


def test_history_says_why_of_each_act(
    deploy: Deploy, start: Start, ask: Ask, database_engine: Engine, carry_out: Callable[[str], None]
) -> None:
    deploy({"all.bpmn": ALL_THAT_WAITS, "one.bpmn": ONE_TASK})
    case = start("p")
    (job,), (task,) = ask("GET", "/job").json, ask("GET", "/external-task").json
    for number, (method, at, body) in enumerate(ACTS):
        told = orjson.dumps([at, body | {"annotation": f"why {number}"}]).decode()
        for name, its_id in (("{case}", case), ("{job}", job["id"]), ("{task}", task["id"])):
            told = told.replace(name, its_id)
        answer = ask(method, *orjson.loads(told))
        assert answer.status_code in (200, 204), (at, answer.text)
        if at == "/job/retries":
            carry_out(answer.json["id"])
    with Session(database_engine) as session:
        rows = session.execute(
            select(History.annotation, History.user_id, History.data)
            .where(History.instance_id == UUID(case), History.annotation.is_not(None))
            .order_by(History.id)
        ).all()
    assert [row.annotation for row in rows] == [f"why {number}" for number in range(len(ACTS))]
    assert {row.user_id for row in rows} == {"admin"}
    found = {name: value for row in rows for name, value in (row.data or {}).items() if name != "jobId"}
    assert (found["priority"], found["retries"], found["n"]) == ([0, 2], [2, 2], [1, None])
    too_long = {"suspended": False, "annotation": "x" * 4001}
    assert ask("PUT", f"/process-instance/{case}/suspended", too_long).status_code == 400


def test_a_query_with_a_property_that_there_is_not_acts_on_nothing(
    deploy: Deploy, start: Start, ask: Ask, nothing_kept: Callable[[], Any]
) -> None:
    deploy({"steps.bpmn": STEPS})
    start("steps")
    with nothing_kept():
        body = {"suspended": True, "processInstanceQuery": {"processDefinitonKey": "other"}}
        assert ask("PUT", "/process-instance/suspended", body).status_code == 400


def test_instances_are_suspended_and_activated_together(deploy: Deploy, start: Start, ask: Ask) -> None:
    deploy({"steps.bpmn": STEPS})
    one, two = start("steps"), start("steps")

    def suspended(value: bool, **which: Any) -> set[str]:
        assert ask("PUT", "/process-instance/suspended", {"suspended": value, **which}).status_code == 204
        return {row["id"] for row in ask("GET", "/process-instance?suspended=true").json}

    assert suspended(True, processInstanceIds=[one]) == {one}
    assert suspended(True, processDefinitionKey="steps") == {one, two}
    assert suspended(False, processInstanceQuery={"processInstanceIds": [two]}) == {one}
    assert ask("PUT", "/process-instance/suspended", {"suspended": True}).status_code == 400
    body = {"suspended": True, "processDefinitionKey": "steps"}
    assert ask("PUT", "/process-instance/suspended", body, "head.aktobe-gask").status_code == 403
