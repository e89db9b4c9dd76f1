"""Where open cases stand at a moment, as ways are drawn from there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.actions.figures.forecast_courses import Courses
from app.actions.figures.forecast_seen import without_pauses
from app.domain.figures.ways import Course, Scene, Stand
from app.domain.models.model import node_of
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.time_left import working_time
from app.store.tables import EventSubscription, ExternalTask, History, Instance, Job, Task
from app.store.trees import members


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A task that is open at the moment. stood: working seconds it has been so, without pauses."""

    task: Task
    process: str
    stood: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A case at a moment. until: the moment, or since when its clock stands still."""

    root: Instance
    scene: Scene
    steps: Sequence[OpenStep]
    clock: Clock
    until: datetime


def clock_then(clock: Clock, at: datetime) -> Clock:
    """What had been done to a clock by a moment."""
    pauses = tuple(
        one if one.end is not None and one.end <= at else type(one)(one.start, None, one.reason, one.clause, one.by)
        for one in clock.pauses
        if one.start <= at
    )
    return Clock(pauses, tuple(one for one in clock.extensions if one.at <= at), clock.version)


def standing(
    session: Session, roots: Collection[UUID], at: datetime, courses: Courses, calendar: WorkCalendar
) -> list[Standing]:
    """Those cases of which one knows where they stood."""
    tree = members(roots)
    rows = session.execute(
        select(Instance, tree.c.root)
        .join(tree, tree.c.id == Instance.id)
        .where(Instance.started_at <= at, or_(Instance.ended_at.is_(None), Instance.ended_at > at))
    ).all()
    instances = {instance.id: instance for instance, _ in rows}
    tasks: dict[UUID, list[Task]] = defaultdict(list)
    for task in session.scalars(_tasks(instances, at)):
        tasks[task.instance_id].append(task)
    children: dict[UUID, list[Instance]] = defaultdict(list)
    for one in instances.values():
        if one.super_id is not None:
            children[one.super_id].append(one)
    leaves = [one for one in instances if one not in tasks and one not in children]
    others = _others(session, leaves, at)
    courses.prepare({one.definition_id for one in instances.values()})
    found = (
        _Builder(courses, calendar, at, tasks, children, others).standing(instances[root])
        for root in roots
        if root in instances
    )
    return [one for one in found if one is not None]


def _tasks(instances: Iterable[UUID], at: datetime) -> Select[Any]:
    open_then = or_(Task.ended_at.is_(None), Task.ended_at > at)
    return select(Task).where(Task.instance_id.in_(instances), Task.created_at <= at, open_then).order_by(Task.id)


def _others(session: Session, leaves: Collection[UUID], at: datetime) -> Mapping[UUID, list[tuple[str, datetime]]]:
    """What instances without tasks and calls wait for: by what is there now, or by what later ended a wait of then."""
    found: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    if not leaves:
        return found
    open_now = union_all(
        *(
            select(table.instance_id, key.label("key"), table.created_at).where(
                table.instance_id.in_(leaves), table.created_at <= at
            )
            for table, key in (
                (Job, Job.key),
                (EventSubscription, EventSubscription.key),
                (ExternalTask, ExternalTask.element),
            )
        )
    )
    for row in session.execute(open_now):
        found[row.instance_id].append((node_of(row.key), row.created_at))
    ended = select(History.instance_id, History.at, History.activities).where(
        History.instance_id.in_(leaves), History.at > at, func.json_typeof(History.activities) == "array"
    )
    for row in session.execute(ended):
        found[row.instance_id] += _lasting(row, at)
    return found


def _lasting(row: Any, at: datetime) -> list[tuple[str, datetime]]:
    begun = [(one[0], row.at - timedelta(milliseconds=one[2])) for one in row.activities if len(one) > 2 and one[2]]
    return [(node, since) for node, since in begun if since <= at]


@dataclass(frozen=True, slots=True)
class _Builder:
    courses: Courses
    calendar: WorkCalendar
    at: datetime
    tasks: Mapping[UUID, Sequence[Task]]
    children: Mapping[UUID, Sequence[Instance]]
    others: Mapping[UUID, Sequence[tuple[str, datetime]]]

    def standing(self, root: Instance) -> Standing | None:
        clock = clock_then(Clock.recalled(root.clock), self.at)
        until = self.at if clock.standing is None else clock.standing.start
        steps: list[OpenStep] = []
        scene = self._scene(root, clock, until, steps)
        return None if scene is None else Standing(root, scene, steps, clock, until)

    def _scene(self, instance: Instance, clock: Clock, until: datetime, steps: list[OpenStep]) -> Scene | None:
        course = self.courses.known[instance.definition_id]
        nodes, stands = course.process.nodes, []
        for task in self.tasks.get(instance.id, ()):
            if task.element in nodes:
                steps.append(OpenStep(task, course.process.id, self._stood(clock, task.created_at, until)))
                stands.append(Stand(task.element, steps[-1].stood, task.id))
        for child in self.children.get(instance.id, ()):
            inside, call = self._scene(child, clock, until, steps), _call(course, child.definition_key)
            if inside is not None and call is not None:
                stands.append(Stand(call, inside=inside))
        if not stands:
            for element, since in self.others.get(instance.id, ()):
                if element in nodes and nodes[element].attached_to is None:
                    stands.append(Stand(element, self._stood(clock, since, until)))
        return _nested(course, stands) if stands else None

    def _stood(self, clock: Clock, since: datetime, until: datetime) -> float:
        if since >= until:
            return 0.0
        passed = working_time(self.calendar, since, until).total_seconds()
        return max(passed - without_pauses(self.calendar, clock, since, until), 0.0)


def _call(course: Course, key: str) -> str | None:
    """The activity that has called a process: where several call the same, or it is computed, the first."""
    calls = [node for node in course.process.nodes.values() if node.call is not None]
    exact = (node.id for node in calls if node.call is not None and node.call.called_element == key)
    computed = (node.id for node in calls if node.call is not None and "{" in node.call.called_element)
    return next(exact, None) or next(computed, None)


def _nested(course: Course, stands: Sequence[Stand]) -> Scene:
    """The tokens in their subprocesses."""
    scenes: dict[str | None, Scene] = {None: Scene(course)}

    def scene_of(scope: str | None) -> Scene:
        found = scenes.get(scope)
        if found is None:
            assert scope is not None
            found = scenes[scope] = Scene(course, [], scope)
            scene_of(course.process.nodes[scope].parent).stands.append(Stand(scope, inside=found))
        return found

    for stand in stands:
        scene_of(course.process.nodes[stand.element].parent).stands.append(stand)
    return scenes[None]
