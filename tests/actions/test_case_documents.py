"""Documents of cases: taken in piece by piece, kept in the database or a folder, seen and deleted by whom it concerns."""

import json
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.actions import deployments, documents, instances, story, task_forms, tasks, uploads
from app.actions.seed import seed
from app.domain.access import Actor
from app.domain.file_refusals import FileRefused
from app.domain.values import Variable
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import document_bytes
from app.store import session as store
from app.store.document_bytes import PIECE
from app.store.tables import Document, DocumentPiece, Instance, Membership, Task, User
from tests.papers import PDF, PROGRAM, png

ACTS = Path(__file__).parents[2] / "bpmn"
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

    def begin(self) -> AbstractContextManager[Session]:
        return store.sessions(self.database).begin()

    def upload(self, task: UUID | None, name: str, content: bytes, actor: Actor = CLERK) -> UUID:
        with self.begin() as session:
            return uploads.add(session, actor, task, name, BytesIO(content), LIMIT, self.folder, NOW).id

    def read(self, document: UUID, actor: Actor = CLERK) -> bytes:
        with self.begin() as session:
            found = documents.document_for(session, actor, document)
            return b"".join(documents.content(session, self.folder, found))


@pytest.fixture(params=["database", "folder"])
def office(request: pytest.FixtureRequest, fresh_database: str, tmp_path: Path) -> Iterator[Office]:
    database = store.engine(fresh_database)
    with Session(database) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        people = (CLERK, COLLEAGUE, STRANGER)
        session.add_all(User(id=one.user_id, password_hash="-", administrator=False) for one in (*people, ADMIN))
        session.flush()
        session.add_all(
            Membership(user_id=one.user_id, group_id=group, tenant_id=tenant)
            for one in people
            for group, tenant in one.memberships
        )
        files = {"papers.bpmn": MODEL} | {
            f"{name}.form": json.dumps({"type": "default", "id": name, "components": components}).encode()
            for name, components in FORMS.items()
        }
        deployments.deploy(session, ADMIN, files, NOW, tenant=TENANT)
    yield Office(database, tmp_path / "papers" if request.param == "folder" else None)
    database.dispose()


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
        tasks.submit_form(session, CLERK, task, {"scans": Variable(scans, "Json")}, NOW)


def reason(refused: pytest.ExceptionInfo[FileRefused]) -> str:
    assert isinstance(refused.value.details, dict)
    return str(refused.value.details["reason"])


def test_a_file_that_comes_in_pieces_in_any_order_is_whole(office: Office) -> None:
    _, task = started(office)
    content = PDF + bytes(range(256)) * 4096
    with office.begin() as session:
        document = uploads.begin(session, CLERK, task, "scan.pdf", len(content), LIMIT, NOW).id
    for number in (2, 0, 0, 1):
        with office.begin() as session:
            uploads.add_piece(session, CLERK, document, number, content[number * PIECE : (number + 1) * PIECE])
    with office.begin() as session, pytest.raises(NotFound):
        documents.document_for(session, CLERK, document)
    for _ in range(2):
        with office.begin() as session:
            kept = uploads.finish(session, CLERK, document, office.folder, NOW)
            assert (kept.name, kept.media_type, kept.size) == ("scan.pdf", "application/pdf", len(content))
    assert office.read(document) == content


def test_an_upload_with_a_gap_or_a_piece_of_another_length_is_incomplete(office: Office) -> None:
    with office.begin() as session:
        document = uploads.begin(session, CLERK, None, "scan.pdf", PIECE + 10, LIMIT, NOW).id
    for number, length in ((0, 5), (1, 11), (2, 10), (-1, PIECE)):
        with office.begin() as session, pytest.raises(FileRefused) as refused:
            uploads.add_piece(session, CLERK, document, number, bytes(length))
        assert reason(refused) == "incomplete"
    with office.begin() as session:
        uploads.add_piece(session, CLERK, document, 1, bytes(10))
    with office.begin() as session, pytest.raises(FileRefused) as refused:
        uploads.finish(session, CLERK, document, office.folder, NOW)
    assert reason(refused) == "incomplete"


def test_sizes_and_numbers_are_limited_before_a_byte_is_sent(office: Office) -> None:
    with office.begin() as session:
        for size, why in ((0, "empty"), (-1, "empty"), (LIMIT + 1, "size")):
            with pytest.raises(FileRefused) as refused:
                uploads.begin(session, CLERK, None, "a.pdf", size, LIMIT, NOW)
            assert reason(refused) == why
        for _ in range(uploads.LOOSE):
            uploads.begin(session, CLERK, None, "a.pdf", 1, LIMIT, NOW)
        with pytest.raises(FileRefused) as refused:
            uploads.begin(session, CLERK, None, "a.pdf", 1, LIMIT, NOW)
        assert reason(refused) == "number"


