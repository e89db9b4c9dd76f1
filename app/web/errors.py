"""What a person is told when something went wrong: what happened, and what to do."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from app.web.pages import language, page, say

log = logging.getLogger(__name__)
SEEN: dict[type[AppError], tuple[int, str]] = {
    NotFound: (404, "error-not-found"),
    Conflict: (409, "error-conflict"),
    Forbidden: (403, "error-forbidden"),
    Invalid: (400, "error-invalid"),
    AppError: (500, "error-internal"),
}


def answer_for(blueprint: Blueprint) -> None:
    """Answer every failure of the views of a blueprint with a page."""
    blueprint.register_error_handler(Unauthenticated, _sign_in)
    blueprint.register_error_handler(AppError, _known)
    blueprint.register_error_handler(HTTPException, _http)
    blueprint.register_error_handler(Exception, _unknown)


def _sign_in(_: Unauthenticated) -> Answer:
    """To the door, and back to this page afterwards; what htmx asks for must not put the door into a page."""
    onward = request.full_path.rstrip("?") if request.method == "GET" else url_for("web.entrance.home")
    door = f"{url_for('web.entrance.sign_in_page')}?next={quote(onward, safe='')}"
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": door})
    if _for_script():
        return _said(401, "error-session", None)
    return redirect(door)


def _for_script() -> bool:
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def _known(error: AppError) -> Response:
    status, key = next(SEEN[cls] for cls in type(error).__mro__ if cls in SEEN)
    said = error.words.get(language())
    return _said(status, key, said or error.message, _fields(error), for_people=said is not None)


def _fields(error: AppError) -> list[dict[str, str]]:
    """What is wrong with which field of a form, in the language of the person."""
    found = error.details.get("fields", ()) if isinstance(error.details, dict) else ()
    return [{"field": one["field"], "message": one["message"][language()]} for one in found]


def _said(
    status: int, key: str, message: str | None, fields: Sequence[dict[str, str]] = (), *, for_people: bool = False
) -> Response:
    """As a page or, where a script of the page asked, as JSON. for_people: the message is in the person's language."""
    if _for_script():
        content: dict[str, Any] = {"what": say(key), "do": say(f"{key}-do"), "message": message, "fields": fields}
        content["said"] = message if for_people else None
        return make_response(content, status)
    return page("error.html", status, key=key, said=message)


def _http(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    status = error.code or 500
    known = {404: "error-not-found", 405: "error-not-found", 403: "error-forbidden"}
    return _said(status, known.get(status, "error-invalid"), None)


def lost(_: HTTPException) -> Response:
    """An address that leads nowhere: whose it is asked by is not known."""
    return page("lost.html", 404)


def _unknown(error: Exception) -> Response:
    log.exception("page failed", exc_info=error)
    return _said(500, "error-internal", None)
