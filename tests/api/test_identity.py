import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.api.models import ONE_TASK

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK, STRANGER = "admin", "clerk.aktobe-gask", "clerk.industrial-safety-committee"
REST = "/engine-rest"
TENANT = "aktobe-gask"
LONG = "a-long-enough-secret"


@pytest.fixture
def ask(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    """The JSON of a GET, for a clerk unless told otherwise."""

    def run(path: str, user: str = CLERK, status: int = 200) -> Any:
        answer = client.get(REST + path, headers=as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    return run


@pytest.fixture
def put(client: FlaskClient, as_user: Headers) -> Callable[..., int]:
    """The status of a PUT."""
    return lambda path, body, user: client.put(REST + path, json=body, headers=as_user(user)).status_code


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_people_see_those_of_their_own_organisations(ask: Any) -> None:
    ids = [row["id"] for row in ask("/user?sortBy=userId&sortOrder=asc")]
    assert CLERK in ids
    assert all(user_id.endswith(".aktobe-gask") for user_id in ids)
    assert ask("/user/count") == {"count": len(ids)}
    assert ask("/user/count", ADMIN)["count"] > 2 * len(ids) - 1


def test_people_are_found_by_role_and_organisation(ask: Any) -> None:
    found = ask("/user?memberOfGroup=clerk", ADMIN)
    assert {row["id"] for row in found} == {CLERK, STRANGER}
    assert [row["id"] for row in ask("/user?memberOfGroup=clerk&memberOfTenant=aktobe-gask", ADMIN)] == [CLERK]
    assert (
        ask("/user?potentialStarter=x", ADMIN, 400)["message"] == "query parameter 'potentialStarter' is not supported"
    )


def test_a_profile_is_seen_inside_the_organisation_alone(ask: Any) -> None:
    assert ask(f"/user/{CLERK}/profile").keys() == {"id", "firstName", "lastName", "email"}
    assert ask(f"/user/{STRANGER}/profile", CLERK, 404)["type"] == "InvalidRequestException"
    assert ask(f"/user/{STRANGER}/profile", ADMIN)["id"] == STRANGER


def test_people_change_their_own_profile_alone(ask: Any, put: Any) -> None:
    body = {"id": CLERK, "firstName": "Айгүл", "lastName": "Оспан", "email": "a@example.kz"}
    assert put(f"/user/{CLERK}/profile", body, CLERK) == 204
    assert ask(f"/user/{CLERK}/profile") == body
    assert put("/user/head.aktobe-gask/profile", body, CLERK) == 403
    assert put(f"/user/{CLERK}/profile", {"firstName": 5}, CLERK) == 400
    assert put(f"/user/{CLERK}/profile", {"firstName": "a" * 300}, CLERK) == 400


def test_an_administrator_creates_and_removes_accounts(client: FlaskClient, as_user: Headers, ask: Any) -> None:
    body = {
        "profile": {"id": "new", "firstName": "N", "lastName": None, "email": None},
        "credentials": {"password": LONG},
    }
    assert client.post(f"{REST}/user/create", json=body, headers=as_user(CLERK)).status_code == 403
    assert client.post(f"{REST}/user/create", json=body, headers=as_user(ADMIN)).status_code == 204
    assert client.get(f"{REST}/user/new/profile", headers=basic("new", LONG)).json["firstName"] == "N"
    assert client.post(f"{REST}/user/create", json=body, headers=as_user(ADMIN)).status_code == 409
    assert client.delete(f"{REST}/user/new", headers=as_user(CLERK)).status_code == 403
    assert client.delete(f"{REST}/user/new", headers=as_user(ADMIN)).status_code == 204
    assert ask("/user/new/profile", ADMIN, 404)
    assert client.get(f"{REST}/user", headers=basic("new", LONG)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [{}, {"profile": {"id": "x"}}, {"profile": {"id": "x"}, "credentials": {"password": "short"}}, {"profile": 1}],
)
def test_an_account_without_a_name_or_a_good_password_is_refused(
    client: FlaskClient, as_user: Headers, body: dict[str, Any]
) -> None:
    assert client.post(f"{REST}/user/create", json=body, headers=as_user(ADMIN)).status_code == 400


def test_people_change_their_password_with_the_one_they_have(client: FlaskClient, as_user: Headers, put: Any) -> None:
    path = f"/user/{CLERK}/credentials"
    assert put(path, {"password": LONG}, CLERK) == 400
    assert put(path, {"password": LONG, "authenticatedUserPassword": "wrong"}, CLERK) == 400
    assert put(path, {"password": LONG, "authenticatedUserPassword": "demo"}, STRANGER) == 403
    assert put(path, {"password": LONG, "authenticatedUserPassword": "demo"}, CLERK) == 204
    assert client.get(f"{REST}/user", headers=as_user(CLERK)).status_code == 401
    assert client.get(f"{REST}/user", headers=basic(CLERK, LONG)).status_code == 200


def test_a_new_password_ends_what_was_signed_in_with_the_old_one(
    client: FlaskClient, as_user: Headers, put: Any
) -> None:
    token = client.post("/api/token", headers=as_user(CLERK)).json["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/session", headers=bearer).status_code == 200
    assert put(f"/user/{CLERK}/credentials", {"password": LONG}, ADMIN) == 204
    assert client.get("/api/session", headers=bearer).status_code == 401


def test_roles_are_the_same_for_all(ask: Any) -> None:
    clerk = ask("/group/clerk")
    assert (clerk["id"], clerk["type"]) == ("clerk", "ROLE")
    assert clerk["name"]
    assert ask("/group/nothing", CLERK, 404)
    assert [row["id"] for row in ask(f"/group?member={CLERK}")] == ["clerk"]
    assert ask("/group/count?id=clerk") == {"count": 1}
    assert ask("/group?type=WORKFLOW") == []


def test_the_roles_of_strangers_are_not_told(ask: Any) -> None:
    assert ask(f"/group?member={STRANGER}") == []
    assert ask("/group/count?memberOfTenant=industrial-safety-committee") == {"count": 0}
    assert [row["id"] for row in ask(f"/group?member={STRANGER}", ADMIN)] == ["clerk"]


def test_people_see_their_own_organisations(ask: Any) -> None:
    assert [row["id"] for row in ask("/tenant")] == ["aktobe-gask"]
    assert ask("/tenant/count", ADMIN) == {"count": 2}
    assert ask("/tenant/aktobe-gask")["name"] == "Басқарма"
    assert ask("/tenant/industrial-safety-committee", CLERK, 404)
    assert [row["id"] for row in ask(f"/tenant?userMember={STRANGER}", ADMIN)] == ["industrial-safety-committee"]


def test_a_persons_groups_come_with_those_who_share_them(ask: Any) -> None:
    found = ask(f"/identity/groups?userId={CLERK}")
    assert [group["id"] for group in found["groups"]] == ["clerk"]
    assert found["groupUsers"] == []
    assert ask(f"/identity/groups?userId={STRANGER}", CLERK, 403)
    assert ask(f"/identity/groups?userId={STRANGER}", ADMIN)["groups"]
    assert ask("/identity/groups", CLERK, 400)


def verify(client: FlaskClient, password: str, name: str = CLERK) -> Any:
    return client.post(f"{REST}/identity/verify", json={"username": name, "password": password})


def test_a_password_is_verified_without_credentials(client: FlaskClient) -> None:
    assert verify(client, "demo").json | {"tenants": None, "groups": None} == {
        "authenticated": True, "authenticatedUser": CLERK, "tenants": None, "groups": None
    }  # fmt: skip
    assert verify(client, "wrong").json["authenticated"] is False
    assert verify(client, "demo", "nobody").json["authenticated"] is False
    assert client.post(f"{REST}/identity/verify", json={"username": CLERK}).status_code == 400


def test_guessing_at_verify_is_limited(client: FlaskClient) -> None:
    answers = [verify(client, f"guess-{number}").status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    limited = verify(client, "guess")
    assert int(limited.headers["Retry-After"]) > 0


def test_an_administrator_lets_in_again_who_guessed_too_often(client: FlaskClient, as_user: Headers) -> None:
    unlock = f"{REST}/user/{CLERK}/unlock"
    assert [verify(client, f"guess-{number}").status_code for number in range(11)][-1] == 429
    assert client.post(unlock, headers=as_user(STRANGER)).status_code == 403
    assert client.post(unlock, headers=as_user(ADMIN)).status_code == 204
    assert verify(client, "one-more").status_code == 200


def test_guessing_the_old_password_is_limited(put: Any) -> None:
    body = {"password": LONG, "authenticatedUserPassword": "wrong"}
    statuses = [put(f"/user/{CLERK}/credentials", body, CLERK) for _ in range(11)]
    assert statuses == [400] * 10 + [429]


def test_there_is_no_password_policy(ask: Any) -> None:
    assert ask("/identity/password-policy", CLERK, 404)["message"] == "No password policy available"


def test_rights_are_told_as_authorizations(
    ask: Any, client: FlaskClient, as_user: Headers, deploy: Any, start: Any
) -> None:
    rows = ask("/authorization?resourceType=6")
    assert [(row["type"], row["userId"], row["resourceId"]) for row in rows] == [(0, "*", "*")]
    assert ask(f"/authorization/{rows[0]['id']}") == rows[0]
    assert [row["type"] for row in ask("/authorization?resourceType=6&sortBy=resourceId&sortOrder=asc", ADMIN)] == [
        0,
        1,
    ]
    assert ask("/authorization/count?userIdIn=admin") == {"count": 0}
    assert ask("/authorization/count?userIdIn=admin", ADMIN)["count"] > 10
    assert ask("/authorization/4:x", CLERK, 404)["type"] == "InvalidRequestException"

    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    [task] = ask("/task")

    def may(permission: str, kind: int, user: str = CLERK, **more: str) -> bool:
        asked = {
            "permissionName": permission,
            "resourceName": "x",
            "resourceType": str(kind),
            "permissionValue": "2",
            **more,
        }
        found: bool = ask(f"/authorization/check?{urlencode(asked)}", user)["authorized"]
        return found

    assert [may("CREATE_INSTANCE", 6), may("CREATE", 9), may("CREATE", 9, ADMIN)] == [True, False, True]
    assert may("CREATE", 9, f"designer.{TENANT}") is True
    assert [row["permissions"] for row in ask("/authorization?groupIdIn=designer")] == [["CREATE"]]
    assert [may("TASK_WORK", 7), may("TASK_WORK", 7, resourceId=task["id"])] == [False, True]
    assert may("TASK_WORK", 7, f"head.{TENANT}", resourceId=task["id"]) is False
    assert [may("READ", 11, resourceId=tenant) for tenant in (TENANT, "industrial-safety-committee")] == [True, False]
    assert [may("UPDATE", 1, resourceId=CLERK), may("UPDATE", 1, resourceId=STRANGER)] == [True, False]
    assert [may("CREATE", 4, ADMIN), may("DELETE", 9, ADMIN, userId=CLERK)] == [False, False]
    assert ask("/authorization/check?permissionName=READ&resourceType=6&userId=admin", CLERK, 403)
    for wrong in ("permissionName=FLY&resourceType=6", "permissionName=READ&resourceType=99", "permissionName=READ"):
        ask(f"/authorization/check?{wrong}", CLERK, 400)


def test_administrators_make_roles_beside_those_of_the_regulations(
    ask: Any, client: FlaskClient, as_user: Headers
) -> None:
    def send(method: str, path: str, body: Any = None, user: str = ADMIN) -> int:
        return client.open(f"{REST}/group{path}", method=method, json=body, headers=as_user(user)).status_code

    assert send("POST", "/create", {"id": "lawyer", "name": "Заңгер", "type": "WORKFLOW"}) == 204
    assert ask("/group/lawyer") == {"id": "lawyer", "name": "Заңгер", "type": "ROLE"}
    assert (send("PUT", "/lawyer", {"name": "Заңгерлер"}), ask("/group/lawyer")["name"]) == (204, "Заңгерлер")
    assert [send("POST", "/create", {"id": given}) for given in ("lawyer", "a b", None)] == [409, 400, 400]
    assert client.put(f"/api/organisations/{TENANT}/members/{CLERK}/lawyer", headers=as_user(ADMIN)).status_code == 204
    assert [send("DELETE", path) for path in ("/lawyer", "/clerk", "/none")] == [409, 409, 404]
    assert (
        client.delete(f"/api/organisations/{TENANT}/members/{CLERK}/lawyer", headers=as_user(ADMIN)).status_code == 204
    )
    refused = [send("POST", "/create", {"id": "x"}, CLERK), send("DELETE", "/lawyer", None, CLERK)]
    assert (refused, send("DELETE", "/lawyer"), send("DELETE", "/lawyer")) == ([403, 403], 204, 404)


@pytest.mark.parametrize(
    ("path", "person", "expected"),
    [
        ("/group", CLERK, ["list", "count"]),
        ("/group", ADMIN, ["list", "count", "create"]),
        ("/group/clerk", ADMIN, ["self", "update", "delete"]),
        ("/user/x", CLERK, ["self"]),
        ("/tenant/x/user-members", ADMIN, []),
        ("/filter", CLERK, ["list", "count", "create"]),
    ],
)
def test_what_one_may_do_is_told_with_links(
    client: FlaskClient, as_user: Headers, path: str, person: str, expected: list[str]
) -> None:
    links = client.options(REST + path, headers=as_user(person)).json["links"]
    assert [link["rel"] for link in links] == expected
    assert all(link["href"].startswith(f"http://localhost{REST}{path}") for link in links)
    assert client.options(REST + path).status_code == 401
