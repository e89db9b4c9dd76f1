"""The dialect's own clients, unchanged and as processes of their own, work processes to their end."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.actions.models.seed import DEMO_PASSWORD
from app.local.processes import Children, Program
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
