"""`GET /live`, `/ready` and `/health`: whether this process answers, and whether all that it needs does."""

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import queue
from app.actions.system import versions
from app.api.replies import reply
from app.http.transaction import unit

blueprint = Blueprint("health", __name__, description="Whether the service is ready")
READY = {
    "200": {"description": "ready"},
    "503": {"description": "the database, its migrations or the worker are not ready"},
}


@blueprint.route("/live")
@blueprint.doc(security=[], responses={"200": {"description": "alive"}})
def live() -> Response:
    """Whether this process answers; nothing else is asked. Who gets no answer starts it again"""
    return reply({"status": "alive"})


@blueprint.route("/ready")
@blueprint.doc(security=[], responses=READY)
def ready() -> Response:
    """Whether web, database, its migrations and a worker are ready. Where they are not, a new start mends nothing"""
    return _state()


@blueprint.route("/health")
@blueprint.doc(security=[], responses=READY)
def health() -> Response:
    """The same as `/ready`"""
    return _state()


def _state() -> Response:
    session = unit().session
    try:
        worker = queue.worker_alive(session)
        applied = session.scalar(text("SELECT max(version_num) FROM alembic_version"))
        migrations, database = applied == versions.migration(), True
    except DBAPIError:
        session.rollback()
        worker = migrations = database = False
    ready = worker and migrations and database
    content = {
        "status": "ready" if ready else "not ready",
        "web": True,
        "worker": worker,
        "migrations": migrations,
        "database": database,
    }
    return reply(content, 200 if ready else 503)
