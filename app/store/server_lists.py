"""The database server as administrators see it: what it is, how large, who is connected, and what takes it long."""

from datetime import timedelta

from sqlalchemy import BigInteger, Boolean, Float, Integer, Text, TextualSelect, text

from app.store.tables.base import Moment

LONG = timedelta(seconds=1)
"""After which a statement that still runs is slow."""


def facts() -> TextualSelect:
    """(version, since, size, most_connections, migration, counted): one row. size: bytes; migration: the last one that was
    applied; counted: whether pg_stat_statements can be asked."""
    return text(
        """SELECT current_setting('server_version') AS version, pg_postmaster_start_time() AS since,
        pg_database_size(current_database()) AS size, current_setting('max_connections')::int AS most_connections,
        (SELECT max(version_num) FROM alembic_version) AS migration,
        current_setting('pg_stat_statements.max', true) IS NOT NULL
            AND EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements') AS counted"""
    ).columns(version=Text, since=Moment, size=BigInteger, most_connections=Integer, migration=Text, counted=Boolean)


def tables(limit: int) -> TextualSelect:
    """(name, bytes, of_indexes, rows), the largest first. bytes: with indexes and what is stored apart; rows: as the server
    estimates them, -1 where it does not know."""
    return (
        text(
            """SELECT relname AS name, pg_total_relation_size(oid) AS bytes, pg_indexes_size(oid) AS of_indexes,
        reltuples::bigint AS rows
    FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace
    ORDER BY pg_total_relation_size(oid) DESC, relname LIMIT :most"""
        )
        .bindparams(most=limit)
        .columns(name=Text, bytes=BigInteger, of_indexes=BigInteger, rows=BigInteger)
    )


def connections() -> TextualSelect:
    """(name, number, active, idle_in_transaction, since, longest) by what the programs call themselves. since: of the oldest;
    longest: since when the oldest transaction is open."""
    return text(
        """SELECT coalesce(application_name, '') AS name, count(*) AS number,
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS idle_in_transaction,
        min(backend_start) AS since, min(xact_start) AS longest
    FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
    GROUP BY coalesce(application_name, '') ORDER BY 1 LIMIT 100"""
    ).columns(
        name=Text, number=BigInteger, active=BigInteger, idle_in_transaction=BigInteger, since=Moment, longest=Moment
    )


def slowest(limit: int) -> TextualSelect:
    """(statement, calls, mean, total): of pg_stat_statements, which keeps no values; by the time that they took in all.
    mean, total: milliseconds."""
    return (
        text(
            """SELECT query AS statement, calls, mean_exec_time AS mean, total_exec_time AS total
    FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY total_exec_time DESC LIMIT :most"""
        )
        .bindparams(most=limit)
        .columns(statement=Text, calls=BigInteger, mean=Float, total=Float)
    )


def running_long(limit: int) -> TextualSelect:
    """(statement, name, since, waits_for): what runs for longer than LONG now, the longest first."""
    return (
        text(
            """SELECT query AS statement, application_name AS name, query_start AS since, wait_event_type AS waits_for
    FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active'
        AND query_start < clock_timestamp() - :long AND pid <> pg_backend_pid() ORDER BY query_start LIMIT :most"""
        )
        .bindparams(long=LONG, most=limit)
        .columns(statement=Text, name=Text, since=Moment, waits_for=Text)
    )


def measures(lost: timedelta) -> TextualSelect:
    """(workers, size, connections): those of the queue that are alive, bytes, and clients of the database."""
    return (
        text(
            """SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - :lost) AS workers,
        pg_database_size(current_database()) AS size, (SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend') AS connections"""
        )
        .bindparams(lost=lost)
        .columns(workers=BigInteger, size=BigInteger, connections=BigInteger)
    )
