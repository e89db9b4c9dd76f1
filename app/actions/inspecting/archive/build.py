"""The archive of a case: all its files, with a manifest by which they can be checked without this service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app.actions.cases.case_data import facts_of
from app.actions.cases.case_search import number_of
from app.actions.inspecting.archive.as_json import case_json
from app.actions.inspecting.archive.as_paper import case_pdf
from app.actions.inspecting.archive.entries import Entry, of_bytes, of_parts, safe, zipped
from app.actions.inspecting.archive.records import Records, records, whole_story
from app.actions.inspecting.archive.rights import require_export
from app.actions.running.instances import instance_for
from app.actions.running.moves import Act, record
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.store.tables import Instance

FORMAT = "reglament-archive/1"
CHAINED = 'SHA-256 of "<hash of the line before, 64 zeros for the first> <row as JSON>", UTF-8, in hexadecimal digits'
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Archive:
    """name: of the ZIP. It can be read once the transaction is over."""

    name: str
    entries: Sequence[Entry]
    at: datetime

    def stream(self) -> Iterator[bytes]:
        return zipped(self.entries, self.at)


def archive(session: Session, actor: Actor, case_id: UUID, lang: str, folder: Path | None, now: datetime) -> Archive:
    """That of the whole case to which an instance belongs. lang: of what is to be read; folder: of documents.

    That it was taken out, by whom and with which manifest, stays in the history of the case. All parts tell of the same moment;
    nobody is kept from working on the case meanwhile. Raises NotFound, Forbidden, Conflict while it changes all the time.
    """
    root_id = instance_for(session, actor, case_id).root_id
    root = session.get_one(Instance, root_id)
    require_export(actor, root)
    found = records(session, actor, root, folder, now)
    deployed = found.deployed
    definition = deployed.definitions[root.definition_id]
    given = facts_of(session, definition, deployed.models[definition.id], root, lang, found.calendar)
    told = whole_story(session, actor, found, lang)
    files = [
        *case_pdf(found, told, given, lang, now),
        of_parts("case.json", case_json(found)),
        of_bytes("case.schema.json", (HERE / "case.schema.json").read_bytes()),
        found.history.file,
        *deployed.files,
        *(one.file for one in found.kept if one.file is not None),
        of_bytes("README.txt", (HERE / "README.txt").read_bytes()),
    ]
    manifest = of_bytes(
        "manifest.json", orjson.dumps(_manifest(found, files, actor, lang, now), option=orjson.OPT_INDENT_2)
    )
    sums = "".join(f"{one.sha256}  {one.path}\n" for one in (*files, manifest))
    taken = {"manifest": manifest.sha256, "head": found.history.head, "rows": len(found.history.ids)}
    session.add(record(root_id, Act(actor.user_id, now, "Export", data=taken)))
    name = f"{safe(number_of(root) or str(root_id))}.zip"
    return Archive(name, [*files, manifest, of_bytes("SHA256SUMS", sums.encode())], now.astimezone(found.calendar.tz))


def _manifest(found: Records, files: Sequence[Entry], actor: Actor, lang: str, now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "case": {"id": str(found.root.id), "number": number_of(found.root) or None},
        "exported": {"at": write_date(now), "by": actor.user_id, "language": lang},
        "files": [{"path": one.path, "bytes": one.size, "sha256": one.sha256} for one in files],
        "history": {
            "file": found.history.file.path,
            "rows": len(found.history.ids),
            "algorithm": CHAINED,
            "head": found.history.head,
        },
        "lost": [{"id": str(one.id), "name": one.name, "sha256": one.sha256} for one in found.kept if one.file is None],
    }
