"""Each request with an id, a line in the log and a place in the metrics."""

import logging
import re
from collections.abc import Iterable
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

from app import log
from app.http import metrics

written = logging.getLogger("app.http.requests")
HEADER = "X-Request-ID"
ROUTE = "reglament.route"
QUIET = frozenset({"/live", "/ready", "/health", "/metrics", "/static/<path:name>"})
"""Asked by programs every few seconds: a line only when it goes wrong."""
OF_INSTANCES = ("instance_id", "process_instance_id", "case_id")
_SANE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9._:-]{8,64}")
"""An id of theirs is kept: but no number alone, which might be a person's."""


def request_id(given: str) -> str:
    """The client's, if it is one, else a new one."""
    return given if _SANE.fullmatch(given) else uuid4().hex


def watch(app: Flask) -> None:
    """Watch every request of an application. To be called last, so that all else lies inside."""
    app.before_request(_note_route)
    app.wsgi_app = Watched(app.wsgi_app)  # type: ignore[method-assign]


def _note_route() -> None:
    route = None if request.url_rule is None else request.url_rule.rule
    request.environ[ROUTE] = route
    of = request.view_args or {}
    log.note(route=route, task=_id(of.get("task_id")))
    for name in OF_INSTANCES:
        log.note(instance=_id(of.get(name)))


def _id(given: Any) -> str | None:
    """As an id is written; what is none is not repeated."""
    try:
        return None if given is None else str(given if isinstance(given, UUID) else UUID(str(given)))
    except ValueError:
        return None


class Watched:
    """An application whose requests are watched. One that waits or stays open leaves by an exception, and is not counted."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began, method = perf_counter(), str(environ["REQUEST_METHOD"])
        own, status = request_id(environ.get("HTTP_X_REQUEST_ID", "")), 500

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, (HEADER, own)], *more)

        with log.scope(request=own, method=method if method in metrics.METHODS else metrics.OTHER):
            answer = self._app(environ, start)
            seconds, route = perf_counter() - began, environ.get(ROUTE)
            metrics.answered(method, route, status, seconds)
            if route not in QUIET or status >= 500:
                log.note(status=str(status), milliseconds=f"{seconds * 1000:.1f}")
                written.log(logging.INFO if status < 500 else logging.ERROR, "answered")
        return answer
