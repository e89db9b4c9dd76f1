"""Other origins: nothing by default, what is configured otherwise."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.wsgi import create_app

PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture
def open_client(app: Flask) -> FlaskClient:
    settings = replace(app.extensions["settings"], cors_origins=("https://tasks.example.kz", "null", "file://"))
    return create_app(settings).test_client()


def test_by_default_no_other_origin_may_read(client: FlaskClient) -> None:
    answer = client.get("/engine-rest/version", headers={"Origin": "https://tasks.example.kz"})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("origin", ["https://tasks.example.kz", "null", "file://"])
def test_a_configured_origin_may_ask_and_read_with_credentials(open_client: FlaskClient, origin: str) -> None:
    asked = open_client.options("/engine-rest/deployment/create", headers={"Origin": origin, **PREFLIGHT})
    assert asked.status_code == 204
    for answer in (asked, open_client.get("/engine-rest/version", headers={"Origin": origin})):
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def test_an_origin_that_is_not_configured_may_not_read(open_client: FlaskClient) -> None:
    answer = open_client.get("/engine-rest/version", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
