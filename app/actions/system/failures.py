"""Jobs of the queue that were given up."""

from sqlalchemy.orm import Session

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import Conflict
from app.store import queue_lists

NOT_FAILED = Text(
    "{job} жұмысы сәтсіз аяқталғандардың арасында жоқ: оны біреу қайталап қойған. Бетті жаңартыңыз.",
    "Задания {job} среди неудавшихся нет: его уже повторил кто-то другой. Обновите страницу.",
    "job {job} is not among those that have failed: somebody else has had it tried again. Reload the page",
)


def again(session: Session, actor: Actor, job: int) -> None:
    """Have one done again, at once. Raises Forbidden, Conflict for what is none."""
    require_administrator(actor)
    if job >= 1 << 63 or session.execute(queue_lists.again(job)).one_or_none() is None:
        raise refusals.of(Conflict, NOT_FAILED, job=job)
