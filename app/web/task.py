"""One task: its form, its deadline, what may be done with it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions import drafts, tasks
from app.actions.diagrams import diagram
from app.actions.task_fates import Fate, fate
from app.actions.task_page import extension_in_words, task_page
from app.domain.values import Variable, infer
from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.http.transaction import unit
from app.store.tables import Instance
from app.web.documents import shelf
from app.web.pages import language, moment, page, say
from app.web.words.form_viewer import FORM_VIEWER

blueprint = Blueprint("task", __name__, url_prefix="/tasks/<uuid:task_id>")
AGAIN = "Reglament-Again"
"""The header of a completion that is sent once more because no answer to it has come."""


@blueprint.get("")
def shown(task_id: UUID) -> Response:
    """An open task; of one that is not any more, what has become of it."""
    return task_shown(task_id)


def task_shown(task_id: UUID, *, act: str = "", refused: AppError | None = None) -> Response:
    """The page of a task. act: the one that was refused, told beside its form with what was entered."""
    u = unit()
    try:
        task = tasks.task_for(u.session, u.actor, task_id)
    except NotFound:
        return _gone(fate(u.session, u.actor, task_id))
    shown = task_page(u.session, u.actor, task, language(), u.now)
    status = (
        200
        if refused is None
        else 403
        if isinstance(refused, Forbidden)
        else 409
        if isinstance(refused, Conflict)
        else 400
    )
    answer = page(
        "task.html",
        status,
        shown=shown,
        task=task,
        row=shown.row,
        form=shown.form,
        story=shown.story,
        zone=shown.zone,
        act=act,
        problem=None if refused is None else refused.words.get(language(), refused.message),
        given=request.form if refused is not None else {},
        me=u.actor.user_id,
        extension_in_words=extension_in_words,
        shelf=shelf(u.session, u.actor, shown.root, task),
        diagram_at=url_for("web.task.drawn", task_id=task_id),
        viewer_words={english: text.get(language()) for english, text in FORM_VIEWER.items()},
    )
    answer.headers["Cache-Control"] = "no-store"  # the way back to it asks anew: it may be done by then
    return answer


def _gone(found: Fate) -> Response:
    answer = page("task_gone.html", fate=found, told=_told(found))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(found: Fate) -> str:
    zone = found.zone
    at = "" if found.at is None else moment(found.at, zone)
    key = "fate-completed-own" if found.kind == "completed" and found.own else f"fate-{found.kind}"
    return say(key, who=found.who or "", moment=at)


@blueprint.get("/diagram")
def drawn(task_id: UUID) -> Answer:
    """The diagram of the process that the task is in, as JSON."""
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_id)
    return jsonify(diagram(u.session, u.session.get_one(Instance, task.instance_id)).to_dict())


@blueprint.put("/draft")
def draft(task_id: UUID) -> Answer:
    """Keep what has been entered so far: JSON by field; answers at which moment."""
    u = unit()
    try:
        at = drafts.keep(u.session, u.actor, task_id, _given(), u.now)
    except (NotFound, Conflict, Forbidden) as refused:
        return _too_late(task_id, refused)
    return jsonify(at=at)


def _given() -> dict[str, Any]:
    given = request.get_json()
    if not isinstance(given, dict):
        raise Invalid("an object of values by field is expected")
    return given


@blueprint.post("/complete")
def complete(task_id: UUID) -> Answer:
    """Complete the task with the data of its form: JSON by field; answers where to go next."""
    u = unit()
    variables = {name: Variable(value, infer(value)) for name, value in _given().items()}
    try:
        tasks.submit_form(u.session, u.actor, task_id, variables, u.now)
    except (NotFound, Conflict, Forbidden) as refused:
        return _too_late(task_id, refused)
    return jsonify(next=url_for("web.tasks.listed"))


def _too_late(task_id: UUID, refused: AppError) -> Answer:
    """What has become of the task that somebody still fills in, as JSON, and where to go on."""
    u = unit()
    u.session.rollback()
    found = fate(u.session, u.actor, task_id)
    if found.kind == "completed" and found.own and AGAIN in request.headers:
        return jsonify(next=url_for("web.tasks.listed"))
    if found.kind == "yours":
        raise refused
    links = [{"href": url_for("web.tasks.listed"), "text": say("fate-tasks")}]
    links.append({"href": url_for("web.cases.shown", case_id=found.case_id), "text": say("fate-case")})
    if found.open:
        links.insert(0, {"href": url_for("web.task.shown", task_id=task_id), "text": say("fate-open")})
    content = {"what": _told(found), "do": say("fate-kept"), "said": None, "fields": [], "links": links}
    return make_response(content, 403 if isinstance(refused, Forbidden) else 409)
