"""A paper that is given once for many tasks."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.lists import bulk
from app.actions.lists.alike import alike
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.people.people import actor_of
from app.actions.running import instances
from app.domain.ids import new_id
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.store import document_bytes
from app.store.tables import Document, DocumentPiece, History, Membership, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="asks" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" camunda:candidateGroups="clerk" camunda:formRef="protocol" camunda:formRefBinding="latest"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "protocol",
    "components": [
        {"type": "filepicker", "id": "a", "key": "protocol", "label": "Хаттама", "validate": {"required": True}},
        {
            "type": "radio",
            "id": "b",
            "key": "decision",
            "label": "Шешім",
            "validate": {"required": True},
            "values": [{"value": "yes", "label": "Беру"}, {"value": "no", "label": "Бас тарту"}],
        },
    ],
}


@pytest.fixture
def clerk(session: Session) -> Actor:
    seed(session, ACTS, NOW, demo=False)
    for name in ("clerk", "other"):
        session.add(User(id=name, password_hash="-", administrator=False))
        session.flush()
        session.add(Membership(user_id=name, tenant_id=TENANT, group_id="clerk"))
    files = {"asks.bpmn": MODEL, "protocol.form": orjson.dumps(FORM)}
    deployments.deploy(session, ADMIN, files, NOW, tenant=TENANT)
    session.flush()
    return actor_of(session, "clerk")


def opened(session: Session, number: int) -> list[Task]:
    definition = instances.definition_by_key(session, ADMIN, "asks", TENANT)
    ids = [instances.start(session, ADMIN, definition, {}, NOW).id for _ in range(number)]
    session.flush()
    return list(session.scalars(select(Task).where(Task.instance_id.in_(ids)).order_by(Task.id)))


def uploaded(session: Session, person: str) -> UUID:
    """A document that belongs to no case yet."""
    row = Document(
        id=new_id(),
        added_at=NOW,
        added_by=person,
        name="Хаттама.pdf",
        size=4,
        media_type="application/pdf",
        digest=hashlib.sha256(b"%PDF").digest(),
    )
    session.add(row)
    session.flush()
    session.add(DocumentPiece(document_id=row.id, number=0, content=b"%PDF"))
    session.flush()
    return row.id


def given(document: UUID) -> dict[str, Variable]:
    named = {"id": str(document), "filename": "Хаттама.pdf", "mimetype": "application/pdf", "size": 4}
    return {"protocol": Variable([named], "Json"), "decision": Variable("yes", "String")}


def test_each_case_gets_a_document_of_its_own(session: Session, clerk: Actor) -> None:
    tasks = opened(session, 2)
    paper = uploaded(session, "clerk")
    outcomes = bulk.complete(session, clerk, [one.id for one in tasks], given(paper), NOW)
    assert [one.error for one in outcomes] == [None, None]
    session.flush()
    for task in tasks:
        [copy] = session.scalars(select(Document).where(Document.task_id == task.id))
        assert task.given is not None
        assert task.given["protocol"][0]["id"] == str(copy.id) != str(paper)
        assert b"".join(document_bytes.pieces(session, copy.id)) == b"%PDF"
        assert "AddDocument" in session.scalars(select(History.operation).where(History.task_id == task.id)).all()


def test_another_persons_paper_is_not_handed_out_and_a_refusal_leaves_no_copy(session: Session, clerk: Actor) -> None:
    [task] = opened(session, 1)
    strange = uploaded(session, "other")
    own = given(uploaded(session, "clerk")) | {"decision": Variable("perhaps", "String")}
    for wrong in (given(strange), own):
        [outcome] = bulk.complete(session, clerk, [task.id], wrong, NOW)
        assert not outcome.done
    assert session.scalars(select(Document.id).where(Document.instance_id.is_not(None))).all() == []


def test_the_decision_is_asked_for_as_on_the_page_of_one_task(session: Session, clerk: Actor) -> None:  # noqa: ARG001
    asked = alike(session, clerk, opened(session, 2), "kk")
    assert asked.schema is not None
    assert [one["type"] for one in asked.schema["components"]] == ["filepicker", "decision"]
