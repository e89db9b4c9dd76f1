"""One request, one person, one transaction."""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from app.actions import clock
from app.api.auth import authenticate
from app.config import Settings
from app.domain.access import Actor
from app.errors import TooManyAttempts, Unauthenticated

log = logging.getLogger(__name__)

PUBLIC = frozenset(
    {
        "static",
        "health.health",
        "identity.verify",
        "session.sign_in",
        "engine.version",
        "docs.asset",
        "home.index",
        "api-docs.openapi_json",
        "api-docs.openapi_swagger_ui",
    }
)
RETRIED = {"40001", "40P01"}  # serialization failure, deadlock: nothing was written, so the request is run again
TRIES = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What a view works with. `actor` of a public route is nobody."""

    session: Session
    actor: Actor
    now: datetime


NOBODY = Actor("", False, frozenset())


def unit() -> Unit:
    current: Unit = g.unit
    return current


def guard(app: Flask, settings: Settings, sessions: sessionmaker[Session]) -> None:
    """Put every view of the application into a transaction, authenticated unless it is public."""
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = guarded(view, endpoint not in PUBLIC, settings, sessions)


def guarded(
    view: Callable[..., Any], private: bool, settings: Settings, sessions: sessionmaker[Session]
) -> Callable[..., Any]:
    @functools.wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        request.get_data(cache=True)
        for attempt in range(1, TRIES + 1):
            try:
                return _once(view, private, settings, sessions, args, kwargs)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRIED or attempt == TRIES:
                    raise
                log.info("request retried after %s", error.orig)
        raise AssertionError("unreachable")

    return run


def _once(
    view: Callable[..., Any],
    private: bool,
    settings: Settings,
    sessions: sessionmaker[Session],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    with sessions() as session:
        now = clock.moment(session, test_clock=settings.test_clock)
        try:
            actor = authenticate(session) if private else NOBODY
            g.unit = Unit(session, actor, now)
            answer = view(*args, **kwargs)
        except (Unauthenticated, TooManyAttempts):
            session.commit()  # the failed attempt is counted
            raise
        session.commit()
    return answer