def test_only_who_works_the_task_adds_to_it_and_only_while_it_is_open(office: Office) -> None:
    _, task = started(office)
    with office.begin() as session, pytest.raises(Forbidden):
        uploads.begin(session, COLLEAGUE, task, "a.pdf", 10, LIMIT, NOW)
    with office.begin() as session, pytest.raises(NotFound):
        uploads.begin(session, STRANGER, task, "a.pdf", 10, LIMIT, NOW)
    with office.begin() as session:
        late = uploads.begin(session, CLERK, task, "late.pdf", len(PDF), LIMIT, NOW).id
        uploads.add_piece(session, CLERK, late, 0, PDF)
    with office.begin() as session, pytest.raises(NotFound):
        uploads.add_piece(session, COLLEAGUE, late, 0, PDF)
    complete(office, task, [str(office.upload(task, "a.pdf", PDF))])
    with office.begin() as session, pytest.raises(Conflict):
        uploads.finish(session, CLERK, late, office.folder, NOW)


def test_a_refused_file_leaves_nothing(office: Office) -> None:
    _, task = started(office)
    with pytest.raises(FileRefused):
        office.upload(task, "a.pdf", PROGRAM)
    with office.begin() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0
    assert office.folder is None or not office.folder.exists()


def test_whoever_may_see_the_case_reads_and_nobody_else(office: Office) -> None:
    _, task = started(office)
    document = office.upload(task, "a.pdf", PDF)
    assert office.read(document, COLLEAGUE) == office.read(document, ADMIN) == PDF
    with pytest.raises(NotFound) as unseen:
        office.read(document, STRANGER)
    with pytest.raises(NotFound) as unknown:
        office.read(uuid4(), STRANGER)
    assert unseen.value.words == unknown.value.words


def test_what_is_not_sent_yet_is_for_its_person_alone(office: Office) -> None:
    document = office.upload(None, "a.pdf", PDF)
    assert office.read(document) == PDF
    with pytest.raises(NotFound):
        office.read(document, COLLEAGUE)


def test_documents_are_listed_with_their_step_and_told_of_in_the_history(office: Office) -> None:
    proof = office.upload(None, "proof.pdf", PDF)
    case, task = started(office, proof=[str(proof)])
    office.upload(task, "picture.png", png())
    gone = office.upload(task, "gone.pdf", PDF)
    with office.begin() as session:
        documents.delete(session, CLERK, gone, NOW)
    with office.begin() as session:
        rows = documents.documents_of(session, CLERK, case)
        shown = [(one.document.name, one.step and one.step.en, one.deletable) for one in rows]
        assert shown == [("picture.png", "Check", True), ("proof.pdf", None, False)]
        assert not any(one.deletable for one in documents.documents_of(session, COLLEAGUE, case))
        said = [one.sentence.en for one in story.story(session, case)]
    assert "added the document “picture.png”" in said
    assert "deleted the document “gone.pdf”" in said


def test_only_ones_own_document_is_deleted_and_only_while_its_step_is_open(office: Office) -> None:
    proof = office.upload(None, "proof.pdf", PDF)
    _, task = started(office, proof=[str(proof)])
    document = office.upload(task, "a.pdf", PDF)
    for actor, which, error in (
        (COLLEAGUE, document, Forbidden),
        (STRANGER, document, NotFound),
        (CLERK, proof, Conflict),
    ):
        with office.begin() as session, pytest.raises(error):
            documents.delete(session, actor, which, NOW)
    complete(office, task, [str(document)])
    with office.begin() as session, pytest.raises(Conflict):
        documents.delete(session, CLERK, document, NOW)
    assert office.read(document) == PDF


def test_a_form_keeps_what_is_known_of_a_document_and_no_bytes(office: Office) -> None:
    case, task = started(office)
    document = office.upload(task, "a.pdf", PDF)
    forged = {"id": str(document), "filename": "other.exe", "mimetype": "text/html", "size": 1, "sha256": "0" * 64}
    complete(office, task, [forged])
    with office.begin() as session:
        [kept] = session.get_one(Instance, case).variables["scans"]
        found = session.get_one(Document, document)
        assert found.digest is not None
        assert kept == {
            "id": str(document),
            "filename": "a.pdf",
            "mimetype": "application/pdf",
            "size": len(PDF),
            "sha256": found.digest.hex(),
        }
        following = session.scalars(select(Task).where(Task.instance_id == case, Task.ended_at.is_(None))).one()
        form = task_forms.task_form(session, CLERK, following, "en")
        assert form is not None
        assert [(fact.label, fact.value) for fact in form.facts] == [("Scans", "a.pdf")]


