"""The night's clean-up on a real database: what goes, and what must stay."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.actions.cases import cleanup as rules
from app.actions.documents import uploads
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion, task_comments
from app.domain.models.values import Variable, infer, jsonable
from app.domain.people.access import Actor
from app.jobs import cleanup, documents
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Comment, Definition, Document, History, Instance, Removal, Task, User
from tests.papers import PDF

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
NOW = datetime.now(UTC)
KEPT = timedelta(days=30)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
)
CASE = f"""{HEAD}<process id="%s" isExecutable="true" %s><startEvent id="s"/>
<userTask id="ask" name="W" camunda:candidateGroups="clerk"/>
<callActivity id="call" calledElement="called"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="ask"/>
<sequenceFlow id="b" sourceRef="ask" targetRef="call"/><sequenceFlow id="c" sourceRef="call" targetRef="e"/>
</process></definitions>"""
CALLED = f"""{HEAD}<process id="called" isExecutable="true"><startEvent id="s"/>
<userTask id="deeper" name="W" camunda:candidateGroups="clerk"/>
<endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="deeper"/>
<sequenceFlow id="b" sourceRef="deeper" targetRef="e"/></process></definitions>"""
COMPLAINT = f"""{HEAD}<process id="complaint" isExecutable="true"><startEvent id="s"/>
<serviceTask id="find" name="F" camunda:delegateExpression="${{findCase}}"/>
<userTask id="answer" name="W" camunda:candidateGroups="clerk"/><endEvent id="e"/>
<sequenceFlow id="a" sourceRef="s" targetRef="find"/><sequenceFlow id="b" sourceRef="find" targetRef="answer"/>
<sequenceFlow id="c" sourceRef="answer" targetRef="e"/></process></definitions>"""
BELONGING = (Instance, Task, History, Comment, Document)


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_FILES", str(tmp_path / "papers"))
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    files = {
        "kept.bpmn": CASE % ("short", 'camunda:historyTimeToLive="P30D"'),
        "ever.bpmn": CASE % ("ever", ""),
        "called.bpmn": CALLED,
    }
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        session.add(User(id="admin", password_hash="-", administrator=True))
        deployments.deploy(session, ADMIN, {name: one.encode() for name, one in files.items()}, NOW, tenant=TENANT)
    yield engine
    transactions.cache_clear()
    engine.dispose()


def begun(engine: Engine, key: str = "short", **variables: object) -> UUID:
    with Session(engine) as session, session.begin():
        definition = instances.definition_by_key(session, ADMIN, key, TENANT)
        typed = {name: Variable(value, infer(value)) for name, value in variables.items()}
        return instances.start(session, ADMIN, definition, typed, NOW - 3 * KEPT).id


def ended(engine: Engine, ago: timedelta = 2 * KEPT, key: str = "short", **variables: object) -> UUID:
    """A case with a called process, both over."""
    case = begun(engine, key, **variables)
    for _ in range(2):
        with Session(engine) as session, session.begin():
            open_one = select(Task.id).join(Instance).where(Instance.root_id == case, Task.ended_at.is_(None))
            completion.complete(session, ADMIN, session.scalars(open_one).one(), {}, NOW - ago)
    return case


def left(engine: Engine) -> set[UUID]:
    """The cases that are there."""
    with Session(engine) as session:
        return set(session.scalars(select(Instance.id).where(Instance.super_id.is_(None))))


def removals(engine: Engine) -> list[Removal]:
    with Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(Removal).order_by(Removal.id)))


def test_a_case_goes_with_all_that_belongs_to_it_and_the_run_says_what_it_was(database: Engine, tmp_path: Path) -> None:
    case = begun(database)
    intake = uploads.Intake(10_000, tmp_path / "papers")
    with Session(database) as session, session.begin():
        task = session.scalars(select(Task.id).where(Task.instance_id == case)).one()
        uploads.add(session, ADMIN, task, "a.pdf", BytesIO(PDF), intake, NOW)
        task_comments.add_comment(session, ADMIN, task, "Құжат дайын", NOW)
    for _ in range(2):
        with Session(database) as session, session.begin():
            found = select(Task.id).join(Instance).where(Instance.root_id == case, Task.ended_at.is_(None))
            completion.complete(session, ADMIN, session.scalars(found).one(), {}, NOW - 2 * KEPT)
    with Session(database) as session:
        before = {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in BELONGING}
    cleanup.clean_up_history(0)
    with Session(database) as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in BELONGING] == [0] * 5
    [one] = removals(database)
    assert (one.definition_key, one.tenant_id, one.cases, one.until) == ("short", TENANT, 1, NOW - 2 * KEPT)
    assert (one.instances, one.tasks, one.operations, one.comments, one.documents) == (
        before["instance"], before["task"], before["history"], 1, 1,
    )  # fmt: skip
    assert (before["instance"], before["task"]) == (2, 2)
    documents.remove_loose_documents(0)
    assert [path for path in (tmp_path / "papers").rglob("*") if path.is_file()] == []


def test_what_runs_or_is_not_old_enough_or_has_no_time_to_live_stays(database: Engine) -> None:
    gone = ended(database)
    staying = {
        begun(database),
        ended(database, KEPT - timedelta(hours=1)),
        ended(database, key="ever"),
    }
    cleanup.clean_up_history(0)
    assert left(database) == staying
    assert gone not in staying


DAY = timedelta(days=1)
ISSUED = {"documentNumber": "Қ-1"}


@pytest.mark.parametrize(
    ("variables", "stays"),
    [
        ({**ISSUED, "validUntil": NOW + DAY}, True),
        ({**ISSUED, "validUntil": jsonable(NOW + 400 * DAY)}, True),
        ({**ISSUED, "validUntil": "till further notice"}, True),
        ({**ISSUED, "validUntil": 5}, True),
        ({"validUntil": NOW + DAY}, True),
        ({**ISSUED, "validUntil": NOW - 2 * DAY}, False),
        ({**ISSUED, "validUntil": None}, True),
        (ISSUED, True),
        ({**ISSUED, "resultKind": "issued"}, True),
        ({**ISSUED, "resultKind": "refusal"}, False),
        ({"resultKind": "issued"}, False),
        ({}, False),
    ],
)
def test_a_result_in_force_keeps_its_case(database: Engine, variables: dict[str, object], stays: bool) -> None:
    case = ended(database, **variables)
    cleanup.clean_up_history(0)
    assert left(database) == ({case} if stays else set())


def test_an_open_complaint_keeps_the_case_that_it_is_about_and_those_behind_it(database: Engine) -> None:
    first = ended(database)
    second = ended(database, complainedCaseId=str(first))
    third = begun(database, complainedCaseId=str(second))
    lone = ended(database)
    about_nothing = ended(database, complainedCaseId="x'y")
    cleanup.clean_up_history(0)
    assert left(database) == {first, second, third}
    assert not {lone, about_nothing} & left(database)
    with Session(database) as session, session.begin():
        instances.cancel(session, ADMIN, third, "x", NOW - 2 * KEPT)
    cleanup.clean_up_history(0)
    assert left(database) == set()


def test_cases_that_complain_of_each_other_go(database: Engine) -> None:
    first = ended(database)
    second = ended(database, complainedCaseId=str(first))
    with Session(database) as session, session.begin():
        session.get_one(Instance, first).variables = {"complainedCaseId": str(second)}
    cleanup.clean_up_history(0)
    assert left(database) == set()


def complain(session: Session) -> None:
    """Begin a complaint that finds the case it is about."""
    deployments.deploy(session, ADMIN, {"complaint.bpmn": COMPLAINT.encode()}, NOW, tenant=TENANT)
    definition = instances.definition_by_key(session, ADMIN, "complaint", TENANT)
    given = {"complaintCaseNumber": Variable("A-1", "String"), "applicantIdNumber": Variable("1", "String")}
    instances.start(session, ADMIN, definition, given, NOW)
    session.flush()


def test_a_case_of_which_a_complaint_begins_while_it_is_cleaned_up_stays(database: Engine) -> None:
    case = ended(database, applicationNumber="A-1", applicantIdNumber="1")
    with Session(database) as session, session.begin():
        complain(session)
        cleanup.clean_up_history(0)  # nobody else sees the complaint yet
    assert case in left(database)


def test_a_complaint_that_was_begun_after_the_look_at_its_case_is_seen(database: Engine) -> None:
    case, found = ended(database), []

    def between(*given: object) -> None:
        if "SKIP LOCKED" in str(given[2]) and not found:
            found.append(begun(database, complainedCaseId=str(case)))

    event.listen(transactions().kw["bind"], "after_cursor_execute", between)
    cleanup.clean_up_history(0)
    assert left(database) == {case, *found}


def test_a_complaint_waits_for_the_clean_up_that_takes_its_case(database: Engine) -> None:
    ended(database, applicationNumber="A-1", applicantIdNumber="1")
    with Session(database) as taking, taking.begin(), Session(database) as session:
        definition = taking.scalars(select(Definition.id).where(Definition.key == "short")).one()
        assert rules.clean_up(taking, definition, None, NOW) is not None
        session.execute(text("SET LOCAL lock_timeout = '1ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            complain(session)
    assert left(database) == set()


def test_batches_are_transactions_of_their_own_counted_together(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    staying = ended(database, **ISSUED)
    for _ in range(5):
        ended(database)
    seen: list[int] = []
    event.listen(transactions().kw["bind"], "commit", lambda _connection: seen.append(len(left(database))))
    cleanup.clean_up_history(0)
    assert seen == [6, 6, 4, 2, 1]  # what others saw just before each commit
    assert left(database) == {staying}
    assert [(one.cases, one.instances) for one in removals(database)] == [(5, 10)]
    cleanup.clean_up_history(0)
    assert len(removals(database)) == 1


def test_a_time_to_live_that_is_taken_back_holds_at_once(database: Engine) -> None:
    case = ended(database)
    with Session(database) as session, session.begin():
        session.execute(update(Definition).values(time_to_live=None))
    cleanup.clean_up_history(0)
    assert left(database) == {case}


def test_a_case_that_somebody_holds_is_left_for_another_night(database: Engine) -> None:
    held, free = ended(database), ended(database)
    with Session(database) as session, session.begin():
        session.get_one(Instance, held, with_for_update=True)
        cleanup.clean_up_history(0)
        assert left(database) == {held}
    cleanup.clean_up_history(0)
    assert left(database) == set()
    assert free not in left(database)
