"""`GET /health`: whether web, worker and database are ready."""

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.exc import DBAPIError

from app import queue
from app.api.replies import reply
from app.http.transaction import unit

blueprint = Blueprint("health", __name__, description="Whether the service is ready")


@blueprint.route("/health")
@blueprint.doc(
    security=[],
    responses={"200": {"description": "ready"}, "503": {"description": "the database or the worker is not ready"}},
)
def health() -> Response:
    """Whether web, worker and database are ready"""
    session = unit().session
    try:
        worker, database = queue.worker_alive(session), True
    except DBAPIError:
        session.rollback()
        worker = database = False
    ready = worker and database
    content = {"status": "ready" if ready else "not ready", "web": True, "worker": worker, "database": database}
    return reply(content, 200 if ready else 503)
