"""The process that carries out the jobs, for as long as it is not asked to stop."""

import asyncio
import logging
import signal
from contextlib import suppress

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from app import queue

log = logging.getLogger(__name__)

POLL = 0.5
"""Seconds after which a due job is found."""
AT_ONCE = dict(zip(queue.QUEUES, (1, 4), strict=True))
"""How many jobs of a queue are carried out at once."""
PAUSE = 1
"""Seconds until the next try when the database has gone away."""


async def work(database_url: str, grace: float) -> None:
    """Until SIGINT or SIGTERM; a job under way has `grace` seconds to finish. The loss of the database ends nothing."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    while not stopped.is_set():
        working, stopping = asyncio.create_task(_work(database_url, grace)), asyncio.create_task(stopped.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping, PAUSE)


async def _work(database_url: str, grace: float) -> None:
    try:
        with queue.app.replace_connector(PsycopgConnector(conninfo=database_url)) as app:
            async with app.open_async(), asyncio.TaskGroup() as workers:
                for name, at_once in AT_ONCE.items():
                    working = app.run_worker_async(
                        queues=[name],
                        concurrency=at_once,
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=grace,
                        delete_jobs="successful",
                        fetch_job_polling_interval=POLL,
                    )
                    workers.create_task(working)
    except* (ConnectorException, OperationalError, PoolTimeout) as error:
        log.warning("the database is not available: %s", error.exceptions[0])
