"""The processes of an organisation as ways are drawn through them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.models.models import models_of
from app.domain.figures.ways import Course, course
from app.store.tables import Definition, Deployment


class Courses:
    """Those that running cases have, by id, and those that they may yet call, by key: as they were at a moment.

    Of a process that came later, its first version.
    """

    def __init__(self, session: Session, tenant: str | None, at: datetime) -> None:
        later = Deployment.deployed_at > at
        newest = (
            select(Definition.key, Definition.id)
            .ext(distinct_on(Definition.key))
            .join(Deployment, Deployment.id == Definition.deployment_id)
            .where(or_(Definition.tenant_id.is_not_distinct_from(tenant), Definition.tenant_id.is_(None)))
            .order_by(
                Definition.key,
                Definition.tenant_id.nulls_last(),
                later,
                case((later, 1), else_=-1) * Definition.version,
            )
        )
        self.session = session
        self.newest: dict[str, str] = {row.key: row.id for row in session.execute(newest)}
        self.known: dict[str, Course] = {}

    def prepare(self, definition_ids: Iterable[str]) -> None:
        """Read these, and what they call, and what that calls."""
        wanted = set(definition_ids) - self.known.keys()
        while wanted:
            models = models_of(self.session, wanted)
            self.known |= {one: course(model.process, one) for one, model in models.items()}
            called = {
                node.call.called_element
                for model in models.values()
                for node in model.process.nodes.values()
                if node.call is not None
            }
            wanted = {self.newest[key] for key in called if key in self.newest} - self.known.keys()

    def called(self, key: str) -> Course | None:
        """See `ways.Called`."""
        definition_id = self.newest.get(key)
        return None if definition_id is None else self.known.get(definition_id)
