"""What is done with a task beside filling it in. What is refused is told beside its form, with what was entered."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists.worklist import names_of
from app.actions.tasks import delegation, holding, task_comments, tasks
from app.actions.tasks.candidates import candidates
from app.actions.terms import cases
from app.actions.terms.case_moves import REASON_LIMIT
from app.domain import refusals
from app.domain.refusals import holding_refusals as words
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.http.transaction import Unit, unit
from app.store.tables import Task
from app.web.done import said_next
from app.web.pages import page
from app.web.task import named, task_shown

blueprint = Blueprint("task_acts", __name__, url_prefix="/tasks/<uuid:task_id>")
STAY = frozenset({"comment", "pause", "resume", "extend"})
"""Acts after which the person goes on with the task, whosever it is."""
TO_SOMEBODY = frozenset({"assign", "delegate", "resolve"})


@blueprint.get("/people")
def people(task_id: UUID) -> Answer:
    """Those to whom the task may be given, as options of a list: all, or those whose name holds what was typed."""
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_id)
    typed = request.args.get("q", "").casefold().split()
    found = [
        one
        for one in candidates(u.session, task, u.now)
        if one.id != task.assignee and all(part in one.name.casefold() for part in typed)
    ]
    return page("_task_people_options.html", people=found, chosen="")


@blueprint.post("/<name>")
def act(task_id: UUID, name: str) -> Answer:
    """Do one thing with a task, then show it as it is now, or the list where it is no more for the person."""
    if name not in ACTS:
        raise NotFound(f"nothing called '{name}' is done with a task")
    u = unit()
    try:
        ACTS[name](u, task_id)
        u.session.flush()
    except (NotFound, Conflict, Forbidden, Invalid) as refused:
        u.session.rollback()
        return task_shown(task_id, act=name, refused=refused)
    task = u.session.get_one(Task, task_id)
    works = task.assignee is not None and tasks.works(u.actor, task)
    if works or (tasks.sees(u.actor, task) and (u.actor.administrator or name in STAY)):
        anchor = "history" if name == "comment" else None
        return _done(u, task, name, url_for("web.task.shown", task_id=task_id, _anchor=anchor))
    return _done(u, task, name, url_for("web.tasks.listed"))


def _done(u: Unit, task: Task, name: str, following: str) -> Answer:
    who = names_of(u.session, {task.assignee}).get(task.assignee, "") if name in TO_SOMEBODY and task.assignee else ""
    return said_next(redirect(following, 303), name, who=who, **named(u.session, task))


def _hold(u: Unit, task_id: UUID) -> None:
    try:
        until = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise refusals.of(Invalid, words.DAY_NOT_AHEAD) from None
    holding.hold(u.session, u.actor, task_id, until, request.form.get("reason", ""), u.now)


def _extend(u: Unit, task_id: UUID) -> None:
    unit_of_time, _, clause = request.form.get("allowance", "").partition("|")
    amount = request.form.get("amount", 0, int)
    cases.extend(u.session, u.actor, _case(u, task_id), amount, unit_of_time, _reason(), clause, u.now)


def _pause(u: Unit, task_id: UUID) -> None:
    cases.pause(u.session, u.actor, _case(u, task_id), _reason(), request.form.get("clause", ""), u.now)


def _comment(u: Unit, task_id: UUID) -> None:
    message = request.form.get("message", "").strip()
    if not message or len(message) > task_comments.TEXT_LIMIT:
        raise refusals.of(Invalid, words.COMMENT_MISSING, limit=task_comments.TEXT_LIMIT)
    task_comments.add_comment(u.session, u.actor, task_id, message, u.now)


def _case(u: Unit, task_id: UUID) -> UUID:
    return tasks.task_for(u.session, u.actor, task_id).instance_id


def _person() -> str:
    if not (person := request.form.get("person")):
        raise refusals.of(Invalid, words.PERSON_MISSING)
    return person


def _reason() -> str:
    reason = request.form.get("reason", "").strip()
    if not reason or len(reason) > REASON_LIMIT:
        raise refusals.of(Invalid, words.REASON_MISSING, limit=REASON_LIMIT)
    return reason


ACTS: Mapping[str, Callable[[Unit, UUID], object]] = {
    "claim": lambda u, task_id: tasks.claim(u.session, u.actor, task_id, None, u.now),
    "release": lambda u, task_id: tasks.unclaim(u.session, u.actor, task_id, u.now),
    "assign": lambda u, task_id: tasks.assign(u.session, u.actor, task_id, _person(), u.now),
    "delegate": lambda u, task_id: delegation.delegate(u.session, u.actor, task_id, _person(), u.now),
    "resolve": lambda u, task_id: delegation.resolve(u.session, u.actor, task_id, {}, u.now),
    "take-back": lambda u, task_id: delegation.take_back(u.session, u.actor, task_id, u.now),
    "hold": _hold,
    "unhold": lambda u, task_id: holding.unhold(u.session, u.actor, task_id, u.now),
    "pause": _pause,
    "resume": lambda u, task_id: cases.resume(u.session, u.actor, _case(u, task_id), _reason(), u.now),
    "extend": _extend,
    "comment": _comment,
}
