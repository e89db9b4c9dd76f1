"""What Prometheus reads, who may, and that it names nobody."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from app.api.metrics import kept
from tests.api.models import bpmn

Headers = dict[str, str]
MODEL = bpmn(
    "design-licence",
    '<startEvent id="s"/><userTask id="work" name="Work" camunda:candidateGroups="clerk"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
)
TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture
def token(app: Flask) -> Iterator[Headers]:
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, metrics_token=TOKEN)
    kept.forget()
    yield {"Authorization": f"Bearer {TOKEN}"}
    app.extensions["settings"] = settings


def test_only_the_token_and_administrators_read_them(
    client: FlaskClient, as_user: Callable[[str], Headers], token: Headers
) -> None:
    wrong = {"Authorization": f"Bearer {TOKEN}x"}
    assert [client.get("/metrics", headers=one).status_code for one in ({}, wrong)] == [401, 401]
    assert client.get("/metrics", headers=as_user("clerk.aktobe-gask")).status_code == 403
    assert client.get("/metrics", headers=as_user("admin")).status_code == 200
    answer = client.get("/metrics", headers=token)
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"


def test_they_count_requests_by_route_and_name_no_case(
    client: FlaskClient, as_user: Callable[[str], Headers], token: Headers, start: Callable[..., str], deploy: Callable
) -> None:

    deploy({"one.bpmn": MODEL})
    instance = start("design-licence", business_key="180540012343")
    client.get(f"/engine-rest/process-instance/{instance}", headers=as_user("admin"))
    client.get("/nowhere/180540012343")
    client.open("/nowhere", method="BREW")
    text = client.get("/metrics", headers=token).text
    assert instance not in text
    assert "180540012343" not in text
    found = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    route = ("route", "/engine-rest/process-instance/<instance_id>")
    assert any(route in key and ("status", "200") in key for key in found if key[0] == "reglament_http_requests_total")
    assert found["reglament_http_requests_total", ("method", "other"), ("route", "other"), ("status", "404")] >= 1
    assert found["reglament_http_request_duration_seconds_count", ("method", "GET"), route] >= 1
    assert found["reglament_instances_open",] >= 1
    assert found["reglament_database_up",] == 1
    assert found["reglament_notifications", ("channel", "mail"), ("state", "failed")] == 0
    assert found["reglament_jobs", ("queue", "outside"), ("state", "failed")] == 0


def test_what_is_expensive_is_counted_once_in_a_while(
    client: FlaskClient, token: Headers, statements: list[str]
) -> None:
    client.get("/metrics", headers=token)
    assert len(statements) == 5
    statements.clear()
    client.get("/metrics", headers=token)
    assert statements == []
