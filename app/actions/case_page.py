"""All that is shown of one case, in a fixed number of statements, in the language of the one who reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from app.actions.calendars import calendar_of
from app.actions.case_deadlines import CaseDeadlines, Step, deadlines
from app.actions.case_search import left_of, number_of, result_of, service_of, state_of
from app.actions.form_data import FormReference, form_source, read_form
from app.actions.instances import instance_for
from app.actions.models import Model, models_of
from app.actions.naming import role_name, step_name
from app.actions.opening import NUMBER, applicant_of
from app.actions.services import Service, described
from app.actions.story import Entry, story
from app.actions.task_forms import Fact, fact
from app.actions.tasks import sees
from app.actions.worklist import names_of
from app.domain import values
from app.domain.access import Actor
from app.domain.calendar import Text, WorkCalendar
from app.domain.case_access import may_see_case
from app.domain.case_clock import Clock
from app.domain.clauses import clause_in_words
from app.domain.reckoning import Reckoned
from app.domain.time_left import TimeLeft, time_left
from app.errors import NotFound
from app.store import queries
from app.store.case_lists import State
from app.store.tables import Definition, Instance, Task
from app.store.trees import members

COMPLAINED_OF = "complainedCaseId"
"""The variable that holds the id of the case that a complaint is about."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the case, open or ended. who: has it or had it, by name; roles: who may take it while nobody has.

    seen: the reader may open its task; in_time: None while it is open, or without a date. Moments are of the provider's zone.
    """

    task: Task
    name: Text
    clause: str | None
    who: str | None
    roles: list[Text]
    due: datetime | None
    ended: datetime | None
    left: TimeLeft | None
    in_time: bool | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the case, with a diagram of its own: the case itself first, then what it has called."""

    instance_id: UUID
    name: Text
    running: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another case: the one complained of, or a complaint about this one."""

    id: UUID
    number: str
    service: Text


@dataclass(frozen=True, slots=True)
class Document:
    """What a case has come to. Moments are of the provider's zone."""

    number: str
    date: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """number: empty before registration; key: the business key. edition: the version of the model. whole: the term of
    the whole, None where the act gives none (`total` False) or before it can be counted."""

    root: Instance
    number: str
    key: str
    applicant: str | None
    service: Text
    act: Service | None
    edition: int
    state: State
    result: Text | None
    started_at: datetime
    ended_at: datetime | None
    clock: Clock
    total: bool
    whole: Reckoned | None
    whole_left: TimeLeft | None
    in_time: bool | None
    open: list[StepShown]
    steps: list[StepShown]
    facts: list[Fact]
    document: Document | None
    complained_of: Related | None
    complaints: list[Related]
    story: list[Entry]
    parts: list[Part]
    zone: ZoneInfo
    people: Mapping[str, str]


def case_page(session: Session, actor: Actor, case_id: UUID, lang: str, now: datetime) -> CasePage:
    """A case, for who may see it. lang: of the data of the applicant. Raises NotFound."""
    asked = instance_for(session, actor, case_id)
    queries.note_calendar_version(session, asked.tenant_id)
    terms = deadlines(session, actor, case_id)
    root, clock = terms.root, terms.clock
    calendar = calendar_of(session, root.tenant_id)
    parts, definition = _parts(session, root)
    models = models_of(session, {one.definition_id for one in parts})
    people = _people(session, terms)
    steps = [_step(actor, one, models, people, clock, calendar, lang, now) for one in terms.steps]
    service = described(root.definition_key)
    complained_of, complaints = _related(session, actor, root)
    return CasePage(
        root=root,
        number=str(root.variables.get(NUMBER) or ""),
        key=root.business_key or "",
        applicant=applicant_of(root.variables),
        service=service_of(root),
        act=None if service is None else service["act"],
        edition=definition.version,
        state=state_of(root),
        result=result_of(root),
        started_at=root.started_at.astimezone(calendar.tz),
        ended_at=_local(root.ended_at, calendar),
        clock=clock,
        total=terms.total,
        whole=terms.whole,
        whole_left=_whole_left(terms, calendar, now),
        in_time=terms.in_time,
        open=[one for one in steps if one.ended is None],
        steps=steps,
        facts=facts_of(session, definition, models[root.definition_id], root, lang, calendar),
        document=_document(root, calendar),
        complained_of=complained_of,
        complaints=complaints,
        story=story(session, root.id),
        parts=[_part(one, parts, models) for one in parts],
        zone=calendar.tz,
        people=people,
    )


def part_of(session: Session, actor: Actor, case_id: UUID, part_id: UUID) -> Instance:
    """A process of a case, for who may see the case. Raises NotFound."""
    root, part = instance_for(session, actor, case_id), session.get(Instance, part_id)
    if (
        part is None
        or part.root_id != root.id
        or not may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ())
    ):
        raise NotFound(f"Process instance with id {part_id} does not exist")
    return part


def _local(moment: datetime | None, calendar: WorkCalendar) -> datetime | None:
    return None if moment is None else moment.astimezone(calendar.tz)


