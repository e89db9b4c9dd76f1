"""`/engine-rest/batch`: there are none, for whatever is asked of many at once is done at once."""

from flask import Response
from flask_smorest import Blueprint

from app.api.openapi import COUNT, ROWS
from app.api.replies import reply

blueprint = Blueprint("batch", __name__, url_prefix="/engine-rest/batch", description="Batches: there are none")


@blueprint.get("")
@blueprint.doc(**ROWS)
def list_batches() -> Response:
    """No batch"""
    return reply([])


@blueprint.get("/count")
@blueprint.doc(**COUNT)
def count() -> Response:
    """None"""
    return reply({"count": 0})


@blueprint.get("/statistics")
@blueprint.doc(**ROWS)
def statistics() -> Response:
    """No batch"""
    return reply([])


@blueprint.get("/statistics/count")
@blueprint.doc(**COUNT)
def count_statistics() -> Response:
    """None"""
    return reply({"count": 0})
