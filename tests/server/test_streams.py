"""The connections that wait for changes: what they are told, how often, and when they end."""

import socket
from collections.abc import Iterator

import pytest

from app.domain.people.access import Actor, Substitution
from app.domain.people.audience import Audience
from app.http.live import Subscription
from app.server.listener import OtherRights
from app.server.streams import BEATS, LASTS, Stream, Streams

TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
CLERKS = Audience(TENANT, frozenset({"clerk"}), frozenset())


def member(role: str, *absent: str, tenant: str = TENANT) -> Actor:
    acts_for = tuple(Substitution(one, one, TENANT, frozenset({"clerk"})) for one in absent)
    return Actor(role, False, frozenset({(role, tenant)}), acts_for)


class Office:
    """Some open connections, at second 0."""

    def __init__(self) -> None:
        self.streams = Streams(self._drop)
        self.ends: dict[str, socket.socket] = {}
        self.dropped: list[str] = []
        self._ours: list[socket.socket] = []

    def _drop(self, stream: Stream) -> None:
        self.dropped.append(stream.subscription.actor.user_id)
        stream.connection.close()

    def open(self, actor: Actor, lasts: float = LASTS) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        self._ours.append(ours)
        self.ends[actor.user_id] = theirs
        self.streams.add(ours, Subscription(actor, lasts), 0)
        return ours

    def heard(self, person: str) -> list[str]:
        """The events that have come since the last look."""
        try:
            received = self.ends[person].recv(10_000).decode()
        except BlockingIOError:
            return []
        return [line.removeprefix("event: ") for line in received.splitlines() if line.startswith("event: ")]

    def close(self) -> None:
        for one in (*self._ours, *self.ends.values()):
            one.close()


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.close()


def test_whoever_sees_a_task_is_told_and_who_leads_the_work(office: Office) -> None:
    for actor in (
        member("clerk"),
        member("executor"),
        member("commission", "clerk"),
        member("head"),
        member("unit_head", tenant=ELSEWHERE),
        Actor("admin", True, frozenset()),
    ):
        office.open(actor)
    office.streams.hear([CLERKS], 1)
    assert {person: office.heard(person) for person in office.ends} == {
        "clerk": ["changed"],
        "executor": [],
        "commission": ["changed"],
        "head": ["team"],
        "unit_head": [],
        "admin": ["changed", "team"],
    }


def test_what_changes_soon_after_is_told_later_and_once(office: Office) -> None:
    office.open(Actor("admin", True, frozenset()))
    for second in (1, 1.2, 1.4):
        office.streams.hear([CLERKS], second)
    assert office.heard("admin") == ["changed", "team"]
    office.streams.tick(1.5)
    assert office.heard("admin") == []
    office.streams.tick(2.5)
    assert office.heard("admin") == ["changed"]
    office.streams.tick(10)
    assert office.heard("admin") == []
    office.streams.tick(11)
    assert office.heard("admin") == ["team"]


@pytest.mark.parametrize(("lasts", "ends"), [(30.0, 30.0), (86_400.0, float(LASTS))])
def test_a_connection_ends_with_the_rights_that_it_was_opened_with(office: Office, lasts: float, ends: float) -> None:
    office.open(member("clerk"), lasts)
    office.streams.tick(ends)
    assert office.dropped == []
    office.streams.tick(ends + 0.1)
    assert office.dropped == ["clerk"]
    assert office.ends["clerk"].recv(100).endswith(b"0\r\n\r\n")
    office.streams.hear([CLERKS], ends + 1)
    assert office.ends["clerk"].recv(100) == b""


@pytest.mark.parametrize(
    ("people", "dropped"),
    [
        (frozenset({"clerk"}), ["clerk", "commission"]),
        (frozenset({"commission"}), ["commission"]),
        (frozenset({"nobody"}), []),
        (None, ["clerk", "head", "commission"]),
    ],
)
def test_whose_rights_have_changed_and_his_deputy_have_to_come_again(
    office: Office, people: frozenset[str] | None, dropped: list[str]
) -> None:
    for actor in (member("clerk"), member("head"), member("commission", "clerk")):
        office.open(actor)
    office.streams.hear(OtherRights(people), 1)
    assert office.dropped == dropped


def test_the_silent_are_written_to_and_the_dead_are_found(office: Office) -> None:
    office.open(member("clerk"))
    office.open(member("head"))
    office.ends["head"].close()
    office.streams.tick(BEATS)
    assert office.dropped == []
    office.streams.tick(BEATS + 1)
    assert office.ends["clerk"].recv(100) == b"3\r\n:\n\n\r\n"
    assert office.dropped == ["head"]


def test_all_end_when_the_worker_stops(office: Office) -> None:
    office.open(member("clerk"))
    office.streams.close()
    assert office.dropped == ["clerk"]
