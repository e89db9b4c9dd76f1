from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.wsgi import create_app

Headers = Callable[[str], dict[str, str]]
CLERK = "clerk.aktobe-gask"


def sign_in(client: FlaskClient, password: str = "demo", **headers: str) -> Any:
    return client.post("/api/session", json={"username": CLERK, "password": password}, headers=headers)


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(client: FlaskClient) -> None:
    answer = sign_in(client)
    assert answer.status_code == 200
    attributes = answer.headers["Set-Cookie"].split("; ")
    assert attributes[0].startswith("reglament_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
    assert "Secure" not in attributes


def test_the_cookie_is_secure_where_the_settings_say_so(app: Flask) -> None:
    secure = create_app(replace(app.extensions["settings"], secure_cookies=True))
    assert "Secure" in sign_in(secure.test_client()).headers["Set-Cookie"].split("; ")
    secure.extensions["database"].dispose()


def test_the_cookie_tells_who_one_is(client: FlaskClient) -> None:
    sign_in(client)
    who = client.get("/api/session").json
    assert who["user"]["id"] == CLERK
    assert who["administrator"] is False
    assert who["organisations"] == {"aktobe-gask": ["clerk"]}


def test_a_wrong_password_signs_nobody_in(client: FlaskClient) -> None:
    answer = sign_in(client, "wrong")
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert client.get("/api/session").status_code == 401
    assert client.post("/api/session", json={"username": CLERK}).status_code == 400


def test_guessing_is_limited(client: FlaskClient) -> None:
    assert [sign_in(client, f"guess-{number}").status_code for number in range(11)] == [401] * 10 + [429]


def test_signing_out_ends_the_session_for_good(client: FlaskClient) -> None:
    sign_in(client)
    kept = client.get_cookie("reglament_session")
    assert kept is not None
    assert client.delete("/api/session").status_code == 204
    assert client.get_cookie("reglament_session") is None
    client.set_cookie("reglament_session", kept.value)
    assert client.get("/api/session").status_code == 401


def test_a_strange_page_can_neither_sign_in_nor_use_the_cookie(client: FlaskClient) -> None:
    assert sign_in(client, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    sign_in(client)
    assert client.delete("/api/session", headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert client.get("/api/session").status_code == 200


def test_a_token_is_shown_once_and_lets_a_program_in_until_it_is_revoked(client: FlaskClient, as_user: Headers) -> None:
    made = client.post("/api/token", headers=as_user(CLERK))
    assert made.status_code == 201
    bearer = {"Authorization": f"Bearer {made.json['token']}"}
    assert client.get("/api/session", headers=bearer).json["user"]["id"] == CLERK
    assert client.delete("/api/token", headers=bearer).status_code == 204
    assert client.get("/api/session", headers=bearer).status_code == 401


def test_people_revoke_their_own_tokens_alone(client: FlaskClient, as_user: Headers) -> None:
    token = client.post("/api/token", headers=as_user(CLERK)).json["token"]

    def revoke(user: str, **body: str) -> int:
        return client.delete("/api/token", json=body, headers=as_user(user)).status_code

    assert revoke("head.aktobe-gask", token=token) == 404
    assert revoke(CLERK) == 400
    assert revoke(CLERK, token=token) == 204
    assert revoke(CLERK, token=token) == 404
