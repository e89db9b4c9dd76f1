"""Decision definitions over the dialect: found, read and evaluated."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from tests.api.conftest import TENANTS, Deploy, Headers

AsUser = Callable[[str], Headers]
CLERK = f"clerk.{TENANTS[0]}"
STRANGER = f"clerk.{TENANTS[1]}"


def fee(amount: int) -> str:
    """A table of one input and two outputs."""
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{pages}</text></inputEntry><outputEntry id="o{n}"><text>{sum_}</text>'
        f'</outputEntry><outputEntry id="p{n}"><text>{day}</text></outputEntry></rule>'
        for n, (pages, sum_, day) in enumerate([("&lt; 10", amount, "null"), ("&gt;= 10", 2.5, 'date("2026-03-01")')])
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
        '<decision id="fee" name="Fee"><decisionTable id="t" hitPolicy="UNIQUE"><input id="i"><inputExpression id="e" '
        'typeRef="number"><text>pages</text></inputExpression></input><output id="o" name="sum"/>'
        f'<output id="p" name="day"/>{rules}</decisionTable></decision></definitions>'
    )


def test_decisions_are_listed_counted_and_read_by_id_and_key(
    client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"fee.dmn": fee(1)})
    made = deploy({"fee.dmn": fee(2)}, name="again")
    deploy({"fee.dmn": fee(3)}, tenant=TENANTS[1])
    [decision] = made["deployedDecisionDefinitions"].values()

    def get(path: str, user: str = CLERK) -> Any:
        answer = client.get(f"/engine-rest/decision-definition{path}", headers=as_user(user))
        return answer.json if answer.status_code == 200 else answer.status_code

    assert get("?key=fee&sortBy=version&sortOrder=desc&maxResults=1") == [decision]
    assert [get(f"/count?{asked}")["count"] for asked in ("", "latestVersion=true", "nameLike=F%25&version=1")] == [
        2,
        1,
        1,
    ]
    assert get("/key/fee") == get(f"/{decision['id']}") == get(f"/key/fee/tenant-id/{TENANTS[0]}") == decision
    assert get(f"/{decision['id']}/xml") == {"id": decision["id"], "dmnXml": fee(2)}
    assert get(f"/{decision['id']}/diagram") == 204
    assert get("/count", "admin") == {"count": 3}
    hidden = (f"/{decision['id']}", f"/key/fee/tenant-id/{TENANTS[0]}", "/key/none", "/1", f"/{decision['id']}/xml")
    assert [get(path, STRANGER) for path in hidden] == [404] * 5
    assert (get("/key/fee", "admin"), get("?category=x")) == (409, [])


def test_a_decision_is_evaluated_without_a_case(
    client: FlaskClient, as_user: AsUser, deploy: Deploy, statements: list[str]
) -> None:
    deploy({"fee.dmn": fee(7)})

    def evaluate(pages: Any, user: str = CLERK) -> Any:
        path, body = "/engine-rest/decision-definition/key/fee/evaluate", {"variables": {"pages": pages}}
        return client.post(path, json=body, headers=as_user(user))

    assert evaluate({"value": 3}).json == [
        {
            "sum": {"value": 7, "type": "Integer", "valueInfo": {}},
            "day": {"value": None, "type": "Null", "valueInfo": {}},
        }
    ]
    statements.clear()
    [row] = evaluate({"value": "12", "type": "integer"}).json
    assert len([one for one in statements if "decision_definition" in one]) == 1
    assert (row["sum"]["value"], row["sum"]["type"], row["day"]["value"]) == (2.5, "Double", "2026-03-01")
    assert (evaluate({"value": 3}, STRANGER).status_code, evaluate(3).status_code) == (404, 400)
    assert evaluate({"value": "many"}).json["message"].startswith("Cannot evaluate decision 'fee'")
