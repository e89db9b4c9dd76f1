from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.acts import deploy_acts
from app.domain.people.access import Actor
from app.store.tables import Definition, Deployment, FormDefinition, Organisation

NOW = datetime(2025, 6, 2, 5, 0, tzinfo=UTC)
OPERATOR = Actor(user_id="operator", administrator=True, memberships=frozenset())
FORM = '{"type": "default", "id": "application", "schemaVersion": 18, "components": []}'
ACT = """
services:
- {key: licence, provider: {key: office}}
- {key: complaint, provider: {key: any}}
"""


def model(key: str, step: str = "") -> str:
    nodes, flows = '<startEvent id="s"/><endEvent id="e"/>', '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
    if step:
        nodes += step
        flows = '<sequenceFlow id="f" sourceRef="s" targetRef="x"/><sequenceFlow id="g" sourceRef="x" targetRef="e"/>'
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">'
        f'<process id="{key}" isExecutable="true">{nodes}{flows}</process></definitions>'
    )


@pytest.fixture
def bpmn(tmp_path: Path, session: Session) -> Path:
    """A folder of one act with two services, and a shared process that the first one calls."""
    files = {
        "bpmn/act-1/act.yaml": ACT,
        "bpmn/act-1/licence.bpmn": model("licence", '<callActivity id="x" calledElement="payment"/>'),
        "bpmn/act-1/complaint.bpmn": model("complaint"),
        "bpmn/shared/payment.bpmn": model("payment"),
        "bpmn/roles.yaml": "{}",
        "forms/act-1/application.form": FORM,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    session.add(Organisation(id="office", names={"kk": "а", "ru": "б", "en": "c"}))
    session.flush()
    return tmp_path / "bpmn"


def definitions(session: Session) -> dict[str, tuple[str | None, int]]:
    rows = session.scalars(select(Definition).order_by(Definition.version))
    return {row.key: (row.tenant_id, row.version) for row in rows}


def test_a_service_goes_to_its_provider_and_what_is_anyones_to_all(session: Session, bpmn: Path) -> None:
    deploy_acts(session, OPERATOR, bpmn, NOW)
    assert definitions(session) == {"licence": ("office", 1), "complaint": (None, 1), "payment": (None, 1)}


def test_what_a_service_calls_in_its_own_act_is_deployed_before_it(session: Session, bpmn: Path) -> None:
    (bpmn / "act-1" / "complaint.bpmn").unlink()
    (bpmn / "act-1" / "licence.bpmn").write_text(model("licence", '<callActivity id="x" calledElement="review"/>'))
    (bpmn / "act-1" / "review.bpmn").write_text(model("review"))
    deploy_acts(session, OPERATOR, bpmn, NOW)
    assert definitions(session) == {"licence": ("office", 1), "review": (None, 1), "payment": (None, 1)}


def test_the_forms_of_the_act_go_with_each_of_its_deployments(session: Session, bpmn: Path) -> None:
    deploy_acts(session, OPERATOR, bpmn, NOW)
    assert {row.tenant_id for row in session.scalars(select(FormDefinition))} == {None, "office"}


def test_only_what_has_changed_is_deployed_again(session: Session, bpmn: Path) -> None:
    deploy_acts(session, OPERATOR, bpmn, NOW)
    deploy_acts(session, OPERATOR, bpmn, NOW)
    (bpmn / "shared" / "payment.bpmn").write_text(model("payment") + "\n")
    deploy_acts(session, OPERATOR, bpmn, NOW)
    assert definitions(session) == {"licence": ("office", 1), "complaint": (None, 1), "payment": (None, 2)}
    assert len(session.scalars(select(Deployment)).all()) == 4


def test_one_act_can_be_deployed_alone(session: Session, bpmn: Path) -> None:
    deploy_acts(session, OPERATOR, bpmn / "shared", NOW)
    assert definitions(session) == {"payment": (None, 1)}
