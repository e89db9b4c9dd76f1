"""The terms of a case as its act gives them: that of the whole, and where the clock may stand still or be extended.

The term of the whole is not kept. It is counted from the variables of the case, with the calendar as it was when the term
began, or, once a change of the calendar has moved it, with the version that the clock of the case names.

What a model says of it is in `app.domain.terms.term_properties`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import expressions
from app.actions.models.models import model_of, models_of
from app.actions.running.evaluation import Evaluation
from app.actions.terms.calendars import calendar_at, calendar_of
from app.actions.terms.explanations import explain_by, inputs, recounted, rule_of
from app.domain.models import values
from app.domain.models.model import Kind, Node
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.due import Due
from app.domain.terms.reckoning import Reckoned, reckon
from app.domain.terms.term_properties import EXTEND, PAUSE, TOTAL, TOTAL_CLAUSE, Allowance, allowance, pauses
from app.errors import Invalid
from app.store.tables import CalendarChange, Instance, Task
from app.store.trees import members

Elsewhere = Mapping[str, Sequence[tuple[Node, str]]]
"""By PAUSE and EXTEND, the steps of the processes of a case that allow it, each with its clause."""
Versions = Sequence[tuple[int, datetime]]
"""The versions of a calendar, each with the moment since which it holds; the first holds since ever."""
_EVER = datetime.min.replace(tzinfo=UTC)


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


def calendar_held(session: Session, tenant: str | None, versions: Versions, moment: datetime) -> WorkCalendar:
    """The calendar of an organisation as it was at a moment."""
    return calendar_at(session, tenant, _held(versions, moment))


def has_total(session: Session, root: Instance) -> bool:
    """Whether the act gives a term for the whole."""
    return TOTAL in model_of(session, root.definition_id).process.properties


def whole_due(session: Session, root: Instance, versions: Versions, clock: Clock | None = None) -> Due | None:
    """The term of the whole case as its rule gives it, before all that its clock did; None: there is none, or not yet.

    versions: see `versions_of`. clock: of another time, None: as it is now.
    """
    properties = model_of(session, root.definition_id).process.properties
    moved = (clock or Clock.recalled(root.clock)).version
    source, clause = properties.get(TOTAL), properties.get(TOTAL_CLAUSE)
    calendar = calendar_at(session, root.tenant_id, moved or _held(versions, root.started_at))
    found = None if source is None else _evaluated(session, root, source, calendar)
    rule = inputs(found)
    if found is None or rule is None:
        return None
    if moved is None:
        began = max(root.started_at, found.explanation.parts[0].base)
        first = _held(versions, began if root.ended_at is None else min(began, root.ended_at))
        calendar = calendar_at(session, root.tenant_id, first)
    return recounted(calendar, rule, clause)


def _held(versions: Versions, moment: datetime) -> int:
    """The version that held at a moment."""
    return max(version for version, at in versions if at <= moment)


def whole_term(session: Session, root: Instance, versions: Versions, clock: Clock) -> Reckoned | None:
    """The term of the whole case on a clock; None: there is none, or not yet."""
    due = whole_due(session, root, versions)
    if due is None:
        return None
    calendar = calendar_at(session, root.tenant_id, due.explanation.calendar_version)
    return reckon(due.explanation, calendar, clock, root.ended_at)


def _evaluated(session: Session, root: Instance, source: str, calendar: WorkCalendar) -> Due | None:
    """What `law.total` gives, unknown variables being null; None while it has no beginning."""
    text = source if expressions.is_expression(source) else f"${{{source}}}"
    scene = Evaluation(session, root, root.started_at)
    scene.calendar = calendar
    try:
        unknown = dict.fromkeys(expressions.compile(text).names)
        given = scene.evaluate(text, unknown | values.plain(root.variables, root.types))
    except (ValueError, expressions.ExpressionError, Invalid):
        return None
    return given if isinstance(given, Due) else None


def follow(session: Session, task: Task, clock: Clock) -> datetime | None:
    """When an open task whose term runs is due, on the clock of its case and by the newest calendar.

    None: no rule has made the date.
    """
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


def in_milliseconds(moment: datetime) -> datetime:
    """As variables keep moments."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def settle(session: Session, task: Task, instance: Instance) -> None:
    """Set the due date of a task that opens with a date from a variable, or in a case whose clock was touched."""
    if task.due_rule is None and task.due_at is not None:
        task.due_rule = rule_of(session, instance.root_id, task.due_at)
    task.due_at = follow(session, task, Clock.recalled(instance.clock)) or task.due_at


def allowed(session: Session, root: Instance, tasks: Iterable[Task]) -> Allowed:
    """What the process allows, and its open steps with the processes in which they are."""
    steps = [(task.definition_id, task.element) for task in tasks if task.ended_at is None]
    models = models_of(session, {root.definition_id, *(definition for definition, _ in steps)})
    said = [model.process.properties for model in models.values()]
    said += [models[definition].node(element).properties for definition, element in steps]
    clauses = [clause for properties in said for clause in pauses(properties)]
    extensions = filter(None, map(allowance, said))
    return Allowed(tuple(dict.fromkeys(clauses)), tuple(dict.fromkeys(extensions)))


def allowed_elsewhere(session: Session, root: Instance, tasks: Iterable[Task]) -> Elsewhere:
    """The steps of the processes that a case has come to at which the act lets its clock stand still, or be extended."""
    models = models_of(session, {root.definition_id, *(task.definition_id for task in tasks)})
    nodes = [node for model in models.values() for node in model.process.nodes.values()]
    limits = [(node, allowance(node.properties)) for node in nodes if node.kind is Kind.USER_TASK]
    return {
        PAUSE: [(node, clause) for node in nodes for clause in pauses(node.properties)],
        EXTEND: [(node, limit.clause) for node, limit in limits if limit is not None],
    }
