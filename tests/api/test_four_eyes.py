"""A step that the model keeps from those who did another step of the case, deputies included."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.store.tables import Absence, Membership
from tests.api.models import bpmn, line, user_task

TENANT = "aktobe-gask"
ADMIN, HEAD, CLERK, EXECUTOR = "admin", f"head.{TENANT}", f"clerk.{TENANT}", f"executor.{TENANT}"
NOT_BY = (
    "<extensionElements><camunda:properties>"
    '<camunda:property name="law.notBy" value="prepare; check"/>'
    "</camunda:properties></extensionElements>"
)
PREPARE = user_task("prepare", "Prepare", groups="clerk,executor,head")
SIGN = user_task("sign", "Sign", groups="clerk,executor,head", children=NOT_BY)
ASIDE = user_task("check", "Check", groups="clerk,executor,head")
MODEL = bpmn("signing", line(PREPARE, ASIDE, SIGN))
INNER = bpmn("preparing", line(PREPARE))
OUTER = bpmn("calling", line('callActivity|call|calledElement="preparing"', ASIDE, SIGN))
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    def run(user: str, action: str, body: Any = None) -> Any:
        """Something done with the only open task."""
        [task] = client.get("/engine-rest/task", headers=as_user(ADMIN)).json
        path = f"/engine-rest/task/{task['id']}/{action}"
        return client.post(path, json=body or {}, headers={**as_user(user), "Accept-Language": "en"})

    return run


@pytest.fixture
def do(ask: Ask) -> Callable[[str], None]:
    """Claim and complete the open task."""

    def run(user: str) -> None:
        for action in ("claim", "complete"):
            assert ask(user, action).status_code == 204

    return run


@pytest.fixture
def substitute(database_engine: Engine) -> Callable[[str, str], None]:
    """Let somebody act for an absent from today on."""

    def run(absent: str, deputy: str) -> None:
        now = datetime.now(UTC)
        with Session(database_engine) as session, session.begin():
            session.execute(delete(Absence))
            session.add(
                Absence(
                    id=new_id(),
                    made_at=now,
                    first_day=now.date().replace(day=1),
                    last_day=now.date().replace(year=now.year + 1, day=1),
                    tenant_id=TENANT,
                    user_id=absent,
                    deputy_id=deputy,
                    order_number="1",
                    made_by=ADMIN,
                )
            )

    return run


def refused(answer: Any) -> bool:
    return answer.status_code == 403 and "prepared what this step is about" in answer.json["message"]


@pytest.mark.parametrize("files", [{"a.bpmn": MODEL}, {"b.bpmn": INNER, "c.bpmn": OUTER}], ids=["alone", "called"])
def test_who_prepared_may_not_claim_be_assigned_or_complete(
    deploy: Any, start: Any, ask: Ask, do: Any, files: dict[str, str]
) -> None:
    deploy(files)
    start("signing" if "a.bpmn" in files else "calling")
    do(CLERK)
    do(EXECUTOR)
    for person in (CLERK, EXECUTOR):
        assert refused(ask(person, "claim"))
        assert refused(ask(HEAD, "assignee", {"userId": person}))
        assert refused(ask(HEAD, "delegate", {"userId": person}))
        assert refused(ask(ADMIN, "claim", {"userId": person}))
    assert ask(HEAD, "claim").status_code == 204
    assert refused(ask(HEAD, "assignee", {"userId": CLERK}))
    assert ask(HEAD, "complete").status_code == 204


def test_who_prepared_something_else_may_sign(deploy: Any, start: Any, do: Any) -> None:
    deploy({"a.bpmn": MODEL.replace("prepare; check", "prepare")})
    start("signing")
    do(CLERK)
    do(EXECUTOR)
    do(EXECUTOR)


def test_an_administrator_who_prepared_does_not_sign_either(deploy: Any, start: Any, ask: Ask, do: Any) -> None:
    deploy({"a.bpmn": MODEL})
    start("signing")
    do(CLERK)
    ask(EXECUTOR, "claim")
    assert ask(ADMIN, "complete").status_code == 204  # for the executor
    assert ask(HEAD, "claim").status_code == 204
    assert refused(ask(ADMIN, "complete"))
    assert ask(HEAD, "complete").status_code == 204


def test_neither_the_absent_nor_the_deputy_who_acted_signs(
    deploy: Any, start: Any, ask: Ask, do: Any, substitute: Any, database_engine: Engine
) -> None:
    deploy({"a.bpmn": MODEL})
    with Session(database_engine) as session, session.begin():
        session.execute(delete(Membership).where(Membership.user_id == EXECUTOR, Membership.group_id == "executor"))
        session.add(Membership(user_id=EXECUTOR, tenant_id=TENANT, group_id="commission"))
    substitute(CLERK, EXECUTOR)  # who is no candidate himself, so that he prepares for the clerk
    start("signing")
    do(EXECUTOR)
    do(EXECUTOR)
    assert refused(ask(CLERK, "claim"))
    assert refused(ask(EXECUTOR, "claim"))
    substitute(HEAD, EXECUTOR)
    assert refused(ask(EXECUTOR, "claim"))
    substitute(HEAD, CLERK)
    assert refused(ask(CLERK, "claim"))
    do(HEAD)


def test_who_prepared_does_not_sign_as_the_deputy_of_the_signer(
    deploy: Any, start: Any, ask: Ask, do: Any, substitute: Any
) -> None:
    deploy({"a.bpmn": MODEL})
    start("signing")
    do(CLERK)
    do(CLERK)
    assert ask(HEAD, "claim").status_code == 204
    substitute(HEAD, CLERK)
    assert refused(ask(CLERK, "complete"))
    substitute(HEAD, EXECUTOR)
    assert ask(EXECUTOR, "complete").status_code == 204


def test_a_deputy_does_not_sign_what_the_absent_prepared_in_his_name(
    deploy: Any, start: Any, ask: Ask, do: Any, substitute: Any
) -> None:
    deploy(
        {
            "a.bpmn": MODEL.replace(
                'name="Sign" camunda:candidateGroups="clerk,executor,head"',
                'name="Sign" camunda:candidateGroups="clerk,head"',
            )
        }
    )
    start("signing")
    do(CLERK)
    do(CLERK)
    substitute(CLERK, EXECUTOR)
    assert refused(ask(EXECUTOR, "claim"))
    do(HEAD)


def test_a_step_that_is_kept_from_nobody_takes_no_statement_more(
    deploy: Any, start: Any, ask: Ask, statements: list[str]
) -> None:
    deploy({"a.bpmn": MODEL})
    start("signing")
    counted = {}
    for person in (CLERK, EXECUTOR, HEAD):
        ask(person, "claim")
        statements.clear()
        assert ask(person, "complete").status_code == 204
        counted[person] = len(statements)
    assert counted[CLERK] == counted[EXECUTOR]
    assert counted[HEAD] <= counted[CLERK] + 1
