"""Everything that is known of a case, read in a fixed number of statements; again, if somebody has done something meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app.actions.cases.entries import Entry
from app.actions.cases.story import MOST, story
from app.actions.inspecting.archive import entries
from app.actions.inspecting.archive.deployed import Deployed, deployed
from app.actions.inspecting.archive.entries import of_parts, safe
from app.actions.inspecting.audit import row_out
from app.actions.lists.worklist import names_of
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_deadlines import CaseDeadlines, deadlines
from app.domain import refusals
from app.domain.chain import START, linked
from app.domain.people.access import Actor
from app.domain.terms.calendar import WorkCalendar
from app.errors import Conflict
from app.store import case_sources, document_bytes, inspection_lists, queries
from app.store.activity_lists import definitions_before
from app.store.tables import (
    Document,
    EventSubscription,
    ExternalTask,
    ExternalTaskLog,
    Incident,
    Instance,
    Job,
    Organisation,
    Task,
)

TRIES = 3
ROWS = 500
"""Of history that are read at once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document, or the value of a file variable. file: where it is in the archive, None: its bytes are lost; sha256: of what
    was handed in."""

    id: UUID
    name: str
    size: int
    sha256: str
    file: entries.Entry | None
    document: Document | None
    task: Task | None
    instance_id: UUID | None


@dataclass(frozen=True, slots=True)
class History:
    """file: a line a row, chained; ids: of the rows, in order; head: the hash of the last."""

    file: entries.Entry
    ids: list[str]
    head: str


@dataclass(frozen=True, slots=True)
class Records:
    root: Instance
    organisation: Organisation | None
    calendar: WorkCalendar
    instances: list[Instance]
    deployed: Deployed
    terms: CaseDeadlines
    history: History
    kept: list[Kept]
    jobs: list[Job]
    events: list[EventSubscription]
    workers: list[ExternalTask]
    worked: list[ExternalTaskLog]
    incidents: list[Incident]
    people: Mapping[str, str]


def records(session: Session, actor: Actor, root: Instance, folder: Path | None, now: datetime) -> Records:
    """folder: of documents. All of it is of one moment: whatever is done adds a row to the history, which is counted at the end.

    Raises Conflict where something is done each time.
    """
    for _ in range(TRIES):
        found = _read(session, actor, root, folder, now)
        if inspection_lists.counts(session, root.id)["history"] == len(found.history.ids):
            return found
    raise refusals.of(Conflict, refusals.HELD_BY_OTHERS)


def _read(session: Session, actor: Actor, root: Instance, folder: Path | None, now: datetime) -> Records:
    queries.note_calendar_version(session, root.tenant_id)
    instances = case_sources.rows_of(session, Instance, root.id, Instance.started_at, Instance.id)
    before = definitions_before(session, [one.id for one in instances])
    followed = {one.definition_id for one in instances} | {one for _, one in before}
    history = _history(session, root.id)
    terms = deadlines(session, actor, root.id)

    def rows(table: Any, *order: Any) -> list[Any]:
        return case_sources.rows_of(session, table, root.id, *order)

    return Records(
        root=root,
        organisation=None if root.tenant_id is None else session.get(Organisation, root.tenant_id),
        calendar=calendar_of(session, root.tenant_id),
        instances=instances,
        deployed=deployed(session, root, sorted(followed), root.ended_at or now),
        terms=terms,
        history=history,
        kept=[*_documents(session, root.id, folder), *_files(session, root.id, instances)],
        jobs=rows(Job, Job.due_at, Job.id),
        events=rows(EventSubscription, EventSubscription.created_at, EventSubscription.id),
        workers=rows(ExternalTask, ExternalTask.created_at, ExternalTask.id),
        worked=rows(ExternalTaskLog, ExternalTaskLog.at, ExternalTaskLog.id),
        incidents=rows(Incident, Incident.created_at, Incident.id),
        people=names_of(session, _named(instances, terms)),
    )


def _named(instances: Sequence[Instance], terms: CaseDeadlines) -> set[str]:
    tasks = [one.task for one in terms.steps]
    found = {one.started_by for one in instances}
    found |= {person for one in tasks for person in (one.assignee, one.owner, one.completed_by)}
    found |= {one.by for one in terms.clock.pauses} | {one.by for one in terms.clock.extensions}
    return {one for one in found if one}


def _history(session: Session, root_id: UUID) -> History:
    ids: list[str] = []
    head = START

    def lines() -> Iterator[str]:
        query = inspection_lists.audit(root_id).execution_options(yield_per=ROWS)
        for row in session.execute(query):
            ids.append(row.id)
            yield orjson.dumps(row_out(row)).decode()

    def parts() -> Iterator[bytes]:
        nonlocal head
        for head, line in linked(lines()):
            yield f"{head} {line}\n".encode()

    return History(of_parts("history.chain", parts()), ids, head)


def _documents(session: Session, root_id: UUID, folder: Path | None) -> Iterator[Kept]:
    for number, (document, task) in enumerate(case_sources.documents(session, root_id), start=1):
        file = None
        if document_bytes.there(folder, document):
            file = _document(session, folder, document, f"documents/{number:03}-{safe(document.name)}")
        yield Kept(
            document.id,
            document.name,
            document.size,
            (document.digest or b"").hex(),
            file,
            document,
            task,
            document.instance_id,
        )


def _document(session: Session, folder: Path | None, document: Document, path: str) -> entries.Entry:
    digest = (document.digest or b"").hex()
    return entries.Entry(
        path, document.size, digest, lambda: document_bytes.read(session, folder, document), packed=False
    )


def _files(session: Session, root_id: UUID, instances: Sequence[Instance]) -> Iterator[Kept]:
    names = {
        mark[1]["id"]: (name, str(mark[1].get("filename") or name))
        for one in instances
        for name, mark in (one.types or {}).items()
        if isinstance(mark, list) and mark[0] == "File" and mark[1].get("id")
    }
    for number, (file_id, instance_id, size, digest) in enumerate(case_sources.files(session, root_id), start=1):
        _, name = names.get(str(file_id), ("", str(file_id)))
        yield Kept(
            file_id,
            name,
            size,
            digest.hex(),
            _file(session, file_id, size, digest, f"files/{number:03}-{safe(name)}"),
            None,
            None,
            instance_id,
        )


def _file(session: Session, file_id: UUID, size: int, digest: bytes, path: str) -> entries.Entry:
    return entries.Entry(path, size, digest.hex(), lambda: case_sources.read_file(session, file_id), packed=False)


def whole_story(session: Session, actor: Actor, found: Records, lang: str) -> list[Entry]:
    """The sentences of all rows of its history."""
    ids = found.history.ids
    pages = (ids[start : start + MOST] for start in range(0, len(ids), MOST))
    return [entry for page in pages for entry in story(session, actor, found.root, lang, page)]
