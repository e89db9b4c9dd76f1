"""A process with files in its forms, and what its people do with documents."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.documents import documents, uploads
from app.actions.running import instances
from app.actions.tasks import completion, tasks
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals.file_refusals import FileRefused
from app.store import session as store
from app.store.document_bytes import PIECE
from app.store.tables import Task

ACTS = Path(__file__).parents[3] / "bpmn"
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
ADMIN = Actor("admin", True, frozenset())
TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"
CLERK = Actor("clerk", False, frozenset({("clerk", TENANT)}))
COLLEAGUE = Actor("colleague", False, frozenset({("clerk", TENANT)}))
STRANGER = Actor("stranger", False, frozenset({("clerk", OTHER)}))
LIMIT = 3 * PIECE
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="papers" isExecutable="true">
<startEvent id="start" camunda:formRef="apply" camunda:formRefBinding="latest"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
<userTask id="check" name="Check" camunda:candidateGroups="clerk" camunda:formRef="scan" camunda:formRefBinding="latest"/>
<sequenceFlow id="f2" sourceRef="check" targetRef="read"/>
<userTask id="read" name="Read" camunda:candidateGroups="clerk" camunda:formRef="show" camunda:formRefBinding="latest"/>
<sequenceFlow id="f3" sourceRef="read" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FILES = {"type": "filepicker", "key": "scans", "label": "Scans", "multiple": True}
FORMS: dict[str, list[dict[str, Any]]] = {
    "apply": [
        {"type": "filepicker", "key": "proof", "label": "Proof"},
        {
            "type": "dynamiclist",
            "path": "owners",
            "label": "Owners",
            "defaultRepetitions": 0,
            "components": [{"type": "filepicker", "key": "passport", "label": "Passport"}],
        },
    ],
    "scan": [{**FILES, "validate": {"required": True}}],
    "show": [{**FILES, "id": "scans", "readonly": True}],
}


@dataclass(frozen=True)
class Office:
    """A database with a process, and where the bytes of documents are kept."""

    database: Engine
    folder: Path | None

    @property
    def intake(self) -> uploads.Intake:
        return uploads.Intake(LIMIT, self.folder)

    def begin(self) -> AbstractContextManager[Session]:
        return store.sessions(self.database).begin()

    def upload(self, task: UUID | None, name: str, content: bytes, actor: Actor = CLERK) -> UUID:
        with self.begin() as session:
            return uploads.add(session, actor, task, name, BytesIO(content), self.intake, NOW)[0].id

    def read(self, document: UUID, actor: Actor = CLERK) -> bytes:
        with self.begin() as session:
            found = documents.document_for(session, actor, document)
            return b"".join(documents.content(session, self.folder, found))


def started(office: Office, **values: object) -> tuple[UUID, UUID]:
    """A case started by the clerk with the data of its form; gives it and its task, which the clerk has claimed."""
    with office.begin() as session:
        definition = instances.definition_by_key(session, CLERK, "papers", TENANT)
        variables = {name: Variable(value, "Json") for name, value in values.items()}
        instance = instances.submit_start_form(session, CLERK, definition, variables, NOW)
        task = session.scalars(select(Task.id).where(Task.instance_id == instance.id)).one()
        tasks.claim(session, CLERK, task, None, NOW)
        return instance.id, task


def complete(office: Office, task: UUID, scans: object) -> None:
    with office.begin() as session:
        completion.submit_form(session, CLERK, task, {"scans": Variable(scans, "Json")}, NOW)


def reason(refused: pytest.ExceptionInfo[FileRefused]) -> str:
    assert isinstance(refused.value.details, dict)
    return str(refused.value.details["reason"])
