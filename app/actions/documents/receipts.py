"""The receipt (қолхат) that an applicant takes home: what was received, by whom, and until when the result is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.actions.cases.case_search import service_of
from app.actions.cases.finding import ID_NUMBERS
from app.actions.documents.documents import documents_of
from app.actions.lists.worklist import names_of
from app.actions.models.models import model_of
from app.actions.models.naming import step_name
from app.actions.running.instances import instance_for
from app.actions.tasks.opening import NUMBER, applicant_of
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_deadlines import CaseDeadlines, deadlines
from app.domain.models import values
from app.domain.people.access import Actor
from app.domain.people.case_access import NOT_STAFF
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.reckoning import Reckoned
from app.store import queries
from app.store.tables import Instance, Membership, Organisation, Task

HANDED_IN = ("attachedDocuments", "scannedDocuments")
"""The variables in which forms ask for the list of documents, one a line."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """number: empty before registration; key: the business key. planned: the term of the whole, see `CasePage.whole`.

    go_on: the open step of the case that the reader has, with its name.

    documents: as the application lists them; files: the names of those that came with it, each once, in
    their order.
    received: the moment of the application, of the provider's zone; received_by: a name to be read, None where the
    applicant has sent it himself through a system.
    """

    case_id: UUID
    number: str
    key: str
    received: datetime
    applicant: str
    id_number: str
    service: Text
    organisation: Text | None
    total: bool
    planned: Reckoned | None
    documents: list[str]
    files: list[str]
    received_by: str | None
    go_on: tuple[UUID, Text] | None


def receipt(session: Session, actor: Actor, case_id: UUID) -> Receipt:
    """That of a case, for who may see it. Raises NotFound."""
    asked = instance_for(session, actor, case_id)
    queries.note_calendar_version(session, asked.tenant_id)
    terms = deadlines(session, actor, case_id)
    root = terms.root
    organisation = None if root.tenant_id is None else session.get(Organisation, root.tenant_id)
    zone = calendar_of(session, root.tenant_id).tz
    known = root.variables
    return Receipt(
        case_id=root.id,
        number=str(known.get(NUMBER) or ""),
        key=root.business_key or "",
        received=root.started_at.astimezone(zone),
        applicant=applicant_of(known) or "",
        id_number=next((str(known[name]) for name in ID_NUMBERS if known.get(name)), ""),
        service=service_of(root),
        organisation=None if organisation is None else _text(organisation.names),
        total=terms.total,
        planned=terms.whole,
        documents=_documents(root),
        files=_files(session, actor, root),
        received_by=_received_by(session, root),
        go_on=_go_on(session, actor, terms),
    )


def numbered(session: Session, task_id: UUID) -> bool:
    """Whether the application that a task is about has its number. Raises NoResultFound for an unknown task."""
    task = session.get_one(Task, task_id)
    root = session.get_one(Instance, session.get_one(Instance, task.instance_id).root_id)
    return bool(root.variables.get(NUMBER))


def _go_on(session: Session, actor: Actor, terms: CaseDeadlines) -> tuple[UUID, Text] | None:
    own = (one.task for one in terms.steps if one.task.ended_at is None and one.task.assignee == actor.user_id)
    task = next(own, None)
    if task is None:
        return None
    return task.id, step_name(model_of(session, task.definition_id).node(task.element))


def _received_by(session: Session, root: Instance) -> str | None:
    """The name of the member of staff who has started the case."""
    starter = root.started_by
    staff = exists().where(
        Membership.user_id == starter,
        Membership.tenant_id == root.tenant_id,
        Membership.group_id.not_in(NOT_STAFF),
    )
    if starter is None or not session.scalar(select(staff)):
        return None
    return names_of(session, [starter]).get(starter, starter)


def _documents(root: Instance) -> list[str]:
    """What the forms list, line by line."""
    lines = [line for name in HANDED_IN for line in str(root.variables.get(name) or "").splitlines()]
    return [line for line in dict.fromkeys(line.strip().rstrip(";") for line in lines) if line]


def _files(session: Session, actor: Actor, root: Instance) -> list[str]:
    """Those of the application, and what was scanned until it had its number."""
    marks: list[Any] = list((root.types or {}).values())
    given = [mark[1].get("filename") for mark in marks if isinstance(mark, list) and mark[0] == "File"]
    submitted = values.plain(root.variables, root.types).get("submittedAt")
    uploaded = [
        one.document.name
        for one in documents_of(session, actor, root.id)
        if one.step is None or (isinstance(submitted, datetime) and one.document.added_at <= submitted)
    ]
    return list(dict.fromkeys(name for name in (*given, *reversed(uploaded)) if name))


def _text(names: dict[str, Any]) -> Text:
    return Text(*(names.get(language) or names["kk"] for language in LANGUAGES))
