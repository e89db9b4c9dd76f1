"""What administrators settle for an organisation: when it is told that a term ends, and where its events are told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import webhook
from app.domain.outgoing import SECRET_LENGTH
from app.domain.people.access import Actor
from app.errors import Forbidden, Invalid, NotFound
from app.store.tables import Organisation

PERCENT = range(1, 91)
URL_LIMIT = 2_000
SETTLED = ("reminderPercent", "webhookUrl", "webhookSecret")


def organisation(session: Session, actor: Actor, tenant: str) -> Organisation:
    """One of them, for administrators. Raises Forbidden, NotFound."""
    if not actor.administrator:
        raise Forbidden("only an administrator sees and changes how an organisation is set up")
    found = session.get(Organisation, tenant)
    if found is None:
        raise NotFound(f"there is no organisation {tenant}")
    return found


def settle(session: Session, actor: Actor, tenant: str, given: Mapping[str, Any]) -> Organisation:
    """Change what is given of SETTLED, the rest stays. Without an address there is no secret either.

    Raises Forbidden, NotFound, Invalid.
    """
    found = organisation(session, actor, tenant)
    if unknown := given.keys() - set(SETTLED):
        raise Invalid(f"nothing is known of {', '.join(sorted(unknown))}: there are {', '.join(SETTLED)}")
    if "reminderPercent" in given:
        found.reminder_percent = _percent(given["reminderPercent"])
    if "webhookUrl" in given:
        found.webhook_url = _url(given["webhookUrl"])
    if "webhookSecret" in given:
        found.webhook_secret = _secret(given["webhookSecret"])
    if found.webhook_url is None:
        if given.get("webhookSecret") is not None:
            raise Invalid("webhookSecret is of no use without webhookUrl")
        found.webhook_secret = None
    elif found.webhook_secret is None:
        raise Invalid("webhookUrl needs a webhookSecret: events are signed")
    session.flush()
    return found


def _percent(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given not in PERCENT:
        raise Invalid(f"reminderPercent must be a whole number from {PERCENT[0]} to {PERCENT[-1]}")
    return given


def _url(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or len(given) > URL_LIMIT:
        raise Invalid(f"webhookUrl must be a text of at most {URL_LIMIT} characters, or null")
    try:
        webhook.address(given)
    except ValueError as error:
        raise Invalid(f"webhookUrl cannot be used: {error}") from error
    return given


def _secret(given: object) -> str | None:
    least, most = SECRET_LENGTH
    if given is not None and (not isinstance(given, str) or not least <= len(given) <= most or "\0" in given):
        raise Invalid(f"webhookSecret must be a text of {least} to {most} characters")
    return given
