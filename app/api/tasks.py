"""What can be done with one open task: read, change, claim, hand on, comment, complete."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from app.actions.forms.form_data import FormReference, form_source
from app.actions.models.models import model_of
from app.actions.tasks import completion, delegation, task_comments, task_edits, task_variables, tasks
from app.api import filters
from app.api.comments import comment_out
from app.api.forms import form_out
from app.api.openapi import DONE, OBJECT, ROWS, asked, taken
from app.api.replies import (
    done,
    flag_in,
    identifier,
    json_text,
    needed_text_in,
    reply,
    text_in,
    variables_in,
    variables_out,
)
from app.api.task_list import DELEGATIONS, task_out
from app.domain.models.values import Variable, dump
from app.domain.people.access import Actor
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.tables import Definition, Instance

blueprint = Blueprint("task", __name__, url_prefix="/engine-rest/task", description="Operations on one task")
USER = {**DONE, **taken({"userId": "string"})}
LINK = {**DONE, **taken({"userId": "string", "groupId": "string", "type": "string"})}
DATA = {
    "responses": {"200": {"description": "The variables, when asked for"}, "204": {"description": "Done"}},
    **taken({"variables": "object", "withVariablesInReturn": "boolean"}),
}
PRIORITIES = range(-(2**31), 2**31)
TEXT_LIMIT = 4_000


def task_key(task_id: str) -> UUID:
    """Raises NotFound: what is not an id names no task."""
    return identifier(task_id, "Task")


@blueprint.route("/<task_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def get_task(task_id: str) -> Response:
    """An open task."""
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_key(task_id))
    return reply(task_out(task, model_of(u.session, task.definition_id)))


def _text(body: Mapping[str, Any], name: str) -> str | None:
    text = text_in(body, name)
    if text is not None and len(text) > TEXT_LIMIT:
        raise Invalid(f"{name} has at most {TEXT_LIMIT} characters, not {len(text)}")
    return text


def _moment(body: Mapping[str, Any], name: str) -> datetime | None:
    return None if body[name] is None else filters.moment(name, body[name])


def _priority(body: Mapping[str, Any], name: str) -> int:
    priority = body[name]
    if isinstance(priority, bool) or not isinstance(priority, int) or priority not in PRIORITIES:
        raise Invalid(f"{name} must be a whole number of 32 bits")
    return priority


def _delegation(body: Mapping[str, Any], name: str) -> str | None:
    state = text_in(body, name)
    if state is not None and state not in DELEGATIONS:
        raise Invalid(f"{name} must be one of {', '.join(DELEGATIONS)}, not '{state}'")
    return state


_CHANGED: Mapping[str, tuple[str, Callable[[Mapping[str, Any], str], Any]]] = {
    "name": ("name", _text),
    "description": ("description", _text),
    "assignee": ("assignee", _text),
    "owner": ("owner", _text),
    "delegationState": ("delegation", _delegation),
    "due": ("due_at", _moment),
    "followUp": ("follow_up_at", _moment),
    "priority": ("priority", _priority),
}


def _changes(body: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("parentTaskId", "caseInstanceId"):
        if body.get(name):
            raise Invalid(f"{name} is not supported")
    return {column: read(body, name) for name, (column, read) in _CHANGED.items() if name in body}


@blueprint.route("/<task_id>", methods=["PUT"])
@blueprint.doc(**DONE, **taken(dict.fromkeys(_CHANGED, "string") | {"priority": "integer"}))
def put_task(task_id: str) -> Response:
    """Change a task: what the body names, null for nothing. Its assignee or an administrator may."""
    return _acted(task_edits.update, task_id, _changes(json_body()))


def _acted(action: Callable[..., None], task_id: str, *given: Any) -> Response:
    """action: of session, actor, id of the task, what is `given`, and the present moment."""
    u = unit()
    action(u.session, u.actor, task_key(task_id), *given, u.now)
    return done()


@blueprint.route("/<task_id>/form", methods=["GET"])
@blueprint.doc(**OBJECT)
def form(task_id: str) -> Response:
    """Which form a task has."""
    u = unit()
    return form_out(tasks.user_task(u.session, tasks.task_for(u.session, u.actor, task_key(task_id))))


@blueprint.route("/<task_id>/deployed-form", methods=["GET"])
@blueprint.doc(**OBJECT)
def deployed_form(task_id: str) -> Response:
    """The source of the form, as it was deployed."""
    u = unit()
    task = tasks.task_for(u.session, u.actor, task_key(task_id))
    definition = u.session.get_one(Definition, task.definition_id)
    return json_text(form_source(u.session, FormReference.of_task(definition, tasks.user_task(u.session, task))))


@blueprint.route("/<task_id>/form-variables", methods=["GET"])
@blueprint.doc(parameters=[asked("variableNames")], **OBJECT)
def form_variables(task_id: str) -> Response:
    """The variables that a task sees, typed; of those that are named, if any are."""
    u = unit()
    found = task_variables.variables_of(u.session, u.actor, task_key(task_id), local=False)
    names = request.args.get("variableNames")
    chosen = found if names is None else {name: found[name] for name in names.split(",") if name in found}
    return reply({name: dump(variable) for name, variable in chosen.items()})


@blueprint.route("/<task_id>/claim", methods=["POST"])
@blueprint.doc(**USER)
def claim(task_id: str) -> Response:
    """Take a task."""
    return _acted(tasks.claim, task_id, text_in(json_body(), "userId"))


@blueprint.route("/<task_id>/unclaim", methods=["POST"])
@blueprint.doc(**DONE)
def unclaim(task_id: str) -> Response:
    """Give a task back to its group."""
    return _acted(tasks.unclaim, task_id)


@blueprint.route("/<task_id>/assignee", methods=["POST"])
@blueprint.doc(**USER)
def assignee(task_id: str) -> Response:
    """Give a task to a person, or (null) to nobody."""
    return _acted(tasks.assign, task_id, text_in(json_body(), "userId"))


@blueprint.route("/<task_id>/delegate", methods=["POST"])
@blueprint.doc(**USER)
def delegate(task_id: str) -> Response:
    """Hand a task to a person who gives it back with `resolve`."""
    return _acted(delegation.delegate, task_id, needed_text_in(json_body(), "userId"))


@blueprint.route("/<task_id>/resolve", methods=["POST"])
@blueprint.doc(**DONE, **taken({"variables": "object"}))
def resolve(task_id: str) -> Response:
    """Give a delegated task back to its owner."""
    return _acted(delegation.resolve, task_id, variables_in(json_body().get("variables")))


Completion = Callable[[Session, Actor, UUID, Mapping[str, Variable], datetime], Instance]


@blueprint.route("/<task_id>/complete", methods=["POST"])
@blueprint.doc(**DATA)
def complete(task_id: str) -> Response:
    """Complete a task."""
    return _completed(completion.complete, task_id)


@blueprint.route("/<task_id>/submit-form", methods=["POST"])
@blueprint.doc(**DATA)
def submit_form(task_id: str) -> Response:
    """Complete a task with the data of its form, checked against it."""
    return _completed(completion.submit_form, task_id)


def _completed(completion: Completion, task_id: str) -> Response:
    u, body = unit(), json_body()
    variables = variables_in(body.get("variables"))
    wanted = flag_in(body.get("withVariablesInReturn"), "withVariablesInReturn")
    instance = completion(u.session, u.actor, task_key(task_id), variables, u.now)
    return reply(variables_out(instance.variables, instance.types)) if wanted else done()


@blueprint.route("/<task_id>/comment", methods=["GET"])
@blueprint.doc(**ROWS)
def comments(task_id: str) -> Response:
    """The comments on a task, the newest first."""
    u = unit()
    return reply([comment_out(*found) for found in task_comments.comments_of(u.session, u.actor, task_key(task_id))])


@blueprint.route("/<task_id>/comment/<comment_id>", methods=["GET"])
@blueprint.doc(**OBJECT)
def comment(task_id: str, comment_id: str) -> Response:
    """One comment."""
    u, wanted = unit(), identifier(comment_id, "Task comment")
    return reply(comment_out(*task_comments.comment_of(u.session, u.actor, task_key(task_id), wanted)))


@blueprint.route("/<task_id>/comment/create", methods=["POST"])
@blueprint.doc(**OBJECT, **taken({"message": "string"}))
def create_comment(task_id: str) -> Response:
    """Write a comment."""
    u = unit()
    message = needed_text_in(json_body(), "message")
    made = task_comments.add_comment(u.session, u.actor, task_key(task_id), message, u.now)
    return reply(comment_out(made, u.session.get_one(Instance, made.instance_id).root_id))


@blueprint.route("/<task_id>/identity-links", methods=["GET"])
@blueprint.doc(parameters=[asked("type")], **ROWS)
def identity_links(task_id: str) -> Response:
    """Assignee, owner and candidates of a task."""
    u, kind = unit(), request.args.get("type")
    links = task_edits.links_of(u.session, u.actor, task_key(task_id))
    return reply(
        [
            {"userId": user, "groupId": group, "type": link}
            for user, group, link in links
            if kind is None or link == kind
        ]
    )


@blueprint.route("/<task_id>/identity-links", methods=["POST"])
@blueprint.doc(**LINK)
def add_identity_link(task_id: str) -> Response:
    """Make a user or a group assignee, owner or candidate."""
    return _acted(task_edits.add_link, task_id, *_link())


@blueprint.route("/<task_id>/identity-links/delete", methods=["POST"])
@blueprint.doc(**LINK)
def delete_identity_link(task_id: str) -> Response:
    """Take such a link away."""
    return _acted(task_edits.remove_link, task_id, *_link())


def _link() -> tuple[str | None, str | None, str]:
    body = json_body()
    return text_in(body, "userId"), text_in(body, "groupId"), needed_text_in(body, "type")
