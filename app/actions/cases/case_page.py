"""All that is shown of one case, in a fixed number of statements, in the language of the one who reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.actions.cases.case_data import facts_of
from app.actions.cases.case_parts import Part, parts_of, processes_of
from app.actions.cases.case_related import Related, related
from app.actions.cases.case_result import ResultDocument, result_document, with_result
from app.actions.cases.case_search import result_of, service_of, state_of
from app.actions.cases.case_steps import StepShown, steps_of
from app.actions.cases.case_whole import WholePart, left_of_whole, parts_of_whole
from app.actions.cases.entries import Entry
from app.actions.cases.story import story
from app.actions.forms.task_forms import Fact
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.services import Service, described
from app.actions.running.instances import instance_for
from app.actions.tasks.opening import NUMBER, applicant_of
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_deadlines import CaseDeadlines, deadlines
from app.domain.people.access import Actor
from app.domain.people.case_access import works_there
from app.domain.terms.calendar import Text
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.time_left import TimeLeft
from app.store import queries
from app.store.case_lists import State
from app.store.tables import Instance


@dataclass(frozen=True, slots=True)
class CasePage:
    """number: empty before registration; key: the business key. edition: the version of the model. whole: the term of
    the whole, None where the act gives none (`total` False) or before it can be counted; whole_parts: how it is made up.

    inside: the reader is of the staff. Others are not told how the office divides its work, nor who of it was late."""

    root: Instance
    inside: bool
    number: str
    key: str
    applicant: str | None
    service: Text
    act: Service | None
    edition: int
    state: State
    result: Text | None
    clock: Clock
    total: bool
    whole: Reckoned | None
    whole_parts: list[WholePart]
    whole_left: TimeLeft | None
    in_time: bool | None
    steps: list[StepShown]
    facts: list[Fact]
    document: ResultDocument | None
    complained_of: Related | None
    complaints: list[Related]
    story: list[Entry]
    parts: list[Part]
    zone: ZoneInfo
    people: Mapping[str, str]

    @property
    def open(self) -> list[StepShown]:
        """The steps that the case waits at."""
        return [one for one in self.steps if one.ended is None]


def case_page(session: Session, actor: Actor, case_id: UUID, lang: str, now: datetime) -> CasePage:
    """A case, for who may see it. lang: of the data of the applicant. Raises NotFound."""
    asked = instance_for(session, actor, case_id)
    root = session.get_one(Instance, asked.root_id)
    queries.note_calendar_version(session, root.tenant_id)
    processes, definition = processes_of(session, root)
    models = models_of(session, {one.definition_id for one in processes})  # at once, before each is asked for by itself
    terms = deadlines(session, actor, root.id)
    told = story(session, actor, root, lang)  # before the rest is named: it names nearly all
    calendar, people = calendar_of(session, root.tenant_id), people_of(session, terms)
    service = described(root.definition_key)
    taken = {one.clause for one in terms.steps if one.clause is not None}
    document = result_document(root, told, calendar)
    complained_of, complaints = related(session, actor, root)
    return CasePage(
        root=root,
        inside=works_there(actor, root.tenant_id),
        number=str(root.variables.get(NUMBER) or ""),
        key=root.business_key or "",
        applicant=applicant_of(root.variables),
        service=service_of(root),
        act=None if service is None else service["act"],
        edition=definition.version,
        state=state_of(root),
        result=result_of(root),
        clock=terms.clock,
        total=terms.total,
        whole=terms.whole,
        whole_parts=parts_of_whole(terms.whole, root.definition_key, taken, calendar, lang),
        whole_left=None if root.ended_at else left_of_whole(terms.whole, terms.clock, calendar, now),
        in_time=terms.in_time,
        steps=steps_of(actor, terms, models, people, calendar, lang, now),
        facts=facts_of(session, definition, models[root.definition_id], root, lang, calendar),
        document=document,
        complained_of=complained_of,
        complaints=complaints,
        story=with_result(told, root, document),
        parts=parts_of(processes, models),
        zone=calendar.tz,
        people=people,
    )


def people_of(session: Session, terms: CaseDeadlines) -> dict[str, str]:
    """The names of all who are named beside the history."""
    tasks = [step.task for step in terms.steps]
    named = {*(one.assignee for one in tasks), *(one.completed_by for one in tasks)}
    named |= {one.by for one in terms.clock.pauses} | {one.by for one in terms.clock.extensions}
    return names_of(session, {one for one in named if one})
