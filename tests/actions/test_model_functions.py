"""What models may call by name: functions on people and days, the search for a case, the starter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.terms import explanations
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.engine import StepFailed
from app.errors import ModelRejected
from app.store import queries
from app.store.tables import Instance, Membership, Organisation, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
HERE, THERE = "aktobe-gask", "elsewhere"
BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">'
)
Start = Callable[..., Instance]


def model(step: str, key: str = "p", start: str = "") -> bytes:
    return (
        f'{BPMN}<process id="{key}" name="Licence" isExecutable="true"><startEvent id="start" {start}/>{step}'
        '<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="step"/>'
        '<sequenceFlow id="f2" sourceRef="step" targetRef="end"/></process></definitions>'
    ).encode()


def script(expression: str, language: str = "juel") -> str:
    return (
        f'<scriptTask id="step" scriptFormat="{language}" camunda:resultVariable="result"><script>{expression}</script>'
        "</scriptTask>"
    )


ASK = '<userTask id="step" camunda:candidateGroups="clerk" {}/>'.format
FIND = '<serviceTask id="step" camunda:delegateExpression="${findCase}"/>'


@pytest.fixture
def start(session: Session) -> Start:
    """Deploys a model for all organisations and starts it in one."""
    seed(session, ACTS, NOW, demo=False)
    session.add(Organisation(id=THERE, names={"kk": "Басқа", "ru": "Другая", "en": "Other"}))
    session.flush()

    def run(source: bytes, tenant: str = HERE, actor: Actor = ADMIN, **variables: Any) -> Instance:
        (definition,) = deployments.deploy(session, ADMIN, {"p.bpmn": source}, NOW).definitions
        typed = {name: Variable(value, values.infer(value)) for name, value in variables.items()}
        return instances.start(session, actor, definition, typed, NOW, tenant=tenant)

    return run


def test_members_are_those_who_hold_the_role_in_the_organisation_of_the_case(session: Session, start: Start) -> None:
    for user, role, tenant in (
        ("dana", "commission", HERE), ("aigul", "commission", HERE), ("aigul", "clerk", HERE),
        ("berik", "commission", THERE), ("marat", "clerk", HERE),
    ):  # fmt: skip
        if session.get(User, user) is None:
            session.add(User(id=user, password_hash="-", administrator=False))
            session.flush()
        session.add(Membership(user_id=user, tenant_id=tenant, group_id=role))
    session.flush()
    found = [start(model(script("${membersOf('commission')}")), tenant).variables["result"] for tenant in (HERE, THERE)]
    assert found == [["aigul", "dana"], ["berik"]]


def test_a_role_that_nobody_holds_fails_the_step(start: Start) -> None:
    with pytest.raises(StepFailed, match="nobody in organisation 'aktobe-gask' holds the role 'commission'") as failed:
        start(model(script("${membersOf('commission')}")))
    assert failed.value.words.keys() == {"kk", "ru", "en"}


def test_members_of_what_is_no_role_fail_the_step(start: Start) -> None:
    with pytest.raises(StepFailed, match="membersOf takes the key of a role"):
        start(model(script("${membersOf(1)}")))


@pytest.mark.parametrize("day", ["2026-12-21", datetime(2026, 12, 20, 20, tzinfo=UTC)])
def test_a_task_may_be_due_so_many_days_before_an_event(session: Session, start: Start, day: object) -> None:
    start(model(ASK('camunda:dueDate="${calendarDaysBefore(20, day)}"')), day=day)
    session.flush()
    task = session.scalars(select(Task)).one()
    assert task.due_at == datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    why = explanations.explain(session, task)
    assert why is not None
    assert why.result == task.due_at
    assert why.text("en").startswith("20 calendar days before: counted back from Mon 21 Dec 2026")


def test_days_before_no_day_fail_the_step(start: Start) -> None:
    with pytest.raises(StepFailed, match="counts back from a day"):
        start(model(ASK('camunda:dueDate="${calendarDaysBefore(20, day)}"')), day=None)


def test_a_task_may_be_due_so_many_minutes_later_day_and_night(session: Session, start: Start) -> None:
    start(model(ASK('camunda:dueDate="${elapsedMinutes(40, at)}"')), at=datetime(2026, 11, 21, 20, tzinfo=UTC))
    session.flush()
    task = session.scalars(select(Task)).one()
    assert task.due_at == datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
    why = explanations.explain(session, task)
    assert why is not None
    assert why.text("en").startswith("40 minutes, day and night: counted from Sun 22 Nov 2026 01:00")


APPLIED = {"applicationNumber": "А-2026-000017", "applicantIdNumber": "900101300126"}
ASKED = {"complaintCaseNumber": "А-2026-000017", "applicantIdNumber": "900101300126"}


def found(start: Start, **variables: object) -> list[object]:
    complaint = start(model(FIND, "complaint"), **(ASKED | variables))
    return [complaint.variables[name] for name in ("caseFound", "complainedCaseId", "complainedCaseTitle")]


@pytest.mark.parametrize("person", ["applicantIdNumber", "legalEntityBin"])
def test_a_complaint_finds_the_case_of_its_complainant(session: Session, start: Start, person: str) -> None:
    variables = APPLIED | {"applicantIdNumber": "850101300997", person: "900101300126"}
    case = start(model(ASK("")), **variables)
    session.flush()
    assert found(start, complaintCaseNumber=" А-2026-000017 ") == [True, str(case.id), "А-2026-000017, Licence"]


@pytest.mark.parametrize(
    ("tenant", "changed"),
    [
        (THERE, {}),
        (HERE, {"applicantIdNumber": "900101300136"}),
        (HERE, {"applicationNumber": "А-2026-000018"}),
    ],
)
def test_cases_of_others_elsewhere_and_with_other_numbers_are_not_found(
    session: Session, start: Start, tenant: str, changed: dict[str, str]
) -> None:
    start(model(ASK("")), tenant, **(APPLIED | changed))
    session.flush()
    assert found(start) == [False, None, None]


@pytest.mark.parametrize("missing", [{"complaintCaseNumber": None}, {"applicantIdNumber": " "}])
def test_without_a_number_or_a_person_no_case_is_found(start: Start, missing: dict[str, Any]) -> None:
    assert found(start, **missing) == [False, None, None]


def test_a_called_process_is_not_the_case(session: Session, start: Start) -> None:
    start(model(ASK(""), "inner"), THERE)
    call = (
        '<callActivity id="step" calledElement="inner"><extensionElements><camunda:in variables="all"/>'
        "</extensionElements></callActivity>"
    )
    case = start(model(call), **APPLIED)
    session.flush()
    assert session.scalar(select(Instance.id).where(Instance.super_id == case.id)) is not None
    assert found(start)[1] == str(case.id)


def test_of_two_cases_of_a_number_the_newest_is_found(session: Session, start: Start) -> None:
    cases = [start(model(ASK("")), **APPLIED) for _ in range(2)]
    cases[0].started_at += timedelta(days=1)
    session.flush()
    assert found(start)[1] == str(cases[0].id)


MANY = """
    INSERT INTO instance (id, root_id, started_at, suspended, tenant_id, definition_id, definition_key, variables)
    SELECT number.id, number.id, started_at, false, tenant_id, definition_id, definition_key,
           jsonb_build_object('applicationNumber', number.n, 'applicantIdNumber', number.n)
    FROM instance, (SELECT gen_random_uuid() AS id, n::text AS n FROM generate_series(1, 3000) AS n) AS number
