"""The dialect's own clients, unchanged: workers, as processes of their own, and libraries for all that people do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pycamunda
import pycamunda.decisiondef
import pycamunda.deployment
import pycamunda.filter
import pycamunda.group
import pycamunda.identity
import pycamunda.processdef
import pycamunda.processinst
import pycamunda.task
import pycamunda.telemetry
import pycamunda.tenant
import pycamunda.user
import pycamunda.variable
import pycamunda.version
import pytest

from app.actions.models.seed import DEMO_PASSWORD
from app.definitions.layout import lay_out
from app.local.processes import Children, Program
from tests.api.models import bpmn, line, user_task
from tests.e2e.office import Office
from tests.workers.conftest import PATIENCE, ROOT, TENANT

HERE = Path(__file__).parent
AMOUNTS = (100, 13, 5000)
"""What is paid, what fails once, what is refused."""


def node(office: Office) -> list[Program]:
    assert (ROOT / "node_modules/camunda-external-task-client-js").is_dir(), (
        "npm ci --ignore-scripts installs the client"
    )
    command = ["node", str(HERE / "client.mjs"), office.address, "admin", DEMO_PASSWORD]
    return [Program("node", command, os.environ)]


def python(office: Office) -> list[Program]:
    command = [sys.executable, str(HERE / "client.py"), office.address, office.cookie("admin")]
    return [Program(f"python-{topic}", [*command, topic], os.environ) for topic in ("charge", "notify")]


SEEN_BY_NODE = [7, 2**40, 1.5, True, "қолма-қол", 1, None, "2026-01-02T03:04:05.000Z", "KZT"]
SEEN_BY_PYTHON = [7, 2**40, 1.5, True, "қолма-қол", None, "2026-01-02T03:04:05.000+0000", None, 1]


@pytest.mark.parametrize(("client", "seen"), [(node, SEEN_BY_NODE), (python, SEEN_BY_PYTHON)], ids=["node", "python"])
def test_a_client_works_a_process_with_two_topics(
    office: Office, programs: Children, client: Any, seen: list[Any]
) -> None:
    programs.start(*client(office))
    cases = {amount: office.begin("paid", TENANT, amount=amount) for amount in AMOUNTS}

    def ended(amount: int) -> Any:
        path = f"/engine-rest/history/process-instance?processInstanceBusinessKey={cases[amount]}"
        [instance] = office("admin", "GET", path)
        return instance["endTime"] and instance

    programs.wait(lambda: all(ended(amount) for amount in AMOUNTS), PATIENCE, "the end of the cases")
    found = {amount: variables(office, ended(amount)["id"]) for amount in AMOUNTS}
    assert json.loads(found[100]["seen"]) == json.loads(found[13]["seen"]) == seen
    assert "own" not in found[100]
    assert "secret" not in found[100]
    assert found[5000] == {"amount": 5000, "left": 0}
    assert office("admin", "GET", "/engine-rest/external-task") == []


def variables(office: Office, instance: str) -> dict[str, Any]:
    rows = office("admin", "GET", f"/engine-rest/history/variable-instance?processInstanceId={instance}")
    return {row["name"]: row["value"] for row in rows}


MODEL = lay_out(
    bpmn("review", line(user_task("read", "Read it"), user_task("sign", "Sign it", groups="head"))).encode()
)
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="size" name="Size"><literalExpression>
<text>if pages &gt; 10 then "large" else "small"</text>
</literalExpression></decision></definitions>"""
Ask = Callable[..., Any]


@pytest.fixture
def ask(office: Office) -> Ask:
    """Send a request of pycamunda as the administrator; gives what it makes of the answer."""

    def run(request: type[Any], *adding: tuple[str, dict[str, Any]], **given: Any) -> Any:
        made = request(url=f"{office.address}/engine-rest", **given)
        made.auth = ("admin", DEMO_PASSWORD)
        for method, arguments in adding:
            getattr(made, method)(**arguments)
        return made()

    return run


