"""The instance that an administrator looks at, with the case it belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.cases.case_search import number_of, service_of
from app.actions.lists.worklist import names_of
from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name, title_of
from app.actions.tasks.opening import applicant_of
from app.actions.terms.calendars import calendar_of
from app.domain.models.model import node_of
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store import queries
from app.store.activity_lists import definitions_before
from app.store.inspection_lists import counts
from app.store.tables import Definition, Instance, Organisation


@dataclass(frozen=True, slots=True)
class Subject:
    """before: the versions of its process that it was taken away from, the last first. counts: see `store.inspection_lists`.

    state: running, suspended, ended (it came to its end), terminated.
    """

    instance: Instance
    root: Instance
    definition: Definition
    before: tuple[Definition, ...]
    models: Mapping[str, Model]
    organisation: Text | None
    starter: str | None
    counts: Mapping[str, int]
    zone: ZoneInfo

    @property
    def number(self) -> str:
        return number_of(self.root)

    @property
    def applicant(self) -> str | None:
        return applicant_of(self.root.variables)

    @property
    def service(self) -> Text:
        return service_of(self.root)

    @property
    def state(self) -> str:
        if self.instance.ended_at is None:
            return "suspended" if self.instance.suspended else "running"
        return "ended" if self.instance.end_state == "COMPLETED" else "terminated"

    def number_of(self, part: str) -> int | None:
        """How much a section of its page holds; None where nothing is counted."""
        return self.counts.get(part)

    @property
    def process(self) -> Text:
        return title_of(self.definition)

    @property
    def model(self) -> Model:
        return self.models[self.definition.id]

    def element(self, key: str) -> Text:
        """What an element is called, in the version that has it; one that none has is called by its id."""
        node_id = node_of(key)
        for one in (self.definition, *self.before):
            if node_id in self.models[one.id].process.nodes:
                return step_name(self.models[one.id].node(node_id))
        return Text(*[node_id] * 3)


def subject(session: Session, actor: Actor, instance_id: UUID) -> Subject:
    """Any instance, running or ended. Raises Forbidden, NotFound."""
    require_administrator(actor)
    instance = session.get(Instance, instance_id)
    if instance is None:
        raise NotFound(f"Process instance with id {instance_id} does not exist")
    root = session.get_one(Instance, instance.root_id)
    queries.note_calendar_version(session, root.tenant_id)
    starter = instance.started_by
    organisation = None if root.tenant_id is None else session.get(Organisation, root.tenant_id)
    definition = session.get_one(Definition, instance.definition_id)
    earlier = [one for _, one in definitions_before(session, [instance.id])]
    before = _definitions(session, dict.fromkeys(earlier))
    models = models_of(session, {definition.id, root.definition_id, *(one.id for one in before)})
    return Subject(
        instance=instance,
        root=root,
        definition=definition,
        before=before,
        models=models,
        organisation=None if organisation is None else Text(**organisation.names),
        starter=None if starter is None else names_of(session, [starter]).get(starter, starter),
        counts=counts(session, instance.id),
        zone=calendar_of(session, root.tenant_id).tz,
    )


def _definitions(session: Session, wanted: Iterable[str]) -> tuple[Definition, ...]:
    """Those that are still there, in the order given."""
    ids = list(wanted)
    found = {one.id: one for one in session.scalars(select(Definition).where(Definition.id.in_(ids)))} if ids else {}
    return tuple(found[one] for one in ids if one in found)
