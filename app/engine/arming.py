"""What a token waits for: timers, messages, signals and conditions of its own, of its boundary events and of the event
subprocesses in its scope."""

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, datetime
from typing import Any

from SpiffWorkflow.task import Task

from app.domain import iso8601
from app.domain.models.model import LONGEST_NAME, Event, EventKind, Kind, TimerKind, node_of
from app.domain.models.values import FIRST_YEAR
from app.engine.elements import Element, text
from app.engine.values import Host, OpenedSubscription, OpenedTimer
from app.engine.workflow import CONDITIONS, STARTED, SUBSCRIPTIONS, TIMERS, Instance


def arm(token: Task) -> None:
    """Begin to wait for the events of the token's element, and of what stands around it."""
    for element, key, event in awaited(token.task_spec):
        wait_for(token, element, key, event)


def awaited(element: Element) -> Iterator[tuple[Element, str, Event]]:
    """Everything that a token waits for which rests at an element: whose event it is, and its key."""
    for one in (*element.boundaries, *element.handlers, *element.catching()):
        for key, event in one.node.events():
            yield one, key, event


def wait_for(token: Task, element: Element, key: str, event: Event) -> None:
    match event.kind:
        case EventKind.TIMER:
            due, left = first_due(token, key, event)
            remember_timer(token, key, due, left)
        case EventKind.MESSAGE | EventKind.SIGNAL:
            name = text(token, event.name, LONGEST_NAME)
            if name is None:
                raise token.workflow.failure(token, f"the {event.kind} of '{element.node.id}' has no name", event.name)
            token.internal_data.setdefault(SUBSCRIPTIONS, {})[key] = name if event.kind is EventKind.SIGNAL else None
            token.workflow.opened_subscriptions.append(OpenedSubscription(token.id, key, event.kind, name))
        case EventKind.CONDITIONAL:
            token.internal_data.setdefault(CONDITIONS, {})[key] = False
            token.workflow.watching[token.id] = token
            token.workflow.looked = None


def happened(token: Task, key: str, variables: Mapping[str, Any] = {}) -> None:
    """An event that the token waits for has happened; of several that must all happen, perhaps not the last.

    variables: those of the event subprocess that it begins.
    """
    instance = token.workflow
    element = instance.spec.entry[node_of(key)]
    if element.node.all_of:
        instance.forget(token, key)
        if waits_for_any(token, element):
            return
    instance.happen(token, element, variables)


def broadcast(instance: Instance, signal: str, variables: Mapping[str, Any]) -> None:
    """Hand a signal to all in the instance that wait for it now."""
    for token in list(instance.tasks.values()):
        for key, name in list(token.internal_data.get(SUBSCRIPTIONS, {}).items()):
            if name == signal and token.id in instance.tasks and key in token.internal_data[SUBSCRIPTIONS]:
                instance.scopes.set(token, variables)
                happened(token, key)


def waits(token: Task) -> bool:
    """Whether there is an event that the token waits for."""
    return any(token.internal_data.get(kind) for kind in (TIMERS, SUBSCRIPTIONS, CONDITIONS))


def waits_for_any(token: Task, element: Element) -> bool:
    """Whether the token waits for an event of this element."""
    return any(_has(token, key) for key, _ in element.node.events())


def waits_for(alive: Mapping[int, Task], opened: OpenedTimer | OpenedSubscription) -> bool:
    """Whether what was opened in a step is still waited for at its end."""
    return opened.token in alive and _has(alive[opened.token], opened.key)


def _has(token: Task, key: str) -> bool:
    return any(key in token.internal_data.get(kind, ()) for kind in (TIMERS, SUBSCRIPTIONS, CONDITIONS))


def recount(token: Task) -> None:
    """Set the timers anew that follow the variables, as they would have been set when the token came."""
    instance = token.workflow
    for key, (due, left) in list(token.internal_data.get(TIMERS, {}).items()):
        node = instance.spec.process.nodes[node_of(key)]
        if not node.follows_variables:
            continue
        with instance.then(token):
            counted, _ = first_due(token, key, dict(node.events())[key])
        if counted.timestamp() != due:
            instance.disarmed.append((token.id, key))
            remember_timer(token, key, counted, left)


def moment(given: Any, host: Host) -> datetime:
    """The aware moment of a datetime or of an ISO 8601 text. Raises ValueError, also for years that cannot be kept."""
    found = given if isinstance(given, datetime) else iso8601.moment(str(given), host.zone)
    if not FIRST_YEAR <= found.year < MAXYEAR:
        raise ValueError(f"the year {found.year} is not from {FIRST_YEAR} to {MAXYEAR - 1}")
    return found if found.tzinfo else found.replace(tzinfo=host.zone)


def remember_timer(token: Task, key: str, due: datetime, left: int | None) -> None:
    """left: how often a cycle fires in all, this time included; None: without end."""
    token.internal_data.setdefault(TIMERS, {})[key] = [due.timestamp(), left]
    token.workflow.opened_timers.append(OpenedTimer(token.id, key, due))


def first_due(token: Task, key: str, event: Event) -> tuple[datetime, int | None]:
    """When a timer fires first, and how often in all. An expression may give an ISO 8601 text or a moment."""
    instance = token.workflow
    value = instance.evaluate(token, event.timer or "")
    host = instance.host
    begun = host.now.astimezone(host.zone)
    try:
        if isinstance(value, datetime) or event.timer_kind is TimerKind.DATE:
            return moment(value, host), 1
        if event.timer_kind is TimerKind.DURATION:
            return moment(iso8601.duration(str(value)).after(begun), host), 1
        cycle = iso8601.cycle(str(value), host.zone)
        between = instance.spec.process.nodes[node_of(key)].kind is Kind.INTERMEDIATE_CATCH_EVENT
        times = 1 if between and cycle.times is None else cycle.times
        return moment(cycle.start or cycle.every.after(begun), host), times
    except (ValueError, OverflowError) as error:
        raise instance.failure(token, f"timer '{node_of(key)}': {error}", event.timer) from error


def next_due(token: Task, key: str, event: Event, last: datetime) -> datetime:
    """The following moment of a cycle, on the grid that began with it, so that a late start adds no drift."""
    instance = token.workflow
    host = instance.host
    value = instance.evaluate(token, event.timer or "")
    try:
        cycle = iso8601.cycle(str(value), host.zone)
        base = cycle.start or instance.moment(token.internal_data[STARTED]).astimezone(host.zone)
        return moment(cycle.following(last, host.now, base), host)
    except (ValueError, OverflowError) as error:
        raise instance.failure(token, f"timer '{node_of(key)}': {error}", event.timer) from error
