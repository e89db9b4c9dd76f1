"""Requests for external tasks that wait: they hold no thread, and end as soon as there is something."""

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from typing import Any

import psutil
import pytest

from app.local.processes import Children
from tests.e2e.office import Office
from tests.workers.conftest import PATIENCE, TENANT, Poller
from tests.workers.test_clients import node, python

FOR_EVER = 1_800_000
"""Milliseconds: a test that needs them all hangs."""
IDLE = 30


def web_workers() -> list[psutil.Process]:
    """The processes that answer requests."""
    found = []
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it may end while it is looked at
            found += [one] if "gunicorn" in " ".join(one.cmdline()) else []
    parents = {one.pid for one in found}
    return [one for one in found if one.ppid() in parents]


def connections(poller: Poller) -> int:
    """How many clients the service has accepted."""
    accepted = 0
    with suppress(psutil.Error):
        for process in web_workers():
            for one in process.net_connections("tcp"):
                accepted += one.status == psutil.CONN_ESTABLISHED and one.laddr.port == poller.port
    return accepted


class Waiting:
    """Polls that wait; `tasks` are those that they were answered."""

    def __init__(self, poller: Poller, programs: Children, *workers: str, topic: str = "idle", **more: Any) -> None:
        self.tasks: list[dict[str, Any]] = []
        self.refused: list[Exception] = []
        self.poller, before = poller, connections(poller)
        for worker in workers:
            poller.behind(lambda worker=worker: self._poll(topic, worker, more))
        programs.wait(lambda: connections(poller) >= before + len(workers), PATIENCE, "the polls")

    def _poll(self, topic: str, worker: str, more: Any) -> None:
        try:
            self.tasks += self.poller.fetch(topic, worker, FOR_EVER, **more)
        except (OSError, HTTPException, AssertionError) as error:
            self.refused.append(error)


def begin(office: Office, topic: str = "idle") -> str:
    return office.begin("single", TENANT, topic=topic)


def test_thirty_idle_workers_leave_the_service_to_others_and_each_new_task_goes_to_one_of_them(
    office: Office, poller: Poller, programs: Children
) -> None:
    waiting = Waiting(poller, programs, *(f"idle-{number}" for number in range(IDLE)))
    for _ in range(40):
        assert office("admin", "GET", "/engine-rest/version")
    assert waiting.tasks == []
    started = [begin(office)]
    programs.wait(lambda: len(waiting.tasks) == 1, PATIENCE, "the task")
    started += [begin(office) for _ in range(IDLE - 1)]
    poller.join()
    assert sorted(task["businessKey"] for task in waiting.tasks) == sorted(started)
    assert len({task["workerId"] for task in waiting.tasks}) == IDLE


def test_workers_with_other_wishes_are_not_in_each_others_way(
    office: Office, poller: Poller, programs: Children
) -> None:
    picky = Waiting(poller, programs, "picky", processVariables={"topic": "none"})
    first = Waiting(poller, programs, "first", variables=["topic"])
    begin(office)
    programs.wait(lambda: len(first.tasks) == 1, PATIENCE, "the task")
    assert picky.tasks == []
    assert first.tasks[0]["variables"]["topic"]["value"] == "idle"
    for process in web_workers():
        process.terminate()
    poller.join()
    assert (picky.tasks, picky.refused) == ([], [])


@pytest.mark.parametrize(
    ("hide", "show"),
    [
        ([("POST", "fetchAndLock", {"lock": 600_000})], [("POST", "{id}/unlock", None)]),
        ([("POST", "fetchAndLock", {"lock": 1_500})], []),
        ([("POST", "fetchAndLock", {"lock": 1}), ("POST", "{id}/failure", {"retries": 3, "retryTimeout": 1_500})], []),
        (
            [("POST", "fetchAndLock", {"lock": 1}), ("POST", "{id}/failure", {})],
            [("PUT", "{id}/retries", {"retries": 1})],
        ),
    ],
    ids=["given back", "its lock ends", "its pause ends", "mended"],
)
def test_a_poll_is_answered_when_a_task_becomes_free(
    office: Office, poller: Poller, programs: Children, hide: list[Any], show: list[Any]
) -> None:
    begin(office)

    def act(method: str, path: str, body: Any) -> None:
        if path == "fetchAndLock":
            ids.extend(task["id"] for task in poller.fetch("idle", "holder", lockDuration=body["lock"]))
        else:
            more = {"workerId": "holder", **body} if body is not None else None
            poller.send(method, f"external-task/{path.format(id=ids[0])}", more)

    ids: list[str] = []
    for one in hide:
        act(*one)
    waiting = Waiting(poller, programs, "other")
    for one in show:
        act(*one)
    poller.join()
    assert [(task["id"], task["workerId"]) for task in waiting.tasks] == [(ids[0], "other")]