def test_a_form_names_no_document_of_another_case_or_person_and_none_that_is_not_there(office: Office) -> None:
    _, task = started(office)
    _, other = started(office)
    names = [office.upload(other, "a.pdf", PDF), office.upload(None, "a.pdf", PDF), uuid4(), "no id"]
    for name in [*map(str, names), {"filename": "a", "mimetype": "b"}]:
        with pytest.raises(Invalid) as refused:
            complete(office, task, [name])
        assert isinstance(refused.value.details, dict)
        assert [(one["field"], one["code"]) for one in refused.value.details["fields"]] == [("scans", "document")]
    strange = office.upload(None, "a.pdf", PDF, COLLEAGUE)
    with pytest.raises(Invalid):
        started(office, proof=[str(strange)])


def test_documents_of_an_application_become_those_of_its_case(office: Office) -> None:
    passports = [office.upload(None, f"{number}.pdf", PDF) for number in range(2)]
    case, _ = started(office, owners=[{"passport": [str(one)]} for one in passports])
    with office.begin() as session:
        rows = session.get_one(Instance, case).variables["owners"]
        assert [[file["filename"] for file in row["passport"]] for row in rows] == [["0.pdf"], ["1.pdf"]]
        assert {session.get_one(Document, one).instance_id for one in passports} == {case}
    assert office.read(passports[0], COLLEAGUE) == PDF
    with pytest.raises(Invalid):
        started(office, proof=[str(passports[0])])


def test_what_is_not_sent_within_a_day_is_removed_and_what_was_sent_is_not(office: Office) -> None:
    loose, sent = office.upload(None, "a.pdf", PDF), office.upload(None, "b.png", png())
    started(office, proof=[str(sent)])
    with office.begin() as session:
        assert uploads.sweep(session, NOW + timedelta(hours=23)) == 0
        assert uploads.sweep(session, NOW + timedelta(hours=25)) == 1
    swept(office)
    assert office.read(sent) == png()
    with pytest.raises(NotFound):
        office.read(loose)
    assert office.folder is None or len(files(office.folder)) == 1


def swept(office: Office) -> int:
    """Removes the files that no document names; gives how many."""
    total = 0
    for shard in range(document_bytes.SHARDS if office.folder else 0):
        assert office.folder is not None
        with office.begin() as session:
            total += uploads.sweep_folder(session, office.folder, shard)
    return total


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_in_a_folder_the_same_bytes_are_one_file_that_nobody_else_reads_and_nobody_runs(office: Office) -> None:
    assert office.folder is not None
    _, task = started(office)
    first, second = office.upload(task, "a.pdf", PDF), office.upload(task, "b.pdf", PDF)
    [file] = files(office.folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in (office.folder, file.parent)} == {0o700}
    with office.begin() as session:
        assert session.scalar(select(func.count()).select_from(DocumentPiece)) == 0
        documents.delete(session, CLERK, first, NOW)
    assert swept(office) == 0
    assert office.read(second) == PDF
    with office.begin() as session:
        documents.delete(session, CLERK, second, NOW)
    assert swept(office) == 1
    assert files(office.folder) == []


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_the_sweep_leaves_what_is_not_ours_and_what_is_being_written(office: Office) -> None:
    assert office.folder is not None
    _, task = started(office)
    office.upload(task, "a.pdf", PDF)
    [file] = files(office.folder)
    strange, half = file.parent / "README.txt", file.parent / "tmpabc.part"
    strange.write_text("not ours")
    half.write_text("half")
    shard = int(file.parent.name, 16)
    with office.begin() as session, office.begin() as other:
        other.add(document := Document(id=uuid4(), added_at=NOW, size=len(PDF), added_by="clerk", name="c.pdf"))
        document.digest = bytes.fromhex(file.name)
        document_bytes.move_to_folder(other, office.folder, document, BytesIO(PDF))
        assert uploads.sweep_folder(session, office.folder, shard) == 0
    assert swept(office) == 1
    assert strange.exists()
    assert not half.exists()
    assert file.exists()


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_bytes_that_the_folder_has_lost_are_not_found(office: Office) -> None:
    assert office.folder is not None
    _, task = started(office)
    document = office.upload(task, "a.pdf", PDF)
    with office.begin() as session:
        found = documents.document_for(session, CLERK, document)
        with pytest.raises(NotFound):
            documents.content(session, None, found)
        files(office.folder)[0].unlink()
        with pytest.raises(NotFound):
            documents.content(session, office.folder, found)