def _parts(session: Session, root: Instance) -> tuple[Sequence[Instance], Definition]:
    """The processes of a case, the case itself first, and its definition."""
    tree = members([root.id])
    columns = (Instance.root_id, Instance.super_id, Instance.definition_id, Instance.definition_key, Instance.ended_at)
    found = (
        select(Instance, Definition)
        .join(tree, tree.c.id == Instance.id)
        .join(Definition, Definition.id == Instance.definition_id)
        .order_by(Instance.id != root.id, Instance.started_at, Instance.id)
        .options(load_only(*columns))
    )
    rows = session.execute(found).all()
    return [row[0] for row in rows], rows[0][1]


def _part(one: Instance, parts: Sequence[Instance], models: Mapping[str, Model]) -> Part:
    """What is called bears the name of the step that calls it."""
    caller = next((other for other in parts if other.id == one.super_id), None)
    if caller is None:
        return Part(one.id, service_of(one), one.ended_at is None)
    nodes = models[caller.definition_id].process.nodes.values()
    calling = next((node for node in nodes if node.call and node.call.called_element == one.definition_key), None)
    name = step_name(calling) if calling is not None else Text(*[one.definition_key] * 3)
    return Part(one.id, name, one.ended_at is None)


def _people(session: Session, terms: CaseDeadlines) -> dict[str, str]:
    """The names of all who are named beside the history."""
    tasks = [step.task for step in terms.steps]
    named = {terms.root.started_by, *(one.assignee for one in tasks), *(one.completed_by for one in tasks)}
    named |= {one.by for one in terms.clock.pauses} | {one.by for one in terms.clock.extensions}
    return names_of(session, {one for one in named if one})


def _step(
    actor: Actor,
    step: Step,
    models: Mapping[str, Model],
    people: Mapping[str, str],
    clock: Clock,
    calendar: WorkCalendar,
    lang: str,
    now: datetime,
) -> StepShown:
    task = step.task
    who = task.completed_by or task.assignee
    is_open = task.ended_at is None
    return StepShown(
        task=task,
        name=step_name(models[task.definition_id].node(task.element)),
        clause=None if step.clause is None else clause_in_words(step.clause, lang),
        who=None if who is None else people.get(who, who),
        roles=[role_name(role) for role in task.candidate_groups],
        due=_local(task.due_at, calendar),
        ended=_local(task.ended_at, calendar),
        left=left_of(task, clock, calendar, now) if is_open else None,
        in_time=step.in_time,
        seen=is_open and sees(actor, task),
    )


def _whole_left(terms: CaseDeadlines, calendar: WorkCalendar, now: datetime) -> TimeLeft | None:
    """What is left of the term of the whole while the case runs."""
    whole, standing = terms.whole, terms.clock.standing
    if whole is None or terms.root.ended_at is not None:
        return None
    at = now if standing is None else min(now, standing.start)
    return time_left(calendar, whole.why.rule, whole.result, whole.why.base, at)


def facts_of(
    session: Session, definition: Definition, model: Model, root: Instance, lang: str, calendar: WorkCalendar
) -> list[Fact]:
    """What the applicant has given, by the labels of the application form, as it is now; files are among the documents."""
    try:
        form = read_form(form_source(session, FormReference.of_start(definition, model.process)))
    except NotFound:
        return []
    marks = root.types or {}
    known = {name: values.recall(value, marks.get(name)) for name, value in root.variables.items()}
    given = [(field, known.get(field.key)) for field in form.fields if not field.hidden]
    shown = [fact(field, one, lang, calendar.tz) for field, one in given if one is None or one.type != "File"]
    return [one for one in shown if one is not None]


def _document(root: Instance, calendar: WorkCalendar) -> Document | None:
    known = values.plain(root.variables, root.types)
    if not known.get("documentNumber"):
        return None
    date, until = known.get("documentDate"), known.get("validUntil")
    return Document(str(known["documentNumber"]), _moment(date, calendar), _moment(until, calendar))


def _moment(given: Any, calendar: WorkCalendar) -> datetime | None:
    return given.astimezone(calendar.tz) if isinstance(given, datetime) else None


def _related(session: Session, actor: Actor, root: Instance) -> tuple[Related | None, list[Related]]:
    """The case that this one complains of, and the complaints about this one, as far as the reader may see them."""
    about = _id_of(root.variables.get(COMPLAINED_OF))
    complaint = Instance.variables.contains({COMPLAINED_OF: str(root.id)})
    found = session.scalars(
        select(Instance)
        .where(or_(Instance.id == about, complaint) if about else complaint)
        .options(
            load_only(
                Instance.definition_key,
                Instance.business_key,
                Instance.variables,
                Instance.tenant_id,
                Instance.root_id,
                Instance.viewers,
                Instance.started_at,
            )
        )
        .order_by(Instance.started_at)
    ).all()
    seen = [one for one in found if may_see_case(actor, tenant=one.tenant_id, viewers=one.viewers or ())]
    cases = {one.id: Related(one.id, number_of(one), service_of(one)) for one in seen if one.root_id == one.id}
    complained_of = cases.pop(about, None) if about else None
    return complained_of, list(cases.values())


def _id_of(given: object) -> UUID | None:
    """An id among variables; None if it is none."""
    try:
        return UUID(str(given)) if given else None
    except ValueError:
        return None
