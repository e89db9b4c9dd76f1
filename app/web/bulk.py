"""What is done to many tasks of the list at once. What needs more than the choice of tasks is asked for on a page of its own."""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from app.actions.lists import bulk
from app.actions.lists.alike import alike, require_matter
from app.actions.lists.bulk import Outcome
from app.actions.lists.list_queries import Wanted
from app.actions.tasks.colleagues import colleagues
from app.domain.models.values import Variable, infer
from app.errors import Conflict, Invalid
from app.http.bodies import json_object
from app.http.transaction import unit
from app.store.tables import Task
from app.web.pages import language, page
from app.web.tasks import list_of, list_page
from app.web.words.form_viewer import FORM_VIEWER

blueprint = Blueprint("bulk", __name__, url_prefix="/tasks/bulk")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@blueprint.get("/<any(claim, assign, comment, decide, cancel):what>")
def back(what: str) -> Answer:  # noqa: ARG001 - the address of what was done, opened anew
    """To the list from which it was done."""
    return redirect(list_of(Wanted.of(request.args)))


@blueprint.post("/cancel")
def cancel() -> Response:
    """Back to the list, with the choice as it was."""
    return list_page(Wanted.of(request.args), _first(), kept=_picked("later"))


def from_the_list(view: Callable[[], Response]) -> Callable[[], Response]:
    """Tell in the list, with the choice as it was, why nothing could be done with it."""

    @wraps(view)
    def run() -> Response:
        try:
            return view()
        except (Conflict, Invalid) as error:
            if not error.words:
                raise
            return list_page(Wanted.of(request.args), _first(), refused=error, kept=_picked("task", "later"))

    return run


@blueprint.post("/claim")
@from_the_list
def claim() -> Response:
    """Take them."""
    u = unit()
    return _result("claimed", bulk.claim(u.session, u.actor, _ids(), u.now))


@blueprint.post("/assign")
@from_the_list
def assign() -> Response:
    """Give them to a person who is chosen first."""
    u, ids = unit(), _ids()
    if person := request.form.get("person"):
        return _result("assigned", bulk.assign(u.session, u.actor, ids, person, u.now))
    found = _chosen(ids)
    return _asked("assign", found, people=colleagues(u.session, found))


@blueprint.post("/comment")
@from_the_list
def comment() -> Response:
    """Write the same comment on each."""
    u, ids = unit(), _ids()
    if "message" in request.form:
        return _result("commented", bulk.comment(u.session, u.actor, ids, request.form["message"], u.now))
    return _asked("comment", _chosen(ids))


@blueprint.post("/decide")
@from_the_list
def decide() -> Response:
    """Complete, or sign, all of them with one form."""
    u, ids = unit(), _ids()
    if "data" in request.form:
        variables = {name: Variable(value, infer(value)) for name, value in json_object(request.form["data"]).items()}
        require_matter(u.session, _open(ids), request.form.get("matter", ""))
        return _result("completed", bulk.complete(u.session, u.actor, ids, variables, u.now))
    found = _chosen(ids)
    form = alike(u.session, u.actor, found, language())
    words = {english: text.get(language()) for english, text in FORM_VIEWER.items()}
    template = "bulk_matters.html" if len(form.matters) > 1 else "bulk.html"
    return _asked("sign" if form.signing else "decide", found, template, form=form, viewer_words=words)


def _first() -> int:
    return max(request.args.get("from", 0, int), 0)


def _ids() -> list[UUID]:
    """Those that were chosen, or the one whose own button was pressed. Raises Invalid for none, too many, or no ids."""
    given = request.form.getlist("only") or request.form.getlist("task")
    bulk.require_some(given)
    if not all(ID.fullmatch(one) for one in given):
        raise Invalid("a task is named by something that is no id")
    return list(dict.fromkeys(map(UUID, given)))


def _picked(*names: str) -> set[UUID]:
    given = (one for name in names for one in request.form.getlist(name))
    return {UUID(one) for one in given if ID.fullmatch(one)}


def _open(ids: Sequence[UUID]) -> list[Task]:
    u = unit()
    return [task for task in bulk.chosen(u.session, u.actor, ids) if task.ended_at is None]


def _chosen(ids: Sequence[UUID]) -> list[Task]:
    """Those that are still open. Raises Invalid if none is."""
    found = _open(ids)
    bulk.require_some(found)
    return found


def _asked(what: str, found: list[Task], template: str = "bulk.html", **shown: Any) -> Response:
    """The page that asks for the rest. What is to stay chosen for later goes with it."""
    wanted = Wanted.of(request.args)
    return page(
        template,
        what=what,
        action="decide" if what == "sign" else what,
        chosen={one.id: one for one in bulk.described(unit().session, found)},
        later=_picked("later"),
        wanted=wanted,
        list_of=list_of,
        **shown,
    )


def _result(done: str, outcomes: list[Outcome]) -> Response:
    """The list as it is now, with what became of each; what failed stays chosen."""
    unit().session.flush()
    picked = _picked("task", "later") if "only" in request.form else _picked("later")
    kept = picked | {one.task.id for one in outcomes if not one.done}
    return list_page(Wanted.of(request.args), _first(), done=done, outcomes=outcomes, kept=kept)
