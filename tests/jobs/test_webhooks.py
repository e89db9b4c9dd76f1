"""Events told to the system of an organisation, a real server that answers as it likes."""

import asyncio
import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from app import queue, webhook
from app.actions.notifying import sending
from app.actions.people import notices
from app.domain.outgoing import TRIES
from app.jobs import outgoing, running
from app.jobs.database import transactions
from app.store.tables import Delivery, Task
from tests.jobs.outside import SECRET, TENANT, assigned, begun, completed, database, deliveries, hooked, jobs, work
from tests.jobs.receivers import CERTIFICATE, PATIENCE, Heard, Listener, listening

__all__ = ["database", "work"]
Work = Callable[[], None]


@pytest.fixture
def listener(database: Engine) -> Iterator[Listener]:
    with listening() as listener:
        hooked(database, listener.url())
        yield listener


def signed(one: Heard) -> bool:
    """As a receiver finds out who has sent it."""
    found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", one.headers["Reglament-Signature"])
    assert found is not None
    made = hmac.new(SECRET.encode(), f"{found[1]}.".encode() + one.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made, found[2])


def test_the_life_of_a_case_is_told_signed_and_each_event_once(
    database: Engine, listener: Listener, work: Work
) -> None:
    task = begun()
    assigned(task)
    completed(task)
    work()
    work()
    heard = listener.all()
    told = {(body := json.loads(one.body))["event"]: body for one in heard}
    assert sorted(told) == ["case.ended", "case.started", "task.assigned", "task.completed", "task.created"]
    assert len(heard) == len(told)
    assert all(signed(one) for one in heard)
    assert {one.headers["Idempotency-Key"] for one in heard} == {body["id"] for body in told.values()}
    data = told["task.assigned"]["data"]
    assert (data["taskId"], data["assignee"], data["taskDefinitionKey"]) == (str(task), "clerk", "ask")
    assert (told["case.ended"]["tenantId"], told["case.ended"]["data"]["state"]) == (TENANT, "COMPLETED")
    assert not any("Құпия" in one.body.decode() for one in heard)
    assert {one.state for one in deliveries(database)} == {"sent"}


def test_a_term_that_is_over_is_told_once(database: Engine, listener: Listener, work: Work) -> None:
    task = begun()
    work()
    listener.all()
    due = datetime.now(UTC) - timedelta(minutes=1)
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=due))
    for _ in range(2):
        with transactions().begin() as session:
            notices.remind(session, datetime.now(UTC), mail=False)
    work()
    [heard] = listener.all()
    body = json.loads(heard.body)
    assert (body["event"], body["data"]["taskId"]) == ("task.overdue", str(task))
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=due + timedelta(seconds=1)))
    with transactions().begin() as session:
        notices.remind(session, datetime.now(UTC), mail=False)
    completed(task)
    work()
    assert {json.loads(one.body)["event"] for one in listener.all()} == {"task.completed", "case.ended"}


def test_an_organisation_without_a_webhook_writes_nothing(database: Engine) -> None:
    task = begun()
    assigned(task)
    completed(task)
    assert (deliveries(database), jobs(database)) == ([], 0)


def test_what_is_answered_500_comes_again_the_same_under_the_same_key(
    database: Engine, listener: Listener, work: Work
) -> None:
    task = begun()
    work()
    listener.all()
    listener.answers = [500]
    assigned(task)
    work()
    [waiting] = [one for one in deliveries(database) if one.state == "waiting"]
    assert (waiting.error, waiting.tries) == ("it answered 500", 1)
    with database.connect() as connection:  # after what has not failed
        assert connection.scalar(text("SELECT priority FROM procrastinate_jobs WHERE task_name = 'send_out'")) == -1
    work()
    first, second = listener.all()
    assert (first.body, first.headers["Idempotency-Key"]) == (second.body, second.headers["Idempotency-Key"])
    assert signed(second)
    assert {one.state for one in deliveries(database)} == {"sent"}


def test_after_the_last_try_it_lies_there_and_is_tried_no_more(
    database: Engine, listener: Listener, work: Work
) -> None:
    task = begun()
    work()
    listener.all()
    listener.answers = [503] * TRIES.tries
    assigned(task)
    for _ in range(TRIES.tries + 2):
        work()
    [lies] = [one for one in deliveries(database) if one.event == "task.assigned"]
    assert (lies.state, lies.tries, lies.error) == ("failed", TRIES.tries, "it answered 503")
    assert len(listener.all()) == TRIES.tries
    assert jobs(database) == 0


def test_a_redirect_is_not_followed(listener: Listener) -> None:
    with listening() as elsewhere:
        listener.answers, listener.moved = [307], elsewhere.url("/secret")
        with pytest.raises(webhook.NotTaken, match="it answered 307"):
            webhook.send(listener.url(), b"{}", {})
        assert elsewhere.all() == []


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        for limit in (0.3, 0.0):
            with pytest.raises(webhook.NotTaken, match=f"no answer within {limit:g} seconds"):
                webhook.send(url, b"{}", {}, limit)