def test_a_poll_without_any_task_is_answered_with_none(poller: Poller) -> None:
    assert poller.fetch("idle", "w", timeout=50) == []


@pytest.mark.parametrize("chunked", [False, True])
def test_a_connection_carries_further_requests_after_a_poll(poller: Poller, chunked: bool) -> None:
    topics = [{"topicName": "idle", "lockDuration": 1_000}]
    body = json.dumps({"workerId": "w", "maxTasks": 1, "asyncResponseTimeout": 50, "topics": topics}).encode()
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    head = (
        f"POST /engine-rest/external-task/fetchAndLock HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {poller.token}\r\n"
    )
    with socket.create_connection(("127.0.0.1", poller.port), timeout=PATIENCE) as connection:
        for _ in range(2):
            connection.sendall(f"{head}{length}\r\n\r\n".encode() + sent)
            answer = HTTPResponse(connection)
            answer.begin()
            assert (answer.status, answer.headers["Content-Type"], answer.read()) == (200, "application/json", b"[]")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_worker_that_has_gone_locks_nothing(office: Office, poller: Poller, programs: Children) -> None:
    before = connections(poller)
    body = json.dumps(
        {
            "workerId": "gone",
            "maxTasks": 1,
            "asyncResponseTimeout": FOR_EVER,
            "topics": [{"topicName": "idle", "lockDuration": 600_000}],
        }
    )
    head = (
        f"POST /engine-rest/external-task/fetchAndLock HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {poller.token}\r\n"
    )
    with socket.create_connection(("127.0.0.1", poller.port)) as gone:
        gone.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        programs.wait(lambda: connections(poller) > before, PATIENCE, "the poll")
    begin(office)
    [task] = poller.fetch("idle", "other", FOR_EVER)
    assert task["workerId"] == "other"


def test_who_may_no_longer_fetch_waits_no_longer(office: Office, poller: Poller, programs: Children) -> None:
    signed_in = Office(office.address)
    poller.token = signed_in.cookie("admin")
    waiting = Waiting(poller, programs, "w")
    signed_in("admin", "DELETE", "/api/token")
    poller.join()
    assert waiting.tasks == []
    assert "AuthenticationException" in str(waiting.refused)


@pytest.mark.parametrize("client", [node, python], ids=["node", "python"])
def test_clients_go_on_when_the_web_processes_are_killed(
    office: Office, poller: Poller, programs: Children, client: Callable[[Office], Any]
) -> None:
    started = client(office)
    programs.start(*started)
    programs.wait(lambda: connections(poller) >= len(started), PATIENCE, "the polls")
    for process in web_workers():
        process.kill()
    programs.wait(lambda: connections(poller) >= len(started), PATIENCE, "the polls again")
    key = office.begin("paid", TENANT, amount=100)
    path = f"/engine-rest/history/process-instance/count?finished=true&processInstanceBusinessKey={key}"
    programs.wait(lambda: office("admin", "GET", path) == {"count": 1}, PATIENCE, "the end of the case")


def test_workers_that_race_for_tasks_get_each_of_them_once(office: Office, poller: Poller) -> None:
    workers, each = 4, 50
    fetched: list[str] = []

    def start() -> None:
        for _ in range(each):
            begin(office)

    def work(worker: str) -> None:
        while len(fetched) < workers * each:
            tasks = poller.fetch("idle", worker, 1_000, most=7)
            fetched.extend(task["id"] for task in tasks)
            for task in tasks:
                poller.send("POST", f"external-task/{task['id']}/complete", {"workerId": worker})

    for number in range(workers):
        poller.behind(start)
        poller.behind(lambda number=number: work(f"w{number}"))
    poller.join()
    assert len(fetched) == len(set(fetched)) == workers * each
    count = "/engine-rest/history/activity-instance/count?activityId=do&finished=true"
    assert office("admin", "GET", count) == {"count": workers * each}
