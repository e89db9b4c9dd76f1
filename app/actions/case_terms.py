"""The terms of a case as its act gives them: that of the whole, and where the clock may stand still or be extended.

The term of the whole is not kept. It is counted from the variables of the case, with the calendar as it was when the term
began, or, once a change of the calendar has moved it, with the version that the clock of the case names.

What a model says of it, in extension properties: `law.total` (an expression) and `law.totalClause` on the process;
`law.pause` (clauses, parted by ;), `law.extend` ("workingDays:10", the most that may be added) and `law.extendClause` on the
process, or on a step for as long as that step is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import expressions
from app.actions.calendars import calendar_at, calendar_of
from app.actions.explanations import explain_by, inputs, recounted
from app.actions.host import CaseHost
from app.actions.models import model_of, models_of
from app.domain import values
from app.domain.case_clock import Clock
from app.domain.deadlines import Due
from app.domain.explanation import Rule
from app.domain.reckoning import UNITS, Reckoned, reckon
from app.store.tables import CalendarChange, Instance, Task
from app.store.trees import members

TOTAL, TOTAL_CLAUSE = "law.total", "law.totalClause"
PAUSE, EXTEND, EXTEND_CLAUSE = "law.pause", "law.extend", "law.extendClause"
Versions = Sequence[tuple[int, datetime]]
"""The versions of a calendar, each with the moment since which it holds; the first holds since ever."""
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Allowance:
    """By how much, at most, a clause lets terms be extended."""

    rule: Rule
    amount: int | float
    clause: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the act allows a case now. pauses: the clauses that let the clock stand still."""

    pauses: tuple[str, ...]
    extensions: tuple[Allowance, ...]


def versions_of(session: Session, tenant: str | None) -> Versions:
    """Those of the calendar of an organisation. Raises NotFound."""
    rows = session.execute(
        select(CalendarChange.version, CalendarChange.at)
        .where(CalendarChange.tenant_id == tenant)
        .order_by(CalendarChange.version)
    )
    changed = [(row.version, row.at) for row in rows]
    first = changed[0][0] - 1 if changed else calendar_of(session, tenant).version
    return [(first, _EVER), *changed]


def tasks_of(session: Session, root: UUID) -> list[Task]:
    """All tasks of a case, of called processes too, in the order in which they opened, as they are now."""
    tree = members([root])
    found = select(Task).join(tree, tree.c.id == Task.instance_id).order_by(Task.created_at, Task.id)
    return list(session.scalars(found.execution_options(populate_existing=True)))


def has_total(session: Session, root: Instance) -> bool:
    """Whether the act gives a term for the whole."""
    return TOTAL in model_of(session, root.definition_id).process.properties


def whole_dues(session: Session, root: Instance, versions: Versions) -> tuple[Due, ...]:
    """The term of the whole case as its rule gives it, before all that its clock did; empty: there is none, or not yet.

    After it, if a change of the calendar has moved it, the term as it was first. versions: see `versions_of`.
    """
    properties = model_of(session, root.definition_id).process.properties
    now = _evaluated(session, root, properties.get(TOTAL))
    rule = inputs(now)
    if now is None or rule is None:
        return ()
    began = max(root.started_at, now.explanation.base)
    held = began if root.ended_at is None else min(began, root.ended_at)
    first = max(version for version, at in versions if at <= held)
    wanted = dict.fromkeys((Clock.recalled(root.clock).version or first, first))
    clause = properties.get(TOTAL_CLAUSE)
    return tuple(recounted(calendar_at(session, root.tenant_id, version), rule, clause) for version in wanted)


def whole_term(session: Session, root: Instance, versions: Versions, clock: Clock) -> Reckoned | None:
    """The term of the whole case on a clock; None: there is none, or not yet."""
    for due in whole_dues(session, root, versions):
        calendar = calendar_at(session, root.tenant_id, due.explanation.calendar_version)
        return reckon(due.explanation, calendar, clock, root.ended_at)
    return None


def _evaluated(session: Session, root: Instance, source: str | None) -> Due | None:
    """What `law.total` gives on the present calendar; None while a variable that it names has no value."""
    if source is None:
        return None
    text = source if expressions.is_expression(source) else f"${{{source}}}"
    host = CaseHost(session, root, root.started_at)
    known = values.plain(root.variables, root.types)
    try:
        names = expressions.compile(text).names
        if any(known.get(name) is None for name in names - host.execution.keys()):
            return None
        given = host.evaluate(text, known)
    except (ValueError, expressions.ExpressionError):
        return None
    return given if isinstance(given, Due) else None


def follow(session: Session, task: Task, clock: Clock, whole: Sequence[Due]) -> datetime | None:
    """When an open task whose term runs is due, on the clock of its case and by the newest calendar.

    A date that is the case's own term gets the rule of that. None: no rule has made the date. whole: see `whole_dues`.
    """
    if task.due_rule is None and any(_same(task.due_at, due.moment) for due in whole):
        task.due_rule = inputs(whole[0])
    if task.due_rule is None:
        return None
    kept = task.due_rule
    task.due_rule = [*kept[:3], calendar_of(session, task.tenant_id).version]
    try:
        found = explain_by(session, task, clock)
    except ValueError:  # the newest calendar cannot count it
        task.due_rule = kept
        found = explain_by(session, task, clock)
    assert found is not None
    return found.result


def _same(kept: datetime | None, moment: datetime) -> bool:
    """Variables keep moments to the millisecond."""
    return kept == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def settle(session: Session, task: Task, instance: Instance) -> None:
    """Set the due date of a task that opens with a date that no rule has made, or in a case whose clock was touched."""
    root = session.get_one(Instance, instance.root_id)
    whole: tuple[Due, ...] = ()
    if task.due_rule is None and task.due_at is not None and has_total(session, root):
        whole = whole_dues(session, root, versions_of(session, root.tenant_id))
    task.due_at = follow(session, task, Clock.recalled(instance.clock), whole) or task.due_at


def allowed(session: Session, root: Instance, tasks: Iterable[Task]) -> Allowed:
    """What the process and its open steps allow. What cannot be read in the model allows nothing."""
    steps = [(task.definition_id, task.element) for task in tasks if task.ended_at is None]
    models = models_of(session, {root.definition_id, *(definition for definition, _ in steps)})
    said = [models[root.definition_id].process.properties]
    said += [models[definition].node(element).properties for definition, element in steps]
    clauses = [clause.strip() for properties in said for clause in properties.get(PAUSE, "").split(";")]
    extensions = [_allowance(properties) for properties in said]
    return Allowed(tuple(dict.fromkeys(filter(None, clauses))), tuple(dict.fromkeys(filter(None, extensions))))


def _allowance(properties: Mapping[str, str]) -> Allowance | None:
    """That of `law.extend`, by `law.extendClause` or else the clause of the step."""
    clause = properties.get(EXTEND_CLAUSE) or properties.get("law.clause") or ""
    unit, _, number = (part.strip() for part in properties.get(EXTEND, "").partition(":"))
    if (
        unit not in UNITS
        or not number.isascii()
        or not number.isdigit()
        or not int(number[:9]) > 0
        or not clause.strip()
    ):
        return None
    return Allowance(Rule(unit), int(number[:9]), clause.strip())
