"""Settings of gunicorn that the service needs: `gunicorn --config python:app.server.settings 'app.wsgi:create_app()'`.

Read by its first process, before there are others.
"""

import os
import shutil
from tempfile import mkdtemp
from typing import Any

worker_class = "app.server.worker.Worker"
logger_class = "app.server.logger.Logger"
control_socket_disable = True
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_made: list[str] = []


def on_starting(_server: Any) -> None:
    """The processes count together in a folder of their own; an old one would be counted, too."""
    if not os.environ.get(FOLDER):
        os.environ[FOLDER] = mkdtemp(prefix="reglament-metrics-")
        _made.append(os.environ[FOLDER])


def child_exit(_server: Any, worker: Any) -> None:
    """What a process had last, as its memory, ends with it."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)
