"""`GET /metrics`: what Prometheus asks for, in its text format 0.0.4."""

import hmac
from collections.abc import Iterator
from threading import Lock
from time import monotonic

from flask import Response, current_app, request
from flask_smorest import Blueprint
from prometheus_client import Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from app.actions.system.measures import Measures, measure
from app.config import Settings
from app.domain.outgoing import Channel, State
from app.domain.people.administrators import require_administrator
from app.http import metrics
from app.http.auth import authenticate
from app.http.transaction import Unit, unit
from app.queue import MOVES, OUTSIDE

blueprint = Blueprint("metrics", __name__, description="What Prometheus asks for")
KEPT = 10.0
"""Seconds for which what was counted in the database holds."""


class Kept:
    """What was counted last. Of one process; who asks while another counts waits for what he finds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: Measures | None = None
        self._at = 0.0

    def of(self, u: Unit) -> Measures | None:
        """None: the database does not answer."""
        with self._lock:
            if self._found is None or monotonic() - self._at > KEPT:
                try:
                    self._found = measure(u.session, u.now)
                except DBAPIError:
                    u.session.rollback()
                    return None
                self._at = monotonic()
            return self._found

    def forget(self) -> None:
        self._found = None


kept = Kept()


@blueprint.route("/metrics")
@blueprint.doc(
    responses={
        "200": {"description": "text", "content": {"text/plain": {"schema": {"type": "string"}}}},
        "401": {"description": "neither the token of REGLAMENT_METRICS_TOKEN nor an administrator"},
    }
)
def shown() -> Response:
    """Requests, queue, cases and database in numbers, for the token of the settings as Bearer, or an administrator"""
    _require_reader()
    counted = Installation(kept.of(unit()))
    return Response(generate_latest(metrics.registry(counted)), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _require_reader() -> None:
    """Raises Unauthenticated, Forbidden."""
    settings: Settings = current_app.extensions["settings"]
    given, token = request.authorization, settings.metrics_token
    bearer = (given.token or "") if given is not None and given.type == "bearer" else ""
    if token and hmac.compare_digest(bearer.encode(), token.encode()):
        return
    u = unit()
    require_administrator(authenticate(u.session, u.now))


class Installation(Collector):
    """What was counted in the database as metrics."""

    def __init__(self, found: Measures | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        found = self._found
        yield GaugeMetricFamily("reglament_database_up", "Whether the database answers", int(found is not None))
        if found is None:
            return
        for name, what, number in (
            ("workers", "Workers that have given a sign of life", found.workers),
            ("instances_open", "Process instances that run, called ones among them", found.open),
            ("tasks_overdue", "Open tasks whose term is over", found.overdue),
            ("incidents_open", "Open incidents", found.incidents),
            ("batches_open", "Batches that are not done", found.batches),
            ("database_size_bytes", "Size of the database", found.size),
            ("database_connections", "Connections to the database", found.connections),
        ):
            yield GaugeMetricFamily(f"reglament_{name}", what, number)
        yield CounterMetricFamily("reglament_jobs_done", "Jobs of the queue that were done", found.done)
        jobs = GaugeMetricFamily("reglament_jobs", "Jobs in the queue by state", labels=("queue", "state"))
        due = GaugeMetricFamily("reglament_queue_due", "Jobs that could be done now", labels=("queue",))
        lag = GaugeMetricFamily("reglament_queue_lag_seconds", "How long the first has waited", labels=("queue",))
        for queue in {MOVES, OUTSIDE} - {one.queue for one in found.queues}:
            due.add_metric((queue,), 0)
            lag.add_metric((queue,), 0)
            jobs.add_metric((queue, "failed"), 0)
        for one in found.queues:
            for state, number in (("todo", one.waiting), ("doing", one.doing), ("failed", one.failed)):
                jobs.add_metric((one.queue, state), number)
            due.add_metric((one.queue,), one.due)
            lag.add_metric((one.queue,), max((found.at - one.oldest).total_seconds(), 0) if one.oldest else 0)
        letters = GaugeMetricFamily(
            "reglament_notifications", "Letters and events by state", labels=("channel", "state")
        )
        unsent = {
            (channel.value, state): 0 for channel in Channel for state in (State.WAITING.value, State.FAILED.value)
        }
        counted = {(channel, state): number for channel, state, number in found.notifications}
        for labels, number in (unsent | counted).items():
            letters.add_metric(labels, number)
        yield from (jobs, due, lag, letters)
