"""Who is asking: a bearer token, a name with its password, or the cookie of a signed-in browser."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import request
from sqlalchemy.orm import Session

from app.actions import people
from app.domain.access import Actor
from app.errors import Forbidden, Unauthenticated

COOKIE = "reglament_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PASSWORD_LIMIT = 1_000


def moment() -> datetime:
    """When somebody knocks, by the machine's clock: a clock that is stopped for tests lets nobody in and locks nobody out."""
    return datetime.now(UTC)


def authenticate(session: Session) -> Actor:
    """The person behind the request. Raises Unauthenticated, TooManyAttempts; Forbidden for a forged browser request."""
    given = request.authorization
    if given is not None and given.type == "bearer" and given.token:
        return people.by_secret(session, given.token, moment())
    if given is not None and given.type == "basic":
        return by_password(session, given.username or "", given.password or "")
    secret = request.cookies.get(COOKIE)
    if secret:
        _refuse_forged()
        return people.by_secret(session, secret, moment())
    raise Unauthenticated("authentication is required")


def by_password(session: Session, user_id: str, password: str) -> Actor:
    if "\0" in user_id + password or len(user_id) > PASSWORD_LIMIT or len(password) > PASSWORD_LIMIT:
        raise Unauthenticated("user name or password is wrong")
    return people.by_password(session, user_id, password, request.remote_addr or "", moment())


def _refuse_forged() -> None:
    """A browser adds its cookie to requests of strange pages too; those that change something must be our own."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    same_origin = urlsplit(origin).netloc == request.host if origin else None
    if same_origin is False or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("the request comes from another site")
