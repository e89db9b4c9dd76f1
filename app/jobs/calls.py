"""Delegates that reach outside, called while no transaction is open."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy

from app import config, log, queue
from app.actions.running import calls, jobs
from app.delegates import BpmnError, calling
from app.jobs.database import INTERRUPTED, moment, on_one_connection

written = logging.getLogger(__name__)


@queue.app.task(
    name=queue.CALL_DELEGATE, queue=queue.OUTSIDE, retry=RetryStrategy(wait=2, retry_exceptions=INTERRUPTED)
)
def call_delegate(job_id: str, instance_id: str) -> None:  # noqa: ARG001 - the queue is asked by the instance
    """Claim the job in one transaction, call, and go on with what comes of it in another.

    A worker that dies meanwhile loses its claim, and the job is another's, who calls again with the same key.
    """
    job = UUID(job_id)
    with on_one_connection() as transaction:
        with transaction() as session:
            asked = calls.claim(session, job, moment(session))
        if asked is None:
            return
        try:
            came = _called(asked)
            with transaction() as session:
                calls.go_on(session, job, came, moment(session))
        except INTERRUPTED:
            raise
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the job has failed
            written.warning("a call has failed", exc_info=error)
            with transaction() as session:
                jobs.failed(session, job, error, moment(session))
                calls.release(session, job)


def _called(asked: calls.Asked) -> Mapping[str, Any] | BpmnError:
    settings = config.read()
    log.note(delegate=asked.name)
    try:
        return calling.call(settings.delegates, asked.name, asked.call, settings.delegate_limit.total_seconds())
    except BpmnError as error:
        return error
