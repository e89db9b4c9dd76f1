"""Variables of running processes, over the dialect."""

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient

from tests.api.conftest import TENANTS, Deploy, Headers, Start
from tests.api.models import ONE_TASK


def test_variables_are_found_by_name_value_and_process(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    first, second = start("oneTask", pages=3, title="ақпан"), start("oneTask", pages=12)
    path = "/engine-rest/variable-instance"

    def get(asked: str, user: str = f"clerk.{TENANTS[0]}") -> Any:
        return client.get(path + asked, headers=as_user(user)).json

    [row] = get("?variableValues=pages_gt_5")
    assert (row["id"], row["processInstanceId"], row["value"], row["type"]) == (
        f"{second}:pages",
        second,
        12,
        "Integer",
    )
    assert get(f"/{row['id']}") == row
    assert [one["name"] for one in get(f"?processInstanceIdIn={first}&sortBy=variableName&sortOrder=desc")] == [
        "title",
        "pages",
    ]
    assert get("/count?variableNameLike=p%25") == {"count": 2}
    body = {"variableValues": [{"name": "title", "operator": "like", "value": "ақ%"}], "variableName": "title"}
    assert [one["processInstanceId"] for one in client.post(path, json=body, headers=as_user("admin")).json] == [first]
    stranger = f"clerk.{TENANTS[1]}"
    assert (get("", stranger), get(f"/{row['id']}", stranger)["type"]) == ([], "InvalidRequestException")
    assert get("?taskIdIn=1")["message"] == "query parameter 'taskIdIn' is not supported"

    content = {"value": base64.b64encode(b"text").decode(), "type": "File", "valueInfo": {"filename": "a.txt"}}
    variables = f"/engine-rest/process-instance/{first}/variables/paper"
    assert client.put(variables, json=content, headers=as_user("admin")).status_code == 204
    for one in ("variable-instance", "history/variable-instance"):
        found = client.get(f"/engine-rest/{one}/{first}:paper/data", headers=as_user("admin"))
        assert (found.data, found.headers["Content-Type"]) == (b"text", "application/octet-stream")
        assert client.get(f"/engine-rest/{one}/{first}:paper/data", headers=as_user(stranger)).status_code == 404


def test_bytes_are_given_to_a_variable_of_a_task(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    clerk = as_user(f"clerk.{TENANTS[0]}")
    [task] = client.get("/engine-rest/task", headers=clerk).json
    path = f"/engine-rest/task/{task['id']}/variables/scan/data"

    def post(kind: str) -> int:
        data = {"data": (BytesIO(b"\x00\xff"), "a.pdf"), "valueType": kind}
        return client.post(path, data=data, headers=as_user("admin")).status_code

    assert [post("Colour"), post("Bytes"), post("File")] == [400, 204, 204]
    assert client.get(path, headers=clerk).data == b"\x00\xff"
