"""External tasks that are to be tried again, one after the other: the answer is the batch."""

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import select

from app.actions.mending import kinds
from app.actions.mending.batches import Chosen, named
from app.api import batch_asking
from app.api.external_tasks import NUMBERS, whole_in
from app.api.listing import from_object
from app.api.openapi import OBJECT, WHY, taken
from app.api.replies import identifier, text_in, texts_in
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store import listing
from app.store.external_tasks import EXTERNAL_TASKS, external_tasks
from app.store.tables import ExternalTask

blueprint = Blueprint(
    "external_task_batches", __name__, url_prefix="/engine-rest/external-task", description="Asked of many"
)
TAKEN = {"retries": "integer", "externalTaskIds": "array", "externalTaskQuery": "object", **batch_asking.NAMED, **WHY}


@blueprint.route("/retries-async", methods=["POST"])
@blueprint.doc(**OBJECT, **taken(TAKEN))
def set_retries() -> Response:
    """Let tasks be tried so often again: those that are named, of these instances, or that pass a query."""
    u, body = unit(), json_body()
    ids = [identifier(text, "External task") for text in texts_in(body, "externalTaskIds")]
    found = external_tasks(u.staffed).with_only_columns(ExternalTask.id.label("subject"), ExternalTask.instance_id)
    parts: list[Chosen | None] = [named(ids, ExternalTask) if ids else None]
    if any(body.get(name) for name in batch_asking.NAMED):
        of = batch_asking.chosen_instances(body).order_by(None).subquery()
        parts.append(found.where(ExternalTask.instance_id.in_(select(of.c.subject))))
    if (query := body.get("externalTaskQuery")) is not None:
        parts.append(listing.narrowed(found, EXTERNAL_TASKS, from_object(EXTERNAL_TASKS, query)))
    what = {"retries": whole_in(body, "retries", 0, NUMBERS)}
    chosen = batch_asking.in_one(parts, "externalTaskIds")
    return batch_asking.asked(kinds.TASK_RETRIES, what, chosen, text_in(body, "annotation"))
