"""`/engine-rest/batch`: what was asked of many at once and is done one after the other, for administrators."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.mending import batches
from app.api.listing import filters_of, from_query
from app.api.openapi import COUNT, DONE, OBJECT, ROWS, asked, taken
from app.api.replies import done, flag_in, identifier, needed_flag_in, reply
from app.domain.models.values import write_date
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store import batch_lists, listing
from app.store.listing import Listing
from app.store.tables import Batch

blueprint = Blueprint("batch", __name__, url_prefix="/engine-rest/batch", description="Batches")
ended = Blueprint(
    "past_batch", __name__, url_prefix="/engine-rest/history/batch", description="Batches, also those that have ended"
)
JOB_DEFINITIONS = ("seedJobDefinitionId", "monitorJobDefinitionId", "batchJobDefinitionId")


def past_out(batch: Batch) -> dict[str, Any]:
    """As history shows it. An item is a job of the dialect."""
    return {
        "id": str(batch.id),
        "type": batch.kind,
        "totalJobs": batch.total,
        "batchJobsPerSeed": batch.total,
        "invocationsPerBatchJob": 1,
        **dict.fromkeys(JOB_DEFINITIONS),
        "tenantId": None,
        "createUserId": batch.user_id,
        "startTime": write_date(batch.created_at),
        "executionStartTime": write_date(batch.begun_at),
        "endTime": write_date(batch.ended_at),
        "removalTime": None,
    }


def batch_out(batch: Batch) -> dict[str, Any]:
    """As it is shown while it runs."""
    row = past_out(batch) | {"jobsCreated": batch.total, "suspended": batch.suspended}
    return {name: value for name, value in row.items() if name not in ("endTime", "removalTime")}


def _statistics_out(batch: Batch) -> dict[str, Any]:
    return batch_out(batch) | {
        "remainingJobs": batch.total - batch.done,
        "completedJobs": batch.done,
        "failedJobs": batch.refused,
    }


def _add_list(at: Blueprint, path: str, of: Listing, out: Callable[[Batch], dict[str, Any]], what: str) -> None:
    """GET of `path` gives rows, of `path/count` their number; of those that have not ended, or (`ALL`) of all."""
    reading, name = filters_of(of), path.strip("/") or "list"

    def found() -> Any:
        query = batch_lists.batches(unit().actor.administrator)
        return query.where(Batch.ended_at.is_(None)) if of is batch_lists.OPEN else query

    def rows() -> Response:
        chosen = listing.page(found(), of, from_query(reading))
        return reply([out(row) for row in unit().session.scalars(chosen)])

    def total() -> Response:
        return reply({"count": listing.total(unit().session, found(), of, from_query(reading))})

    described = at.doc(summary=f"List {what}", parameters=reading.described(), **ROWS)(rows)
    at.add_url_rule(path, name, described, methods=["GET"])
    counted = at.doc(summary=f"Count {what}", parameters=reading.described(paged=False), **COUNT)(total)
    at.add_url_rule(f"{path}/count", f"{name}_count", counted, methods=["GET"])


_add_list(blueprint, "", batch_lists.OPEN, batch_out, "batches that have not ended")
_add_list(
    blueprint, "/statistics", batch_lists.OPEN, _statistics_out, "batches that have not ended, with how far they are"
)
_add_list(ended, "", batch_lists.ALL, past_out, "batches")


def _id(text: str) -> UUID:
    return identifier(text, "Batch")


@blueprint.route("/<batch_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get(batch_id: str) -> Response:
    """One batch."""
    u = unit()
    return reply(batch_out(batches.batch_for(u.session, u.actor, _id(batch_id))))


@blueprint.route("/<batch_id>", methods=["DELETE"])
@blueprint.doc(parameters=[asked("cascade", "boolean")], **DONE)
def delete(batch_id: str) -> Response:
    """Stop a batch; with `cascade` nothing is kept of it but the history of each instance."""
    u, cascade = unit(), flag_in(request.args.get("cascade"), "cascade")
    batch = batches.batch_for(u.session, u.actor, _id(batch_id))
    if batch.ended_at is None:
        batches.stop(u.session, u.actor, batch.id, u.now)
    if cascade:
        batches.remove(u.session, u.actor, batch.id)
    return done()


@blueprint.route("/<batch_id>/suspended", methods=["PUT"])
@blueprint.doc(**DONE, **taken({"suspended": "boolean"}))
def suspend(batch_id: str) -> Response:
    """Take nothing more of a batch for the time being, or go on."""
    u = unit()
    batches.suspend(u.session, u.actor, _id(batch_id), needed_flag_in(json_body(), "suspended"), u.now)
    return done()


@ended.route("/<batch_id>", methods=["GET"])
@ended.doc(**OBJECT)
def get_past(batch_id: str) -> Response:
    """One batch, also one that has ended."""
    u = unit()
    return reply(past_out(batches.batch_for(u.session, u.actor, _id(batch_id))))


@ended.route("/<batch_id>", methods=["DELETE"])
@ended.doc(**DONE)
def delete_past(batch_id: str) -> Response:
    """Forget a batch that has ended; what was done stays in the history of each instance."""
    u = unit()
    batches.remove(u.session, u.actor, _id(batch_id))
    return done()
