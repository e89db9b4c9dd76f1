"""Filters of the task list over the dialect, the same that the pages show."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.actions.lists import saved_filters
from app.actions.people.people import actor_of
from tests.api.conftest import TENANTS, Deploy, Headers, Start
from tests.api.models import PLAIN_FILES

CLERK, HEAD = f"clerk.{TENANTS[0]}", f"head.{TENANTS[0]}"
PATH = "/engine-rest/filter"
Send = Callable[..., Any]


def sender(client: FlaskClient, as_user: Callable[[str], Headers]) -> Send:
    def send(method: str, path: str, body: Any = None, user: str = CLERK) -> Any:
        answer = client.open(PATH + path, method=method, json=body, headers=as_user(user))
        return answer.json if answer.status_code == 200 else answer.status_code

    return send


def test_a_filter_is_kept_run_narrowed_changed_and_deleted(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start
) -> None:
    deploy(PLAIN_FILES)
    for key in ("a", "b"):
        start("twoSteps", business_key=key)
    send = sender(client, as_user)
    query = {"candidateGroupsExpression": "${currentUserGroups()}", "orQueries": [{"nameLike": "%regis%"}]}
    made = send("POST", "/create", {"resourceType": "Task", "name": "Тіркеу", "query": query, "properties": {"c": 1}})
    assert made == {
        "id": made["id"],
        "resourceType": "Task",
        "name": "Тіркеу",
        "owner": CLERK,
        "query": query,
        "properties": {"c": 1},
        "itemCount": None,
    }
    own = f"/{made['id']}"
    assert send("GET", f"{own}?itemCount=true") == {**made, "itemCount": 2}
    assert [task["name"] for task in send("GET", f"{own}/list?maxResults=1")] == ["Register the application"]
    assert [send(method, f"{own}/count")["count"] for method in ("GET", "POST")] == [2, 2]
    narrow = {
        "processInstanceBusinessKey": "b",
        "sortBy": "ignored",
        "sorting": [{"sortBy": "name", "sortOrder": "asc"}],
    }
    assert send("POST", f"{own}/count", narrow) == {"count": 1}
    assert send("POST", f"{own}/singleResult", narrow)["name"] == "Register the application"
    assert (send("GET", f"{own}/singleResult"), send("POST", f"{own}/list", {"nosuch": 1}) != []) == (400, True)
    assert send("PUT", own, {"name": "Басқа", "query": {"name": "x"}}) == 204
    assert (send("GET", own)["name"], send("GET", f"{own}/singleResult"), send("GET", "/count")) == (
        "Басқа",
        204,
        {"count": 1},
    )
    assert {"self", "list", "update", "delete"} <= {link["rel"] for link in send("OPTIONS", own)["links"]}
    others = (("GET", own), ("PUT", own, {}), ("DELETE", own), ("OPTIONS", own))
    assert [send(*one, user=HEAD) for one in others] == [404] * 4
    assert (send("DELETE", own), send("GET", "")) == (204, [])


def test_what_cannot_be_run_is_not_kept(client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    send = sender(client, as_user)
    refused: list[dict[str, Any]] = [
        {"query": {"assigneeExpression": "${dateTime().plusDays(2)}"}},
        {"query": {"dueBefore": "soon"}},
        {"query": {"sorting": [{"sortBy": "x", "sortOrder": "asc"}]}},
        {"query": []},
        {"name": ""},
        {"properties": {"x": "y" * 20_000}},
        {"resourceType": "Case"},
    ]
    assert [send("POST", "/create", {"name": "x", **body}) for body in refused] == [400] * 7
    assert send("POST", "/create", {"name": "x", "owner": HEAD}) == 403
    assert send("GET", "/count") == {"count": 0}


def test_what_pages_have_words_for_is_in_both_places(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start, database_engine: Engine
) -> None:
    deploy(PLAIN_FILES)
    start("twoSteps")
    send = sender(client, as_user)
    query = {
        "candidateUserExpression": "${currentUser()}",
        "serviceIn": ["twoSteps"],
        "unassigned": True,
        "sorting": [{"sortBy": "created", "sortOrder": "desc"}],
    }
    made = send("POST", "/create", {"name": "Екі қадам", "query": query})
    assert made["query"] == query
    send("POST", "/create", {"name": "Тек бағдарламаға", "query": {"priority": 50}})
    with Session(database_engine) as session:
        [row] = saved_filters.kept(session, actor_of(session, CLERK))
        assert row.asked == {"view": "groups", "service": "twoSteps", "state": "unassigned", "sort": "newest"}
    assert [one["itemCount"] for one in send("GET", "?itemCount=true&sortBy=name&sortOrder=desc")] == [1, 1]
    assert send("GET", f"/{made['id']}/count") == {"count": 1}
