"""Signals, events of one execution, and what is waited for."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.models.values import write_date
from app.store.tables import EventSubscription, Instance
from tests.actions.beginnings import begun_by, work
from tests.api.models import bpmn, line, user_task
from tests.features.feature_models import message, signal, timer

REST = "/engine-rest"
OUTSIDE = '<message id="m" name="paid"/><signal id="b" name="bell"/></definitions>'
HEARS = bpmn(
    "hears",
    line("intermediateCatchEvent|wait||<signalEventDefinition signalRef='b'/>", user_task("after", "After")),
).replace("</definitions>", OUTSIDE)
PAYMENT = bpmn("payment", line("receiveTask|wait|messageRef='m'|", user_task("after", "After"))).replace(
    "</definitions>", OUTSIDE
)
TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Ask = Callable[..., Any]


@pytest.fixture
def post(client: FlaskClient, as_user: AsUser) -> Ask:
    return lambda path, body=None, user="admin": client.post(REST + path, json=body or {}, headers=as_user(user))


@pytest.fixture
def get(client: FlaskClient, as_user: AsUser) -> Ask:
    return lambda path, user="admin": client.get(REST + path, headers=as_user(user)).json


@pytest.fixture
def stands_at(database_engine: Engine, get: Ask) -> Callable[[str], list[str]]:
    """Where an instance stands when its jobs are done."""

    def run(instance: str) -> list[str]:
        with Session(database_engine) as session, session.begin():
            work(session, datetime.now(UTC))
        return [
            one["activityId"]
            for one in get(f"/process-instance/{instance}/activity-instances")["childActivityInstances"]
        ]

    return run


def execution(get: Ask, instance: str) -> str:
    (found,) = get(f"/event-subscription?processInstanceId={instance}")
    return str(found["executionId"])


def test_a_signal_comes_to_all_that_wait_for_it_with_its_variables(
    post: Ask, get: Ask, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"hears.bpmn": HEARS})
    instances = [start("hears"), start("hears")]
    assert post("/signal", {"name": "bell", "variables": {"loud": {"value": True}}}).status_code == 204
    assert [stands_at(one) for one in instances] == [["after"], ["after"]]
    assert get(f"/process-instance/{instances[0]}/variables/loud")["value"] is True


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ({}, [TENANT, OTHER, None]),
        ({"tenantId": TENANT}, [TENANT]),
        ({"withoutTenantId": True}, [None]),
        ({"tenantId": "nobody"}, []),
    ],
)
def test_a_signal_stays_in_the_organisation_that_it_names(
    post: Ask, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]], body: Any, heard: list[str | None]
) -> None:
    instances = {}
    for tenant in (TENANT, OTHER, None):
        deploy({"hears.bpmn": HEARS}, tenant)
        instances[tenant] = start("hears", tenant)
    assert post("/signal", {"name": "bell", **body}).status_code == 204
    assert [tenant for tenant, one in instances.items() if stands_at(one) == ["after"]] == heard


def test_a_signal_begins_processes(post: Ask, get: Ask, deploy: Deploy, stands_at: Callable[[str], list[str]]) -> None:
    deploy({"one.bpmn": begun_by("one", signal("bell")), "two.bpmn": begun_by("two", signal("bell"))})
    post("/signal", {"name": "bell", "tenantId": TENANT, "variables": {"loud": {"value": 3}}})
    begun = get("/process-instance?sortBy=definitionKey&sortOrder=asc")
    assert [one["definitionKey"] for one in begun] == ["one", "two"]
    assert [stands_at(one["id"]) for one in begun] == [["work"], ["work"]]
    assert get(f"/process-instance/{begun[0]['id']}/variables/loud")["value"] == 3


def test_a_signal_that_nobody_knows_is_no_error(post: Ask) -> None:
    assert post("/signal", {"name": "unknown"}).status_code == 204


def test_a_signal_for_one_execution_comes_to_it_alone(
    post: Ask, get: Ask, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"hears.bpmn": HEARS})
    first, second = start("hears"), start("hears")
    body = {"name": "bell", "executionId": execution(get, first)}
    assert post("/signal", body).status_code == 204
    assert (stands_at(first), stands_at(second)) == (["after"], ["wait"])
    again = post("/signal", body)
    assert (again.status_code, "has not subscribed to a signal event with name 'bell'" in again.text) == (400, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": 5}, 400),
        ({"name": "bell", "tenantId": TENANT, "withoutTenantId": True}, 400),
        ({"name": "bell", "executionId": "nothing"}, 404),
        ({"name": "bell", "executionId": "00000000-0000-0000-0000-000000000001:4", "tenantId": TENANT}, 400),
        ({"name": "bell", "executionId": "00000000-0000-0000-0000-000000000001:4"}, 404),
        ({"name": "bell", "variables": 5}, 400),
    ],
)
def test_a_signal_that_cannot_be_understood_is_refused(post: Ask, body: Any, status: int) -> None:
    assert post("/signal", body).status_code == status


def test_a_message_is_handed_to_one_execution(
    post: Ask, get: Ask, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    first, second = start("payment"), start("payment")
    path = f"/execution/{execution(get, first)}/messageSubscriptions"
    assert get(f"{path}/paid")["activityId"] == "wait"
    assert post(f"{path}/other/trigger").status_code == 400
    assert post(f"{path}/paid/trigger", {"variables": {"amount": {"value": 5}}}).status_code == 204
    assert (stands_at(first), stands_at(second)) == (["after"], ["wait"])
    assert get(f"/process-instance/{first}/variables/amount")["value"] == 5
    assert get(f"{path}/paid")["type"] == "InvalidRequestException"
    assert post(f"/execution/{second}/messageSubscriptions/paid/trigger").status_code == 204  # an instance's only place
    assert stands_at(second) == ["after"]


def test_an_execution_that_waits_for_a_message_goes_on_when_it_is_signalled(
    post: Ask, get: Ask, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    instance = start("payment")
    path = f"/execution/{execution(get, instance)}/signal"
    assert post(path, {"variables": {"amount": {"value": 5}}}).status_code == 204
    assert stands_at(instance) == ["after"]
    assert post(path).status_code == 400
    assert post("/execution/nothing/signal").status_code == 404


def test_a_suspended_instance_is_told_nothing(
    post: Ask, get: Ask, client: FlaskClient, as_user: AsUser, deploy: Deploy, start: Start
) -> None:
    deploy({"hears.bpmn": HEARS})
    instance = start("hears")
    path = f"{REST}/process-instance/{instance}/suspended"
    client.put(path, json={"suspended": True}, headers=as_user("admin"))
    answer = post("/signal", {"name": "bell", "executionId": execution(get, instance)})
    assert (answer.status_code, "is suspended" in answer.text) == (400, True)


def test_only_administrators_signal(post: Ask, get: Ask, deploy: Deploy, start: Start) -> None:
    deploy({"payment.bpmn": PAYMENT})
    place, clerk = execution(get, start("payment")), "clerk.aktobe-gask"
    assert post("/signal", {"name": "bell"}, clerk).status_code == 403
    assert post(f"/execution/{place}/signal", {}, clerk).status_code == 403
    assert post(f"/execution/{place}/messageSubscriptions/paid/trigger", {}, clerk).status_code == 403


def test_what_is_waited_for_is_listed_and_counted(
    get: Ask, deploy: Deploy, start: Start, database_engine: Engine
) -> None:
    deploy({"hears.bpmn": HEARS, "payment.bpmn": PAYMENT, "asked.bpmn": begun_by("asked", message("asked"))})
    deploy({"payment.bpmn": PAYMENT}, None)
    instance, common = start("hears"), start("payment", None)
    start("payment")
    with Session(database_engine) as session:
        created = session.scalars(select(Instance.started_at).where(Instance.id == instance)).one()
        token = session.scalars(select(EventSubscription.token).where(EventSubscription.instance_id == instance)).one()
    (found,) = get(f"/event-subscription?processInstanceId={instance}")
    assert isinstance(found.pop("id"), str)
    assert found == {
        "eventType": "signal", "eventName": "bell", "executionId": f"{instance}:{token}", "processInstanceId": instance,
        "activityId": "wait", "createdDate": write_date(created), "tenantId": TENANT,
    }  # fmt: skip
    (begins,) = get("/event-subscription?eventName=asked")
    assert (begins["activityId"], begins["processInstanceId"], begins["executionId"]) == ("s0", None, None)
    assert get(f"/event-subscription?eventSubscriptionId={begins['id']}") == [begins]

    def counted(query: str) -> int:
        rows, total = get(f"/event-subscription?{query}"), get(f"/event-subscription/count?{query}")["count"]
        assert len(rows) == total
        return int(total)

    assert counted("") == 4
    assert counted("eventType=message") == 3
    assert counted("activityId=wait") == 3
    assert counted(f"tenantIdIn={TENANT}") == 3
    assert counted(f"tenantIdIn={TENANT}&includeEventSubscriptionsWithoutTenantId=true") == 4
    assert counted("withoutTenantId=true") == 1
    assert counted(f"processInstanceId={common}") == 1
    assert len(get("/event-subscription?firstResult=1&maxResults=2&sortBy=created&sortOrder=desc")) == 2
    names = [one["eventName"] for one in get("/event-subscription?sortBy=created&sortOrder=asc")]
    assert names == ["asked", "bell", "paid", "paid"]
    assert len(get("/event-subscription", "clerk.industrial-safety-committee")) == 1  # the common one


def test_an_unknown_filter_of_what_is_waited_for_is_refused(get: Ask) -> None:
    assert get("/event-subscription?eventNames=a")["type"] == "InvalidRequestException"


def test_what_begins_processes_is_listed_with_its_next_moment(
    client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"p.bpmn": begun_by("p", timer("Date", "2999-01-01T09:00:00+05:00"), message("asked"))})
    deploy({"q.bpmn": begun_by("q", signal("bell"))}, None)

    def ask(query: str, user: str = "admin") -> Any:
        return client.get(f"/api/start-events{query}", headers=as_user(user)).json

    (timed,) = ask("?kind=timer")
    assert isinstance(timed.pop("id"), str)
    assert isinstance(timed.pop("processDefinitionId"), str)
    assert timed == {
        "processDefinitionKey": "p", "processDefinitionVersion": 1, "activityId": "s0", "kind": "timer", "name": None,
        "due": "2999-01-01T04:00:00.000+0000", "left": 1, "suspended": False, "tenantId": TENANT,
        "inForceFrom": None, "inForceUntil": None,
    }  # fmt: skip
    assert [one["kind"] for one in ask("?sortBy=due&sortOrder=asc")] == ["timer", "message", "signal"]
    assert ask("/count") == {"count": 3}
    assert ask("/count?processDefinitionKey=p&dueBefore=2026-01-01T00:00:00.000%2B0000") == {"count": 0}
    assert ask("/count", "clerk.industrial-safety-committee") == {"count": 1}
