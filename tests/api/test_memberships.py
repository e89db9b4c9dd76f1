from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK = "admin", "clerk.aktobe-gask"
OTHER = "industrial-safety-committee"


@pytest.fixture
def member(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    """PUT or DELETE of a membership."""

    def run(method: str, tenant: str, person: str, role: str, user: str = ADMIN) -> Any:
        path = f"/api/organisations/{tenant}/members/{person}/{role}"
        return client.open(path, method=method, headers=as_user(user))

    return run


@pytest.fixture
def roles(client: FlaskClient, as_user: Headers) -> Callable[[], Any]:
    """The clerk's roles by organisation."""
    return lambda: client.get("/api/session", headers=as_user(CLERK)).json["organisations"]


def test_a_role_is_given_and_taken_and_holds_at_once(member: Any, roles: Any) -> None:
    before = roles()
    assert member("PUT", OTHER, CLERK, "head").status_code == 204
    assert roles() == before | {OTHER: ["head"]}
    assert member("DELETE", OTHER, CLERK, "head").status_code == 204
    assert roles() == before


def test_giving_a_role_twice_changes_nothing(member: Any, roles: Any) -> None:
    assert [member("PUT", OTHER, CLERK, "head").status_code for _ in range(2)] == [204, 204]
    assert roles()[OTHER] == ["head"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_only_an_administrator_changes_roles(member: Any, roles: Any, method: str) -> None:
    before = roles()
    assert member(method, "aktobe-gask", CLERK, "clerk", CLERK).status_code == 403
    assert member(method, OTHER, CLERK, "head", CLERK).status_code == 403
    assert roles() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("tenant", "person", "role", "named"),
    [
        ("nowhere", CLERK, "head", "organisation nowhere"),
        (OTHER, "nobody", "head", "nobody"),
        (OTHER, CLERK, "king", "role king"),
    ],
)
def test_what_is_not_known_is_named(member: Any, method: str, tenant: str, person: str, role: str, named: str) -> None:
    refused = member(method, tenant, person, role)
    assert refused.status_code == 404
    assert named in refused.json["message"]


def test_taking_a_role_that_nobody_gave_is_not_found(member: Any) -> None:
    refused = member("DELETE", OTHER, CLERK, "head")
    assert refused.status_code == 404
    assert "does not hold" in refused.json["message"]
