"""Why somebody mends something."""

from app.domain import refusals
from app.domain.refusals import batch_refusals as why
from app.errors import Invalid

LONGEST = 2_000


def stated(text: str | None) -> str:
    """A reason as it is kept. Raises Invalid where there is none, and for one that is too long."""
    reason = allowed(text)
    if reason is None:
        raise refusals.of(Invalid, why.REASON_MISSING)
    return reason


def allowed(text: str | None) -> str | None:
    """One that need not be given. Raises Invalid."""
    reason = (text or "").replace("\0", "").strip()
    if len(reason) > LONGEST:
        raise refusals.of(Invalid, why.REASON_TOO_LONG, limit=LONGEST, length=len(reason))
    return reason or None
