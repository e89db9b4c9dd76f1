"""How an organisation is set up: by administrators alone, and the secret is never told."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Headers = dict[str, str]
PATH = "/api/organisations/aktobe-gask"
HOOK = {"webhookUrl": "https://edo.example.kz/events?of=gask", "webhookSecret": "k" * 32}


@pytest.fixture
def put(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., Any]:
    def run(body: Any, user: str = "admin", path: str = PATH) -> Any:
        return client.put(path, json=body, headers=as_user(user))

    return run


def test_what_is_given_changes_and_the_rest_stays(
    put: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    assert client.get(PATH, headers=as_user("admin")).json["reminderPercent"] == 20
    assert put({"reminderPercent": 35}).status_code == 200
    assert put(HOOK).json["webhookUrl"] == HOOK["webhookUrl"]
    found = client.get(PATH, headers=as_user("admin"))
    assert (found.json["reminderPercent"], found.json["webhookSigned"]) == (35, True)
    assert HOOK["webhookSecret"] not in found.text
    gone = put({"webhookUrl": None}).json
    assert (gone["webhookUrl"], gone["webhookSigned"], gone["reminderPercent"]) == (None, False, 35)


@pytest.mark.parametrize(
    "body",
    [
        {"reminderPercent": 0},
        {"reminderPercent": 91},
        {"reminderPercent": True},
        {"reminderPercent": "20"},
        {"webhookUrl": "https://edo.example.kz/"},
        {"webhookSecret": "k" * 32},
        {**HOOK, "webhookSecret": "short"},
        {**HOOK, "webhookSecret": "k" * 300},
        {**HOOK, "webhookUrl": "http://edo.example.kz/"},
        {**HOOK, "webhookUrl": "ftp://edo.example.kz/"},
        {**HOOK, "webhookUrl": "https://user:password@edo.example.kz/"},
        {**HOOK, "webhookUrl": "https://edo.example.kz:99999/"},
        {**HOOK, "webhookUrl": "https://[::1/"},
        {**HOOK, "webhookUrl": "https://169.254.169.254/latest"},
        {**HOOK, "webhookUrl": "https://[fe80::1]/"},
        {**HOOK, "webhookUrl": "https://[::ffff:169.254.169.254]/"},
        {**HOOK, "webhookUrl": "https://0.0.0.0/"},
        {**HOOK, "webhookUrl": "https://224.0.0.1/"},
        {**HOOK, "webhookUrl": "https://edo.example.kz/\r\nX: y"},
        {**HOOK, "webhookUrl": 5},
        {"name": "x"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    put: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers], body: dict[str, Any]
) -> None:
    before = client.get(PATH, headers=as_user("admin")).json
    assert put(body).status_code == 400
    assert client.get(PATH, headers=as_user("admin")).json == before


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9000/in", "http://localhost/in", "http://[::1]:9000/", "https://10.1.2.3/"]
)
def test_this_machine_and_private_networks_may_be_told(put: Callable[..., Any], url: str) -> None:
    assert put({**HOOK, "webhookUrl": url}).status_code == 200


def test_nobody_else_sees_or_changes_it(
    put: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    assert put({"reminderPercent": 30}, "head.aktobe-gask").status_code == 403
    assert client.get(PATH, headers=as_user("head.aktobe-gask")).status_code == 403
    assert put({}, path="/api/organisations/nowhere").status_code == 404
