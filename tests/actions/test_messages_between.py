"""Messages and signals from one instance to another, within one organisation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.seed import seed
from app.actions.running import buffered, delivery, instances, suspending
from app.actions.tasks import completion
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, NotFound
from app.store.tables import Instance, Message, Task, User
from tests.actions.beginnings import (
    ADMIN,
    OTHER,
    PAID,
    TENANT,
    begin,
    begun,
    begun_by,
    deliver,
    deploy,
    open_tasks,
    queued,
    throwing,
    waiting,
    work,
)
from tests.features.feature_models import message, signal

ACTS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
MODELS = {"pays": throwing("pays", PAID), "waits": waiting("waits", message("paid"))}
RINGS = {"rings": throwing("rings", signal("bell")), "hears": waiting("hears", signal("bell"))}


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    session.add(User(id="admin", password_hash="-", administrator=True))
    session.flush()


def complete(session: Session, instance: Instance) -> None:
    """The only open task."""
    task = session.scalars(select(Task.id).where(Task.instance_id == instance.id, Task.ended_at.is_(None))).one()
    completion.complete(session, ADMIN, task, {}, NOW)
    session.flush()


def waits(session: Session, key: str, business_key: str | None = None, tenant: str | None = TENANT) -> Instance:
    instance = begin(session, NOW, key, business_key, tenant)
    complete(session, instance)
    return instance


def lying(session: Session) -> list[tuple[str, int, bool]]:
    """(name, tries left, whether one has failed) of what was not delivered."""
    rows = session.scalars(select(Message).order_by(Message.id).execution_options(populate_existing=True))
    return [(row.name, row.retries, row.error is not None) for row in rows]


def test_a_message_comes_to_who_waits_for_it_with_what_it_brings(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    receiver = waits(session, "waits")
    begin(session, NOW, "pays", amount=5)
    assert deliver(session, NOW) == 1
    assert (open_tasks(session, receiver), receiver.variables, lying(session)) == (["after"], {"paid": 5}, [])


def test_a_message_that_is_thrown_before_somebody_waits_for_it_is_kept_for_him(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    begin(session, NOW, "pays", amount=5)
    deliver(session, NOW)
    assert lying(session) == [("paid", 5, False)]
    receiver = waits(session, "waits")
    assert deliver(session, NOW) == 1
    assert (open_tasks(session, receiver), receiver.variables["paid"], lying(session)) == (["after"], 5, [])


def test_a_kept_message_is_not_offered_to_a_case_with_another_business_key(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    begin(session, NOW, "pays", "A-1", amount=5)
    deliver(session, NOW)
    other = waits(session, "waits", "A-2")
    assert deliver(session, NOW) == 0
    own = waits(session, "waits", "A-1")
    deliver(session, NOW)
    assert (open_tasks(session, other), open_tasks(session, own)) == ([], ["after"])


def test_a_message_is_for_the_business_key_that_the_model_gives_it(session: Session) -> None:
    key = '<extensionElements><camunda:in businessKey="${receiver}"/></extensionElements>'
    addressed = throwing("pays", message("paid").replace("/>", f">{key}</messageEventDefinition>"))
    deploy(session, NOW, pays=addressed, waits=MODELS["waits"])
    one, two = waits(session, "waits", "A-1"), waits(session, "waits", "A-2")
    begin(session, NOW, "pays", "A-1", receiver="A-2")
    deliver(session, NOW)
    assert (open_tasks(session, one), open_tasks(session, two)) == ([], ["after"])


def test_a_message_that_two_wait_for_comes_to_none_of_them(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    receivers = [waits(session, "waits"), waits(session, "waits")]
    begin(session, NOW, "pays", amount=5)
    (message_id,) = queued(session, "deliver_message", "message_id")
    with pytest.raises(Conflict, match="two or more wait") as raised:
        delivery.deliver(session, message_id, NOW)
    delivery.failed(session, message_id, raised.value)
    assert [open_tasks(session, one) for one in receivers] == [[], []]
    assert lying(session) == [("paid", 4, True)]
    instances.cancel(session, ADMIN, receivers[0].id, None, NOW)
    session.flush()
    buffered.retry(session, ADMIN, message_id)
    queued_twice = deliver(session, NOW)
    assert (queued_twice, open_tasks(session, receivers[1]), lying(session)) == (2, ["after"], [])


def test_a_message_comes_to_a_suspended_receiver_when_it_goes_on(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    receiver = waits(session, "waits")
    suspending.suspend(session, ADMIN, receiver.id, True, NOW)
    begin(session, NOW, "pays", amount=5)
    deliver(session, NOW)
    assert (open_tasks(session, receiver), lying(session)) == ([], [("paid", 5, False)])
    suspending.suspend(session, ADMIN, receiver.id, False, NOW)
    deliver(session, NOW)
    assert (open_tasks(session, receiver), lying(session)) == (["after"], [])


def test_a_message_begins_a_suspended_process_when_it_is_activated(session: Session) -> None:
    deploy(session, NOW, pays=MODELS["pays"])
    (definition,) = deploy(session, NOW, books=begun_by("books", message("paid")))
    suspending.suspend_definitions(session, ADMIN, [definition.id], True, NOW, with_instances=False)
    begin(session, NOW, "pays", "A-1", amount=5)
    deliver(session, NOW)
    assert (begun(session, "books"), lying(session)) == ([], [("paid", 5, False)])
    suspending.suspend_definitions(session, ADMIN, [definition.id], False, NOW, with_instances=False)
    deliver(session, NOW)
    assert [(one.business_key, one.variables) for one in begun(session, "books")] == [("A-1", {"paid": 5})]


@pytest.mark.parametrize("models", [MODELS, RINGS])
def test_nothing_goes_from_one_organisation_to_another(session: Session, models: dict[str, bytes]) -> None:
    thrower, receiver = models
    for tenant in (TENANT, OTHER, None):
        deploy(session, NOW, tenant, **models)
    inside, outside, common = (waits(session, receiver, None, tenant) for tenant in (TENANT, OTHER, None))
    begin(session, NOW, thrower, None, TENANT, amount=5)
    deliver(session, NOW)
    work(session, NOW)
    assert [open_tasks(session, one) for one in (inside, outside, common)] == [["after"], [], []]


@pytest.mark.parametrize("definition", [message("paid"), signal("paid")])
def test_a_process_that_is_common_to_all_begins_in_the_organisation_that_asks_unless_it_has_its_own(
    session: Session, definition: str
) -> None:
    deploy(session, NOW, None, books=begun_by("books", definition), pays=throwing("pays", definition))
    deploy(session, NOW, OTHER, books=begun_by("books", definition))
    for tenant in (TENANT, OTHER):
        begin(session, NOW, "pays", None, tenant)
    deliver(session, NOW)
    work(session, NOW)
    own = session.scalars(select(Instance.definition_id).where(Instance.tenant_id == OTHER))
    made = [(one.tenant_id, one.definition_id in set(own)) for one in begun(session, "books")]
    assert sorted(one for one, _ in made) == [TENANT, OTHER]
    assert len({one.definition_id for one in begun(session, "books")}) == 2


def test_an_organisations_own_process_begins_before_one_that_is_common_to_all(session: Session) -> None:
    deploy(session, NOW, None, common=begun_by("common", message("paid")))
    deploy(session, NOW, own=begun_by("own", message("paid")), pays=throwing("pays", message("paid")))
    begin(session, NOW, "pays")
    deliver(session, NOW)
    assert (len(begun(session, "own")), begun(session, "common"), lying(session)) == (1, [], [])


def test_a_signal_comes_to_all_and_what_fails_in_one_keeps_it_from_no_other(session: Session) -> None:
    deploy(session, NOW, **RINGS)
    receivers = [waits(session, "hears") for _ in range(3)]
    suspending.suspend(session, ADMIN, receivers[0].id, True, NOW)
    begin(session, NOW, "rings")
    deliver(session, NOW)
    work(session, NOW)
    assert [open_tasks(session, one) for one in receivers] == [[], ["after"], ["after"]]
    suspending.suspend(session, ADMIN, receivers[0].id, False, NOW)
    work(session, NOW)
    assert open_tasks(session, receivers[0]) == ["after"]


def test_a_signal_is_not_kept(session: Session) -> None:
    deploy(session, NOW, **RINGS)
    begin(session, NOW, "rings")
    deliver(session, NOW)
    late = waits(session, "hears")
    deliver(session, NOW)
    work(session, NOW)
    assert (open_tasks(session, late), lying(session)) == ([], [])


def test_what_is_too_old_is_given_up(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    begin(session, NOW, "pays", amount=1)
    begin(session, NOW + timedelta(days=2), "pays", amount=2)
    assert buffered.expire(session, NOW + timedelta(days=1)) == 1
    assert session.scalars(select(Message.variables["paid"])).all() == [[2, None]]


def test_a_delivery_that_nothing_in_the_queue_stands_for_is_found_again(session: Session) -> None:
    deploy(session, NOW, **MODELS, **RINGS)
    waits(session, "waits")
    begin(session, NOW, "pays", amount=1)
    begin(session, NOW, "rings")
    later = NOW + timedelta(minutes=2)
    buffered.wake(session, later)
    assert len(queued(session, "deliver_message", "message_id")) == 2
    buffered.wake(session, later)
    buffered.wake(session, later)
    assert deliver(session, later) == 2
    assert lying(session) == []


def test_a_message_that_nobody_waits_for_is_not_tried_for_ever(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    begin(session, NOW, "pays", "A-1", amount=1)
    waits(session, "waits", "A-2")
    deliver(session, NOW)
    buffered.wake(session, NOW + timedelta(days=1))
    assert queued(session, "deliver_message", "message_id") == []


def test_only_administrators_mend_messages(session: Session) -> None:
    deploy(session, NOW, **MODELS)
    begin(session, NOW, "pays", amount=1)
    message_id = session.scalars(select(Message.id)).one()
    clerk = Actor("clerk", False, frozenset({("clerk", TENANT)}))
    for do in (buffered.retry, buffered.discard):
        with pytest.raises(Forbidden):
            do(session, clerk, message_id)
    buffered.discard(session, ADMIN, message_id)
    session.flush()
    with pytest.raises(NotFound):
        buffered.retry(session, ADMIN, message_id)
