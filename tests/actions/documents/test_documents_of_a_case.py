"""Who sees, reads and deletes the documents of a case."""

from uuid import uuid4

import pytest

from app.actions.cases import story
from app.actions.documents import documents
from app.errors import Conflict, Forbidden, NotFound
from app.store.tables import Instance
from tests.actions.documents.office import ADMIN, CLERK, COLLEAGUE, NOW, STRANGER, Office, complete, started
from tests.papers import PDF, png


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
        said = [one.sentence.en for one in story.story(session, CLERK, session.get_one(Instance, case), "en")]
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
