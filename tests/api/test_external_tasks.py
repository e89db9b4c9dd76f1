"""External tasks over the API: fetched, held, completed, given up and mended, as the dialect has it."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.workers.fetching import CONTESTED, Topic, Wanted, fetch, next_free
from app.domain.people.access import Actor
from app.store.tables import ExternalTask, Incident
from tests.api.conftest import Deploy, Headers, Start
from tests.api.worked import ELSEWHERE, FILES, PLAIN, TENANT, Worker, keys


@pytest.fixture
def worker(client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy) -> Worker:
    deploy(FILES)
    return Worker(client, as_user("admin"))


@pytest.fixture
def other(worker: Worker) -> Worker:
    return Worker(worker.client, worker.headers, "w2")


@pytest.fixture
def begin(start: Start) -> Callable[..., str]:
    def run(key: str = "payment", **more: Any) -> str:
        return start(key, **{**PLAIN, **more})

    return run


Begin = Callable[..., str]


def stands_at(worker: Worker, instance: str) -> list[str]:
    tree = worker.get(f"process-instance/{instance}/activity-instances")
    return [child["activityId"] for child in tree["childActivityInstances"]]


def test_a_fetched_task_tells_all_that_the_clients_read(worker: Worker, begin: Begin) -> None:
    instance = begin(business_key="A-1")
    before = datetime.now(UTC)
    answer = worker.fetch({"includeExtensionProperties": True, "deserializeValues": True}, sorting=None)
    assert answer.headers["Content-Type"] == "application/json"
    [task] = answer.json
    lock = datetime.strptime(task["lockExpirationTime"], "%Y-%m-%dT%H:%M:%S.%f%z")
    assert before + timedelta(seconds=59) < lock < datetime.now(UTC) + timedelta(seconds=61)
    assert task["createTime"].endswith("+0000")
    assert {name: task[name] for name in task if not name.endswith(("Time", "Id", "id"))} == {
        "businessKey": "A-1",
        "errorMessage": None,
        "errorDetails": None,
        "extensionProperties": {"currency": "KZT"},
        "priority": 5,
        "processDefinitionKey": "payment",
        "processDefinitionVersionTag": "first",
        "retries": None,
        "suspended": False,
        "topicName": "charge",
        "variables": {
            "urgency": {"type": "Integer", "value": 5, "valueInfo": {}},
            "amount": {"type": "Integer", "value": 100, "valueInfo": {}},
            "channel": {"type": "String", "value": "mail", "valueInfo": {}},
            "due": {"type": "Integer", "value": 101, "valueInfo": {}},
        },
    }
    place = (task["activityId"], task["workerId"], task["tenantId"], task["processInstanceId"])
    assert place == ("charge", "w1", TENANT, instance)
    assert task["executionId"].startswith(f"{instance}:")
    assert task["activityInstanceId"] == task["executionId"]


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"variables": ["amount", "due", "absent"]}, {"amount", "due"}),
        ({"variables": []}, set()),
        ({"localVariables": True}, {"due"}),
        ({"variables": None}, {"amount", "due", "urgency", "channel"}),
    ],
)
def test_a_worker_sees_the_variables_that_it_asks_for(
    worker: Worker, begin: Begin, asked: dict[str, Any], seen: set[str]
) -> None:
    begin()
    [task] = worker.fetched(asked)
    assert set(task["variables"]) == seen
    assert task["extensionProperties"] == {}


def test_a_task_is_fetched_once_until_its_lock_ends(
    worker: Worker, other: Worker, begin: Begin, database_engine: Engine
) -> None:
    begin()
    assert len(worker.fetched()) == 1
    assert worker.fetched() == other.fetched() == []
    with Session(database_engine) as session, session.begin():
        session.execute(update(ExternalTask).values(locked_until=datetime.now(UTC)))
    [task] = other.fetched()
    refused = worker.act(task["id"], "complete")
    assert refused.status_code == 400
    assert refused.json is not None
    assert "cannot be completed by worker 'w1'. It is locked by worker 'w2'" in refused.json["message"]
    other.does(task["id"], "complete", localVariables={"receipt": {"value": "R-1"}})


def test_a_lock_that_has_ended_is_still_good_if_nobody_else_took_the_task(
    worker: Worker, begin: Begin, database_engine: Engine
) -> None:
    instance = begin()
    [task] = worker.fetched()
    with Session(database_engine) as session, session.begin():
        session.execute(update(ExternalTask).values(locked_until=datetime.now(UTC)))
    assert worker.act(task["id"], "extendLock", newDuration=1000).status_code == 400
    worker.does(task["id"], "complete", variables={"receipt": {"value": "R-1"}})
    assert stands_at(worker, instance) == ["tell"]


@pytest.mark.usefixtures("worker")
def test_what_another_was_about_to_lock_is_looked_for_again(begin: Begin, database_engine: Engine) -> None:
    begin()
    admin, now = Actor("admin", True, frozenset()), datetime.now(UTC)
    wanted = Wanted("w", 1, {"charge": Topic(timedelta(minutes=1))})
    with Session(database_engine) as first, Session(database_engine) as second:
        assert len(fetch(first, admin, wanted, now)) == 1
        assert (fetch(second, admin, wanted, now), next_free(second, wanted, now)) == ([], CONTESTED)
        first.rollback()
        assert len(fetch(second, admin, wanted, now)) == 1


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ({"businessKey": "A"}, ["A"]),
        ({"processDefinitionKey": "refusable"}, ["C"]),
        ({"processDefinitionKeyIn": ["refusable", "payment"]}, ["A", "B", "C", "D"]),
        ({"processDefinitionVersionTag": "first"}, ["A", "B", "D"]),
        ({"processVariables": {"amount": 7, "channel": "mail"}}, ["B"]),
        ({"processVariables": {}}, ["A", "B", "C", "D"]),
        ({"tenantIdIn": [ELSEWHERE]}, ["D"]),
        ({"withoutTenantId": True}, []),
        ({"processDefinitionIdIn": ["none"]}, []),
        ({"topicName": "mail"}, []),
    ],
)
def test_a_worker_fetches_what_it_wants_of_a_topic(
    worker: Worker, begin: Begin, deploy: Deploy, topic: dict[str, Any], found: list[str]
) -> None:
    deploy({"payment.bpmn": FILES["payment.bpmn"]}, tenant=ELSEWHERE)
    begin(business_key="A")
    begin(business_key="B", amount=7)
    begin("refusable", business_key="C")
    begin(business_key="D", tenant=ELSEWHERE)
    assert sorted(keys(worker.fetched(topic))) == found


def test_tasks_come_by_priority_then_by_age_as_the_worker_wants(worker: Worker, begin: Begin) -> None:
    for key, urgency in (("A", 1), ("B", 9), ("C", 9), ("D", 3)):
        begin(business_key=key, urgency=urgency)
    newest_first = [{"sortBy": "createTime", "sortOrder": "desc"}]
    assert keys(worker.fetched(usePriority=True, sorting=newest_first, most=2)) == ["C", "B"]
    assert keys(worker.fetched(usePriority=True, most=1)) == ["D"]
    assert keys(worker.fetched(most=0)) == []
    assert keys(worker.fetched({}, {"topicName": "mail"}, sorting=newest_first)) == ["A"]


def test_two_topics_are_fetched_at_once_each_for_a_time_of_its_own(worker: Worker, begin: Begin) -> None:
    begin(business_key="A")
    begin(business_key="B")
    [first] = worker.fetched({"businessKey": "A"})
    worker.does(first["id"], "complete", variables={"receipt": {"value": "R"}})
    tasks = worker.fetched({"lockDuration": 1_000}, {"topicName": "mail", "lockDuration": 600_000})
    locks = {task["topicName"]: task["lockExpirationTime"] for task in tasks}
    assert set(locks) == {"charge", "mail"}
    assert locks["charge"] < locks["mail"]


def test_completion_writes_variables_of_every_type_and_runs_on(worker: Worker, begin: Begin) -> None:
    instance = begin()
    [task] = worker.fetched()
    worker.does(
        task["id"],
        "complete",
        variables={
            "amount": {"value": "120", "type": "integer"},
            "when": {"value": "2026-01-02T03:04:05.000+0000", "type": "date"},
            "data": {"value": '{"a": [1]}', "type": "json"},
            "ok": {"value": True},
            "file": {
                "value": base64.b64encode(b"bytes").decode(),
                "type": "file",
                "valueInfo": {"filename": "a.txt", "mimetype": "text/plain"},
            },
        },
        localVariables={"receipt": {"value": "R-7"}},
    )
    kept = worker.get(f"process-instance/{instance}/variables")
    assert (kept["amount"]["value"], kept["paid"]["value"], kept["ok"]["value"]) == (120, "R-7", True)
    assert (kept["when"]["type"], kept["data"]["type"], kept["file"]["value"]) == ("Date", "Json", None)
    assert "receipt" not in kept
    [told] = worker.fetched({"topicName": "mail"})
    assert told["variables"]["file"]["valueInfo"] == {"filename": "a.txt", "mimetype": "text/plain"}
    path = f"/engine-rest/execution/{instance}/localVariables/file/data"
    assert worker.client.get(path, headers=worker.headers).data == b"bytes"
    worker.does(told["id"], "complete")
    assert stands_at(worker, instance) == ["check"]
    assert worker.get("external-task/count") == {"count": 0}


def test_an_execution_shows_its_own_variables(worker: Worker, begin: Begin) -> None:
    instance = begin()
    [task] = worker.fetched()
    own = worker.get(f"execution/{task['executionId']}/localVariables")
    assert own == {"due": {"type": "Integer", "value": 101, "valueInfo": {}}}
    assert worker.get(f"execution/{instance}/localVariables/amount")["value"] == 100
    for missing in (
        f"{instance}/localVariables/none",
        "none/localVariables/amount",
        f"{instance}:9/localVariables/due",
    ):
        answer = worker.client.get(f"/engine-rest/execution/{missing}", headers=worker.headers)
        assert answer.status_code == 404, missing


def test_a_failure_waits_before_the_next_try_and_then_becomes_an_incident(
    worker: Worker, other: Worker, begin: Begin, database_engine: Engine
) -> None:
    begin()
    [task] = worker.fetched()
    failed = {"errorMessage": "no answer", "errorDetails": "line 1\nline 2", "retryTimeout": 60_000}
    worker.does(task["id"], "failure", retries=2, **failed, variables={"tried": {"value": 1}})
    assert other.fetched() == []
    shown = worker.get(f"external-task/{task['id']}")
    assert (shown["retries"], shown["errorMessage"], shown["workerId"]) == (2, "no answer", "w1")
    worker.does(task["id"], "unlock")
    [again] = other.fetched()
    assert (again["retries"], again["errorDetails"]) == (2, "line 1\nline 2")
    assert again["variables"]["tried"]["value"] == 1
    other.does(task["id"], "failure", errorMessage="still none")
    assert other.fetched() == worker.fetched() == []
    assert incidents(database_engine) == [("failedExternalTask", "charge", "still none", False)]
    details = worker.client.get(f"/engine-rest/external-task/{task['id']}/errorDetails", headers=worker.headers)
    assert details.status_code == 204
    assert worker.put(f"{task['id']}/retries", {"retries": 1}) == 204
    assert incidents(database_engine) == [("failedExternalTask", "charge", "still none", True)]
    assert keys(other.fetched()) == [None]
    log = worker.get(
        f"history/external-task-log?failureLog=true&externalTaskId={task['id']}&sortBy=timestamp&sortOrder=asc"
    )
    assert [(one["workerId"], one["retries"], one["errorMessage"]) for one in log] == [
        ("w1", None, "no answer"),
        ("w2", 2, "still none"),
    ]
    said = [
        worker.client.get(f"/engine-rest/history/external-task-log/{one['id']}/error-details", headers=worker.headers)
        for one in log
    ]
    assert [(one.status_code, one.text) for one in said] == [(200, "line 1\nline 2"), (204, "")]


def incidents(database_engine: Engine) -> list[tuple[str, str | None, str, bool]]:
    """Kind, element, message and whether it is over."""
    with Session(database_engine) as session:
        return [
            (one.kind, one.element, one.message, one.ended_at is not None) for one in session.scalars(select(Incident))
        ]


def test_the_log_tells_what_became_of_each_task(
    worker: Worker, begin: Begin, as_user: Callable[[str], Headers]
) -> None:
    begin(business_key="A"), begin("refusable")
    done, refused = worker.fetched()
    worker.does(done["id"], "complete", localVariables={"receipt": {"value": 1}})
    worker.does(refused["id"], "bpmnError", errorCode="NO_MONEY")
    log = worker.get("history/external-task-log")
    events = ("creationLog", "failureLog", "successLog", "deletionLog")
    assert [(one["topicName"], next(name for name in events if one[name])) for one in log] == [
        ("charge", "creationLog"),
        ("charge", "creationLog"),
        ("charge", "successLog"),
        ("mail", "creationLog"),
        ("charge", "deletionLog"),
    ]
    [success] = worker.get(f"history/external-task-log?successLog=true&executionIdIn={done['executionId']}")
    assert (success["externalTaskId"], success["processInstanceId"]) == (done["id"], success["rootProcessInstanceId"])
    assert worker.get(f"history/external-task-log/{success['id']}") == success
    assert worker.get("history/external-task-log/count?workerId=w1&priorityLowerThanOrEquals=4") == {"count": 1}
    others = as_user("clerk.industrial-safety-committee")
    assert worker.client.get("/engine-rest/history/external-task-log", headers=others).json == []
    for path in (f"{success['id']}", f"{success['id']}/error-details"):
        path = f"/engine-rest/history/external-task-log/{path}"
        assert worker.client.get(path, headers=others).status_code in (403, 404)


def test_error_details_are_a_text(worker: Worker, begin: Begin) -> None:
    begin()
    [task] = worker.fetched()
    worker.does(task["id"], "failure", retries=1, errorDetails="Қате: a\nb")
    answer = worker.client.get(f"/engine-rest/external-task/{task['id']}/errorDetails", headers=worker.headers)
    assert answer.text == "Қате: a\nb"
    assert answer.mimetype == "text/plain"


def test_an_incident_ends_with_its_task(worker: Worker, begin: Begin, database_engine: Engine) -> None:
    begin()
    [task] = worker.fetched()
    worker.does(task["id"], "failure")
    worker.does(task["id"], "complete", localVariables={"receipt": {"value": 1}})
    assert [over for *_, over in incidents(database_engine)] == [True]


def test_a_business_error_is_caught_with_its_variables(worker: Worker, begin: Begin) -> None:
    instance = begin("refusable")
    [task] = worker.fetched()
    worker.does(
        task["id"], "bpmnError", errorCode="NO_MONEY", errorMessage="none left", variables={"left": {"value": 0}}
    )
    assert stands_at(worker, instance) == ["ask"]
    kept = worker.get(f"process-instance/{instance}/variables")
    assert (kept["code"]["value"], kept["why"]["value"], kept["left"]["value"]) == ("NO_MONEY", "none left", 0)


def test_a_business_error_that_nothing_catches_ends_the_instance(worker: Worker, begin: Begin) -> None:
    instance = begin("refusable")
    [task] = worker.fetched()
    worker.does(task["id"], "bpmnError", errorCode="OTHER", errorMessage="no such thing")
    ended = worker.get(f"history/process-instance/{instance}")
    why = f"error 'OTHER' of '{task['activityId']}' was not caught: no such thing"
    assert (ended["state"], ended["deleteReason"]) == ("INTERNALLY_TERMINATED", why)


def test_a_lock_is_taken_extended_and_given_back(worker: Worker, other: Worker, begin: Begin) -> None:
    begin()
    [task] = worker.ids()
    other.does(task, "lock", lockDuration=60_000)
    assert worker.act(task, "lock", lockDuration=60_000).status_code == 400
    assert worker.act(task, "extendLock", newDuration=60_000).status_code == 400
    other.does(task, "lock", lockDuration=60_000)
    other.does(task, "extendLock", newDuration=600_000)
    assert worker.fetched() == []
    path = f"/engine-rest/external-task/{task}/unlock"
    assert worker.client.post(path, headers=worker.headers).status_code == 204
    [fetched] = worker.fetched()
    assert fetched["workerId"] == "w1"


def test_what_is_suspended_is_not_fetched_and_not_completed(worker: Worker, begin: Begin) -> None:
    instance = begin()
    [task] = worker.fetched()
    suspension = f"/engine-rest/process-instance/{instance}/suspended"
    worker.client.put(suspension, json={"suspended": True}, headers=worker.headers)
    assert worker.act(task["id"], "complete").status_code == 409
    worker.does(task["id"], "unlock")
    assert worker.fetched() == []
    worker.client.put(suspension, json={"suspended": False}, headers=worker.headers)
    assert len(worker.fetched()) == 1


def test_retries_are_set_for_many_at_once(worker: Worker, begin: Begin) -> None:
    instances = [begin(business_key=str(number)) for number in range(4)]
    for task in worker.fetched():
        worker.does(task["id"], "failure")
    by_instance = {row["processInstanceId"]: row["id"] for row in worker.get("external-task?noRetriesLeft=true")}
    chosen = [
        {"externalTaskIds": [by_instance[instances[0]]]},
        {"processInstanceIds": [instances[1]]},
        {"externalTaskQuery": {"processInstanceId": instances[2]}},
        {"processInstanceQuery": {"businessKey": "3"}},
    ]
    for left, one in zip((3, 2, 1, 0), chosen, strict=True):
        assert worker.put("retries", {"retries": 5, **one}) == 204
        assert worker.get("external-task/count?noRetriesLeft=true") == {"count": left}
    assert worker.put("retries", {"retries": 5}) == 400
    assert worker.put("retries", {"retries": -1, "externalTaskIds": [by_instance[instances[0]]]}) == 400
    assert worker.put("retries", {"retries": 1, "externalTaskIds": ["none"]}) == 404
    log = worker.get(f"history/user-operation?operationType=SetExternalTaskRetries&processInstanceId={instances[0]}")
    assert [(one["entityType"], one["property"], one["orgValue"], one["newValue"]) for one in log] == [
        ("ExternalTask", "retries", "0", "5")
    ]


def test_priority_is_changed(worker: Worker, begin: Begin) -> None:
    begin(business_key="A", urgency=9)
    begin(business_key="B", urgency=1)
    [second] = worker.ids("priorityLowerThanOrEquals=1")
    assert worker.put(f"{second}/priority", {"priority": 10}) == 204
    assert keys(worker.fetched(usePriority=True, most=1)) == ["B"]
    assert worker.put(f"{second}/priority", {"priority": None}) == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A", "B", "C"]),
        ("topicName=mail", ["C"]),
        ("locked=true", ["B"]),
        ("notLocked=true", ["A", "C"]),
        ("workerId=w1&active=true", ["B"]),
        ("activityIdIn=charge,none", ["A", "B"]),
        ("priorityHigherThanOrEquals=5", ["A"]),
        ("withRetriesLeft=true&processDefinitionKey=payment", ["A", "B", "C"]),
        ("processVariables=urgency_eq_5", ["A"]),
        ("processDefinitionName=payment&tenantIdIn=aktobe-gask", ["A", "B", "C"]),
        ("lockExpirationAfter=2030-01-01T00:00:00.000%2B0000", []),
        ("suspended=true", []),
        ("sortBy=taskPriority&sortOrder=desc&maxResults=1", ["A"]),
    ],
)
def test_the_list_is_filtered_and_counted(worker: Worker, begin: Begin, query: str, found: list[str]) -> None:
    begin(business_key="C", urgency=0)
    [task] = worker.fetched()
    worker.does(task["id"], "complete", localVariables={"receipt": {"value": 1}})
    begin(business_key="B", urgency=1)
    worker.fetched()
    begin(business_key="A", urgency=5)
    assert sorted(keys(worker.get(f"external-task?{query}"))) == found
    if "sortBy" not in query:
        assert worker.get(f"external-task/count?{query}") == {"count": len(found)}
    assert worker.get("external-task/topic-names") == ["charge", "mail"]
    assert worker.get("external-task/topic-names?withLockedTasks=true") == ["charge"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"workerId": None},
        {"maxTasks": None},
        {"maxTasks": -1},
        {"asyncResponseTimeout": 1_800_001},
        {"asyncResponseTimeout": "soon"},
        {"usePriority": "perhaps"},
        {"sorting": [{"sortBy": "topicName", "sortOrder": "asc"}]},
        {"topics": "charge"},
        {"topics": [{"lockDuration": 1000}]},
        {"topics": [{"topicName": "charge", "lockDuration": 0}]},
        {"topics": [{"topicName": "charge", "lockDuration": 10**18}]},
        {"topics": [{"topicName": "charge", "lockDuration": 10, "processVariables": {"a": {"b": 1}}}]},
        {"topics": [{"topicName": "charge", "lockDuration": 10, "variables": [1]}]},
        {"topics": [{"topicName": "a", "lockDuration": 10}] * 101},
    ],
)
def test_a_fetch_that_cannot_be_understood_locks_nothing(worker: Worker, begin: Begin, wrong: dict[str, Any]) -> None:
    begin()
    assert worker.fetch(**wrong).status_code == 400
    assert len(worker.fetched()) == 1


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("complete", {"workerId": None}),
        ("complete", {"variables": []}),
        ("complete", {"variables": {"a": {"value": 1, "type": "Colour"}}}),
        ("complete", {"localVariables": {"a": {"value": "eA==", "type": "File"}}}),
        ("bpmnError", {}),
        ("bpmnError", {"errorCode": ""}),
        ("failure", {"retries": -1}),
        ("failure", {"retryTimeout": -1}),
        ("failure", {"errorMessage": 5}),
        ("lock", {}),
        ("extendLock", {"newDuration": 0}),
    ],
)
def test_an_act_that_cannot_be_understood_changes_nothing(
    worker: Worker, begin: Begin, what: str, body: dict[str, Any], nothing_kept: Any
) -> None:
    begin()
    [task] = worker.fetched()
    with nothing_kept():
        assert worker.act(task["id"], what, **body).status_code == 400


def test_tasks_that_do_not_exist_are_not_found(worker: Worker) -> None:
    for what in ("complete", "bpmnError", "failure", "lock", "extendLock", "unlock"):
        more = {"errorCode": "E", "lockDuration": 1, "newDuration": 1}
        for task in ("none", "019a0000-0000-7000-8000-000000000000"):
            assert worker.act(task, what, **more).status_code == 404


def test_only_administrators_work_tasks_and_tenants_do_not_see_each_other(
    worker: Worker, begin: Begin, as_user: Callable[[str], Headers]
) -> None:
    begin()
    clerk, stranger = (Worker(worker.client, as_user(f"clerk.{tenant}")) for tenant in (TENANT, ELSEWHERE))
    [task] = clerk.ids()
    assert stranger.ids() == []
    assert stranger.get("external-task/topic-names") == []
    assert stranger.client.get(f"/engine-rest/external-task/{task}", headers=stranger.headers).status_code == 404
    assert clerk.fetch().status_code == 403
    for what in ("complete", "failure", "unlock"):
        assert clerk.act(task, what).status_code == 403
    assert clerk.put(f"{task}/retries", {"retries": 1}) == 403
    assert clerk.put(f"{task}/priority", {"priority": 1}) == 403


def test_statistics_count_external_tasks(worker: Worker, begin: Begin) -> None:
    begin()
    begin()
    [definition] = worker.get("process-definition?key=payment")
    found = worker.get(f"process-definition/{definition['id']}/statistics")
    assert [(one["id"], one["instances"]) for one in found] == [("charge", 2)]


def test_an_incident_ends_when_its_task_is_withdrawn(worker: Worker, begin: Begin, database_engine: Engine) -> None:
    instance = begin()
    [task] = worker.fetched()
    worker.does(task["id"], "failure")
    worker.client.delete(f"/engine-rest/process-instance/{instance}", headers=worker.headers)
    assert [over for *_, over in incidents(database_engine)] == [True]
    assert worker.ids() == []