def named(name: str, content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def test_pycamunda_leads_a_case_from_its_model_to_its_end(ask: Ask) -> None:
    files = [("add_resource", {"file": named(*one)}) for one in (("review.bpmn", MODEL), ("size.dmn", DECISION))]
    made = ask(pycamunda.deployment.Create, *files, name="review", tenant_id=TENANT, enable_duplicate_filtering=True)
    [definition] = made.deployed_process_definitions.values()
    [decision] = made.deployed_decision_definitions.values()
    assert ask(pycamunda.deployment.GetList, name="review")[0].id_ == made.id_
    assert ask(pycamunda.processdef.GetList, key="review", latest_version=True) == (definition,)
    assert b"<svg" in ask(pycamunda.processdef.GetProcessDiagram, id_=definition.id_)
    assert ask(pycamunda.processdef.GetXML, id_=definition.id_) == MODEL.decode()

    assert ask(pycamunda.decisiondef.GetList, key="size", latest_version=True) == (decision,)
    asked = ("add_variable", {"name": "pages", "value": 12})
    [result] = ask(pycamunda.decisiondef.Evaluate, asked, key="size", tenant_id=TENANT)
    assert [variable.value for variable in result.values()] == ["large"]

    name = {"key": "review", "tenant_id": TENANT}
    begun = ask(pycamunda.processdef.StartInstance, asked, **name, business_key="pyc-1", with_variables_in_return=True)
    [instance] = ask(pycamunda.processinst.GetList, business_key="pyc-1")
    assert (instance.id_, begun.business_key) == (begun.id_, "pyc-1")
    more = ("add_variable", {"name": "title", "value": "Қала", "type_": "String"})
    ask(pycamunda.processinst.VariablesModify, more, process_instance_id=instance.id_)
    found = ask(pycamunda.variable.GetList, process_instance_id_in=instance.id_, sort_by="name")
    assert [(one.name, one.value) for one in found] == [("pages", 12), ("title", "Қала")]
    assert (
        ask(pycamunda.processinst.GetActivityInstance, id_=instance.id_).child_activity_instances[0].activity_id
        == "read"
    )

    criteria = ("add_process_definition_criteria", {"key": "review"})
    kept = ask(pycamunda.filter.Create, criteria, name="Reviews")
    assert [one.id_ for one in ask(pycamunda.filter.GetList, name="Reviews", item_count=True)] == [kept.id_]
    [task] = ask(pycamunda.filter.Execute, id_=kept.id_)
    assert ask(pycamunda.filter.ExecuteCount, id_=kept.id_) == 1
    assert ask(pycamunda.filter.Execute, ("add_task_criteria", {"task_name": "Sign it"}), id_=kept.id_) == ()
    ask(pycamunda.filter.Delete, id_=kept.id_)

    assert ask(pycamunda.task.GetList, process_instance_id=instance.id_) == (task,)
    ask(pycamunda.task.Claim, id_=task.id_, user_id="admin")
    comment = ask(pycamunda.task.CommentCreate, task_id=task.id_, message="read")
    assert ask(pycamunda.task.CommentGetList, task_id=task.id_) == (comment,)
    ask(pycamunda.task.Complete, ("add_variable", {"name": "seen", "value": True}), id_=task.id_)
    [task] = ask(pycamunda.task.GetList, process_instance_id=instance.id_)
    after = ask(pycamunda.task.Complete, id_=task.id_, with_variables_in_return=True)
    assert after["seen"].value is True
    assert ask(pycamunda.processinst.GetList, business_key="pyc-1") == ()
    with pytest.raises(pycamunda.NotFound):
        ask(pycamunda.task.Get, id_=task.id_)


def test_pycamunda_asks_who_is_who(ask: Ask) -> None:
    assert ask(pycamunda.version.Get) == "7.24.0"
    assert [group.id_ for group in ask(pycamunda.group.GetList, id_="clerk")] == ["clerk"]
    assert ask(pycamunda.tenant.Get, id_=TENANT).id_ == TENANT
    assert ask(pycamunda.user.GetProfile, id_="admin").id_ == "admin"
    assert ask(pycamunda.identity.VerifyUser, username="admin", password="wrong").authenticated is False
    assert ask(pycamunda.telemetry.Fetch) is False


def test_the_javascript_library_leads_a_case_from_its_model_to_its_end(office: Office) -> None:
    library = ROOT / "node_modules/camunda-bpm-sdk-js"
    assert library.is_dir(), "npm ci --ignore-scripts installs the library"
    command = ["node", str(ROOT / "tests/workers/library.cjs"), office.address, "admin", DEMO_PASSWORD, TENANT]
    files = json.dumps({"review.bpmn": MODEL.decode(), "size.dmn": DECISION.decode()})
    ended = subprocess.run(command, input=files, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip().endswith("led to its end")
