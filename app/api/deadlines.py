"""`/api/tasks/<id>/deadline`: when a task is due, and why then."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.tasks.tasks import sees
from app.actions.terms.explanations import explain
from app.api.openapi import OBJECT
from app.api.replies import identifier, reply
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.domain.terms.calendar import LANGUAGES
from app.domain.terms.reckoning import Reckoned
from app.errors import NotFound
from app.http.transaction import unit
from app.store.tables import Task

blueprint = Blueprint("deadlines", __name__, url_prefix="/api/tasks", description="Deadlines explained")
FACTS = (
    "rule", "amount", "base", "countedFrom", "counted", "skipped", "shifted", "result", "zone",
    "calendarVersion", "yearsWithoutHolidays", "ruleResult", "pauses", "extensions", "standsSince", "parts",
)  # fmt: skip


@blueprint.route("/<task_id>/deadline")
@blueprint.doc(**OBJECT)
def deadline(task_id: str) -> Response:
    """When a task is due, by which rule of which clause, and which days were counted"""
    u = unit()
    task = _task(u.session, u.actor, identifier(task_id, "task"))
    step = model_of(u.session, task.definition_id).node(task.element)
    facts = {"taskId": task_id, "due": write_date(task.due_at), "clause": step.properties.get("law.clause")}
    return reply({**facts, **_explained(explain(u.session, task))})


def _task(session: Session, actor: Actor, task_id: UUID) -> Task:
    """A task, open or ended, that the actor may see. Raises NotFound."""
    task = session.get(Task, task_id)
    if task is None or not sees(actor, task):
        raise NotFound(f"No matching task with id {task_id}")
    return task


def _explained(why: Reckoned | None) -> dict[str, Any]:
    if why is None:
        return {"termClause": None, **dict.fromkeys(FACTS), "explanation": None, "lines": None}
    facts = why.to_dict()
    return {
        "termClause": facts["clause"],
        **{name: facts[name] for name in FACTS},
        "explanation": {language: why.text(language) for language in LANGUAGES},
        "lines": {language: why.lines(language) for language in LANGUAGES},
    }
