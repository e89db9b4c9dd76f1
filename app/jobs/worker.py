"""The process that carries out the jobs, for as long as it is not asked to stop."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import perf_counter
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker
from psycopg import OperationalError
from psycopg.conninfo import make_conninfo
from psycopg_pool import PoolTimeout

from app import log, queue
from app.store.session import program

written = logging.getLogger(__name__)

POLL = 0.5
"""Seconds after which a due job is found."""
STEPS, CALLS = 4, 8
"""Jobs at once. A step is a few milliseconds of Python between answers of the database, and one or two at a time use up a
core; the others are there for those that wait, seconds perhaps, for a case that somebody else moves. For more throughput
there are more workers. A call is a process of its own, of some 40 MB, and lasts as long as somebody else lets it: it must
keep no step waiting, so they are counted apart. Together they need no more connections than `jobs.database` keeps."""
HEARTBEAT = 10
"""Seconds between two signs of life at most: `queue.worker_alive` relies on it."""
CONNECTIONS = 8
"""Of the queue itself: two listen, the others are used for moments."""
PAUSE = 1
"""Seconds until the next try when the database has gone away."""
stopping = Event()
"""Set once the process is asked to stop: what is in hand is finished, and nothing new is taken."""


async def work(database_url: str, grace: float, lost: float = 30) -> None:
    """Until SIGINT or SIGTERM; a job under way has `grace` seconds to finish. The loss of the database ends nothing.

    lost: seconds without a sign of life after which a worker is taken for dead.
    """
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(STEPS + CALLS, "job"))
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, stopped)
    while not stopped.is_set():
        working, stopping = asyncio.create_task(_work(database_url, grace, lost)), asyncio.create_task(stopped.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping, PAUSE)


def _stop(stopped: asyncio.Event) -> None:
    stopping.set()
    stopped.set()


async def _work(database_url: str, grace: float, lost: float) -> None:
    named = make_conninfo(database_url, application_name=program("worker"))
    try:
        with queue.app.replace_connector(PsycopgConnector(conninfo=named, max_size=CONNECTIONS)) as app:
            async with app.open_async():
                await _all_queues(app, grace, lost)
    except (ConnectorException, OperationalError, PoolTimeout) as error:
        written.warning("the database is not available: %s", error)


def _told(call_next: SyncCallNext, context: JobContext, _worker: Worker) -> Any:
    """Every line of a job tells whose it is, and one that it was done. What goes wrong the queue itself tells."""
    given, began = context.job.task_kwargs.get("instance_id"), perf_counter()
    with log.scope(job=context.job.task_name, instance=None if given is None else str(given)):
        came = call_next()
        log.note(milliseconds=f"{(perf_counter() - began) * 1000:.1f}")
        written.info("done")
        return came


async def _all_queues(app: App, grace: float, lost: float) -> None:
    """Work on every queue until one of them is left, then leave the others too."""
    working = [
        asyncio.create_task(
            app.run_worker_async(
                queues=[name],
                concurrency=concurrency,
                install_signal_handlers=False,
                shutdown_graceful_timeout=grace,
                delete_jobs="successful",
                fetch_job_polling_interval=POLL,
                update_heartbeat_interval=min(lost / 3, HEARTBEAT),
                stalled_worker_timeout=lost,
                task_middleware=[_told],
            )
        )
        for name, concurrency in ((queue.MOVES, STEPS), (queue.OUTSIDE, CALLS))
    ]
    try:
        await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in working:
            one.cancel()
        ended = await asyncio.gather(*working, return_exceptions=True)
    for result in ended:
        if isinstance(result, Exception):
            raise result
