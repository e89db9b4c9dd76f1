"""Applications that are not accepted as they are made: their case is not begun."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.domain.terms.calendar import LANGUAGES
from app.errors import Invalid
from app.store.tables import History, Instance

RESULT = "law.result"
NOT_ACCEPTED = "intake-refused"


def require_accepted(session: Session, instance: Instance) -> None:
    """Raises Invalid if a new instance has come at once to an end event whose result is that it is not accepted.

    The name of the event says why: `name.ru` and `name.en` beside the one in the diagram, which is in Kazakh.
    """
    if instance.ended_at is None:
        return
    nodes = model_of(session, instance.definition_id).process.nodes
    for activities in session.scalars(select(History.activities).where(History.instance_id == instance.id)):
        for trace in activities or ():
            node = nodes.get(trace[0])
            if node is not None and node.properties.get(RESULT) == NOT_ACCEPTED:
                name = node.name or node.id
                words = {language: node.properties.get(f"name.{language}", name) for language in LANGUAGES}
                raise Invalid(words["en"], details={"activityId": node.id}, words=words)
