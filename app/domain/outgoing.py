"""Messages to the outside: of which events, over which channels, how often they are tried, and how they are signed."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.iso8601 import Duration
from app.domain.retries import Retries


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


class State(StrEnum):
    """Of a message. FAILED: the last try has failed, too; it lies there until somebody has it tried again. NEEDLESS: what it
    asks for was done before it could be sent."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NEEDLESS = "needless"


class Event(StrEnum):
    """Of what an organisation's own systems are told."""

    TASK_CREATED = "task.created"
    TASK_ASSIGNED = "task.assigned"
    TASK_COMPLETED = "task.completed"
    TASK_OVERDUE = "task.overdue"
    CASE_STARTED = "case.started"
    CASE_ENDED = "case.ended"


WAITS = tuple(Duration(0, timedelta(seconds=seconds)) for seconds in (10, 60, 300, 1_800, 7_200, 21_600))
TRIES = Retries(len(WAITS) + 1, WAITS)
"""Of a message: seven within nine hours."""
SECRET_LENGTH = (16, 255)
"""Characters of the key by which events are signed, at least and at most."""


def signature(secret: str, body: bytes, at: datetime) -> str:
    """`t=1766000000,v1=<hexadecimal>`: HMAC-SHA256 (RFC 2104) of the moment in seconds since 1970, a dot, and the body.

    at: when it is sent (aware), so that the receiver can refuse what somebody else sends again later.
    """
    moment = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={digest.hexdigest()}"
