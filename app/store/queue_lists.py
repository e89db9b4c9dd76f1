"""The job queue as administrators see it: what waits, who works, what has failed. Moments are those of the database's clock."""

from datetime import timedelta

from sqlalchemy import BigInteger, Boolean, Integer, Text, TextualSelect, text

from app.store.tables.base import Moment


def queues() -> TextualSelect:
    """(queue, waiting, due, doing, failed, oldest) by queue.

    due: of the waiting, those whose moment has come; oldest: since when the first of them could have been done.
    """
    return text(
        """WITH job AS (
        SELECT id, queue_name, status, scheduled_at,
            status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) AS due
        FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
    ), queue AS (
        SELECT queue_name, count(*) FILTER (WHERE status = 'todo') AS waiting, count(*) FILTER (WHERE due) AS due,
            count(*) FILTER (WHERE status = 'doing') AS doing, count(*) FILTER (WHERE status = 'failed') AS failed,
            min(scheduled_at) FILTER (WHERE due) AS since, min(id) FILTER (WHERE due AND scheduled_at IS NULL) AS first
        FROM job GROUP BY queue_name
    )
    SELECT queue_name AS queue, waiting, due, doing, failed, least(since, (SELECT min(at) FROM procrastinate_events
        WHERE job_id = first AND type = 'deferred')) AS oldest
    FROM queue ORDER BY queue_name"""
    ).columns(queue=Text, waiting=BigInteger, due=BigInteger, doing=BigInteger, failed=BigInteger, oldest=Moment)


def finished() -> TextualSelect:
    """(number, now): how many jobs were done since the statistics of the database were reset, some seconds late: those that
    are done go."""
    return text(
        "SELECT pg_stat_get_tuples_deleted('procrastinate_jobs'::regclass) AS number, clock_timestamp() AS now"
    ).columns(number=BigInteger, now=Moment)


def workers(lost: timedelta) -> TextualSelect:
    """(worker, seen_at, alive, job, task, queue, attempts, instance_id, since), a row a job that a worker is at, one with
    nulls for a worker that waits. lost: without a sign of life, after which it is none."""
    return (
        text(
            """SELECT worker.id AS worker, last_heartbeat AS seen_at, last_heartbeat > now() - :lost AS alive, job.id AS job,
        task_name AS task, queue_name AS queue, attempts, args->>'instance_id' AS instance_id,
        (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'started') AS since
    FROM procrastinate_workers AS worker
    LEFT JOIN procrastinate_jobs AS job ON worker_id = worker.id AND status = 'doing'
    ORDER BY worker.id, job.id LIMIT 200"""
        )
        .bindparams(lost=lost)
        .columns(
            worker=BigInteger,
            seen_at=Moment,
            alive=Boolean,
            job=BigInteger,
            task=Text,
            queue=Text,
            attempts=Integer,
            instance_id=Text,
            since=Moment,
        )
    )


def failed(limit: int) -> TextualSelect:
    """(job, task, queue, attempts, instance_id, at) of the jobs of the queue that were given up, the newest first."""
    return (
        text(
            """SELECT id AS job, task_name AS task, queue_name AS queue, attempts, args->>'instance_id' AS instance_id,
        (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'failed') AS at
    FROM procrastinate_jobs AS job WHERE status = 'failed' ORDER BY id DESC LIMIT :most"""
        )
        .bindparams(most=limit)
        .columns(job=BigInteger, task=Text, queue=Text, attempts=Integer, instance_id=Text, at=Moment)
    )


def again(job: int) -> TextualSelect:
    """Has a failed job of the queue done again, now; a row, if there was such a one."""
    return (
        text(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = now() "
            "WHERE id = :job AND status = 'failed' RETURNING id"
        )
        .bindparams(job=job)
        .columns(id=BigInteger)
    )
