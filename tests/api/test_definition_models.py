"""What the model of a process definition shows over the dialect: its picture, what it calls, and its files once more."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from flask.testing import FlaskClient

from app.definitions.layout import lay_out
from tests.api.conftest import TENANTS, Deploy, Headers
from tests.api.models import ONE_TASK, bpmn, line, user_task

AsUser = Callable[[str], Headers]
CLERK, STRANGER = f"clerk.{TENANTS[0]}", f"clerk.{TENANTS[1]}"
CALLING = bpmn(
    "calling",
    line(
        user_task("work", "Жұмыс &lt;бірінші&gt;"),
        'callActivity|first|name="Call" calledElement="oneTask"',
        'callActivity|second|calledElement="oneTask"',
        'callActivity|old|calledElement="oneTask" camunda:calledElementBinding="version" camunda:calledElementVersion="1"',
        'callActivity|open|calledElement="${which}"',
    ),
)


def test_the_diagram_is_drawn_with_every_name(client: FlaskClient, as_user: AsUser, deploy: Deploy) -> None:
    deploy({"one.bpmn": ONE_TASK})
    deploy({"calling.bpmn": lay_out(CALLING.encode())}, name="calling")

    def get(path: str, user: str = CLERK) -> Any:
        return client.get(f"/engine-rest/process-definition/{path}/diagram", headers=as_user(user))

    drawn = get("key/calling")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert drawn.headers["Content-Security-Policy"].startswith("default-src 'none'")
    root = ElementTree.fromstring(drawn.data)
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Жұмыс<бірінші>", "Call"]
    kinds = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert (kinds.count("circle"), kinds.count("rect"), kinds.count("polygon")) == (2, 5, 6)
    assert (get("key/oneTask").status_code, get("key/calling", STRANGER).status_code) == (204, 404)


def test_what_a_process_calls_is_listed_with_its_call_activities(
    client: FlaskClient, as_user: AsUser, deploy: Deploy, statements: list[str]
) -> None:
    [first] = deploy({"one.bpmn": ONE_TASK})["deployedProcessDefinitions"].values()
    [newest] = deploy({"one.bpmn": ONE_TASK + " "}, name="again")["deployedProcessDefinitions"].values()
    [calling] = deploy({"calling.bpmn": CALLING}, name="calling")["deployedProcessDefinitions"]
    path = f"/engine-rest/process-definition/{calling}/static-called-process-definitions"
    of = {"callingProcessDefinitionId": calling}
    client.get(path, headers=as_user(CLERK))
    statements.clear()
    assert client.get(path, headers=as_user(CLERK)).json == [
        {**newest, "calledFromActivityIds": ["first", "second"], **of},
        {**first, "calledFromActivityIds": ["old"], **of},
    ]
    assert len([one for one in statements if "FROM definition" in one]) == 2
    assert client.get(path, headers=as_user(STRANGER)).status_code == 404


def test_files_are_deployed_again_by_name_or_id(client: FlaskClient, as_user: AsUser, deploy: Deploy) -> None:
    made = deploy({"one.bpmn": ONE_TASK, "calling.bpmn": CALLING})
    path = f"/engine-rest/deployment/{made['id']}"

    def redeploy(body: Any, user: str = "admin") -> Any:
        answer = client.post(f"{path}/redeploy", json=body, headers=as_user(user))
        return answer.json if answer.status_code == 200 else answer.status_code

    again = redeploy({"resourceNames": ["one.bpmn"], "source": "again"})
    [definition] = again["deployedProcessDefinitions"].values()
    assert (definition["key"], definition["version"], again["source"], again["name"]) == ("oneTask", 2, "again", "test")
    assert len(redeploy(None)["deployedProcessDefinitions"]) == 2
    assert [redeploy({"resourceIds": ["1"]}), redeploy({}, CLERK), redeploy({}, STRANGER)] == [404, 403, 404]
    registered = "/engine-rest/deployment/registered"
    assert len(client.get(registered, headers=as_user(CLERK)).json) == 3
    assert client.get(registered, headers=as_user(STRANGER)).json == []
