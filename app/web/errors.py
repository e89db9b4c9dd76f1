"""What a person is told when something went wrong: what happened, and what to do."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
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
    if "HX-Current-URL" in request.headers:
        onward = urlunsplit(("", "", *urlsplit(request.headers["HX-Current-URL"])[2:4], ""))
    door = f"{url_for('web.entrance.sign_in_page')}?next={quote(onward, safe='')}"
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": door})
    if _for_script():
        return _said(401, "error-session")
    return redirect(door)


def _for_script() -> bool:
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def _known(error: AppError) -> Response:
    status, key = next(SEEN[cls] for cls in type(error).__mro__ if cls in SEEN)
    return _said(status, key, error.words.get(language()), _fields(error))


def _fields(error: AppError) -> list[dict[str, str]]:
    """What is wrong with which field of a form, in the language of the person."""
    found = error.details.get("fields", ()) if isinstance(error.details, dict) else ()
    return [{"field": one["field"], "message": one["message"][language()]} for one in found]


def _said(status: int, key: str, said: str | None = None, fields: Sequence[dict[str, str]] = ()) -> Response:
    """As a page or, where a script of the page asked, as JSON. said: more of it, in the language of the person."""
    if _for_script():
        return make_response({"what": say(key), "do": say(f"{key}-do"), "said": said, "fields": fields}, status)
    return page("error.html", status, key=key, said=said)


def _http(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    status = error.code or 500
    known = {404: "error-not-found", 403: "error-forbidden", 413: "error-too-large"}
    return _said(status, known.get(status, "error-invalid"))


def lost(_: HTTPException) -> Response:
    """An address that leads nowhere: whose it is asked by is not known."""
    return page("lost.html", 404)


def beside(_: HTTPException) -> Answer:
    """To the page beside an address that only takes what is sent to it: somebody has opened that one anew."""
    path, pages = request.path, current_app.url_map.bind("")
    while path := path.rpartition("/")[0]:
        if pages.test(path, method="GET"):
            return redirect(path)
    return redirect(url_for("web.entrance.home"))


def _unknown(error: Exception) -> Response:
    log.exception("page failed", exc_info=error)
    return _said(500, "error-internal")