def test_a_server_that_answers_a_byte_at_a_time_is_given_up() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with_pauses = asyncio.Event()
        for letter in b"HTTP/1.1 200 OK and so on" * 100:
            writer.write(bytes([letter]))
            await writer.drain()
            try:
                await asyncio.wait_for(with_pauses.wait(), 0.05)
            except TimeoutError:
                continue

    async def run() -> None:
        server = await asyncio.start_server(drip, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(webhook.NotTaken, match="no answer within"):
            await asyncio.to_thread(webhook.send, url, b"{}", {}, 0.5)
        server.close()

    asyncio.run(run())


def test_https_is_spoken_to_who_is_vouched_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(secure=True) as listener:
        url = listener.url().replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(webhook.NotTaken, match="certificate verify failed"):
            webhook.send(url, b"{}", {})
        assert listener.all() == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        webhook.send(url, b'{"a": 1}', {"Idempotency-Key": "k"})
        [heard] = listener.all()
        assert (heard.body, heard.headers["Idempotency-Key"]) == (b'{"a": 1}', "k")


def test_nobody_listens(database: Engine, work: Work) -> None:
    with listening() as listener:
        url = listener.url()
    hooked(database, url)
    begun()
    work()
    assert {one.state for one in deliveries(database)} == {"waiting"}
    hooked(database, None)
    work()
    assert {one.state for one in deliveries(database)} == {"failed"}


def test_a_message_whose_job_is_lost_is_sent_all_the_same(database: Engine, listener: Listener, work: Work) -> None:
    begun()
    with database.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        connection.execute(update(Delivery).values(due_at=datetime.now(UTC) - timedelta(minutes=2)))
    outgoing.wake_overdue_messages(0)
    outgoing.wake_overdue_messages(0)
    assert jobs(database) == 2
    work()
    assert len(listener.all()) == 2


def test_two_workers_that_come_upon_the_same_message_send_it_once(database: Engine, listener: Listener) -> None:
    task = begun()
    with database.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        connection.execute(text("DELETE FROM delivery"))
    assigned(task)
    [message] = deliveries(database)
    listener.answers = [None]
    first = threading.Thread(target=outgoing.send_out, args=(str(message.id),))
    first.start()
    heard = listener.next()
    outgoing.send_out(str(message.id))
    assert (heard.headers["Idempotency-Key"], listener.all()) == (str(message.id), [])
    listener.over.set()
    first.join()
    assert [(one.state, one.tries) for one in deliveries(database)] == [("waiting", 1)]


def test_what_was_sent_is_forgotten_and_what_lies_there_stays(database: Engine, listener: Listener, work: Work) -> None:
    begun()
    work()
    with Session(database) as session, session.begin():
        first = session.query(Delivery).order_by(Delivery.id).first()
        assert first is not None
        first.state = "failed"
        sending.forget(session, datetime.now(UTC) + timedelta(days=8))
    assert [one.state for one in deliveries(database)] == ["failed"]


@contextmanager
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    """A real one, of the environment; killed with -9 at the end of the block."""
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=os.environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_worker_killed_while_it_sends_leaves_it_to_the_next_which_sends_it_under_the_same_key(
    database: Engine, listener: Listener
) -> None:
    begun()
    listener.answers = [None, None]
    with worker():
        hanging = [listener.next(), listener.next()]
    _gone(database)
    with worker():
        again = [listener.next(), listener.next()]
        sent = asyncio.run(_all_sent(database))
    keys = [one.headers["Idempotency-Key"] for one in hanging]
    assert sorted(keys) == sorted(one.headers["Idempotency-Key"] for one in again)
    assert sorted(one.body for one in hanging) == sorted(one.body for one in again)
    assert sent
    assert listener.all() == []


def _gone(database: Engine) -> None:
    """Let the time pass after which a worker that gives no sign of life is taken as dead."""
    with database.begin() as connection:
        connection.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'"))

    async def take_over() -> None:
        url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with queue.app.replace_connector(PsycopgConnector(conninfo=url)) as app:
            async with app.open_async():
                await running.take_over_stalled_jobs(0)

    asyncio.run(take_over())


async def _all_sent(database: Engine) -> bool:
    async with asyncio.timeout(PATIENCE):
        while {one.state for one in await asyncio.to_thread(deliveries, database)} != {"sent"}:
            continue
    return True


def test_what_was_committed_while_no_worker_lived_is_sent_by_the_next_and_waits_for_no_other_message(
    database: Engine, listener: Listener
) -> None:
    listener.answers = [None] * 2
    task = begun()
    with worker():
        listener.next(), listener.next()
        assigned(task)
        assert json.loads(listener.next().body)["event"] == "task.assigned"
