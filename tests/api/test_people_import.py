"""People imported over the interface, and the codes with which they choose their passwords."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

TENANT = "aktobe-gask"
PATH = "/api/people/import"
Headers = dict[str, str]


def test_a_plan_is_asked_for_and_then_applied(client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    admin = as_user("admin")
    content = f"id,lastName,organisation,roles\nmarat,Ким,{TENANT},clerk head\n".encode()

    def send(query: str, body: bytes = content, headers: Headers = admin) -> Any:
        return client.post(PATH + query, data=body, headers=headers, content_type="text/csv")

    assert send("", headers=as_user(f"clerk.{TENANT}")).status_code == 403
    assert send("?dryRun=maybe").status_code == 400
    wide = send("", "id,lastName\nмарат,Ким\n".encode("utf-16"))
    assert (wide.status_code, "UTF-16" in wide.text) == (400, True)
    plan = send("?dryRun=true").json
    changes = [{"what": "lastName", "old": "", "new": "Ким"}, {"what": "roles", "old": "", "new": "clerk head"}]
    line = {"line": 2, "id": "marat", "outcome": "created", "changes": changes, "reason": None}
    assert (plan["applied"], plan["counts"]["created"], plan["lines"]) == (False, 1, [line])
    assert send("?dryRun=false").status_code == 409
    assert client.get("/engine-rest/user/marat/profile", headers=admin).status_code == 404
    done = send(f"?dryRun=false&fingerprint={plan['fingerprint']}").json
    assert (done["applied"], done["added"]) == (True, ["marat"])
    assert send(f"?dryRun=false&fingerprint={plan['fingerprint']}").status_code == 409
    path = "/api/people/invitations"
    assert client.post(path, json={"people": ["marat"]}, headers=as_user(f"clerk.{TENANT}")).status_code == 403
    assert client.post(path, json={"people": "marat"}, headers=admin).status_code == 400
    issued = client.post(path, json={"people": ["marat", f"clerk.{TENANT}", "nobody"]}, headers=admin).json
    assert [one["id"] for one in issued] == ["marat"]
