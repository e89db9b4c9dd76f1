"""What can go wrong, said once. Entry points turn these classes into HTTP statuses; nothing below them knows HTTP."""

from collections.abc import Mapping, Sequence
from typing import Any


class AppError(Exception):
    """A failure that a caller is told about.

    message: what is wrong, naming the offending id; details: JSON-able facts for programs (shape depends on `code`);
    words: the message by language (kk, ru, en), where it is meant for people.
    """

    code = "error"

    def __init__(
        self,
        message: str,
        *,
        details: Mapping[str, Any] | Sequence[Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.words = words or {}


class NotFound(AppError):
    """There is no such thing, or it is not for the eyes of the one who asks."""

    code = "not_found"


class Conflict(AppError):
    """The thing exists, but its state does not allow the command any more (already completed, moved on, cancelled)."""

    code = "conflict"


class Forbidden(AppError):
    """Seen, but not to be done by this person."""

    code = "forbidden"


class Unauthenticated(AppError):
    """Nobody knows who asks: there are no credentials, or wrong ones."""

    code = "unauthenticated"


class TooManyAttempts(AppError):
    """details: {"retryAfter": seconds}."""

    code = "too_many_attempts"


class Invalid(AppError):
    """The input cannot be accepted; details may list fields or findings."""

    code = "invalid"


class ModelRejected(Invalid):
    """A deployment that cannot run. details: the list of findings (see `app.definitions.findings`)."""

    code = "model_rejected"
