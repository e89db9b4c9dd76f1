"""Who is asking: a bearer token, a name with its password, or the cookie of a signed-in browser."""

from datetime import UTC, datetime

from flask import current_app, request
from sqlalchemy.orm import Session

from app.actions.people import people
from app.config import Settings
from app.domain.people.access import Actor
from app.errors import Forbidden, Unauthenticated
from app.http.live import line

COOKIE = "reglament_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PASSWORD_LIMIT = 1_000
MODELER = "file://"
"""The origin of programs with a browser inside, such as Camunda Modeler. What a browser itself opens from a disk has the
origin `null`, and is a strange page like any other."""


def moment() -> datetime:
    """When somebody knocks, by the machine's clock: a clock that is stopped for tests lets nobody in and locks nobody out."""
    return datetime.now(UTC)


def authenticate(session: Session, now: datetime) -> Actor:
    """The person behind the request, with his rights at a moment of the service's clock.

    Raises Unauthenticated, TooManyAttempts; Forbidden as `refuse_foreign_page`.

    A browser adds its cookie, and a password that it was once told, to the requests of strange pages too: those that
    change something must be of our own or, with a password, of Camunda Modeler or an origin of the settings. A request that
    has waited is of the person who sent it, as long as his rights are the same.
    """
    waiting = line()
    if waiting is not None and waiting.poll is not None and waiting.poll.actor is not None:
        return waiting.poll.actor
    given = request.authorization
    if given is not None and given.type == "bearer" and given.token:
        return _by_secret(session, given.token, now)
    if given is None and not request.cookies.get(COOKIE):
        raise Unauthenticated("authentication is required")
    by_name = given is not None and given.type == "basic"
    if request.method not in SAFE and not (
        by_name and request.headers.get("Origin") in (MODELER, *_settings().cors_origins)
    ):
        refuse_foreign_page()
    if given is not None and by_name:
        return by_password(session, given.username or "", given.password or "", now)
    if secret := request.cookies.get(COOKIE):
        return _by_secret(session, secret, now)
    raise Unauthenticated("authentication is required")


def _by_secret(session: Session, secret: str, now: datetime) -> Actor:
    return people.by_secret(session, secret, moment(), _settings().idle, now, by_hand=_by_hand())


def _by_hand() -> bool:
    """Whether a person asks, and not an open page that keeps itself up to date."""
    of_page = "HX-Request" in request.headers or "text/event-stream" in request.headers.get("Accept", "")
    return request.method not in SAFE or not of_page


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def by_password(session: Session, user_id: str, password: str, now: datetime | None = None) -> Actor:
    """The person with this name and password. Raises Unauthenticated, TooManyAttempts."""
    if "\0" in user_id + password or len(user_id) > PASSWORD_LIMIT or len(password) > PASSWORD_LIMIT:
        raise Unauthenticated("user name or password is wrong")
    return people.by_password(session, user_id, password, request.remote_addr or "", moment(), now)


def refuse_foreign_page() -> None:
    """Raises Forbidden for what a browser sends from a page of another site."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.partition("://")[2] != request.host
    if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("the request comes from another site")
