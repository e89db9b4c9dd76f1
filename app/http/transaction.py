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

from app import log as tell
from app.actions.running import failures
from app.actions.terms import clock
from app.config import Settings
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.case_access import works_there
from app.engine import StepFailed
from app.errors import Conflict, NotFound, TooManyAttempts, Unauthenticated
from app.http.auth import authenticate

log = logging.getLogger(__name__)

PUBLIC = frozenset(
    {
        "health.health",
        "health.ready",
        "health.live",
        "metrics.shown",
        "identity.verify",
        "session.sign_in",
        "engine.version",
        "docs.asset",
        "web.entrance.sign_in_page",
        "web.entrance.sign_in",
        "web.entrance.choose_look",
        "web.entrance.static_file",
        "web.invitation.shown",
        "web.invitation.accept",
        "web.modeler.known",
        "api-docs.openapi_json",
        "api-docs.openapi_swagger_ui",
    }
)
RETRIED = {"40001", "40P01", "55P03"}
"""Serialization failure, deadlock, and a lock that others have held for too long (see `store.session`): nothing was
written, so the request is run again."""
TRIES = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What a view works with. The actor of a public route is NOBODY."""

    session: Session
    actor: Actor
    now: datetime

    @property
    def tenants(self) -> list[str] | None:
        """The organisations whose rows may be seen beside those common to all; None: every organisation."""
        return None if self.actor.administrator else sorted(self.actor.tenants)

    @property
    def staffed(self) -> list[str] | None:
        """Those of them whose cases may be seen: who only applies or designs there sees none of others."""
        tenants = self.tenants
        return None if tenants is None else [one for one in tenants if works_there(self.actor, one)]


NOBODY = Actor("", False, frozenset())


def unit() -> Unit:
    """That of the request at hand."""
    current: Unit = g.unit
    return current


def guard(app: Flask, settings: Settings, sessions: sessionmaker[Session]) -> None:
    """Put every view of the application into a transaction, authenticated unless it is public."""
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = guarded(view, endpoint not in PUBLIC, settings, sessions)


def guarded(
    view: Callable[..., Any], private: bool, settings: Settings, sessions: sessionmaker[Session]
) -> Callable[..., Any]:
    """The view in a transaction of its own, run again when others stood in its way."""

    @functools.wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        if "\0" in request.path:
            raise NotFound("no path holds a NUL character")
        request.get_data(cache=True)  # whole, so that it can be read again
        for attempt in range(1, TRIES + 1):
            try:
                return _once(view, private, settings, sessions, args, kwargs)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRIED:
                    raise
                if attempt == TRIES:
                    raise refusals.of(Conflict, refusals.HELD_BY_OTHERS) from error
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
            actor = authenticate(session, now) if private else NOBODY
            g.unit = Unit(session, actor, now)
            tell.note(person=actor.user_id)
            answer = view(*args, **kwargs)
        except (Unauthenticated, TooManyAttempts):
            session.commit()  # the failed attempt is counted
            raise
        except StepFailed as error:
            session.rollback()
            with sessions.begin() as own:
                failures.note(own, error, now)
            raise
        session.commit()
    return answer
