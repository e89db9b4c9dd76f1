"""Editions of the law over HTTP: what is started on which day, what the administrator and the applicant are told."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.actions.editions import licence
from tests.api.conftest import TENANTS, Deploy, Headers

KEY = f"/engine-rest/process-definition/key/licence/tenant-id/{TENANTS[0]}"
JUNE, JULY, AUGUST = "2026-06-16T11:00:00+05:00", "2026-07-01T11:00:00+05:00", "2026-08-03T11:00:00+05:00"
GAP = {
    "kk": "«licence» бойынша ср 01.07.2026 күні түскен өтінішке қолданылатын редакция жоқ.",
    "ru": "Для «licence» нет редакции, действующей для заявления, поступившего ср 01.07.2026.",
    "en": "no edition of 'licence' is in force for an application received on Wed 1 Jul 2026;",
}


@pytest.fixture
def at(client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy) -> Callable[..., Any]:
    """A request at a moment; two editions with July between them are deployed."""
    deploy({"old.bpmn": licence("2020", "2020-01-01", "2026-07-01")})
    deploy({"new.bpmn": licence("2026", "2026-08-01")})

    def ask(now: str, method: str, path: str, *, user: str = "admin", lang: str = "en", body: Any = None) -> Any:
        assert client.put("/api/test/clock", json={"now": now}, headers=as_user("admin")).status_code == 200
        return client.open(path, method=method, json=body, headers=as_user(user) | {"Accept-Language": lang})

    return ask


def test_a_start_by_key_goes_by_the_day_and_is_counted_on_its_edition(
    at: Callable[..., Any], statements: list[str]
) -> None:
    started = [at(now, "POST", f"{KEY}/start", body={}).json["definitionId"] for now in (JUNE, JUNE, AUGUST)]
    assert at(JUNE, "GET", KEY).json["version"] == 2
    assert at(JUNE, "GET", f"{KEY}/startForm").status_code == 200
    statements.clear()
    old, new = at(JUNE, "GET", "/api/services/licence/editions").json
    assert sum("FROM definition" in statement for statement in statements) == 1
    versions = [old.pop("versions"), new.pop("versions")]
    assert [old, new] == [
        {"tenantId": TENANTS[0], "edition": "2020", "inForceFrom": "2020-01-01", "inForceUntil": "2026-07-01",
         "inForce": True, "running": 2},
        {"tenantId": TENANTS[0], "edition": "2026", "inForceFrom": "2026-08-01", "inForceUntil": None,
         "inForce": False, "running": 1},
    ]  # fmt: skip
    told = [[(one["processDefinitionId"], one["version"], one["running"]) for one in part] for part in versions]
    assert told == [[(started[0], 1, 2)], [(started[2], 2, 1)]]
    assert at(JUNE, "GET", "/api/services/licence/editions", user=f"clerk.{TENANTS[0]}").status_code == 403
    assert at(JUNE, "GET", "/api/services/nothing/editions").status_code == 404


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_start_on_a_day_without_an_edition_is_refused_in_the_language_of_who_asks(
    at: Callable[..., Any], lang: str
) -> None:
    refused = at(JULY, "POST", f"{KEY}/start", lang=lang, body={})
    assert (refused.status_code, refused.json["type"]) == (400, "InvalidRequestException")
    assert refused.json["message"].startswith(GAP[lang])
    assert [one["edition"] for one in refused.json["details"]["editions"]] == ["2020", "2026"]
    assert at(JULY, "GET", f"{KEY}/startForm").status_code == 400


def test_the_page_of_services_says_on_which_day_none_is_started(at: Callable[..., Any], client: FlaskClient) -> None:
    for now, told in ((JUNE, False), (JULY, True)):
        at(now, "GET", "/api/services")
        client.post("/sign-in", data={"username": f"clerk.{TENANTS[0]}", "password": "demo"})
        page = client.get("/start", headers={"Accept-Language": "ru"}).text
        assert "licence" in page
        assert ("Нет редакции, действующей для заявления, поступившего ср 01.07.2026." in page) is told
        assert client.get(f"/start/{TENANTS[0]}/licence").status_code == (400 if told else 200)
