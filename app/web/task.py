"""One task: its form, its deadline, what may be done with it."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.actions.cases.diagrams import diagram
from app.actions.cases.story import story
from app.actions.documents.receipts import numbered
from app.actions.lists import bulk
from app.actions.running.intake import take_next
from app.actions.tasks import completion, drafts, tasks
from app.actions.tasks.task_fates import Fate, fate
from app.actions.tasks.task_page import extension_in_words, task_page
from app.domain.acts.clauses import cited
from app.domain.in_words.sentences import quoted
from app.domain.models.values import Variable, infer
from app.errors import AppError, Conflict, Forbidden, NotFound
from app.http.bodies import json_object
from app.http.transaction import unit
from app.store.tables import Instance, Task
from app.web.documents import shelf
from app.web.done import said_next
from app.web.errors import SEEN
from app.web.pages import language, moment, page, say
from app.web.words.form_viewer import FORM_VIEWER

blueprint = Blueprint("task", __name__, url_prefix="/tasks/<uuid:task_id>")
AGAIN = "Reglament-Again"
"""The header of a completion that is sent once more because no answer to it has come."""
WITH_FORM = ("assign", "delegate", "hold", "pause", "resume", "extend")
"""Acts that ask for something, each in a form of its own."""


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
        return _gone(fate(u.session, u.actor, task_id), refused)
    shown = task_page(u.session, u.actor, task, language(), u.now)
    answer = page(
        "task.html",
        _status(refused),
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
        told_inside=act in WITH_FORM and act in shown.acts,
        with_form=WITH_FORM,
        cited=cited,
        extension_in_words=extension_in_words,
        shelf=shelf(u.session, u.actor, shown.root, task),
        diagram_at=url_for("web.task.drawn", task_id=task_id),
        viewer_words={english: text.get(language()) for english, text in FORM_VIEWER.items()},
    )
    answer.headers["Cache-Control"] = "no-store"  # the way back to it asks anew: it may be done by then
    return answer


def named(session: Session, task: Task) -> dict[str, str]:
    """What an open task is called where it is said what was done with it: its title and its step."""
    [one] = bulk.described(session, [task])
    return {"title": one.title, "step": quoted(one.step.get(language()) if one.step else "", language())}


def _gone(found: Fate, refused: AppError | None) -> Response:
    """What has become of the task, with what was written to be done with it."""
    written = request.form.get("message") or request.form.get("reason")
    answer = page("task_gone.html", _status(refused), fate=found, told=_told(found), written=written)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _status(refused: AppError | None) -> int:
    if isinstance(refused, NotFound):
        return 409
    return 200 if refused is None else next(SEEN[cls][0] for cls in type(refused).__mro__ if cls in SEEN)


def _told(found: Fate) -> str:
    zone = found.zone
    at = "" if found.at is None else moment(found.at, zone)
    key = "fate-completed-own" if found.kind == "completed" and found.own else f"fate-{found.kind}"
    return say(key, who=found.who or "", moment=at)


@blueprint.get("/news")
def news(task_id: UUID) -> Response:
    """What others have done since the page was opened: parts of it, and a word if the task is not as it was.

    with: who had it then, by id.
    """
    u = unit()
    found = fate(u.session, u.actor, task_id)
    task, root = u.session.get_one(Task, task_id), u.session.get_one(Instance, found.case_id)
    same = found.open and (task.assignee or "") == request.args.get("with", "")
    return page(
        "_task_news.html",
        fate=found,
        told=None if same else _told(found),
        task=task,
        story=story(u.session, u.actor, root, language()),
        zone=found.zone,
        shelf=shelf(u.session, u.actor, root, task),
    )


@blueprint.get("/diagram")
def drawn(task_id: UUID) -> Answer:
    """The diagram of the process that the task is in, as JSON."""
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_id)
    return jsonify(diagram(u.session, u.session.get_one(Instance, task.instance_id), language()).to_dict())


@blueprint.put("/draft")
def draft(task_id: UUID) -> Answer:
    """Keep what has been entered so far: JSON by field; answers at which moment."""
    u = unit()
    try:
        at = drafts.keep(u.session, u.actor, task_id, json_object(request.get_data()), u.now)
    except (NotFound, Conflict, Forbidden) as refused:
        return _too_late(task_id, refused)
    return jsonify(at=at)


@blueprint.post("/complete")
def complete(task_id: UUID) -> Answer:
    """Complete the task with the data of its form: JSON by field; answers where to go next, a receipt that got its number."""
    u = unit()
    variables = {name: Variable(value, infer(value)) for name, value in json_object(request.get_data()).items()}
    try:
        names = named(u.session, tasks.task_for(u.session, u.actor, task_id))
        was_numbered = numbered(u.session, task_id)
        case = completion.submit_form(u.session, u.actor, task_id, variables, u.now)
    except (NotFound, Conflict, Forbidden) as refused:
        return _too_late(task_id, refused)
    if not was_numbered and numbered(u.session, task_id):
        return jsonify(next=url_for("web.cases.receipted", case_id=case.root_id, registered=""))
    if onward := take_next(u.session, u.actor, u.session.get_one(Instance, case.root_id), u.now):
        return said_next(jsonify(next=url_for("web.task.shown", task_id=onward)), "complete", **names)
    return said_next(jsonify(next=url_for("web.tasks.listed")), "complete", **names)


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
