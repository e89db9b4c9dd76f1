"""What is done with a task beside filling it in. What is refused is told beside its form, with what was entered."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions import cases, delegation, holding, tasks
from app.actions.candidates import candidates
from app.actions.case_moves import REASON_LIMIT
from app.domain import holding_refusals as words
from app.domain import refusals
from app.errors import AppError, Conflict, Forbidden, Invalid
from app.http.transaction import unit
from app.web.pages import page
from app.web.task import task_shown

blueprint = Blueprint("task_acts", __name__, url_prefix="/tasks/<uuid:task_id>")
Act = Callable[[UUID], Any]


def act(name: str) -> Callable[[Act], Callable[[UUID], Answer]]:
    """A view that does one thing with a task, then shows it as it is now, or the list where it is no more for the person."""

    def made(do: Act) -> Callable[[UUID], Answer]:
        @wraps(do)
        def view(task_id: UUID) -> Answer:
            try:
                do(task_id)
            except (Conflict, Forbidden, Invalid) as refused:
                return _refused(task_id, name, refused)
            u = unit()
            task = tasks.task_for(u.session, u.actor, task_id)
            stays = u.actor.administrator or task.assignee is not None and tasks.works(u.actor, task)
            if stays or name in ("comment", "pause", "resume", "extend"):
                return redirect(
                    url_for("web.task.shown", task_id=task_id, _anchor="history" if name == "comment" else None), 303
                )
            return redirect(url_for("web.tasks.listed"), 303)

        return view

    return made


def _refused(task_id: UUID, name: str, refused: AppError) -> Answer:
    unit().session.rollback()
    return task_shown(task_id, act=name, refused=refused)


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


@blueprint.post("/claim")
@act("claim")
def claim(task_id: UUID) -> None:
    """Take the task."""
    u = unit()
    tasks.claim(u.session, u.actor, task_id, None, u.now)


@blueprint.post("/release")
@act("release")
def release(task_id: UUID) -> None:
    """Give it back to its group."""
    u = unit()
    tasks.unclaim(u.session, u.actor, task_id, u.now)


@blueprint.post("/assign")
@act("assign")
def assign(task_id: UUID) -> None:
    """Give it to another for good."""
    u = unit()
    tasks.assign(u.session, u.actor, task_id, _person(), u.now)


@blueprint.post("/delegate")
@act("delegate")
def delegate(task_id: UUID) -> None:
    """Give it to another who gives it back."""
    u = unit()
    tasks.delegate(u.session, u.actor, task_id, _person(), u.now)


@blueprint.post("/resolve")
@act("resolve")
def resolve(task_id: UUID) -> None:
    """Give a delegated task back to its owner."""
    u = unit()
    tasks.resolve(u.session, u.actor, task_id, {}, u.now)


@blueprint.post("/take-back")
@act("take-back")
def take_back(task_id: UUID) -> None:
    """Take back what one has delegated."""
    u = unit()
    delegation.take_back(u.session, u.actor, task_id, u.now)


@blueprint.post("/hold")
@act("hold")
def hold(task_id: UUID) -> None:
    """Put it aside until a day."""
    u = unit()
    try:
        until = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise refusals.of(Invalid, words.DAY_NOT_AHEAD) from None
    holding.hold(u.session, u.actor, task_id, until, request.form.get("reason", ""), u.now)


@blueprint.post("/unhold")
@act("unhold")
def unhold(task_id: UUID) -> None:
    """Take it up again."""
    u = unit()
    holding.unhold(u.session, u.actor, task_id, u.now)


@blueprint.post("/pause")
@act("pause")
def pause(task_id: UUID) -> None:
    """Let the clock of the case stand still."""
    u = unit()
    cases.pause(u.session, u.actor, _case(task_id), _reason(), request.form.get("clause", ""), u.now)


@blueprint.post("/resume")
@act("resume")
def resume(task_id: UUID) -> None:
    """Let it go on."""
    u = unit()
    cases.resume(u.session, u.actor, _case(task_id), _reason(), u.now)


@blueprint.post("/extend")
@act("extend")
def extend(task_id: UUID) -> None:
    """Extend the term of the case."""
    u = unit()
    unit_of_time, _, clause = request.form.get("allowance", "").partition("|")
    amount = request.form.get("amount", 0, int)
    cases.extend(u.session, u.actor, _case(task_id), amount, unit_of_time, _reason(), clause, u.now)


@blueprint.post("/comment")
@act("comment")
def comment(task_id: UUID) -> None:
    """Write a comment."""
    u, message = unit(), request.form.get("message", "")
    if not message.strip() or len(message) > tasks.TEXT_LIMIT:
        raise refusals.of(Invalid, words.COMMENT_MISSING, limit=tasks.TEXT_LIMIT)
    tasks.add_comment(u.session, u.actor, task_id, message.strip(), u.now)


def _case(task_id: UUID) -> UUID:
    u = unit()
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
