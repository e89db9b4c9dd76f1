from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK, STRANGER = "admin", "clerk.aktobe-gask", "clerk.industrial-safety-committee"
PATH = "/api/calendars/aktobe-gask"
NAMES = {"kk": "Қысқартылған күн", "ru": "Сокращённый день", "en": "Shortened day"}
SHORTENED = {"date": "2026-04-03", "kind": "shortened", "names": NAMES, "opens": "09:00", "closes": "13:00"}


@pytest.fixture
def read(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    def run(user: str = CLERK, status: int = 200, query: str = "?year=2026") -> Any:
        answer = client.get(PATH + query, headers=as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    return run


@pytest.fixture
def write(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    def run(body: Any, status: int = 200, user: str = ADMIN) -> Any:
        answer = client.put(PATH, json=body, headers=as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    return run


def test_a_calendar_shows_hours_and_the_days_of_a_year(read: Any) -> None:
    found = read()
    assert found["hours"] == {"opens": "09:00", "closes": "18:30", "lunch": ["13:00", "14:30"]}
    assert (found["zone"], found["weekend"], found["version"]) == ("Asia/Almaty", [5, 6], 1)
    days = {day["date"]: day for day in found["days"]}
    assert days["2026-12-16"]["names"]["en"] == "Independence Day"
    assert all(date.startswith("2026-") for date in days)
    assert read(query="?year=2027")["year"] == 2027


def test_the_calendar_of_another_organisation_is_not_there(read: Any) -> None:
    assert read(STRANGER, 404)
    assert read(ADMIN)["tenantId"] == "aktobe-gask"


@pytest.mark.parametrize("year", ["x", "1", "99999", "-2026"])
def test_a_year_that_is_none_is_refused(read: Any, year: str) -> None:
    assert "year" in read(CLERK, 400, f"?year={year}")["message"]


def test_an_administrator_sets_and_removes_days(read: Any, write: Any) -> None:
    before = read()
    made = write({"version": 1, "days": [SHORTENED], "removed": ["2026-12-16"]})
    assert made["version"] == 2
    after = {day["date"]: day for day in read()["days"]}
    assert after["2026-04-03"] == SHORTENED
    assert "2026-12-16" not in after
    assert len(after) == len(before["days"])


@pytest.mark.parametrize(
    ("kind", "name"), [("holiday", "public holiday"), ("moved_working", "working day moved"), ("weekend", "weekend")]
)
def test_a_day_without_names_is_called_as_its_kind_is(read: Any, write: Any, kind: str, name: str) -> None:
    write({"version": 1, "days": [{"date": "2026-04-04", "kind": kind}]})
    day = next(day for day in read()["days"] if day["date"] == "2026-04-04")
    assert day["names"]["en"] == name
    assert all(day["names"].values())


def test_removing_a_day_that_is_not_there_is_told_to_administrators_alone(write: Any) -> None:
    write({"version": 1, "removed": ["2026-11-03"]}, 403, CLERK)
    write({"version": 2, "removed": ["2026-11-03"]}, 409)


def test_what_a_change_consists_of_is_described(client: FlaskClient) -> None:
    paths = client.get("/docs/openapi.json").json["paths"]
    body = paths["/api/calendars/{tenant}"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"].keys() == {"version", "hours", "days", "removed", "reason"}
    assert "moved_working" in body["properties"]["days"]["items"]["properties"]["kind"]["enum"]


def test_an_administrator_changes_the_hours(read: Any, write: Any) -> None:
    hours = {"opens": "08:30", "closes": "17:30", "lunch": None}
    assert write({"version": 1, "hours": hours})["hours"] == hours
    assert read()["hours"] == hours


def test_others_change_nothing(write: Any, read: Any) -> None:
    write({"version": 1, "removed": ["2026-12-16"]}, 403, CLERK)
    assert read()["version"] == 1


def test_a_change_to_an_older_version_is_a_conflict(write: Any) -> None:
    write({"version": 1, "days": [SHORTENED]})
    assert write({"version": 1, "days": [SHORTENED]}, 409)["type"] == "OptimisticLockingException"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "version"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ({"version": 1}, "changes nothing"),
        ({"version": 1, "hours": None, "days": [], "removed": []}, "changes nothing"),
        ({"version": 1, "weekend": [6]}, "weekend"),
        ({"version": 1, "removed": ["2026-12-16"], "deleted": []}, "deleted"),
        ({"version": 1, "removed": ["2026-12-16", "2026-11-03"]}, "2026-11-03"),
        ({"version": 1, "days": {}}, "days"),
        ({"version": 1, "days": [SHORTENED | {"lunch": None}]}, "days[0] has unknown keys: lunch"),
        ({"version": 1, "days": [SHORTENED | {"names": NAMES | {"de": "kurz"}}]}, "de"),
        ({"version": 1, "days": [SHORTENED | {"names": "short"}]}, "days[0].names"),
        ({"version": 1, "days": [5]}, "days[0]"),
        ({"version": 1, "days": [SHORTENED | {"date": "2026-02-30"}]}, "days[0].date"),
        ({"version": 1, "days": [SHORTENED | {"date": "0001-01-01"}]}, "year"),
        ({"version": 1, "days": [SHORTENED | {"kind": "festive"}]}, "days[0].kind"),
        ({"version": 1, "days": [SHORTENED | {"kind": "festive"}]}, "moved_off, moved_working, shortened"),
        ({"version": 1, "days": [SHORTENED | {"names": {"kk": "a", "ru": "b"}}]}, "days[0].names.en"),
        ({"version": 1, "days": [SHORTENED | {"opens": None, "closes": None}]}, "days[0]"),
        ({"version": 1, "days": [SHORTENED | {"opens": "13:00", "closes": "09:00"}]}, "days[0]"),
        ({"version": 1, "days": [SHORTENED | {"kind": "holiday"}]}, "days[0]"),
        ({"version": 1, "days": [SHORTENED, SHORTENED]}, "days"),
        ({"version": 1, "removed": [1]}, "removed[0]"),
        ({"version": 1, "days": [SHORTENED], "removed": ["2026-04-03"]}, "2026-04-03"),
        ({"version": 1, "hours": {"opens": "09:00", "closes": "18:00", "break": None}}, "break"),
        ({"version": 1, "hours": {"opens": "25:00", "closes": "18:00"}}, "hours.opens"),
        ({"version": 1, "hours": {"opens": "09:00:30", "closes": "18:00"}}, "hours.opens"),
        ({"version": 1, "hours": {"opens": "09:00", "closes": "18:00", "lunch": ["13:00"]}}, "hours.lunch"),
        ({"version": 1, "hours": {"opens": "09:00", "closes": "18:00", "lunch": ["19:00", "20:00"]}}, "hours"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_changed(read: Any, write: Any, body: Any, named: str) -> None:
    refused = write(body, 400)
    assert named in refused["message"]
    assert read()["version"] == 1
