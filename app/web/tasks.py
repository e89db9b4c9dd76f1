"""The task list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists import bulk, list_choices, saved_filters, task_lists, worklist
from app.actions.lists.bulk import Outcome
from app.actions.lists.list_queries import ORDERS, STATES, TERMS, VIEWS, Wanted, query_of
from app.actions.models.naming import role_name
from app.actions.terms.calendars import DEFAULT
from app.errors import AppError, Conflict, Forbidden, NotFound
from app.http.transaction import unit
from app.web.done import said_next
from app.web.pages import language, page, say

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")
PLACE = "reglament_list"
"""The cookie that holds the list that was looked at last, so that one comes back to it."""
LONGEST_PLACE = 3_000
"""Bytes of it; browsers keep no cookie of more than 4,096."""
PAGE = 50
FARTHEST = 10_000
REASONS: Mapping[type[AppError], str] = {
    NotFound: "error-not-found-do",
    Conflict: "error-conflict",
    Forbidden: "error-forbidden",
    AppError: "error-invalid",
}
COUNTED = 99
"""Further than this no list is counted."""


@blueprint.get("")
def listed() -> Answer:
    """A page of the list; without a word about which, the one that was looked at last."""
    if not request.args and (last := parse_qsl(request.cookies.get(PLACE, ""))):
        return redirect(f"{url_for('.listed')}?{urlencode(last)}")
    answer = list_page(Wanted.of(request.args), max(request.args.get("from", 0, int), 0))
    if "HX-Request" not in request.headers and len(request.query_string) <= LONGEST_PLACE:
        answer.set_cookie(PLACE, request.query_string.decode(), samesite="Lax", httponly=True)
    return answer


@blueprint.post("/next")
def claim_next() -> Answer:
    """Take the first task of the list that nobody has, and open it."""
    u, wanted = unit(), Wanted.of(request.args)
    query = query_of(wanted.unassigned, u.actor, u.now, DEFAULT.tz)
    found = task_lists.list_tasks(u.session, u.actor, query, [ORDERS[wanted.sort]], 0, PAGE)
    taken = bulk.claim_first(u.session, u.actor, [task.id for task in found], u.now)
    if taken is None:
        return list_page(wanted, said="next-none")
    return said_next(redirect(url_for("web.task.shown", task_id=taken), 303), "claim")


def list_page(
    wanted: Wanted,
    first: int = 0,
    *,
    said: str | None = None,
    refused: AppError | None = None,
    done: str | None = None,
    outcomes: Sequence[Outcome] = (),
    kept: Collection[UUID] = frozenset(),
) -> Response:
    """The list as it is wanted.

    said: the key of a word about what was just asked; refused: why it was not done. outcomes: of what was done to chosen
    tasks, under the key `done`; kept: the ids of those that stay chosen.
    """
    u, first = unit(), max(min(first, FARTHEST), 0)
    query = query_of(wanted, u.actor, u.now, DEFAULT.tz)
    found = task_lists.list_tasks(u.session, u.actor, query, [ORDERS[wanted.sort]], first, PAGE + 1)
    if first and not found:  # the last page has been worked off
        return list_page(wanted, said=said, refused=refused, done=done, outcomes=outcomes, kept=kept)
    filters = saved_filters.kept(u.session, u.actor)
    saved = [Wanted.of(one.asked) for one in filters]
    asked = [query_of(one, u.actor, u.now, DEFAULT.tz) for one in (*map(Wanted, VIEWS), *saved, wanted.unassigned)]
    *counts, free = task_lists.count_up_to(u.session, u.actor, asked, COUNTED + 1)
    return page(
        "tasks.html",
        wanted=wanted,
        first=first,
        rows=worklist.rows(u.session, found[:PAGE], u.now),
        previous=max(first - PAGE, 0) if first else None,
        following=first + PAGE if len(found) > PAGE and first < FARTHEST else None,
        views=list(zip(VIEWS, counts, strict=False)),
        saved=list(zip(filters, saved, counts[len(VIEWS) :], strict=True)),
        choices=list_choices.choices(u.session, u.actor, wanted.service),
        groups=sorted(u.actor.memberships),
        free=free,
        numbers=",".join(["#next", *(f"#count-{one}" for one in [*VIEWS, *(row.id for row in filters)])]),
        said=say(said) if said else refused and why(refused),
        done=done,
        outcomes=outcomes,
        kept=kept,
        me=u.actor.user_id,
        **KNOWN,
    )


def why(error: AppError | None) -> str:
    """Why something was not done, in the language of the person. None: nobody foresaw it."""
    if error is None:
        return say("error-internal")
    fields = error.details.get("fields", ()) if isinstance(error.details, Mapping) else ()
    said = [error.words[language()]] if error.words else [one["message"][language()] for one in fields]
    return " ".join(said) or say(next(key for kind, key in REASONS.items() if isinstance(error, kind)))


def list_of(wanted: Wanted, endpoint: str = "web.tasks.listed", **more: Any) -> str:
    """The address of a list, or of what is done from it."""
    return url_for(endpoint, **{"view": wanted.view, **wanted.to_dict(), **more})


KNOWN: Mapping[str, Any] = {
    "terms": TERMS,
    "states": STATES,
    "orders": ORDERS,
    "counted": COUNTED,
    "list_of": list_of,
    "but": replace,
    "role_name": role_name,
    "why": why,
}
"""What the list shows whatever is asked of it, and what its templates call."""
