"""What a deployment of files would say, with nothing written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.contents import Contents, Entries
from app.actions.models.examination import examined, examined_among, is_error
from app.actions.models.start_events import Beginning, beginning, fault
from app.actions.models.surroundings import surroundings_of
from app.actions.trial.beside import known_beside
from app.actions.trial.rights import require_designer
from app.domain import refusals
from app.domain.models.model import EventKind, Process
from app.domain.models.retention import days_to_live
from app.domain.people.access import Actor
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid
from app.store.tables import Definition, Organisation, StartEvent

RESOURCE_LIMIT = 100
TIME_TO_LIVE = Text(
    "«{process}» процесінің historyTimeToLive мәнін қолдануға болмайды: {why}",
    "historyTimeToLive процесса «{process}» не годится: {why}",
    "historyTimeToLive of process '{process}' cannot be used: {why}",
)
NO_HINT = dict.fromkeys(LANGUAGES, "")


@dataclass(frozen=True, slots=True)
class Validation:
    """What is to be said of files, by their names; those of which nothing is to be said are not there."""

    findings: Mapping[str, Entries]

    @property
    def deployable(self) -> bool:
        return not any(is_error(entry) for entries in self.findings.values() for entry in entries)


def validate(
    session: Session, actor: Actor, files: Mapping[str, bytes], tenant: str | None, now: datetime
) -> Validation:
    """What a deployment for an organisation (None: for all) would find. Raises Forbidden, Invalid as a deployment does."""
    require_designer(actor, tenant)
    if tenant is not None and session.get(Organisation, tenant) is None:
        raise Invalid(f"there is no organisation '{tenant}'")

    def taken(message: str, process: Process) -> str | None:
        return session.scalar(
            select(Definition.key)
            .join(StartEvent, StartEvent.definition_id == Definition.id)
            .where(StartEvent.kind == EventKind.MESSAGE, StartEvent.name == message, Definition.key != process.id)
            .where(StartEvent.tenant_id.is_not_distinct_from(tenant))
            .limit(1)
        )

    _require_some(files)
    contents = examined(session, files, tenant, now)
    return Validation(_complete(contents, beginning(session, tenant, now), taken))


def validate_files(files: Mapping[str, bytes], beside: Mapping[str, bytes], now: datetime) -> Validation:
    """The same without a database, among other files and the regulations that come with the service.

    beside: files that may be referred to and are not looked at themselves, by name. Raises Invalid.
    """
    host = beginning(Session(), None, now)
    known = known_beside(beside, lambda event: fault(host, event))
    _require_some(files)
    contents = examined_among(files, lambda read: surroundings_of(read, known))
    return Validation(_complete(contents, host, lambda _message, _process: None))


def _require_some(files: Mapping[str, bytes]) -> None:
    if not files or len(files) > RESOURCE_LIMIT:
        raise Invalid(f"a deployment has from 1 to {RESOURCE_LIMIT} resources, not {len(files)}")


def _complete(
    contents: Contents,
    host: Beginning,
    taken: Callable[[str, Process], str | None],
) -> dict[str, Entries]:
    """With what a deployment refuses beyond its rules, in the order of lines."""
    complete = {file: list(entries) for file, entries in contents.findings.items()}
    for file, model in contents.models.items():
        for process in model.processes:
            place = model.places.get(process.id)
            at = {"line": place.line, "column": place.column} if place else {"line": 1, "column": 1}
            said = [*_of_retention(process), *_of_messages(process, host, taken)]
            complete.setdefault(file, []).extend({**one, **at} for one in said)
    return {file: sorted(entries, key=_position) for file, entries in complete.items() if entries}


def _position(entry: Mapping[str, object]) -> tuple[object, object]:
    return entry["line"], entry["column"]


def _of_retention(process: Process) -> Iterator[dict[str, object]]:
    try:
        days_to_live(process.history_time_to_live)
    except ValueError as error:
        yield _entry(process, "time-to-live", TIME_TO_LIVE, why=str(error))


def _of_messages(
    process: Process, host: Beginning, taken: Callable[[str, Process], str | None]
) -> Iterator[dict[str, object]]:
    """Messages that begin another process already: nobody could tell which is meant."""
    for _, event in process.beginnings():
        if event.kind is not EventKind.MESSAGE or event.name is None:
            continue
        try:
            message = host.text(event.name)
        except (ValueError, ArithmeticError):  # told by the rules
            continue
        if (other := taken(message, process)) is not None:
            yield _entry(process, "message-taken", refusals.MESSAGE_TAKEN, message=message, other=other)


def _entry(process: Process, code: str, text: Text, **words: str) -> dict[str, object]:
    return {
        "severity": "error",
        "code": code,
        "elementId": process.id,
        "elementName": process.name,
        "elementType": "process",
        "message": {lang: text.get(lang).format(process=process.id, **words) for lang in LANGUAGES},
        "hint": NO_HINT,
    }
