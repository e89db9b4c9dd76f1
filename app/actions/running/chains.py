"""How long jobs and messages may lead to each other with nothing from outside in between: no process goes round for ever."""

from sqlalchemy.orm import Session

from app.errors import AppError

LIMIT = "chain limit"
"""Key in `Session.info`, where a setting gives another number than the usual one."""
USUAL = 10_000


def endless(session: Session, chain: int) -> AppError | None:
    """Why the job or the message with this number is not to be carried out."""
    limit: int = session.info.get(LIMIT, USUAL)
    if chain <= limit:
        return None
    return AppError(
        f"{limit} jobs and messages have led to each other with nothing from outside in between: "
        "the process probably goes round without end; tried anew, it goes on for as many again",
        details={"limit": limit},
    )
