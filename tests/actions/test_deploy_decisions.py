"""Decision tables of deployments: checked, versioned, found by business rule tasks, deleted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import deletions, deployments
from app.actions.models.decisions import evaluate_feel
from app.actions.models.deployments import Deployed
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.engine import StepFailed
from app.errors import Invalid, ModelRejected
from app.store.tables import Definition, Instance, Task
from app.store.tables.definitions import DecisionDefinition

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
DMN = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Fees" namespace="urn:fees">'
BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">'
)
Deploy = Callable[..., Deployed]


def table(*rules: tuple[str, str], key: str = "fee", tag: str | None = None, policy: str = "UNIQUE") -> bytes:
    """A decision on `area` with the output `rate`."""
    rows = "".join(
        f"<rule><inputEntry><text>{escape(when)}</text></inputEntry>"
        f"<outputEntry><text>{escape(then)}</text></outputEntry></rule>"
        for when, then in rules
    )
    tagged = f' xmlns:camunda="http://camunda.org/schema/1.0/dmn" camunda:versionTag="{tag}"' if tag else ""
    return (
        f'{DMN}<decision id="{key}" name="Fee"{tagged}><decisionTable hitPolicy="{policy}"><input><inputExpression>'
        f'<text>area</text></inputExpression></input><output name="rate"/>{rows}</decisionTable></decision></definitions>'
    ).encode()


def literal(text: str, language: str = "feel") -> bytes:
    return (
        f'{DMN}<decision id="fee" name="Fee"><literalExpression expressionLanguage="{language}">'
        f"<text>{escape(text)}</text></literalExpression></decision></definitions>"
    ).encode()


def model(attributes: str = 'camunda:mapDecisionResult="singleEntry"', before: str = "<task id='before'/>") -> bytes:
    """A process that waits at `before` if that is a user task, and decides `fee` into the variable `result`."""
    step = f'<businessRuleTask id="decide" camunda:decisionRef="fee" camunda:resultVariable="result" {attributes}/>'
    return (
        f'{BPMN}<process id="p" isExecutable="true"><startEvent id="start"/>{before}{step}<endEvent id="end"/>'
        '<sequenceFlow id="f1" sourceRef="start" targetRef="before"/>'
        '<sequenceFlow id="f2" sourceRef="before" targetRef="decide"/>'
        '<sequenceFlow id="f3" sourceRef="decide" targetRef="end"/></process></definitions>'
    ).encode()


SMALL_AND_LARGE = (("<= 100", "5"), ("> 100", "7.5"))


@pytest.fixture
def deploy(session: Session) -> Deploy:
    seed(session, ACTS, NOW, demo=False)

    def run(*, tenant: str | None = TENANT, **files: bytes) -> Deployed:
        named = {name.replace("_", "."): content for name, content in files.items()}
        return deployments.deploy(session, ADMIN, named, NOW, tenant=tenant, name="fees")

    return run


def started(session: Session, deployed: Deployed, **variables: Any) -> Instance:
    (definition,) = deployed.definitions
    typed = {name: Variable(value, values.infer(value)) for name, value in variables.items()}
    return instances.start(session, ADMIN, definition, typed, NOW, tenant=TENANT)


@pytest.mark.parametrize(("area", "rate", "kind"), [(100, 5, int), (100.5, 7.5, float)])
def test_a_case_takes_what_the_table_of_its_deployment_says(
    session: Session, deploy: Deploy, area: float, rate: float, kind: type
) -> None:
    found = started(session, deploy(p_bpmn=model(), fee_dmn=table(*SMALL_AND_LARGE)), area=area).variables["result"]
    assert (found, type(found)) == (rate, kind)


def test_the_answer_names_the_decisions_with_their_versions(session: Session, deploy: Deploy) -> None:
    deploy(fee_dmn=table(*SMALL_AND_LARGE))
    (row,) = deploy(fee_dmn=table(*SMALL_AND_LARGE, tag="spring")).decisions
    assert (row.key, row.version, row.name, row.version_tag, row.tenant_id) == ("fee", 2, "Fee", "spring", TENANT)


def test_what_has_not_changed_makes_no_new_version(session: Session, deploy: Deploy) -> None:
    deploy(fee_dmn=table(*SMALL_AND_LARGE))
    files = {"fee.dmn": table(*SMALL_AND_LARGE)}
    for option in ("filter_duplicates", "changed_only"):
        again = deployments.deploy(session, ADMIN, files, NOW, tenant=TENANT, name="fees", **{option: True})
        assert again.decisions == ()
    assert [row.version for row in session.scalars(select(DecisionDefinition))] == [1]


BOUND = {
    "latest": "",
    "deployment": 'camunda:decisionRefBinding="deployment"',
    "version": 'camunda:decisionRefBinding="version" camunda:decisionRefVersion="${1 + 1}"',
    "versionTag": 'camunda:decisionRefBinding="versionTag" camunda:decisionRefVersionTag="spring"',
}


@pytest.mark.parametrize(("binding", "result"), [("latest", 3), ("deployment", 1), ("version", 2), ("versionTag", 2)])
def test_the_binding_chooses_among_versions(session: Session, deploy: Deploy, binding: str, result: int) -> None:
    attributes = f'camunda:mapDecisionResult="singleEntry" {BOUND[binding]}'
    deploy(fee_dmn=table(("-", "0")))
    deploy(fee_dmn=table(("-", "2"), tag="spring"))
    first = deploy(p_bpmn=model(attributes), fee_dmn=table(("-", "1")))
    deploy(fee_dmn=table(("-", "3")))
    assert started(session, first, area=1).variables["result"] == result


def test_a_decision_of_the_organisation_goes_before_a_newer_one_for_all(session: Session, deploy: Deploy) -> None:
    deployed = deploy(p_bpmn=model(), fee_dmn=table(("-", "1")))
    deploy(tenant=None, fee_dmn=table(("-", "2")))
    deploy(tenant=None, fee_dmn=table(("-", "3")))
    assert started(session, deployed, area=1).variables["result"] == 1


def test_a_model_bound_to_its_deployment_takes_the_newest_where_that_has_none(session: Session, deploy: Deploy) -> None:
    deploy(fee_dmn=table(("-", "1")))
    deploy(fee_dmn=table(("-", "2")))
    deployed = deploy(p_bpmn=model(f'camunda:mapDecisionResult="singleEntry" {BOUND["deployment"]}'))
    assert started(session, deployed, area=1).variables["result"] == 2


def test_a_decision_that_is_not_deployed_refuses_the_model(session: Session, deploy: Deploy) -> None:
    with pytest.raises(ModelRejected, match=r"p\.bpmn: The decision \"fee\" is not found"):
        deploy(p_bpmn=model())


def test_a_version_that_is_not_there_fails_the_step(session: Session, deploy: Deploy) -> None:
    deployed = deploy(p_bpmn=model('camunda:decisionRefBinding="version" camunda:decisionRefVersion="${8 + 1}"'),
                      fee_dmn=table(*SMALL_AND_LARGE))  # fmt: skip
    with pytest.raises(StepFailed, match=r"'decide' .*decision 'fee': it is not deployed \(version 9\)"):
        started(session, deployed, area=1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<definitions/>", "not-dmn"),
        (b"<definitions", "xml-malformed"),
        (table((">>", "1")), "cell-expression-invalid"),
        (table(("-", "1 +")), "cell-expression-invalid"),
        (table(("<= 100", "1"), (">= 100", "2")), "rules-overlap"),
        (literal("${workingDays(1)}", "juel"), "decision-expression-invalid"),
        (table(*SMALL_AND_LARGE, policy="BEST"), "hit-policy-unknown"),
    ],
)  # fmt: skip
def test_a_table_with_a_mistake_refuses_the_deployment(
    session: Session, deploy: Deploy, content: bytes, code: str
) -> None:
    with pytest.raises(ModelRejected) as refused:
        deploy(good_bpmn=model(), fee_dmn=content)
    assert isinstance(refused.value.details, dict)
    assert code in [entry["code"] for entry in refused.value.details["findings"]["fee.dmn"]]
    assert session.scalars(select(Definition)).all() == []


def test_a_mistake_in_a_cell_is_said_in_the_language_of_its_reader(session: Session, deploy: Deploy) -> None:
    with pytest.raises(ModelRejected) as refused:
        deploy(good_bpmn=model(), fee_dmn=table(("-", "1"), ("> 5", "2 *")))
    assert isinstance(refused.value.details, dict)
    (entry,) = refused.value.details["findings"]["fee.dmn"]
    reason = "ожидается выражение, а стоит конец"
    assert entry["message"]["ru"] == f"Правило 2, столбец «rate»: ошибка в выражении «2 *», знак 4: {reason}"


@pytest.mark.parametrize("source", ["some x in 1..1e30 satisfies x < 0", "1 +"])
def test_feel_that_costs_too_much_or_does_not_parse_is_an_error_and_not_null(source: str) -> None:
    with pytest.raises(ValueError, match=r"takes more than|expected an expression"):
        evaluate_feel(source, {}, NOW)


def test_rules_that_overlap_are_told_when_a_case_meets_them(session: Session, deploy: Deploy) -> None:
    deployed = deploy(p_bpmn=model(), fee_dmn=table(("odd(?)", "1"), ("modulo(?, 3) = 0", "2")))
    with pytest.raises(StepFailed, match="'decide' .*decision 'fee': .*rules 1, 2 match") as failed:
        started(session, deployed, area=3)
    assert isinstance(failed.value.details, dict)
    assert failed.value.details["decision"] == "fee"


def test_a_decision_stands_once_in_a_deployment(session: Session, deploy: Deploy) -> None:
    with pytest.raises(Invalid, match="the decision 'fee' stands in two files"):
        deploy(a_dmn=table(*SMALL_AND_LARGE), b_dmn=table(*SMALL_AND_LARGE))


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("1 + 1", 2),
        ("1.5", 1.5),
        ('date("2026-03-18")', "2026-03-18"),
        ('duration("P1D")', "P1D"),
        ('{a: 1, b: [date("2026-03-18"), true]}', {"a": 1, "b": ["2026-03-18", True]}),
        ("day of week(received)", "Wednesday"),
        ("today()", "2026-03-18"),
        ("received + duration(\"P1D\")", datetime(2026, 3, 19, 20, tzinfo=UTC)),
        ('date and time("2026-03-18T09:00:00")', datetime(2026, 3, 18, 4, tzinfo=UTC)),
        ("note", None),
    ],
)  # fmt: skip
def test_values_go_in_and_come_out_as_variables(session: Session, deploy: Deploy, source: str, result: object) -> None:
    deployed = deploy(p_bpmn=model(), fee_dmn=literal(source))
    found = started(session, deployed, received=datetime(2026, 3, 18, 20, tzinfo=UTC), note=None)
    assert values.plain(found.variables, found.types)["result"] == result


def test_all_results_of_a_collecting_table_are_kept(session: Session, deploy: Deploy) -> None:
    both = table(("> 1", "1"), ("> 2", "2"), policy="COLLECT")
    kept = {
        mapping: started(
            session, deploy(p_bpmn=model(f'camunda:mapDecisionResult="{mapping}"'), fee_dmn=both), area=3
        ).variables["result"]
        for mapping in ("collectEntries", "resultList")
    }
    assert kept == {"collectEntries": [1, 2], "resultList": [{"rate": 1}, {"rate": 2}]}


def test_no_matching_rule_is_no_result(session: Session, deploy: Deploy) -> None:
    deployed = deploy(p_bpmn=model(), fee_dmn=table(("100", "5")))
    assert started(session, deployed, area=1).variables["result"] is None


def test_a_deployment_goes_with_its_decisions_and_those_who_wait_take_the_ones_before(
    session: Session, deploy: Deploy
) -> None:
    asks = "<userTask id='before' camunda:candidateGroups='clerk'/>"
    waiting = started(session, deploy(p_bpmn=model(before=asks), a_dmn=table(("-", "1"))), area=1)
    newer = deploy(fee_dmn=table(("-", "2"))).deployment
    deletions.delete_deployment(session, ADMIN, newer.id, NOW, cascade=False)
    assert [row.version for row in session.scalars(select(DecisionDefinition))] == [1]
    session.flush()
    task = session.scalars(select(Task).where(Task.instance_id == waiting.id)).one()
    completion.complete(session, ADMIN, task.id, {}, NOW + timedelta(hours=1))
    assert waiting.variables["result"] == 1
