"""What begins a process by itself, from one deployment to the next."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.actions.models import deletions
from app.actions.models.seed import seed
from app.actions.running import instances, starting, suspending
from app.actions.terms import calendar_changes, clock
from app.actions.terms.calendars import calendar_of
from app.domain.terms import deadlines
from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.calendar_edits import Edit
from app.domain.terms.explanation import Rule
from app.errors import Invalid, ModelRejected
from app.store.tables import Calendar, Definition, Instance, StartEvent, User
from tests.actions.beginnings import (
    ADMIN,
    OTHER,
    TENANT,
    begun,
    begun_by,
    deliver,
    deploy,
    open_tasks,
    process,
    queued,
    throwing,
    tick,
    timers,
    work,
)
from tests.actions.beginnings import begin as begin_by_hand
from tests.features.feature_models import catch, end, first_of, message, node, path, script, signal, timer, user
from tests.jobs.due import run_due

ACTS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY = timer("Cycle", "R/P1D")


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    session.add(User(id="admin", password_hash="-", administrator=True))
    session.flush()


def starts(session: Session) -> list[tuple[str, int, str]]:
    """(event, version, name of the message or signal)."""
    rows = session.execute(
        select(StartEvent.key, Definition.version, StartEvent.name)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .order_by(StartEvent.key, Definition.version)
    )
    return [tuple(row) for row in rows]


def test_a_message_that_an_instance_throws_begins_a_process_with_its_business_key(session: Session) -> None:
    deploy(session, NOW, asks=throwing("asks", message("asked")), answers=begun_by("answers", message("asked")))
    begin_by_hand(session, NOW, "asks", "A-1")
    assert deliver(session, NOW) == 1
    (answer,) = begun(session, "answers")
    assert (answer.business_key, answer.tenant_id, open_tasks(session, answer)) == ("A-1", TENANT, ["work"])


def test_a_receive_task_and_a_gateway_that_instantiate_begin_their_processes(session: Session) -> None:
    receives = process(
        "receives", node("receiveTask", "r", messageRef="message-asked", instantiate="true"), user("work"), end(),
        path("r", "work", "end"),
    )  # fmt: skip
    chooses = process(
        "chooses", first_of("g", instantiate="true"), catch("c", signal("opened")), catch("d", message("told")), user("work"),
        end(), end("f"), path("g", "c", "work", "end"), path("g", "d", "f"),
    )  # fmt: skip
    deploy(session, NOW, receives=receives, chooses=chooses)
    assert starts(session) == [("c", 1, "opened"), ("d", 1, "told"), ("r", 1, "asked")]
    for name, thrown in (("asks", message("asked")), ("opens", signal("opened")), ("tells", message("told"))):
        deploy(session, NOW, thrower=throwing(name, thrown))
        begin_by_hand(session, NOW, name)
    deliver(session, NOW)
    work(session, NOW)
    assert [open_tasks(session, one) for one in begun(session, "receives")] == [["work"]]
    assert sorted(open_tasks(session, one) for one in begun(session, "chooses")) == [[], ["work"]]


def test_a_signal_begins_every_process_that_begins_with_it(session: Session) -> None:
    models = {name: begun_by(name, signal("opened")) for name in ("one", "two")}
    deploy(session, NOW, asks=throwing("asks", signal("opened")), **models)
    begin_by_hand(session, NOW, "asks")
    deliver(session, NOW)
    work(session, NOW)
    assert [open_tasks(session, *begun(session, name)) for name in models] == [["work"], ["work"]]


def test_a_cycle_begins_as_often_as_it_says_on_its_grid_however_late(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Cycle", "R3/PT1H")))
    assert timers(session) == [("s0", NOW + HOUR, 3)]
    tick(session, NOW + timedelta(minutes=59))
    assert begun(session, "p") == []
    tick(session, NOW + timedelta(minutes=100))
    assert timers(session) == [("s0", NOW + 2 * HOUR, 2)]
    tick(session, NOW + 5 * HOUR)
    assert timers(session) == [("s0", NOW + 3 * HOUR, 1)]
    tick(session, NOW + 5 * HOUR)
    tick(session, NOW + 9 * HOUR)
    work(session, NOW + 9 * HOUR)
    assert timers(session) == [("s0", None, 0)]
    assert [open_tasks(session, one) for one in begun(session, "p")] == [["work"]] * 3


def test_a_cycle_without_end_does_not_make_up_for_what_has_passed(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", DAILY))
    tick(session, NOW + 5 * DAY + HOUR)
    assert (len(begun(session, "p")), timers(session)) == (1, [("s0", NOW + 6 * DAY, None)])


def test_a_moment_is_computed_with_the_calendar_of_the_organisation(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Date", "${workingDays(3)}")))
    expected = deadlines.count(calendar_of(session, TENANT), Rule.WORKING_DAYS, 3, NOW)
    assert timers(session) == [("s0", expected, 1)]
    assert expected > NOW + 7 * DAY  # Nauryz lies between


def test_a_moment_that_is_still_to_come_follows_a_changed_calendar(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Date", "${workingDays(1)}"), DAILY))
    deploy(session, NOW, OTHER, q=begun_by("q", timer("Date", "${workingDays(1)}")))
    before = timers(session)
    queued(session, "begin_timed", "start_id")
    day = CalendarDay(date(2026, 3, 19), DayKind.HOLIDAY, Text("Мереке", "Праздник", "Holiday"))
    calendar = session.get_one(Calendar, TENANT)
    calendar_changes.change(session, ADMIN, TENANT, calendar.version, Edit(put=[day]), None, NOW)
    session.flush()
    moved = deadlines.count(calendar_of(session, TENANT), Rule.WORKING_DAYS, 1, NOW)
    (other,) = {due for _, due, _ in before} - {NOW + DAY}
    assert moved != other
    assert {due for _, due, _ in timers(session)} == {moved, other, NOW + DAY}
    assert len(queued(session, "begin_timed", "start_id")) == 1


@pytest.mark.parametrize(
    "given",
    [
        timer("Date", "${submittedAt}"),
        timer("Date", "${workingDays(amount)}"),
        timer("Cycle", "${'every day'}"),
        timer("Duration", "${null}"),
    ],
)
def test_a_moment_that_cannot_be_computed_refuses_the_deployment(session: Session, given: str) -> None:
    with pytest.raises(ModelRejected) as refused:
        deploy(session, NOW, p=begun_by("p", given))
    (found,) = refused.value.details["findings"]["p.bpmn"]
    assert (found["code"], found["elementId"]) == ("start-not-computed", "s0")
    assert len(set(found["message"].values())) == 3
    assert starts(session) == []


def test_a_name_that_needs_a_variable_refuses_the_deployment(session: Session) -> None:
    model = begun_by("p", message("asked")).replace(b'name="asked"', b'name="asked-${number}"')
    with pytest.raises(ModelRejected, match="cannot be computed"):
        deploy(session, NOW, p=model)


def test_only_the_newest_version_begins_and_after_its_deletion_the_one_before_it(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", message("old"), DAILY))
    (second,) = deploy(session, NOW + HOUR, p=begun_by("p", message("new"), DAILY))
    assert starts(session) == [("s0", 2, "new"), ("s1", 2, None)]
    deletions.delete_definition(session, ADMIN, second, NOW + 2 * DAY, cascade=True)
    assert starts(session) == [("s0", 1, "old"), ("s1", 1, None)]
    assert timers(session) == [("s1", NOW + 2 * DAY, None)]  # its own grid


def test_after_the_deletion_of_a_deployment_the_version_before_it_begins_and_in_the_end_none(session: Session) -> None:
    (first,) = deploy(session, NOW, p=begun_by("p", message("old")))
    (second,) = deploy(session, NOW, p=begun_by("p", message("new")))
    deletions.delete_deployment(session, ADMIN, second.deployment_id, NOW, cascade=True)
    assert starts(session) == [("s0", 1, "old")]
    deletions.delete_deployment(session, ADMIN, first.deployment_id, NOW, cascade=True)
    assert starts(session) == []


def test_the_deletion_of_an_older_version_changes_nothing(session: Session) -> None:
    (first,) = deploy(session, NOW, p=begun_by("p", timer("Cycle", "R2/PT1H")))
    deploy(session, NOW, p=begun_by("p", timer("Cycle", "R2/PT1H"), message("new")))
    tick(session, NOW + HOUR)
    before = timers(session)
    deletions.delete_definition(session, ADMIN, first, NOW + HOUR, cascade=True)
    assert (timers(session), starts(session)) == (before, [("s0", 2, None), ("s1", 2, "new")])


def test_a_moment_that_an_older_version_has_missed_is_made_up_for(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Duration", "PT1H")))
    deploy(session, NOW + 2 * HOUR, p=begun_by("p", timer("Duration", "PT1H")))
    tick(session, NOW + 2 * HOUR)
    assert [one.definition_id for one in begun(session, "p")] == list(session.scalars(select(StartEvent.definition_id)))
    assert timers(session) == [("s0", NOW + 3 * HOUR, 1)]


def test_a_day_that_had_passed_at_the_deployment_begins_nothing(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Date", "2026-03-17T09:00:00"), timer("Date", "2026-03-19T09:00:00")))
    assert [key for key, due, _ in timers(session) if due is not None] == ["s1"]
    assert len(queued(session, "begin_timed", "start_id")) == 1


def test_a_suspended_process_begins_nothing_and_late_what_came_due_when_it_is_activated(session: Session) -> None:
    (definition,) = deploy(session, NOW, p=begun_by("p", timer("Duration", "PT1H"), signal("opened")))
    deploy(session, NOW, asks=throwing("asks", signal("opened")))
    suspending.suspend_definitions(session, ADMIN, [definition.id], True, NOW, with_instances=False)
    queued(session, "begin_timed", "start_id")
    begin_by_hand(session, NOW, "asks")
    deliver(session, NOW)
    tick(session, NOW + 2 * HOUR)
    assert begun(session, "p") == []
    suspending.suspend_definitions(session, ADMIN, [definition.id], False, NOW + 3 * HOUR, with_instances=False)
    (start_id,) = queued(session, "begin_timed", "start_id")
    session.refresh(definition)
    starting.begin_timed(session, start_id, NOW + 3 * HOUR)
    assert len(begun(session, "p")) == 1


def test_the_clock_of_tests_wakes_what_begins_by_the_new_time(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Duration", "PT1H"), timer("Duration", "PT3H")))
    queued(session, "begin_timed", "start_id")
    clock.stop(session, ADMIN, NOW + 2 * HOUR)
    assert len(queued(session, "begin_timed", "start_id")) == 1
    clock.release(session, ADMIN)
    assert len(queued(session, "begin_timed", "start_id")) == 2


def test_a_start_that_nothing_in_the_queue_stands_for_is_found_again(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Duration", "PT1H")))
    starting.wake_overdue(session, NOW + HOUR)
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'begin_timed'")) == 1
    queued(session, "begin_timed", "start_id")
    starting.wake_overdue(session, NOW + HOUR + timedelta(minutes=2))
    starting.wake_overdue(session, NOW + HOUR + timedelta(minutes=2))
    assert len(queued(session, "begin_timed", "start_id")) == 1


def test_a_message_begins_one_process_of_an_organisation(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", message("asked")))
    with pytest.raises(Invalid, match="already is a message start event") as refused:
        deploy(session, NOW, q=begun_by("q", message("asked")))
    assert len(set(refused.value.words.values())) == 3


def test_a_message_goes_from_one_process_to_another_in_one_deployment(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", message("asked")))
    deploy(session, NOW, OTHER, q=begun_by("q", message("asked")))
    deploy(session, NOW, a=begun_by("a", message("asked")), p=begun_by("p", message("other")))
    names = {row.key: row.name for row in session.execute(
        select(Definition.key, StartEvent.name).join(Definition, Definition.id == StartEvent.definition_id)
    )}  # fmt: skip
    assert names == {"a": "asked", "p": "other", "q": "asked"}


def test_a_beginning_that_fails_is_its_own_and_leaves_its_instance_to_be_mended(session: Session) -> None:
    broken = begun_by("broken", signal("opened"), step=script("work", "${missing.part + 1}", "x"))
    deploy(session, NOW, asks=throwing("asks", signal("opened")), broken=broken, p=begun_by("p", signal("opened")))
    begin_by_hand(session, NOW, "asks")
    deliver(session, NOW)
    (good,) = begun(session, "p")
    (bad,) = begun(session, "broken")
    assert (bad.state, bad.ended_at) == (None, None)
    run_due(session, good.id, NOW)
    assert open_tasks(session, good) == ["work"]
    with pytest.raises(Invalid, match="missing"):
        run_due(session, bad.id, NOW)


def test_an_instance_that_has_not_begun_yet_can_be_ended(session: Session) -> None:
    deploy(session, NOW, p=begun_by("p", timer("Duration", "PT1H")))
    tick(session, NOW + HOUR)
    (instance,) = begun(session, "p")
    instances.cancel(session, ADMIN, instance.id, None, NOW + HOUR)
    work(session, NOW + HOUR)
    assert session.get_one(Instance, instance.id).end_state == "EXTERNALLY_TERMINATED"
    assert session.scalar(text("SELECT count(*) FROM job")) == 0
