"""The filters of the task list that a person keeps."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists import saved_filters
from app.actions.lists.list_queries import Wanted
from app.actions.lists.saved_filters import Group
from app.actions.models.naming import role_name
from app.http.transaction import unit
from app.web.done import said_next
from app.web.pages import page
from app.web.tasks import list_of

blueprint = Blueprint("saved_filters", __name__, url_prefix="/tasks/filters")


@blueprint.get("")
def listed() -> Response:
    """Those that the person has and those that are shared with him."""
    u = unit()
    found = saved_filters.kept(u.session, u.actor)
    return page(
        "saved_filters.html",
        role_name=role_name,
        filters=[(one, Wanted.of(one.asked)) for one in found],
        groups=u.actor.memberships,
        me=u.actor.user_id,
        list_of=list_of,
    )


@blueprint.post("")
def keep() -> Answer:
    """Keep what the list shows now under a name."""
    u, wanted = unit(), Wanted.of(request.args)
    shared = Group.read(request.form.get("shared", ""))
    saved_filters.keep(u.session, u.actor, request.form.get("name", ""), wanted, shared, u.now)
    return said_next(redirect(list_of(wanted), 303), "filter-keep", name=request.form.get("name", "").strip())


@blueprint.post("/<uuid:filter_id>/name")
def rename(filter_id: UUID) -> Answer:
    """Give it another name."""
    u, name = unit(), request.form.get("name", "")
    saved_filters.rename(u.session, u.actor, filter_id, name)
    return said_next(redirect(url_for(".listed"), 303), "filter-rename", name=name.strip())


@blueprint.post("/<uuid:filter_id>/delete")
def remove(filter_id: UUID) -> Answer:
    """Take it away."""
    u = unit()
    saved_filters.remove(u.session, u.actor, filter_id)
    return said_next(redirect(url_for(".listed"), 303), "filter-remove")
