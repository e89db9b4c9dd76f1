"""Every term of the case that an instance belongs to, with what moved it and why it ends when it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.cases.case_page import people_of
from app.actions.cases.case_steps import StepShown, steps_of
from app.actions.cases.case_whole import WholePart, left_of_whole, parts_of_whole
from app.actions.inspecting.subjects import Subject
from app.actions.models.models import models_of
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_deadlines import CaseDeadlines, deadlines_of
from app.domain.people.access import Actor
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.time_left import TimeLeft
from app.store.tables import Task
from app.store.trees import members


@dataclass(frozen=True, slots=True)
class Terms:
    """The same names as of `cases.case_page.CasePage`, by which the parts of that page show it. explained: why each step is due
    when it is, in lines, in the order of `steps`."""

    found: CaseDeadlines
    clock: Clock
    total: bool
    whole: Reckoned | None
    whole_parts: list[WholePart]
    whole_left: TimeLeft | None
    in_time: bool | None
    steps: list[StepShown]
    explained: list[list[str]]
    people: Mapping[str, str]
    zone: ZoneInfo
    inside: bool = True


def terms(session: Session, actor: Actor, seen: Subject, lang: str, now: datetime, first: int, limit: int) -> Terms:
    """That of the whole case and those of so many steps, the last first, on its clock."""
    tree = members([seen.root.id])
    tasks = select(Task).join(tree, tree.c.id == Task.instance_id).order_by(Task.created_at.desc(), Task.id.desc())
    found = deadlines_of(session, seen.root, session.scalars(tasks.offset(first).limit(limit)).all())
    calendar = calendar_of(session, seen.root.tenant_id)
    models = models_of(session, {one.task.definition_id for one in found.steps})
    people = people_of(session, found)
    taken = {one.clause for one in found.steps if one.clause is not None}
    return Terms(
        found=found,
        clock=found.clock,
        total=found.total,
        whole=found.whole,
        whole_parts=parts_of_whole(found.whole, seen.root.definition_key, taken, calendar, lang),
        whole_left=None if seen.root.ended_at else left_of_whole(found.whole, found.clock, calendar, now),
        in_time=found.in_time,
        steps=steps_of(actor, found, models, people, calendar, lang, now),
        explained=[[] if one.term is None else one.term.lines(lang) for one in found.steps],
        people=people,
        zone=calendar.tz,
    )
