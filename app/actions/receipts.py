"""The receipt (қолхат) that an applicant takes home: what was received, by whom, and until when the result is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.actions.calendars import calendar_of
from app.actions.case_deadlines import deadlines
from app.actions.case_search import service_of
from app.actions.documents import documents_of
from app.actions.finding import ID_NUMBERS
from app.actions.instances import instance_for
from app.actions.opening import NUMBER, applicant_of
from app.actions.worklist import names_of
from app.domain.access import Actor
from app.domain.calendar import LANGUAGES, Text
from app.domain.case_access import OWN_CASES_ONLY
from app.domain.reckoning import Reckoned
from app.store import queries
from app.store.tables import Instance, Membership, Organisation

HANDED_IN = ("attachedDocuments", "scannedDocuments")
"""The variables in which forms ask for the list of documents, one a line."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """number: empty before registration; key: the business key. planned: the term of the whole, see `CasePage.whole`.

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
    received_by: str | None


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
        documents=_documents(session, actor, root),
        received_by=_received_by(session, root),
    )


def _received_by(session: Session, root: Instance) -> str | None:
    """The name of the member of staff who has started the case."""
    starter = root.started_by
    staff = exists().where(
        Membership.user_id == starter,
        Membership.tenant_id == root.tenant_id,
        Membership.group_id.not_in(OWN_CASES_ONLY),
    )
    if starter is None or not session.scalar(select(staff)):
        return None
    return names_of(session, [starter]).get(starter, starter)


def _documents(session: Session, actor: Actor, root: Instance) -> list[str]:
    """What the forms list, line by line, and the names of the files that came with the application."""
    lines = [line for name in HANDED_IN for line in str(root.variables.get(name) or "").splitlines()]
    marks: list[Any] = list((root.types or {}).values())
    files = [mark[1].get("filename") for mark in marks if isinstance(mark, list) and mark[0] == "File"]
    files += [one.document.name for one in documents_of(session, actor, root.id) if one.step is None]
    found = [line.strip().rstrip(";") for line in (*lines, *filter(None, files))]
    return [line for line in dict.fromkeys(found) if line]


def _text(names: dict[str, Any]) -> Text:
    return Text(*(names.get(language) or names["kk"] for language in LANGUAGES))
