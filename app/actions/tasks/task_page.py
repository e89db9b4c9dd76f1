"""All that is shown of one open task, in a fixed number of statements, in the language of the one who reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.actions.cases.entries import Entry
from app.actions.cases.story import story
from app.actions.forms.task_forms import TaskForm, task_form
from app.actions.lists.worklist import Row, names_of, rows
from app.actions.models.models import model_of
from app.actions.tasks.candidates import Candidate, candidates
from app.actions.tasks.delegation import PENDING
from app.actions.tasks.four_eyes import is_personal
from app.actions.tasks.holding import HOLD
from app.actions.tasks.tasks import held_until, works
from app.actions.terms.calendars import calendar_of
from app.actions.terms.case_terms import Allowed, allowed
from app.actions.terms.cases import ROLES
from app.actions.terms.explanations import explain_by
from app.domain.acts.clauses import cited
from app.domain.in_words.wording import amount_in_words
from app.domain.people.access import Actor
from app.domain.people.team import leads_work
from app.domain.terms.case_clock import Clock, Extension
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.term_properties import EXTEND, PAUSE, Allowance, term_clause
from app.store.tables import Definition, Instance, Task


@dataclass(frozen=True, slots=True)
class TaskPage:
    """row: as in the list. clause: of the step, as cited. mine: the reader works it. held: until when it is on hold, and why.

    allowed: what the act lets be done to the clock of the case; acts: what the reader may do with the task, by name.
    owner: who has delegated it, by name; empty: it is not delegated.
    """

    task: Task
    row: Row
    root: Instance
    clause: str | None
    limit: str | None
    term: Reckoned | None
    mine: bool
    form: TaskForm | None
    people: Sequence[Candidate]
    owner: str
    held: datetime | None
    why_held: str | None
    allowed: Allowed
    acts: Sequence[str]
    story: list[Entry]
    zone: ZoneInfo

    @property
    def others(self) -> list[Candidate]:
        """To whom the task may be given: those who may work it and do not have it."""
        return [one for one in self.people if one.id != self.task.assignee]


def task_page(session: Session, actor: Actor, task: Task, lang: str, now: datetime) -> TaskPage:
    """An open task that the actor sees. Raises NotFound, FormRejected."""
    known = _known(session, task)
    root = known[0]
    [row] = rows(session, [task], now)
    told, personal = story(session, actor, root, lang), is_personal(session, task)
    given = not personal or leads_work(actor, task.tenant_id)
    people = candidates(session, task, now) if given else []
    clock = Clock.recalled(root.clock)
    properties = model_of(session, task.definition_id).node(task.element).properties
    term = explain_by(session, task, clock)
    permitted, held = allowed(session, root, [task]), held_until(task, now)
    zone = calendar_of(session, task.tenant_id).tz
    return TaskPage(
        task=task,
        row=row,
        root=root,
        clause=cited(properties["law.clause"], lang) if "law.clause" in properties else None,
        limit=_limit(task, term, properties, lang),
        term=term,
        mine=works(actor, task),
        form=task_form(session, actor, task, lang),
        people=people,
        owner=_owner(session, task, people),
        held=None if held is None else held.astimezone(zone),
        why_held=None if held is None else _why_held(task, told),
        allowed=permitted,
        acts=_acts(actor, task, root, properties, permitted, clock, held is not None, personal),
        story=told,
        zone=zone,
    )


def _owner(session: Session, task: Task, people: Sequence[Candidate]) -> str:
    """Who has delegated the task, by name; empty: nobody has."""
    if not _pending(task) or task.owner is None:
        return ""
    known = {one.id: one.name for one in people}
    return known.get(task.owner) or names_of(session, {task.owner}).get(task.owner, task.owner)


def _known(session: Session, task: Task) -> tuple[Instance, Instance, Definition]:
    """The root of the case, the instance of the task and its definition, in one statement.

    The session knows them, and reads none of them again, for as long as somebody holds them.
    """
    root = aliased(Instance)
    found = (
        select(root, Instance, Definition)
        .join(Instance, Instance.root_id == root.id)
        .join(Definition, Definition.id == Instance.definition_id)
        .where(Instance.id == task.instance_id)
    )
    row = session.execute(found).one()
    return row[0], row[1], row[2]


def _why_held(task: Task, told: Sequence[Entry]) -> str | None:
    return next((one.said for one in reversed(told) if (one.kind, one.task_id) == (HOLD, task.id)), None)


def extension_in_words(allowance: Allowance, lang: str) -> str:
    """By how much a clause lets a term be extended."""
    return amount_in_words(allowance.rule, allowance.amount, lang)


def _limit(task: Task, term: Reckoned | None, properties: Mapping[str, str], lang: str) -> str | None:
    """The amount of a term that is counted from its beginning, with what was added to it and the clause that gives it where
    that is not the step's own; None for any other date."""
    if task.due_rule is None or not isinstance(task.due_rule[1], int | float):
        return None
    causes = [change.cause for change in term.changes] if term is not None else []
    added = [amount_in_words(one.rule, one.amount, lang) for one in causes if isinstance(one, Extension)]
    amounts = " + ".join([amount_in_words(task.due_rule[0], task.due_rule[1], lang), *added])
    clause = term_clause(properties)
    return amounts if clause is None or clause == properties.get("law.clause") else f"{amounts}, {cited(clause, lang)}"


def _pending(task: Task) -> bool:
    return task.delegation == PENDING


def _acts(
    actor: Actor,
    task: Task,
    root: Instance,
    properties: Mapping[str, str],
    permitted: Allowed,
    clock: Clock,
    held: bool,
    personal: bool,
) -> list[str]:
    """What may be done, in the order in which it is offered; the actions themselves refuse whatever may not."""
    mine = works(actor, task)
    has = mine or actor.administrator
    moves = actor.administrator or not personal
    owns = actor.administrator or task.owner in actor.people_in(task.tenant_id)
    roles = actor.groups if root.tenant_id is None else actor.groups_in(root.tenant_id)
    decides = actor.administrator or not roles.isdisjoint(ROLES)
    pauses, extends = decides or PAUSE in properties, decides or EXTEND in properties
    offered = {
        "resolve": mine and _pending(task),
        "take-back": owns and _pending(task) and not mine,
        "release": moves and has and task.assignee is not None and bool(task.candidate_groups or task.candidate_users),
        "assign": leads_work(actor, task.tenant_id) or (moves and (has or task.assignee is None)),
        "delegate": moves and has and not _pending(task),
        "unhold": has and held,
        "hold": has,
        "resume": pauses and clock.standing is not None,
        "pause": pauses and clock.standing is None and bool(permitted.pauses),
        "extend": extends and bool(permitted.extensions),
    }
    return [] if task.suspended else [name for name, may in offered.items() if may]
