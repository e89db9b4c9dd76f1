"""Every failure as an HTTP answer, once: `{type, message, code, ...}` of the REST dialect."""

import logging
from typing import Any

from flask import Flask, Response, g, request
from gunicorn.http.errors import ParseException
from psycopg import errors as database
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from app.api.replies import reply
from app.domain.in_words.problems import problem_in_words
from app.domain.refusals.file_refusals import NotScanned
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import (
    AppError,
    Conflict,
    Forbidden,
    Invalid,
    ModelRejected,
    NotFound,
    TooManyAttempts,
    Unauthenticated,
)

log = logging.getLogger(__name__)
INTERNAL = "an internal error happened; it has been logged"
SIGN_IN = "/api/session"
"""A page asks here for a password with a form of its own: the browser must not ask with another."""

STATUS: dict[type[AppError], tuple[int, str]] = {
    NotFound: (404, "InvalidRequestException"),
    Conflict: (409, "OptimisticLockingException"),
    Forbidden: (403, "AuthorizationException"),
    Unauthenticated: (401, "AuthenticationException"),
    TooManyAttempts: (429, "AuthenticationException"),
    ModelRejected: (400, "ParseException"),
    Invalid: (400, "InvalidRequestException"),
    NotScanned: (503, "RestException"),
    AppError: (500, "RestException"),
}


def register(app: Flask) -> None:
    """Answer every failure of the application."""
    app.register_error_handler(AppError, _known)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(ParseException, _unreadable)
    app.register_error_handler(Exception, _unknown)


def body(kind: str, message: str, details: Any = None) -> dict[str, Any]:
    """The dialect's error. kind: the Java class that its clients know it by."""
    content = {"type": kind, "message": message, "code": 0}
    return content if details is None else {**content, "details": details}


def _known(error: AppError) -> Response:
    status, kind = next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)
    if isinstance(error, ModelRejected):
        answer = reply(_parse_error(kind, error), status)
    else:
        more = _whose() if isinstance(error, Forbidden) else {}
        answer = reply({**body(kind, in_words(error), error.details), **more}, status)
    if error.words:
        answer.vary.add("Accept-Language")
    if status == 401 and request.path != SIGN_IN:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Reglament", charset="UTF-8"'
    if isinstance(error, TooManyAttempts) and isinstance(error.details, dict):
        answer.headers["Retry-After"] = str(error.details["retryAfter"])
    return answer


def _whose() -> dict[str, Any]:
    """What a refusal tells besides: who asked, and of the dialect's authorizations none, which are not kept one by one."""
    current = g.get("unit")
    return {"userId": None if current is None else current.actor.user_id, "missingAuthorizations": []}


def asked_language() -> str:
    """The language that the person has chosen, else the one that the client asks for, which it may have from its machine;
    English, which the dialect is written in, where it asks for none of ours."""
    current = g.get("unit")
    if current is not None and current.actor.profile.language in LANGUAGES:
        return str(current.actor.profile.language)
    return request.accept_languages.best_match(("en", *LANGUAGES), default="en")


def in_words(what: AppError | Text) -> str:
    """An error or a text in the language that the client asks for."""
    asked = asked_language()
    return what.get(asked) if isinstance(what, Text) else what.words.get(asked, what.message)


def _parse_error(kind: str, error: ModelRejected) -> dict[str, Any]:
    """The shape in which Camunda Modeler shows problems beside their elements; our findings stand beside it."""
    language = asked_language()
    found = error.details.get("findings", {}) if isinstance(error.details, dict) else {}
    details = {
        resource: {
            "errors": [_problem(entry, language) for entry in entries if entry["severity"] == "error"],
            "warnings": [_problem(entry, language) for entry in entries if entry["severity"] != "error"],
        }
        for resource, entries in found.items()
    }
    message = f"ENGINE-09005 Could not parse BPMN process. Errors: {in_words(error)}"
    return {**body(kind, message, details), "findings": found}


def _problem(entry: dict[str, Any], language: str) -> dict[str, Any]:
    element = entry["elementId"]
    return {
        "message": problem_in_words(entry["message"][language], entry["hint"][language]),
        "line": entry["line"],
        "column": entry["column"],
        "mainElementId": element,
        "elementIds": [element] if element else [],
    }


def http(error: HTTPException) -> Response:
    """What HTTP itself has words for."""
    response = getattr(error, "response", None)
    if response is not None:
        return response
    kind = "RestException" if (error.code or 500) >= 500 else "InvalidRequestException"
    answer = reply(body(kind, error.description or error.name), error.code or 500)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _unreadable(error: ParseException) -> Response:
    """A body in chunks that are none: the web server finds it when the body is read."""
    return reply(body("InvalidRequestException", f"the body cannot be read: {error}"), 400)


def _database(error: DBAPIError) -> Response:
    """What PostgreSQL refuses although it came through our checks."""
    if isinstance(error.orig, database.DataError):
        return reply(body("InvalidRequestException", "a value cannot be stored as it is"), 400)
    if isinstance(error.orig, database.IntegrityError):
        return reply(body("OptimisticLockingException", "the request conflicts with another one: try it again"), 409)
    if isinstance(error.orig, database.OperationalError):
        log.exception("database is not available")
        return reply(body("RestException", "the database is not available at the moment: try again"), 503)
    return _unknown(error)


def _unknown(error: Exception) -> Response:
    log.exception("request failed", exc_info=error)
    return reply(body("RestException", INTERNAL), 500)
