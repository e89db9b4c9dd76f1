"""The requests that wait for external tasks: which of them look, and when."""

import socket
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

import pytest

from app.domain.people.access import Actor
from app.http.live import Poll
from app.server.listener import FreeWork, OtherRights
from app.server.polls import Polls

FAR = 1_000_000.0


@dataclass
class Client:
    name: str
    sock: socket.socket
    poll: Poll | None
    looks_for: Hashable = None


@dataclass
class Workers:
    """Clients that have found nothing at second 0. looked: who has looked since, in order."""

    looked: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.polls = Polls(lambda one: self.looked.append(one.name), lambda one: self.dropped.append(one.name))

    def wait(self, name: str, *topics: str, wish: str = "w", person: str = "admin", **moments: float) -> Client:
        ours, theirs = socket.socketpair()
        theirs.close()
        moments = {"since": 0.0, "again": FAR, "until": FAR, "known": FAR, **moments}
        poll = Poll(Actor(person, True, frozenset()), wish, frozenset(topics or ("a",)), b"", **moments)
        client = self.clients[name] = Client(name, ours, poll)
        self.polls.add(client, poll, 0)
        return client

    def hear(self, now: float, **topics: float) -> None:
        self.polls.hear(FreeWork(topics), now)

    def answer(self, name: str) -> None:
        self.clients[name].poll = None
        self.polls.looked(self.clients[name])

    def find_nothing(self, name: str, since: float, now: float, again: float = FAR) -> None:
        client = self.clients[name]
        assert client.poll is not None
        client.poll.since, client.poll.again = since, again
        self.polls.looked(client)
        self.polls.add(client, client.poll, now)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    for one in made.clients.values():
        one.sock.close()


def test_of_those_with_one_wish_one_looks_and_the_next_when_it_was_answered(workers: Workers) -> None:
    for name in ("first", "second", "third"):
        workers.wait(name)
    workers.wait("elsewhere", "b", wish="other")
    workers.hear(1, a=0)
    workers.hear(1.1, a=0)
    assert workers.looked == ["first"]
    workers.answer("first")
    assert workers.looked == ["first", "second"]
    workers.find_nothing("second", since=1.2, now=1.3)
    assert workers.looked == ["first", "second"]
    workers.hear(2, a=0, b=0)
    assert workers.looked == ["first", "second", "third", "elsewhere"]


def test_those_with_different_wishes_look_at_once(workers: Workers) -> None:
    workers.wait("one", wish="one")
    workers.wait("two", "a", "b", wish="two")
    workers.hear(1, a=0)
    assert workers.looked == ["one", "two"]


def test_what_became_free_during_a_look_is_looked_for_again(workers: Workers) -> None:
    workers.wait("w")
    workers.hear(1, a=0)
    workers.hear(1.2, a=0)
    workers.find_nothing("w", since=1.1, now=1.3)
    assert workers.looked == ["w", "w"]
    workers.find_nothing("w", since=1.4, now=1.5)
    assert workers.looked == ["w", "w"]


def test_the_end_of_a_lock_is_waited_for(workers: Workers) -> None:
    workers.wait("w")
    workers.hear(1, a=5)
    assert workers.polls.pause(1) == 5
    workers.polls.tick(5.9)
    assert workers.looked == []
    workers.polls.tick(6)
    assert workers.looked == ["w"]
    workers.find_nothing("w", since=6, now=6.1, again=9)
    workers.polls.tick(9)
    assert workers.looked == ["w", "w"]


def test_everybody_is_answered_when_his_time_is_over(workers: Workers) -> None:
    for name, until in (("one", 3.0), ("two", 4.0)):
        workers.wait(name, until=until)
    workers.polls.tick(3)
    assert workers.looked == ["one"]
    workers.polls.close(3.5)
    assert workers.looked == ["one", "two"]


def test_whose_rights_may_be_others_is_asked_again_who_he_is(workers: Workers) -> None:
    for name in ("one", "two", "three"):
        workers.wait(name, wish=name, person=name, known=5 if name == "three" else FAR)
    workers.polls.hear(OtherRights(frozenset({"one"})), 1)
    assert (workers.looked, actor(workers, "one"), actor(workers, "two")) == (["one"], None, "two")
    workers.polls.tick(5)
    assert (workers.looked[1:], actor(workers, "three")) == (["three"], None)
    workers.polls.hear(None, 6)
    assert (workers.looked[2:], actor(workers, "two")) == (["two"], None)


def actor(workers: Workers, name: str) -> str | None:
    poll = workers.clients[name].poll
    assert poll is not None
    return None if poll.actor is None else poll.actor.user_id


def test_rights_that_changed_during_a_look_are_not_relied_upon(workers: Workers) -> None:
    workers.wait("w")
    workers.hear(1, a=0)
    workers.polls.hear(OtherRights(frozenset({"admin"})), 1.2)
    workers.find_nothing("w", since=1.1, now=1.3)
    assert (workers.looked, actor(workers, "w")) == (["w", "w"], None)


def test_when_a_client_goes_the_next_looks_in_its_place(workers: Workers) -> None:
    gone = workers.wait("gone")
    workers.wait("next")
    workers.polls.gone(gone.sock)
    assert (workers.dropped, workers.looked) == (["gone"], ["next"])
    workers.answer("next")
    workers.hear(1, a=0)
    assert workers.looked == ["next"]
