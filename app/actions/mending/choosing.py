"""Those that something is asked of: found by a search of administrators, of one version, the first of them tried."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.mending import looking, trying
from app.actions.mending.acts import Call, Change
from app.actions.mending.batches import MOST, Chosen
from app.actions.mending.kinds import Asked
from app.actions.mending.looking import Looked
from app.errors import AppError, NotFound
from app.store.tables import Instance

TRIED = 5
"""Of many, so many are shown with what would come of it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """seen: None where there is no such instance. change: what would come of it; error: why nothing would."""

    seen: Looked | None
    change: Change | None = None
    error: AppError | None = None


def of_version(chosen: Chosen, definition_id: str) -> Chosen:
    """Those of them that are of one version now."""
    which = chosen.order_by(None).subquery()
    found = select(which.c.subject, which.c.instance_id).join(Instance, Instance.id == which.c.subject)
    return found.where(Instance.definition_id == definition_id).order_by(which.c.subject)


def number(session: Session, chosen: Chosen) -> int:
    """How many they are, up to one more than a batch takes."""
    return session.scalar(select(func.count()).select_from(chosen.limit(MOST + 1).subquery())) or 0


def samples(call: Call, kind: str, asked: Asked, chosen: Chosen) -> list[Sample]:
    """What would come of it for the first of them; nothing stays."""
    found = [row[0] for row in call.session.execute(chosen.limit(TRIED))]
    tried = []
    for subject in found:
        try:
            seen = looking.one(call.session, call.actor, subject)
        except NotFound as error:
            tried.append(Sample(None, error=error))
            continue
        try:
            tried.append(Sample(seen, trying.preview(call, kind, asked, subject)))
        except AppError as error:
            tried.append(Sample(seen, error=error))
    return tried
