"""Documents that forms name: of the case, or of the person who applies."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from app.actions.cases import story
from app.actions.forms import task_forms
from app.actions.running import instances
from app.domain.models.values import Variable
from app.errors import Invalid
from app.store.tables import Document, Instance, Task
from tests.actions.documents.office import ADMIN, CLERK, COLLEAGUE, NOW, TENANT, Office, complete, started
from tests.papers import PDF


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
        said = [one.sentence.en for one in story.story(session, CLERK, session.get_one(Instance, case), "en")]
        assert said[:2] == ["started the case", "handed in documents with the application: 0.pdf, 1.pdf"]
    assert office.read(passports[0], COLLEAGUE) == PDF
    with pytest.raises(Invalid):
        started(office, proof=[str(passports[0])])


def test_what_an_administrator_starts_with_is_not_checked_but_his_documents_become_those_of_the_case(
    office: Office,
) -> None:
    mine, strange = office.upload(None, "mine.pdf", PDF, ADMIN), office.upload(None, "strange.pdf", PDF, COLLEAGUE)
    proof = [{"id": str(mine)}, str(strange), "anything"]
    with office.begin() as session:
        definition = instances.definition_by_key(session, ADMIN, "papers", TENANT)
        given = {"proof": Variable(proof, "Json"), "other": Variable("as it is", "String")}
        case = instances.start(session, ADMIN, definition, given, NOW).id
    with office.begin() as session:
        known = session.get_one(Instance, case).variables
        assert known["proof"][0]["filename"] == "mine.pdf"
        assert (known["proof"][1:], known["other"]) == ([str(strange), "anything"], "as it is")
        owners = [session.get_one(Document, one).instance_id for one in (mine, strange)]
        assert owners == [case, None]
