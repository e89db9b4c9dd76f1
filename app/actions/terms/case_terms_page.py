"""All terms of a case as administrators see them: the whole beside its steps, what stood still, and why each ends then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.actions.cases.case_search import number_of, service_of
from app.actions.cases.case_whole import WholePart, left_of_whole, parts_of_whole
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.naming import step_name
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_deadlines import CaseDeadlines, deadlines
from app.actions.terms.case_terms import Allowed, allowed_elsewhere
from app.domain.acts.clauses import cited
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.term_bars import Bar, Span, bars
from app.domain.terms.term_properties import Allowance
from app.domain.terms.time_left import TimeLeft
from app.store import queries
from app.store.tables import Instance


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term. name None: that of the whole. who: by name; why: its explanation in lines, empty where no rule has made it.

    Moments are of the provider's zone.
    """

    name: Text | None
    clause: str | None
    who: str | None
    began: datetime
    due: datetime | None
    ended: datetime | None
    in_time: bool | None
    why: Sequence[str]
    bar: Bar


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """whole, total, whole_parts, whole_left, in_time: as on the page of the case. left: what each extension still allows.

    elsewhere: the steps at which the act lets the clock stand still (PAUSE) or be extended (EXTEND), with the clauses.
    """

    root: Instance
    number: str
    service: Text
    clock: Clock
    total: bool
    whole: Reckoned | None
    whole_parts: list[WholePart]
    whole_left: TimeLeft | None
    in_time: bool | None
    terms: list[TermShown]
    allowed: Allowed
    left: Mapping[Allowance, int | float]
    elsewhere: Mapping[str, list[tuple[Text, str]]]
    zone: ZoneInfo
    people: Mapping[str, str]
    inside: bool = True


def case_terms(session: Session, actor: Actor, case_id: UUID, lang: str, now: datetime) -> CaseTerms:
    """Those of the case to which an instance belongs, for administrators. Raises Forbidden, NotFound."""
    require_administrator(actor)
    found = deadlines(session, actor, case_id)
    root, clock = found.root, found.clock
    queries.note_calendar_version(session, root.tenant_id)
    calendar, people = calendar_of(session, root.tenant_id), _people(session, found)
    taken = {one.clause for one in found.steps if one.clause is not None}
    return CaseTerms(
        root=root,
        number=number_of(root),
        service=service_of(root),
        clock=clock,
        total=found.total,
        whole=found.whole,
        whole_parts=parts_of_whole(found.whole, root.definition_key, taken, calendar, lang),
        whole_left=None if root.ended_at else left_of_whole(found.whole, clock, calendar, now),
        in_time=found.in_time,
        terms=_terms(session, found, people, calendar.tz, lang, now),
        allowed=found.allowed,
        left={one: one.amount - clock.added(one.rule, one.clause) for one in found.allowed.extensions},
        elsewhere=_elsewhere(session, found),
        zone=calendar.tz,
        people=people,
    )


def _elsewhere(session: Session, found: CaseDeadlines) -> dict[str, list[tuple[Text, str]]]:
    allowed = allowed_elsewhere(session, found.root, [one.task for one in found.steps])
    named = {what: [(step_name(node), clause) for node, clause in places] for what, places in allowed.items()}
    return {what: list(dict.fromkeys(places)) for what, places in named.items()}


def _terms(
    session: Session, found: CaseDeadlines, people: Mapping[str, str], zone: ZoneInfo, lang: str, now: datetime
) -> list[TermShown]:
    models = models_of(session, {one.task.definition_id for one in found.steps})
    root, whole = found.root, found.whole
    spans = [Span(root.started_at, None if whole is None else whole.result, root.ended_at)]
    spans += [Span(one.task.created_at, one.task.due_at, one.task.ended_at) for one in found.steps]
    pauses = [(one.start, one.end) for one in found.clock.pauses]
    drawn = bars(spans, pauses, now if root.ended_at is None else root.ended_at)
    terms = [
        TermShown(
            name=None,
            clause=None if whole is None or whole.why.clause is None else cited(whole.why.clause, lang),
            who=None,
            began=root.started_at.astimezone(zone),
            due=None if whole is None else whole.result.astimezone(zone),
            ended=None if root.ended_at is None else root.ended_at.astimezone(zone),
            in_time=found.in_time,
            why=() if whole is None else whole.lines(lang),
            bar=drawn[0],
        )
    ]
    for step, bar in zip(found.steps, drawn[1:], strict=True):
        task = step.task
        who = task.completed_by or task.assignee
        terms.append(
            TermShown(
                name=step_name(models[task.definition_id].node(task.element)),
                clause=None if step.clause is None else cited(step.clause, lang),
                who=None if who is None else people.get(who, who),
                began=task.created_at.astimezone(zone),
                due=None if task.due_at is None else task.due_at.astimezone(zone),
                ended=None if task.ended_at is None else task.ended_at.astimezone(zone),
                in_time=step.in_time,
                why=() if step.term is None else step.term.lines(lang),
                bar=bar,
            )
        )
    return terms


def _people(session: Session, found: CaseDeadlines) -> dict[str, str]:
    named = {one.task.completed_by or one.task.assignee for one in found.steps}
    named |= {one.by for one in found.clock.pauses} | {one.by for one in found.clock.extensions}
    return names_of(session, {one for one in named if one})
