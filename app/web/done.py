"""What a person has just done, said on the page that he lands on.

The word waits in a cookie of a minute between the answer to what was done and that page, which takes it away. It is no secret
and nothing depends on it: whoever changes his own cookie reads what he wrote, as text.
"""

import json
from contextlib import suppress
from typing import TypeVar
from urllib.parse import quote, unquote

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from app.web.words.done import DONE

A = TypeVar("A", bound=Answer)
COOKIE = "reglament_done"
SECONDS = 60
LONGEST = 200
"""Characters of a name in it."""


def said_next(answer: A, what: str, **names: str) -> A:
    """Let the next page say what was done: by its key among DONE, with the names that are in it."""
    kept = quote(json.dumps([what, {name: value[:LONGEST] for name, value in names.items()}]))
    answer.set_cookie(COOKIE, kept, max_age=SECONDS, httponly=True, samesite="Lax")
    return answer


def was_done(language: str) -> str:
    """What a whole page says of what was done just before; empty: nothing was."""
    if COOKIE not in request.cookies or "HX-Request" in request.headers:
        return ""
    with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError):
        what, names = json.loads(unquote(request.cookies[COOKIE]))
        return DONE[what].get(language).format(**{name: str(value)[:LONGEST] for name, value in names.items()})
    return ""


def forget(answer: Response) -> None:
    """Take away what was said."""
    if COOKIE in request.cookies and "HX-Request" not in request.headers:
        answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")
