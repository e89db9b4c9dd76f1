"""Editions of the law: each application is handled by the one in force on the day of its receipt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.editions import list_editions
from app.actions.models.seed import seed
from app.actions.running import instances, messages
from app.actions.running.messages import Brought, Correlation
from app.actions.tasks import completion
from app.domain.models.values import Variable
from app.errors import Invalid, ModelRejected
from app.store.tables import Definition, Instance, Task, User
from tests.actions.beginnings import ADMIN, TENANT, begun, begun_by, deploy, process, tick, work
from tests.actions.editions import law, licence
from tests.features.feature_models import end, message, node, path, start, timer, user

ACTS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 6, 16, 6, tzinfo=UTC)
"""A Tuesday, 11:00 in Aktobe."""
IN_JULY = datetime(2026, 7, 1, 6, tzinfo=UTC)
BY_NIGHT = datetime(2026, 6, 30, 18, tzinfo=UTC)
"""23:00 of the day before: it counts as received on 1 July."""
OLD, NEW = licence("2020", None, "2026-07-01"), licence("2026", "2026-07-01")


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    session.add(User(id="admin", password_hash="-", administrator=True))
    session.flush()


def apply(session: Session, now: datetime, key: str = "licence", **given: Any) -> Instance:
    definition = instances.definition_to_start(session, ADMIN, key, TENANT, now)
    typed = {name: Variable(value, "String") for name, value in given.items()}
    instance = instances.start(session, ADMIN, definition, typed, now, tenant=TENANT)
    session.flush()
    return instance


def edition(session: Session, instance: Instance) -> str | None:
    return session.get_one(Definition, instance.definition_id).edition


def refused(session: Session, now: datetime, **models: bytes) -> list[dict[str, Any]]:
    with pytest.raises(ModelRejected) as rejected:
        deploy(session, now, **models)
    details: Any = rejected.value.details
    return [entry for entries in details["findings"].values() for entry in entries]


@pytest.mark.parametrize(
    ("moment", "name"),
    [(NOW, "2020"), (datetime(2026, 6, 30, 13, tzinfo=UTC), "2020"), (BY_NIGHT, "2026"), (IN_JULY, "2026")],
)
def test_the_day_of_receipt_decides_whatever_was_deployed_last(session: Session, moment: datetime, name: str) -> None:
    deploy(session, NOW, new=NEW)
    deploy(session, NOW, old=OLD)
    assert edition(session, apply(session, moment)) == name


def test_the_newest_version_of_an_edition_wins_and_brings_its_dates(session: Session) -> None:
    deploy(session, NOW, old=OLD)
    (mended,) = deploy(session, NOW, old=licence("2020", None, "2026-06-20"))
    assert apply(session, NOW).definition_id == mended.id
    with pytest.raises(Invalid) as error:
        apply(session, datetime(2026, 6, 22, 6, tzinfo=UTC))
    assert error.value.details == {
        "processDefinitionKey": "licence",
        "dayOfReceipt": "2026-06-22",
        "editions": [{"edition": "2020", "inForceFrom": None, "inForceUntil": "2026-06-20"}],
    }
    assert {*error.value.words} == {"kk", "ru", "en"}


def test_by_its_id_a_version_is_started_while_its_edition_is_in_force(session: Session) -> None:
    (former,) = deploy(session, NOW, old=OLD)
    deploy(session, NOW, old=OLD)
    (future,) = deploy(session, NOW, new=NEW)
    assert instances.start(session, ADMIN, former, {}, NOW).definition_id == former.id
    with pytest.raises(Invalid, match="edition 2026 of 'licence' is not in force"):
        instances.start(session, ADMIN, future, {}, NOW)
    with pytest.raises(Invalid, match="edition 2020 of 'licence' is not in force"):
        instances.start(session, ADMIN, former, {}, IN_JULY)


def test_a_process_without_editions_goes_on_until_its_first_one_begins(session: Session) -> None:
    (plain,) = deploy(session, NOW, old=licence())
    deploy(session, NOW, new=NEW)
    assert apply(session, NOW).definition_id == plain.id
    assert edition(session, apply(session, IN_JULY)) == "2026"
    with pytest.raises(Invalid, match="not in force"):
        instances.start(session, ADMIN, plain, {}, IN_JULY)


def test_an_edition_without_days_replaces_what_named_none_which_is_still_started_by_its_id(session: Session) -> None:
    (plain,) = deploy(session, NOW, old=licence())
    (named,) = deploy(session, NOW, new=licence("2020"))
    assert apply(session, NOW).definition_id == named.id
    assert instances.start(session, ADMIN, plain, {}, NOW).definition_id == plain.id
    assert [(one.edition.name, one.holds) for one in list_editions(session, ADMIN, "licence", NOW)] == [
        (None, False),
        ("2020", True),
    ]


def test_what_contradicts_the_editions_of_a_process_is_not_deployed(session: Session) -> None:
    deploy(session, NOW, old=licence("2020", "2020-01-01", "2026-07-01"))
    (overlap,) = refused(session, NOW, new=licence("2026", "2026-06-01"))
    assert (overlap["code"], overlap["elementId"]) == ("edition-overlaps", "licence")
    for text in overlap["message"].values():
        assert "2026 [2026-06-01, …)" in text
        assert "2020 [2020-01-01, 2026-07-01)" in text
    assert [one["code"] for one in refused(session, NOW, new=licence())] == ["edition-missing"]
    assert [one["code"] for one in refused(session, NOW, new=licence(None, "2026-06-01"))] == ["edition-unnamed"]
    assert [one["code"] for one in refused(session, NOW, new=licence("x", "June"))] == ["edition-day"]
    assert [one["code"] for one in refused(session, NOW, new=licence("x" * 256))] == ["name-too-long"]
    turned = licence("x", "2027-06-01", "2027-01-01")
    assert [one["code"] for one in refused(session, NOW, new=turned)] == ["edition-ends-before"]
    deploy(session, NOW, new=NEW)


def test_a_called_process_follows_the_edition_of_the_day_on_which_its_case_was_received(session: Session) -> None:
    calls = process(
        "calls", start(), user("before"), node("callActivity", "call", calledElement="licence"), end(),
        path("start", "before", "call", "end"),
    )  # fmt: skip
    deploy(session, NOW, old=OLD, calls=calls)
    deploy(session, NOW, new=NEW)
    june, july = apply(session, NOW, "calls"), apply(session, IN_JULY, "calls")
    for instance in (june, july):
        _complete(session, instance, IN_JULY + timedelta(days=1))
    called = {one.super_id: edition(session, one) for one in begun(session, "licence")}
    assert called == {june.id: "2020", july.id: "2026"}


def _complete(session: Session, instance: Instance, now: datetime) -> None:
    task = session.scalars(select(Task).where(Task.instance_id == instance.id, Task.ended_at.is_(None))).one()
    completion.complete(session, ADMIN, task.id, {}, now)
    session.flush()


def begins(edition: str, begins: str | None, ends: str | None, definition: str) -> bytes:
    return begun_by("licence", definition).replace(
        b"<startEvent", law(edition, begins, ends).encode() + b"<startEvent", 1
    )


def test_a_message_begins_the_edition_that_is_in_force(session: Session) -> None:
    deploy(session, NOW, old=begins("2020", "2020-01-01", "2026-07-01", message("applied")))
    deploy(session, NOW, new=begins("2026", "2026-08-01", None, message("applied")))

    def send(now: datetime) -> str | None:
        sought = Correlation("applied", tenant=TENANT)
        return edition(session, messages.correlate(session, ADMIN, sought, Brought(), now).instance)

    august = datetime(2026, 8, 3, 6, tzinfo=UTC)
    assert [send(NOW), send(august)] == ["2020", "2026"]
    with pytest.raises(Invalid, match="received on Wed 1 Jul 2026"):
        send(IN_JULY)


def test_a_timer_begins_the_edition_that_is_in_force_and_goes_on_through_the_change(session: Session) -> None:
    daily = timer("Cycle", "R/P1D")
    deploy(session, NOW, old=begins("2020", None, None, daily))
    deploy(session, NOW, new=begins("2026", "2026-06-18", None, daily))
    for day in range(1, 4):
        tick(session, NOW + timedelta(days=day))
    work(session, NOW + timedelta(days=3))
    assert [edition(session, one) for one in begun(session, "licence")] == ["2020", "2026", "2026"]


def test_two_editions_run_side_by_side_and_are_told_apart(session: Session) -> None:
    deploy(session, NOW, old=OLD)
    deploy(session, NOW, new=NEW)
    for moment in (NOW, NOW, BY_NIGHT):
        apply(session, moment)
    found = list_editions(session, ADMIN, "licence", NOW)
    assert [(one.edition.name, one.holds, [version.running for version in one.versions]) for one in found] == [
        ("2020", True, [2]),
        ("2026", False, [1]),
    ]
