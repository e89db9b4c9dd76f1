"""Requests as Prometheus counts them. The processes of one web server count together, in the folder of
PROMETHEUS_MULTIPROC_DIR, which must be set before this is imported.

Labels are rules of routes, methods and statuses: nothing of a person or a case, and no more values than there are routes.
"""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_OWN = CollectorRegistry()
REQUESTS = Counter(
    "reglament_http_requests", "Requests answered", ("method", "route", "status"), registry=_OWN
)  # its name ends in _total
DURATIONS = Histogram(
    "reglament_http_request_duration_seconds",
    "From the whole request to the answer",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)
MEMORY = Gauge(
    "reglament_web_resident_memory_bytes",
    "Memory of the web processes, as each last had it",
    multiprocess_mode="livesum",
    registry=_OWN,
)
_PAGE, _STATM = os.sysconf("SC_PAGE_SIZE"), Path("/proc/self/statm")


def answered(method: str, route: str | None, status: int, seconds: float) -> None:
    """route: the rule, None: none fits the address."""
    method, rule = method if method in METHODS else OTHER, route or OTHER
    REQUESTS.labels(method, rule, str(status)).inc()
    DURATIONS.labels(method, rule).observe(seconds)
    if _STATM.exists():
        MEMORY.set(int(_STATM.read_text().split()[1]) * _PAGE)


def registry(*others: Collector) -> CollectorRegistry:
    """Of all processes of the web server, with others that are asked now."""
    found = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]
    else:
        found.register(_OWN)
    for one in others:
        found.register(one)
    return found