"""


def test_a_case_is_found_through_the_index_of_variables(session: Session, start: Start) -> None:
    start(model(ASK("")), **APPLIED)
    session.flush()
    session.execute(text(MANY))
    session.execute(text("ANALYZE instance"))
    connection, sent = session.connection(), []

    def keep(*given: Any) -> None:
        sent.append(given[2:4])

    event.listen(connection, "before_cursor_execute", keep)
    assert queries.case_of_person(session, HERE, "А-2026-000017", "900101300126") is not None
    event.remove(connection, "before_cursor_execute", keep)
    (statement, parameters), _hold = sent
    plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    assert any("Bitmap Index Scan on ix_instance_variables" in line for line in plan)


def test_the_starter_of_a_case_is_known_to_its_model(session: Session, start: Start) -> None:
    case = start(model(ASK('camunda:assignee="${starter}"'), start='camunda:initiator="starter"'), starter="dana")
    session.flush()
    assert case.variables["starter"] == "admin"
    assert session.scalars(select(Task)).one().assignee == "admin"


def test_feel_knows_the_day_of_the_organisation(start: Start) -> None:
    assert start(model(script("string(today())", "feel"))).variables["result"] == "2026-11-18"


@pytest.mark.parametrize(("step", "code"), [(script("1 +", "feel"), "expression-invalid"),
                                            (script("${membersof('clerk')}"), "expression-invalid")])  # fmt: skip
def test_expressions_that_do_not_parse_or_call_what_is_not_there_refuse_the_model(
    start: Start, step: str, code: str
) -> None:
    with pytest.raises(ModelRejected) as refused:
        start(model(step))
    assert isinstance(refused.value.details, dict)
    assert [entry["code"] for entry in refused.value.details["findings"]["p.bpmn"]] == [code]


@pytest.mark.parametrize("rule", ["minutes(5, at)", "elapsedMinutes(5, at)", "workingDays(1, at)", "receipt(at)"])
def test_a_term_from_a_moment_that_is_not_there_fails_the_step(start: Start, rule: str) -> None:
    with pytest.raises(StepFailed, match="counted from a moment, and there is none"):
        start(model(ASK(f'camunda:dueDate="${{{rule}}}"')), at=None)
