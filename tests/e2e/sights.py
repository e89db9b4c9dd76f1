"""What there is to look at: pages, what is done there first, and the cases that they show."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

import psycopg
from playwright.sync_api import Page
from sqlalchemy.engine import make_url

from tests.e2e import desk
from tests.e2e.office import Office

TENANT = "aktobe-gask"
CLERK, HEAD, EXECUTOR, APPLICANT, DESIGNER = (
    f"{role}.{TENANT}" for role in ("clerk", "head", "executor", "applicant", "designer")
)
APPLICATION = {
    "requestKind": "issue",
    "applicantName": desk.APPLICANT,
    "applicantIdNumber": "180540012343",
    "applicantAddress": "Ақтөбе қ., Әбілқайыр хан даңғ., 40",
    "attachedDocuments": "өтініш",
}
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
ROWS = 200
COPIES = """
INSERT INTO task SELECT (jsonb_populate_record(task, jsonb_build_object('id', uuidv7()))).*
FROM task, generate_series(1, %s) WHERE id = %s
"""


class Sight(NamedTuple):
    """Something to look at: who opens which page, and what is done there before one looks."""

    person: str | None
    path: str
    done: Callable[[Page], None] = lambda _: None
    status: int = 200


def make_places(office: Office, office_database: str) -> dict[str, str]:
    """The ids of a case, of its task that 200 others are like, of one that is done, and of one with a decision to take."""
    key = office.start("design-licence", TENANT, APPLICATION)
    [done] = office.tasks(key)
    office.complete(key, SIGNED)
    [task] = office.tasks(key)
    desk.deploy(office)
    decision = desk.begin(office, claimed=False)
    office("admin", "POST", f"/engine-rest/task/{decision}/assignee", {"userId": EXECUTOR})
    of_key = f"/engine-rest/history/process-instance?processInstanceBusinessKey={key}&rootProcessInstances=true"
    [case] = office("admin", "GET", of_key)
    with psycopg.connect(
        make_url(office_database).render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute(COPIES, (ROWS, task["id"]))
    [model] = office("admin", "GET", "/engine-rest/process-definition?key=decisions")
    deployed = f"/engine-rest/process-definition?key=design-licence&tenantIdIn={TENANT}&latestVersion=true"
    [definition] = office("admin", "GET", deployed)
    found = {"task": task, "case": case, "done": done, "model": model, "definition": definition}
    change = {"variables": {"note": {"value": "x"}}, "processInstanceIds": [case["id"], str(UUID(int=1))]}
    found["batch"] = office("admin", "POST", "/engine-rest/process-instance/variables-async", change)
    return {**{name: one["id"] for name, one in found.items()}, "decision": decision}
