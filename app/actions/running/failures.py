"""Steps that fail while somebody waits for the answer."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.running import incidents, jobs
from app.engine import PROCESS, StepFailed, tokens
from app.store import queries
from app.store.tables import Instance


def note(session: Session, error: StepFailed, now: datetime) -> None:
    """Write down that a step has failed, once nothing of it is left, in a transaction that has done nothing else.

    The incident is that of the instance which failed or, where that had begun in the same transaction, of the one that
    was told to move; where nothing had begun before there is none.
    """
    if error.job is not None:
        jobs.failed(session, error.job, error, now)
        return
    for instance_id, token in error.stood:
        instance = queries.locked_instance(session, instance_id)
        if instance is not None and instance.state is not None:
            element = _element(session, instance, token)
            incidents.begin(session, instance, incidents.FAILED_STEP, None, token, element, error, now)
            return


def _element(session: Session, instance: Instance, token: int) -> str:
    """The id of the node at which a token waits, of the process for the token of the whole."""
    model = model_of(session, instance.definition_id)
    if token == PROCESS or instance.state is None:
        return model.process.id
    return next((one.node for one in tokens(model.spec, instance.state) if one.id == token), model.process.id)
